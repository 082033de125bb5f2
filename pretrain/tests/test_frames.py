import json
from pathlib import Path

import numpy as np
import pytest
import torch

from diffusion import levels, reverse, sample
from networks.frames import FrameNetwork
from networks.model import make_model
from speech.excitation import excitation, pulse_train
from speech.mel import MelSpectrogram
from speech.pitch_labels import STEP_SAMPLES, pitch_track
from speech.prior import make_prior
from speech.stft import Stft

RATE, HOP = 22050, 256
CONFIG = json.loads((Path(__file__).parents[1] / "configs/frames.json").read_text())
CONFIG["network"] = dict(
    channels=16,
    hidden=24,
    blocks=2,
    kernel=7,
    excitation_bins=40,
    level_features=4,
    envelope_gains=8,
    refinement=dict(times=2, channels=12, hidden=16, kernel=7),
)
CONFIG["pitch"] = dict(channels=8, hidden=12, blocks=1, kernel=7, pitches=30)


def voice(hz: float, seconds: float = 1.0) -> np.ndarray:
    """Harmonics with the phases of a cosine, 22,050 Hz."""
    t = np.arange(int(seconds * RATE)) / RATE
    return 0.1 * sum(np.cos(2 * np.pi * k * hz * t) / k for k in range(1, 20))


