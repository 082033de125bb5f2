"""Compares the importer with the network of lmnt-com/wavegrad, written as functions of its state dictionary."""

import math

import numpy as np
import pytest
import torch
from torch.nn.functional import conv1d, interpolate, leaky_relu

from import_lmnt import WINDOW_NORM, import_checkpoint
from networks.model import load_model

DOWN, UP, FIRST, BANDS = [4, 6, 6, 8, 8], [8, 8, 6, 6, 4], 10, 12
DILATIONS = [[1, 2, 1, 2]] * 2 + [[1, 2, 4, 8]] * 3


def state_dictionary() -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    state = {}

    def add(name: str, outputs: int, inputs: int, kernel: int) -> None:
        scale = 0.8 / math.sqrt(inputs * kernel)
        state[f"{name}.weight"] = torch.randn(outputs, inputs, kernel, generator=generator).mul(scale).half().float()
        state[f"{name}.bias"] = torch.randn(outputs, generator=generator).mul(0.1).half().float()

    add("downsample.0", DOWN[0], 1, 5)
    for i in range(1, 5):
        add(f"downsample.{i}.residual_dense", DOWN[i], DOWN[i - 1], 1)
        for j in range(3):
            add(f"downsample.{i}.conv.{j}", DOWN[i], DOWN[i - 1] if j == 0 else DOWN[i], 3)
    for i in range(5):
        add(f"film.{i}.input_conv", DOWN[i], DOWN[i], 3)
        add(f"film.{i}.output_conv", 2 * UP[4 - i], DOWN[i], 3)
        inputs = FIRST if i == 0 else UP[i - 1]
        add(f"upsample.{i}.block1", UP[i], inputs, 1)
        for block in (2, 3):
            for j in range(2):
                add(f"upsample.{i}.block{block}.{j}", UP[i], inputs if block == 2 and j == 0 else UP[i], 3)
    add("first_conv", FIRST, BANDS, 3)
    add("last_conv", 1, UP[4], 3)
    return state


def their_network(state: dict, audio: torch.Tensor, mel: torch.Tensor, level: torch.Tensor) -> torch.Tensor:
    def conv(name: str, x: torch.Tensor, dilation: int = 1) -> torch.Tensor:
        weight = state[f"{name}.weight"]
        padding = dilation * (weight.shape[2] - 1) // 2
        return conv1d(x, weight, state[f"{name}.bias"], dilation=dilation, padding=padding)

    x, films = audio[:, None], []
    for i, factor in enumerate([1, 2, 2, 3, 5]):
        if i == 0:
            x = conv("downsample.0", x)
        else:
            size = x.shape[-1] // factor
            residual = interpolate(conv(f"downsample.{i}.residual_dense", x), size=size)
            x = interpolate(x, size=size)
            for j, dilation in enumerate([1, 2, 4]):
                x = conv(f"downsample.{i}.conv.{j}", leaky_relu(x, 0.2), dilation)
            x = x + residual
        half = x.shape[1] // 2
        angles = level[:, None] * torch.exp(-math.log(1e4) * torch.arange(half) / half)
        encoding = torch.cat([angles.sin(), angles.cos()], 1)[..., None]
        informed = leaky_relu(conv(f"film.{i}.input_conv", x), 0.2) + encoding
        films.append(conv(f"film.{i}.output_conv", informed).chunk(2, dim=1))
    x = conv("first_conv", mel)
    for i, factor in enumerate([5, 5, 3, 2, 2]):
        shift, scale = films[4 - i]
        a, b, c, d = DILATIONS[i]
        size = x.shape[-1] * factor
        residual = conv(f"upsample.{i}.block1", interpolate(x, size=size))
        y = conv(f"upsample.{i}.block2.0", interpolate(leaky_relu(x, 0.2), size=size), a)
        x = residual + conv(f"upsample.{i}.block2.1", leaky_relu(shift + scale * y, 0.2), b)
        y = conv(f"upsample.{i}.block3.0", leaky_relu(shift + scale * x, 0.2), c)
        x = x + conv(f"upsample.{i}.block3.1", leaky_relu(shift + scale * y, 0.2), d)
    return conv("last_conv", x)[:, 0]


def test_an_imported_checkpoint_equals_the_original(tmp_path):
    state = state_dictionary()
    torch.save(dict(model=state, step=1234), tmp_path / "weights.pt")
    config = import_checkpoint(tmp_path / "weights.pt", tmp_path / "wavegrad-lmnt")
    assert config["id"] == "wavegrad-lmnt" and config["training"]["steps"] == 1234
    model, _ = load_model(tmp_path / "wavegrad-lmnt")
    generator = torch.Generator().manual_seed(1)
    frames = 40
    theirs = torch.rand(1, BANDS, frames, generator=generator)
    ours = (theirs - 0.8) / 0.2 + math.log10(WINDOW_NORM)
    audio = torch.randn(1, frames * 300, generator=generator)
    level = torch.tensor([0.7])
    with torch.no_grad():
        expected, output = their_network(state, audio, theirs, level), model(audio, ours, level)
    inside = slice(12 * 300, 28 * 300)  # at the edges, zero padding has another meaning
    torch.testing.assert_close(output[:, inside], expected[:, inside], atol=5e-3, rtol=0)  # float16 weights


def test_the_mel_has_the_original_floor():
    magnitude = np.array([1e-9, 1e-4 * WINDOW_NORM, 1.0])
    theirs = np.clip((20 * np.log10(np.maximum(magnitude / WINDOW_NORM, 1e-5)) - 20 + 100) / 100, 0, 1)
    ours = 0.2 * (np.log10(np.maximum(magnitude, 1e-4 * WINDOW_NORM)) - math.log10(WINDOW_NORM)) + 0.8
    np.testing.assert_allclose(ours, theirs, atol=1e-12)


@pytest.mark.parametrize("content", [b"", b"no checkpoint", None])
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "weights.pt"
    path.write_bytes(content) if content is not None else torch.save({"weight": torch.zeros(3)}, path)
    with pytest.raises(SystemExit, match="is not a checkpoint of lmnt-com/wavegrad"):
        import_checkpoint(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
