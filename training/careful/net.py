"""The encoder as it is fine-tuned: the packaged transformer, and heads over the mean and the maximum of its pieces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from sereno.careful.packaged import Packaged
from sereno.engine.reading.careful import COLUMNS

_HIDDEN_BY_MASK = -1e4
MEAN_SCALE = 3.0
"""Means vary less than maxima: scaled, so that both weigh alike at the start."""


class Net(nn.Module):
    """Vectors of pieces (texts × pieces × hidden) and which of them are real → one score a column of `HEADS`."""

    def __init__(self, packaged: Packaged, dropout: float = 0.1) -> None:
        super().__init__()
        self.packaged, self.dropout = packaged, dropout
        hidden, wide = packaged.hidden, packaged.feed_forward
        self.register_buffer("positions", _tensor(packaged, "emb.pos", packaged.positions, hidden))
        self.register_buffer("kind_of_text", _tensor(packaged, "emb.type", 2, hidden)[0])
        self.weights = nn.ParameterDict()
        self._keep("emb_ln", "emb.ln", hidden)
        for layer in range(packaged.layers):
            for name, rows, columns in (
                ("q", hidden, hidden), ("k", hidden, hidden), ("v", hidden, hidden), ("ao", hidden, hidden),
                ("fi", wide, hidden), ("fo", hidden, wide),
            ):  # fmt: skip
                self._keep(f"{layer}_{name}", f"l{layer}.{name}", rows, columns)
            for name in ("aln", "oln"):
                self._keep(f"{layer}_{name}", f"l{layer}.{name}", hidden)
        self.head = nn.Linear(2 * hidden, COLUMNS)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def _keep(self, own: str, packaged: str, *shape: int) -> None:
        self.weights[f"{own}_w"] = nn.Parameter(_tensor(self.packaged, f"{packaged}.w", *shape))
        self.weights[f"{own}_b"] = nn.Parameter(_tensor(self.packaged, f"{packaged}.b", shape[0]))

    def encoder(self) -> list[nn.Parameter]:
        return list(self.weights.values())

    def forward(self, vectors: Tensor, real: Tensor) -> Tensor:
        x = self._pieces(vectors, real).float()
        of_text = real[..., None]
        mean = (x * of_text).sum(1) / of_text.sum(1)
        most = x.masked_fill(~of_text, _HIDDEN_BY_MASK).amax(1)
        both = functional.dropout(torch.cat([mean * MEAN_SCALE, most], 1), self.dropout, self.training)
        scores: Tensor = self.head(both)
        return scores

    def _pieces(self, vectors: Tensor, real: Tensor) -> Tensor:
        texts, length, hidden = vectors.shape
        x = self.normed(vectors + self.positions[:length] + self.kind_of_text, "emb_ln")  # type: ignore[index,operator]
        hidden_keys = ~real[:, None, None, :]
        heads = self.packaged.heads
        for layer in range(self.packaged.layers):
            q, k, v = (
                self.linear(x, f"{layer}_{name}").view(texts, length, heads, -1).transpose(1, 2) for name in "qkv"
            )
            weight = (q @ k.transpose(2, 3)) * (hidden // heads) ** -0.5
            attention = weight.masked_fill(hidden_keys, _HIDDEN_BY_MASK).softmax(-1).to(v.dtype)
            seen = (attention @ v).transpose(1, 2).reshape(texts, length, hidden)
            x = self.added(x, self.linear(seen, f"{layer}_ao"), f"{layer}_aln")
            wide = functional.gelu(self.linear(x, f"{layer}_fi"))
            x = self.added(x, self.linear(wide, f"{layer}_fo"), f"{layer}_oln")
        return x

    def linear(self, x: Tensor, name: str) -> Tensor:
        return functional.linear(x, self.weights[f"{name}_w"], self.weights[f"{name}_b"])

    def added(self, x: Tensor, more: Tensor, name: str) -> Tensor:
        return self.normed(x + functional.dropout(more, self.dropout, self.training), name)

    def normed(self, x: Tensor, name: str) -> Tensor:
        weights, epsilon = self.weights, self.packaged.epsilon
        return functional.layer_norm(x, (self.packaged.hidden,), weights[f"{name}_w"], weights[f"{name}_b"], epsilon)


def _tensor(packaged: Packaged, name: str, *shape: int) -> Tensor:
    return torch.from_numpy(packaged.tensor(name, *shape).copy())


def batch(packaged: Packaged, windows: Sequence[NDArray[np.int64]]) -> tuple[Tensor, Tensor]:
    """Vectors of the windows' pieces, padded to the longest, and which are real."""
    longest = max(len(each) for each in windows)
    vectors = torch.zeros(len(windows), longest, packaged.hidden)
    real = torch.zeros(len(windows), longest, dtype=torch.bool)
    flat = torch.from_numpy(packaged.vectors(np.concatenate(windows)))
    at = 0
    for row, each in enumerate(windows):
        vectors[row, : len(each)] = flat[at : at + len(each)]
        real[row, : len(each)] = True
        at += len(each)
    return vectors, real
