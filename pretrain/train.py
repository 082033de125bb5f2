"""Trains WaveGrad, or InferGrad from a WaveGrad; on a laptop, a GPU, or several with torchrun.

python3 pretrain/train.py pretrain/runs/wg --data pretrain/data/speech --config pretrain/configs/small.json --minutes 60
python3 pretrain/train.py pretrain/runs/ig --data pretrain/data/speech --from pretrain/runs/wg --objective infergrad
torchrun --nproc-per-node 8 pretrain/train.py ...        # the same options: --batch is the total over all processes

The same command resumes a run that has a checkpoint.
"""

import argparse
import math
import os
import sys
import time
from pathlib import Path

import torch
import torch.distributed as dist
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from data import UNALTERED, Crops
from diffusion import sample
from trainer import Trainer


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("run", type=Path, help="folder of the run: checkpoint, logs")
    add("--data", type=Path, required=True, help="output folder of data.py")
    add("--config", type=Path, help="config.json of the model's shape, to start from scratch")
    add(
        "--from",
        dest="start",
        type=Path,
        help="folder of a run (for its EMA) or of an exported model whose weights to start from",
    )
    add("--objective", choices=["wavegrad", "infergrad"], default="wavegrad")
    add("--process-steps", default="1,2,2,2,2,2,3,6", help="infergrad: N is drawn from this list; one N specialises")
    add("--fixed-schedule", action="store_true", help="infergrad: use betas of the config's schedules, not of ranges")
    add("--infer-weight", type=float, default=0.5, help="lambda, the weight of the infer loss")
    add("--mel-weight", type=float, default=0.5, help="infergrad: weight of the mean |log-mel difference|")
    add("--phase-weight", type=float, default=0.5, help="infergrad: weight of the distance of complex spectra")
    add("--pre-echo-weight", type=float, default=0.0, help="infergrad: weight of the level in excess before onsets")
    add("--followed", type=float, default=0.5, help="infergrad: fraction of excitations in the phase of the recording")
    add("--pitch", type=Path, help="output of train_pitch.py, for a new run of a network that uses an excitation")
    add("--corrections", type=int, default=0, help="infergrad: corrections of the spectral prior within the loss")
    add("--momentum", type=float, default=0.0, help="momentum of those corrections")
    add("--correction-scope", choices=["all", "voiced"], default="all", help="what those corrections apply to")
    add("--infer-batch", type=int, default=8, help="number of crops of --batch for the infer loss")
    add("--steps", type=int, default=10**9)
    add("--minutes", type=float, default=math.inf, help="total training time, including resumed parts")
    add("--batch", type=int, default=16)
    add("--crop", type=int, default=8192, help="samples; a multiple of the hop")
    add("--unaltered", type=float, default=UNALTERED, help="fraction of crops at their original speed")
    add("--learning-rate", type=float, default=1e-3)
    add("--warmup", type=int, default=300, help="steps")
    add("--ema", type=float, default=0.999)
    add("--clip", type=float, default=1.0, help="maximum gradient norm")
    add("--seed", type=int, default=0)
    add("--threads", type=int, default=0)
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--float32", action="store_true", help="no bfloat16 in the network")
    add("--compile", action="store_true", help="torch.compile: worth a minute on a GPU, slower on two cores")
    add("--recompute", action="store_true", help="infergrad: gradient checkpointing of the N evaluations")
    add("--save-minutes", type=float, default=5)
    add("--log-steps", type=int, default=50)
    return parser


@torch.no_grad()
def listen(trainer: Trainer, writer: SummaryWriter) -> None:
    """Logs to TensorBoard: two seconds of validation by the EMA with each schedule of the config."""
    config = trainer.config
    rate = config["mel"]["sample_rate_hz"]
    clips = Crops(trainer.args.data, "validation", config["mel"]).to(trainer.device)
    audio = clips.clip(0)[None, : 2 * rate].to(trainer.device)
    mel = clips.mel(audio)
    for n, schedule in config.get("schedules", {}).items():
        betas = torch.tensor(schedule["betas"], dtype=torch.float64)
        noise = torch.randn(len(betas), 1, mel.shape[2] * clips.hop, generator=torch.Generator().manual_seed(0))
        noise = noise.to(trainer.device)
        result = sample(trainer.ema, config, mel, betas, noise[0], noise[1:])
        writer.add_scalar(f"validation/mel_mae_{n}", (clips.mel(result) - mel).abs().mean(), trainer.step)
        writer.add_audio(f"validation/{n}_steps", result, trainer.step, rate)


def train(trainer: Trainer) -> None:
    """Trains until the budget is spent; logs means, saves and validates at intervals and at the end."""
    args, leads = trainer.args, trainer.rank == 0
    writer = SummaryWriter(str(args.run)) if leads else None
    bar = tqdm(total=args.steps, initial=trainer.step, disable=not leads or not sys.stderr.isatty())

    def keep() -> None:
        if leads:
            trainer.save()
            listen(trainer, writer)

    sums: dict[str, list[float]] = {}
    began, saved, before = time.monotonic(), time.monotonic(), trainer.seconds
    while not trainer.over():
        for name, value in trainer.learn().items():
            sums.setdefault(name, []).append(value)
        trainer.seconds = before + time.monotonic() - began
        bar.update()
        if trainer.step % args.log_steps == 0 and leads:
            means = {name: sum(values) / len(values) for name, values in sums.items()}
            for name, mean in means.items():
                writer.add_scalar(f"train/{name}", mean, trainer.step)
            text = "  ".join(f"{name} {mean:.4g}" for name, mean in means.items())
            bar.write(f"step {trainer.step}  {trainer.seconds / 60:.1f} min  {text}", file=sys.stdout)
            sys.stdout.flush()
            sums = {}
        if time.monotonic() - saved > 60 * args.save_minutes:
            keep()
            saved = time.monotonic()
    keep()
    # The last items may still be in the writer's queue.
    if writer:
        writer.close()


def main(argv: list[str] | None = None) -> None:
    args = options().parse_args(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    if "WORLD_SIZE" in os.environ:
        dist.init_process_group("nccl" if args.device == "cuda" else "gloo")
        if args.device == "cuda":
            args.device = f"cuda:{os.environ['LOCAL_RANK']}"
            torch.cuda.set_device(args.device)
    args.run.mkdir(parents=True, exist_ok=True)
    train(Trainer(args))
    if dist.is_initialized():
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