def mel_of(frames: int, seed: int = 0) -> torch.Tensor:
    return -5 + torch.randn(1, 80, frames, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("window", [1024, 800])
def test_the_inverse_transform_restores_the_signal(window):
    stft = Stft(CONFIG["mel"] | dict(window_samples=window))
    signal = torch.randn(2, 12 * HOP)
    spectra = stft.analysed(signal)
    assert spectra.shape == (2, 513, 12)
    torch.testing.assert_close(stft.synthesised(spectra), signal, atol=1e-5, rtol=1e-4)
    assert spectra[:, 100:400].abs().square().mean().item() == pytest.approx(stft.energy, rel=0.15)


def test_pulses_occur_once_per_period_with_unit_variance_where_voiced():
    frames = 200
    f0, voicing = torch.full((1, frames), 210.0), torch.ones(1, frames)
    pulses = excitation(f0, voicing, RATE, HOP, start=0.25)[0]
    at = pulses.nonzero()[:, 0]
    assert pulses.square().mean().item() == pytest.approx(0.67, abs=0.05)  # 1, reduced by splitting over samples
    periods = (at.diff() > 5).sum().item() + 1
    assert periods == pytest.approx(frames * HOP * 210 / RATE, abs=1)
    assert (excitation(f0, 0 * voicing, RATE, HOP) == 0).all()


def test_a_pulse_between_two_samples_is_split_over_both():
    cycles = torch.tensor([[0.5, 0.9, 1.3, 1.7, 2.1]], dtype=torch.float64)
    pulses = pulse_train(cycles, torch.ones(1, 5))[0]
    height = 0.4**-0.5
    expected = [0, 0.75 * height, 0.25 * height, 0.25 * height, 0.75 * height]
    torch.testing.assert_close(pulses, torch.tensor(expected, dtype=torch.float32))


def test_a_track_has_the_pitch_and_the_phase_of_the_fundamental():
    hz = 207.0
    track = pitch_track(voice(hz), RATE)
    inside = slice(80, 260)
    at = np.arange(len(track)) * STEP_SAMPLES / RATE
    assert np.abs(track[inside, 0] - hz).max() < 1
    wrong = (track[inside, 1] - hz * at[inside] + 0.5) % 1 - 0.5
    assert np.abs(wrong).max() < 0.03
    silent = pitch_track(np.zeros(RATE), RATE)
    assert (silent[:, 0] == 0).all() and (np.diff(silent[:, 1]) > 0).all()


@pytest.mark.parametrize("prediction", ["endpoint", "v"])
def test_an_untrained_network_returns_its_mixed_input(prediction):
    torch.manual_seed(0)
    config = CONFIG | dict(prediction=prediction)
    network = FrameNetwork(config).eval()
    mel = mel_of(40)
    noise = torch.randn(1, 40 * HOP)
    f0, voicing = torch.full((1, 40), 200.0), torch.ones(1, 40)
    network.pitch.track = lambda mel: (f0, voicing)
    betas = torch.tensor([0.9999], dtype=torch.float64)
    pulses = network.pulses(mel)
    made = reverse(network, prediction, network.condition(mel, pulses), betas, noise, noise[None, :0])
    mixed = network.mixed(mel, pulses, noise)
    assert levels(betas)[1] < 0.02
    assert torch.nn.functional.cosine_similarity(made, mixed).item() > 0.8


def test_the_envelope_is_linear_between_its_gains_and_1_for_gains_of_0():
    network = FrameNetwork(CONFIG)
    said = torch.zeros(1, 8, 2)
    said[0, :, 1] = torch.linspace(0, 1, 8)
    factors = network.enveloped(said)[0]
    assert factors.shape == (2 * HOP,) and (factors[:HOP] == 1).all()
    exact = (3 * torch.tanh(torch.tensor([5, 6]) / 7 / 3)).exp()
    torch.testing.assert_close(factors[HOP + 5 * 32 + 16], exact[0] + (exact[1] - exact[0]) / 64)
    assert network.enveloped(torch.full((1, 8, 1), 100.0)).max() < 20.1


def test_a_refinement_brings_the_mel_closer_to_the_requested_one():
    torch.manual_seed(0)
    network = FrameNetwork(CONFIG)
    with torch.no_grad():
        network.refinement.leave.weight.zero_()
    prior, mel_of_audio = make_prior(CONFIG), MelSpectrogram(CONFIG["mel"])
    mel = -5 + torch.linspace(0, 2, 60) + torch.zeros(1, 80, 60)
    noise = torch.randn(1, 60 * HOP)

    def error(process):
        return (mel_of_audio(prior.shape(process, mel)) - mel).abs().mean().item()

    refined = network.refined(noise, torch.zeros(1, 60, 16), mel)
    assert network.refinements == 2 and error(refined) < 0.6 * error(noise)


def test_envelope_and_refinement_are_optional():
    shape = {name: value for name, value in CONFIG["network"].items() if name not in ("envelope_gains", "refinement")}
    network = FrameNetwork(CONFIG | dict(network=shape))
    assert network.leave.out_features == 2 * 513 + 3 * 80
    condition = network.condition(mel_of(5), torch.zeros(1, 5 * HOP))
    assert network(torch.randn(1, 5 * HOP), condition, torch.ones(1)).isfinite().all()


def test_everything_except_the_pitch_network_is_trained():
    network = FrameNetwork(CONFIG)
    network.pitch.requires_grad_(False)
    mel = mel_of(6)
    output = network(torch.randn(1, 6 * HOP), network.condition(mel, network.pulses(mel)), torch.tensor([0.5]))
    output.square().sum().backward()
    for name, weight in network.named_parameters():
        learns = weight.grad is not None and weight.grad.abs().max() > 0
        assert learns != name.startswith("pitch."), name


def test_a_sample_has_the_length_of_its_mel_and_is_deterministic():
    torch.manual_seed(0)
    network = make_model(CONFIG).eval()
    mel, noise = mel_of(5), torch.randn(2, 1, 5 * HOP)
    betas = torch.tensor([0.03, 0.9], dtype=torch.float64)
    audio = [sample(network, CONFIG, mel, betas, noise[0], noise[1:]) for _ in range(2)]
    assert audio[0].shape == (1, 5 * HOP) and torch.equal(*audio) and audio[0].isfinite().all()
    assert make_prior(CONFIG).corrections == 0


def test_an_unknown_architecture_is_refused_by_name():
    with pytest.raises(ValueError, match="'transformer' is not one of wavegrad, frames"):
        make_model(CONFIG | dict(architecture="transformer"))
