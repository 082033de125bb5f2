"""Writes files as NumPy, PyTorch, libsndfile and sox make them, which the page's readers are tested with.

python3 pretrain/make_mel_fixtures.py           # needs sox; the time is in some headers

src/io/fixtures/numpy-files.fixture.json    name -> {base64, shape, values}; values are absent where a file is refused
src/io/fixtures/wav-files.fixture.json      name -> {base64, sampleRateHz, channels, values}: the first channel's
"""

import base64
import io
import json
import pickle
import subprocess
from pathlib import Path

import numpy as np
import soundfile
import torch

FIXTURES = Path(__file__).parent.parent / "src" / "io" / "fixtures"


def entry(data: bytes, **expected) -> dict:
    return {"base64": base64.b64encode(data).decode(), **expected}


def npy(array: np.ndarray, version: tuple[int, int] | None = None) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return file.getvalue()


def expected_of(array: np.ndarray) -> dict:
    return {"shape": list(array.shape), "values": array.astype(np.float32).flatten().tolist()}


def numpy_files() -> dict:
    mel = (np.arange(24).reshape(2, 3, 4) / 8 - 1).astype(np.float32)
    arrays = {kind: mel.astype(kind) for kind in ("<f2", "<f4", "<f8", ">f2", ">f4", ">f8", "<i2", ">i4", "u1", "<i8")}
    arrays["fortran"] = np.asfortranarray(mel)
    arrays["big-endian fortran"] = np.asfortranarray(mel.astype(">f8"))
    arrays["one axis"] = mel.flatten()
    arrays["scalar"] = np.float32(3.5).reshape(())
    files = {name: entry(npy(array), **expected_of(array)) for name, array in arrays.items()}
    for version in ((2, 0), (3, 0)):
        files[f"version {version[0]}"] = entry(npy(mel, version), **expected_of(mel))

    refused = {
        "objects": np.array([{"mel": 1}, None], dtype=object),
        "complex": mel.astype(np.complex64),
        "text": np.array(["mel"]),
        "truth values": mel > 0,
        "records": np.zeros(2, dtype=[("mel", "<f4"), ("f0", "<f4")]),
        "empty": np.zeros((80, 0), dtype=np.float32),
    }
    files |= {name: entry(npy(array)) for name, array in refused.items()}

    for name, save in (("stored npz", np.savez), ("compressed npz", np.savez_compressed)):
        file = io.BytesIO()
        save(file, mel=mel[0], f0=mel[0, 0])
        files[name] = entry(file.getvalue(), **expected_of(mel[0]))
    file = io.BytesIO()
    torch.save({"mel": torch.zeros(2)}, file)
    files["torch"] = entry(file.getvalue())
    file = io.BytesIO()
    torch.save({"mel": torch.zeros(2)}, file, _use_new_zipfile_serialization=False)
    files["old torch"] = entry(file.getvalue())
    files |= {f"pickle {protocol}": entry(pickle.dumps({"mel": 1}, protocol)) for protocol in range(6)}
    return files


def wav_files() -> dict:
    time = np.arange(40)
    tone = 0.9 * np.sin(time / 5)
    stereo = np.stack([tone, -tone / 2], axis=1)
    files = {}

    def add(name: str, data: bytes) -> None:
        values, rate = soundfile.read(io.BytesIO(data), dtype="float64", always_2d=True)
        first = values[:, 0].astype(np.float32).tolist()
        files[name] = entry(data, sampleRateHz=rate, channels=values.shape[1], values=first)

    for container in ("WAV", "WAVEX", "RF64"):
        for subtype in ("PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"):
            file = io.BytesIO()
            soundfile.write(file, stereo, 22050, subtype, format=container)
            add(f"{container} {subtype}", file.getvalue())
    file = io.BytesIO()
    soundfile.write(file, np.tile(tone[:, None], (1, 6)), 48000, "PCM_16", format="WAVEX")
    add("six channels at 48 kHz", file.getvalue())

    def sox(*arguments: str) -> bytes:
        command = ["sox", "-D", "-R", "-t", "f64", "-r", "16000", "-c", "1", "-", *arguments]
        return subprocess.run(command, input=tone.astype("<f8").tobytes(), capture_output=True, check=True).stdout

    add("streamed by sox", sox("-b", "16", "-t", "wav", "-"))
    for codec in ("a-law", "mu-law", "ms-adpcm"):
        files[codec] = entry(sox("-e", codec, "-t", "wav", "-"))
    return files


def write(name: str, files: dict) -> None:
    text = json.dumps(files, indent=1)
    assert len(text) < 100_000, f"{name}: {len(text)} bytes"
    (FIXTURES / name).write_text(text + "\n")


if __name__ == "__main__":
    FIXTURES.mkdir(exist_ok=True)
    write("numpy-files.fixture.json", numpy_files())
    write("wav-files.fixture.json", wav_files())
