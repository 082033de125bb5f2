"""Writes what the page's tests compare with: seeded tiny networks, blocks and processes.

python3 pretrain/make_fixtures.py               # the same bytes every time

Activations are in the page's layout, [batch, time, channels]; weights in PyTorch's, [out, in, kernel]; a mel is
[bands, frames], a waveform [samples].

src/model/fixtures/      <name>.weights + .config: a tiny model of every kind; <name>.expected: `mel`, `y`, `level` to
                         `output`; `gradient` (of the output) to `grad.y`, `grad.<weight>`;
                         `betas`, `y_N`, `noise` [N - 1, samples] to `waveform`; blocks: DBlock, FiLM, UBlock;
                         a network on frames also has `f0`, `voicing`, `pulses`, from the phase 0.375 `later`, and
                         `mixed` of y_N; wavegrad-small, infergrad-small: one evaluation of the shipped weights
src/diffusion/fixtures/  the reverse process with a stub for the network
"""

import math

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from diffusion import levels, reverse, sample, to_noise
from excitation import excitation
from fixture_files import ROOT, as_json, write, write_json
from frames import FrameNetwork
from model import load_model
from prior import make_prior
from wavegrad import DBlock, FiLM, UBlock, WaveGrad

MELS = {
    "slaney": dict(
        sample_rate_hz=22050, fft_size=1024, hop_samples=256, window_samples=1024, bands=80, low_hz=0, high_hz=8000,
        scale="slaney", norm="slaney", magnitude_epsilon=1e-9, log="ln", floor=1e-5,
    ),
    "htk": dict(
        sample_rate_hz=24000, fft_size=2048, hop_samples=300, window_samples=1200, bands=40, low_hz=80, high_hz=7600,
        scale="htk", norm="none", magnitude_epsilon=1e-9, log="log10", floor=1e-10,
    ),
    "short": dict(
        sample_rate_hz=16000, fft_size=512, hop_samples=64, window_samples=400, bands=20, low_hz=50, high_hz=8000,
        scale="htk", norm="slaney", magnitude_epsilon=1e-9, log="ln", floor=1e-5,
    ),
}  # fmt: skip
NEAR, FAR = [1, 2, 1, 2], [1, 2, 4, 8]
TINY = {  # name: mel, prior, prediction, up_factors, up_dilations, up_channels, down_channels
    "energy-v":
        ("slaney", "energy", "v", [4, 4, 4, 2, 2], [NEAR, NEAR, FAR, FAR, FAR], [8, 8, 8, 4, 4], [4, 4, 6, 8, 8]),
    "paper":
        ("slaney", "standard", "noise", [4, 4, 4, 2, 2], [FAR, FAR, FAR, NEAR, NEAR], [8, 8, 8, 4, 4], [4, 4, 4, 8, 8]),
    "hop-300":  # the only one that takes every second sample where the others average
        ("htk", "energy", "noise", [5, 5, 3, 2, 2], [NEAR, NEAR, FAR, FAR, FAR], [8, 6, 6, 4, 4], [4, 4, 4, 8, 8]),
    "four-levels":
        ("short", "standard", "v", [4, 4, 2, 2], [[1, 3, 9, 1], NEAR, FAR, FAR], [8, 8, 4, 4], [4, 4, 8, 8]),
    "patches":
        ("slaney", "spectral", "v", [4, 4, 1], [NEAR, FAR, FAR], [8, 6, 4], [4, 4, 8]),
}  # fmt: skip
DOWNSAMPLING = ("average", "nearest")
BETAS = {  # exact in float32 too: an encoded noise level shows the last bit of a level 5,000 times larger
    "energy-v": [0.046875, 0.90625],
    "paper": [0.01171875, 0.59375],
    "hop-300": [0.01953125, 0.703125],
    "four-levels": [0.0009765625, 0.046875, 0.59375],
    "patches": [0.0625, 0.875],
}


