"""The diffusion process: schedules, the energy prior, v and noise, the reverse process.

Sources: Ho et al. 2020; WaveGrad, arXiv 2009.00713; PriorGrad, arXiv 2106.06406; v: Salimans and Ho 2022.

>>> betas = torch.tensor([0.0555, 0.897])
>>> audio = sample(model, config, mel, betas, y_N, noises)

With `prior: energy` the process runs on x / envelope(mel); `sample` multiplies by the envelope at the end and clips
to [-1, 1] only then. Schedules are float64 and rounded once, where they meet the waveform.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mel import mel_filters

TRAINING_BETAS = torch.linspace(1e-6, 0.01, 1000, dtype=torch.float64)

PUBLISHED = {  # where a search of few steps starts: FastDiff's three, PriorGrad's six
    1: [0.95],
    2: [0.01, 0.8],
    3: [9e-5, 9e-3, 0.6],
    6: [1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5],
}


def default_schedule(steps: int) -> Tensor:
    """Betas [steps]: a published list for few steps; for many, alpha-bar evenly spread on the cosine's quarter."""
    if steps in PUBLISHED:
        return torch.tensor(PUBLISHED[steps], dtype=torch.float64)
    quarter = torch.linspace(0.02, 0.97, steps + 1, dtype=torch.float64) * torch.pi / 2
    alpha_bar = quarter.cos() ** 2
    return 1 - alpha_bar[1:] / torch.cat([torch.ones(1, dtype=torch.float64), alpha_bar[1:-1]])


def levels(betas: Tensor) -> Tensor:
    """beta_1..beta_N -> sqrt(alpha-bar_0 = 1), .., sqrt(alpha-bar_N): [N + 1]."""
    alphas = 1 - betas.double()
    return torch.cat([torch.ones(1, dtype=torch.float64), alphas.cumprod(0)]).sqrt()


class EnergyPrior(nn.Module):
    """The envelope that the mel alone tells (after PriorGrad): RMS per frame, widened, interpolated to samples."""

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
        self.base = {"ln": torch.e, "log10": 10.0}[mel["log"]]
        self.hop, self.floor = mel["hop_samples"], config["prior_floor"]

    def forward(self, mel: Tensor) -> Tensor:
        """Log-mel [B, bands, frames] -> envelope [B, frames * hop], at least the floor."""
        power = self.base ** (2 * mel.float())  # [B, bands, frames]
        rms = (self.weights @ power).sqrt().clamp(min=self.floor)  # [B, frames]
        rms = F.max_pool1d(F.pad(rms[:, None], (1, 1), mode="replicate"), 3, stride=1)
        log = F.interpolate(rms.log(), scale_factor=self.hop, mode="linear", align_corners=False)
        return log[:, 0].exp()


class StandardPrior(nn.Module):
    """Ones: the process runs on the waveform itself."""

    def __init__(self, config: dict):
        super().__init__()
        self.hop = config["mel"]["hop_samples"]

    def forward(self, mel: Tensor) -> Tensor:
        return mel.new_ones(mel.shape[0], mel.shape[2] * self.hop)


def make_prior(config: dict) -> nn.Module:
    return {"energy": EnergyPrior, "standard": StandardPrior}[config["prior"]](config)


def to_noise(output: Tensor, y: Tensor, level: Tensor, prediction: str) -> Tensor:
    """The network's output as noise. v = a eps - b x, so eps = a v + b y, with a = level, b = sqrt(1 - a^2)."""
    if prediction == "noise":
        return output
    a = level[:, None]
    return a * output + (1 - a * a).sqrt() * y


def to_target(x: Tensor, noise: Tensor, level: Tensor, prediction: str) -> Tensor:
    """What the network should give for y = a x + b eps: eps itself, or v = a eps - b x."""
    if prediction == "noise":
        return noise
    a = level[:, None]
    return a * noise - (1 - a * a).sqrt() * x


def diffuse(x: Tensor, noise: Tensor, level: Tensor) -> Tensor:
    """y = a x + b eps; [B, T], [B, T], [B]."""
    a = level[:, None]
    return a * x + (1 - a * a).sqrt() * noise


def draw_levels(count: int, generator: torch.Generator) -> Tensor:
    """WaveGrad's levels: a step of the 1,000, then uniform between its level and its neighbour's. [count]."""
    edges = levels(TRAINING_BETAS)
    step = torch.randint(len(TRAINING_BETAS), (count,), generator=generator)
    t = torch.rand(count, generator=generator, dtype=torch.float64)
    return (edges[step] + t * (edges[step + 1] - edges[step])).float()


def draw_levels_logit(count: int, generator: torch.Generator) -> Tensor:
    """a^2 = sigmoid(u), u uniform in -6..8: as many levels near 0 and near 1 as between. [count]."""
    u = torch.rand(count, generator=generator, dtype=torch.float64) * 14 - 6
    return u.sigmoid().sqrt().float()


def reverse(model, prediction: str, mel: Tensor, betas: Tensor, y: Tensor, noises: Tensor) -> Tensor:
    """The N-step reverse process, differentiable, not clipped.

    y is y_N, [B, T]; noises [N - 1, B, T] are the z of steps N..2 in the order in which they are used.
    """
    level = levels(betas)
    betas = betas.double()
    steps = len(betas)
    for n in range(steps, 0, -1):
        beta, now, next_ = betas[n - 1], level[n], level[n - 1]
        at = now.to(y).expand(y.shape[0])
        noise = to_noise(model(y, mel, at), y, at, prediction)
        y = (y - (beta / (1 - now**2).sqrt()).to(y) * noise) / (1 - beta).sqrt().to(y)
        if n > 1:
            sigma = ((1 - next_**2) / (1 - now**2) * beta).sqrt()
            y = y + sigma.to(y) * noises[steps - n]
    return y


@torch.no_grad()
def sample(model, config: dict, mel: Tensor, betas: Tensor, y: Tensor, noises: Tensor) -> Tensor:
    """Mel [B, bands, frames] -> audio [B, frames * hop] in [-1, 1], with noise that the caller gives."""
    y = reverse(model, config["prediction"], mel, betas, y, noises)
    return (y * make_prior(config).to(y.device)(mel)).clamp(-1, 1)
