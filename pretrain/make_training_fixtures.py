"""Writes what a training step in the page is compared with: losses, gradients, and the weights after ten steps.

python3 pretrain/make_training_fixtures.py      # src/engine/training/fixtures, the same bytes every time

In float64, with the networks of src/model/fixtures (make_fixtures.py) and the losses, prior and reverse process of this
package; the steps are those of trainer.py, each on the same batch. One network on patches with the spectral prior and
v, one of the paper's kind, one on frames, whose pitch network stays as it is.

<name>.settings            betas, levels, weights of the terms, what the optimiser is told; the figures of every step
<name>.step                `audio`, `whitened`, `noise`, `start`, on frames `pulses` [batch, samples],
                           `mel` [batch, frames, bands], `fresh.<n>` of step n
<name>.gradients           of the first step by every weight, not clipped
<name>.after               `model.<weight>`, `ema.<weight>` after the last step
"""

import copy
import math

import torch
from safetensors.torch import load_file
from torch import Tensor

from diffusion import reverse
from fixture_files import ROOT, write, write_json
from losses import spectral_energy, wavegrad_loss
from make_fixtures import TINY_FRAMES, smooth_mel, tiny_config, tiny_frames_config
from mel import MelSpectrogram
from metrics import RESOLUTIONS
from model import make_model
from prior import make_prior

BATCH, SAMPLES, STEPS = 2, 1280, 10
CASES = {
    "patches": dict(betas=[0.0625, 0.875], levels=[0.625, 0.96875], wavegrad=0.5, stft=1.0, mel=0.75),
    "paper": dict(betas=[0.01171875, 0.09375, 0.59375], levels=[0.3125, 0.875], wavegrad=1.0, stft=0.25, mel=0.5),
    "frames-short": dict(betas=[0.0625, 0.875], levels=[0.625, 0.9990234375], wavegrad=0.5, stft=1.0, mel=0.75),
}
OPTIMISER = dict(learning_rate=5e-4, warmup_steps=4, steps=16, largest_gradient_norm=0.5, ema_decay=0.25)


def rounded(tensor: Tensor) -> Tensor:
    """What float32 can hold, so that both sides begin from the same numbers."""
    return tensor.float().double()


def training_fixtures(name: str, seed: int, case: dict) -> None:
    config = tiny_frames_config(name) if name in TINY_FRAMES else tiny_config(name)
    generator = torch.Generator().manual_seed(seed)
    model = make_model(config).double()
    stored = load_file(ROOT / f"src/model/fixtures/{name}.weights.fixture.safetensors")
    model.load_state_dict({key: tensor.double() for key, tensor in stored.items()})
    samples, frames = SAMPLES, SAMPLES // config["mel"]["hop_samples"]
    mel = torch.cat([smooth_mel(config["mel"], frames, generator) for _ in range(BATCH)])
    mel = rounded(mel.mean() + 0.4 * (mel - mel.mean()))  # float32 keeps little of bins far below their neighbours
    prior = make_prior(config | dict(prior_corrections=0)).double()
    colour = make_prior(config | dict(prior="spectral", prior_corrections=0)).double()

    def normal() -> Tensor:
        return rounded(torch.randn(BATCH, samples, generator=generator))

    audio = rounded(colour.shape(normal(), mel))
    whitened = rounded(prior.whiten(audio, mel).clamp(-10, 10))
    noise, start = normal(), normal()
    twice = torch.zeros(
        BATCH, dtype=torch.long
    )  # the infer loss is of the first half of the crops, from two noises each
    pulses = model.pulses(mel)
    pulses = None if pulses is None else rounded(pulses)
    betas = torch.tensor(case["betas"])
    fresh = torch.stack([normal() for _ in betas[1:]])  # of steps N..2
    mel_of = MelSpectrogram(config["mel"]).double()
    levels = torch.tensor(case["levels"])

    def losses() -> dict[str, Tensor]:
        prediction = config["prediction"]
        condition = model.condition(mel, pulses)
        again = model.condition(mel[twice], None if pulses is None else pulses[twice])
        made = prior.shape(reverse(model, prediction, again, betas, start, fresh), mel[twice])
        return dict(
            wavegrad=wavegrad_loss(model, prediction, whitened, condition, noise, levels),
            stft=spectral_energy(made, audio[:1], RESOLUTIONS).mean(),
            mel=(mel_of(made) - mel[twice]).abs().mean(),
        )

    trained = {key: weight for key, weight in model.named_parameters() if weight.requires_grad}
    optimizer = torch.optim.AdamW(trained.values(), betas=(0.9, 0.99), weight_decay=0.0)
    ema = copy.deepcopy(model).requires_grad_(False)
    history = []
    for step in range(STEPS):
        rate = OPTIMISER["learning_rate"] * min(1, (step + 1) / OPTIMISER["warmup_steps"])
        rate *= 0.5 + 0.5 * math.cos(math.pi * step / OPTIMISER["steps"])
        for group in optimizer.param_groups:
            group["lr"] = rate
        terms = losses()
        loss = sum(case[term] * value for term, value in terms.items())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if step == 0:
            gradients = {key: weight.grad.clone() for key, weight in trained.items()}
        norm = torch.nn.utils.clip_grad_norm_(trained.values(), OPTIMISER["largest_gradient_norm"])
        optimizer.step()
        decay = min(OPTIMISER["ema_decay"], (step + 1) / (step + 10))
        torch._foreach_lerp_(list(ema.parameters()), [w.detach() for w in model.parameters()], 1 - decay)
        figures = {term: value.item() for term, value in terms.items()}
        history.append(figures | dict(loss=loss.item(), gradient_norm=norm.item(), learning_rate=rate))
    given = dict(audio=audio, whitened=whitened, noise=noise, start=start, mel=mel.transpose(1, 2))
    given |= {} if pulses is None else dict(pulses=pulses)
    given |= {f"fresh.{len(betas) - row}": each for row, each in enumerate(fresh)}
    after = {f"model.{key}": tensor for key, tensor in model.state_dict().items() if key in trained}
    after |= {f"ema.{key}": tensor for key, tensor in ema.state_dict().items() if key in trained}
    write_json("src/engine/training", f"{name}.settings", case | dict(optimiser=OPTIMISER, history=history))
    write("src/engine/training", f"{name}.step", given)
    write("src/engine/training", f"{name}.gradients", gradients)
    write("src/engine/training", f"{name}.after", after)


if __name__ == "__main__":
    torch.set_num_threads(1)  # the same sums in the same order
    torch.set_default_dtype(torch.float64)
    # Seeds for which no gradient is so near 0 that rounding to float32 turns Adam's step around.
    for seed, (name, case) in zip((0, 1, 10), CASES.items(), strict=True):
        training_fixtures(name, seed, case)
