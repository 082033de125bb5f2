"""Scores models, Griffin-Lim and the authors' published figures on test clips: docs/quality.md, .json, .png.

python3 pretrain/evaluate.py public/models/* --speech /path/to/speech --anchors anchors.json --out docs/quality
python3 pretrain/evaluate.py public/models/* --speech /path/to/speech --split validation --voices lj --steps 2 3 6

Test clips are for models that are done: what is still to be chosen is chosen on `--split validation`. Every model gets
the same noise. Clips are cut to whole frames; mels come from the recording as it is.
"""

import argparse
import datetime
import json
import sys
from pathlib import Path

import numpy as np
import torch

import report
from data import read_mono
from diffusion import default_schedule, sample
from export import model_card
from griffin_lim import griffin_lim
from mel import MelSpectrogram
from metrics import score
from model import load_model
from prior import make_prior

GRIFFIN_LIM = "Griffin-Lim"
NO_NETWORK = "noise through the prior, no network"
FEW = 6  # more steps than these are for the first voice alone: they take their time and say the same of each
SHOWN_SECONDS = 3
SHOWN = (2, 6)  # of these numbers of steps there are pictures
NAMES = {"lj": "LJ Speech", "kathleen": "Kathleen", "kerstin": "Kerstin (German)"}


def recordings(speech: Path, split: str, voice: str, rate: int, hop: int) -> dict[str, np.ndarray]:
    """The voice's clips of the split, cut to whole frames; SystemExit where there is none."""
    names = [n for n in json.loads((speech / "splits.json").read_text())[split] if n.split("/")[0] == voice]
    if not names:
        sys.exit(f"{speech}/splits.json names no clip of {voice} for {split}")
    clips = {}
    for name in names:
        path = next(path for suffix in (".flac", ".wav") if (path := speech / f"{name}{suffix}").exists())
        audio = read_mono(path, rate)
        clips[name] = audio[: len(audio) // hop * hop]
    return clips


def as_16_bit(audio: torch.Tensor) -> np.ndarray:
    """What a listener's WAV file would hold."""
    return np.round(audio.double().numpy() * 32767) / 32768


class Systems:
    """What turns a mel into speech here, by name and number of steps."""

    def __init__(self, folders: list[Path], seed: int):
        self.seed = seed
        self.models = {config["id"]: (model, config) for model, config in map(load_model, folders)}
        config = next(iter(self.models.values()))[1]
        self.mel, self.prior = config["mel"], make_prior(config)
        self.spectrogram = MelSpectrogram(self.mel)

    def speak(self, system: str, steps: int, recording: np.ndarray) -> np.ndarray:
        mel = self.spectrogram(torch.from_numpy(recording)[None].float())
        noise = torch.randn(max(steps, 1), 1, len(recording), generator=torch.Generator().manual_seed(self.seed))
        if system == GRIFFIN_LIM:
            return as_16_bit(griffin_lim(mel[0], self.mel, iterations=steps).clamp(-1, 1))
        if system == NO_NETWORK:
            return as_16_bit(self.prior.shape(noise[0], mel)[0].clamp(-1, 1))
        model, config = self.models[system]
        known = config["schedules"].get(str(steps))
        betas = torch.tensor(known["betas"], dtype=torch.float64) if known else default_schedule(steps)
        return as_16_bit(sample(model, config, mel, betas, noise[0], noise[1:])[0])


def anchor_rows(path: Path) -> list[dict]:
    """The authors' own figures, on the six LJ clips of the test split."""
    systems = json.loads(path.read_text())["systems"]
    return [
        dict(voice=NAMES["lj"], system=f"authors' {name.rsplit('-', 1)[0]}", steps=int(name.rsplit("-", 1)[1]), **row)
        for name, row in systems.items()
    ]


def keep_figures(folder: Path, rows: list[dict]) -> None:
    """Into the model's config.json, by number of steps, and its card."""
    path = folder / "config.json"
    config = json.loads(path.read_text())
    own = [row for row in rows if row["system"] == config["id"]]
    by_steps = {str(row["steps"]): {name: row[name] for name in report.COLUMNS} for row in own}
    config["figures"] = dict(clips=f"mean of {own[0]['clips']} test clips, {own[0]['voice']}", steps=by_steps)
    path.write_text(json.dumps(config, indent=2) + "\n")
    (folder / "README.md").write_text(model_card(config))


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("models", type=Path, nargs="+", help="folders with a config.json; others are passed over")
    add("--speech", type=Path, required=True, help="the folder with splits.json")
    add("--split", default="test")
    add("--voices", nargs="+", default=list(NAMES), help="folders of the speech data")
    add("--steps", type=int, nargs="+", default=[1, 2, 3, 6, 25, 100])
    add("--seed", type=int, default=0)
    add("--threads", type=int, default=0)
    add("--anchors", type=Path, help="the authors' figures, JSON")
    add("--out", type=Path, help="writes OUT.md, OUT.json and OUT.png")
    args = parser.parse_args(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    if args.out and args.split != "test":
        parser.error("--out is for the test split: what it writes calls the clips so")
    folders = [folder for folder in args.models if (folder / "config.json").exists()]
    if not folders:
        parser.error("none of these is the folder of a model")
    systems = Systems(folders, args.seed)
    rows, takes, shown = [], {}, None
    for voice in args.voices:
        clips = recordings(args.speech, args.split, voice, systems.mel["sample_rate_hz"], systems.mel["hop_samples"])
        jobs = [(name, n) for name in systems.models for n in args.steps if n <= FEW or voice == args.voices[0]]
        for system, steps in [*jobs, (NO_NETWORK, 0), (GRIFFIN_LIM, 60)]:
            scores = []
            for clip, recording in clips.items():
                made = systems.speak(system, steps, recording)
                scores.append(score(recording, made))
                if shown in (None, clip) and (steps in SHOWN or system not in systems.models):
                    shown = clip
                    takes.setdefault("recording", recording[: SHOWN_SECONDS * systems.mel["sample_rate_hz"]])
                    takes[f"{system}, {steps} {'iterations' if system == GRIFFIN_LIM else 'steps'}"] = made[
                        : len(takes["recording"])
                    ]
            row = dict(voice=NAMES.get(voice, voice), system=system, steps=steps, clips=len(clips))
            rows.append(row | report.mean_of(scores))
            print(json.dumps(rows[-1]), flush=True)
        if voice == "lj" and args.anchors:
            rows += anchor_rows(args.anchors)
    if args.out:
        minutes = json.loads((folders[0] / "config.json").read_text())["training"]["data"]
        counted = {row["voice"]: row["clips"] for row in rows}
        names = " ".join(f"public/models/{name}" for name in systems.models)
        command = f"python3 pretrain/evaluate.py {names} \\\n  --speech /path/to/speech"
        command += " --anchors /path/to/anchors.json --out docs/quality"
        date = datetime.date.today().isoformat()
        words = dict(date=date, command=command, clip=shown, minutes=minutes, count=str(sum(counted.values())))
        report.write(args.out, rows, takes, **words)
        for folder in folders:
            keep_figures(folder, [row for row in rows if row["voice"] == rows[0]["voice"]])


if __name__ == "__main__":
    main()
