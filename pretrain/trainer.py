"""One training run: weights, their average, the optimiser; a training step; saving and resuming.

All random draws of a step depend on the seed and the step's number. They are made for the whole batch, of which each
process takes its rows, so stopping, resuming and sharding do not change the result.
"""

import argparse
import contextlib
import copy
import json
import math
import os
import sys

import torch
import torch.distributed as dist
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel
from torch.utils.checkpoint import checkpoint as recomputed

from data import MARGIN, Crops
from diffusion import reverse
from losses import (
    RANGES,
    draw_schedule,
    draw_training_levels,
    phase_energy,
    pre_echo,
    spectral_energy,
    wavegrad_loss,
)
from networks.model import load_model, make_model
from speech.excitation import at_samples, pulse_train
from speech.pitch_labels import STEP_SAMPLES
from speech.prior import make_prior


def at_track(values: torch.Tensor, samples: int) -> torch.Tensor:
    """A track's values, [B, values], interpolated linearly to samples, [B, samples]."""
    length = (values.shape[1] - 1) * STEP_SAMPLES + 1
    return functional.interpolate(values[:, None], length, mode="linear", align_corners=True)[:, 0, :samples]


class Trainer:
    def __init__(self, args: argparse.Namespace):
        self.args = args
        self.rank, self.world = (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)
        for name in ("batch", "infer_batch"):
            if getattr(args, name) % self.world:
                option = f"--{name.replace('_', '-')}"
                sys.exit(f"{option} {getattr(args, name)} is not a multiple of {self.world} processes")
        if args.objective == "infergrad" and args.infer_batch % (2 * self.world):
            sys.exit(f"--infer-batch {args.infer_batch} is not a multiple of two noises in {self.world} processes")
        if args.objective == "infergrad" and args.infer_batch > args.batch:
            sys.exit(f"--infer-batch {args.infer_batch} is more than --batch {args.batch}")
        self.device = torch.device(args.device)
        self.path = args.run / "checkpoint.pt"
        saved = torch.load(self.path, map_location="cpu", weights_only=True) if self.path.exists() else None
        self.config, weights = (saved["config"], saved["model"]) if saved else self.beginning()
        if args.config:
            asked = json.loads(args.config.read_text())
            other = [key for key in ("mel", "network", "pitch", "prior", "prediction")
                     if asked.get(key) != self.config.get(key)]  # fmt: skip
            if other:
                begun = self.path if saved else args.start
                sys.exit(f"{begun} has another shape than {args.config}: {', '.join(other)} differ")
        self.config["objective"] = args.objective
        if args.crop % self.config["mel"]["hop_samples"]:
            sys.exit(f"--crop {args.crop} is not a multiple of the hop, {self.config['mel']['hop_samples']} samples")
        torch.manual_seed(args.seed)
        self.model = make_model(self.config).to(self.device)
        if weights:
            self.model.load_state_dict(weights)
        elif args.pitch:
            self.model.pitch.load_state_dict(torch.load(args.pitch, weights_only=True))
        self.ema = copy.deepcopy(self.model).requires_grad_(False).eval()
        self.trained = [weight for weight in self.model.parameters() if weight.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, betas=(0.9, 0.99), weight_decay=0.0, fused=True)
        self.step, self.seconds = 0, 0.0
        if saved:
            self.ema.load_state_dict(saved["ema"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.step, self.seconds = saved["step"], saved["seconds"]
        # The last of many corrections hardly change the result, but make its gradients unstable.
        fewer = dict(
            prior_corrections=args.corrections,
            prior_momentum=args.momentum,
            prior_correction_scope=args.correction_scope,
        )
        self.prior = make_prior(self.config | fewer).to(self.device)
        self.crops = Crops(args.data, "train", self.config["mel"], args.unaltered).to(self.device)
        net = torch.compile(self.model) if args.compile else self.model
        self.net = DistributedDataParallel(net) if self.world > 1 else net

    def beginning(self) -> tuple[dict, dict | None]:
        """The initial configuration and weights: a run's EMA, an exported model, or only a shape."""
        start = self.args.start
        if start and (start / "checkpoint.pt").exists():
            saved = torch.load(start / "checkpoint.pt", map_location="cpu", weights_only=True)
            return saved["config"], saved["ema"]
        if start:
            model, config = load_model(start)
            return config, model.state_dict()
        if not self.args.config:
            sys.exit("a new run needs --config or --from")
        return json.loads(self.args.config.read_text()), None

    def predict(self, y, condition, level):
        """Evaluates the network in bfloat16, with float32 outside of it."""
        low = contextlib.nullcontext() if self.args.float32 else torch.autocast(self.device.type, torch.bfloat16)
        with low:
            if self.args.recompute and torch.is_grad_enabled():
                return recomputed(self.net, y, condition, level, use_reentrant=False).float()
            return self.net(y, condition, level).float()

    def mine(self, drawn: torch.Tensor, dim: int = 0) -> torch.Tensor:
        """This process's rows of a draw for all processes."""
        return drawn.chunk(self.world, dim)[self.rank].to(self.device)

    def losses(self) -> dict[str, torch.Tensor]:
        """The losses of this step's batch; `loss` is minimised."""
        args, prediction = self.args, self.config["prediction"]
        generator = torch.Generator().manual_seed(args.seed * 1_000_003 + self.step)

        def normal(*shape: int, dim: int = 0):
            return self.mine(torch.randn(shape, generator=generator), dim)

        inferred = args.infer_batch if args.objective == "infergrad" else 0
        plain = args.batch - inferred
        parts = {}
        if plain:
            drawn, mel, pulses, _ = self.batch(plain, 1.0, generator)
            x = self.crops.whitened(drawn, mel, self.prior)
            mel = mel[:, :, MARGIN:-MARGIN]
            level = self.mine(draw_training_levels(plain, prediction, generator))
            noise = normal(plain, args.crop)
            condition = self.model.condition(mel, pulses)
            parts["wavegrad"] = wavegrad_loss(self.predict, prediction, x, condition, noise, level)
        if inferred:
            choices = [int(n) for n in args.process_steps.split(",")]
            n = choices[torch.randint(len(choices), (1,), generator=generator).item()]
            betas = draw_schedule(RANGES[n], generator)
            if args.fixed_schedule:
                betas = torch.tensor(self.config["schedules"][str(n)]["betas"], dtype=torch.float64)
            drawn, mel, pulses, follows = self.batch(inferred // 2, args.followed, generator)
            audio, mel = self.crops.inside(drawn), mel[:, :, MARGIN:-MARGIN]
            mel = mel.repeat_interleave(2, 0)  # two noises each
            y, noises = normal(inferred, args.crop), normal(n - 1, inferred, args.crop, dim=1)
            condition = self.model.condition(mel, pulses if pulses is None else pulses.repeat_interleave(2, 0))
            process = reverse(self.predict, prediction, condition, betas, y, noises)
            voicing = self.model.voicing(mel) if args.corrections else None
            made = self.prior.shape(process, mel, voicing)
            parts[f"infer_{n}"] = spectral_energy(made, audio).mean()
            parts["mel"] = (self.crops.mel(made) - mel).abs().mean()
            if args.pre_echo_weight:
                parts["pre_echo"] = pre_echo(made, audio)
            if args.phase_weight and follows is not None:
                parts["phase"] = (phase_energy(made, audio) * follows).mean()
        weights = {
            "wavegrad": 1.0, "mel": args.mel_weight, "phase": args.phase_weight, "pre_echo": args.pre_echo_weight
        }  # fmt: skip
        return {"loss": sum(weights.get(name, args.infer_weight) * part for name, part in parts.items())} | parts

    def batch(self, count: int, followed: float, generator: torch.Generator) -> tuple:
        """This process's crops: audio and its mel with margins; the excitation without them, [B, samples].

        For a fraction `followed` of the crops the excitation has the phase of the recording, for the others that of the
        cumulative sum of the F0 estimated from the mel, as in use. `follows`, [B], says which. Both are None if the
        network uses no excitation.
        """
        drawn, tracks = (self.mine(each) for each in self.crops.draw(count, self.args.crop, generator))
        phases = torch.rand(count, 1, generator=generator, dtype=torch.float64)
        follows = self.mine(torch.arange(count)[:, None] < followed * count)
        mel = self.crops.mel(drawn)
        if not hasattr(self.model, "pitch"):
            return drawn, mel, None, None
        hop, rate = self.crops.hop, self.config["mel"]["sample_rate_hz"]
        f0, voicing = self.model.pitch.track(mel)
        summed = self.mine(phases) + (at_samples(f0.double(), hop) / rate).cumsum(1)
        recorded = at_track(tracks[:, :, 1].double(), drawn.shape[1])
        pulses = pulse_train(torch.where(follows, recorded, summed), at_samples(voicing, hop))
        return drawn, mel, self.crops.inside(pulses), follows[:, 0].float()

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
        norm = torch.nn.utils.clip_grad_norm_(self.trained, args.clip)
        figures = {name: loss.item() for name, loss in losses.items()} | dict(gradient=norm.item(), learning_rate=rate)
        bad = [name for name, value in figures.items() if not math.isfinite(value)]
        if bad:
            sys.exit(f"step {self.step}: {', '.join(bad)} not finite; stopped, {self.path} is from before this step")
        self.optimizer.step()
        decay = min(args.ema, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.ema.parameters()), list(self.model.parameters()), 1 - decay)
        self.step += 1
        return figures

    def save(self) -> None:
        """Saves to a temporary file and renames it, so a full disk does not damage the last checkpoint."""
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
            print(f"step {self.step}: checkpoint not saved ({error}); the previous one is kept", file=sys.stderr)

    def over(self) -> bool:
        """Whether the budget is spent; the first process's clock decides for all."""
        answer = torch.tensor(float(self.progress() >= 1), device=self.device)
        if self.world > 1:
            dist.broadcast(answer, 0)
        return bool(answer)
