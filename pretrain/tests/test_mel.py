import json
from pathlib import Path

import librosa
import numpy as np
import pytest
import torch

from speech.mel import MelSpectrogram, mel_filters

CONFIG = json.loads((Path(__file__).parents[1] / "configs/small.json").read_text())["mel"]


@pytest.mark.parametrize("scale, norm", [("slaney", "slaney"), ("htk", "none"), ("htk", "slaney")])
def test_filters_equal_librosas(scale, norm):
    ours = mel_filters(CONFIG | dict(scale=scale, norm=norm)).numpy()
    theirs = librosa.filters.mel(
        sr=22050, n_fft=1024, n_mels=80, fmin=0, fmax=8000, htk=scale == "htk",
        norm="slaney" if norm == "slaney" else None, dtype=np.float64,
    )  # fmt: skip
    np.testing.assert_allclose(ours, theirs, atol=1e-9)


def test_spectrogram_equals_librosas_on_the_padded_signal():
    audio = np.random.default_rng(0).normal(size=4096 + 100).astype(np.float32) * 0.1
    ours = MelSpectrogram(CONFIG)(torch.from_numpy(audio)[None])[0].numpy()
    padded = np.pad(audio[:4096].astype(np.float64), 384, mode="reflect")
    spectrum = librosa.stft(padded, n_fft=1024, hop_length=256, window="hann", center=False)
    magnitude = np.sqrt(np.abs(spectrum) ** 2 + 1e-9)
    filters = librosa.filters.mel(sr=22050, n_fft=1024, n_mels=80, fmin=0, fmax=8000, dtype=np.float64)
    np.testing.assert_allclose(ours, np.log(np.maximum(filters @ magnitude, 1e-5)), atol=1e-4)
    assert ours.shape == (80, 16)


def test_silence_has_the_value_of_epsilon():
    mel = MelSpectrogram(CONFIG)(torch.zeros(1, 2048))
    expected = (mel_filters(CONFIG).sum(1) * 1e-9**0.5).clamp(min=1e-5).log()
    torch.testing.assert_close(mel[0, :, 3].double(), expected, atol=1e-4, rtol=0)
