"""Exports one evaluation of a network on frames as an ONNX graph, with an example of its inputs and PyTorch's output.

python3 pretrain/export_onnx.py public/models/infergrad-frames bench/results/peers --frames 431

Writes evaluation.onnx, whose inputs are y_n [1, samples], the level [1], the mel [1, frames, bands] and its pulses
[1, samples]; and evaluation.safetensors with these inputs and the `output`. The number of frames is fixed. Fourier
transforms become the ONNX operators STFT and DFT.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from networks.model import load_model

OPSET = 20  # the first in which DFT has its axis as an input
EXAMPLE = Path(__file__).parents[1] / "public/examples/lj-printing.npy"


class Evaluation(nn.Module):
    """What the page computes per window and step: the condition, then the network."""

    def __init__(self, model: nn.Module):
        super().__init__()
        self.model = model

    def forward(self, y: Tensor, level: Tensor, mel: Tensor, pulses: Tensor) -> Tensor:
        return self.model(y, self.model.condition(mel.mT, pulses), level)


@torch.no_grad()
def example_inputs(model: nn.Module, bands_first: Tensor, hop: int, level: float) -> dict[str, Tensor]:
    """Log-mel [1, bands, frames] -> inputs by name, with seeded noise."""
    noise = torch.randn(1, bands_first.shape[2] * hop, generator=torch.Generator().manual_seed(1))
    mel, pulses = bands_first.mT.contiguous(), model.pulses(bands_first)
    return dict(y=noise, level=torch.tensor([level]), mel=mel, pulses=pulses)


@torch.no_grad()
def export(model: nn.Module, inputs: dict[str, Tensor], folder: Path) -> None:
    """Writes both files into the folder, which it makes."""
    folder.mkdir(parents=True, exist_ok=True)
    evaluation = Evaluation(model).eval()
    output = evaluation(*inputs.values())
    program = torch.onnx.export(
        evaluation, tuple(inputs.values()), input_names=list(inputs), opset_version=OPSET, dynamo=True, verbose=False
    )
    program.save(folder / "evaluation.onnx")
    save_file(dict(inputs, output=output), folder / "evaluation.safetensors")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--frames", type=int, default=431)
    parser.add_argument("--level", type=float, default=0.3, help="sqrt(alpha-bar), the noise level")
    args = parser.parse_args()
    model, config = load_model(args.model)
    mel = torch.from_numpy(np.load(EXAMPLE)).float()[None]  # [1, bands, frames]
    mel = mel.tile(1, 1, -(-args.frames // mel.shape[2]))[:, :, : args.frames]
    export(model, example_inputs(model, mel, config["mel"]["hop_samples"], args.level), args.folder)


if __name__ == "__main__":
    main()
