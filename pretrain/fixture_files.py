"""Where fixtures lie and how they are written; each file under 100 KB."""

import json
from pathlib import Path

from safetensors.torch import save_file
from torch import Tensor

ROOT = Path(__file__).parent.parent


def write(folder: str, name: str, tensors: dict[str, Tensor]) -> None:
    path = ROOT / folder / "fixtures" / f"{name}.fixture.safetensors"
    path.parent.mkdir(exist_ok=True)
    save_file({key: tensor.detach().float().contiguous() for key, tensor in tensors.items()}, path)
    assert path.stat().st_size < 100_000, path


def write_json(folder: str, name: str, content: object) -> None:
    path = ROOT / folder / "fixtures" / f"{name}.fixture.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content) + "\n")
    assert path.stat().st_size < 100_000, path


def as_json(tensors: dict[str, Tensor]) -> dict:
    return {
        name: dict(shape=list(tensor.shape), values=[float(f"{v:.7g}") for v in tensor.flatten().tolist()])
        for name, tensor in tensors.items()
    }
