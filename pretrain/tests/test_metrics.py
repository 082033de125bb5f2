"""Set SCORER to tools/score.py to compare with the given scorer, which also computed the figures below."""

import importlib.util
import os

import numpy as np
import pytest

from evaluation.metrics import score


def pair(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Noise with a syllabic envelope, and a delayed, quieter, filtered and noisy version of it."""
    rng = np.random.default_rng(seed)
    t = np.arange(30000) / 22050
    signal = np.sin(2 * np.pi * 3 * t) ** 2 * np.convolve(rng.normal(size=30000), np.hanning(9), "same") * 0.05
    signal += 0.1 * np.sin(2 * np.pi * 220 * t + np.sin(2 * np.pi * 5 * t))
    output = np.concatenate([np.zeros(130), 0.6 * np.convolve(signal, [0.5, 0.5], "same")])
    return signal, output + 1e-3 * rng.normal(size=len(output))


GIVEN = {
    "mel_mae": 0.1793,
    "lsd_db": 15.873,
    "mrstft": 1.1642,
    "mcd13_db": 2.4269,
    "stoi": 0.9999,
    "hf_db": 12.2993,
    "level_db": -4.5135,
}


@pytest.mark.skipif("SCORER" not in os.environ, reason="SCORER is not set to the path of score.py")
@pytest.mark.parametrize("seed", [0, 1])
def test_every_figure_equals_the_scorers_exactly(seed):
    spec = importlib.util.spec_from_file_location("scorer", os.environ["SCORER"])
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    theirs = scorer.score(*pair(seed))
    theirs.pop("pesq", None)
    assert score(*pair(seed)) == theirs


def test_figures_equal_recorded_ones_of_the_scorer():
    assert score(*pair(0)) == GIVEN


def test_a_recording_against_itself_is_perfect():
    signal, _ = pair(0)
    figures = score(signal, signal)
    assert figures.pop("stoi") == 1
    assert all(value == 0 for value in figures.values())
