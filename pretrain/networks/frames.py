"""A denoiser on Fourier frames: ConvNeXt blocks between a short-time Fourier transform and its inverse.

>>> network = FrameNetwork(config)
>>> condition = network.condition(mel, pulses)          # [B, bands, frames], [B, samples]: once per utterance
>>> clean = network(y, condition, level)                # [B, samples], .., [B] -> [B, samples]

One position per frame (86 a second at a hop of 256) makes width cheap: see Vocos (arXiv 2306.00814) and, among
diffusion vocoders, RFWave (2403.05010). The network's spectrum per frame is the sum of three: the excitation's with
complex gains that are smooth over frequency (the vocal tract), the noisy signal's with real gains, and a directly
predicted one. An envelope shapes their sum within each frame, because a window of 46 ms blurs onsets. Frames overlap,
so their sum does not have the mel intended for each frame. Refinements compare the two and filter the signal again with
learned gains, like unrolled Griffin-Lim (Deep Griffin-Lim Iteration, arXiv 1903.03971).
"""

import math

import torch
from torch import Tensor, nn

from networks.blocks import ConvNeXtBlock
from networks.pitch import PitchNetwork
from speech.excitation import at_samples, excitation
from speech.mel import MelSpectrogram, band_hats, mel_filters
from speech.prior import SpectralPrior
from speech.stft import Stft

PERIODIC_BELOW_HZ = 4000  # upper limit of a voice's periodic part; noise takes its place above
LARGEST_GAIN = 3.0  # ln of the maximum gain of envelope and refinements: 26 dB
QUIET = 1e-4  # lower limit of the power per band relative to that of white noise


def periodic_share(frequencies_hz):
    """Fraction of the power of a voice's excitation that the pulses have, 0..1; noise has the rest."""
    return 1 / (1 + (frequencies_hz / PERIODIC_BELOW_HZ) ** 8)


def limited(ln: Tensor) -> Tensor:
    """ln of a requested gain -> the gain, limited to LARGEST_GAIN."""
    return (LARGEST_GAIN * (ln / LARGEST_GAIN).tanh()).exp()


class Refinement(nn.Module):
    """Gains per band from the difference of two mels; all refinements share the weights."""

    def __init__(self, bands: int, channels: int, shape: dict):
        super().__init__()
        width = shape["channels"]
        self.enter = nn.Linear(bands, width)
        self.context = nn.Linear(channels, width)
        self.block = ConvNeXtBlock(width, shape["hidden"], shape["kernel"])
        self.norm = nn.LayerNorm(width)
        self.leave = nn.Linear(width, bands)
        self.strength = nn.Parameter(torch.ones(bands))  # scale of the plain step towards the mel
        with torch.no_grad():
            self.leave.weight *= 0.1
            self.leave.bias.zero_()

    def forward(self, lacking: Tensor, x: Tensor) -> Tensor:
        """ln of the missing mel, [B, frames, bands], and the trunk's output [B, frames, channels] -> ln of gains."""
        learned = self.leave(self.norm(self.block(self.enter(lacking) + self.context(x))))
        return self.strength * lacking + learned


