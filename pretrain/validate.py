"""Scores a run's current state on validation clips and records the scores: a curve of quality over training time.

python3 pretrain/validate.py pretrain/runs/ig --data pretrain/data/speech                   # once
python3 pretrain/validate.py pretrain/runs/ig --data pretrain/data/speech --every 20        # during training

Scores averaged weights without mel corrections, and the control (0 steps: the network's input). Appends one line per
number of steps to validation.jsonl in the run's folder.
"""

import argparse
import json
import time
from pathlib import Path

import torch

from diffusion import default_schedule, reverse
from evaluation import perceptual
from evaluation.report import mean_of
from networks.model import make_model
from search_schedule import validation_pieces
from speech.prior import make_prior


@torch.no_grad()
def validate(run: Path, data: Path, steps: list[int], seconds: float, listeners) -> list[dict]:
    """Mean figures per number of steps: `minutes` and `training_steps` of the run, `steps`, `pesq_wb`, .."""
    saved = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    config = saved["config"]
    model = make_model(config).eval()
    model.load_state_dict(saved["ema"])
    audio, mel = validation_pieces(data, config["mel"], seconds, clips=1000)
    noise = torch.randn(max(*steps, 1), *audio.shape, generator=torch.Generator().manual_seed(1))
    pulses = model.pulses(mel)
    condition = model.condition(mel, pulses)
    prior = make_prior(config | dict(prior_corrections=0))
    rows = []
    for n in steps:
        if n:
            known = config["schedules"].get(str(n))
            betas = torch.tensor(known["betas"], dtype=torch.float64) if known else default_schedule(n)
            process = reverse(model, config["prediction"], condition, betas, noise[0], noise[1:n])
        else:
            process = model.mixed(mel, pulses, noise[0]) if hasattr(model, "mixed") else noise[0]
        made = prior.shape(process, mel).clamp(-1, 1)
        scores = [
            perceptual.score(recording, output, listeners)
            for recording, output in zip(audio.double().numpy(), made.double().numpy(), strict=True)
        ]
        row = dict(minutes=round(saved["seconds"] / 60, 1), training_steps=saved["step"], steps=n) | mean_of(scores)
        rows.append(row)
    return rows


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="output folder of data.py")
    parser.add_argument("--steps", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--seconds", type=float, default=3, help="duration of each clip")
    parser.add_argument("--every", type=float, help="interval in minutes; by default it scores once")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    listeners = perceptual.Listeners()
    while True:
        for row in validate(args.run, args.data, args.steps, args.seconds, listeners):
            with open(args.run / "validation.jsonl", "a") as file:
                file.write(json.dumps(row) + "\n")
            print(json.dumps(row), flush=True)
        if not args.every:
            return
        time.sleep(60 * args.every)


if __name__ == "__main__":
    main()