def tiny_config(name: str) -> dict:
    mel, prior, prediction, factors, dilations, up, down = TINY[name]
    network = dict(
        first_channels=8, patch_samples=MELS[mel]["hop_samples"] // math.prod(factors), up_factors=factors,
        up_channels=up, up_dilations=dilations, down_channels=down, downsampling=DOWNSAMPLING[name == "hop-300"],
        down_factors=factors[:0:-1], leaky_relu_slope=0.2, noise_level_scale=5000,
    )  # fmt: skip
    schedules = {str(len(BETAS[name])): dict(betas=BETAS[name], found="by hand")}
    return dict(
        id=f"tiny-{name}", architecture="wavegrad", objective="wavegrad", mel=MELS[mel], network=network, prior=prior,
        prior_floor=1e-3, prior_rolloff_db_per_khz=3, prior_corrections=2, prior_momentum=0.5,
        prediction=prediction, schedules=schedules,
    )  # fmt: skip


TINY_FRAMES = {  # name: mel, prediction, network, pitch
    "frames":
        ("slaney", "v", dict(channels=6, hidden=12, blocks=2, kernel=7, excitation_bins=24, level_features=4),
         dict(channels=8, hidden=12, blocks=1, kernel=7, pitches=12)),
    "frames-short":
        ("short", "endpoint", dict(channels=8, hidden=12, blocks=1, kernel=3, excitation_bins=24, level_features=3,
              envelope_gains=4, refinement=dict(times=2, channels=6, hidden=8, kernel=3)),
         dict(channels=8, hidden=12, blocks=2, kernel=5, pitches=12)),
}  # fmt: skip


def tiny_frames_config(name: str) -> dict:
    mel, prediction, network, pitch = TINY_FRAMES[name]
    return dict(
        id=f"tiny-{name}", architecture="frames", objective="wavegrad", mel=MELS[mel], network=network, pitch=pitch,
        prior="spectral", prior_floor=1e-3, prior_rolloff_db_per_khz=3, prior_corrections=0, prior_momentum=0,
        prediction=prediction, schedules={"2": dict(betas=[0.0625, 0.875], found="by hand")},
    )  # fmt: skip


def seeded(module: torch.nn.Module, seed: int) -> torch.nn.Module:
    """Weights of about unit gain, biases too, so that no path of the network is quiet."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in module.parameters():
        scale = 0.1 if parameter.ndim == 1 else parameter[0].numel() ** -0.5
        parameter.data = torch.randn(parameter.shape, generator=generator) * scale
    return module


def smooth_mel(mel: dict, frames: int, generator: torch.Generator) -> Tensor:
    """A mel in the range of speech's, [1, bands, frames]; bands of unit height add up far more than of unit area."""
    shape = F.interpolate(torch.randn(1, mel["bands"], 3, generator=generator), frames, mode="linear")
    mean = -5.5 if mel["norm"] == "slaney" else 0
    natural = mean + 2.5 * shape + 0.3 * torch.randn(1, mel["bands"], frames, generator=generator)
    return natural if mel["log"] == "ln" else natural / torch.log(torch.tensor(10.0))


def network_fixtures(name: str, seed: int) -> None:
    config = tiny_config(name)
    model = seeded(WaveGrad(config), seed)
    model.last_conv.weight.data *= 0.2
    model.last_conv.bias.data *= 0.1
    for film in model.film:  # else the rounding of 5,000 * level alone moves the output by 1e-3
        film.output_conv.weight.data *= 0.3
    generator = torch.Generator().manual_seed(seed + 100)
    frames = 5
    samples = frames * config["mel"]["hop_samples"]
    mel = smooth_mel(config["mel"], frames, generator)
    y = torch.randn(1, samples, generator=generator, requires_grad=True)
    level = torch.tensor([0.625])
    output = model(y, mel, level)
    gradient = torch.randn(output.shape, generator=generator)
    output.backward(gradient)
    betas = torch.tensor(BETAS[name], dtype=torch.float64)
    # Quiet noise: a random network takes none away, and most of the waveform should not be clipped.
    start = torch.randn(1, samples, generator=generator) * 0.2
    noise = torch.randn(len(betas) - 1, 1, samples, generator=generator) * 0.2
    named = dict(model.named_parameters())
    watched = ["first_conv.weight", "up.1.conv.3.weight", "film.0.output_conv.bias", "down.1.residual.weight"]
    expected = dict(
        mel=mel[0], y=y[0], level=level, output=output[0], gradient=gradient[0],
        betas=betas, y_N=start[0], noise=noise[:, 0], waveform=sample(model, config, mel, betas, start, noise)[0],
    )  # fmt: skip
    expected["grad.y"] = y.grad[0]
    for weight in watched:
        expected[f"grad.{weight}"] = named[weight].grad
    write("src/model", f"{name}.weights", dict(model.state_dict()))
    write_json("src/model", f"{name}.config", config)
    write("src/model", f"{name}.expected", expected)


