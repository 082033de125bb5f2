"""Searches few-step schedules on validation clips and writes them into a model's config.json.

python3 pretrain/search_schedule.py public/models/wavegrad-small --data pretrain/data/speech --steps 2 3 6

Pattern search over logit(beta): each beta in turn is moved a step up or down; the steps are halved if neither helps.
It starts from the existing schedule, or from a published one. The objective is the error of the mel and of the spectra
at three resolutions, plus those of the level and of 8-11 kHz, which the mel does not penalise:
mel MAE + MR-STFT + |level| / 50 dB + |8-11 kHz| / 50 dB.
"""

import argparse
import json
import sys
from pathlib import Path

import torch

from data import Crops
from diffusion import default_schedule, sample
from losses import multi_resolution_stft
from networks.model import load_model

HIGH_BAND_HZ = 8000


def validation_pieces(folder: Path, mel: dict, seconds: float, clips: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The middle of each sufficiently long validation clip: audio [clips, samples], mel [clips, bands, frames]."""
    crops = Crops(folder, "validation", mel)
    samples = int(seconds * mel["sample_rate_hz"]) // crops.hop * crops.hop
    pieces = []
    for i in range(min(clips, len(crops.names))):
        clip = crops.clip(i)
        if len(clip) >= samples:
            pieces.append(clip[(len(clip) - samples) // 2 :][:samples])
    if not pieces:
        sys.exit(f"{folder}: no validation clip is {seconds:g} s long")
    audio = torch.stack(pieces)
    return audio, crops.mel(audio)


def high_band_db(audio: torch.Tensor, rate: int) -> torch.Tensor:
    spectrum = torch.stft(audio, 1024, 256, window=torch.hann_window(1024), return_complex=True).abs().square()
    return 10 * spectrum[:, int(HIGH_BAND_HZ / rate * 1024) :].mean().log10()


class Objective:
    def __init__(self, folder: Path, data: Path, seconds: float, clips: int, most_steps: int):
        self.model, self.config = load_model(folder)
        self.audio, self.mel = validation_pieces(data, self.config["mel"], seconds, clips)
        self.spectrogram = Crops(data, "validation", self.config["mel"]).mel
        self.noise = torch.randn(most_steps, *self.audio.shape, generator=torch.Generator().manual_seed(1))

    def __call__(self, logits: torch.Tensor) -> tuple[float, dict]:
        betas, rate = logits.sigmoid(), self.config["mel"]["sample_rate_hz"]
        result = sample(self.model, self.config, self.mel, betas, self.noise[0], self.noise[1 : len(betas)])
        level = (10 * (result.square().mean() / self.audio.square().mean()).log10()).item()
        high = (high_band_db(result, rate) - high_band_db(self.audio, rate)).item()
        mel_mae = (self.spectrogram(result) - self.mel).abs().mean().item()
        mrstft = multi_resolution_stft(result, self.audio).item()
        figures = dict(mel_mae=mel_mae, mrstft=mrstft, level_db=level, hf_db=high)
        rounded = {name: round(figure, 3) for name, figure in figures.items()}
        return mel_mae + mrstft + abs(level) / 50 + abs(high) / 50, rounded


def search(objective, start: torch.Tensor, evaluations: int) -> tuple[torch.Tensor, dict]:
    best = start.double().logit()
    value, figures = objective(best)
    step, used = 1.0, 1
    while used < evaluations and step > 0.1:
        improved = False
        for n in range(len(best)):
            for sign in (1, -1):
                trial = best.clone()
                trial[n] += sign * step
                tried, tried_figures = objective(trial)
                used += 1
                if tried < value:
                    best, value, figures, improved = trial, tried, tried_figures, True
                    break
        step = step if improved else step / 2
    return best.sigmoid(), figures | dict(evaluations=used)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("model", type=Path)
    add("--data", type=Path, required=True)
    add("--steps", type=int, nargs="+", default=[1, 2, 3, 6])
    add("--seconds", type=float, default=1.5, help="duration of each clip")
    add("--clips", type=int, default=10)
    add("--evaluations", type=int, default=60, help="approximate number per number of steps")
    args = parser.parse_args(argv)
    objective = Objective(args.model, args.data, args.seconds, args.clips, max(args.steps))
    path = args.model / "config.json"
    for steps in args.steps:
        known = objective.config["schedules"].get(str(steps))
        start = torch.tensor(known["betas"], dtype=torch.float64) if known else default_schedule(steps)
        betas, figures = search(objective, start, args.evaluations)
        rounded = [float(f"{beta:.3g}") for beta in betas.tolist()]
        figures_text = ", ".join(f"{name} {value}" for name, value in figures.items())
        found = f"searched on {len(objective.audio)} validation clips of {args.seconds:g} s: {figures_text}"
        print(steps, rounded, found, flush=True)
        config = json.loads(path.read_text())
        config["schedules"][str(steps)] = dict(betas=rounded, found=found)
        path.write_text(json.dumps(config, indent=2) + "\n")


if __name__ == "__main__":
    main()
