import json
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from data import LEVEL_DB, Crops, pack


def tone(path, rate=22050, channels=1, seconds=0.5, level=0.1):
    path.parent.mkdir(parents=True, exist_ok=True)
    wave = np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate) * level
    sf.write(path, np.repeat(wave[:, None], channels, 1), rate)


def test_any_layout_rate_and_channel_count_is_packed_at_one_level(tmp_path):
    tone(tmp_path / "in/a/b/one.wav", rate=48000, channels=2, level=0.5)
    tone(tmp_path / "in/two.flac", level=0.01)
    tone(tmp_path / "in/wavs/three.wav", rate=16000)
    pack(tmp_path / "in", tmp_path / "out")
    index = json.loads((tmp_path / "out/train.json").read_text())
    audio = np.fromfile(tmp_path / "out/train.i16", "<i2") / 32767
    assert index["names"] == ["two", "wavs/three"] and index["offsets"] == [0, 11025, 22050]
    for first, last in zip(index["offsets"], index["offsets"][1:], strict=False):
        assert 20 * np.log10(np.sqrt(np.mean(audio[first:last] ** 2))) == pytest.approx(LEVEL_DB, abs=0.1)


def test_splits_come_from_the_file(tmp_path):
    for name in ("a", "b", "c"):
        tone(tmp_path / f"in/{name}.wav")
    (tmp_path / "in/splits.json").write_text(json.dumps({"train": ["c", "a"], "test": ["b"]}))
    pack(tmp_path / "in", tmp_path / "out")
    assert json.loads((tmp_path / "out/train.json").read_text())["names"] == ["c", "a"]
    (tmp_path / "in/splits.json").write_text(json.dumps({"train": ["d"]}))
    with pytest.raises(SystemExit, match="do not exist, the first: d"):
        pack(tmp_path / "in", tmp_path / "out")


def test_a_folder_without_audio_is_refused(tmp_path):
    (tmp_path / "text.txt").write_text("no sound")
    with pytest.raises(SystemExit, match="no wav or flac files"):
        pack(tmp_path, tmp_path / "out")


def test_corrupt_files_are_named_and_too_many_refused(tmp_path, capsys):
    tone(tmp_path / "in/good.wav")
    (tmp_path / "in/bad.wav").write_bytes(b"RIFF nothing")
    with pytest.raises(SystemExit, match="1 of 2 files"):
        pack(tmp_path / "in", tmp_path / "out")
    assert "bad.wav" in capsys.readouterr().err


def test_one_corrupt_file_in_many_is_skipped(tmp_path):
    for i in range(120):
        tone(tmp_path / f"in/{i:03}.wav", seconds=0.05)
    (tmp_path / "in/060.wav").write_bytes(b"")
    pack(tmp_path / "in", tmp_path / "out")
    names = [json.loads((tmp_path / f"out/{s}.json").read_text())["names"] for s in ("train", "validation")]
    assert len(names[0]) + len(names[1]) == 119


@pytest.mark.parametrize("unaltered", [0.25, 0.5, 0.9])
def test_clips_at_other_speeds_are_drawn_as_rarely_as_asked(tmp_path, unaltered):
    for name in ("a/one", "b/two"):
        tone(tmp_path / f"in/{name}.wav")
    (tmp_path / "in/splits.json").write_text(json.dumps({"train": ["a/one", "b/two"]}))
    pack(tmp_path / "in", tmp_path / "out", speeds=(1.0, 0.87, 1.15))
    mel = json.loads((Path(__file__).parents[2] / "src/model/fixtures/patches.config.fixture.json").read_text())["mel"]
    crops = Crops(tmp_path / "out", "train", mel, unaltered)
    chances = crops.chances(2560)
    original = [("@" not in name) for name in crops.names]
    assert (chances[original].sum() / chances.sum()).item() == pytest.approx(unaltered)
