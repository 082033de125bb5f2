"""Scores models, their controls, Griffin-Lim and the authors' audio on test clips: docs/quality.md, .json, .png.

python3 pretrain/evaluate.py public/models/* --speech /path/to/speech --anchors anchors.json --out docs/quality
python3 pretrain/evaluate.py public/models/* --speech /path/to/speech --split validation --voices lj --steps 2 3 6

Every system is scored with each number of mel corrections in `--corrections`. A control is the input of a network,
shaped by the prior with the same corrections: only the difference to it is due to the network. PESQ and DistillMOS need
packages that setup.sh does not install:

    pip install pesq==0.0.4 && pip install --no-deps distillmos==0.9.1 xls-r-sqa==0.1.0

If one is missing, its columns are omitted and a message says so. Test clips are only for finished models; use
`--split validation` for all choices. Every system gets the same noise. Clips are cut to whole frames; mels are computed
from the unmodified recording.
"""

import argparse
import datetime
import json
import sys
from pathlib import Path

import numpy as np
import torch

from data import read_mono
from diffusion import default_schedule, reverse
from evaluation import perceptual, report
from evaluation.metrics import score
from export import model_card
from networks.model import load_model
from speech.griffin_lim import griffin_lim
from speech.mel import MelSpectrogram
from speech.prior import make_prior

GRIFFIN_LIM = "Griffin-Lim, 60 iterations"
NOISE = "noise, no network"
EXCITATION = "excitation and noise, no network"
CEILING = "recording, whitened and shaped"
RECORDING = "recording"
ITERATIONS = 60
CORRECTIONS = {  # by name, which is the number of corrections if they apply to everything
    0: dict(prior_corrections=0),
    4: dict(prior_corrections=4),
    16: dict(prior_corrections=16, prior_momentum=0.9),
    "voiced": dict(prior_corrections=32, prior_momentum=0.9, prior_correction_scope="voiced"),
}
NONE = dict(prior_momentum=0.0, prior_correction_scope="all")
FEW = 6  # larger numbers of steps are scored for the first voice only: they are slow, and the voices agree
SHOWN_SECONDS = 3
SHOWN = (2, 6)  # numbers of steps that have pictures, without corrections
AUTHORS = {
    "WG-Baseline": "WaveGrad",
    "IG-General": "InferGrad, general",
    "IG-Specified": "InferGrad, specified",
    "IG-SpecifiedNoPhase": "InferGrad, specified, no phase term",
}  # by their names in the signal figures
AUTHORS_HEARD = {
    "WaveGrad": "WaveGrad",
    "InferGrad specified": "InferGrad, specified",
    "InferGrad specified without phase term": "InferGrad, specified, no phase term",
}  # by their names in the listener-model figures
NAMES = {"lj": "LJ Speech", "kathleen": "Kathleen", "kerstin": "Kerstin (German)"}


