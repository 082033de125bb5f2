"""What the mel alone says of the waveform: the diffusion process runs on what is left, `whiten(audio, mel)`.

>>> prior = make_prior(config)
>>> process = prior.whiten(audio, mel)          # [B, samples], [B, bands, samples / hop] -> [B, samples]
>>> audio = prior.shape(process, mel)           # the way back

`standard` leaves the waveform as it is, `energy` takes its envelope out (after PriorGrad, arXiv 2106.06406), `spectral`
its whole short-time spectral envelope (after SpecGrad, arXiv 2203.16749): noise that is shaped by it sounds like a
whisper of the sentence already. Gradients pass through each.
"""

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mel import MelSpectrogram, band_hats, mel_filters
from stft import Stft

LARGEST_CORRECTION = math.log(10)  # 20 dB at a time


class StandardPrior(nn.Module):
    """The process runs on the waveform itself."""

    def whiten(self, audio: Tensor, mel: Tensor) -> Tensor:
        return audio

    def shape(self, process: Tensor, mel: Tensor) -> Tensor:
        return process


class EnergyPrior(nn.Module):
    """An envelope per sample: RMS per frame, widened to the loudest of three, ln-interpolated to samples."""

    def __init__(self, config: dict):
        super().__init__()
        mel = config["mel"]
        filters = mel_filters(mel)  # [bands, bins]
        area = filters.sum(1)
        per_bin = filters.sum(0)
        share = filters / per_bin.where(per_bin > 0, torch.ones(()))  # a bin's weight, shared among its bands
        window = torch.hann_window(mel["window_samples"], periodic=True, dtype=torch.float64)
        parseval = 2 / (mel["fft_size"] * window.square().sum())
        weights = torch.where(area > 0, parseval * share.sum(1) / area**2, 0.0)  # a band between two bins has no area
        self.register_buffer("weights", weights.float(), persistent=False)
        self.base = {"ln": math.e, "log10": 10.0}[mel["log"]]
        self.hop, self.floor = mel["hop_samples"], config["prior_floor"]

    def envelope(self, mel: Tensor) -> Tensor:
        """Log-mel [B, bands, frames] -> [B, frames * hop], at least the floor."""
        power = self.base ** (2 * mel.float())  # [B, bands, frames]
        rms = (self.weights @ power).sqrt().clamp(min=self.floor)  # [B, frames]
        rms = F.max_pool1d(F.pad(rms[:, None], (1, 1), mode="replicate"), 3, stride=1)
        log = F.interpolate(rms.log(), scale_factor=self.hop, mode="linear", align_corners=False)
        return log[:, 0].exp()

    def whiten(self, audio: Tensor, mel: Tensor) -> Tensor:
        return audio / self.envelope(mel)

    def shape(self, process: Tensor, mel: Tensor) -> Tensor:
        return process * self.envelope(mel)


class SpectralPrior(nn.Module):
    """A zero-phase filter per frame: STFT in the mel's own framing, times the envelope, least-squares inverse.

    A band's mean magnitude is its value over the sum of its weights; ln of it is interpolated linearly over frequency
    between the bands' centres, held below the first, and falls by `prior_rolloff_db_per_khz` above the last, where the
    mel is blind. Over the mean magnitude that white noise of unit variance has, it is the filter's gain.

    What the filter makes of a process still strays from the mel, as noise does from its mean. `prior_corrections` times
    the audio is filtered again by the mel that is asked for over its own (as GLA-Grad, arXiv 2402.15516, brings
    Griffin-Lim into WaveGrad; `prior_momentum` as in the fast variant of Perraudin et al. 2013): magnitudes follow the
    mel, phases and all that is finer than a band remain the network's.
    """

    def __init__(self, config: dict):
        super().__init__()
        mel = config["mel"]
        self.stft = Stft(mel)
        self.floor = config["prior_floor"]
        self.corrections, self.momentum = config["prior_corrections"], config["prior_momentum"]
        self.spectrogram = MelSpectrogram(mel)
        hats, centres = band_hats(mel)
        area = mel_filters(mel).sum(1).numpy()
        bins = np.arange(len(hats))
        white = 0.5 * math.log(math.pi / 4 * self.stft.energy)  # ln of a Rayleigh variable's mean
        beyond = np.maximum(bins - centres[-1], 0) * mel["sample_rate_hz"] / mel["fft_size"] / 1000  # kHz
        offset = -hats @ np.log(np.where(area > 0, area, 1)) - white
        offset -= beyond * config["prior_rolloff_db_per_khz"] * math.log(10) / 20
        to_ln = {"ln": 1.0, "log10": math.log(10)}[mel["log"]]
        self.register_buffer("weights", torch.from_numpy(hats * to_ln).float(), persistent=False)
        self.register_buffer("offset", torch.from_numpy(offset).float()[:, None], persistent=False)

    def gains(self, mel: Tensor) -> Tensor:
        """Log-mel [B, bands, frames] -> [B, bins, frames], at least the floor."""
        return (self.weights @ mel.to(self.weights) + self.offset).exp().clamp(min=self.floor)

    def corrected(self, audio: Tensor, mel: Tensor) -> Tensor:
        """A step towards audio that has this mel: its own, band by band, against what is asked for."""
        spectra = self.stft.analysed(audio)
        lacking = self.weights @ (mel - self.spectrogram.of(spectra))
        return self.stft.synthesised(spectra * lacking.clamp(-LARGEST_CORRECTION, LARGEST_CORRECTION).exp())

    def whiten(self, audio: Tensor, mel: Tensor) -> Tensor:
        return self.stft.synthesised(self.stft.analysed(audio) / self.gains(mel))

    def shape(self, process: Tensor, mel: Tensor) -> Tensor:
        audio = self.stft.synthesised(self.stft.analysed(process) * self.gains(mel))
        before = audio
        for _ in range(self.corrections):
            ahead = audio + self.momentum * (audio - before)
            before, audio = audio, self.corrected(ahead, mel)
        return audio


def make_prior(config: dict) -> nn.Module:
    if config["prior"] == "standard":
        return StandardPrior()
    return {"energy": EnergyPrior, "spectral": SpectralPrior}[config["prior"]](config)
