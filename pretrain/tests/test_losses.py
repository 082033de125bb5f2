import numpy as np
import torch

from diffusion import levels
from losses import (
    RANGES,
    draw_schedule,
    draw_training_levels,
    energy,
    multi_resolution_stft,
    onset_energy,
    phase_energy,
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


def test_onset_energy_is_the_difference_of_band_levels_over_three_milliseconds():
    rng = np.random.default_rng(0)
    target, one, other = rng.normal(size=(3, 1024)) * 0.1

    def levels_of(signal):  # ln of RMS, in five bands
        window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(128) / 128)
        padded = np.pad(signal, 64, mode="reflect")
        frames = np.array([padded[i : i + 128] * window for i in range(0, len(padded) - 127, 64)])
        power = np.abs(np.fft.rfft(frames)) ** 2
        edges = ((2, 6), (6, 12), (12, 24), (24, 47), (47, 64))
        return np.array([0.5 * np.log(power[:, low:high].mean(1) + 1e-6) for low, high in edges])

    def distance(a, b):
        return np.abs(levels_of(a) - levels_of(b)).mean()

    expected = (distance(one, target) + distance(other, target) - distance(one, other)) / 2
    made = torch.from_numpy(np.stack([one, other])).float()
    ours = onset_energy(made, torch.from_numpy(target)[None].float())
    np.testing.assert_allclose(ours.item(), expected, rtol=1e-4)


def test_onset_energy_hears_what_precedes_a_click():
    click = torch.zeros(1, 4096)
    click[0, 2048:2100] = 0.5
    early = click.clone()
    early[0, 1850:2048] = 0.01  # 9 ms before it, 34 dB lower
    either = early.repeat(2, 1)
    assert onset_energy(either, click).item() > 0.02
    assert onset_energy(click.repeat(2, 1), click).item() == 0
