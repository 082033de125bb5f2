"""Trains WaveGrad, or InferGrad from a WaveGrad; on a laptop, a GPU, or many by torchrun.

python3 pretrain/train.py pretrain/runs/wg --data pretrain/data/speech --config pretrain/configs/small.json --minutes 60
python3 pretrain/train.py pretrain/runs/ig --data pretrain/data/speech --start pretrain/runs/wg --objective infergrad
torchrun --nproc-per-node 8 pretrain/train.py ...        # the same command: --batch is the batch of all together

A run that has a checkpoint goes on from it. Everything drawn at a step comes from the seed and the step's number, for
the whole batch, of which each process takes its rows: so stopping, resuming and sharding change nothing.
"""

import argparse
import contextlib
import copy
import json
import math
import os
import sys
import time
from pathlib import Path

import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel
from torch.utils.checkpoint import checkpoint as recomputed
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from data import Crops
from diffusion import make_prior, sample
from losses import RANGES, draw_schedule, draw_training_levels, infer_loss, wavegrad_loss
from model import WaveGrad, load_model


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("run", type=Path, help="folder of the run: checkpoint, logs")
    add("--data", type=Path, required=True, help="what data.py wrote")
    add("--config", type=Path, help="config.json of the model's shape, to start from scratch")
    add("--start", type=Path, help="a run's folder (its EMA) or an exported model's, to start from its weights")
    add("--objective", choices=["wavegrad", "infergrad"], default="wavegrad")
    add("--process-steps", default="2,2,2,3,3,6", help="infergrad: N is drawn from this list; one number specialises")
    add("--fixed-schedule", action="store_true", help="infergrad: betas of the config's schedules, not of ranges")
    add("--infer-weight", type=float, default=0.5, help="lambda, the weight of the infer loss")
    add("--infer-batch", type=int, default=8, help="crops for the infer loss, of those of --batch")
    add("--steps", type=int, default=10**9)
    add("--minutes", type=float, default=math.inf, help="of training, all resumptions together")
    add("--batch", type=int, default=16)
    add("--crop", type=int, default=8192, help="samples; a multiple of the hop")
    add("--learning-rate", type=float, default=1e-3)
    add("--warmup", type=int, default=300, help="steps")
    add("--ema", type=float, default=0.999)
    add("--clip", type=float, default=1.0, help="largest norm of the gradient")
    add("--seed", type=int, default=0)
    add("--threads", type=int, default=0)
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--float32", action="store_true", help="no bfloat16 in the network")
    add("--compile", action="store_true", help="torch.compile: worth its minute on a GPU, slower on two cores")
    add("--recompute", action="store_true", help="infergrad: gradient checkpointing of the N evaluations")
    add("--save-minutes", type=float, default=5)
    add("--log-steps", type=int, default=50)
    return parser.parse_args(argv)


