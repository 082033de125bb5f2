"""Writes public/examples: mels of test clips that no model was trained on, and a synthetic voice with its audio.

python3 pretrain/make_examples.py /path/to/speech        # the folder with lj/, kathleen/, kerstin/; needs espeak-ng

No recording of the speech data leaves it; only mels do. Words are given where they are known for certain: the two CC0
voices come without transcripts.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile as sf
import torch
from scipy.signal import resample_poly

from mel import MelSpectrogram

ROOT = Path(__file__).parent.parent
OUT = ROOT / "public/examples"
MODEL = ROOT / "public/models/infergrad-small"
CLIPS = [
    dict(
        id="lj-printing", clip="lj/LJ001-0001", title="LJ Speech: Printing", voice="LJ Speech (Linda Johnson)",
        language="en-US", licence="public domain",
        text="Printing, in the only sense with which we are at present concerned, differs from most if not from all "
             "the arts and crafts represented in the Exhibition",
    ),
    dict(
        id="lj-modern", clip="lj/LJ001-0002", title="LJ Speech: Comparatively modern",
        voice="LJ Speech (Linda Johnson)", language="en-US", licence="public domain",
        text="in being comparatively modern.",
    ),
    dict(
        id="kathleen", clip="kathleen/arctic_a0055_1592747226", title="Kathleen: Philip stood undecided",
        voice="Kathleen (CMU Arctic prompts)", language="en-US", licence="CC0 1.0",
        text="Philip stood undecided, his ears strained to catch the slightest sound.",
    ),
    dict(
        id="kerstin", clip="kerstin/de_rhasspy-0219", title="Kerstin: Durch den heißen Dampf", voice="Kerstin",
        language="de-DE", licence="CC0 1.0",
        text="Durch den heißen Dampf schmilzt die Gelatine zu einer Brühe.",
    ),
]  # fmt: skip
SPOKEN = "The north wind and the sun were disputing which was the stronger, when a traveler came along."


def synthetic_voice(rate: int) -> np.ndarray:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "165", "-w", file.name, SPOKEN], check=True)
        audio, found = sf.read(file.name)
    audio = audio if found == rate else resample_poly(audio, rate, found)
    return (audio / np.abs(audio).max() * 0.7).astype(np.float32)


def main(speech: Path) -> None:
    OUT.mkdir(exist_ok=True)
    config = json.loads((MODEL / "config.json").read_text())
    mel, rate = MelSpectrogram(config["mel"]), config["mel"]["sample_rate_hz"]

    def write_mel(name: str, audio: np.ndarray) -> str:
        values = mel(torch.from_numpy(audio)[None])[0].numpy()  # [bands, frames]
        np.save(OUT / f"{name}.npy", np.ascontiguousarray(values))
        return f"{name}.npy"

    index = []
    for example in CLIPS:
        audio, found = sf.read(speech / f"{example.pop('clip')}.flac", dtype="float32")
        assert found == rate, found
        index.append(example | dict(mel=write_mel(example["id"], audio)))
    audio = synthetic_voice(rate)
    sf.write(OUT / "synthetic.wav", audio, rate, subtype="PCM_16")
    audio, _ = sf.read(OUT / "synthetic.wav", dtype="float32")  # the mel of what is shipped, rounded to 16 bits
    synthetic = dict(
        id="synthetic", title="A synthetic voice, with its audio", voice="espeak-ng, en-us", language="en-US",
        licence="CC0 1.0", text=SPOKEN, mel=write_mel("synthetic", audio), audio="synthetic.wav",
    )  # fmt: skip
    (OUT / "index.json").write_text(json.dumps([*index, synthetic], indent=2) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("speech", type=Path)
    main(parser.parse_args().speech)
