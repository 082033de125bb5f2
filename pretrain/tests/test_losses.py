import numpy as np
import torch

from diffusion import levels
from losses import RANGES, draw_schedule, draw_training_levels, multi_resolution_stft, wavegrad_loss


def test_spectral_loss_is_the_formula_written_out():
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


def test_wavegrad_loss_of_a_network_that_knows_is_zero():
    generator = torch.Generator().manual_seed(0)
    x, noise = torch.randn(2, 2, 64, generator=generator, dtype=torch.float64)
    level = draw_training_levels(2, "v", generator).double()
    a, b = level[:, None], (1 - level**2).sqrt()[:, None]

    def predict(y, mel, at):
        torch.testing.assert_close(y, a * x + b * noise)
        return a * noise - b * x

    assert wavegrad_loss(predict, "v", x, torch.empty(0), noise, level) == 0
    assert wavegrad_loss(lambda y, mel, at: 0 * y, "noise", x, torch.empty(0), noise, level) == noise.abs().mean()


def test_drawn_schedules_stay_in_their_ranges_and_end_noisy():
    generator = torch.Generator().manual_seed(0)
    for steps, ranges in RANGES.items():
        for _ in range(50):
            betas = draw_schedule(ranges, generator)
            assert len(betas) == steps
            assert all(low <= beta <= high for beta, (low, high) in zip(betas, ranges, strict=True))
            assert levels(betas)[-1] < 0.66
