"""Writes public/examples: mels of test clips that no model was trained on, a synthetic voice with its audio, and a
minute of that voice for fine-tuning.

python3 pretrain/make_examples.py /path/to/speech        # the folder with lj/, kathleen/, kerstin/; needs espeak-ng
python3 pretrain/make_examples.py                        # only the voice for fine-tuning

The examples contain mels of the speech data, but no recordings. Transcripts are included only where they are certain:
the two CC0 voices come without them.
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

from speech.mel import MelSpectrogram

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
# Text for fine-tuning: retold fables and phonetically rich sentences, all written for this page. None is SPOKEN.
LESSONS = [
    "They agreed that whoever first made the traveler take off his cloak should be called stronger than the other.",
    "Then the north wind blew as hard as he could, but the more he blew, the more closely the traveler folded his "
    "cloak around him.",
    "At last the north wind gave up, and the sun shone out warmly, and at once the traveler took it off.",
    "A crow, half dead with thirst, found a tall jug with a little water at the bottom, far too low for her beak.",
    "She dropped in one pebble after another, until the water had risen to the brim, and then she drank.",
    "Five quick judges vexed the boy from Zurich with puzzles about foggy weather and cheap jazz tunes.",
    "Why should we measure what nobody has heard? Because ears grow tired, and numbers do not.",
    "The ship's engine hummed all through the night, while the youngest sailor wrote long letters home.",
    "Please bring three yellow chairs, eight wooden spoons, and a jar of thick plum jam to the garden.",
    "A fox saw grapes high above the path; he leapt and leapt, then walked away and called them sour.",
    "Is the museum open on Thursday? We would rather join the usual tour, before the snow begins to fall.",
]
# espeak-ng's pauses are digital silence, and 14 bits suffice for its voice: the two lowest are a quarter of the file.
LESSON_BITS = 14


def synthetic_voice(rate: int, words: str = SPOKEN) -> np.ndarray:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "165", "-w", file.name, words], check=True)
        audio, found = sf.read(file.name)
    audio = audio if found == rate else resample_poly(audio, rate, found)
    return (audio / np.abs(audio).max() * 0.7).astype(np.float32)


def write_voice(rate: int) -> None:
    """Writes voice/: a minute in clips of one sentence, and index.json with voice, licence and transcripts."""
    folder = OUT / "voice"
    folder.mkdir(parents=True, exist_ok=True)
    clips = []
    for number, words in enumerate(LESSONS, start=1):
        name, scale = f"{number:02d}.flac", 2 ** (LESSON_BITS - 1)
        audio = np.round(synthetic_voice(rate, words) * scale) / scale
        sf.write(folder / name, audio, rate, subtype="PCM_16", compression_level=1.0)
        clips.append(dict(file=name, text=words))
    voice = dict(title="Example voice", voice="espeak-ng, en-us", language="en-US", licence="CC0 1.0", clips=clips)
    (folder / "index.json").write_text(json.dumps(voice, indent=2) + "\n")


def main(speech: Path | None) -> None:
    OUT.mkdir(exist_ok=True)
    config = json.loads((MODEL / "config.json").read_text())
    mel, rate = MelSpectrogram(config["mel"]), config["mel"]["sample_rate_hz"]
    write_voice(rate)
    if speech is None:
        return

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
    audio, _ = sf.read(OUT / "synthetic.wav", dtype="float32")  # the mel of the shipped file, rounded to 16 bits
    synthetic = dict(
        id="synthetic", title="A synthetic voice, with its audio", voice="espeak-ng, en-us", language="en-US",
        licence="CC0 1.0", text=SPOKEN, mel=write_mel("synthetic", audio), audio="synthetic.wav",
    )  # fmt: skip
    (OUT / "index.json").write_text(json.dumps([*index, synthetic], indent=2) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("speech", type=Path, nargs="?")
    main(parser.parse_args().speech)
