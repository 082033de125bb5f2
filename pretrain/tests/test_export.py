import json
from pathlib import Path

import pytest
import torch

from export import main
from model import WaveGrad, load_model

TINY = Path(__file__).parents[2] / "src/model/fixtures/energy-v.config.fixture.json"


def test_an_exported_model_loads_to_its_averaged_weights(tmp_path):
    config = json.loads(TINY.read_text())
    torch.manual_seed(0)
    model, average = WaveGrad(config).state_dict(), WaveGrad(config).state_dict()
    (tmp_path / "run").mkdir()
    torch.save(dict(config=config, model=model, ema=average, step=7, seconds=60.0), tmp_path / "run/checkpoint.pt")
    main([str(tmp_path / "run"), str(tmp_path / "tiny"), "--notes", "A test."])
    loaded, written = load_model(tmp_path / "tiny")
    assert written["id"] == "tiny" and written["training"]["steps"] == 7
    assert written["weights"]["parameters"] == sum(p.numel() for p in loaded.parameters())
    for name, tensor in loaded.state_dict().items():
        assert torch.equal(tensor, average[name].half().float()), name
    assert written["weights"]["sha256"] in (tmp_path / "tiny/README.md").read_text()


def test_export_without_a_run_says_what_is_missing(tmp_path):
    with pytest.raises(SystemExit):
        main([str(tmp_path / "nothing-else")])
