"""The model in tuned_in_the_page was exported by the page after a few steps of fine-tuning a tiny network."""

import hashlib
import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from export import model_card
from networks.model import load_model

TUNED = Path(__file__).parent / "tuned_in_the_page"
TINY = Path(__file__).parents[2] / "src/model/fixtures"


def test_a_model_that_was_tuned_in_the_page_loads_and_runs():
    model, config = load_model(TUNED)
    assert config["base"] == "tiny-energy-v" and config["name"] == "A voice"
    weights = (TUNED / config["weights"]["file"]).read_bytes()
    assert hashlib.sha256(weights).hexdigest() == config["weights"]["sha256"]
    assert config["weights"]["parameters"] == sum(p.numel() for p in model.parameters())
    assert config["id"] in model_card(config)
    assert model(torch.randn(1, 1024), torch.randn(1, 80, 4), torch.tensor([0.5])).isfinite().all()


def test_it_has_the_shape_of_its_base_and_slightly_different_weights():
    base_config = json.loads((TINY / "energy-v.config.fixture.json").read_text())
    config = json.loads((TUNED / "config.json").read_text())
    same = ("mel", "network", "prior", "prior_floor", "prediction", "schedules", "architecture")
    assert all(config[key] == base_config[key] for key in same)
    base, tuned = load_file(TINY / "energy-v.weights.fixture.safetensors"), load_file(TUNED / "model.safetensors")
    assert base.keys() == tuned.keys()
    changes = [(tuned[name].float() - base[name].float()).abs().max().item() for name in base]
    assert 1e-4 < max(changes) < 0.1
