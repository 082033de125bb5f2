import json
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
import torch

import search_schedule
from data import pack
from search_schedule import search
from speech.griffin_lim import griffin_lim
from speech.mel import MelSpectrogram

FIXTURES = Path(__file__).parents[2] / "src/model/fixtures"
CONFIG = json.loads((Path(__file__).parents[1] / "configs/small.json").read_text())


def test_search_finds_the_minimum_and_keeps_its_figures():
    goal = torch.tensor([0.03, 0.4, 0.9], dtype=torch.float64)

    def objective(logits):
        value = (logits - goal.logit()).abs().sum().item()
        return value, dict(value=value)

    betas, figures = search(objective, torch.tensor([0.001, 0.1, 0.5]), 200)
    torch.testing.assert_close(betas.logit(), goal.logit(), atol=0.15, rtol=0)
    assert figures["value"] < 0.3 and figures["evaluations"] <= 205


def test_search_without_improvement_keeps_its_start():
    betas, _ = search(lambda logits: (1.0, {}), torch.tensor([0.01, 0.8]), 30)
    torch.testing.assert_close(betas, torch.tensor([0.01, 0.8]).double())


def test_any_number_of_steps_is_searched_on_clips_that_are_long_enough(tmp_path):
    (tmp_path / "audio").mkdir()
    tone = 0.3 * np.sin(2 * np.pi * 300 * np.arange(4800) / 16000)
    sf.write(tmp_path / "audio/tone.wav", tone, 16000)
    pack(tmp_path / "audio", tmp_path / "packed", rate=16000)
    config = json.loads((FIXTURES / "four-levels.config.fixture.json").read_text())
    config["weights"] = dict(file="model.safetensors")
    (tmp_path / "config.json").write_text(json.dumps(config))
    weights = (FIXTURES / "four-levels.weights.fixture.safetensors").read_bytes()
    (tmp_path / "model.safetensors").write_bytes(weights)
    args = [str(tmp_path), "--data", str(tmp_path / "packed"), "--steps", "9", "--evaluations", "1"]
    search_schedule.main([*args, "--seconds", "0.2"])
    found = json.loads((tmp_path / "config.json").read_text())["schedules"]["9"]
    assert len(found["betas"]) == 9 and "1 validation clips" in found["found"]
    with pytest.raises(SystemExit, match="no validation clip is 2 s long"):
        search_schedule.main([*args, "--seconds", "2"])


def test_griffin_lim_produces_audio_with_the_mel():
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
