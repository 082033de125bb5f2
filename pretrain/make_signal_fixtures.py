"""Writes what the page's signal processing is tested with: mels by librosa, resampling by SciPy, figures by the scorer.

python3 pretrain/make_signal_fixtures.py SCORE.py   # SCORE.py scores pairs of WAV files; needs librosa, SciPy

src/dsp/fixtures/mel.fixture.json               convention -> mel of the synthetic voice, frame-major
src/metrics/fixtures/resample.fixture.json      up, down -> resample_poly of the synthetic voice
src/metrics/fixtures/figures.fixture.json       pair -> the scorer's figures

The signals themselves are made by formula on both sides: src/dsp/testing/synthetic-voice.ts.
"""

import importlib.util
import json
import sys
import tempfile
from pathlib import Path

import librosa
import numpy as np
import soundfile
from scipy.signal import resample_poly

SOURCES = Path(__file__).parent.parent / "src"
RATE = 22050


def congruential_noise(seed: int, samples: int) -> np.ndarray:
    values = np.empty(samples)
    for n in range(samples):
        seed = (seed * 1664525 + 1013904223) % 2**32
        values[n] = seed / 2**32 - 0.5
    return values


def synthetic_voice(samples: int, rate: int = RATE, detune: float = 1, seed: int = 1) -> np.ndarray:
    t = np.arange(samples) / rate
    phase = detune * (2 * np.pi * 120 * t + 30 / 1.3 * (1 - np.cos(2 * np.pi * 1.3 * t)))
    syllable = np.sin(2 * np.pi * 1.7 * t + 0.3)
    voiced = np.zeros(samples)
    for harmonic in range(1, 51):
        hz = 120 * harmonic
        formants = 1 / (1 + ((hz - 500) / 300) ** 2) + 0.3 / (1 + ((hz - 1800) / 400) ** 2)
        voiced += (formants + 0.01) * np.sin(harmonic * phase)
    hiss = 0.03 * np.maximum(0, -syllable - 0.5) + 1e-4
    return 0.1 * np.maximum(0, syllable) * voiced + hiss * congruential_noise(seed, samples)


CONVENTIONS = {
    "slaney, ln": dict(
        sampleRateHz=22050, fftSize=1024, hopSamples=256, windowSamples=1024, bands=80, lowHz=0, highHz=8000,
        scale="slaney", norm="slaney", magnitudeEpsilon=1e-9, log="ln", floor=1e-5,
    ),
    "htk, log10, short window": dict(
        sampleRateHz=24000, fftSize=2048, hopSamples=300, windowSamples=1200, bands=40, lowHz=80, highHz=7600,
        scale="htk", norm="none", magnitudeEpsilon=1e-9, log="log10", floor=1e-10,
    ),
    "htk, slaney norm, odd padding": dict(
        sampleRateHz=16000, fftSize=512, hopSamples=201, windowSamples=400, bands=23, lowHz=20, highHz=8000,
        scale="htk", norm="slaney", magnitudeEpsilon=0, log="ln", floor=1e-5,
    ),
}  # fmt: skip


def mel_spectrogram(audio: np.ndarray, c: dict) -> np.ndarray:
    """[samples] -> [frames, bands]: librosa's transform and filters, HiFi-GAN's padding."""
    audio = audio[: len(audio) // c["hopSamples"] * c["hopSamples"]]
    padding = c["fftSize"] - c["hopSamples"]
    padded = np.pad(audio, (padding // 2, padding - padding // 2), mode="reflect")
    spectrum = librosa.stft(
        padded, n_fft=c["fftSize"], hop_length=c["hopSamples"], win_length=c["windowSamples"], center=False
    )
    filters = librosa.filters.mel(
        sr=c["sampleRateHz"], n_fft=c["fftSize"], n_mels=c["bands"], fmin=c["lowHz"], fmax=c["highHz"],
        htk=c["scale"] == "htk", norm="slaney" if c["norm"] == "slaney" else None, dtype=np.float64,
    )  # fmt: skip
    magnitude = np.sqrt(np.abs(spectrum) ** 2 + c["magnitudeEpsilon"])
    log = {"ln": np.log, "log10": np.log10}[c["log"]]
    return log(np.maximum(filters @ magnitude, c["floor"])).T


def pairs() -> dict:
    """name -> (reference, its rate, output, its rate); src/metrics/compare.test.ts makes the same."""
    voice = synthetic_voice(44100)
    late = np.concatenate([np.zeros(137), voice])
    early = voice[313:]
    shrill = np.clip(synthetic_voice(50000, detune=1.02, seed=3) * 6, -0.3, 0.3)
    return {
        "late, softer and noisy": (voice, RATE, 0.7 * late + 0.01 * congruential_noise(5, len(late)), RATE),
        "early and short": (voice, RATE, early + 0.002 * congruential_noise(6, len(early)), RATE),
        "detuned, clipped and longer": (voice, RATE, shrill, RATE),
        "output at 16 kHz": (voice, RATE, synthetic_voice(32000, rate=16000, seed=4), 16000),
        "reference at 48 kHz": (synthetic_voice(96000, rate=48000), 48000, 1.5 * voice[:43008], RATE),
    }


def load_scorer(path: str):
    spec = importlib.util.spec_from_file_location("score", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def figures(scorer, reference: np.ndarray, reference_rate: int, output: np.ndarray, output_rate: int) -> dict:
    """Through files in float32, which is what the page holds."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [f"{folder}/reference.wav", f"{folder}/output.wav"]
        soundfile.write(paths[0], reference, reference_rate, subtype="FLOAT")
        soundfile.write(paths[1], output, output_rate, subtype="FLOAT")
        return scorer.score(*map(scorer.read, paths))


def write(path: str, value: dict) -> None:
    text = json.dumps(value, separators=(",", ":"))
    if len(text) > 100_000:
        sys.exit(f"{path}: {len(text)} bytes are too many for a fixture")
    (SOURCES / path).parent.mkdir(exist_ok=True)
    (SOURCES / path).write_text(text + "\n")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    mels = {}
    for name, convention in CONVENTIONS.items():
        audio = synthetic_voice(8000, rate=convention["sampleRateHz"]).astype(np.float32)
        mel = mel_spectrogram(audio.astype(np.float64), convention)
        mels[name] = {"convention": convention, "frames": len(mel), "values": np.round(mel, 6).flatten().tolist()}
    write("dsp/fixtures/mel.fixture.json", mels)

    resampled = []
    for up, down in ((200, 441), (147, 320), (441, 320), (2, 1), (22050, 11025)):
        values = resample_poly(synthetic_voice(400), up, down)
        resampled.append({"up": up, "down": down, "values": np.round(values, 9).tolist()})
    write("metrics/fixtures/resample.fixture.json", {"samples": 400, "cases": resampled})

    scorer = load_scorer(sys.argv[1])
    write("metrics/fixtures/figures.fixture.json", {name: figures(scorer, *pair) for name, pair in pairs().items()})


if __name__ == "__main__":
    main()
