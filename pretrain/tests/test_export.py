import json
from pathlib import Path

import pytest
import torch

from export import main, write_model
from networks.model import load_model, make_model
from networks.wavegrad import WaveGrad

TINY = Path(__file__).parents[2] / "src/model/fixtures/energy-v.config.fixture.json"


def test_an_exported_model_has_the_averaged_weights(tmp_path):
    config = json.loads(TINY.read_text())
    torch.manual_seed(0)
    model, average = WaveGrad(config).state_dict(), WaveGrad(config).state_dict()
    (tmp_path / "run").mkdir()
    torch.save(dict(config=config, model=model, ema=average, step=7, seconds=60.0), tmp_path / "run/checkpoint.pt")
    (tmp_path / "index.json").write_text('["other"]')
    for _ in range(2):
        main([str(tmp_path / "run"), str(tmp_path / "tiny"), "--notes", "A test.", "--bits", "16"])
    assert json.loads((tmp_path / "index.json").read_text()) == ["other", "tiny"]
    loaded, written = load_model(tmp_path / "tiny")
    assert written["id"] == "tiny" and written["training"]["steps"] == 7
    assert written["weights"]["parameters"] == sum(p.numel() for p in loaded.parameters())
    for name, tensor in loaded.state_dict().items():
        assert torch.equal(tensor, average[name].half().float()), name
    assert written["weights"]["sha256"] in (tmp_path / "tiny/README.md").read_text()


def test_an_export_in_8_bits_loads_with_the_same_weights_but_for_rounding(tmp_path):
    config = json.loads((TINY.parent / "frames.config.fixture.json").read_text())
    weights = make_model(config).state_dict()
    made = write_model(tmp_path / "tiny", config, weights, dict(data="none", steps=0, notes=""), bits=8)
    assert made["weights"]["dtype"] == "I8"
    loaded, _ = load_model(tmp_path / "tiny")
    for name, tensor in loaded.state_dict().items():
        largest = weights[name].abs().max().item()
        torch.testing.assert_close(tensor, weights[name], rtol=1e-3, atol=largest / 220 + 1e-6)


def test_export_without_a_run_says_what_is_missing(tmp_path):
    with pytest.raises(SystemExit):
        main([str(tmp_path / "nothing-else")])


def test_weights_that_do_not_fit_the_configuration_are_refused(tmp_path):
    config = json.loads(TINY.read_text())
    write_model(tmp_path / "tiny", config, WaveGrad(config).state_dict(), dict(data="none", steps=0, notes=""))
    other = json.loads((tmp_path / "tiny/config.json").read_text())
    other["network"]["first_channels"] += 2
    (tmp_path / "tiny/config.json").write_text(json.dumps(other))
    with pytest.raises(ValueError, match="not have the shapes"):
        load_model(tmp_path / "tiny")