def recordings(speech: Path, split: str, voice: str, rate: int, hop: int) -> dict[str, np.ndarray]:
    """The voice's clips of the split, cut to whole frames; SystemExit if there are none."""
    names = [n for n in json.loads((speech / "splits.json").read_text())[split] if n.split("/")[0] == voice]
    if not names:
        sys.exit(f"{speech}/splits.json has no clip of {voice} for {split}")
    clips = {}
    for name in names:
        path = next(path for suffix in (".flac", ".wav") if (path := speech / f"{name}{suffix}").exists())
        audio = read_mono(path, rate)
        clips[name] = audio[: len(audio) // hop * hop]
    return clips


def as_16_bit(audio: torch.Tensor) -> np.ndarray:
    """The audio as rounded in a 16-bit WAV file."""
    return np.round(audio.double().numpy() * 32767) / 32768


class Systems:
    """All systems that turn a mel into speech, by name, number of steps (0: none) and mel corrections."""

    def __init__(self, folders: list[Path], seed: int):
        self.seed = seed
        self.models = {config["id"]: (model, config) for model, config in map(load_model, folders)}
        self.config = next(iter(self.models.values()))[1]
        self.mel = self.config["mel"]
        self.spectrogram = MelSpectrogram(self.mel)
        self.excited = next((model for model, _ in self.models.values() if hasattr(model, "mixed")), None)

    def jobs(self, steps: list[int], corrections: list[int | str]) -> list[tuple[str, int, int | str]]:
        """The models with each number of steps, followed by their controls and references."""
        controls = [NOISE, *([EXCITATION] if self.excited else [])]
        jobs = [(name, n, k) for name in self.models for n in steps for k in corrections]
        jobs += [(name, 0, k) for name in controls for k in corrections]
        jobs = [job for job in jobs if job[2] != "voiced" or self.knows_voicing(job[0])]
        return [*jobs, (GRIFFIN_LIM, 0, 0), (CEILING, 0, 0), (RECORDING, 0, 0)]

    def knows_voicing(self, system: str) -> bool:
        """Whether the system's model estimates the voicing; the controls have that of any model."""
        model = self.models[system][0] if system in self.models else self.excited
        return hasattr(model, "mixed")

    @torch.no_grad()
    def speak(self, system: str, steps: int, corrections: int | str, recording: np.ndarray) -> np.ndarray:
        audio = torch.from_numpy(recording)[None].float()
        mel = self.spectrogram(audio)
        noise = torch.randn(max(steps, 1), 1, len(recording), generator=torch.Generator().manual_seed(self.seed))
        if system == RECORDING:
            return as_16_bit(audio[0])
        if system == GRIFFIN_LIM:
            return as_16_bit(griffin_lim(mel[0], self.mel, iterations=ITERATIONS).clamp(-1, 1))
        corrected = NONE | CORRECTIONS[corrections]
        prior = make_prior(self.config | corrected)
        voicing = self.excited.voicing(mel) if self.excited else None
        if system == CEILING:
            process = prior.whiten(audio, mel)
        elif system == NOISE:
            process = noise[0]
        elif system == EXCITATION:
            process = self.excited.mixed(mel, self.excited.pulses(mel), noise[0])
        else:
            model, config = self.models[system]
            prior = make_prior(config | corrected)
            known = config["schedules"].get(str(steps))
            betas = torch.tensor(known["betas"], dtype=torch.float64) if known else default_schedule(steps)
            condition = model.condition(mel, model.pulses(mel))
            process = reverse(model, config["prediction"], condition, betas, noise[0], noise[1:])
            voicing = model.voicing(mel)
        return as_16_bit(prior.shape(process, mel, voicing)[0].clamp(-1, 1))


def anchor_rows(signal: Path, heard: Path | None) -> list[dict]:
    """The authors' own figures on the six LJ clips of the test split; those of `heard` are of the first 4 s."""
    rows = {}
    for name, row in json.loads(signal.read_text())["systems"].items():
        system, steps = name.rsplit("-", 1)
        rows[AUTHORS[system], int(steps)] = row
    if heard:
        for name, row in json.loads(heard.read_text())["systems"].items():
            system, _, rest = name.partition(", ")
            if rest.endswith("steps"):
                key = AUTHORS_HEARD[system], int(rest.split()[0])
                renamed = {perceptual.RENAMED.get(figure, figure): value for figure, value in row["mean"].items()}
                rows[key] = rows.get(key, {}) | dict(clips=row["clips"]) | renamed
    names = dict(voice=NAMES["lj"], corrections=0)
    return [dict(names, system=f"authors' {system}", steps=n, **row) for (system, n), row in sorted(rows.items())]


def keep_figures(folder: Path, rows: list[dict]) -> None:
    """Writes the figures, by number of steps at the model's own corrections, to its config.json and its card."""
    path = folder / "config.json"
    config = json.loads(path.read_text())
    shipped = "voiced" if config.get("prior_correction_scope") == "voiced" else config["prior_corrections"]
    own = [row for row in rows if row["system"] == config["id"] and row["corrections"] == shipped]
    if not own:
        return
    by_steps = {str(row["steps"]): {name: row[name] for name in report.FIGURES if name in row} for row in own}
    config["figures"] = dict(clips=f"mean of {own[0]['clips']} test clips, {own[0]['voice']}", steps=by_steps)
    path.write_text(json.dumps(config, indent=2) + "\n")
    (folder / "README.md").write_text(model_card(config))


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("models", type=Path, nargs="+", help="folders with a config.json; others are skipped")
    add("--speech", type=Path, required=True, help="the folder with splits.json")
    add("--split", default="test")
    add("--voices", nargs="+", default=list(NAMES), help="folders of the speech data")
    add("--steps", type=int, nargs="+", default=[1, 2, 3, 6, 25, 100])
    add("--seed", type=int, default=0)
    add("--threads", type=int, default=0)
    add(
        "--corrections",
        type=lambda text: int(text) if text.isdigit() else text,
        nargs="+",
        choices=list(CORRECTIONS),
        default=[0, "voiced", 16],
        help="mel corrections to score",
    )
    add("--anchors", type=Path, help="the authors' signal figures, JSON")
    add("--anchors-heard", type=Path, help="the authors' figures from models of listeners, JSON")
    add("--out", type=Path, help="writes OUT.md, OUT.json and OUT.png")
    args = parser.parse_args(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    if args.out and args.split != "test":
        parser.error("--out requires the test split, because its text refers to test clips")
    folders = [folder for folder in args.models if (folder / "config.json").exists()]
    if not folders:
        parser.error("none of these folders is a model")
    systems, listeners = Systems(folders, args.seed), perceptual.Listeners()
    for name, why in listeners.missing.items():
        print(f"without {name}: {why}", file=sys.stderr)
    rows, takes, shown = [], {}, None
    for voice in args.voices:
        clips = recordings(args.speech, args.split, voice, systems.mel["sample_rate_hz"], systems.mel["hop_samples"])
        steps = [n for n in args.steps if n <= FEW or voice == args.voices[0]]
        for system, n, corrections in systems.jobs(steps, args.corrections):
            scores = []
            for clip, recording in clips.items():
                made = systems.speak(system, n, corrections, recording)
                scores.append(perceptual.score(recording, made, listeners) | score(recording, made))
                pictured = corrections == 0 and system != CEILING and (n in SHOWN or system not in systems.models)
                if shown in (None, clip) and pictured:
                    shown = clip
                    name = f"{system}, {n} steps" if n else system
                    takes[name] = made[: SHOWN_SECONDS * systems.mel["sample_rate_hz"]]
            row = dict(voice=NAMES.get(voice, voice), system=system, steps=n, corrections=corrections, clips=len(clips))
            rows.append(row | report.mean_of(scores))
            print(json.dumps(rows[-1]), flush=True)
        if voice == "lj" and args.anchors:
            rows += anchor_rows(args.anchors, args.anchors_heard)
    if args.out:
        training = {folder.name: json.loads((folder / "config.json").read_text())["training"] for folder in folders}
        data = "\n".join(f"- `{name}` on {of['data']}" for name, of in training.items())
        counted = {row["voice"]: row["clips"] for row in rows}
        names = " ".join(f"public/models/{name}" for name in systems.models)
        steps = " ".join(map(str, args.steps))
        command = f"python3 pretrain/evaluate.py {names} \\\n  --speech /path/to/speech --steps {steps}"
        command += " --anchors anchors.json --anchors-heard heard.json --out docs/quality"
        date = datetime.date.today().isoformat()
        words = dict(date=date, command=command, clip=shown, data=data, count=str(sum(counted.values())))
        report.write(args.out, rows, takes, **words)
        for folder in folders:
            keep_figures(folder, [row for row in rows if row["voice"] == rows[0]["voice"]])


if __name__ == "__main__":
    main()