def frame_fixtures(name: str, seed: int) -> None:
    config = tiny_frames_config(name)
    model = seeded(FrameNetwork(config), seed)
    generator = torch.Generator().manual_seed(seed + 100)
    for key, parameter in model.named_parameters():
        if "norm.weight" in key:
            parameter.data = 1 + 0.3 * torch.randn(parameter.shape, generator=generator)
        if key.startswith("leave."):
            parameter.data *= 0.3
    frames = 5
    samples = frames * config["mel"]["hop_samples"]
    mel = smooth_mel(config["mel"], frames, generator)
    y = torch.randn(1, samples, generator=generator, requires_grad=True)
    level = torch.tensor([0.625])
    f0, voicing = model.pitch.track(mel)
    pulses = model.pulses(mel)
    later = excitation(f0, voicing, model.rate, model.hop, 0.375)
    output = model(y, model.condition(mel, pulses), level)
    gradient = torch.randn(output.shape, generator=generator)
    output.backward(gradient)
    betas = torch.tensor(config["schedules"]["2"]["betas"], dtype=torch.float64)
    start = torch.randn(1, samples, generator=generator)
    noise = torch.randn(len(betas) - 1, 1, samples, generator=generator)
    logits, voiced = model.pitch(mel)
    expected = dict(
        mel=mel[0], y=y[0], level=level, output=output[0], gradient=gradient[0],
        logits=torch.cat([logits, voiced[..., None]], 2)[0], f0=f0[0], voicing=voicing[0], pulses=pulses[0],
        later=later[0], mixed=model.mixed(mel, pulses, start)[0],
        betas=betas, y_N=start[0], noise=noise[:, 0], waveform=sample(model, config, mel, betas, start, noise)[0],
    )  # fmt: skip
    expected["grad.y"] = y.grad[0]
    watched = (
        "enter_mel.weight", "enter_excitation.weight", "enter_level.bias", "enter_norm.weight", "leave_norm.bias",
        "leave.bias", *(f"blocks.0.{part}" for part in (
            "scale", "depthwise.weight", "depthwise.bias", "norm.weight", "norm.bias", "widen.weight", "narrow.weight",
        )),
    )  # fmt: skip
    named = dict(model.named_parameters())
    for weight in watched + tuple(key for key in named if key.startswith("refinement.")):
        expected[f"grad.{weight}"] = named[weight].grad
    write("src/model", f"{name}.weights", dict(model.state_dict()))
    write_json("src/model", f"{name}.config", config)
    write("src/model", f"{name}.expected", expected)


def block_fixtures() -> None:
    generator = torch.Generator().manual_seed(7)

    def activation(*shape: int) -> Tensor:  # [B, C, T]
        return torch.randn(shape, generator=generator)

    down, film, up = (
        seeded(block, seed)
        for seed, block in enumerate((DBlock(4, 6, 2, 0.2), FiLM(6, 5, 0.2, 5000), UBlock(8, 5, 4, FAR, 0.2)))
    )
    level = torch.tensor([0.3, 0.99])
    x_down, x_up = activation(2, 4, 48), activation(2, 8, 6)
    y_down = down(x_down)
    shift, scale = film(y_down, level)
    signals = (
        dict(x=x_down, y=y_down),
        dict(x=y_down, shift=shift, scale=scale),
        dict(x=x_up, y=up(x_up, (shift, scale))),
    )
    tensors = {"film.level": level}
    for name, block, io in zip(("down", "film", "up"), (down, film, up), signals, strict=True):
        tensors |= {f"{name}.{key}": value for key, value in block.state_dict().items()}
        tensors |= {f"{name}.{key}": value.transpose(1, 2) for key, value in io.items()}  # [B, T, C]
    write("src/model", "blocks", tensors)  # DBlock factor 2; FiLM of its output; UBlock factor 4, dilations 1 2 4 8


