"""Pitch labels of a recording for training: F0 and voicing by WORLD, and the phase of the fundamental.

An excitation must follow this phase for the harmonics of the recording to have a fixed relation to it. The recording is
demodulated by its F0 and low-passed, and the angle of the result is added to the cumulative sum of F0.
WORLD: Morise et al. 2016; DIO and StoneMask through pyworld.
"""

import numpy as np
import pyworld

LOW_HZ, HIGH_HZ = 55.0, 620.0
STEP_SAMPLES = 64  # between two values of a track
PERIODS = 3  # length of the low-pass: its first zero is at 2/3 of F0, so that the second harmonic does not leak in


def world_f0(audio: np.ndarray, rate: int, low_hz: float, high_hz: float, seconds: float = 0.005) -> tuple:
    """F0 in Hz (0: unvoiced) at intervals of `seconds`, and their times, by DIO and StoneMask."""
    f0, at = pyworld.dio(audio, rate, f0_floor=low_hz, f0_ceil=high_hz, frame_period=1000 * seconds)
    return pyworld.stonemask(audio, f0, at, rate), at


def pitch_track(audio: np.ndarray, rate: int) -> np.ndarray:
    """Audio [samples], float64 -> [samples // STEP_SAMPLES + 1, 2], float32: F0 in Hz (0: unvoiced), phase in cycles.

    The phase continues through unvoiced segments. Row k is at sample k * STEP_SAMPLES.
    """
    samples = np.arange(len(audio))
    at = np.arange(len(audio) // STEP_SAMPLES + 1) * STEP_SAMPLES
    f0, seconds = world_f0(audio, rate, LOW_HZ, HIGH_HZ)
    known = f0 > 0
    if not known.any():
        return np.stack([np.zeros(len(at)), at * 150.0 / rate], 1).astype(np.float32)
    voiced = np.interp(at / rate, seconds, known.astype(float)) > 0.5
    continuous = np.interp(samples / rate, seconds[known], f0[known])
    turns = np.cumsum(continuous / rate)
    length = int(PERIODS * rate / np.median(f0[known])) | 1
    window = np.hanning(length + 2)[1:-1]
    baseband = np.convolve(audio * np.exp(-2j * np.pi * turns), window / window.sum(), "same")
    trusted = np.interp(samples / rate, seconds, known.astype(float)) > 0.5
    places = samples[trusted]
    offset = np.interp(samples, places, np.unwrap(np.angle(baseband[places]))) / (2 * np.pi)
    inside = np.minimum(at, len(audio) - 1)
    track = np.stack([np.where(voiced, continuous[inside], 0.0), (turns + offset)[inside]], 1)
    return track.astype(np.float32)
