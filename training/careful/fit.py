"""Fits the encoder and all heads together, from rows that know some heads each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from sereno.careful.packaged import Packaged
from sereno.engine.reading.careful import COLUMNS, FIRST, HEADS
from training.careful.net import Net, batch
from training.corpora import Row

WEIGHT = {
    "kind": 1.0, "complaint": 1.0, "light": 1.0, "red": 1.0, "risk": 1.0, "risk.any": 1.0, "hostile": 0.7,
    "call_to_action": 0.5, "polarity": 0.5, "severity": 0.6, "topic": 0.5,
}  # fmt: skip
"""How much a head weighs in the common loss."""
SMOOTHING = 0.05
RARE = 0.5
"""Rare labels weigh more: by their frequency to the power of minus this."""
PLAIN_BATCHES = 0.75
"""Share of the batches that are read as written; the others without diacritics."""
PIECES_FORGOTTEN = 0.08
EPOCHS, BATCH, SEED = 4, 32, 20261122
ENCODER_RATE, HEAD_RATE = 1e-4, 2e-3

Windows = Sequence[NDArray[np.int64]]


def fit(
    packaged: Packaged, rows: Sequence[Row], plain: Windows, stripped: Windows, epochs: int = EPOCHS,
    say: Callable[[str], None] = print,
) -> Net:  # fmt: skip
    """A fitted net. `plain` and `stripped` are each row's pieces, as written and without diacritics."""
    torch.manual_seed(SEED)
    chance = np.random.default_rng(SEED)
    net = Net(packaged)
    truth, weight = targets(rows)
    rarity = rarities(truth, weight)
    optimizer = torch.optim.AdamW(
        [{"params": net.encoder(), "lr": ENCODER_RATE}, {"params": net.head.parameters(), "lr": HEAD_RATE}],
        weight_decay=0.01, fused=True,
    )  # fmt: skip
    steps = epochs * -(-len(rows) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [ENCODER_RATE, HEAD_RATE], total_steps=steps + 1, pct_start=0.15
    )
    lengths = np.array([len(each) for each in plain])
    for epoch in range(epochs):
        net.train()
        began, total = time.monotonic(), 0.0
        batches = batches_of(lengths, chance)
        for chosen in batches:
            read = plain if chance.random() < PLAIN_BATCHES else stripped
            vectors, real = batch(packaged, [read[i] for i in chosen])
            vectors = vectors * (torch.rand(*vectors.shape[:2], 1) > PIECES_FORGOTTEN)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = net(vectors, real)
            loss = loss_of(scores.float(), truth[chosen], weight[chosen], rarity)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            pace.step()
            total += loss.item()
        say(f"epoch {epoch + 1} of {epochs}: loss {total / len(batches):.3f}, {time.monotonic() - began:.0f} s")
    return net.eval()


def batches_of(lengths: NDArray[np.int64], chance: np.random.Generator) -> list[NDArray[np.int64]]:
    """Batches of rows of about the same length, in random order."""
    order = np.argsort(lengths + chance.random(len(lengths)) * 10)
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    chance.shuffle(batches)  # type: ignore[arg-type]
    return batches


def targets(rows: Sequence[Row]) -> tuple[Tensor, Tensor]:
    """For each row and head the label's place (-1: not known), and how much the row weighs."""
    truth = np.full((len(rows), len(HEADS)), -1)
    weight = np.zeros(len(rows), dtype=np.float32)
    for i, row in enumerate(rows):
        weight[i] = row.weight
        for j, (name, labels) in enumerate(HEADS.items()):
            if name in row.labels:
                value = row.labels[name]
                truth[i, j] = int(bool(value)) if len(labels) == 1 else labels.index(str(value).lower())
    return torch.from_numpy(truth), torch.from_numpy(weight)


def rarities(truth: Tensor, weight: Tensor) -> dict[str, Tensor]:
    found = {}
    own = weight >= 1.0
    for j, (name, labels) in enumerate(HEADS.items()):
        known = truth[own & (truth[:, j] >= 0), j]
        if len(labels) == 1:
            share = known.float().mean()
            found[name] = ((1 - share) / share) ** RARE
        else:
            count = torch.bincount(known, minlength=len(labels)).float().clamp(min=1)
            rare = (count.mean() / count) ** RARE
            found[name] = rare / (rare * count).sum() * count.sum()
    return found


def loss_of(scores: Tensor, truth: Tensor, weight: Tensor, rarity: dict[str, Tensor]) -> Tensor:
    total = torch.zeros(())
    for j, (name, labels) in enumerate(HEADS.items()):
        known = truth[:, j] >= 0
        if not bool(known.any()):
            continue
        own, y = scores[known, FIRST[name] : FIRST[name] + len(labels)], truth[known, j]
        if len(labels) == 1:
            each = functional.binary_cross_entropy_with_logits(
                own[:, 0], y.float(), reduction="none", pos_weight=rarity[name]
            )
        else:
            each = functional.cross_entropy(own, y, reduction="none", weight=rarity[name], label_smoothing=SMOOTHING)
        total = total + WEIGHT.get(name, 0.3) * (each * weight[known]).sum() / len(truth)
    return total


@torch.no_grad()
def scores_of(net: Net, windows: Windows) -> NDArray[np.float32]:
    """Scores of posts of one window each."""
    order = np.argsort([len(each) for each in windows], kind="stable")
    scores = np.zeros((len(windows), COLUMNS), dtype=np.float32)
    for at in range(0, len(order), 64):
        chosen = order[at : at + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = net(*batch(net.packaged, [windows[i] for i in chosen]))
        scores[chosen] = found.float().numpy()
    return scores
