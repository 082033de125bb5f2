"""Formats the rows of evaluate.py as docs/quality.md, the rows as JSON, and spectrograms of one clip."""

import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from evaluation.metrics import magnitudes

HEARD = {  # figures of perceptual.score: heading, decimals
    "pesq_wb": ("PESQ-WB", 2), "pesq_nb": ("PESQ-NB", 2), "distillmos": ("DistillMOS", 2),
    "hnr_60_1000_db": ("HNR 0-1 kHz, dB", 2), "hnr_1000_2000_db": ("1-2 kHz", 2), "hnr_2000_4000_db": ("2-4 kHz", 2),
    "hnr_4000_8000_db": ("4-8 kHz", 2), "pre_echo_db": ("pre-echo, dB", 2), "periodicity": ("periodicity", 3),
    "voicing_pct": ("voicing, %", 1), "hf_db": ("8-11 kHz, dB", 2), "mrstft": ("MR-STFT", 3), "lsd_db": ("LSD, dB", 2),
    "level_db": ("level, dB", 2),
}  # fmt: skip
SETTLED = {  # figures of metrics.score
    "mel_mae": ("mel MAE", 4), "mcd13_db": ("MCD13, dB", 3), "stoi": ("STOI", 4),
}  # fmt: skip
FIGURES = HEARD | SETTLED
RANGE_DB = (-90.0, 0.0)  # range of a spectrogram picture, relative to the recording's loudest bin
INK = np.array([(13, 8, 35), (94, 29, 108), (201, 62, 76), (249, 149, 64), (252, 253, 191)])  # dark to light

PAGE = """# How good the models are

Written by `pretrain/evaluate.py` on {date}; the rows are in [{name}.json]({name}.json).

```sh
{command}
```

Every system got the same mels and the same noise (one seed). The rows without corrections tell what a network does; the
rows with them tell what listeners get, and must be read beside a row without a network at the same corrections. The
authors' rows score the audio that the authors of [InferGrad](https://arxiv.org/abs/2202.03751) publish of the same six
LJ Speech clips, PESQ to periodicity on the first 4 s of each. Their models were trained on all of LJ Speech. Ours:

{data}

{tables}

![Spectrograms of the recording and of the systems' results from its mel: {clip}]({name}.png)

## The columns

- `PESQ-WB`, `PESQ-NB`: ITU-T P.862.2 and P.862.1, up to 4.64 and 4.55. `DistillMOS`: a model of listeners that does not
  see the recording, whose own score is the ceiling. Higher is better.
- `HNR`: harmonics over noise where the recording is voiced, output less recording. Below 0 the voice is hoarser than it
  was. `pre-echo`: level just before sharp onsets, output less recording. Both are ideal at 0.
- `periodicity` and `voicing`: how far the output's periodicity is from the recording's, and how often its voicing is
  wrong. 0 is ideal.
- `8-11 kHz` and `level`: how much louder than the recording. `LSD`: log-spectral distance over all of 0 to 11 kHz.
  `MR-STFT`: spectral convergence and log-magnitude difference at three resolutions. Lower is better.
- `noise, no network` is white noise through the spectral prior of the models, `excitation and noise, no network` the
  pulses that the models are given beside it. Only the difference between a model and these is due to its network.
- `corrections`: `voiced` are those of voiced speech below 1 kHz (`pretrain/speech/voiced_corrections.py`), 16 are those
  of everything. The models ship without any.
- `recording, whitened and shaped` is the ceiling of the prior: the result of a perfect network.

## Limits of these figures

No formal listening test has been run. {count} test clips of three voices, one seed, no confidence intervals; all three
voices are in the training data (other sentences). PESQ, DistillMOS and the rest are models of listeners. Listen in the
page before you believe a difference of a few hundredths. Models and schedules are chosen on validation clips; test
clips were scored when a model was done.

## Appendix: figures that tell little

The mel error, MCD and STOI see the spectrum band by band, and mel corrections settle that without any network: read
every row beside a control with as many corrections.

{appendix}
"""


def mean_of(rows: list[dict]) -> dict[str, float]:
    """Means by name of the figures that the rows have, over the clips that have a value."""
    names = [name for name in FIGURES if name in rows[0]]
    values = {name: [row[name] for row in rows if np.isfinite(row[name])] for name in names}
    return {name: round(float(np.mean(found)), 4) for name, found in values.items() if found}


def heading(first: list[str], columns: dict = HEARD) -> str:
    """The heading of a table in Markdown: the columns of `first`, then the figures."""
    names = [*first, *(name for name, _ in columns.values())]
    return f"| {' | '.join(names)} |\n" + "| --- " * len(names) + "|"


def line(first: list, row: dict, columns: dict = HEARD) -> str:
    figures = [f"{row[name]:.{decimals}f}" if name in row else "" for name, (_, decimals) in columns.items()]
    return f"| {' | '.join(map(str, [*first, *figures]))} |"


def table(rows: list[dict], columns: dict) -> str:
    lines = [line([row["system"], row["steps"] or "", row["corrections"] or "off"], row, columns) for row in rows]
    return "\n".join([heading(["system", "steps", "corrections"], columns), *lines]) + "\n"


def spectrogram(audio: np.ndarray, loudest: float) -> Image.Image:
    """A spectrogram of 0 to 11 kHz, linear, upwards; one column per 256 samples."""
    decibels = 20 * np.log10(np.maximum(magnitudes(audio), 1e-9) / loudest)
    share = np.clip((decibels - RANGE_DB[0]) / (RANGE_DB[1] - RANGE_DB[0]), 0, 1)
    at = np.linspace(0, 1, len(INK))
    colours = np.stack([np.interp(share, at, INK[:, channel]) for channel in range(3)], axis=-1)
    return Image.fromarray(colours.transpose(1, 0, 2)[::-1].round().astype(np.uint8))


def picture(takes: dict[str, np.ndarray], path: Path, width: int = 560, height: int = 220) -> None:
    """Two columns of named spectrograms with one scale in decibels, defined by the first take."""
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
    """Writes OUT.md, OUT.json and OUT.png. Each voice in `rows` gets its table."""
    voices = dict.fromkeys(row["voice"] for row in rows)

    def tables(level: str, columns: dict) -> str:
        parts = []
        for voice in voices:
            own = [row for row in rows if row["voice"] == voice]
            parts.append(f"{level} {voice}: mean of {own[0]['clips']} test clips\n\n{table(own, columns)}")
        return "\n".join(parts).rstrip()

    page = PAGE.format(name=out.name, tables=tables("##", HEARD), appendix=tables("###", SETTLED), **words)
    out.with_suffix(".md").write_text(page)
    out.with_suffix(".json").write_text(json.dumps(rows, indent=2) + "\n")
    picture(takes, out.with_suffix(".png"))
