"""What a reader says of some posts, task by task, in the words of the labelling guide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sereno.engine.context import Context, Contexts
from sereno.engine.judge import Judgements, judge
from sereno.engine.plan.load import read_plan
from sereno.engine.read import Reader, Readings
from training.corpora import Row
from training.crossval import NOON, one

YES, NO, NONE = "yes", "no", "none"
TASKS = ("complaint", "kind", "severity", "light", "risk", "hostile", "call_to_action", "polarity", "topic")
_AT_ONCE = 500


@dataclass
class Answers:
    """One array of labels a task, as long as the posts; "" where the truth is not known. A task that a reader has no
    answer to is absent."""

    of: dict[str, NDArray[np.str_]] = field(default_factory=dict)

    def at(self, task: str, rows: Sequence[int]) -> list[str] | None:
        return [str(label) for label in self.of[task][list(rows)]] if task in self.of else None


def truth_of(rows: Sequence[Row]) -> Answers:
    return Answers({task: np.array([_true(row, task) for row in rows], dtype=object) for task in TASKS})


def _true(row: Row, task: str) -> str:
    if task == "severity":
        return str(row.labels.get("severity") or "")
    if task == "risk":
        return _yes(row.labels["risk.any"]) if "risk" in row.labels else ""
    if task == "light":
        return (row.labels["light"] or NONE) if "light" in row.labels else ""
    if task not in row.labels:
        return ""
    found = row.labels[task]
    return _yes(found) if isinstance(found, bool) else str(found)


def answers_of(readings: Sequence[Readings], lights: Sequence[str | None]) -> Answers:
    """`readings` hold any number of posts each. A complaint that is not seen as one has severity `none`: a miss."""
    columns: dict[str, list[str]] = {task: [] for task in TASKS}
    for part in readings:
        columns["kind"] += part.kind
        columns["complaint"] += [_yes(p >= 0.5) for p in part.complaint]
        columns["severity"] += [each or NONE for each in part.severity]
        columns["risk"] += [_yes(bool(each)) for each in part.risks]
        columns["hostile"] += [_yes(p >= 0.5) for p in part.hostile]
        columns["call_to_action"] += [_yes(p >= 0.5) for p in part.call_to_action]
        columns["polarity"] += part.polarity
        columns["topic"] += part.topic
    columns["light"] = [light or NONE for light in lights]
    return Answers({task: np.array(labels, dtype=object) for task, labels in columns.items()})


def read_all(reader: Reader, texts: Sequence[str]) -> Answers:
    """By a reader that is whole, with the light that the starter plan gives to the text."""
    readings, lights = [], []
    for at in range(0, len(texts), _AT_ONCE):
        part = list(texts[at : at + _AT_ONCE])
        readings.append(reader.read(part, [None] * len(part)))
        if reader.trouble:
            raise RuntimeError(f"the bench needs the reader itself, not its stand-in: {reader.trouble}")
        lights += judged(readings[-1]).text_light
    return answers_of(readings, lights)


def judged(readings: Readings) -> Judgements:
    contexts = Contexts([Context(received_at=NOON, about=("brand",)) for _ in range(len(readings))])
    return judge(readings, contexts, read_plan("starter"), NOON)


def each_of(readings: Readings) -> list[Readings]:
    return [one(readings, i) for i in range(len(readings))]


def _yes(said: object) -> str:
    return YES if said else NO
