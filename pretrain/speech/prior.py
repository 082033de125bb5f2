"""The prior: the part of the waveform that the mel determines. The diffusion process runs on `whiten(audio, mel)`.

>>> prior = make_prior(config)
>>> process = prior.whiten(audio, mel)          # [B, samples], [B, bands, samples / hop] -> [B, samples]
>>> audio = prior.shape(process, mel, voicing)  # the inverse; voicing [B, samples / hop], for voiced corrections

`standard` does not change the waveform, `energy` removes its envelope (after PriorGrad, arXiv 2106.06406), and
`spectral` its whole short-time spectral envelope (after SpecGrad, arXiv 2203.16749): even noise shaped by it sounds
like a whisper of the sentence. All are differentiable.
"""

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from speech.mel import MelSpectrogram, band_hats, mel_filters
from speech.stft import Stft
from speech.voiced_corrections import VoicedCorrections

LARGEST_CORRECTION = math.log(10)  # 20 dB at a time


class StandardPrior(nn.Module):
    """The process runs on the waveform itself."""

    def whiten(self, audio: Tensor, mel: Tensor) -> Tensor:
        return audio

    def shape(self, process: Tensor, mel: Tensor, voicing: Tensor | None = None) -> Tensor:
        return process


class EnergyPrior(nn.Module):
    """An envelope per sample: RMS per frame, widened to the maximum of three, log-interpolated to samples."""

    def __init__(self, config: dict):
        super().__init__()
        mel = config["mel"]
        filters = mel_filters(mel)  # [bands, bins]
        area = filters.sum(1)
        per_bin = filters.sum(0)
        share = filters / per_bin.where(per_bin > 0, torch.ones(()))  # a bin's weight, divided among its bands
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

    def shape(self, process: Tensor, mel: Tensor, voicing: Tensor | None = None) -> Tensor:
        return process * self.envelope(mel)


class SpectralPrior(nn.Module):
    """A zero-phase filter per frame: STFT in the mel's own framing, times the envelope, least-squares inverse.

    A band's mean magnitude is its value over the sum of its weights. Its ln is interpolated linearly over frequency
    between the bands' centres, constant below the first, and falls by `prior_rolloff_db_per_khz` above the last, which
    the mel does not cover. Relative to the mean magnitude of unit-variance white noise it is the filter's gain.

    The mel of the result still deviates from the requested one, as noise does from its mean. `prior_corrections` times
    the audio is filtered again by the ratio of the requested mel to its own (as GLA-Grad, arXiv 2402.15516, brings
    Griffin-Lim into WaveGrad; `prior_momentum` as in the fast variant of Perraudin et al. 2013). Magnitudes follow the
    mel; phases and details finer than a band remain the network's. `prior_correction_scope` "voiced" limits them to
    voiced speech below 1 kHz (voiced_corrections.py) and needs the voicing; "all" is the default.
    """

    def __init__(self, config: dict):
        super().__init__()
        mel = config["mel"]
        self.stft = Stft(mel)
        self.floor = config["prior_floor"]
        self.corrections, self.momentum = config["prior_corrections"], config["prior_momentum"]
        scope = config.get("prior_correction_scope", "all")
        self.voiced = None
        if scope == "voiced" and self.corrections:
            self.voiced = VoicedCorrections(mel, self.corrections, self.momentum, LARGEST_CORRECTION)
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
        """A step towards audio with this mel, by its ratio to the audio's own mel, band by band."""
        spectra = self.stft.analysed(audio)
        lacking = self.weights @ (mel - self.spectrogram.of(spectra))
        return self.stft.synthesised(spectra * lacking.clamp(-LARGEST_CORRECTION, LARGEST_CORRECTION).exp())

    def whiten(self, audio: Tensor, mel: Tensor) -> Tensor:
        return self.stft.synthesised(self.stft.analysed(audio) / self.gains(mel))

    def shape(self, process: Tensor, mel: Tensor, voicing: Tensor | None = None) -> Tensor:
        audio = self.stft.synthesised(self.stft.analysed(process) * self.gains(mel))
        if self.voiced:
            if voicing is None:
                raise ValueError("voiced corrections need the voicing of a model with pitch")
            return self.voiced(audio, mel, voicing)
        before = audio
        for _ in range(self.corrections):
            ahead = audio + self.momentum * (audio - before)
            before, audio = audio, self.corrected(ahead, mel)
        return audio


def make_prior(config: dict) -> nn.Module:
    if config["prior"] == "standard":
        return StandardPrior()
    return {"energy": EnergyPrior, "spectral": SpectralPrior}[config["prior"]](config)
