"""The block of the frame networks. Tensors here are [batch, frames, channels], as in the page."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class ConvNeXtBlock(nn.Module):
    """A depthwise convolution over frames, then two products over channels (Vocos, arXiv 2306.00814)."""

    def __init__(self, channels: int, hidden: int, kernel: int):
        super().__init__()
        self.depthwise = nn.Conv1d(channels, channels, kernel, padding=kernel // 2, groups=channels)
        self.norm = nn.LayerNorm(channels)
        self.widen = nn.Linear(channels, hidden)
        self.narrow = nn.Linear(hidden, channels)
        self.scale = nn.Parameter(torch.full((channels,), 0.1))

    def forward(self, x: Tensor) -> Tensor:
        """[B, frames, channels] -> the same."""
        mixed = self.depthwise(x.mT).mT
        return x + self.scale * self.narrow(F.silu(self.widen(self.norm(mixed))))
