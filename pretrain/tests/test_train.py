import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch.distributed.run import get_args_parser as torchrun_options

import train
from data import Crops, pack
from speech.prior import StandardPrior

PRETRAIN = Path(__file__).parents[1]
TINY = PRETRAIN.parent / "src/model/fixtures/four-levels.config.fixture.json"


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> Path:
    """Six seconds of tones at 16 kHz, in folders of two voices, packed."""
    source, out = tmp_path_factory.mktemp("audio"), tmp_path_factory.mktemp("packed")
    rng = np.random.default_rng(0)
    for i in range(6):
        folder = source / f"voice{i % 2}"
        folder.mkdir(exist_ok=True)
        tone = np.sin(2 * np.pi * (200 + 50 * i) * np.arange(16000) / 16000) * 0.3 + rng.normal(size=16000) * 0.01
        sf.write(folder / f"{i}.wav", tone, 16000)
    pack(source, out, rate=16000)
    return out


def arguments(packed: Path, *more: str) -> list[str]:
    return [
        "--data", str(packed), "--config", str(TINY), "--batch", "8", "--infer-batch", "4", "--crop", "2560",
        "--process-steps", "2,3", "--float32", "--device", "cpu", "--warmup", "2", "--log-steps", "2", *more,
    ]  # fmt: skip


def weights(run: Path) -> dict[str, torch.Tensor]:
    saved = torch.load(run / "checkpoint.pt", weights_only=True)
    return saved["model"] | {f"ema.{name}": tensor for name, tensor in saved["ema"].items()}


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize("objective", ["wavegrad", "infergrad"])
def test_stopping_and_resuming_does_not_change_the_weights(packed, tmp_path, monkeypatch, objective):
    args = arguments(packed, "--steps", "6", "--objective", objective)
    train.main([str(tmp_path / "whole"), *args])
    over = train.Trainer.over
    monkeypatch.setattr(train.Trainer, "over", lambda self: self.step == 3 or over(self))
    train.main([str(tmp_path / "parts"), *args])
    monkeypatch.setattr(train.Trainer, "over", over)
    train.main([str(tmp_path / "parts"), *args])
    whole, parts = weights(tmp_path / "whole"), weights(tmp_path / "parts")
    assert all(torch.equal(whole[name], parts[name]) for name in whole)


def test_two_processes_equal_one_with_the_same_batch(packed, tmp_path):
    args = arguments(packed, "--steps", "2", "--objective", "infergrad", "--threads", "1")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    rendezvous = dict(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port), WORLD_SIZE="2", OMP_NUM_THREADS="1")
    command = [sys.executable, str(PRETRAIN / "train.py"), str(tmp_path / "two"), *args]
    processes = [  # started with torchrun's environment variables, which is faster than torchrun
        subprocess.Popen(command, env=os.environ | rendezvous | dict(RANK=rank, LOCAL_RANK=rank)) for rank in "01"
    ]
    train.main([str(tmp_path / "one"), *args])
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    one, two = weights(tmp_path / "one"), weights(tmp_path / "two")
    for name in one:
        torch.testing.assert_close(one[name], two[name], atol=2e-4, rtol=1e-3, msg=name)


def test_no_option_conflicts_with_torchruns():
    ours = [o for action in train.options()._actions for o in action.option_strings if o not in ("-h", "--help")]
    parsed = torchrun_options().parse_args(["train.py", "run", *ours])
    assert parsed.training_script_args == ["run", *ours]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--objective", "infergrad", "--infer-batch", "16"], "--infer-batch 16 is more than --batch 8"),
        (["--objective", "infergrad", "--infer-batch", "3"], "--infer-batch 3 is not a multiple of two noises"),
        (["--crop", "1000"], "--crop 1000 is not a multiple of the hop, 64 samples"),
        (["--config", str(PRETRAIN / "configs/small.json")], "was packed at 16000 Hz"),
    ],
)
def test_invalid_settings_are_refused_by_name(packed, tmp_path, more, said):
    with pytest.raises(SystemExit, match=said):
        train.main([str(tmp_path), *arguments(packed, "--steps", "1", *more)])


