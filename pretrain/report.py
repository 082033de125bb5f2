"""Puts the rows of evaluate.py on one page: docs/quality.md, the rows as JSON, spectrograms of one clip."""

import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from metrics import magnitudes

COLUMNS = {  # of metrics.score: heading, decimals
    "mel_mae": ("mel MAE", 4), "lsd_db": ("LSD, dB", 2), "mrstft": ("MR-STFT", 3), "mcd13_db": ("MCD13, dB", 3),
    "stoi": ("STOI", 4), "hf_db": ("8-11 kHz, dB", 2), "level_db": ("level, dB", 2),
}  # fmt: skip
RANGE_DB = (-90.0, 0.0)  # of a spectrogram picture, below the recording's loudest bin
INK = np.array([(13, 8, 35), (94, 29, 108), (201, 62, 76), (249, 149, 64), (252, 253, 191)])  # dark to light

PAGE = """# How good the models are

Written by `pretrain/evaluate.py` on {date}; the rows are in [{name}.json]({name}.json).

```sh
{command}
```

Lower is better but for STOI; the last two columns are right at 0. Every model got the same mels and the same noise (one
seed). The authors' rows are what those of [InferGrad](https://arxiv.org/abs/2202.03751) publish, under the same scorer,
on the same six LJ Speech clips; their models were trained on all of LJ Speech, ours on
{minutes}.

{tables}

![Spectrograms of the recording and of what is made of its mel: {clip}]({name}.png)

## What it means

- `mel MAE`: mean |difference| of the log-mels, natural logarithm. `LSD`: log-spectral distance over all of 0-11 kHz.
  `MR-STFT`: spectral convergence and log-magnitude difference at three resolutions. `MCD13`: mel-cepstral distortion.
  `STOI`: short-time objective intelligibility, 0 to 1. `8-11 kHz` and `level`: how much louder than the recording.
- `noise through the prior, no network` is white noise through the spectral prior of the models, with its corrections:
  what the mel alone gives, without learning. Only what a model has beyond it is the network's. Where that row is as
  good as a model (mel MAE, MCD13, STOI: all of them band by band, which the corrections settle) a column says nothing
  of the network; LSD and MR-STFT look between the bands, and there networks and objectives differ.
- Griffin-Lim leaves the band above 8 kHz empty, which the mel cannot see: hence its LSD.
- Models are chosen on validation clips, schedules too; test clips were scored when a model was done.

## What it does not mean

Nobody listened. {count} test clips of three voices, one seed, no confidence intervals; all three voices are in the
training data (other sentences). Figures without a listener reward a spectrum that is right on average; buzz, hiss and
slurred consonants can hide in them. Listen in the page before you believe a difference of a few hundredths.
"""


def mean_of(rows: list[dict]) -> dict[str, float]:
    return {name: round(float(np.mean([row[name] for row in rows])), 4) for name in COLUMNS}


def heading(first: list[str]) -> str:
    """Of a table in Markdown: the columns of `first`, then the figures."""
    names = [*first, *(name for name, _ in COLUMNS.values())]
    return f"| {' | '.join(names)} |\n" + "| --- " * len(names) + "|"


def line(first: list, row: dict) -> str:
    figures = [f"{row[name]:.{decimals}f}" for name, (_, decimals) in COLUMNS.items()]
    return f"| {' | '.join(map(str, [*first, *figures]))} |"


def table(rows: list[dict]) -> str:
    lines = [line([row["system"], row["steps"]], row) for row in rows]
    return "\n".join([heading(["system", "steps"]), *lines]) + "\n"


def spectrogram(audio: np.ndarray, loudest: float) -> Image.Image:
    """0 to 11 kHz, linear, upwards; one column per 256 samples."""
    decibels = 20 * np.log10(np.maximum(magnitudes(audio), 1e-9) / loudest)
    share = np.clip((decibels - RANGE_DB[0]) / (RANGE_DB[1] - RANGE_DB[0]), 0, 1)
    at = np.linspace(0, 1, len(INK))
    colours = np.stack([np.interp(share, at, INK[:, channel]) for channel in range(3)], axis=-1)
    return Image.fromarray(colours.transpose(1, 0, 2)[::-1].round().astype(np.uint8))


def picture(takes: dict[str, np.ndarray], path: Path, width: int = 560, height: int = 220) -> None:
    """Two columns of named spectrograms under one scale of decibels, which the first take sets."""
    loudest = magnitudes(next(iter(takes.values()))).max()
    rows = (len(takes) + 1) // 2
    sheet = Image.new("RGB", (2 * width + 30, rows * (height + 28) + 10), "white")
    draw = ImageDraw.Draw(sheet)
    for i, (name, audio) in enumerate(takes.items()):
        x, y = 10 + (i % 2) * (width + 10), 6 + (i // 2) * (height + 28)
        draw.text((x, y), name, fill="black", font_size=14)
        sheet.paste(spectrogram(audio, loudest).resize((width, height), Image.Resampling.BOX), (x, y + 20))
    sheet.quantize(64).save(path, optimize=True)


def write(out: Path, rows: list[dict], takes: dict[str, np.ndarray], **words: str) -> None:
    """OUT.md, OUT.json and OUT.png. `rows` have a voice, of which each gets its table."""
    voices = dict.fromkeys(row["voice"] for row in rows)
    tables = "\n".join(
        f"## {voice}: mean of {next(r['clips'] for r in rows if r['voice'] == voice)} test clips\n\n"
        + table([row for row in rows if row["voice"] == voice])
        for voice in voices
    )
    page = PAGE.format(name=out.name, tables=tables.rstrip(), **words)
    out.with_suffix(".md").write_text(page)
    out.with_suffix(".json").write_text(json.dumps(rows, indent=2) + "\n")
    picture(takes, out.with_suffix(".png"))
