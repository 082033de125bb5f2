import math

import numpy as np
import torch

from diffusion import levels
from losses import (
    RANGES,
    draw_schedule,
    draw_training_levels,
    energy,
    multi_resolution_stft,
    phase_energy,
    pre_echo,
    spectral_energy,
    wavegrad_loss,
)


def test_spectral_loss_equals_the_formula():
    rng = np.random.default_rng(0)
    audio, target = rng.normal(size=(2, 4096)) * 0.1
    total = 0.0
    for fft, hop, window in ((1024, 120, 600), (2048, 240, 1200), (512, 50, 240)):
        taper = np.zeros(fft)
        left = (fft - window) // 2
        taper[left : left + window] = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)
        a, b = (
            np.array([np.abs(np.fft.rfft(padded[i : i + fft] * taper)) for i in range(0, len(padded) - fft + 1, hop)])
            for padded in (np.pad(signal, fft // 2, mode="reflect") for signal in (audio, target))
        )
        a, b = np.sqrt(np.maximum(a**2, 1e-7)), np.sqrt(np.maximum(b**2, 1e-7))
        total += np.sqrt(((a - b) ** 2).sum() / (b**2).sum()) + np.abs(np.log(a) - np.log(b)).mean()
    ours = multi_resolution_stft(torch.from_numpy(audio)[None].float(), torch.from_numpy(target)[None].float())
    np.testing.assert_allclose(ours.item(), total / 3, rtol=1e-4)


def test_wavegrad_loss_of_a_perfect_network_is_zero():
    generator = torch.Generator().manual_seed(0)
    x, noise = torch.randn(2, 2, 64, generator=generator, dtype=torch.float64)
    level = draw_training_levels(2, "v", generator).double()
    a, b = level[:, None], (1 - level**2).sqrt()[:, None]

    def predict(y, mel, at):
        torch.testing.assert_close(y, a * x + b * noise)
        return a * noise - b * x

    assert wavegrad_loss(predict, "v", x, torch.empty(0), noise, level) == 0
    assert wavegrad_loss(lambda y, mel, at: 0 * y, "noise", x, torch.empty(0), noise, level) == noise.abs().mean()


def test_drawn_schedules_stay_within_their_ranges_and_end_noisy():
    generator = torch.Generator().manual_seed(0)
    for steps, ranges in RANGES.items():
        for _ in range(50):
            betas = draw_schedule(ranges, generator)
            assert len(betas) == steps
            assert all(low <= beta <= high for beta, (low, high) in zip(betas, ranges, strict=True))
            assert levels(betas)[-1] < 0.66


def absolute(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return (a - b).abs().mean(1)


def test_the_energy_distance_is_minimal_at_the_spread_of_the_target():
    generator = torch.Generator().manual_seed(0)
    target = torch.randn(20_000, 1, generator=generator)
    noise = torch.randn(20_000, 2, 1, generator=generator)
    at = {spread: energy(absolute, spread * noise, target).mean().item() for spread in (0.0, 0.5, 1.0, 1.5, 2.0)}
    assert min(at, key=at.get) == 1.0
    # For a normal variable, E|x - y| is 2 / sqrt(pi), of which half remains.
    assert abs(at[1.0] - np.pi**-0.5) < 0.01


def test_two_equal_results_have_the_plain_spectral_loss():
    generator = torch.Generator().manual_seed(0)
    made, target = 0.1 * torch.randn(2, 1, 4096, generator=generator)
    found = spectral_energy(made.repeat(2, 1), target, ((1024, 120, 600),))
    torch.testing.assert_close(found, multi_resolution_stft(made, target, ((1024, 120, 600),))[None])


def test_spectra_in_phase_with_the_target_are_closer():
    generator = torch.Generator().manual_seed(0)
    target = 0.1 * torch.randn(3, 4096, generator=generator)
    noise = 0.02 * torch.randn(3, 2, 4096, generator=generator)
    near = phase_energy((target[:, None] + noise).flatten(0, 1), target)
    turned = phase_energy((noise - target[:, None]).flatten(0, 1), target)
    assert near.shape == (3,) and (near < 0.3).all() and (turned > 1).all()


def click_after(level: float) -> torch.Tensor:
    """A click of 52 samples at 2048, after noise of this standard deviation from 1500 on. [1, 4096]."""
    signal = torch.zeros(1, 4096)
    signal[0, 1500:2048] = level * torch.randn(548, generator=torch.Generator().manual_seed(0))
    signal[0, 2048:2100] = 0.5
    return signal


def test_pre_echo_is_the_excess_of_level_in_the_15_ms_before_an_onset():
    quiet, loud = click_after(0.002), click_after(0.02)
    both = torch.cat([loud, quiet])
    inside = pre_echo(both, quiet).item()
    # One of the two results has 20 dB too much.
    np.testing.assert_allclose(inside, math.log(10) / 2, rtol=0.1)


def test_pre_echo_ignores_what_is_too_quiet_and_what_is_not_before_an_onset():
    click = click_after(0.002)
    assert pre_echo(click_after(0.001).repeat(2, 1), click).item() == 0
    later = click.clone()
    later[0, 3000:] = 0.05 * torch.randn(1096, generator=torch.Generator().manual_seed(1))
    assert pre_echo(later.repeat(2, 1), click).item() == 0
    steady = torch.randn(2, 4096, generator=torch.Generator().manual_seed(1))
    assert pre_echo(2 * steady, steady[:1]).item() == 0
