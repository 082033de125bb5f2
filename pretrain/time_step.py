"""How many steps a second a model learns on this machine, in float32: what the page's own speed is held against.

python3 pretrain/time_step.py public/models/infergrad-small --objective infergrad --wavegrad-weight 0
{"stepsPerSecond": 2.1, ...}

The same step as the page's: crops of noise, one batch for all terms, N steps from pure
noise, no corrections by the prior.
"""

import argparse
import json
import statistics
import time

import torch

from diffusion import reverse
from losses import draw_training_levels, multi_resolution_stft, wavegrad_loss
from mel import MelSpectrogram
from model import load_model
from prior import make_prior


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
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, betas=(0.9, 0.99), weight_decay=0.0, fused=True)
    ema = [parameter.detach().clone() for parameter in model.parameters()]
    prior = make_prior(config | dict(prior_corrections=0))
    mel_of = MelSpectrogram(config["mel"])
    betas = torch.tensor(config["schedules"][str(args.process_steps)]["betas"], dtype=torch.float64)
    audio = 0.1 * torch.randn(args.batch, args.crop, generator=generator)
    mel = mel_of(audio)
    whitened = prior.whiten(audio, mel)

    def step() -> None:
        prediction = config["prediction"]
        loss = torch.zeros(())
        if args.objective == "wavegrad" or args.wavegrad_weight > 0:
            level = draw_training_levels(args.batch, prediction, generator)
            noise = torch.randn(args.batch, args.crop, generator=generator)
            weight = 1.0 if args.objective == "wavegrad" else args.wavegrad_weight
            loss = loss + weight * wavegrad_loss(model, prediction, whitened, mel, noise, level)
        if args.objective == "infergrad":
            start = torch.randn(args.batch, args.crop, generator=generator)
            fresh = torch.randn(len(betas) - 1, args.batch, args.crop, generator=generator)
            made = prior.shape(reverse(model, prediction, mel, betas, start, fresh), mel)
            loss = loss + multi_resolution_stft(made, audio) + (mel_of(made) - mel).abs().mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(ema, list(model.parameters()), 0.001)

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
