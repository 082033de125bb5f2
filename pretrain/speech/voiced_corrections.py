"""Mel corrections of voiced speech below 1 kHz, where a mel of 80 bands shows single harmonics.

All corrections run on the low band alone, at an eighth of the sample rate. Their sum is added where the pitch network
finds a voice: elsewhere corrections spread sound ahead of onsets.
"""

import math

import numpy as np
import torch
from scipy.signal import firwin
from torch import Tensor, nn
from torch.nn import functional as F

from speech.mel import band_hats, mel_filters
from speech.stft import Stft

BELOW_HZ = 1000  # highest centre of a corrected band
DECIMATION = 8
TAPS = 128  # even, so that a low-rate sample lies between two samples, as a frame's centre does
KAISER_BETA = 7.0


class VoicedCorrections(nn.Module):
    """The mel's sizes must be multiples of DECIMATION; ValueError otherwise."""

    def __init__(self, mel: dict, passes: int, momentum: float, largest: float):
        super().__init__()
        sizes = {key: mel[key] / DECIMATION for key in ("fft_size", "hop_samples", "window_samples")}
        if any(size % 2 for size in sizes.values()):
            raise ValueError(f"voiced corrections need sizes of the mel that are multiples of {2 * DECIMATION}")
        self.passes, self.momentum, self.largest = passes, momentum, largest
        self.stft = Stft({key: int(size) for key, size in sizes.items()})
        self.floor, self.epsilon = mel["floor"], mel["magnitude_epsilon"] / DECIMATION**2
        self.to_ln = {"ln": 1.0, "log10": math.log(10)}[mel["log"]]
        hats, centres = band_hats(mel)
        hz = centres * mel["sample_rate_hz"] / mel["fft_size"]
        bands = np.flatnonzero(mel_filters(mel).sum(1).numpy() > 0)[: (hz <= BELOW_HZ).sum()]
        if not len(bands):
            raise ValueError(f"voiced corrections need bands of the mel below {BELOW_HZ} Hz")
        self.bands = bands[-1] + 1
        bins = mel["fft_size"] // DECIMATION // 2 + 1
        nyquist = mel["sample_rate_hz"] / DECIMATION / 2
        cutoff = (hz[len(bands) - 1] + nyquist) / 2
        taps = firwin(TAPS, cutoff, window=("kaiser", KAISER_BETA), fs=mel["sample_rate_hz"])
        self.register_buffer("taps", torch.from_numpy(taps).float()[None, None], persistent=False)
        self.register_buffer("hats", torch.from_numpy(hats[:bins, : self.bands]).float(), persistent=False)
        filters = mel_filters(mel)[: self.bands, :bins] * DECIMATION  # a shorter transform sums fewer samples
        self.register_buffer("filters", filters.float(), persistent=False)

    def decimated(self, audio: Tensor) -> Tensor:
        """[B, samples] -> [B, samples / DECIMATION]: sample j lies between samples 8 j + 3 and 8 j + 4."""
        edge = (TAPS - DECIMATION) // 2
        return F.conv1d(F.pad(audio[:, None], (edge, edge)), self.taps, stride=DECIMATION)[:, 0]

    def interpolated(self, low: Tensor) -> Tensor:
        """The inverse of `decimated` for the low band."""
        edge = (TAPS - DECIMATION) // 2
        return F.conv_transpose1d(low[:, None], self.taps * DECIMATION, stride=DECIMATION, padding=edge)[:, 0]

    def ln_mel(self, spectra: Tensor) -> Tensor:
        magnitudes = (spectra.real.square() + spectra.imag.square() + self.epsilon).sqrt()
        return (self.filters @ magnitudes).clamp(min=self.floor).log()

    def corrected(self, low: Tensor, asked: Tensor) -> Tensor:
        spectra = self.stft.analysed(low)
        lacking = self.hats @ (asked - self.ln_mel(spectra))
        return self.stft.synthesised(spectra * lacking.clamp(-self.largest, self.largest).exp())

    def forward(self, audio: Tensor, mel: Tensor, voicing: Tensor) -> Tensor:
        """Audio [B, frames * hop], log-mel [B, bands, frames], voicing [B, frames], 0..1 -> audio."""
        asked = mel[:, : self.bands] * self.to_ln
        start = self.decimated(audio)
        low = before = start
        for _ in range(self.passes):
            ahead = low + self.momentum * (low - before)
            before, low = low, self.corrected(ahead, asked)
        change = self.interpolated(low - start)
        return audio + change * F.interpolate(voicing[:, None], audio.shape[1], mode="linear")[:, 0]
