"""From a fitted net to the file that is shipped: ONNX with weights of one byte."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.careful.net import Net


def export(net: Net, target: Path) -> None:
    """Writes the quantised model. Inputs: `vectors` (texts × pieces × hidden), `real`; output: `scores`."""
    vectors = torch.zeros(2, 5, net.packaged.hidden)
    real = torch.ones(2, 5, dtype=torch.bool)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        axes = {0: "texts", 1: "pieces"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                net, (vectors, real), str(plain), input_names=["vectors", "real"], output_names=["scores"],
                dynamic_axes={"vectors": axes, "real": axes, "scores": {0: "texts"}}, opset_version=17, dynamo=False,
            )  # fmt: skip
        quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)
