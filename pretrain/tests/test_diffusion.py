import json
from pathlib import Path

import numpy as np
import torch

from diffusion import (
    default_schedule,
    diffuse,
    draw_levels,
    draw_levels_logit,
    levels,
    reverse,
    to_noise,
    to_target,
)

CONFIG = json.loads((Path(__file__).parents[1] / "configs/small.json").read_text())


def test_reverse_process_equals_the_formula():
    rng = np.random.default_rng(0)
    beta = [0.01, 0.2, 0.6]
    alpha_bar = [np.prod([1 - b for b in beta[: n + 1]]) for n in range(3)]
    start, z3, z2 = rng.normal(size=(3, 8))

    def network(y, level):
        return np.sin(y) * level

    y = start
    for n, z in ((2, z3), (1, z2), (0, None)):
        eps = network(y, np.sqrt(alpha_bar[n]))
        y = (y - beta[n] / np.sqrt(1 - alpha_bar[n]) * eps) / np.sqrt(1 - beta[n])
        if z is not None:
            y = y + np.sqrt((1 - alpha_bar[n - 1]) / (1 - alpha_bar[n]) * beta[n]) * z
    ours = reverse(
        lambda y, mel, level: y.sin() * level[:, None], "noise", torch.empty(0), torch.tensor(beta),
        torch.from_numpy(start)[None], torch.from_numpy(np.stack([z3, z2]))[:, None],
    )  # fmt: skip
    np.testing.assert_allclose(ours[0].numpy(), y, rtol=1e-6)


def test_v_determines_the_noise_and_the_signal():
    generator = torch.Generator().manual_seed(0)
    x, noise = torch.randn(2, 3, 16, generator=generator, dtype=torch.float64)
    level = torch.tensor([0.1, 0.5, 0.999], dtype=torch.float64)
    y, v = diffuse(x, noise, level), to_target(x, noise, level, "v")
    torch.testing.assert_close(to_noise(v, y, level, "v"), noise)
    a, b = level[:, None], (1 - level**2).sqrt()[:, None]
    torch.testing.assert_close(a * y - b * v, x)


def test_gradients_through_the_reverse_process_equal_finite_differences():
    generator = torch.Generator().manual_seed(1)
    y = torch.randn(1, 4, generator=generator, dtype=torch.float64)
    noises = torch.randn(2, 1, 4, generator=generator, dtype=torch.float64)
    weight = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    betas = torch.tensor([0.01, 0.2, 0.6])

    def run(weight):
        return reverse(lambda y, m, a: (weight * y).tanh() * a[:, None], "v", torch.empty(0), betas, y, noises)

    assert torch.autograd.gradcheck(run, weight)


def test_schedules_start_noisy_and_end_clean():
    for steps in (1, 2, 3, 6, 25, 100):
        betas = default_schedule(steps)
        assert len(betas) == steps and ((betas > 0) & (betas < 1)).all()
        assert levels(betas)[-1] < 0.66, steps


def test_drawn_levels_are_within_their_ranges():
    plain = draw_levels(1000, torch.Generator().manual_seed(0))
    spread = draw_levels_logit(1000, torch.Generator().manual_seed(0))
    assert plain.min() > 0.07 and plain.max() <= 1
    assert (spread < 0.3).float().mean() > 0.2 and (spread > 0.95).float().mean() > 0.3