class Trainer:
    def __init__(self, args: argparse.Namespace):
        self.args = args
        self.rank, self.world = (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)
        for name in ("batch", "infer_batch"):
            if getattr(args, name) % self.world:
                sys.exit(f"--{name.replace('_', '-')} {getattr(args, name)} is no multiple of {self.world} processes")
        if args.objective == "infergrad" and args.infer_batch > args.batch:
            sys.exit(f"--infer-batch {args.infer_batch} is more than --batch {args.batch}")
        self.device = torch.device(args.device)
        self.path = args.run / "checkpoint.pt"
        saved = torch.load(self.path, map_location="cpu", weights_only=True) if self.path.exists() else None
        self.config, weights = (saved["config"], saved["model"]) if saved else self.beginning()
        self.config["objective"] = args.objective
        if args.crop % self.config["mel"]["hop_samples"]:
            sys.exit(f"--crop {args.crop} is no multiple of the hop, {self.config['mel']['hop_samples']} samples")
        torch.manual_seed(args.seed)
        self.model = WaveGrad(self.config).to(self.device)
        if weights:
            self.model.load_state_dict(weights)
        self.ema = copy.deepcopy(self.model).requires_grad_(False).eval()
        self.optimizer = torch.optim.AdamW(self.model.parameters(), betas=(0.9, 0.99), weight_decay=0.0, fused=True)
        self.step, self.seconds = 0, 0.0
        if saved:
            self.ema.load_state_dict(saved["ema"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.step, self.seconds = saved["step"], saved["seconds"]
        self.prior = make_prior(self.config).to(self.device)
        self.crops = Crops(args.data, "train", self.config["mel"]).to(self.device)
        net = torch.compile(self.model) if args.compile else self.model
        self.net = DistributedDataParallel(net, broadcast_buffers=False) if self.world > 1 else net
        self.writer = SummaryWriter(str(args.run)) if self.rank == 0 else None

    def beginning(self) -> tuple[dict, dict | None]:
        """Configuration and weights to start from: a run's EMA, an exported model, or only a shape."""
        start = self.args.start
        if start and (start / "checkpoint.pt").exists():
            saved = torch.load(start / "checkpoint.pt", map_location="cpu", weights_only=True)
            return saved["config"], saved["ema"]
        if start:
            model, config = load_model(start)
            return config, model.state_dict()
        if not self.args.config:
            sys.exit("a new run needs --config or --start")
        return json.loads(self.args.config.read_text()), None

    def predict(self, y, mel, level):
        """The network in bfloat16, everything around it in float32."""
        low = contextlib.nullcontext() if self.args.float32 else torch.autocast(self.device.type, torch.bfloat16)
        with low:
            if self.args.recompute and torch.is_grad_enabled():
                return recomputed(self.net, y, mel, level, use_reentrant=False).float()
            return self.net(y, mel, level).float()

    def mine(self, drawn: torch.Tensor, dim: int = 0) -> torch.Tensor:
        """This process's rows of what was drawn for all."""
        return drawn.chunk(self.world, dim)[self.rank].to(self.device)

    def losses(self) -> dict[str, torch.Tensor]:
        """Of this step's batch. `loss` is what is minimised."""
        args, prediction = self.args, self.config["prediction"]
        generator = torch.Generator().manual_seed(args.seed * 1_000_003 + self.step)

        def batch(count: int):
            drawn = self.crops.draw(count, args.crop, generator)
            audio, mel = self.crops.with_mel(self.mine(drawn))
            return audio, mel, self.prior(mel)

        def normal(*shape: int, dim: int = 0):
            return self.mine(torch.randn(shape, generator=generator), dim)

        infer = args.infer_batch if args.objective == "infergrad" else 0
        plain = args.batch - infer
        parts = {}
        if plain:
            audio, mel, envelope = batch(plain)
            level = self.mine(draw_training_levels(plain, prediction, generator))
            noise = normal(plain, args.crop)
            parts["wavegrad"] = wavegrad_loss(self.predict, prediction, audio / envelope, mel, noise, level)
        if infer:
            choices = [int(n) for n in args.process_steps.split(",")]
            n = choices[torch.randint(len(choices), (1,), generator=generator).item()]
            betas = draw_schedule(RANGES[n], generator)
            if args.fixed_schedule:
                betas = torch.tensor(self.config["schedules"][str(n)]["betas"], dtype=torch.float64)
            audio, mel, envelope = batch(infer)
            y, noises = normal(infer, args.crop), normal(n - 1, infer, args.crop, dim=1)
            parts[f"infer_{n}"] = infer_loss(self.predict, prediction, audio, mel, envelope, betas, y, noises)
        weights = {name: args.infer_weight if name.startswith("infer") else 1.0 for name in parts}
        return {"loss": sum(weights[name] * part for name, part in parts.items())} | parts

    def progress(self) -> float:
        return max(self.step / self.args.steps, self.seconds / 60 / self.args.minutes)

    def learn(self) -> dict[str, float]:
        """One step: draw, differentiate, clip, update weights and their moving average."""
        args = self.args
        rate = args.learning_rate * min(1, (self.step + 1) / args.warmup)
        rate *= 0.5 + 0.5 * math.cos(math.pi * min(1, self.progress()))
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        losses = self.losses()
        self.optimizer.zero_grad(set_to_none=True)
        losses["loss"].backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), args.clip)
        figures = {name: loss.item() for name, loss in losses.items()} | dict(gradient=norm.item(), learning_rate=rate)
        bad = [name for name, value in figures.items() if not math.isfinite(value)]
        if bad:
            sys.exit(f"step {self.step}: {', '.join(bad)} not finite; stopped, {self.path} is from before that")
        self.optimizer.step()
        decay = min(args.ema, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.ema.parameters()), list(self.model.parameters()), 1 - decay)
        self.step += 1
        return figures

    def save(self) -> None:
        """Written beside, then renamed: a full disk leaves the last checkpoint as it was."""
        state = dict(
            config=self.config, model=self.model.state_dict(), ema=self.ema.state_dict(), step=self.step,
            optimizer=self.optimizer.state_dict(), seconds=self.seconds,
        )  # fmt: skip
        beside = self.path.with_suffix(".tmp")
        try:
            torch.save(state, beside)
            os.replace(beside, self.path)
        except (OSError, RuntimeError) as error:
            beside.unlink(missing_ok=True)
            print(f"step {self.step}: checkpoint not saved ({error}); the one before it stays", file=sys.stderr)

    @torch.no_grad()
    def listen(self) -> None:
        """To TensorBoard: two seconds of validation by the EMA at each schedule that the config has."""
        clips = Crops(self.args.data, "validation", self.config["mel"]).to(self.device)
        samples = min(len(clips.clip(0)), 2 * self.config["mel"]["sample_rate_hz"])
        audio = clips.clip(0)[None, :samples].to(self.device)
        mel = clips.mel(audio)
        for n, schedule in self.config.get("schedules", {}).items():
            betas = torch.tensor(schedule["betas"], dtype=torch.float64)
            generator = torch.Generator().manual_seed(0)
            noise = torch.randn(len(betas), 1, mel.shape[2] * clips.hop, generator=generator).to(self.device)
            result = sample(self.ema, self.config, mel, betas, noise[0], noise[1:])
            self.writer.add_scalar(f"validation/mel_mae_{n}", (clips.mel(result) - mel).abs().mean(), self.step)
            self.writer.add_audio(f"validation/{n}_steps", result, self.step, self.config["mel"]["sample_rate_hz"])

    def keep(self) -> None:
        if self.rank == 0:
            self.save()
            self.listen()

    def train(self) -> None:
        bar = tqdm(total=self.args.steps, initial=self.step, disable=self.rank > 0 or not sys.stderr.isatty())
        sums: dict[str, list[float]] = {}
        began, saved, before = time.monotonic(), time.monotonic(), self.seconds
        while not self.over():
            for name, value in self.learn().items():
                sums.setdefault(name, []).append(value)
            self.seconds = before + time.monotonic() - began
            bar.update()
            if self.step % self.args.log_steps == 0 and self.rank == 0:
                means = {name: sum(values) / len(values) for name, values in sums.items()}
                for name, mean in means.items():
                    self.writer.add_scalar(f"train/{name}", mean, self.step)
                text = "  ".join(f"{name} {mean:.4g}" for name, mean in means.items())
                bar.write(f"step {self.step}  {self.seconds / 60:.1f} min  {text}", file=sys.stdout)
                sys.stdout.flush()
                sums = {}
            if time.monotonic() - saved > 60 * self.args.save_minutes:
                self.keep()
                saved = time.monotonic()
        self.keep()

    def over(self) -> bool:
        """Whether the budget is spent; the first process's clock decides for all."""
        answer = torch.tensor(float(self.progress() >= 1), device=self.device)
        if self.world > 1:
            dist.broadcast(answer, 0)
        return bool(answer)


def main(argv: list[str] | None = None) -> None:
    args = arguments(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    if "WORLD_SIZE" in os.environ:
        dist.init_process_group("nccl" if args.device == "cuda" else "gloo")
        if args.device == "cuda":
            args.device = f"cuda:{os.environ['LOCAL_RANK']}"
            torch.cuda.set_device(args.device)
    args.run.mkdir(parents=True, exist_ok=True)
    Trainer(args).train()
    if dist.is_initialized():
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
