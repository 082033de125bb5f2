"""Weights in 8 bits: little more than half the size of float16, with the same figures of quality (README.md).

Each row of a matrix becomes integers from -127 to 127, `name`, and their scale in float32, `name.scale`; row r is
scale[r] * integers[r]. Scales have 4 significant bits, so that these products have the 11 of float16: a GPU that
multiplies in 16 bits gets them without rounding. Everything else is float16, also the pitch network: an error of F0
adds up over time. TypeScript counterpart: src/model/eight-bits.ts.
"""

import torch
from torch import Tensor

SCALE = ".scale"
LARGEST = 127
PRECISE = "pitch."
SHORTEST_ROW = 64  # the scales of shorter rows would take much of what the integers save


def to_eight_bits(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of a file, by name."""
    stored = {}
    for name, tensor in weights.items():
        if name.startswith(PRECISE) or tensor.ndim < 2 or tensor[0].numel() < SHORTEST_ROW:
            stored[name] = tensor.half().contiguous()
            continue
        rows = tensor.float().reshape(len(tensor), -1)
        mantissa, exponent = torch.frexp(rows.abs().amax(1) / LARGEST)
        scale = torch.ldexp((mantissa * 16).ceil() / 16, exponent)  # rounded up, so that no integer exceeds LARGEST
        scale[scale == 0] = 1
        stored[name] = (rows / scale[:, None]).round().to(torch.int8).reshape(tensor.shape)
        stored[name + SCALE] = scale
    return stored


def from_eight_bits(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights of a file in float32, whether or not some are in 8 bits."""
    weights = {}
    for name, tensor in stored.items():
        base = name.removesuffix(SCALE)
        if base != name and base in stored and stored[base].dtype == torch.int8:
            continue
        weights[name] = tensor.float()
        if tensor.dtype == torch.int8 and name + SCALE in stored:
            rows = weights[name].reshape(len(tensor), -1) * stored[name + SCALE][:, None]
            weights[name] = rows.reshape(tensor.shape)
    return weights
