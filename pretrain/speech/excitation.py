"""The glottal excitation of a voice: one pulse per period, of unit variance where it is voiced.

>>> pulses = excitation(f0, voicing, rate, hop)         # [B, frames] each -> [B, frames * hop]

After source-filter vocoders (NSF, arXiv 1904.12088). A diffusion vocoder with this input need not create periodicity
from noise (PeriodGrad, arXiv 2402.14692). The noise component of a voice comes from the process itself.
"""

import torch
from torch import Tensor
from torch.nn import functional as F


def at_samples(frames: Tensor, hop: int) -> Tensor:
    """Frame values at frame centres, [B, frames] -> [B, frames * hop], linear in between, held at the ends."""
    return F.interpolate(frames[:, None], scale_factor=hop, mode="linear", align_corners=False)[:, 0]


def pulse_train(cycles: Tensor, voicing: Tensor) -> Tensor:
    """Phase in cycles, float64, and voicing, [B, samples] each -> pulses where the phase passes an integer.

    A pulse between two samples is split over both. Its height, the square root of the period, makes the variance equal
    to the voicing squared.
    """
    before = torch.cat([2 * cycles[:, :1] - cycles[:, 1:2], cycles[:, :-1]], 1)
    advance = (cycles - before).clamp(min=1e-5)
    passed = cycles.floor() > before.floor()
    late = ((cycles - cycles.floor()) / advance).clamp(0, 1)  # samples since the phase wrapped
    height = torch.where(passed, advance.rsqrt() * voicing, 0.0)
    earlier = F.pad((height * late)[:, 1:], (0, 1))
    return (height * (1 - late) + earlier).float()


def excitation(f0: Tensor, voicing: Tensor, rate: int, hop: int, start: float = 0.0) -> Tensor:
    """F0 in Hz and voicing 0..1, [B, frames] each -> [B, frames * hop]; `start` is the initial phase in cycles."""
    cycles = start + (at_samples(f0.double(), hop) / rate).cumsum(1)
    return pulse_train(cycles, at_samples(voicing, hop))
