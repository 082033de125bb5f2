"""Set PERCEPTUAL to tools/perceptual.py to compare with the given scorer."""

import importlib.util
import os

import numpy as np
import pytest

from evaluation import perceptual


class Deaf:
    """Replaces the listeners: only figures without optional packages are tested."""

    missing: dict = {}  # noqa: RUF012

    def __call__(self, recording, output):
        return {}


def voice(seconds: float = 2.005) -> np.ndarray:
    """A syllabic glide of harmonics with a little noise, 22,050 Hz."""
    t = np.arange(int(seconds * 22050)) / 22050
    phase = 2 * np.pi * np.cumsum(180 + 30 * np.sin(2 * np.pi * 0.7 * t)) / 22050
    tone = sum(np.sin(k * phase) / k for k in range(1, 30))
    syllables = np.clip(np.sin(2 * np.pi * 2.5 * t) * 4, 0, 1)
    return syllables * 0.1 * tone + 1e-4 * np.random.default_rng(0).normal(size=len(t))


def test_a_recording_against_itself_is_perfect():
    figures = perceptual.score(voice(), voice(), Deaf())
    assert all(value == 0 for value in figures.values()) and len(figures) == 8


def test_noise_makes_a_voice_hoarse_and_shows_in_its_bands():
    clean = voice()
    noise = perceptual.band_passed(np.random.default_rng(1).normal(size=len(clean)), 2000, 4000)
    figures = perceptual.score(clean, clean + 0.02 * noise, Deaf())
    assert figures["hnr_2000_4000_db"] < -5
    assert abs(figures["hnr_60_1000_db"]) < 0.5


def test_sound_before_an_onset_is_pre_echo():
    clean = voice()
    early = clean + 0.3 * np.concatenate([clean[200:], np.zeros(200)])  # 9 ms ahead
    assert perceptual.pre_echo_db(clean, early) > 6
    assert perceptual.pre_echo_db(clean, clean) == 0


def test_delay_and_level_do_not_count():
    clean = voice()
    late = 0.3 * np.concatenate([np.zeros(240), clean])
    figures = perceptual.score(clean, late, Deaf())
    assert figures["periodicity"] < 0.03 and abs(figures["hf_db"]) < 0.5


def test_a_missing_package_is_named_and_its_figures_are_omitted(monkeypatch):
    def absent():
        raise ImportError("No module named 'pesq'")

    monkeypatch.setattr(perceptual, "load_pesq", absent)
    monkeypatch.setattr(perceptual, "load_distillmos", absent)
    listeners = perceptual.Listeners()
    assert listeners.missing == dict(pesq="No module named 'pesq'", distillmos="No module named 'pesq'")
    assert "pesq_wb" not in perceptual.score(voice(), voice(), listeners)


def test_silence_has_no_voice_figures():
    quiet = 1e-5 * np.random.default_rng(0).normal(size=22050)
    figures = perceptual.score(quiet, quiet, Deaf())
    assert np.isnan(figures["hnr_60_1000_db"]) and np.isnan(figures["pre_echo_db"])


@pytest.mark.skipif("PERCEPTUAL" not in os.environ, reason="PERCEPTUAL is not set to the path of perceptual.py")
def test_figures_equal_those_of_the_given_scorer():
    spec = importlib.util.spec_from_file_location("given", os.environ["PERCEPTUAL"])
    given = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(given)
    clean = voice()
    output = np.concatenate([np.zeros(100), clean + 0.01 * np.random.default_rng(1).normal(size=len(clean))])
    theirs = {perceptual.RENAMED.get(k, k): v for k, v in given.score(clean, output, lambda a, b: {}).items()}
    ours = perceptual.score(clean, output, Deaf())
    assert ours == {name: theirs[name] for name in ours}