def test_a_loss_that_is_not_finite_stops_the_run_and_keeps_the_checkpoint(packed, tmp_path):
    train.main([str(tmp_path), *arguments(packed, "--steps", "1")])
    saved = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    saved["model"]["last_conv.bias"].fill_(float("nan"))
    torch.save(saved, tmp_path / "checkpoint.pt")
    before = (tmp_path / "checkpoint.pt").read_bytes()
    with pytest.raises(SystemExit, match=r"step 1: .*not finite"):
        train.main([str(tmp_path), *arguments(packed, "--steps", "2")])
    assert (tmp_path / "checkpoint.pt").read_bytes() == before


def test_a_full_disk_while_saving_keeps_the_last_checkpoint(packed, tmp_path, monkeypatch, capsys):
    train.main([str(tmp_path), *arguments(packed, "--steps", "1")])
    before = (tmp_path / "checkpoint.pt").read_bytes()

    def full(state, path):
        Path(path).write_bytes(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr(torch, "save", full)
    train.main([str(tmp_path), *arguments(packed, "--steps", "2")])
    assert (tmp_path / "checkpoint.pt").read_bytes() == before
    assert not list(tmp_path.glob("*.tmp"))
    assert "No space left" in capsys.readouterr().err


def test_a_crop_has_the_mel_of_the_whole_clip_there(packed):
    mel = json.loads(TINY.read_text())["mel"]
    crops = Crops(packed, "train", mel)
    drawn, track = crops.draw(1, 2560, torch.Generator().manual_seed(3))
    audio, mel = crops.inside(drawn), crops.mel(drawn)
    assert audio.shape == (1, 2560) and mel.shape == (1, 20, 44) and track.shape[1] * 64 > drawn.shape[1]
    torch.testing.assert_close(crops.whitened(drawn, mel, StandardPrior()), audio)
    torch.testing.assert_close(mel[:, :, 6:-6], crops.mel(audio)[:, :, 4:-4])
    again, _ = crops.draw(1, 2560, torch.Generator().manual_seed(3))
    assert torch.equal(drawn, again)


def test_a_clip_shorter_than_a_crop_ends_in_silence(packed):
    crops = Crops(packed, "validation", json.loads(TINY.read_text())["mel"])
    drawn, _ = crops.draw(2, 32000, torch.Generator().manual_seed(0))
    assert drawn[:, :16000].abs().max() > 0.01 and drawn[:, 16000:].abs().max() == 0


def test_a_checkpoint_of_another_shape_is_refused(packed, tmp_path):
    train.main([str(tmp_path / "run"), *arguments(packed, "--steps", "1")])
    other = json.loads(TINY.read_text())
    other["network"]["first_channels"] += 2
    (tmp_path / "other.json").write_text(json.dumps(other))
    again = arguments(packed, "--steps", "2", "--config", str(tmp_path / "other.json"))
    with pytest.raises(SystemExit, match=r"another shape.*network"):
        train.main([str(tmp_path / "run"), *again])
    with pytest.raises(SystemExit, match=r"another shape.*network"):
        train.main([str(tmp_path / "new"), *again, "--from", str(tmp_path / "run")])


def test_tensorboard_receives_losses_validation_and_audio(packed, tmp_path):
    train.main([str(tmp_path), *arguments(packed, "--steps", "2", "--objective", "infergrad")])
    log = EventAccumulator(str(tmp_path))
    log.Reload()
    assert {"train/loss", "train/mel", "train/wavegrad", "validation/mel_mae_3"} <= set(log.Tags()["scalars"])
    (clip,) = log.Audio("validation/3_steps")
    assert clip.sample_rate == 16000 and clip.length_frames == 16000


def test_recomputing_the_evaluations_gives_the_same_weights(packed, tmp_path):
    for name, more in (("kept", []), ("recomputed", ["--recompute"])):
        train.main([str(tmp_path / name), *arguments(packed, "--steps", "2", "--objective", "infergrad", *more)])
    recomputed = weights(tmp_path / "recomputed")
    for name, tensor in weights(tmp_path / "kept").items():
        torch.testing.assert_close(recomputed[name], tensor, msg=name)
