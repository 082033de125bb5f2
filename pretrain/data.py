"""Packs any folder of audio once into memory-mapped int16, and draws crops of it, with their mels, for training.

python3 pretrain/data.py /path/to/speech pretrain/data/speech            # uses splits.json there, if it exists
python3 pretrain/data.py /path/to/LJSpeech-1.1 pretrain/data/lj          # otherwise every 50th clip is for validation
python3 pretrain/data.py /path/to/speech pretrain/data/speech --speeds 0.87 1 1.15      # adds voices of other pitch
python3 pretrain/data.py /path/to/speech pretrain/data/speech --lowered 360             # adds men's voices to women's

The levels of voices differ by 10 dB and more, so each clip is scaled to one RMS, and each crop gets a random gain.
"""

import argparse
import functools
import json
import multiprocessing
import random
import sys
from fractions import Fraction
from math import gcd
from pathlib import Path
from zlib import crc32

import numpy as np
import soundfile as sf
import torch
from scipy.signal import resample_poly
from torch import Tensor, nn
from tqdm import tqdm

from speech.lowered_voice import lowered
from speech.mel import MelSpectrogram
from speech.pitch_labels import STEP_SAMPLES, pitch_track

LEVEL_DB = -24.0  # RMS of a packed clip, dB below full scale: about that of LJ Speech
GAIN_DB = (-12.0, 8.0)
PEAK = 0.98
LARGEST = 10.0  # standard deviations: a whitened click reaches 100 and would disturb the network for many steps
MARGIN = 2  # frames of real context on both sides of a crop, so that its mel has no edge effects
LOWERED = "lowered"  # the voice of clips that speech/lowered_voice.py made
UNALTERED = 0.5  # default fraction of crops at their original speed, if there are others


