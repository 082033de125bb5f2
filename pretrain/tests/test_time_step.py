import json
import sys
from pathlib import Path

import pytest

import time_step

MODELS = Path(__file__).parents[2] / "public/models"


@pytest.mark.parametrize("name", ["infergrad-small", "infergrad-frames"])
def test_a_step_of_each_architecture_is_timed(name, monkeypatch, capsys):
    args = ["time_step.py", str(MODELS / name), "--crop", "2560", "--batch", "1", "--threads", "1", "--seconds", "0"]
    monkeypatch.setattr(sys, "argv", args)
    time_step.main()
    said = json.loads(capsys.readouterr().out)
    assert said["steps"] == 3 and said["stepsPerSecond"] > 0
