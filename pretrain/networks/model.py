"""The networks by the names in `architecture` of config.json, and loading of a model's folder.

>>> model, config = load_model("public/models/wavegrad-small")
>>> condition = model.condition(mel, model.pulses(mel))         # once per utterance
>>> model(y, condition, level)                                  # [B, T], .., [B] -> [B, T]
"""

import json
from pathlib import Path

from safetensors.torch import load_file
from torch import nn

from networks.eight_bits import from_eight_bits
from networks.frames import FrameNetwork
from networks.wavegrad import WaveGrad

NETWORKS = {"wavegrad": WaveGrad, "frames": FrameNetwork}


def make_model(config: dict) -> nn.Module:
    """A network with new weights; ValueError for an unknown architecture."""
    name = config["architecture"]
    if name not in NETWORKS:
        raise ValueError(f"architecture {name!r} is not one of {', '.join(NETWORKS)}")
    return NETWORKS[name](config)


def load_model(folder: str | Path) -> tuple[nn.Module, dict]:
    """Reads config.json and the safetensors beside it, without rounding; ValueError if the two do not fit."""
    folder = Path(folder)
    config = json.loads((folder / "config.json").read_text())
    model = make_model(config)
    weights = load_file(folder / config["weights"]["file"])
    try:
        model.load_state_dict(from_eight_bits(weights))
    except RuntimeError as error:
        raise ValueError(f"{folder}: the weights do not have the shapes of config.json: {error}") from None
    return model.eval(), config
