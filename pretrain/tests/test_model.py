import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from diffusion import sample
from networks.model import load_model
from networks.wavegrad import WaveGrad

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "src/model/fixtures"


@pytest.mark.parametrize("name", ["energy-v", "paper", "hop-300", "four-levels", "patches"])
def test_this_network_reproduces_the_pages_fixtures(name):
    config = json.loads((FIXTURES / f"{name}.config.fixture.json").read_text())
    expected = load_file(FIXTURES / f"{name}.expected.fixture.safetensors")
    model = WaveGrad(config)
    model.load_state_dict(load_file(FIXTURES / f"{name}.weights.fixture.safetensors"))
    mel = expected["mel"][None]
    betas = torch.tensor(config["schedules"].popitem()[1]["betas"], dtype=torch.float64)
    with torch.no_grad():
        output = model(expected["y"][None], mel, expected["level"])
    audio = sample(model, config, mel, betas, expected["y_N"][None], expected["noise"][:, None])
    torch.testing.assert_close(output[0], expected["output"], atol=1e-4, rtol=0)
    torch.testing.assert_close(audio[0], expected["waveform"], atol=1e-4, rtol=0)


@pytest.mark.parametrize("name", ["wavegrad-small", "infergrad-small"])
def test_shipped_weights_reproduce_their_fixture(name):
    model, _ = load_model(ROOT / "public/models" / name)
    fixture = load_file(FIXTURES / f"{name}.fixture.safetensors")
    with torch.no_grad():
        v = model(fixture["y"][None], fixture["mel"][None], fixture["level"])[0]
    torch.testing.assert_close(v, fixture["v"], atol=1e-4, rtol=0)


def test_a_shape_that_does_not_fit_the_hop_is_refused():
    config = json.loads((ROOT / "pretrain/configs/small.json").read_text())
    config["mel"]["hop_samples"] = 300
    with pytest.raises(ValueError, match="hop_samples"):
        WaveGrad(config)
