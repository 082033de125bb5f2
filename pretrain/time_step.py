"""Measures a model's training steps per second on this machine, in float32, for comparison with the page.

python3 pretrain/time_step.py public/models/infergrad-small --objective infergrad --wavegrad-weight 0
{"stepsPerSecond": 2.1, ...}

The step equals the page's: crops of noise, one batch for all terms, N steps from pure noise, no corrections by the
prior.
"""

import argparse
import json
import statistics
import time

import torch

from diffusion import reverse
from evaluation.metrics import RESOLUTIONS
from losses import draw_training_levels, spectral_energy, wavegrad_loss
from networks.model import load_model
from speech.mel import MelSpectrogram
from speech.prior import make_prior


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--objective", choices=["wavegrad", "infergrad"], default="infergrad")
    parser.add_argument("--wavegrad-weight", type=float, default=1.0)
    parser.add_argument("--process-steps", type=int, default=2)
    parser.add_argument("--batch", type=int, default=2)
    parser.add_argument("--crop", type=int, default=8192)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=10)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    generator = torch.Generator().manual_seed(1)
    model, config = load_model(args.model)
    model.train()
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-5, betas=(0.9, 0.99), weight_decay=0.0, fused=True)
    ema = [parameter.detach().clone() for parameter in trained]
    prior = make_prior(config | dict(prior_corrections=0))
    mel_of = MelSpectrogram(config["mel"])
    betas = torch.tensor(config["schedules"][str(args.process_steps)]["betas"], dtype=torch.float64)
    audio = 0.1 * torch.randn(args.batch, args.crop, generator=generator)
    mel = mel_of(audio)
    whitened = prior.whiten(audio, mel)
    pulses = model.pulses(mel)
    twice = torch.arange((args.batch + 1) // 2).repeat_interleave(2)  # two noises each

    def step() -> None:
        prediction = config["prediction"]
        loss = torch.zeros(())
        if args.objective == "wavegrad" or args.wavegrad_weight > 0:
            level = draw_training_levels(args.batch, prediction, generator)
            noise = torch.randn(args.batch, args.crop, generator=generator)
            weight = 1.0 if args.objective == "wavegrad" else args.wavegrad_weight
            condition = model.condition(mel, pulses)
            loss = loss + weight * wavegrad_loss(model, prediction, whitened, condition, noise, level)
        if args.objective == "infergrad":
            start = torch.randn(len(twice), args.crop, generator=generator)
            fresh = torch.randn(len(betas) - 1, len(twice), args.crop, generator=generator)
            asked = mel[twice]
            condition = model.condition(asked, None if pulses is None else pulses[twice])
            made = prior.shape(reverse(model, prediction, condition, betas, start, fresh), asked)
            loss = loss + spectral_energy(made, audio[twice[::2]], RESOLUTIONS).mean()
            loss = loss + (mel_of(made) - asked).abs().mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(ema, trained, 0.001)

    for _ in range(2):
        step()
    times = []
    begun = time.perf_counter()
    while time.perf_counter() - begun < args.seconds or len(times) < 3:
        before = time.perf_counter()
        step()
        times.append(time.perf_counter() - before)
    best, median = min(times), statistics.median(times)
    print(
        json.dumps(
            dict(
                stepsPerSecond=round(1 / median, 3),
                bestSeconds=round(best, 4),
                medianSeconds=round(median, 4),
                steps=len(times),
            )
        )
    )


if __name__ == "__main__":
    main()
