"""The two objectives: WaveGrad's, and the infer loss that InferGrad adds (arXiv 2009.00713 and 2202.03751).

The infer loss is `multi_resolution_stft` between the recording and what N steps make of pure noise, with gradients
through all N evaluations.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from diffusion import diffuse, draw_levels, draw_levels_logit, to_target
from metrics import RESOLUTIONS

POWER_FLOOR = 1e-7

# Betas are drawn log-uniformly, one draw each, from these ranges: around the few-step schedules that searches find.
RANGES = {
    1: ((0.9, 0.999),),
    2: ((0.01, 0.08), (0.75, 0.95)),
    3: ((5e-3, 0.04), (0.05, 0.3), (0.75, 0.92)),
    6: ((5e-4, 8e-3), (5e-3, 0.06), (0.04, 0.25), (0.15, 0.45), (0.35, 0.7), (0.7, 0.93)),
}


def magnitudes(audio: Tensor, fft: int, hop: int, window: int) -> Tensor:
    """[B, T] -> [B, bins, frames]."""
    hann = torch.hann_window(window, device=audio.device)
    spectrum = torch.stft(audio, fft, hop, window, hann, pad_mode="reflect", return_complex=True)
    return (spectrum.real.square() + spectrum.imag.square()).clamp(min=POWER_FLOOR).sqrt()


def multi_resolution_stft(audio: Tensor, target: Tensor) -> Tensor:
    """Spectral convergence + mean |difference of ln magnitude|, per clip and resolution, then the mean. Scalar."""
    total = audio.new_zeros(())
    for resolution in RESOLUTIONS:
        a, b = magnitudes(audio, *resolution), magnitudes(target, *resolution)
        convergence = (a - b).norm(dim=(1, 2)) / b.norm(dim=(1, 2))
        total = total + convergence.mean() + (a.log() - b.log()).abs().mean()
    return total / len(RESOLUTIONS)


def draw_training_levels(count: int, prediction: str, generator: torch.Generator) -> Tensor:
    """WaveGrad's; for v, every other one is spread over all signal-to-noise ratios instead. [count]."""
    drawn = draw_levels(count, generator)
    if prediction == "v":
        spread = draw_levels_logit(count, generator)
        drawn = torch.where(torch.arange(count) % 2 == 0, drawn, spread)
    return drawn


def draw_schedule(ranges: tuple, generator: torch.Generator) -> Tensor:
    """Betas [N], float64, ascending as their ranges are."""
    low, high = torch.tensor(ranges, dtype=torch.float64).log().unbind(1)
    return (low + torch.rand(len(ranges), generator=generator, dtype=torch.float64) * (high - low)).exp()


def wavegrad_loss(predict, prediction: str, x: Tensor, mel: Tensor, noise: Tensor, level: Tensor) -> Tensor:
    """L1 between what the network says of a x + b noise and what is true of it. x: whitened recording, [B, T]."""
    return F.l1_loss(predict(diffuse(x, noise, level), mel, level), to_target(x, noise, level, prediction))