def process_fixtures() -> None:
    """The stub: output = 0.5 tanh(y) + 0.1 level + 0.01 t, t the index of the sample; the mel is not looked at."""
    generator = torch.Generator().manual_seed(13)
    cases = []

    def stub(y: Tensor, mel: Tensor, level: Tensor) -> Tensor:
        return 0.5 * y.tanh() + 0.1 * level[:, None] + 0.01 * torch.arange(y.shape[1])

    for prediction in ("noise", "v", "endpoint"):
        for betas in ([0.6], [0.0555, 0.897], [9e-5, 9e-3, 0.6], [1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5]):
            y = torch.randn(1, 16, generator=generator, dtype=torch.float64)
            noises = torch.randn(len(betas) - 1, 1, 16, generator=generator, dtype=torch.float64)
            schedule = torch.tensor(betas, dtype=torch.float64)
            result = reverse(stub, prediction, torch.empty(0), schedule, y, noises)
            first = levels(schedule)[-1:]
            noise = to_noise(stub(y, torch.empty(0), first), y, first, prediction)
            tensors = dict(levels=levels(schedule)[1:], y_N=y[0], noise=noises[:, 0], eps_N=noise[0], y_0=result[0])
            cases.append(dict(prediction=prediction, betas=betas, tensors=as_json(tensors)))
    write_json("src/diffusion", "reverse", dict(stub=process_fixtures.__doc__, cases=cases))


def prior_fixtures() -> None:
    """What the prior makes of a process: `process` to `waveform` by `mel`, some of whose frames are silent."""
    generator = torch.Generator().manual_seed(17)
    cases = []
    for prior in ("energy", "spectral"):
        for name in ("slaney", "htk"):
            mel = smooth_mel(MELS[name], 3, generator)
            mel[:, :, 1] = -11.5  # reaches the floor
            mel[:, :, 2] -= 6
            config = dict(
                mel=MELS[name],
                prior=prior,
                prior_floor=1e-3,
                prior_rolloff_db_per_khz=4,
                prior_corrections=3,
                prior_momentum=0.9,
            )
            process = torch.randn(1, 3 * MELS[name]["hop_samples"], generator=generator)
            waveform = make_prior(config).shape(process, mel)
            cases.append(config | dict(tensors=as_json(dict(mel=mel[0], process=process[0], waveform=waveform[0]))))
    write_json("src/model", "prior", cases)


@torch.no_grad()
def shipped_fixtures() -> None:
    """One evaluation of each model in public/models that has a fixture, at the fixture's own mel, y and level."""
    for path in sorted((ROOT / "src/model/fixtures").glob("*grad-*.fixture.safetensors")):
        name = path.name.removesuffix(".fixture.safetensors")
        model, _ = load_model(ROOT / "public/models" / name)
        given = {key: tensor for key, tensor in load_file(path).items() if key in ("mel", "y", "level")}
        y, mel, level = given["y"][None], given["mel"][None], given["level"]
        write("src/model", name, given | dict(v=model(y, mel, level)[0]))


if __name__ == "__main__":
    torch.set_num_threads(1)  # the same sums in the same order
    for seed, name in enumerate(TINY):
        network_fixtures(name, seed)
    for seed, name in enumerate(TINY_FRAMES, 50):
        frame_fixtures(name, seed)
    block_fixtures()
    process_fixtures()
    prior_fixtures()
    shipped_fixtures()
