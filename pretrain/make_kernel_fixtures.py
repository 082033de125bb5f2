"""Writes what the page's kernels are compared with, forwards and backwards, in float64 arithmetic.

python3 pretrain/make_kernel_fixtures.py        # src/kernels/fixtures, the same bytes every time

Activations are in the page's layout, [batch, time, channels]; weights in PyTorch's, [out, in, kernel].
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from fixture_files import as_json, write_json
from wavegrad import encode_level


def differentiated(name: str, settings: dict, inputs: dict[str, Tensor], run) -> dict:
    """One case: `inputs`, `y`, a gradient `dy` of y, and `d<input>` of each input; [B, C, T] becomes [B, T, C]."""
    for tensor in inputs.values():
        tensor.requires_grad_()
    y = run(**inputs)
    dy = torch.randn(y.shape, generator=torch.Generator().manual_seed(len(name)), dtype=y.dtype)
    y.backward(dy)
    tensors = inputs | dict(y=y, dy=dy) | {f"d{key}": tensor.grad for key, tensor in inputs.items()}
    paged = {
        key: tensor if key in ("weight", "dweight") else tensor.transpose(1, 2) if tensor.ndim == 3 else tensor
        for key, tensor in tensors.items()
    }
    return dict(name=name, **settings, tensors=as_json(paged))


def kernel_fixtures() -> None:
    generator = torch.Generator().manual_seed(11)

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    def conv_case(batch: int, time: int, inputs: int, outputs: int, kernel: int, dilation: int, upsample: int) -> dict:
        def run(x, weight, bias):
            x = x.repeat_interleave(upsample, dim=2)
            return F.conv1d(x, weight, bias, padding=dilation * (kernel - 1) // 2, dilation=dilation)

        tensors = dict(x=normal(batch, inputs, time), weight=normal(outputs, inputs, kernel), bias=normal(outputs))
        name = (
            f"kernel {kernel}, dilation {dilation}, upsample {upsample}, {inputs} to {outputs} channels, {time} samples"
        )
        return differentiated(name, dict(dilation=dilation, upsample=upsample), tensors, run)

    shapes = [(1, 9, 3, 5, 1, 1, 1), (2, 13, 3, 4, 3, 1, 1), (1, 17, 5, 3, 3, 2, 1), (2, 11, 4, 4, 3, 4, 1)]
    shapes += [
        (1, 21, 2, 6, 3, 8, 1),
        (1, 16, 1, 4, 5, 1, 1),
        (2, 5, 3, 2, 3, 1, 4),
        (1, 6, 4, 3, 3, 2, 5),
        (1, 3, 2, 2, 3, 8, 1),
    ]
    write_json("src/kernels", "conv1d", [conv_case(*shape) for shape in shapes])

    def film(x, shift, scale):
        return F.leaky_relu(shift + scale * x, 0.2)

    inputs = dict(x=normal(2, 5, 7), shift=normal(2, 5, 7), scale=normal(2, 5, 7))
    write_json("src/kernels", "film-leaky-relu", [differentiated("slope 0.2", dict(slope=0.2), inputs, film)])
    pooled = [
        differentiated(f"down by {f}", dict(factor=f), dict(x=normal(2, 3, 12)), lambda x, f=f: F.avg_pool1d(x, f))
        for f in (2, 3, 4)
    ]
    repeated = [
        differentiated(
            f"up by {f}", dict(factor=1 / f), dict(x=normal(2, 3, 5)), lambda x, f=f: x.repeat_interleave(f, 2)
        )
        for f in (2, 5)
    ]
    write_json("src/kernels", "resample", pooled + repeated)  # factor: input samples per output sample
    level = torch.tensor([0.05, 0.6, 0.9999])
    encodings = {"level": level, "encoding": encode_level(level, 8, 5000)[:, :, 0]}  # [3], [3, 8]
    write_json("src/kernels", "noise-level", dict(scale=5000, tensors=as_json(encodings)))


if __name__ == "__main__":
    torch.set_num_threads(1)  # the same sums in the same order
    kernel_fixtures()
