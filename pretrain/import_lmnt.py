"""Converts a checkpoint of lmnt-com/wavegrad to a model folder, so that a WaveGrad trained elsewhere runs in the page.

python3 pretrain/import_lmnt.py weights.pt public/models/wavegrad-lmnt
python3 pretrain/search_schedule.py public/models/wavegrad-lmnt --data pretrain/data/speech    # its own short schedules

The network equals ours except for its names and for DBlocks that keep every f-th sample (github.com/lmnt-com/wavegrad,
src/wavegrad/model.py). Its mel, 0.2 log10(m / |window|) + 0.8 clipped to 0..1, is a linear function of ours between its
bounds, so first_conv absorbs the difference. Two differences remain: in the first and last frame both pad with zeros,
but zero means something else; and frames are centred on k hops there, on k + 1/2 here, so the speech is half a hop
early.
"""

import argparse
import math
import sys
from pathlib import Path

import torch
from torch import Tensor

from diffusion import PUBLISHED
from export import write_model
from networks.wavegrad import WaveGrad

WINDOW_NORM = math.sqrt(3 / 8 * 1200)  # norm of the Hann window, by which its mels are divided
MEL = dict(
    sample_rate_hz=22050, fft_size=2048, hop_samples=300, window_samples=1200, bands=128, low_hz=20, high_hz=11025,
    scale="htk", norm="none", magnitude_epsilon=0, log="log10", floor=1e-4 * WINDOW_NORM,
)  # fmt: skip
NAMES = (("downsample.", "down."), ("upsample.", "up."), ("residual_dense", "residual"), ("block1", "residual"),
         ("block2.", "conv."), ("block3.0", "conv.2"), ("block3.1", "conv.3"))  # fmt: skip


def renamed(state: dict[str, Tensor]) -> dict[str, Tensor]:
    def ours(name: str) -> str:
        for theirs, here in NAMES:
            name = name.replace(theirs, here)
        return name

    return {ours(name): tensor.float() for name, tensor in state.items()}


def adapted_to_log10(weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """Adapts first_conv to log10 magnitudes: it was trained on 0.2 x + (0.8 - 0.2 log10 |window|)."""
    offset = 0.8 - 0.2 * math.log10(WINDOW_NORM)
    return 0.2 * weight, bias + offset * weight.sum((1, 2))


def configuration(weights: dict[str, Tensor]) -> dict:
    """The configuration that fits the tensors; factors and dilations are fixed in that repository."""
    network = dict(
        first_channels=len(weights["first_conv.bias"]), up_factors=[5, 5, 3, 2, 2], down_factors=[2, 2, 3, 5],
        up_channels=[len(weights[f"up.{i}.residual.bias"]) for i in range(5)],
        up_dilations=[[1, 2, 1, 2]] * 2 + [[1, 2, 4, 8]] * 3,
        down_channels=[len(weights["down.0.bias"])] + [len(weights[f"down.{i}.residual.bias"]) for i in range(1, 5)],
        downsampling="nearest", leaky_relu_slope=0.2, noise_level_scale=1,
    )  # fmt: skip
    bands = weights["first_conv.weight"].shape[1]
    schedules = {"6": dict(betas=PUBLISHED[6], found="PriorGrad's published list; not searched for this model")}
    return dict(
        id="", architecture="wavegrad", objective="wavegrad", mel=MEL | dict(bands=bands), network=network,
        prior="standard", prediction="noise", schedules=schedules,
    )  # fmt: skip


def import_checkpoint(path: Path, out: Path) -> dict:
    """Imports a checkpoint; SystemExit if the file is not one. Nothing in it is ever executed."""
    try:
        saved = torch.load(path, map_location="cpu", weights_only=True)
        weights = renamed(saved.get("model", saved))
        config = configuration(weights)
        weights["first_conv.weight"], weights["first_conv.bias"] = adapted_to_log10(
            weights["first_conv.weight"], weights["first_conv.bias"]
        )
        WaveGrad(config).load_state_dict(weights)
    except Exception as error:  # unpickling can raise anything
        sys.exit(f"{path} is not a checkpoint of lmnt-com/wavegrad: {error}")
    steps = int(saved["step"]) if isinstance(saved.get("step"), int) else 0
    training = dict(data=f"unknown: read from {path.name}", steps=steps, notes="Trained with lmnt-com/wavegrad.")
    return write_model(out, config, weights, training)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    import_checkpoint(args.checkpoint, args.out)
