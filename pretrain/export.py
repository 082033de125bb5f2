"""Writes a run's averaged weights as a model of the page: float16 safetensors, config.json, model card.

python3 pretrain/export.py pretrain/runs/ig public/models/infergrad-small --data "..." --notes "..."
python3 pretrain/export.py --card public/models/infergrad-small      # the card alone, after a search of schedules
"""

import argparse
import hashlib
import json
from pathlib import Path

import torch
from safetensors.torch import save_file

CARD = """# {id}

{objective} vocoder for log-mels of {rate:,} Hz, hop {hop}: {parameters:,} parameters, {dtype}.

- Trained: {steps:,} steps; data: {data}. {notes}
- Parametrisation: prior `{prior}`, prediction `{prediction}`.
- SHA-256 of `{file}`: `{sha256}`

| steps | betas | found |
| --- | --- | --- |
{schedules}

Voices other than those of its data it has not heard. What it makes can be taken for recorded speech: say that it is
synthetic where you publish it.
"""


def model_card(config: dict) -> str:
    """Markdown, from what config.json says alone."""
    rows = [f"| {n} | {', '.join(map(str, s['betas']))} | {s['found']} |" for n, s in config["schedules"].items()]
    return CARD.format(
        id=config["id"],
        objective={"wavegrad": "WaveGrad", "infergrad": "InferGrad"}[config["objective"]],
        rate=config["mel"]["sample_rate_hz"],
        hop=config["mel"]["hop_samples"],
        prior=config["prior"],
        prediction=config["prediction"],
        schedules="\n".join(rows),
        **config["weights"],
        **config["training"],
    )


def export(run: Path, out: Path, model_id: str, data: str, notes: str) -> dict:
    """Returns the configuration that was written."""
    saved = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    out.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.half().contiguous() for name, tensor in saved["ema"].items()}
    path = out / "model.safetensors"
    save_file(weights, path)
    config = saved["config"] | dict(
        id=model_id,
        training=dict(data=data, steps=saved["step"], minutes=round(saved["seconds"] / 60, 1), notes=notes),
        weights=dict(
            file=path.name,
            dtype="F16",
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            parameters=sum(tensor.numel() for tensor in weights.values()),
        ),
    )
    config.setdefault("schedules", {})
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    return config


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, nargs="?")
    parser.add_argument("out", type=Path)
    parser.add_argument("--card", action="store_true")
    parser.add_argument("--id")
    parser.add_argument("--data", default="the train split of the speech data")
    parser.add_argument("--notes", default="")
    args = parser.parse_args(argv)
    if not args.card and not args.run:
        parser.error("which run?")
    if not args.card:
        export(args.run, args.out, args.id or args.out.name, args.data, args.notes)
    config = json.loads((args.out / "config.json").read_text())
    (args.out / "README.md").write_text(model_card(config))


if __name__ == "__main__":
    main()
