"""The small layers on top of the encoder: fitted on scores of posts that neither reader had seen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from sereno.engine.reading.careful import HEADS, JOINED, Joints, Scores, pack, weighed
from sereno.engine.reading.joint import CASES, Case, Trust, decide, together
from training.corpora import Row

LANGUAGES = ("en", "es", "pl")
STRENGTH = {"light": 0.005, "risk": 0.005, "hostile": 0.005}
"""Inverse of the penalty on standardised features, 0.02 where nothing is said: little data, many features that say the
same."""
OTHERS_SHARE = 2.0
"""Weight of a complaint of another set against a seed."""
COMPLAINT = 0.7
"""Share of the head for complaints alone in the kind: it knows far more posts."""
RECALL = 0.9
"""The red bonus of a language is the smallest with which so many of its reds are found, in sectors left out."""
TOGETHER = 0.5
"""How far it counts that kind, weight and risk are met together oftener than by chance."""
YES_OR_NO = ("complaint", "hostile", "call_to_action")
DECIDING = ("kind", "light", "risk", *YES_OR_NO)
"""Heads whose lines and bonuses are set on sectors left out."""
PARTS = 4
_BONUSES = np.arange(-1.0, 4.01, 0.1)


def fit_joints(table: Scores, rows: Sequence[Row], version: str) -> Joints:
    """`table`: features of the rows (`sereno.engine.reading.careful.features`); rows of weight 1 are seeds."""
    plain = _layers(table, rows, JOINED, version)
    own = [i for i, row in enumerate(rows) if row.weight == 1.0]
    held = _left_out(table, rows, version)
    seeds = [rows[i] for i in own]
    mine = {name: values[own] for name, values in held.items()}
    lines = {name: _lines(mine[name][:, 0], seeds, name) for name in YES_OR_NO}
    settled = replace(plain, lines=lines, trust=_trust(mine, seeds))
    return replace(settled, checksum=hashlib.sha256(pack(settled)).hexdigest())


def _layers(table: Scores, rows: Sequence[Row], names: Sequence[str], version: str) -> Joints:
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 0.05)
    x = (table - mean) / scale
    lines = {name: {"*": 0.5} for name in YES_OR_NO}
    neutral = Trust((0.0,) * len(CASES), {"*": 0.0})
    return Joints({name: _layer(x, rows, name) for name in names}, mean, scale, lines, neutral, COMPLAINT, version, "")


def _left_out(table: Scores, rows: Sequence[Row], version: str) -> dict[str, Scores]:
    """Probabilities of the deciding heads for each row, from layers that never saw its sector."""
    groups = sorted({row.group for row in rows})
    part = np.array([groups.index(row.group) % PARTS for row in rows])
    held = {name: np.zeros((len(rows), len(HEADS[name]))) for name in DECIDING}
    for left_out in range(PARTS):
        used = np.flatnonzero(part != left_out)
        layers = _layers(table[used], [rows[i] for i in used], DECIDING, version)
        for name, values in weighed(layers, table[part == left_out]).items():
            held[name][part == left_out] = values
    return held


def _layer(x: Scores, rows: Sequence[Row], name: str) -> Scores:
    """Features (and 1) → the logits of the head's labels."""
    known = [i for i, row in enumerate(rows) if name in row.labels]
    labels = HEADS[name]
    y = [str(rows[i].labels[name]).lower() for i in known]
    weight = [1.0 if rows[i].weight == 1.0 else OTHERS_SHARE for i in known]
    model = LogisticRegression(C=STRENGTH.get(name, 0.02), max_iter=400).fit(x[known], y, sample_weight=weight)
    layer = np.zeros((x.shape[1] + 1, len(labels)))
    if len(labels) == 1:  # classes are false and true
        layer[:, 0] = [*model.coef_[0], model.intercept_[0]]
    else:
        for label, coefficients, intercept in zip(model.classes_, model.coef_, model.intercept_, strict=True):
            layer[:, labels.index(label)] = [*coefficients, intercept]
    return layer


def _lines(p: Scores, rows: Sequence[Row], name: str) -> dict[str, float]:
    """By language the probability from which it is yes: where F1 is best, drawn to the line of all languages."""
    y = np.array([bool(row.labels[name]) for row in rows])
    average = "binary" if name == "call_to_action" else "macro"
    found = {"*": _best(p, y, average)}
    for code in LANGUAGES:
        of = np.array([row.lang == code for row in rows])
        found[code] = round((_best(p[of], y[of], average) + found["*"]) / 2, 4)
    return found


def _best(p: Scores, y: NDArray[np.bool_], average: str) -> float:
    lines = np.arange(0.2, 0.8, 0.02)
    scores = [f1_score(y, p >= line, average=average) for line in lines]
    return round(float(lines[int(np.argmax(_smoothed(np.array(scores))))]), 4)


def _smoothed(values: Scores) -> Scores:
    """A best place that its neighbours share, not a lucky one."""
    return np.convolve(np.pad(values, 2, mode="edge"), np.full(5, 0.2), mode="valid")


def _trust(held: Mapping[str, Scores], rows: Sequence[Row]) -> Trust:
    cases = [Case(row.labels["kind"], str(row.labels["light"]).lower(), row.labels["risk"]) for row in rows]
    trust = Trust(together(cases, TOGETHER), {"*": 0.0})
    return replace(trust, red={code: _bonus(held, rows, trust, code) for code in ("*", *LANGUAGES)})


def _bonus(held: Mapping[str, Scores], rows: Sequence[Row], trust: Trust, code: str) -> float:
    of = [i for i, row in enumerate(rows) if code in ("*", row.lang)]
    red = np.array([rows[i].labels["red"] for i in of])
    for bonus in _BONUSES:
        trial = replace(trust, red={"*": float(bonus)})
        chosen = decide(held["kind"][of], held["light"][of], held["risk"][of], ["*"] * len(of), trial)
        found = np.array([CASES[i].weight == "red" for i in chosen])
        if found[red].mean() >= RECALL:
            return round(float(bonus), 2)
    return round(float(_BONUSES[-1]), 2)
