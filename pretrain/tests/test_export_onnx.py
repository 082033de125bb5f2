import json
import sys
from pathlib import Path

import onnxruntime
import torch
from safetensors.torch import load_file

import time_evaluation
from export import write_model
from export_onnx import example_inputs, export
from networks.model import make_model

TINY = Path(__file__).parents[2] / "src/model/fixtures/frames-short.config.fixture.json"


def test_the_graph_computes_what_pytorch_does_and_both_are_timed(tmp_path, monkeypatch, capsys):
    config = json.loads(TINY.read_text())
    torch.manual_seed(0)
    model = make_model(config)
    mel = torch.rand(1, config["mel"]["bands"], 24, generator=torch.Generator().manual_seed(2)) - 2
    export(model, example_inputs(model, mel, config["mel"]["hop_samples"], 0.5), tmp_path)
    graph = onnxruntime.InferenceSession(tmp_path / "evaluation.onnx", providers=["CPUExecutionProvider"])
    stored = load_file(tmp_path / "evaluation.safetensors")
    output = stored.pop("output")
    assert {entry.name for entry in graph.get_inputs()} == set(stored)
    assert stored["mel"].shape == (1, 24, config["mel"]["bands"])
    assert output.abs().max() > 0.01
    made = graph.run(None, {key: tensor.numpy() for key, tensor in stored.items()})[0]
    assert torch.allclose(torch.from_numpy(made), output, atol=1e-3 * output.abs().max().item())

    write_model(tmp_path / "model", config, model.state_dict(), dict(data="none", steps=0, notes=""))
    args = ["time_evaluation.py", str(tmp_path / "model"), str(tmp_path), "--turns", "1"]
    monkeypatch.setattr(sys, "argv", args)
    time_evaluation.main()
    for row in json.loads(capsys.readouterr().out).values():
        assert row["processorSeconds"] >= 0 and row["clockSeconds"] > 0
        assert row["difference"] < 1e-2  # the exported weights are float16
