"""The objective figures for comparing vocoders, defined once for the whole package.

>>> score(recording, output)        # 22,050 Hz, mono, float64 -> {"mel_mae": .., "stoi": .., ..}, 4 decimals

The pair is cut to the shorter signal, aligned within 600 samples by mel error, and level-matched (`level_db` is the
level difference). Lower is better except for STOI; the ideal value of `hf_db` and `level_db` is 0.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import resample_poly

from speech.mel import mel_filters

RATE = 22050
FILTERS = mel_filters(
    dict(sample_rate_hz=RATE, fft_size=1024, bands=80, low_hz=0, high_hz=8000, scale="slaney", norm="slaney")
).numpy()
RESOLUTIONS = ((1024, 120, 600), (2048, 240, 1200), (512, 50, 240))  # FFT, hop, window


def hann(length: int) -> np.ndarray:
    """A periodic Hann window."""
    return np.hanning(length + 1)[:-1]


def magnitudes(audio: np.ndarray, fft: int = 1024, hop: int = 256, window: int = 1024) -> np.ndarray:
    """Centred STFT magnitudes with reflection padding, [frames, bins]."""
    padded = np.pad(audio, fft // 2, mode="reflect")
    edge = (fft - window) // 2
    taper = np.pad(hann(window), (edge, fft - window - edge))
    return np.abs(np.fft.rfft(sliding_window_view(padded, fft)[::hop] * taper, axis=1))


def log_mel(audio: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(magnitudes(audio) @ FILTERS.T, 1e-5))


def aligned(recording: np.ndarray, output: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tries lags in steps of 60 samples, then of 10 around the best."""

    def at(lag: int) -> tuple[np.ndarray, np.ndarray]:
        a, b = recording[max(0, -lag) :], output[max(0, lag) :]
        length = min(len(a), len(b))
        return a[:length], b[:length]

    def mel_error(lag: int) -> float:
        a, b = at(lag)
        return np.abs(log_mel(a) - log_mel(b)).mean()

    coarse = min(range(-600, 601, 60), key=mel_error)
    return at(min(range(coarse - 50, coarse + 51, 10), key=mel_error))


def stoi(recording: np.ndarray, output: np.ndarray) -> float:
    """Short-time objective intelligibility (Taal et al. 2011), 0..1: 10 kHz, 15 third octaves, 30-frame segments."""
    frame, hop = 256, 128
    taper = np.hanning(frame + 2)[1:-1]
    x, y = (resample_poly(signal, 200, 441) for signal in (recording, output))
    x, y = (sliding_window_view(signal, frame)[::hop] * taper for signal in (x, y))
    energy_db = 20 * np.log10(np.linalg.norm(x, axis=1) + 1e-12)
    speech = energy_db > energy_db.max() - 40
    freq = np.linspace(0, 5000, frame + 1)
    centres = 150 * 2.0 ** (np.arange(15) / 3)
    edges = [[np.argmin((freq - c * 2 ** (side / 6)) ** 2) for side in (-1, 1)] for c in centres]

    def third_octaves(frames: np.ndarray) -> np.ndarray:  # [15, frames], of the signal without silent frames
        joined = np.zeros(hop * (len(frames) - 1) + frame)
        for i, piece in enumerate(frames):
            joined[hop * i : hop * i + frame] += piece
        power = np.abs(np.fft.rfft(sliding_window_view(joined, frame)[::hop] * taper, 2 * frame, axis=1)) ** 2
        return np.sqrt(np.stack([power[:, low:high].sum(1) for low, high in edges]))

    x, y = (sliding_window_view(third_octaves(f[speech]), 30, axis=1) for f in (x, y))  # [15, segments, 30]
    gain = np.linalg.norm(x, axis=2, keepdims=True) / (np.linalg.norm(y, axis=2, keepdims=True) + 1e-12)
    y = np.minimum(y * gain, x * (1 + 10 ** (15 / 20)))  # a signal-to-distortion ratio of at least -15 dB
    x, y = (signal - signal.mean(2, keepdims=True) for signal in (x, y))
    norms = np.linalg.norm(x, axis=2) * np.linalg.norm(y, axis=2) + 1e-12
    return ((x * y).sum(2) / norms).mean()


def multi_resolution_stft(recording: np.ndarray, output: np.ndarray) -> float:
    total = 0.0
    for resolution in RESOLUTIONS:
        a, b = (np.maximum(magnitudes(signal, *resolution), 1e-4) for signal in (recording, output))
        total += np.linalg.norm(a - b) / np.linalg.norm(a) + np.abs(np.log(a / b)).mean()
    return total / len(RESOLUTIONS)


def score(recording: np.ndarray, output: np.ndarray) -> dict[str, float]:
    a, b = aligned(recording, output)
    level_db = 10 * np.log10((b**2).sum() / (a**2).sum())
    b = b / 10 ** (level_db / 20)
    mel_a, mel_b = log_mel(a), log_mel(b)
    power_a, power_b = magnitudes(a) ** 2, magnitudes(b) ** 2
    spectral_db = 10 * np.log10(np.maximum(power_a, 1e-10) / np.maximum(power_b, 1e-10))
    cosines = np.cos(np.pi * np.outer(np.arange(80) + 0.5, np.arange(1, 14)) / 80) * 2 / 80  # [80, 13]
    cepstral = np.linalg.norm((mel_a - mel_b) @ cosines, axis=1).mean()
    high = int(8000 / RATE * 1024)
    figures = dict(
        mel_mae=np.abs(mel_a - mel_b).mean(),
        lsd_db=np.sqrt((spectral_db**2).mean(1)).mean(),
        mrstft=multi_resolution_stft(a, b),
        mcd13_db=10 * np.sqrt(2) / np.log(10) * cepstral,
        stoi=stoi(a, b),
        hf_db=10 * np.log10(power_b[:, high:].mean() / power_a[:, high:].mean()),
        level_db=level_db,
    )
    return {name: round(float(value), 4) for name, value in figures.items()}
