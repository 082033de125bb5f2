"""Prints what the page's self-test (src/engine/backends/self-test-models.ts) has to compute with the network on frames.

python3 pretrain/make_self_test.py      # one evaluation, then the logits of its pitch network

Every weight is a sine whose phase its name gives, as in src/engine/self-test.ts.
"""

import math

import torch
from torch import Tensor

from frames import FrameNetwork

FRAMES, LEVEL = 8, 0.6
CONFIG = dict(
    mel=dict(
        sample_rate_hz=8000, fft_size=32, hop_samples=8, window_samples=32, bands=8, low_hz=0, high_hz=4000,
        scale="slaney", norm="slaney", magnitude_epsilon=1e-9, log="ln", floor=1e-5,
    ),
    network=dict(channels=8, hidden=12, blocks=2, kernel=7, excitation_bins=6, level_features=3, envelope_gains=2,
                 refinement=dict(times=1, channels=6, hidden=8, kernel=3)),
    pitch=dict(channels=8, hidden=12, blocks=1, kernel=7, pitches=5),
    prediction="endpoint", prior="spectral", prior_floor=1e-3, prior_rolloff_db_per_khz=0, prior_corrections=0,
    prior_momentum=0,
)  # fmt: skip


def wave(count: int, phase: float, amplitude: float) -> Tensor:
    return torch.tensor([amplitude * math.sin(phase + 1.7 * index) for index in range(count)])


def phase_of(name: str) -> float:
    return sum(ord(letter) * (index + 1) for index, letter in enumerate(name)) % 100 / 10


@torch.no_grad()
def answers() -> Tensor:
    model = FrameNetwork(CONFIG).double()
    for name, weight in model.named_parameters():
        of_vector = 0.2 if name.endswith("bias") else 1
        amplitude = of_vector if weight.ndim == 1 else 2.4 / math.sqrt(weight[0].numel())
        weight.copy_(wave(weight.numel(), phase_of(name), amplitude).reshape(weight.shape))
    samples, bands = FRAMES * CONFIG["mel"]["hop_samples"], CONFIG["mel"]["bands"]
    mel = (wave(FRAMES * bands, 0.5, 2) - 2).reshape(1, FRAMES, bands).mT
    pulses, y = wave(samples, 0.9, 1.5)[None], wave(samples, 0.3, 1.2)[None]
    output = model(y, model.condition(mel, pulses), torch.tensor([LEVEL]))
    pitches, voicing = model.pitch(mel)
    return torch.cat([output.flatten(), torch.cat([pitches, voicing[..., None]], 2).flatten()])


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    print(", ".join(f"{value:.4g}" if abs(value) < 1 else f"{value:.5g}" for value in answers().tolist()))
