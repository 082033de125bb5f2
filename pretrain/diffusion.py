"""The diffusion process: schedules, prediction targets and noise, and the reverse process.

Sources: Ho et al. 2020; WaveGrad, arXiv 2009.00713; v: Salimans and Ho 2022.

>>> betas = torch.tensor([0.0555, 0.897])
>>> audio = sample(model, config, mel, betas, y_N, noises)

The process runs on the waveform whitened by the prior (speech/prior.py). `sample` applies the prior's inverse at the
end and only then clips to [-1, 1]. Schedules are float64 and rounded once, when they are applied to the waveform.
"""

import torch
from torch import Tensor

from speech.prior import make_prior

TRAINING_BETAS = torch.linspace(1e-6, 0.01, 1000, dtype=torch.float64)

PUBLISHED = {  # initial schedules of a search: FastDiff's for three steps, PriorGrad's for six
    1: [0.95],
    2: [0.01, 0.8],
    3: [9e-5, 9e-3, 0.6],
    6: [1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5],
}


def default_schedule(steps: int) -> Tensor:
    """Betas [steps]: a published list for few steps; for many, alpha-bar along a quarter of a cosine."""
    if steps in PUBLISHED:
        return torch.tensor(PUBLISHED[steps], dtype=torch.float64)
    quarter = torch.linspace(0.02, 0.97, steps + 1, dtype=torch.float64) * torch.pi / 2
    alpha_bar = quarter.cos() ** 2
    return 1 - alpha_bar[1:] / torch.cat([torch.ones(1, dtype=torch.float64), alpha_bar[1:-1]])


def levels(betas: Tensor) -> Tensor:
    """beta_1..beta_N -> sqrt(alpha-bar_0 = 1), .., sqrt(alpha-bar_N): [N + 1]."""
    alphas = 1 - betas.double()
    return torch.cat([torch.ones(1, dtype=torch.float64), alphas.cumprod(0)]).sqrt()


def to_noise(output: Tensor, y: Tensor, level: Tensor, prediction: str) -> Tensor:
    """Converts the network's output to noise, from the noise, v = a eps - b x, or the clean signal x (`endpoint`).

    With a = level, b = sqrt(1 - a^2) and y = a x + b eps, eps is a v + b y, or (y - a x) / b.
    """
    if prediction == "noise":
        return output
    a = level[:, None]
    if prediction == "endpoint":
        return (y - a * output) / (1 - a * a).sqrt()
    return a * output + (1 - a * a).sqrt() * y


def to_target(x: Tensor, noise: Tensor, level: Tensor, prediction: str) -> Tensor:
    """The target output for y = a x + b eps: eps, v = a eps - b x, or x."""
    if prediction == "noise":
        return noise
    if prediction == "endpoint":
        return x
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
    """a^2 = sigmoid(u), u uniform in -6..8: as many levels near 0 and 1 as in between. [count]."""
    u = torch.rand(count, generator=generator, dtype=torch.float64) * 14 - 6
    return u.sigmoid().sqrt().float()


def reverse(model, prediction: str, condition, betas: Tensor, y: Tensor, noises: Tensor) -> Tensor:
    """The N-step reverse process, differentiable, not clipped.

    model(y, condition, level) returns the target that `prediction` names; y is y_N, [B, T]; noises [N - 1, B, T] are
    the z of steps N..2, in order of use.
    """
    level = levels(betas)
    betas = betas.double()
    steps = len(betas)
    for n in range(steps, 0, -1):
        beta, now, next_ = betas[n - 1], level[n], level[n - 1]
        at = now.to(y).expand(y.shape[0])
        noise = to_noise(model(y, condition, at), y, at, prediction)
        y = (y - (beta / (1 - now**2).sqrt()).to(y) * noise) / (1 - beta).sqrt().to(y)
        if n > 1:
            sigma = ((1 - next_**2) / (1 - now**2) * beta).sqrt()
            y = y + sigma.to(y) * noises[steps - n]
    return y


@torch.no_grad()
def sample(model, config: dict, mel: Tensor, betas: Tensor, y: Tensor, noises: Tensor) -> Tensor:
    """Mel [B, bands, frames] -> audio [B, frames * hop] in [-1, 1], from the caller's noise."""
    condition = model.condition(mel, model.pulses(mel))
    y = reverse(model, config["prediction"], condition, betas, y, noises)
    return make_prior(config).to(y.device).shape(y, mel, model.voicing(mel)).clamp(-1, 1)