class FrameNetwork(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        mel, shape = config["mel"], config["network"]
        channels = shape["channels"]
        self.stft = Stft(mel)
        self.rate, self.hop = mel["sample_rate_hz"], mel["hop_samples"]
        self.bins, self.bands, self.low_bins = mel["fft_size"] // 2 + 1, mel["bands"], shape["excitation_bins"]
        self.to_ln = {"ln": 1.0, "log10": math.log(10)}[mel["log"]]
        self.features = shape["level_features"]
        self.gains = shape.get("envelope_gains", 0)  # per frame
        hats, _ = band_hats(mel)
        area = mel_filters(mel).float()
        self.register_buffer("hats", torch.from_numpy(hats).float(), persistent=False)  # [bins, bands]
        self.register_buffer(
            "averages", area / area.sum(1, keepdim=True).clamp(min=1e-9) / self.stft.energy, persistent=False
        )
        self.pitch = PitchNetwork(config).requires_grad_(False)
        self.enter_mel = nn.Conv1d(self.bands, channels, 3, padding=1)
        self.enter_excitation = nn.Linear(2 * self.low_bins + self.bands, channels)
        self.enter_signal = nn.Linear(2 * self.bins + self.bands, channels)
        self.enter_level = nn.Linear(self.features, channels)
        self.enter_norm = nn.LayerNorm(channels)
        self.blocks = nn.ModuleList(
            ConvNeXtBlock(channels, shape["hidden"], shape["kernel"]) for _ in range(shape["blocks"])
        )
        self.leave_norm = nn.LayerNorm(channels)
        self.leave = nn.Linear(channels, 2 * self.bins + 3 * self.bands + self.gains)
        refinement = shape.get("refinement")
        self.refinements = refinement["times"] if refinement else 0
        if refinement:
            self.refinement = Refinement(self.bands, channels, refinement)
            self.prior, self.spectrogram = SpectralPrior(config), MelSpectrogram(mel)
        self.begin(mel, -1.0 if config["prediction"] == "v" else 1.0)

    @torch.no_grad()
    def begin(self, mel: dict, sign: float) -> None:
        """Makes the untrained output for pure noise equal to that of the excitation and the noise: about `mixed`."""
        self.leave.weight *= 0.1
        self.leave.bias.zero_()
        filters = mel_filters(mel)
        area = filters.sum(1)
        middle = filters @ torch.linspace(0, mel["sample_rate_hz"] / 2, self.bins).double() / area.clamp(min=1e-9)
        share = periodic_share(middle.float())
        of_pulses, _, of_signal = self.leave.bias[2 * self.bins :][: 3 * self.bands].chunk(3)
        of_pulses.copy_(sign * share.sqrt())
        of_signal.copy_(sign * (1 - share).sqrt())

    def pulses(self, mel: Tensor) -> Tensor:
        """The excitation estimated from the mel, [B, bands, frames] -> [B, samples]."""
        f0, voicing = self.pitch.track(mel)
        return excitation(f0, voicing, self.rate, self.hop)

    def voicing(self, mel: Tensor) -> Tensor:
        """The voicing estimated from the mel, [B, bands, frames] -> [B, frames], 0..1."""
        return self.pitch.track(mel)[1]

    def mixed(self, mel: Tensor, pulses: Tensor, noise: Tensor) -> Tensor:
        """The network's input: pulses below 4 kHz where voiced, noise elsewhere. [B, samples]."""
        voicing = self.voicing(mel)
        frequencies = torch.linspace(0, self.rate / 2, self.bins, device=mel.device)
        share = periodic_share(frequencies)[:, None]
        of_noise = (1 - share * voicing[:, None].square()).sqrt()
        spectra = share.sqrt() * self.stft.analysed(pulses) + of_noise * self.stft.analysed(noise)
        return self.stft.synthesised(spectra)

    def loudness(self, spectra: Tensor) -> Tensor:
        """Complex [B, bins, frames] -> ln power per band relative to white noise, about -1..1. [B, frames, bands]."""
        power = spectra.real.square() + spectra.imag.square()
        return ((self.averages @ power) + QUIET).log().mT / 3

    def condition(self, mel: Tensor, pulses: Tensor) -> tuple[Tensor, ...]:
        """Computes the parts that do not depend on y: input features [B, frames, channels], excitation spectra, mel."""
        spectra = self.stft.analysed(pulses)
        low = spectra[:, : self.low_bins] / math.sqrt(self.stft.energy)
        entry = torch.cat([low.real.mT, low.imag.mT, self.loudness(spectra)], 2)
        of_mel = self.enter_mel((mel * self.to_ln + 5) / 3).mT
        return of_mel + self.enter_excitation(entry), spectra, mel

    def forward(self, y: Tensor, condition: tuple[Tensor, ...], level: Tensor) -> Tensor:
        """y_n [B, samples], the result of `condition`, sqrt(alpha-bar_n) [B] -> the clean signal or v, [B, samples]."""
        entry, pulses, mel = condition
        spectra = self.stft.analysed(y)
        scaled = spectra / math.sqrt(self.stft.energy)
        x = entry + self.enter_signal(torch.cat([scaled.real.mT, scaled.imag.mT, self.loudness(spectra)], 2))
        x = self.enter_norm(x + self.enter_level(self.encoded(level))[:, None])
        for block in self.blocks:
            x = block(x)
        x = self.leave_norm(x)
        left = self.leave(x).mT
        own, gains, envelope = left.split([2 * self.bins, 3 * self.bands, self.gains], 1)
        real, imaginary, of_signal = (self.hats @ part for part in gains.chunk(3, 1))  # [B, bins, frames]
        own = torch.complex(*own.chunk(2, 1)) * math.sqrt(self.stft.energy)
        made = self.stft.synthesised(own + torch.complex(real, imaginary) * pulses + of_signal * spectra)
        if self.gains:
            made = made * self.enveloped(envelope)
        return self.refined(made, x, mel) if self.refinements else made

    def refined(self, made: Tensor, x: Tensor, mel: Tensor) -> Tensor:
        """Filters the signal [B, samples] again, so that it has the mel once the prior shapes it; x is the trunk's."""
        shape = self.prior.gains(mel)
        for _ in range(self.refinements):
            spectra = self.stft.analysed(made)
            lacking = (mel - self.spectrogram(self.stft.synthesised(spectra * shape))) * self.to_ln
            gains = limited(self.refinement(lacking.mT, x)).mT
            made = self.stft.synthesised(spectra * (self.hats @ gains))
        return made

    def enveloped(self, envelope: Tensor) -> Tensor:
        """The network's envelope, [B, gains, frames] -> factors, [B, samples], linear between the gains."""
        return at_samples(limited(envelope).mT.flatten(1), self.hop // self.gains)

    def encoded(self, level: Tensor) -> Tensor:
        """[B] -> [B, features]: cosines of multiples of twice the angle whose cosine is the level (0 without noise)."""
        angle = level.clamp(0, 1).acos()
        return (2 * angle[:, None] * torch.arange(1, self.features + 1, device=level.device)).cos()
