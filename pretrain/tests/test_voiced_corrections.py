import json
from pathlib import Path

import pytest
import torch

from speech.mel import MelSpectrogram
from speech.prior import LARGEST_CORRECTION, make_prior
from speech.voiced_corrections import VoicedCorrections

CONFIG = json.loads((Path(__file__).parents[1] / "configs/frames.json").read_text())
MEL = CONFIG["mel"]
VOICED = CONFIG | dict(prior_corrections=8, prior_momentum=0.9, prior_correction_scope="voiced")
FRAMES = 24


def noise(seed: int) -> torch.Tensor:
    return 0.1 * torch.randn(1, FRAMES * MEL["hop_samples"], generator=torch.Generator().manual_seed(seed))


def corrections(passes: int = 8, **changed) -> VoicedCorrections:
    return VoicedCorrections(MEL | changed, passes, 0.9, LARGEST_CORRECTION)


def test_a_low_tone_survives_the_low_rate_and_a_high_one_does_not_reach_it():
    t = torch.arange(FRAMES * MEL["hop_samples"]) / MEL["sample_rate_hz"]
    for hz, expected in ((300, 1.0), (700, 1.0), (2500, 0.0), (6000, 0.0)):
        tone = torch.sin(2 * torch.pi * hz * t)[None]
        back = corrections().interpolated(corrections().decimated(tone))
        inside = slice(512, -512)
        assert (back - expected * tone)[:, inside].abs().max() < 2e-3, hz


def test_the_low_bands_get_the_mel_that_is_asked_for():
    spectrogram = MelSpectrogram(MEL)
    asked = spectrogram(noise(1))
    made = noise(2)
    errors = [
        (spectrogram(corrections(passes)(made, asked, torch.ones(1, FRAMES))) - asked)[:, :24].abs().mean().item()
        for passes in (0, 4, 16)
    ]
    assert errors[1] < 0.5 * errors[0] and errors[2] < 0.7 * errors[1]


def test_only_voiced_frames_change():
    asked, made = MelSpectrogram(MEL)(noise(1)), noise(2)
    voicing = torch.zeros(1, FRAMES)
    assert torch.equal(corrections()(made, asked, voicing), made)
    voicing[:, 12:] = 1
    changed = (corrections()(made, asked, voicing) - made).abs()
    hop = MEL["hop_samples"]
    assert changed[:, : 11 * hop].max() == 0 and changed[:, 13 * hop :].max() > 0.01


def test_the_prior_needs_the_voicing():
    mel = MelSpectrogram(MEL)(noise(1))
    prior = make_prior(VOICED)
    plain = make_prior(CONFIG | dict(prior_corrections=0)).shape(noise(2), mel)
    with pytest.raises(ValueError, match="voicing"):
        prior.shape(noise(2), mel)
    assert torch.equal(prior.shape(noise(2), mel, torch.zeros(1, FRAMES)), plain)
    assert not torch.equal(prior.shape(noise(2), mel, torch.ones(1, FRAMES)), plain)


@pytest.mark.parametrize("changed", [dict(hop_samples=300), dict(window_samples=1000), dict(low_hz=1500)])
def test_a_mel_without_whole_frames_or_low_bands_is_refused(changed):
    with pytest.raises(ValueError, match="voiced corrections need"):
        corrections(**changed)


def test_gradients_pass_through():
    asked, made = MelSpectrogram(MEL)(noise(1)), noise(2).requires_grad_(True)
    corrections(2)(made, asked, torch.ones(1, FRAMES)).square().sum().backward()
    assert made.grad.isfinite().all() and made.grad.abs().max() > 0
