"""Figures that estimate how listeners perceive a vocoder's output, and how noise changes a voice.

>>> listeners = Listeners()         # lists missing optional packages in `missing`
>>> score(recording, output, listeners)         # 22,050 Hz, mono, float64 -> {"pesq_wb": .., ..}

The output is aligned within 600 samples by log-spectral error and level-matched. With the recording as reference:

pesq_wb, pesq_nb    ITU-T P.862.2 and .1, MOS-LQO up to 4.64 and 4.55 (package pesq)
periodicity         RMS over 10 ms frames of the difference of the highest normalised autocorrelation (60 to 500 Hz,
                    40 ms, 50 to 4,000 Hz), 0..1; after CARGAN (arXiv 2110.10139), without its network
voicing_pct         percentage of frames whose voicing differs, by DIO between 70 and 500 Hz
hnr_L_H_db          harmonics-to-noise ratio between L and H Hz, output minus recording, dB: mean over the recording's
                    voiced frames of 10 log10(r / (1 - r)), r the autocorrelation at the recording's period
pre_echo_db         level in the 3 to 15 ms before the recording's sharp onsets, output minus recording, dB
hf_db               level of 8 to 11 kHz, output minus recording, dB

Without reference: `distillmos`, DistillMOS 0.9.1, MOS 1..5 (package distillmos; its dependency torchaudio is not
needed). The recording's own DistillMOS, not 5, is the ceiling. Clips should be 3 s or longer.
"""

import sys
import types

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft
from scipy.signal import butter, resample_poly, sosfiltfilt

from speech.pitch_labels import world_f0

RATE = 22050
BANDS_HZ = ((60, 1000), (1000, 2000), (2000, 4000), (4000, 8000))
LAGS = np.arange(RATE // 500, RATE // 60 + 1)
SILENCE_DB = -45  # relative to the loudest frame
FRAME_SECONDS = 0.01
RENAMED = {"per_rmse": "periodicity", "vuv_pct": "voicing_pct"}  # names in figures from other tools
COLUMNS = ("pesq_wb", "pesq_nb", "distillmos", "periodicity", "voicing_pct",
           *(f"hnr_{low}_{high}_db" for low, high in BANDS_HZ), "pre_echo_db", "hf_db")  # fmt: skip


def power_spectra(audio: np.ndarray) -> np.ndarray:
    """[frames, 513], Hann 1024, hop 256."""
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(audio, 512), 1024)[::256]
    return np.abs(np.fft.rfft(frames * np.hanning(1024), axis=1)) ** 2


def aligned(recording: np.ndarray, output: np.ndarray) -> np.ndarray:
    """The output shifted, padded or cut, and scaled to match the recording."""

    def at(lag: int) -> tuple[np.ndarray, np.ndarray]:
        a, b = recording[max(0, -lag) :], output[max(0, lag) :]
        length = min(len(a), len(b), 3 * RATE)
        return a[:length], b[:length]

    def error(lag: int) -> float:
        a, b = (np.log(np.add.reduceat(power_spectra(x), np.arange(1, 360, 6), axis=1) + 1e-6) for x in at(lag))
        return np.abs(a - b).mean()

    coarse = min(range(-600, 601, 100), key=error)
    lag = min(range(coarse - 80, coarse + 81, 20), key=error)
    shifted = np.pad(output, (max(0, -lag), 0))[max(0, lag) :]
    shifted = np.pad(shifted, (0, max(0, len(recording) - len(shifted))))[: len(recording)]
    return shifted * np.sqrt((recording**2).sum() / max((shifted**2).sum(), 1e-12))


def band_passed(audio: np.ndarray, low_hz: float, high_hz: float) -> np.ndarray:
    sections = butter(4, (low_hz, min(high_hz, RATE / 2 - 100)), "band", fs=RATE, output="sos")
    return sosfiltfilt(sections, audio)