def read_mono(path: Path, rate: int) -> np.ndarray:
    """Returns the first channel at `rate` Hz as float64; ValueError for a file without sound."""
    audio, found = sf.read(path, dtype="float64", always_2d=True)
    audio = audio[:, 0]
    if not len(audio) or not np.isfinite(audio).all() or not audio.any():
        raise ValueError("it has no sound")
    divisor = gcd(rate, found)
    return audio if found == rate else resample_poly(audio, rate // divisor, found // divisor)


def find_clips(source: Path) -> dict[str, list[Path]]:
    """Names of splits and their files, from splits.json or by counting; SystemExit if there are none."""
    splits = source / "splits.json"
    found = {p.relative_to(source).with_suffix("").as_posix(): p for p in sorted(source.rglob("*"))
             if p.suffix.lower() in (".wav", ".flac")}  # fmt: skip
    if not found:
        sys.exit(f"{source}: it contains no wav or flac files")
    if splits.exists():
        named = json.loads(splits.read_text())
        missing = [name for names in named.values() for name in names if name not in found]
        if missing:
            sys.exit(f"{splits} names {len(missing)} clips that do not exist, the first: {missing[0]}")
        return {split: [found[name] for name in names] for split, names in named.items()}
    paths = list(found.values())
    return {"train": [p for i, p in enumerate(paths) if i % 50 or len(paths) == 1], "validation": paths[::50]}


def prepare(path: Path, rate: int, speed: float, lower: bool) -> tuple[np.ndarray, np.ndarray] | str:
    """A clip at LEVEL_DB, int16 [samples], with its pitch track; or an error message.

    `speed` shortens and raises it; `lower` makes a man's voice of it.
    """
    try:
        audio = read_mono(path, rate)
        if lower:
            audio = lowered(audio, rate, np.random.default_rng(crc32(path.stem.encode())))
    except (sf.LibsndfileError, ValueError) as error:
        return str(error)
    ratio = Fraction(speed).limit_denominator(100)
    if ratio != 1:
        audio = resample_poly(audio, ratio.denominator, ratio.numerator)
    gain = 10 ** (LEVEL_DB / 20) / np.sqrt(np.mean(audio**2))
    audio = audio * min(gain, PEAK / np.abs(audio).max())
    return (audio * 32767).round().astype("<i2"), pitch_track(audio, rate)


def pack(
    source: Path, out: Path, rate: int = 22050, speeds: tuple[float, ...] = (1.0,), lowered_clips: int = 0
) -> None:
    """Writes <split>.i16, <split>.pitch.f32 and <split>.json (rate, names, offsets) for each split.

    `speeds` apply to the train split; clips at a speed other than 1 are named NAME@SPEED. `lowered_clips` of the split,
    drawn at random, are also packed with a lower voice, as LOWERED/NAME. Corrupt files are skipped and reported; more
    than 1 % of them end the program.
    """
    out.mkdir(parents=True, exist_ok=True)
    corrupt, total = [], 0
    for split, paths in find_clips(source).items():
        names, offsets = [], [0]
        with (
            open(out / f"{split}.i16", "wb") as samples,
            open(out / f"{split}.pitch.f32", "wb") as tracks,
            multiprocessing.Pool() as pool,
        ):
            passes = [(speed, False, paths) for speed in (speeds if split == "train" else (1.0,))]
            if split == "train" and lowered_clips:
                passes.append((1.0, True, random.Random(0).sample(paths, min(lowered_clips, len(paths)))))
            for speed, lower, chosen in passes:
                one = functools.partial(prepare, rate=rate, speed=speed, lower=lower)
                prepared = pool.imap(one, chosen, chunksize=4)
                label = f"{split}, lowered" if lower else split if speed == 1 else f"{split} at {speed:g}"
                bar = tqdm(chosen, desc=label, disable=not sys.stderr.isatty())
                for path, clip in zip(bar, prepared, strict=True):
                    total += 1
                    if isinstance(clip, str):
                        corrupt.append(path)
                        print(f"skipped {path}: {clip}", file=sys.stderr)
                        continue
                    audio, track = clip
                    audio.tofile(samples)
                    track.tofile(tracks)
                    name = path.relative_to(source).with_suffix("").as_posix()
                    names.append(f"{LOWERED}/{name}" if lower else name if speed == 1 else f"{name}@{speed:g}")
                    offsets.append(offsets[-1] + len(audio))
        (out / f"{split}.json").write_text(json.dumps(dict(rate=rate, names=names, offsets=offsets)))
        print(f"{split}: {len(names)} clips, {offsets[-1] / rate / 60:.1f} minutes")
    if len(corrupt) > 0.01 * total:
        sys.exit(f"{len(corrupt)} of {total} files could not be read, more than 1 %: is {source} complete?")


class Crops(nn.Module):
    """Random crops of a packed split. They depend only on the generator, so resuming needs no other state.

    `unaltered` is the fraction of crops from clips at their original speed, if the split has clips at other speeds.
    """

    def __init__(self, folder: Path, split: str, mel: dict, unaltered: float = UNALTERED):
        super().__init__()
        index = json.loads((folder / f"{split}.json").read_text())
        if index["rate"] != mel["sample_rate_hz"]:
            sys.exit(f"{folder} was packed at {index['rate']} Hz, but the model uses {mel['sample_rate_hz']} Hz")
        self.names, self.offsets = index["names"], np.array(index["offsets"])
        self.audio = np.memmap(folder / f"{split}.i16", dtype="<i2", mode="r")
        self.tracks = np.memmap(folder / f"{split}.pitch.f32", dtype="<f4", mode="r").reshape(-1, 2)
        self.track_offsets = np.concatenate([[0], np.cumsum(np.diff(self.offsets) // STEP_SAMPLES + 1)])
        self.mel, self.hop = MelSpectrogram(mel), mel["hop_samples"]
        self.lengths = np.diff(self.offsets)
        self.voices = np.array([name.split("/")[0] for name in self.names])
        self.altered, self.unaltered = np.array(["@" in name for name in self.names]), unaltered

    def clip(self, i: int) -> Tensor:
        """A whole clip, [samples]."""
        return torch.from_numpy(self.audio[self.offsets[i] : self.offsets[i + 1]].astype(np.float32) / 32767)

    def track(self, i: int) -> Tensor:
        """Its pitch track, [samples // STEP_SAMPLES + 1, 2]; see speech/pitch_labels.py."""
        return torch.from_numpy(np.array(self.tracks[self.track_offsets[i] : self.track_offsets[i + 1]]))

    def chances(self, wanted: int) -> Tensor:
        """Weights for drawing clips, [clips]: higher for long clips and small voices (folders), lower if altered."""
        chances = np.maximum(self.lengths - wanted, self.hop).astype(np.float64)
        for voice in np.unique(self.voices):
            of_voice = self.voices == voice
            chances[of_voice] /= np.sqrt(chances[of_voice].sum())
        altered = self.altered
        if altered.any() and not altered.all():
            chances[altered] *= (1 - self.unaltered) / chances[altered].sum()
            chances[~altered] *= self.unaltered / chances[~altered].sum()
        return torch.from_numpy(chances)

    def draw(self, count: int, samples: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Audio [count, samples + 2 margins] and its pitch tracks; clips that are too short are padded with silence."""
        wanted = samples + 2 * MARGIN * self.hop
        chances = self.chances(wanted)
        out = torch.zeros(count, wanted)
        tracks = torch.zeros(count, wanted // STEP_SAMPLES + 2, 2)
        for row, i in enumerate(torch.multinomial(chances, count, True, generator=generator).tolist()):
            start, gain_db = torch.rand(2, generator=generator, dtype=torch.float64).tolist()
            clip = self.clip(i)
            first = int(start * max(0, len(clip) - wanted + 1)) // STEP_SAMPLES * STEP_SAMPLES
            piece, track = clip[first : first + wanted], self.track(i)[first // STEP_SAMPLES :][: tracks.shape[1]]
            gain = 10 ** ((GAIN_DB[0] + gain_db * (GAIN_DB[1] - GAIN_DB[0])) / 20)
            out[row, : len(piece)] = piece * min(gain, PEAK / max(piece.abs().max().item(), 1e-4))
            tracks[row, : len(track)] = track
            tracks[row, len(track) :, 1] = track[-1, 1]
        return out, tracks

    def inside(self, samples: Tensor) -> Tensor:
        """Removes the margins from the samples of `draw`, or from others of the same shape. [B, samples]."""
        return samples[:, MARGIN * self.hop : -MARGIN * self.hop]

    def whitened(self, drawn: Tensor, mel: Tensor, prior) -> Tensor:
        """Audio of `draw` and its complete mel -> the signal of the process, without the margins, [B, samples]."""
        return self.inside(prior.whiten(drawn, mel)).clamp(-LARGEST, LARGEST)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rate", type=int, default=22050)
    parser.add_argument("--lowered", type=int, default=0, dest="lowered_clips", help="train clips to lower, too")
    parser.add_argument("--speeds", type=float, nargs="+", default=[1.0], help="speeds of the train split")
    pack(**vars(parser.parse_args()))
