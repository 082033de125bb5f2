"""Scores models, Griffin-Lim and the authors' published figures on test clips: one table, Markdown and JSON.

python3 pretrain/evaluate.py public/models/* --speech /path/to/speech --clips lj --out docs/quality
python3 pretrain/evaluate.py public/models/* --speech /path/to/speech --split validation --steps 2 3 6

Test clips are for models that are done: what is still to be chosen is chosen on `--split validation`. Every model gets
the same noise. Clips are cut to whole frames; mels come from the recording as it is.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from data import read_mono
from diffusion import default_schedule, sample
from griffin_lim import griffin_lim
from mel import MelSpectrogram
from metrics import score
from model import load_model

COLUMNS = ["mel_mae", "lsd_db", "mrstft", "mcd13_db", "stoi", "hf_db", "level_db"]


def mean_of(rows: list[dict]) -> dict:
    return {name: round(float(np.mean([row[name] for row in rows])), 4) for name in COLUMNS}


def recordings(speech: Path, split: str, voices: list[str], rate: int, hop: int) -> dict[str, np.ndarray]:
    names = [n for n in json.loads((speech / "splits.json").read_text())[split] if n.split("/")[0] in voices]
    clips = {}
    for name in names:
        path = next(path for suffix in (".flac", ".wav") if (path := speech / f"{name}{suffix}").exists())
        audio = read_mono(path, rate)
        clips[name] = audio[: len(audio) // hop * hop]
    return clips


def as_16_bit(audio: torch.Tensor) -> np.ndarray:
    """What a listener's WAV file would hold."""
    return np.round(audio.double().numpy() * 32767) / 32768


def evaluate(folder: Path, steps: list[int], clips: dict[str, np.ndarray], seed: int = 0) -> list[dict]:
    model, config = load_model(folder)
    spectrogram = MelSpectrogram(config["mel"])
    results = []
    for n in steps:
        known = config["schedules"].get(str(n))
        betas = torch.tensor(known["betas"], dtype=torch.float64) if known else default_schedule(n)
        rows = []
        for audio in clips.values():
            mel = spectrogram(torch.from_numpy(audio)[None].float())
            generator = torch.Generator().manual_seed(seed)
            noise = torch.randn(n, 1, len(audio), generator=generator)
            rows.append(score(audio, as_16_bit(sample(model, config, mel, betas, noise[0], noise[1:])[0])))
        figures = mean_of(rows)
        print(config["id"], n, figures, flush=True)
        results.append(dict(system=config["id"], steps=n, searched=bool(known), clips=len(rows), **figures))
    return results


def griffin_lim_row(config: dict, clips: dict[str, np.ndarray]) -> dict:
    spectrogram = MelSpectrogram(config["mel"])
    rows = []
    for audio in clips.values():
        mel = spectrogram(torch.from_numpy(audio)[None].float())[0]
        rows.append(score(audio, as_16_bit(griffin_lim(mel, config["mel"]).clamp(-1, 1))))
    return dict(system="Griffin-Lim", steps=60, clips=len(rows), **mean_of(rows))


def anchor_rows(path: Path) -> list[dict]:
    """The authors' own figures, on the six LJ clips of the test split."""
    systems = json.loads(path.read_text())["systems"]
    return [dict(system=f"authors' {name}", steps=int(name.rsplit("-", 1)[1]), **row) for name, row in systems.items()]


def table(rows: list[dict]) -> str:
    lines = ["| system | steps | " + " | ".join(COLUMNS) + " |", "| --- " * (len(COLUMNS) + 2) + "|"]
    for row in rows:
        lines.append(f"| {row['system']} | {row['steps']} | " + " | ".join(str(row[c]) for c in COLUMNS) + " |")
    return "\n".join(lines) + "\n"


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("models", type=Path, nargs="+")
    add("--speech", type=Path, required=True, help="the folder with splits.json")
    add("--split", default="test")
    add("--clips", nargs="+", default=["lj"], help="voices: folders of the speech data")
    add("--steps", type=int, nargs="+", default=[1, 2, 3, 6, 25, 100])
    add("--anchors", type=Path, help="the authors' figures, JSON")
    add("--out", type=Path, help="writes OUT.md and OUT.json")
    args = parser.parse_args(argv)
    models = [folder for folder in args.models if (folder / "config.json").exists()]
    config = load_model(models[0])[1]
    clips = recordings(
        args.speech, args.split, args.clips, config["mel"]["sample_rate_hz"], config["mel"]["hop_samples"]
    )
    rows = [row for folder in models for row in evaluate(folder, args.steps, clips)]
    rows.append(griffin_lim_row(config, clips))
    if args.anchors:
        rows += anchor_rows(args.anchors)
    print(table(rows))
    if args.out:
        args.out.with_suffix(".md").write_text(table(rows))
        args.out.with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
