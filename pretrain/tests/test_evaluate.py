import json
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
import torch
from PIL import Image

import evaluate
from evaluation.metrics import score
from export import write_model
from networks.model import make_model
from networks.wavegrad import WaveGrad

TINY = Path(__file__).parents[2] / "src/model/fixtures/patches.config.fixture.json"


@pytest.fixture(scope="module")
def speech(tmp_path_factory) -> Path:
    """A second of tones per clip, two voices."""
    folder = tmp_path_factory.mktemp("speech")
    t = np.arange(22050) / 22050
    for i, name in enumerate(("lj/a", "lj/b", "kathleen/c")):
        (folder / name).parent.mkdir(exist_ok=True)
        tone = sum(np.sin(2 * np.pi * 150 * (i + 1) * k * t) / k for k in range(1, 9)) * (0.2 + 0.1 * np.sin(9 * t))
        noise = np.random.default_rng(i).normal(size=len(t))
        sf.write(folder / f"{name}.wav", 0.3 * tone + 0.003 * noise, 22050)
    splits = dict(train=[], validation=["lj/a"], test=["lj/a", "lj/b", "kathleen/c"])
    (folder / "splits.json").write_text(json.dumps(splits))
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    config = json.loads(TINY.read_text()) | dict(prior_corrections=4, prior_momentum=0)
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    write_model(folder, config, WaveGrad(config).state_dict(), dict(data="nothing", steps=0, notes=""))
    return folder


class Deaf:
    """Replaces the listeners: tests do not use the optional packages."""

    missing: dict = {}  # noqa: RUF012

    def __call__(self, recording, output):
        return {}


def test_every_voice_model_and_author_is_in_the_table(speech, model, tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate.perceptual, "Listeners", Deaf)
    anchors = tmp_path / "anchors.json"
    figures = dict(mel_mae=0.3, lsd_db=9, mrstft=1, mcd13_db=2, stoi=0.97, hf_db=0, level_db=0)
    anchors.write_text(json.dumps(dict(systems={"IG-Specified-2": dict(clips=6, **figures)})))
    heard = tmp_path / "heard.json"
    mean = dict(pesq_wb=3.07, per_rmse=0.064, vuv_pct=16, pre_echo_db=1.4)
    heard.write_text(json.dumps(dict(systems={"InferGrad specified, 2 steps": dict(clips=6, mean=mean)})))
    out = tmp_path / "quality"
    (model.parent / "index.json").write_text('["tiny"]')  # as `public/models/*` names it first
    argv = [
        str(model.parent / "index.json"),
        str(model),
        "--speech",
        str(speech),
        "--voices",
        "lj",
        "kathleen",
        "--steps",
        "1",
        "2",
        "7",
        "--corrections",
        "0",
        "4",
    ]
    evaluate.main([*argv, "--anchors", str(anchors), "--anchors-heard", str(heard), "--out", str(out)])
    rows = json.loads(out.with_suffix(".json").read_text())
    expected = []
    for voice, steps, clips in (("LJ Speech", (1, 2, 7), 2), ("Kathleen", (1, 2), 1)):
        expected += [(voice, "tiny", n, k, clips) for n in steps for k in (0, 4)]
        expected += [(voice, evaluate.NOISE, 0, k, clips) for k in (0, 4)]
        expected += [
            (voice, name, 0, 0, clips) for name in (evaluate.GRIFFIN_LIM, evaluate.CEILING, evaluate.RECORDING)
        ]
        expected += [(voice, "authors' InferGrad, specified", 2, 0, 6)] if voice == "LJ Speech" else []
    keys = ("voice", "system", "steps", "corrections", "clips")
    assert [tuple(row[key] for key in keys) for row in rows] == expected
    page = out.with_suffix(".md").read_text()
    assert "| authors' InferGrad, specified | 2 | off | 3.07 |" in page and "quality.png" in page
    assert page.index("hoarser") < page.index("## Appendix") < page.index("mel MAE")
    config = json.loads((model / "config.json").read_text())
    own = next(row for row in rows if row["system"] == "tiny" and row["steps"] == 2 and row["corrections"] == 4)
    assert config["figures"]["steps"]["2"]["stoi"] == own["stoi"]
    assert f"| {own['periodicity']:.3f} |" in (model / "README.md").read_text()
    with Image.open(out.with_suffix(".png")) as picture:
        assert picture.width > 1000 and len(picture.getcolors()) > 10


def test_the_recording_is_perfect_and_the_prior_sets_the_ceiling(speech, model):
    systems = evaluate.Systems([model], seed=0)
    clip = evaluate.recordings(speech, "test", "lj", 22050, 256)["lj/a"]
    assert score(clip, systems.speak(evaluate.RECORDING, 0, 0, clip))["mel_mae"] == 0
    ceiling, noise = (
        score(clip, systems.speak(name, 0, 0, clip))["mrstft"] for name in (evaluate.CEILING, evaluate.NOISE)
    )
    assert 0 < ceiling < noise / 2


def test_a_row_is_the_mean_over_its_clips(speech, model):
    systems = evaluate.Systems([model], seed=0)
    clips = evaluate.recordings(speech, "test", "lj", 22050, 256)
    scores = [score(clip, systems.speak("tiny", 2, 0, clip)) for clip in clips.values()]
    mean = evaluate.report.mean_of(scores)
    assert mean["mel_mae"] == pytest.approx((scores[0]["mel_mae"] + scores[1]["mel_mae"]) / 2, abs=1e-4)


@pytest.mark.parametrize("argv", [["nowhere"], ["nowhere", "--split", "validation", "--out", "quality"]])
def test_invalid_arguments_are_refused(argv, speech):
    with pytest.raises(SystemExit):
        evaluate.main([*argv, "--speech", str(speech)])


def test_a_voice_without_clips_is_refused(speech):
    with pytest.raises(SystemExit, match="no clip of kerstin for test"):
        evaluate.recordings(speech, "test", "kerstin", 22050, 256)


def test_only_models_that_know_the_voicing_get_voiced_corrections(model, tmp_path):
    config = json.loads((TINY.parent / "frames.config.fixture.json").read_text()) | dict(id="voiced")
    torch.manual_seed(0)
    write_model(tmp_path / "voiced", config, make_model(config).state_dict(), dict(data="nothing", steps=0, notes=""))
    alone, both = (evaluate.Systems(folders, seed=0) for folders in ([model], [model, tmp_path / "voiced"]))
    assert {name for name, _, k in alone.jobs([2], [0, "voiced"]) if k == "voiced"} == set()
    expected = {"voiced", evaluate.NOISE, evaluate.EXCITATION}
    assert {name for name, _, k in both.jobs([2], [0, "voiced"]) if k == "voiced"} == expected
    clip = 0.1 * torch.randn(64 * 40).numpy()
    plain, voiced = (both.speak("voiced", 2, k, clip) for k in (0, "voiced"))
    assert plain.shape == voiced.shape and (plain != voiced).any()
