"""The mel spectrogram of a model, defined by `mel` of its config.json.

>>> MelSpectrogram(config["mel"])(audio)        # [B, samples] -> [B, bands, samples // hop], ln

This is the only definition of the mel in this package. It pads (fft - hop) / 2 reflected samples on both sides without
further centring, so frame k is centred on the middle of its hop and frames = samples // hop exactly.
"""

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F


def hz_to_mel(hz: np.ndarray, scale: str) -> np.ndarray:
    """Slaney: linear below 1 kHz (15 mel), 27 steps per factor 6.4 above. HTK: 2595 log10(1 + f / 700)."""
    hz = np.asarray(hz, np.float64)
    if scale == "htk":
        return 2595 * np.log10(1 + hz / 700)
    return np.where(hz < 1000, hz * 3 / 200, 15 + 27 * np.log(np.maximum(hz, 1) / 1000) / math.log(6.4))


def mel_to_hz(mel: np.ndarray, scale: str) -> np.ndarray:
    mel = np.asarray(mel, np.float64)
    if scale == "htk":
        return 700 * (10 ** (mel / 2595) - 1)
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * math.log(6.4) / 27))


def mel_filters(mel: dict) -> Tensor:
    """Triangular filters, [bands, fft / 2 + 1], float64; `norm: slaney` gives each an area of 1 Hz."""
    low, high = hz_to_mel(np.array([mel["low_hz"], mel["high_hz"]]), mel["scale"])
    edges = mel_to_hz(np.linspace(low, high, mel["bands"] + 2), mel["scale"])[:, None]  # [bands + 2, 1]
    bins = np.linspace(0, mel["sample_rate_hz"] / 2, mel["fft_size"] // 2 + 1)[None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    filters = np.maximum(0, np.minimum(rising, falling))
    if mel["norm"] == "slaney":
        filters *= 2 / (edges[2:] - edges[:-2])
    return torch.from_numpy(filters)


def band_hats(mel: dict) -> tuple[np.ndarray, np.ndarray]:
    """Weights that interpolate a value per band over the bins, linearly between centres, constant beyond the outermost.

    Returns weights [fft / 2 + 1, bands], zero for a band between two bins, and the centres of the other bands, in bins.
    """
    filters = mel_filters(mel).numpy()  # [bands, bins]
    area = filters.sum(1)
    bands = np.flatnonzero(area > 0)
    bins = np.arange(filters.shape[1])
    centres = filters[bands] @ bins / area[bands]
    weights = np.zeros((len(bins), mel["bands"]))
    weights[:, bands] = np.stack([np.interp(bins, centres, one) for one in np.eye(len(bands))], 1)
    return weights, centres


class MelSpectrogram(nn.Module):
    """Log-mel of audio in [-1, 1]; audio must be longer than the padding, (fft - hop) / 2 samples."""

    def __init__(self, mel: dict):
        super().__init__()
        self.fft, self.hop, self.win = mel["fft_size"], mel["hop_samples"], mel["window_samples"]
        self.epsilon, self.floor = mel["magnitude_epsilon"], mel["floor"]
        self.log = {"ln": torch.log, "log10": torch.log10}[mel["log"]]
        self.register_buffer("window", torch.hann_window(self.win, periodic=True), persistent=False)
        self.register_buffer("filters", mel_filters(mel).float(), persistent=False)

    def forward(self, audio: Tensor) -> Tensor:
        """[B, samples] -> [B, bands, samples // hop]."""
        audio = audio[:, : audio.shape[1] // self.hop * self.hop]
        left = (self.fft - self.hop) // 2
        right = self.fft - self.hop - left
        padded = F.pad(audio[:, None], (left, right), mode="reflect")[:, 0]
        spectra = torch.stft(padded, self.fft, self.hop, self.win, self.window, center=False, return_complex=True)
        return self.of(spectra)

    def of(self, spectra: Tensor) -> Tensor:
        """The log-mel of complex spectra, [B, fft / 2 + 1, frames]."""
        magnitude = (spectra.real.square() + spectra.imag.square() + self.epsilon).sqrt()
        return self.log((self.filters @ magnitude).clamp(min=self.floor))
