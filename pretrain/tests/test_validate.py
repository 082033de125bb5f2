import json
from pathlib import Path

import numpy as np
import soundfile as sf
import torch

import validate
from data import pack
from networks.model import make_model

CONFIG = json.loads((Path(__file__).parents[1] / "configs/frames.json").read_text())
CONFIG["network"] = dict(CONFIG["network"], channels=16, hidden=24, blocks=1)


def test_a_run_is_scored_beside_its_control_and_the_scores_are_recorded(tmp_path, monkeypatch):
    (tmp_path / "speech").mkdir()
    t = np.arange(22050) / 22050
    sf.write(tmp_path / "speech/tone.wav", sum(np.sin(2 * np.pi * 150 * k * t) / k for k in range(1, 9)) * 0.1, 22050)
    (tmp_path / "speech/splits.json").write_text(json.dumps(dict(train=["tone"], validation=["tone"])))
    pack(tmp_path / "speech", tmp_path / "packed")
    torch.manual_seed(0)
    weights = make_model(CONFIG).state_dict()
    run = tmp_path / "run"
    run.mkdir()
    torch.save(dict(config=CONFIG, ema=weights, step=7, seconds=90.0), run / "checkpoint.pt")
    heard = []
    monkeypatch.setattr(validate.perceptual, "Listeners", lambda: lambda a, b: heard.append(b) or {})
    for _ in range(2):
        validate.main([str(run), "--data", str(tmp_path / "packed"), "--steps", "0", "2", "--seconds", "0.8"])
    rows = [json.loads(line) for line in (run / "validation.jsonl").read_text().splitlines()]
    assert [row["steps"] for row in rows] == [0, 2, 0, 2]
    assert rows[:2] == rows[2:] and rows[0]["minutes"] == 1.5 and rows[0]["training_steps"] == 7
    assert rows[0]["periodicity"] != rows[1]["periodicity"]
    assert len(heard[0]) == int(0.8 * 22050) // 256 * 256 and np.array_equal(heard[0], heard[2])
