"""F0 and voicing estimated from a log-mel, by a network small enough to be part of a vocoder.

>>> f0, voicing = PitchNetwork(config).track(mel)       # [B, bands, frames] -> [B, frames] Hz, [B, frames] 0..1

Per frame the network gives a distribution over pitch bins, evenly spaced in cents, and the probability that the frame
is voiced (as CREPE, arXiv 1802.06182, does from the waveform). `train_pitch.py` trains it on WORLD's labels; training a
vocoder does not change it.
"""

import math

import torch
from torch import Tensor, nn

from networks.blocks import ConvNeXtBlock
from speech.pitch_labels import HIGH_HZ, LOW_HZ

NEAR = 3  # number of bins averaged on each side of the most likely one


class PitchNetwork(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        shape = config["pitch"]
        self.pitches = shape["pitches"]
        self.octaves = math.log2(HIGH_HZ / LOW_HZ)
        self.to_ln = {"ln": 1.0, "log10": math.log(10)}[config["mel"]["log"]]
        channels = shape["channels"]
        self.enter = nn.Linear(config["mel"]["bands"], channels)
        self.blocks = nn.ModuleList(
            ConvNeXtBlock(channels, shape["hidden"], shape["kernel"]) for _ in range(shape["blocks"])
        )
        self.norm = nn.LayerNorm(channels)
        self.leave = nn.Linear(channels, self.pitches + 1)

    def forward(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """Log-mel [B, bands, frames] -> logits of the pitch bins, [B, frames, pitches], and of voicing, [B, frames]."""
        x = self.enter((mel.mT * self.to_ln + 5) / 3)
        for block in self.blocks:
            x = block(x)
        x = self.leave(self.norm(x))
        return x[..., :-1], x[..., -1]

    def place(self, f0: Tensor) -> Tensor:
        """Hz -> fractional index of a pitch bin."""
        return (f0 / LOW_HZ).log2() / self.octaves * self.pitches - 0.5

    @torch.no_grad()
    def track(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """Log-mel [B, bands, frames] -> F0 in Hz (mean around the most likely bin) and voicing, [B, frames] each."""
        logits, voiced = self(mel)
        weights = logits.softmax(2)
        index = torch.arange(self.pitches, device=mel.device)
        near = (index - weights.argmax(2, keepdim=True)).abs() <= NEAR
        weights = weights * near
        mean = (weights * (index + 0.5)).sum(2) / weights.sum(2)
        return LOW_HZ * 2 ** (mean * self.octaves / self.pitches), voiced.sigmoid()
