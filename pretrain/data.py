"""Any folder of audio, packed once into memory-mapped int16; crops of it, with their mels, for training.

python3 pretrain/data.py /path/to/speech pretrain/data/speech            # reads splits.json there, if there is one
python3 pretrain/data.py /path/to/LJSpeech-1.1 pretrain/data/lj          # else every 50th clip is for validation

The levels of voices differ by 10 dB and more, so each clip is brought to one RMS, and each crop gets a random gain.
"""

import argparse
import json
import sys
from math import gcd
from pathlib import Path

import numpy as np
import soundfile as sf
import torch
from scipy.signal import resample_poly
from torch import Tensor, nn
from tqdm import tqdm

from mel import MelSpectrogram

LEVEL_DB = -24.0  # RMS of a packed clip, dB below full scale: about that of LJ Speech
GAIN_DB = (-12.0, 8.0)
PEAK = 0.98
LARGEST = 10.0  # standard deviations: a click, whitened, has 100 and throws the network off for many steps
MARGIN = 2  # frames of real surroundings on both sides of a crop, so that its mel has no edges


def read_mono(path: Path, rate: int) -> np.ndarray:
    """The first channel at `rate` Hz, float64; ValueError for a file without sound in it."""
    audio, found = sf.read(path, dtype="float64", always_2d=True)
    audio = audio[:, 0]
    if not len(audio) or not np.isfinite(audio).all() or not audio.any():
        raise ValueError("no sound in it")
    divisor = gcd(rate, found)
    return audio if found == rate else resample_poly(audio, rate // divisor, found // divisor)


def find_clips(source: Path) -> dict[str, list[Path]]:
    """Names of splits and their files, from splits.json or by counting; SystemExit where there is none."""
    splits = source / "splits.json"
    found = {p.relative_to(source).with_suffix("").as_posix(): p for p in sorted(source.rglob("*"))
             if p.suffix.lower() in (".wav", ".flac")}  # fmt: skip
    if not found:
        sys.exit(f"{source}: no wav or flac file in it or below it")
    if splits.exists():
        named = json.loads(splits.read_text())
        missing = [name for names in named.values() for name in names if name not in found]
        if missing:
            sys.exit(f"{splits} names {len(missing)} clips that are not there, the first: {missing[0]}")
        return {split: [found[name] for name in names] for split, names in named.items()}
    paths = list(found.values())
    return {"train": [p for i, p in enumerate(paths) if i % 50 or len(paths) == 1], "validation": paths[::50]}


def pack(source: Path, out: Path, rate: int = 22050) -> None:
    """Writes <split>.i16 and <split>.json (rate, names, offsets) for each split; skips and names corrupt files."""
    out.mkdir(parents=True, exist_ok=True)
    corrupt, total = [], 0
    for split, paths in find_clips(source).items():
        names, offsets = [], [0]
        with open(out / f"{split}.i16", "wb") as file:
            for path in tqdm(paths, desc=split, disable=not sys.stderr.isatty()):
                total += 1
                try:
                    audio = read_mono(path, rate)
                except (sf.LibsndfileError, ValueError) as error:
                    corrupt.append(path)
                    print(f"skipped {path}: {error}", file=sys.stderr)
                    continue
                gain = 10 ** (LEVEL_DB / 20) / np.sqrt(np.mean(audio**2))
                audio = audio * min(gain, PEAK / np.abs(audio).max())
                (audio * 32767).round().astype("<i2").tofile(file)
                names.append(path.relative_to(source).with_suffix("").as_posix())
                offsets.append(offsets[-1] + len(audio))
        (out / f"{split}.json").write_text(json.dumps(dict(rate=rate, names=names, offsets=offsets)))
        print(f"{split}: {len(names)} clips, {offsets[-1] / rate / 60:.1f} minutes")
    if len(corrupt) > 0.01 * total:
        sys.exit(f"{len(corrupt)} of {total} files could not be read, more than 1 %: is {source} complete?")


class Crops(nn.Module):
    """Random crops of a packed split. What is drawn depends on the generator alone: resuming needs no other state."""

    def __init__(self, folder: Path, split: str, mel: dict):
        super().__init__()
        index = json.loads((folder / f"{split}.json").read_text())
        if index["rate"] != mel["sample_rate_hz"]:
            sys.exit(f"{folder} was packed at {index['rate']} Hz, the model wants {mel['sample_rate_hz']} Hz")
        self.names, self.offsets = index["names"], np.array(index["offsets"])
        self.audio = np.memmap(folder / f"{split}.i16", dtype="<i2", mode="r")
        self.mel, self.hop = MelSpectrogram(mel), mel["hop_samples"]

    def clip(self, i: int) -> Tensor:
        """A whole clip, [samples]."""
        return torch.from_numpy(self.audio[self.offsets[i] : self.offsets[i + 1]].astype(np.float32) / 32767)

    def draw(self, count: int, samples: int, generator: torch.Generator) -> Tensor:
        """Audio [count, samples + 2 margins]; long clips more often; what a short clip lacks is silence."""
        wanted = samples + 2 * MARGIN * self.hop
        lengths = np.diff(self.offsets)
        chances = torch.from_numpy(np.maximum(lengths - wanted, self.hop).astype(np.float64))
        out = torch.zeros(count, wanted)
        for row, i in enumerate(torch.multinomial(chances, count, True, generator=generator).tolist()):
            start, gain_db = torch.rand(2, generator=generator, dtype=torch.float64).tolist()
            clip = self.clip(i)
            first = int(start * max(0, len(clip) - wanted + 1))
            piece = clip[first : first + wanted]
            gain = 10 ** ((GAIN_DB[0] + gain_db * (GAIN_DB[1] - GAIN_DB[0])) / 20)
            out[row, : len(piece)] = piece * min(gain, PEAK / max(piece.abs().max().item(), 1e-4))
        return out

    def with_mel(self, drawn: Tensor, prior) -> tuple[Tensor, Tensor, Tensor]:
        """What `draw` gave -> audio and whitened audio, [B, samples] each, mel [B, bands, samples / hop]."""
        mel = self.mel(drawn)
        inside = slice(MARGIN * self.hop, -MARGIN * self.hop)
        white = prior.whiten(drawn, mel)[:, inside].clamp(-LARGEST, LARGEST)
        return drawn[:, inside], white, mel[:, :, MARGIN:-MARGIN]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rate", type=int, default=22050)
    pack(**vars(parser.parse_args()))
