"""WaveGrad (arXiv 2009.00713) in PyTorch, in any shape that config.json allows; the page's counterpart is src/model.

>>> network = WaveGrad(config)
>>> network(y, mel, level)                      # [B, T], [B, bands, T / hop], [B] -> [B, T]

The network predicts the target that `prediction` of the config names; `diffusion.py` converts it to noise. Tensors here
are [batch, channels, time], as PyTorch requires; in the page they are [batch, time, channels]. Weight names and layouts
([out, in, kernel]) are the same in both.

Details that the paper leaves open, as settled by the given fixtures:
- every convolution pads with zeros to the same length, dilation * (kernel - 1) / 2 on each side; the whole-signal pass
  is the reference, so a chunk needs a halo of real signal, not zeros;
- no activation after `first_conv` or `down.0`, nor before `last_conv`; a block's leaky ReLU precedes each convolution;
- DBlock pools first, and both paths receive the pooled signal; UBlock's first convolution runs at the high rate;
- `film.i` reads the output of `down.i` and modulates `up[last - i]`, at that level's high rate; film.0 is the full one.
  One shift and scale per level serves all three modulations of its UBlock; the first half of output_conv is the shift;
- `patch_samples` neighbouring samples are the channels of one position at the waveform's input and output: the network
  then runs at sample rate / patch, where width is cheap (like subbands in FreGrad, arXiv 2401.10032);
- the noise-level encoding is added after FiLM's leaky ReLU; the first half of its channels is sin, the second cos; d is
  the number of channels of the DBlock, not of the UBlock.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def conv(inputs: int, outputs: int, kernel: int, dilation: int = 1) -> nn.Conv1d:
    layer = nn.Conv1d(inputs, outputs, kernel, dilation=dilation, padding=dilation * (kernel - 1) // 2)
    nn.init.orthogonal_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def encode_level(level: Tensor, channels: int, scale: float) -> Tensor:
    """sqrt(alpha-bar), [B] -> [B, channels, 1]: scale * level * 10^(-4 k / (channels / 2)), sin then cos."""
    half = channels // 2
    exponents = torch.arange(half, dtype=torch.float32, device=level.device) * (-4 / half)
    angles = scale * level.float()[:, None] * 10**exponents
    return torch.cat([angles.sin(), angles.cos()], dim=1)[:, :, None]


class DBlock(nn.Module):
    """Downsamples by `factor`, by average or first sample, then adds a 1x1 path to three dilated convolutions."""

    def __init__(self, inputs: int, outputs: int, factor: int, slope: float, downsampling: str = "average"):
        super().__init__()
        self.factor, self.slope, self.downsampling = factor, slope, downsampling
        self.residual = conv(inputs, outputs, 1)
        self.conv = nn.ModuleList(conv(outputs if d > 1 else inputs, outputs, 3, d) for d in (1, 2, 4))

    def forward(self, x: Tensor) -> Tensor:
        """[B, inputs, T] -> [B, outputs, T / factor]."""
        x = F.avg_pool1d(x, self.factor) if self.downsampling == "average" else x[:, :, :: self.factor]
        residual = self.residual(x)
        for layer in self.conv:
            x = layer(F.leaky_relu(x, self.slope))
        return x + residual


class FiLM(nn.Module):
    """Conditions the UBlock of the same rate on a level of the noisy waveform: a shift and a scale per sample."""

    def __init__(self, inputs: int, outputs: int, slope: float, level_scale: float):
        super().__init__()
        self.slope, self.level_scale = slope, level_scale
        self.input_conv = conv(inputs, inputs, 3)
        self.output_conv = conv(inputs, 2 * outputs, 3)

    def forward(self, x: Tensor, level: Tensor) -> tuple[Tensor, Tensor]:
        """[B, inputs, T], [B] -> shift, scale, each [B, outputs, T]."""
        x = F.leaky_relu(self.input_conv(x), self.slope)
        x = x + encode_level(level, x.shape[1], self.level_scale).to(x.dtype)
        shift, scale = self.output_conv(x).chunk(2, dim=1)
        return shift, scale


class UBlock(nn.Module):
    """Upsamples by `factor`: two residual halves; the same FiLM modulates three of the four convolutions."""

    def __init__(self, inputs: int, outputs: int, factor: int, dilations: list[int], slope: float):
        super().__init__()
        self.factor, self.slope = factor, slope
        self.residual = conv(inputs, outputs, 1)
        self.conv = nn.ModuleList(
            conv(outputs if j else inputs, outputs, 3, dilation) for j, dilation in enumerate(dilations)
        )

    def forward(self, x: Tensor, film: tuple[Tensor, Tensor]) -> Tensor:
        """[B, inputs, T], ([B, outputs, T * factor] twice) -> [B, outputs, T * factor]."""
        shift, scale = film

        def modulated(signal: Tensor) -> Tensor:
            return F.leaky_relu(shift + scale * signal, self.slope)

        residual = self.residual(x).repeat_interleave(self.factor, dim=2)  # cheaper than repeating first
        x = F.leaky_relu(x, self.slope).repeat_interleave(self.factor, dim=2)
        x = self.conv[0](x)
        x = self.conv[1](modulated(x)) + residual
        residual = x
        x = self.conv[2](modulated(x))
        return self.conv[3](modulated(x)) + residual


class WaveGrad(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        shape = config["network"]
        slope, level_scale = shape["leaky_relu_slope"], shape["noise_level_scale"]
        up, down = shape["up_channels"], shape["down_channels"]
        factors = shape["up_factors"]
        self.patch = shape.get("patch_samples", 1)
        if math.prod(factors) * self.patch != config["mel"]["hop_samples"]:
            raise ValueError(f"up_factors {factors} and patch_samples {self.patch} do not multiply to hop_samples")
        if shape["down_factors"] != factors[:0:-1]:
            raise ValueError(f"down_factors must be up_factors without the first, reversed: {factors[:0:-1]}")
        self.first_conv = conv(config["mel"]["bands"], shape["first_channels"], 3)
        self.up = nn.ModuleList(
            UBlock(inputs, *rest, slope)
            for inputs, *rest in zip([shape["first_channels"], *up], up, factors, shape["up_dilations"], strict=False)
        )
        self.down = nn.ModuleList([conv(self.patch, down[0], 5)])
        for inputs, outputs, factor in zip(down, down[1:], shape["down_factors"], strict=False):
            self.down.append(DBlock(inputs, outputs, factor, slope, shape.get("downsampling", "average")))
        self.film = nn.ModuleList(
            FiLM(inputs, outputs, slope, level_scale) for inputs, outputs in zip(down, reversed(up), strict=True)
        )
        self.last_conv = conv(up[-1], self.patch, 3)
        nn.init.zeros_(self.last_conv.weight)  # otherwise N consecutive untrained steps would overflow

    def pulses(self, mel: Tensor) -> None:
        """WaveGrad uses no excitation."""

    def voicing(self, mel: Tensor) -> None:
        """WaveGrad estimates no voicing."""

    def condition(self, mel: Tensor, pulses: None = None) -> Tensor:
        """Returns the mel, [B, bands, T / hop], which `forward` takes beside y."""
        return mel

    def forward(self, y: Tensor, mel: Tensor, level: Tensor) -> Tensor:
        """Noisy waveform [B, T], log-mel [B, bands, T / hop], sqrt(alpha-bar) [B] -> noise or v, [B, T]."""
        x = y.unflatten(1, (-1, self.patch)).mT  # [B, patch, T / patch]
        films = []
        for down, film in zip(self.down, self.film, strict=True):
            x = down(x)
            films.append(film(x, level))
        x = self.first_conv(mel)
        for up, film in zip(self.up, reversed(films), strict=True):
            x = up(x, film)
        return self.last_conv(x).mT.flatten(1)  # [B, T]
