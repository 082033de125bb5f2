"""Measures one evaluation of a model on PyTorch and on onnxruntime, in turns, for comparison with the page.

python3 pretrain/time_evaluation.py public/models/infergrad-frames bench/results/peers --threads 1
{"pytorch": {"processorSeconds": 0.2, "clockSeconds": 0.2, "difference": 0.0}, "onnxruntime": ...}

The folder is that of export_onnx.py. Times are medians per evaluation; processor time is that of all threads. The
difference from the stored output is relative to its maximum.
"""

import argparse
import json
import statistics
import time
from pathlib import Path

import onnxruntime
import torch
from safetensors.torch import load_file

from export_onnx import Evaluation
from networks.model import load_model


def session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Its threads sleep while they wait, because spinning would count as processor time."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--turns", type=int, default=5)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    tensors = load_file(args.folder / "evaluation.safetensors")
    expected = tensors.pop("output")
    evaluation = Evaluation(load_model(args.model)[0]).eval()
    graph = session(args.folder / "evaluation.onnx", args.threads)
    values = {name: tensor.numpy() for name, tensor in tensors.items()}

    def on_pytorch() -> torch.Tensor:
        with torch.inference_mode():
            return evaluation(**tensors)

    def on_onnxruntime() -> torch.Tensor:
        return torch.from_numpy(graph.run(None, values)[0])

    peers = {"pytorch": on_pytorch, "onnxruntime": on_onnxruntime}
    report = {}
    for name, run in peers.items():
        difference = (run() - expected).abs().max() / expected.abs().max()
        report[name] = dict(processorSeconds=[], clockSeconds=[], difference=difference.item())
    for _ in range(args.turns):
        for name, run in peers.items():
            processor, clock = time.process_time(), time.perf_counter()
            run()
            report[name]["processorSeconds"].append(time.process_time() - processor)
            report[name]["clockSeconds"].append(time.perf_counter() - clock)
    for row in report.values():
        row |= {key: round(statistics.median(row[key]), 4) for key in ("processorSeconds", "clockSeconds")}
    print(json.dumps(report))


if __name__ == "__main__":
    main()
