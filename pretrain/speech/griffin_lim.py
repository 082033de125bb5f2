"""Griffin-Lim from a mel, in its fast variant (Perraudin et al. 2013): the baseline for all models.

>>> griffin_lim(mel, config["mel"])        # [bands, frames] log-mel -> audio [frames * hop]
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from speech.mel import mel_filters


def griffin_lim(mel: Tensor, config: dict, iterations: int = 60, momentum: float = 0.99, seed: int = 0) -> Tensor:
    fft, hop, win = config["fft_size"], config["hop_samples"], config["window_samples"]
    window = torch.hann_window(win)
    energies = mel.exp() if config["log"] == "ln" else 10**mel
    magnitude = (torch.linalg.pinv(mel_filters(config)).float() @ energies).clamp(min=0)  # [bins, frames]
    # The mel's frames are centred on the middle of a hop, torch's on its edge, so half a frame is added on both sides.
    magnitude = F.interpolate(magnitude[None], magnitude.shape[1] + 1, mode="linear", align_corners=True)[0]
    length = mel.shape[1] * hop

    def analyse(audio: Tensor) -> Tensor:
        return torch.stft(audio, fft, hop, win, window, return_complex=True)

    def synthesise(spectrum: Tensor) -> Tensor:
        return torch.istft(spectrum, fft, hop, win, window, length=length)

    generator = torch.Generator().manual_seed(seed)
    angles = torch.rand(magnitude.shape, generator=generator) * 2 * torch.pi
    spectrum, before = torch.polar(magnitude, angles), torch.zeros(())
    for _ in range(iterations):
        consistent = analyse(synthesise(spectrum))
        ahead = consistent + momentum * (consistent - before)
        spectrum, before = torch.polar(magnitude, ahead.angle()), consistent
    return synthesise(spectrum)
