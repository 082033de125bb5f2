"""Exports a run's averaged weights as a model of the page: safetensors in 8 or 16 bits, config.json, model card.

python3 pretrain/export.py pretrain/runs/ig public/models/infergrad-small --data "..." --notes "..."
python3 pretrain/export.py --card public/models/infergrad-small      # only the card, after a search of schedules
"""

import argparse
import hashlib
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from evaluation import report
from networks.eight_bits import to_eight_bits

CARD = """# {id}

{objective} vocoder for log-mels of {rate:,} Hz, hop {hop}: {parameters:,} parameters, {dtype}.

- Trained: {steps:,} steps; data: {data}. {notes}
- Parametrisation: prior `{prior}`, prediction `{prediction}`.
- SHA-256 of `{file}`: `{sha256}`

| steps | betas | found |
| --- | --- | --- |
{schedules}
{figures}
The model was trained only on the voices of its data. Its output can be mistaken for recorded speech: label it as
synthetic where you publish it.
"""


def model_card(config: dict) -> str:
    """The card in Markdown, from config.json alone."""
    rows = [f"| {n} | {', '.join(map(str, s['betas']))} | {s['found']} |" for n, s in config["schedules"].items()]
    figures = ""
    if known := config.get("figures"):
        made = "\n".join(report.line([n], row) for n, row in known["steps"].items())
        figures = f"\n{known['clips']} (docs/quality.md):\n\n{report.heading(['steps'])}\n{made}\n"
    return CARD.format(
        id=config["id"],
        objective={"wavegrad": "WaveGrad", "infergrad": "InferGrad"}[config["objective"]],
        rate=config["mel"]["sample_rate_hz"],
        hop=config["mel"]["hop_samples"],
        prior=config["prior"],
        prediction=config["prediction"],
        schedules="\n".join(rows),
        figures=figures,
        **config["weights"],
        **config["training"],
    )


def write_model(out: Path, config: dict, weights: dict[str, Tensor], training: dict, bits: int = 16) -> dict:
    """Writes the folder of a model and adds it to the index.json beside; returns the written config.json."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "model.safetensors"
    if bits == 8:
        save_file(to_eight_bits(weights), path)
    else:
        save_file({name: tensor.half().contiguous() for name, tensor in weights.items()}, path)
    path.chmod(0o644)  # safetensors makes it readable only to its owner
    config = config | dict(
        id=out.name,
        training=training,
        weights=dict(
            file=path.name,
            dtype="I8" if bits == 8 else "F16",
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            parameters=sum(tensor.numel() for tensor in weights.values()),
        ),
    )
    config.setdefault("schedules", {})
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (out / "README.md").write_text(model_card(config))
    index = out.parent / "index.json"
    if index.exists() and out.name not in (listed := json.loads(index.read_text())):
        index.write_text(json.dumps([*listed, out.name]) + "\n")
    return config


def export(run: Path, out: Path, data: str, notes: str, bits: int = 8) -> dict:
    """Exports a run's averaged weights; returns the written configuration."""
    saved = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    minutes = round(saved["seconds"] / 60, 1)
    training = dict(data=data, steps=saved["step"], minutes=minutes, notes=notes)
    return write_model(out, saved["config"], saved["ema"], training, bits)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, nargs="?")
    parser.add_argument("out", type=Path)
    parser.add_argument("--card", action="store_true")
    parser.add_argument("--data", default="the train split of the speech data")
    parser.add_argument("--notes", default="")
    parser.add_argument("--bits", type=int, choices=[8, 16], default=8, help="of a weight; 16 is float16")
    args = parser.parse_args(argv)
    if args.card:
        config = json.loads((args.out / "config.json").read_text())
        (args.out / "README.md").write_text(model_card(config))
    elif args.run:
        export(args.run, args.out, args.data, args.notes, args.bits)
    else:
        parser.error("the run is missing")


if __name__ == "__main__":
    main()
