"""Writes public/examples/<id>-reference.npz: the magnitude spectrogram of an example's recording, 8 bits per value.

python3 pretrain/make_references.py /path/to/speech        # after make_examples.py; the folder with lj/, kathleen/, ...

The recordings themselves are not published. Their magnitudes suffice for a picture and for the log-spectral distance.
The framing is that of the page's spectrograms (src/dsp/spectra/spectrogram.ts): 1,024 samples of a periodic Hann
window every 256 samples at 22,050 Hz, centred, with reflected ends; a full-scale sine reads 0 dB at its bin.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import soundfile as sf

from make_examples import CLIPS, OUT

FFT, HOP, RATE = 1024, 256, 22050
# The range of the page's spectrograms. A step is 0.55 dB, and its rounding error is 0.16 dB RMS.
LOW_DB, HIGH_DB = -140.0, 0.0


def levels_db(audio: np.ndarray) -> np.ndarray:
    """Levels in dB re full scale, [frames, bins], of samples in [-1, 1]."""
    window = np.hanning(FFT + 1)[:-1]
    padded = np.pad(audio.astype(np.float64), FFT // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, FFT)[::HOP]
    power = np.abs(np.fft.rfft(frames * window, axis=1) / (window.sum() / 2)) ** 2
    return 10 * np.log10(np.maximum(power, 10 ** (LOW_DB / 10)))


def to_codes(levels: np.ndarray) -> np.ndarray:
    share = (np.clip(levels, LOW_DB, HIGH_DB) - LOW_DB) / (HIGH_DB - LOW_DB)
    return np.round(share * 255).astype(np.uint8)


def main(speech: Path) -> None:
    clips = {clip["id"]: clip["clip"] for clip in CLIPS}
    index = json.loads((OUT / "index.json").read_text())
    for example in index:
        if example["id"] not in clips:
            continue
        audio, rate = sf.read(speech / f"{clips[example['id']]}.flac", dtype="float32")
        assert rate == RATE, rate
        whole = audio[: len(audio) // HOP * HOP]  # the length of the takes that are made from the mel
        name = f"{example['id']}-reference.npz"
        np.savez_compressed(OUT / name, levels=to_codes(levels_db(whole)), range_db=np.float32([LOW_DB, HIGH_DB]))
        example["reference"] = name
    (OUT / "index.json").write_text(json.dumps(index, indent=2) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("speech", type=Path)
    main(parser.parse_args().speech)
