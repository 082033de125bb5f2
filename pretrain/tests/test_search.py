import json
from pathlib import Path

import numpy as np
import torch

from griffin_lim import griffin_lim
from mel import MelSpectrogram
from search_schedule import search

CONFIG = json.loads((Path(__file__).parents[1] / "configs/small.json").read_text())


def test_search_goes_to_the_lowest_value_and_keeps_its_figures():
    goal = torch.tensor([0.03, 0.4, 0.9], dtype=torch.float64)

    def objective(logits):
        value = (logits - goal.logit()).abs().sum().item()
        return value, dict(value=value)

    betas, figures = search(objective, torch.tensor([0.001, 0.1, 0.5]), 200)
    torch.testing.assert_close(betas.logit(), goal.logit(), atol=0.15, rtol=0)
    assert figures["value"] < 0.3 and figures["evaluations"] <= 205


def test_search_without_improvement_keeps_where_it_began():
    betas, _ = search(lambda logits: (1.0, {}), torch.tensor([0.01, 0.8]), 30)
    torch.testing.assert_close(betas, torch.tensor([0.01, 0.8]).double())


def test_griffin_lim_gives_audio_with_that_mel():
    t = torch.arange(256 * 40) / 22050
    hiss = torch.randn(len(t), generator=torch.Generator().manual_seed(0)) * (0.02 + 0.1 * torch.sin(20 * t) ** 2)
    audio = hiss + 0.2 * torch.sin(2 * np.pi * (300 * t + 400 * t**2))
    spectrogram = MelSpectrogram(CONFIG["mel"])
    mel = spectrogram(audio[None])
    result = griffin_lim(mel[0], CONFIG["mel"])
    error = (spectrogram(result[None]) - mel).abs().mean()
    late = (spectrogram(result.roll(512)[None]) - mel).abs().mean()
    assert result.shape == audio.shape
    assert error < 0.3 and late > 1.3 * error
