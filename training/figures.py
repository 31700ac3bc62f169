"""Figures of held-out readings, per language, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.metrics import f1_score, precision_score, recall_score

from training.crossval import HeldOut

Pairs = tuple[list[str], list[str]]


def pairs(held: HeldOut, task: str, language: str) -> Pairs:
    """Truth and reading of one task, as strings."""
    truth, read = [], []
    for row, reading, light in zip(held.rows, held.readings, held.lights, strict=True):
        if row.lang != language or (task == "severity" and row.labels["severity_or_none"] is None):
            continue
        found: dict[str, Any] = {
            "kind": reading.kind[0],
            "complaint": reading.complaint[0] >= 0.5,
            "polarity": reading.polarity[0],
            "severity": reading.severity[0] or "no_explicit_reproach",
            "hostile": reading.hostile[0] >= 0.5,
            "call_to_action": reading.call_to_action[0] >= 0.5,
            "topic": reading.topic[0],
            "risk.any": bool(reading.risks[0]),
            "light": light,
        }
        truth.append(str(row.labels[task]))
        read.append(str(found[task]))
    return truth, read


def macro(truth: list[str], read: list[str]) -> float:
    return float(f1_score(truth, read, average="macro", zero_division=0))


def of_yes(truth: list[str], read: list[str]) -> float:
    return float(f1_score(truth, read, pos_label="True", zero_division=0))


def red_recall(truth: list[str], read: list[str]) -> float:
    return float(recall_score(truth, read, labels=["red"], average="macro", zero_division=0))


def red_precision(truth: list[str], read: list[str]) -> float:
    return float(precision_score(truth, read, labels=["red"], average="macro", zero_division=0))


TASKS: tuple[tuple[str, str, Callable[[list[str], list[str]], float]], ...] = (
    ("kind, 7 classes, macro-F1", "kind", macro),
    ("complaint, macro-F1", "complaint", macro),
    ("polarity, macro-F1", "polarity", macro),
    ("severity, 4 classes, macro-F1", "severity", macro),
    ("topic, 14 classes, macro-F1", "topic", macro),
    ("risk, any against none, F1", "risk.any", of_yes),
    ("hostile, macro-F1", "hostile", macro),
    ("call to action, F1", "call_to_action", of_yes),
    ("text light, 4 classes, macro-F1", "light", macro),
    ("red, recall", "light", red_recall),
    ("red, precision", "light", red_precision),
)


def table(held: HeldOut, languages: tuple[str, ...] = ("en", "es", "pl"), resamples: int = 500) -> list[list[str]]:
    """One line a task: its name, then per language the figure and its 95 % bootstrap interval."""
    chance = np.random.default_rng(20261101)
    lines = []
    for title, task, figure in TASKS:
        cells = [title]
        for language in languages:
            truth, read = pairs(held, task, language)
            t, r = np.array(truth), np.array(read)
            draws = [figure(list(t[s]), list(r[s])) for s in chance.integers(0, len(t), (resamples, len(t)))]
            low, high = np.quantile(draws, [0.025, 0.975]) if draws else (0.0, 0.0)
            cells.append(f"{figure(truth, read):.3f} ({low:.2f}–{high:.2f})" if draws else f"{figure(truth, read):.3f}")
        lines.append(cells)
    return lines
