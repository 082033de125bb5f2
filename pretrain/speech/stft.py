"""Short-time Fourier transform in a mel's framing, and its least-squares inverse.

>>> stft = Stft(config["mel"])
>>> stft.synthesised(stft.analysed(audio))      # audio, except for rounding
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Stft(nn.Module):
    """Frame k is centred on the middle of hop k; (fft - hop) / 2 reflected samples on both sides."""

    def __init__(self, mel: dict):
        super().__init__()
        self.fft, self.hop, self.win = mel["fft_size"], mel["hop_samples"], mel["window_samples"]
        window = torch.hann_window(self.win, periodic=True, dtype=torch.float64)
        self.energy = window.square().sum().item()  # variance of a bin of unit-variance white noise
        edge = (self.fft - self.win) // 2
        self.register_buffer("window", F.pad(window, (edge, self.fft - self.win - edge)).float(), persistent=False)

    def analysed(self, signal: Tensor) -> Tensor:
        """[B, samples] -> complex [B, bins, frames]."""
        left = (self.fft - self.hop) // 2
        padded = F.pad(signal[:, None], (left, self.fft - self.hop - left), mode="reflect")[:, 0]
        return torch.stft(padded, self.fft, self.hop, self.fft, self.window, center=False, return_complex=True)

    def overlapped(self, pieces: Tensor) -> Tensor:
        """[B, frames, fft], overlap-added with one hop between frames -> [B, frames * hop]."""
        batch, frames, _ = pieces.shape
        hops = -(-self.fft // self.hop)
        pieces = F.pad(pieces, (0, hops * self.hop - self.fft)).reshape(batch, frames, hops, self.hop)
        shifted = (F.pad(pieces[:, :, i], (0, 0, i, hops - 1 - i)) for i in range(hops))
        joined = sum(shifted)  # [B, frames + hops - 1, hop]
        left = (self.fft - self.hop) // 2
        return joined.flatten(1)[:, left : left + frames * self.hop]

    def synthesised(self, spectra: Tensor) -> Tensor:
        """Complex [B, bins, frames] -> the [B, samples] with the nearest spectra (Griffin and Lim 1984, eq. 6)."""
        pieces = torch.fft.irfft(spectra.mT, self.fft, dim=2) * self.window
        energy = self.overlapped(self.window.square().expand(1, spectra.shape[2], self.fft))
        return self.overlapped(pieces) / energy.clamp(min=1e-8)
