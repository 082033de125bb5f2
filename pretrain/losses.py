"""The two objectives: WaveGrad's, and the infer loss that InferGrad adds (arXiv 2009.00713 and 2202.03751).

The infer loss is `spectral_energy` between the recording and the results of N steps from two pure noises, with
gradients through all N evaluations.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from diffusion import diffuse, draw_levels, draw_levels_logit, to_target
from evaluation.metrics import RESOLUTIONS

POWER_FLOOR = 1e-7
SMALLEST_NOISE = 0.05
ONSETS = (128, 64, 128)  # FFT, hop, window: 6 ms, shorter than audible pre-echo of a sharp onset
ONSET_BINS = (2, 47)  # of that FFT: 300 to 8,000 Hz
ONSET_FRAMES = 5  # 15 ms: an onset is a rise by ONSET_RISE within this time, up to LOUD_ONSET below the loudest frame
ONSET_RISE, LOUD_ONSET = math.log(4), math.log(56)  # 12 and 35 dB
ONSET_FLOOR = 1e-6  # lower limit of the power per bin
SPARSE = tuple((fft, 2 * hop, window) for fft, hop, window in RESOLUTIONS)  # half the cost, in training

# Betas are drawn log-uniformly and independently from these ranges, which surround the results of schedule searches.
RANGES = {
    1: ((0.9, 0.999),),
    2: ((0.01, 0.08), (0.75, 0.95)),
    3: ((5e-3, 0.04), (0.05, 0.3), (0.75, 0.92)),
    6: ((5e-4, 8e-3), (5e-3, 0.06), (0.04, 0.25), (0.15, 0.45), (0.35, 0.7), (0.7, 0.93)),
}


def magnitudes(audio: Tensor, fft: int, hop: int, window: int) -> Tensor:
    """[B, T] -> [B, bins, frames]."""
    hann = torch.hann_window(window, device=audio.device)
    spectrum = torch.stft(audio, fft, hop, window, hann, pad_mode="reflect", return_complex=True)
    return (spectrum.real.square() + spectrum.imag.square()).clamp(min=POWER_FLOOR).sqrt()


def multi_resolution_stft(audio: Tensor, target: Tensor, resolutions=RESOLUTIONS) -> Tensor:
    """Spectral convergence + mean |difference of ln magnitude|, per clip and resolution, then the mean. Scalar."""
    total = audio.new_zeros(())
    for resolution in resolutions:
        a, b = magnitudes(audio, *resolution), magnitudes(target, *resolution)
        convergence = (a - b).norm(dim=(1, 2)) / b.norm(dim=(1, 2))
        total = total + convergence.mean() + (a.log() - b.log()).abs().mean()
    return total / len(resolutions)


def draw_training_levels(count: int, prediction: str, generator: torch.Generator) -> Tensor:
    """Draws levels as WaveGrad does, [count]. Every second one is spread over all signal-to-noise ratios instead if the
    network does not predict the noise."""
    drawn = draw_levels(count, generator)
    if prediction != "noise":
        spread = draw_levels_logit(count, generator)
        drawn = torch.where(torch.arange(count) % 2 == 0, drawn, spread)
    return drawn


def draw_schedule(ranges: tuple, generator: torch.Generator) -> Tensor:
    """Draws betas [N], float64, which ascend because their ranges do."""
    low, high = torch.tensor(ranges, dtype=torch.float64).log().unbind(1)
    return (low + torch.rand(len(ranges), generator=generator, dtype=torch.float64) * (high - low)).exp()


def wavegrad_loss(predict, prediction: str, x: Tensor, condition, noise: Tensor, level: Tensor) -> Tensor:
    """L1 between the network's prediction for a x + b noise and its target. x: whitened recording, [B, T].

    Endpoint errors are weighted by 1 / b, as v's are, so that the last steps count too.
    """
    error = predict(diffuse(x, noise, level), condition, level) - to_target(x, noise, level, prediction)
    if prediction == "endpoint":
        error = error / (1 - level * level).sqrt().clamp(min=SMALLEST_NOISE)[:, None]
    return error.abs().mean()


def energy(distance, pairs: Tensor, target: Tensor) -> Tensor:
    """Energy distance between the results from two noises, [B, 2, ...], and the target, [B, ...]. [B].

    `distance` returns one value per clip. The second term rewards different results from different noises, so that what
    the condition does not determine stays random (Gritsenko et al., arXiv 2008.01160, eq. 5). Without it the best
    result never varies, and buzzes where a recording has noise.
    """
    one, other = pairs.unbind(1)
    return (distance(one, target) + distance(other, target) - distance(one, other)) / 2


def spectral_energy(made: Tensor, target: Tensor, resolutions=SPARSE) -> Tensor:
    """`multi_resolution_stft` as an energy distance, [B]. made: [2B, T], two consecutive per clip; target: [B, T]."""
    total = made.new_zeros(len(target))
    for resolution in resolutions:
        pairs, truth = magnitudes(made, *resolution).unflatten(0, (-1, 2)), magnitudes(target, *resolution)
        scale = truth.norm(dim=(1, 2))
        total = total + energy(lambda a, b, scale=scale: (a - b).norm(dim=(1, 2)) / scale, pairs, truth)
        total = total + energy(lambda a, b: (a - b).abs().mean((1, 2)), pairs.log(), truth.log())
    return total / len(resolutions)


def phase_energy(made: Tensor, target: Tensor) -> Tensor:
    """Energy distance of complex spectra relative to the target's magnitude, like `spectral_energy`.

    It is informative about harmonics only where the excitation follows the target's phase.
    """
    fft, hop, window = SPARSE[0]
    hann = torch.hann_window(window, device=made.device)
    pairs, truth = (torch.stft(x, fft, hop, window, hann, return_complex=True) for x in (made, target))
    scale = truth.abs().sum(1) + 1e-3  # [B, frames]

    def distance(a, b):
        difference = a - b
        length = (difference.real.square() + difference.imag.square() + POWER_FLOOR).sqrt()
        return (length.sum(1) / scale).mean(1)

    return energy(distance, pairs.unflatten(0, (-1, 2)), truth)


def pre_echo(made: Tensor, target: Tensor) -> Tensor:
    """Mean excess of ln level just before the target's sharp onsets. made: [2B, T]; target: [B, T]. Scalar, nat.

    The windows of the mel and of `spectral_energy` blur the time before an onset; the 6 ms here do not. Only excess
    counts, unlike in an energy distance: where the mel leaves the time of an onset open, a late one is heard less than
    an early one.
    """
    fft, hop, window = ONSETS
    hann = torch.hann_window(window, device=made.device)

    def level(audio: Tensor) -> Tensor:
        spectra = torch.stft(audio, fft, hop, window, hann, return_complex=True)[:, slice(*ONSET_BINS)]
        return 0.5 * ((spectra.real.square() + spectra.imag.square()).mean(1) + ONSET_FLOOR).log()  # [B, frames]

    truth = level(target)
    after = F.max_pool1d(F.pad(truth[:, 1:], (0, ONSET_FRAMES), value=-torch.inf), ONSET_FRAMES, stride=1)
    loud = after > truth.amax(1, keepdim=True) - LOUD_ONSET
    before = ((after - truth > ONSET_RISE) & loud).repeat_interleave(2, 0)  # [2B, frames]
    excess = (level(made) - truth.repeat_interleave(2, 0)).relu()
    return (excess * before).sum() / before.sum().clamp(min=1)
