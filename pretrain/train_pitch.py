"""Trains the pitch network of a configuration on WORLD's labels, and prints its errors on validation clips.

python3 pretrain/train_pitch.py pretrain/runs/pitch.pt --data pretrain/data/speech --config pretrain/configs/frames.json
"""

import argparse
import json
import math
import time
from pathlib import Path

import torch
from torch.nn import functional as F

from data import MARGIN, Crops
from networks.pitch import PitchNetwork
from speech.pitch_labels import STEP_SAMPLES

SPREAD = 1.2  # standard deviation of a label's distribution, in pitch bins
RATE = 2e-3


def labels(tracks: torch.Tensor, hop: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Tracks [B, values, 2] -> F0 and voicing (0 or 1) at the middle of each frame, [B, frames]."""
    frames = (tracks.shape[1] - 1) * STEP_SAMPLES // hop
    middle = tracks[:, ((torch.arange(frames) + 0.5) * hop / STEP_SAMPLES).round().long(), 0]
    return middle, (middle > 0).float()


def loss_of(network: PitchNetwork, mel: torch.Tensor, f0: torch.Tensor, voiced: torch.Tensor) -> torch.Tensor:
    logits, voicing = network(mel)
    place = network.place(f0.clamp(min=1))[..., None]
    target = torch.exp(-0.5 * ((torch.arange(network.pitches) - place) / SPREAD) ** 2)
    target = target / target.sum(2, keepdim=True).clamp(min=1e-6)
    pitch = -(target * logits.log_softmax(2)).sum(2)
    return (pitch * voiced).sum() / voiced.sum().clamp(min=1) + F.binary_cross_entropy_with_logits(voicing, voiced)


@torch.no_grad()
def errors(network: PitchNetwork, clips: Crops) -> dict[str, float]:
    """Returns three figures over whole clips: the median |cents|, the fraction of voiced frames that are off by more
    than 50, and the fraction of frames with wrong voicing."""
    cents, wrong = [], []
    for i in range(len(clips.names)):
        audio = clips.clip(i)[None]
        mel = clips.mel(audio)
        f0, voiced = labels(clips.track(i)[None], clips.hop)
        frames = min(mel.shape[2], f0.shape[1])
        found, voicing = (t[:, :frames] for t in network.track(mel))
        f0, voiced = f0[:, :frames], voiced[:, :frames] > 0.5
        both = voiced & (voicing > 0.5)
        cents.append((1200 * (found[both] / f0[both]).log2()).abs())
        wrong.append((voiced != (voicing > 0.5)).float().mean())
    cents = torch.cat(cents)
    return dict(
        median_cents=cents.median().item(),
        off_share=(cents > 50).float().mean().item(),
        voicing_errors=torch.stack(wrong).mean().item(),
    )


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("out", type=Path)
    add("--data", type=Path, required=True)
    add("--config", type=Path, required=True)
    add("--minutes", type=float, default=8)
    add("--batch", type=int, default=16)
    add("--frames", type=int, default=96)
    add("--threads", type=int, default=0)
    args = parser.parse_args(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    config = json.loads(args.config.read_text())
    clips = Crops(args.data, "train", config["mel"])
    network = PitchNetwork(config)
    optimizer = torch.optim.AdamW(network.parameters(), RATE)
    print(sum(p.numel() for p in network.parameters()), "parameters", flush=True)
    began, step = time.monotonic(), 0
    while (spent := (time.monotonic() - began) / 60 / args.minutes) < 1:
        drawn, tracks = clips.draw(args.batch, args.frames * clips.hop, torch.Generator().manual_seed(step))
        inside = slice(MARGIN, -MARGIN)
        mel = clips.mel(drawn)[:, :, inside]
        f0, voiced = (t[:, inside] for t in labels(tracks, clips.hop))
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * spent))
        loss = loss_of(network, mel, f0, voiced)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 200 == 0:
            print(f"step {step}  {spent * args.minutes:.1f} min  loss {loss.item():.3f}", flush=True)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), args.out)
    print(json.dumps(dict(steps=step) | errors(network.eval(), Crops(args.data, "validation", config["mel"]))))


if __name__ == "__main__":
    main()
