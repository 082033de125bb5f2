import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

from speech.mel import MelSpectrogram, mel_filters
from speech.prior import make_prior

CONFIG = json.loads((Path(__file__).parents[1] / "configs/small.json").read_text())
ENERGY = CONFIG | dict(prior="energy", prior_floor=1e-3)
SPECTRAL = CONFIG | dict(
    prior="spectral", prior_floor=1e-4, prior_rolloff_db_per_khz=3, prior_corrections=0, prior_momentum=0
)


def speechlike(samples: int) -> torch.Tensor:
    """Resonant pulses that swell and fade: [1, samples]."""
    rng = np.random.default_rng(0)
    pulses = (np.arange(samples) % 110 == 0) + 0.05 * rng.normal(size=samples)
    t = np.arange(300)
    resonance = np.exp(-t / 60) * np.sin(0.2 * t)
    signal = np.convolve(pulses, resonance)[:samples] * (0.3 + np.sin(np.arange(samples) / 3000) ** 2)
    return torch.from_numpy(0.1 * signal)[None].float()


def test_energy_envelope_equals_the_formula():
    mel = torch.randn(1, 80, 5, generator=torch.Generator().manual_seed(2)) * 2 - 5
    w = mel_filters(CONFIG["mel"]).numpy()
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(1024) / 1024)
    rms = np.zeros(5)
    for frame in range(5):
        power = 0.0
        for k in range(80):
            share = sum(w[k, f] / w[:, f].sum() for f in range(513) if w[k, f] > 0)
            power += (np.exp(mel[0, k, frame].item()) / w[k].sum()) ** 2 * share
        rms[frame] = max(np.sqrt(2 / (1024 * (window**2).sum()) * power), 1e-3)
    wide = [max(rms[max(0, i - 1) : i + 2]) for i in range(5)]
    at = (np.arange(5 * 256) + 0.5) / 256 - 0.5
    expected = np.exp(np.interp(at, np.arange(5), np.log(wide)))
    envelope = make_prior(ENERGY).shape(torch.ones(1, 1280), mel)[0]
    np.testing.assert_allclose(envelope.numpy(), expected, rtol=1e-4)


def test_spectral_prior_equals_the_filter():
    generator = torch.Generator().manual_seed(3)
    mel = torch.randn(1, 80, 4, generator=generator) - 4
    process = torch.randn(1, 1024, generator=generator)
    w = mel_filters(CONFIG["mel"]).numpy()
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(1024) / 1024)
    centres = [(w[k] * np.arange(513)).sum() / w[k].sum() for k in range(80)]
    padded = np.pad(process[0].double().numpy(), 384, mode="reflect")
    out, weight = np.zeros(len(padded)), np.zeros(len(padded))
    for frame in range(4):
        here = slice(frame * 256, frame * 256 + 1024)
        magnitude = np.interp(np.arange(513), centres, mel[0, :, frame].double().numpy() - np.log(w.sum(1)))
        khz_above = np.maximum(np.arange(513) - centres[-1], 0) * 22.05 / 1024
        gain = np.exp(magnitude) * 10 ** (-3 * khz_above / 20) / np.sqrt(np.pi / 4 * (window**2).sum())
        out[here] += np.fft.irfft(np.fft.rfft(padded[here] * window) * np.maximum(gain, 1e-4)) * window
        weight[here] += window**2
    expected = out[384:-384] / weight[384:-384]
    ours = make_prior(SPECTRAL).shape(process, mel)[0]
    np.testing.assert_allclose(ours.numpy(), expected, atol=1e-5 * np.abs(expected).max())


def test_shaping_inverts_whitening():
    audio = speechlike(16384)
    mel = MelSpectrogram(CONFIG["mel"])(audio)
    for config, least_db in ((ENERGY, 100), (SPECTRAL, 18)):
        prior = make_prior(config)
        white = prior.whiten(audio, mel)
        error = prior.shape(white, mel) - audio
        assert 10 * (audio.square().mean() / error.square().mean()).log10() > least_db
        assert 0.5 < white.std() < 2


def test_gradients_pass_through_the_spectral_prior():
    prior = make_prior(SPECTRAL)
    generator = torch.Generator().manual_seed(4)
    mel = torch.randn(1, 80, 3, generator=generator) - 1
    process, weights, direction = torch.randn(3, 1, 768, generator=generator)
    process.requires_grad_()
    (prior.shape(process, mel) * weights).sum().backward()
    with torch.no_grad():  # the map is linear, so one difference is exact
        change = (prior.shape(process + direction, mel) - prior.shape(process, mel)) * weights
    torch.testing.assert_close((process.grad * direction).sum(), change.sum(), rtol=1e-3, atol=1e-4)


def test_each_correction_brings_the_audio_closer_to_its_mel():
    spectrogram = MelSpectrogram(CONFIG["mel"])
    mel = spectrogram(speechlike(16384))
    noise = torch.randn(1, 16384, generator=torch.Generator().manual_seed(6))
    errors = []
    for corrections in (0, 1, 2, 4, 8):
        shaped = make_prior(SPECTRAL | dict(prior_corrections=corrections)).shape(noise, mel)
        errors.append((spectrogram(shaped) - mel).abs().mean().item())
    assert all(later < 0.9 * earlier for earlier, later in pairwise(errors)), errors
    assert errors[-1] < 0.4 * errors[0]


def test_gradients_of_corrections_equal_finite_differences():
    prior = make_prior(SPECTRAL | dict(prior_corrections=2, prior_momentum=0.9)).double()
    generator = torch.Generator().manual_seed(7)
    mel = torch.randn(1, 80, 3, generator=generator).double() - 3
    process, weights, direction = torch.randn(3, 1, 768, generator=generator).double()

    def loss(at: torch.Tensor) -> torch.Tensor:
        return (prior.shape(at, mel) * weights).sum()

    process.requires_grad_()
    loss(process).backward()
    step = 1e-4
    with torch.no_grad():
        difference = (loss(process + step * direction) - loss(process - step * direction)) / (2 * step)
    torch.testing.assert_close((process.grad * direction).sum(), difference, rtol=1e-2, atol=1e-6)


@pytest.mark.parametrize("config", [ENERGY, SPECTRAL, SPECTRAL | dict(prior_corrections=2)])
def test_a_band_too_narrow_for_any_bin_leaves_the_waveform_finite(config):
    mel = CONFIG["mel"] | dict(fft_size=256, window_samples=256)
    assert (mel_filters(mel).sum(1) == 0).any()
    shaped = make_prior(config | dict(mel=mel)).shape(torch.ones(1, 512), torch.full((1, 80, 2), -3.0))
    assert shaped.isfinite().all()
