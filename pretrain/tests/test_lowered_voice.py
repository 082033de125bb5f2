import json
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
from scipy.signal import lfilter, welch

from data import Crops, pack
from speech.lowered_voice import F0_RATIO, FORMANT_RATIO, lowered
from speech.pitch_labels import world_f0

RATE = 22050
FORMANT_HZ = 1500


def vowel(f0: float = 220, seconds: float = 1.0) -> np.ndarray:
    """Pulses through one resonance."""
    phase = np.cumsum(np.full(int(seconds * RATE), f0 / RATE))
    pulses = np.diff(np.floor(phase), prepend=0)
    pole = 0.97 * np.exp(2j * np.pi * FORMANT_HZ / RATE)
    return 0.1 * lfilter([1], np.poly([pole, pole.conj()]).real, pulses)


def test_pitch_and_formants_fall_by_different_factors():
    low = lowered(vowel(), RATE, np.random.default_rng(0))
    f0, _ = world_f0(low, RATE, 50, 300)
    assert F0_RATIO[0] < np.median(f0[f0 > 0]) / 220 < F0_RATIO[1]
    frequencies, power = welch(low, RATE, nperseg=256)  # 86 Hz, too coarse for harmonics
    ratio = frequencies[power.argmax()] / FORMANT_HZ
    assert FORMANT_RATIO[0] - 0.06 < ratio < FORMANT_RATIO[1] + 0.06


def test_a_generator_determines_the_voice():
    one, same, other = (lowered(vowel(seconds=0.5), RATE, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.allclose(one[: len(other)], other[: len(one)], atol=1e-3)


def test_noise_is_refused():
    with pytest.raises(ValueError, match="no voice"):
        lowered(np.random.default_rng(0).normal(size=RATE) * 0.01, RATE, np.random.default_rng(0))


def test_lowered_clips_are_packed_as_a_voice_of_their_own(tmp_path):
    (tmp_path / "in/a").mkdir(parents=True)
    for i in range(3):
        sf.write(tmp_path / f"in/a/{i}.wav", vowel(200 + 20 * i, 0.5), RATE)
    (tmp_path / "in/splits.json").write_text(json.dumps({"train": ["a/0", "a/1", "a/2"], "validation": ["a/0"]}))
    pack(tmp_path / "in", tmp_path / "out", lowered_clips=2)
    names = json.loads((tmp_path / "out/train.json").read_text())["names"]
    assert names[:3] == ["a/0", "a/1", "a/2"] and len(names) == 5
    assert all(name.startswith("lowered/a/") for name in names[3:])
    assert json.loads((tmp_path / "out/validation.json").read_text())["names"] == ["a/0"]
    config = json.loads((Path(__file__).parents[1] / "configs/frames.json").read_text())
    clips = Crops(tmp_path / "out", "train", config["mel"])
    original, low = clips.track(int(names[3][-1]))[:, 0], clips.track(3)[:, 0]
    assert low[low > 0].median() < 0.7 * original[original > 0].median()