def autocorrelation(audio: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Normalised cross-correlation of the 40 ms around each time with the signal at each of LAGS, [times, lags]."""
    length, longest = int(0.04 * RATE), LAGS[-1]
    padded = np.pad(audio, (length, length + longest))
    starts = np.round(seconds * RATE).astype(int) + length - length // 2
    frames = np.lib.stride_tricks.sliding_window_view(padded, length + longest)[starts]
    size = next_fast_len(length + longest, real=True)
    cross = irfft(rfft(frames, size) * np.conj(rfft(frames[:, :length], size)), size)
    sums = np.cumsum(np.pad(frames**2, ((0, 0), (1, 0))), axis=1)
    energy = sums[:, length + LAGS] - sums[:, LAGS]
    return cross[:, LAGS] / np.sqrt(sums[:, length : length + 1] * energy + 1e-10)


class Voice:
    """The parts of a recording that voice figures need; `of` compares an output with it."""

    def __init__(self, recording: np.ndarray):
        self.f0, self.seconds = world_f0(recording, RATE, 70, 500, FRAME_SECONDS)
        frame = int(2 * FRAME_SECONDS * RATE)
        starts = (self.seconds * RATE).astype(int)
        padded = np.pad(recording, (0, frame))
        level = 10 * np.log10([(padded[start : start + frame] ** 2).mean() + 1e-12 for start in starts])
        self.audible = level > level.max() + SILENCE_DB
        self.voiced = (self.f0 > 0) & self.audible
        self.near = np.abs(LAGS * self.f0[self.voiced, None] / RATE - 1) < 0.06
        self.periodicity, self.harmonicity = self.measured(recording)

    def measured(self, audio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Periodicity [frames], and harmonics-to-noise ratio in dB, [bands, voiced frames]."""
        periodicity = autocorrelation(band_passed(audio, 50, 4000), self.seconds).max(1).clip(0, 1)
        at = self.seconds[self.voiced]
        peaks = [
            np.where(self.near, autocorrelation(band_passed(audio, *edges), at), -1).max(1).clip(0.02, 0.998)
            for edges in BANDS_HZ
        ]
        return periodicity, 10 * np.log10(np.array(peaks) / (1 - np.array(peaks)))

    def of(self, output: np.ndarray) -> dict[str, float]:
        periodicity, harmonicity = self.measured(output)
        f0, _ = world_f0(output, RATE, 70, 500, FRAME_SECONDS)
        figures = dict(
            periodicity=np.sqrt(((self.periodicity - periodicity)[self.audible] ** 2).mean()),
            voicing_pct=100 * ((self.f0 > 0) != (f0 > 0))[self.audible].mean(),
        )
        for (low, high), difference in zip(BANDS_HZ, harmonicity - self.harmonicity, strict=True):
            figures[f"hnr_{low}_{high}_db"] = difference.mean() if difference.size else np.nan
        return figures


def pre_echo_db(recording: np.ndarray, output: np.ndarray) -> float:
    """Measured in 3 ms frames before each rise of 300 to 8,000 Hz by 15 dB within 10 ms; NaN if there is none."""
    step = 66
    count = len(recording) // step
    a, b = (
        10 * np.log10((band_passed(x, 300, 8000)[: count * step].reshape(count, step) ** 2).mean(1) + 1e-9)
        for x in (recording, output)
    )
    found, last = [], -20
    for i in range(8, count - 3):
        before, after = a[i - 5 : i].mean(), a[i : i + 3].mean()
        if after - before > 15 and after > a.max() - 35 and i - last > 15:
            last = i
            found.append((b - a)[i - 5 : i - 1].mean())
    return float(np.mean(found)) if found else np.nan


class Listeners:
    """Published models of listeners, loaded once. `missing` names those whose package is not installed, and why."""

    def __init__(self):
        self.missing: dict[str, str] = {}
        self.heard_by = []
        for name, load in dict(pesq=load_pesq, distillmos=load_distillmos).items():
            try:
                self.heard_by.append(load())
            except ImportError as error:
                self.missing[name] = str(error)

    def __call__(self, recording: np.ndarray, output: np.ndarray) -> dict[str, float]:
        a, b = (resample_poly(x, 320, 441) for x in (recording, output))  # 16 kHz
        return {name: value for hear in self.heard_by for name, value in hear(a, b).items()}


def load_pesq():
    from pesq import PesqError, pesq

    def hear(recording: np.ndarray, output: np.ndarray) -> dict[str, float]:
        try:
            narrow = (resample_poly(x, 1, 2) for x in (recording, output))
            return dict(pesq_wb=pesq(16000, recording, output, "wb"), pesq_nb=pesq(8000, *narrow, "nb"))
        except PesqError:  # no utterance found
            return dict(pesq_wb=np.nan, pesq_nb=np.nan)

    return hear


def load_distillmos():
    try:
        import torchaudio  # noqa: F401
    except ImportError:
        sys.modules["torchaudio"] = types.ModuleType("torchaudio")  # only distillmos's command line uses it
    import distillmos
    import torch

    model = distillmos.ConvTransformerSQAModel().eval()

    def hear(recording: np.ndarray, output: np.ndarray) -> dict[str, float]:
        with torch.inference_mode():
            return dict(distillmos=float(model(torch.from_numpy(output).float()[None])))

    return hear


def score(recording: np.ndarray, output: np.ndarray, listeners: Listeners) -> dict[str, float]:
    """All available figures, by name; NaN if a clip has no part to measure one on."""
    output = aligned(recording, output)
    high = int(8000 / RATE * 1024)
    powers = [power_spectra(x)[:, high:].mean() for x in (recording, output)]
    figures = listeners(recording, output) | Voice(recording).of(output)
    figures |= dict(pre_echo_db=pre_echo_db(recording, output), hf_db=10 * np.log10(powers[1] / powers[0]))
    return {name: round(float(figures[name]), 4) for name in COLUMNS if name in figures}
