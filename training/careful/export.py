"""From a fitted net to the file that is shipped: ONNX with weights of one byte."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from training.careful.net import MEAN_SCALE, Net


class Alone(nn.Module):
    """The net for one text at a time, without masks and with the three projections of attention in one product.

    What is quantised once is not quantised three times; the scale of attention is taken into the queries' weights.
    """

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net, self.packaged = net, net.packaged
        width = self.packaged.hidden // self.packaged.heads
        for layer in range(self.packaged.layers):
            for part in ("w", "b"):
                q, k, v = (net.weights[f"{layer}_{name}_{part}"].detach() for name in "qkv")
                self.register_buffer(f"qkv_{layer}_{part}", torch.cat([q * width**-0.5, k, v]))

    def forward(self, vectors: Tensor) -> Tensor:
        net, hidden, heads = self.net, self.packaged.hidden, self.packaged.heads
        length = vectors.shape[1]
        x = net.normed(vectors[0] + net.positions[:length] + net.kind_of_text, "emb_ln")
        for layer in range(self.packaged.layers):
            weight, bias = getattr(self, f"qkv_{layer}_w"), getattr(self, f"qkv_{layer}_b")
            q, k, v = functional.linear(x, weight, bias).view(length, 3, heads, -1).permute(1, 2, 0, 3).unbind(0)
            seen = ((q @ k.transpose(1, 2)).softmax(-1) @ v).transpose(0, 1).reshape(length, hidden)
            x = net.added(x, net.linear(seen, f"{layer}_ao"), f"{layer}_aln")
            wide = functional.gelu(net.linear(x, f"{layer}_fi"))
            x = net.added(x, net.linear(wide, f"{layer}_fo"), f"{layer}_oln")
        both = torch.cat([x.mean(0) * MEAN_SCALE, x.amax(0)])
        scores: Tensor = net.head(both[None])
        return scores


def export(net: Net, target: Path) -> None:
    """Writes the quantised model. Input: `vectors` (1 × pieces × hidden); output: `scores` (1 × columns)."""
    vectors = torch.zeros(1, 5, net.packaged.hidden)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Alone(net).eval(), (vectors,), str(plain), input_names=["vectors"], output_names=["scores"],
                dynamic_axes={"vectors": {1: "pieces"}}, opset_version=17, dynamo=False,
            )  # fmt: skip
        quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)
