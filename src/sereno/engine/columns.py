"""Readings and contexts as columns of small numbers: what the plan's rules are evaluated on, in the inbox and in the
replay alike (ADR 16).

A value out of a list (a kind, a network, a set of risks) is a code with a table beside it. The table holds what occurs,
whatever it is: a network nobody heard of, a language, a claim of a later reader need no change here. Sets are coded as
what stood together, so that their order survives and a rule looks at some dozens of combinations, not at a million
posts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from sereno.engine.context import Context, Contexts
from sereno.engine.read import Readings

Value = TypeVar("Value", bound=Hashable)
Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]
Instants = NDArray[np.datetime64]
"""`datetime64[us]` in UTC; NaT where there is none."""
Indices = NDArray[np.intp]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST, _LATEST = (datetime(year, 1, 1, tzinfo=UTC) - EPOCH for year in (1, 9900))
_MOST = int(np.iinfo(np.int64).max)
UNKNOWN = -1
"""In a column of counts: not known. No count is negative."""


@dataclass(frozen=True, slots=True)
class Coded(Generic[Value]):
    """A column of values, each given as its place in `table`."""

    codes: Codes
    table: tuple[Value, ...]

    @classmethod
    def of(cls, values: Sequence[Value]) -> Coded[Value]:
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        codes = np.fromiter(map(places.__getitem__, values), dtype=np.int32, count=len(values))
        return cls(codes, tuple(places))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, i: int) -> Value:
        return self.table[int(self.codes[i])]

    def where(self, holds: Callable[[Value], bool]) -> Mask:
        """Asked once for each value of the table, told for each row."""
        return np.fromiter(map(holds, self.table), dtype=np.bool_, count=len(self.table))[self.codes]

    def each(self, number: Callable[[Value], int]) -> NDArray[np.int64]:
        """A number for each row, computed once for each value of the table."""
        return np.fromiter(map(number, self.table), dtype=np.int64, count=len(self.table))[self.codes]

    def values(self) -> list[Value]:
        return [self.table[code] for code in self.codes.tolist()]

    def take(self, rows: Indices | slice) -> Coded[Value]:
        return Coded(self.codes[rows], self.table)

    def differs(self, other: Coded[Value]) -> Mask:
        """Where the two columns, each with a table of its own, do not hold the same value."""
        place = {value: code for code, value in enumerate(self.table)}
        theirs = other.each(lambda value: place.get(value, -1))
        return np.asarray(self.codes != theirs, dtype=np.bool_)

    @classmethod
    def joined(cls, parts: Sequence[Coded[Value]]) -> Coded[Value]:
        table = tuple(dict.fromkeys(value for part in parts for value in part.table))
        place = {value: code for code, value in enumerate(table)}
        return cls(np.concatenate([part.each(place.__getitem__) for part in parts]).astype(np.int32), table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What n texts say and what is known of them besides; every column has length n. No text, no evidence.

    Probabilities are as the reader gave them; counts are whole numbers, `UNKNOWN` where the network did not tell;
    `rating` is NaN where there is none.
    """

    # what the text says
    language: Coded[str]
    kind: Coded[str]
    polarity: Coded[str]
    severity: Coded[str | None]
    topic: Coded[str]
    risks: Coded[tuple[str, ...]]
    claims: Coded[frozenset[str]]
    kind_probability: NDArray[np.float32]
    complaint: NDArray[np.float32]
    hostile: NDArray[np.float32]
    call_to_action: NDArray[np.float32]
    # what it does not say
    received_at: Instants
    created_at: Instants
    about: Coded[tuple[str, ...]]
    network: Coded[str]
    place: Coded[str]
    visibility: Coded[str]
    author_type: Coded[str | None]
    storm: Coded[str | None]
    country: Coded[str | None]
    followers: NDArray[np.int64]
    shares: NDArray[np.int64]
    repeat_contact: NDArray[np.int64]
    story: NDArray[np.int64]
    shares_per_hour: NDArray[np.float64]
    rating: NDArray[np.float64]
    open_promise: Mask
    own: Mask
    backfilled: Mask

    @classmethod
    def of(cls, readings: Readings, contexts: Contexts) -> Columns:
        """Raises ValueError where the two are not of one length."""
        if len(readings) != len(contexts):
            raise ValueError(
                f"{len(readings)} readings but {len(contexts)} contexts; judge wants one context a reading"
            )
        columns: dict[str, Any] = {
            **{name: Coded.of(getattr(readings, name)) for name in _CODED_OF_READING},
            **{name: getattr(readings, name) for name in _FLOATS_OF_READING},
            **{name: Coded.of(contexts.column(name)) for name in _CODED_OF_CONTEXT},
            **{name: instants(contexts.column(name)) for name in ("received_at", "created_at")},
            **{name: _counts(contexts.column(name)) for name in ("followers", "shares", "repeat_contact", "story")},
            **{name: _floats(contexts.column(name)) for name in ("shares_per_hour", "rating")},
            **{name: np.array(contexts.column(name), dtype=np.bool_) for name in ("open_promise", "own", "backfilled")},
        }
        return cls(**columns)

    def __len__(self) -> int:
        return len(self.received_at)

    def take(self, rows: Indices | slice) -> Columns:
        """These rows, in this order."""
        taken: dict[str, Any] = {
            name: column.take(rows) if isinstance(column, Coded) else column[rows]
            for name, column in self.each_column().items()
        }
        return Columns(**taken)

    @classmethod
    def joined(cls, parts: Sequence[Columns]) -> Columns:
        """One after the other. Raises ValueError where there are none."""
        columns: dict[str, Any] = {name: _joined([getattr(part, name) for part in parts]) for name in COLUMNS}
        return cls(**columns)

    def each_column(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in COLUMNS}

    def readings(self, model: str) -> Readings:
        """What the texts say, as the judge takes it; without evidence."""
        coded = {name: getattr(self, name).values() for name in _CODED_OF_READING}
        floats = {name: getattr(self, name) for name in _FLOATS_OF_READING}
        return Readings(model=model, evidence=[()] * len(self), **coded, **floats)

    def contexts(self) -> Contexts:
        columns: dict[str, Sequence[Any]] = {
            **{name: getattr(self, name).values() for name in _CODED_OF_CONTEXT},
            **{name: getattr(self, name).tolist() for name in _PLAIN_OF_CONTEXT},
            "received_at": moments(self.received_at),
            "created_at": moments(self.created_at),
            "followers": [None if count == UNKNOWN else count for count in self.followers.tolist()],
            "rating": [None if stars != stars else stars for stars in self.rating.tolist()],
        }
        return Contexts(
            [Context(**dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]
        )


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Columns))
_CODED_OF_READING = ("language", "kind", "polarity", "severity", "topic", "risks", "claims")
_FLOATS_OF_READING = ("kind_probability", "complaint", "hostile", "call_to_action")
_CODED_OF_CONTEXT = ("about", "network", "place", "visibility", "author_type", "storm", "country")
_PLAIN_OF_CONTEXT = ("shares", "repeat_contact", "story", "shares_per_hour", "open_promise", "own", "backfilled")


def _joined(parts: Sequence[Any]) -> Any:
    return Coded.joined(parts) if isinstance(parts[0], Coded) else np.concatenate(parts)


def _counts(values: Sequence[int | None]) -> NDArray[np.int64]:
    # a network may tell any number; beyond this one it makes no difference
    return np.array([UNKNOWN if value is None else min(value, _MOST) for value in values], dtype=np.int64)


def _floats(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def instants(values: Iterable[datetime | None]) -> Instants:
    """Moments as an array; one without a zone is read as UTC, None becomes NaT."""
    since = [np.timedelta64("NaT", "us") if value is None else _since_epoch(value) for value in values]
    return np.array(since, dtype="timedelta64[us]") + np.datetime64(0, "us")


def _since_epoch(value: datetime) -> timedelta:
    since = (value if value.tzinfo is not None else value.replace(tzinfo=UTC)) - EPOCH
    # in UTC the first and the last moments of a zone lie outside of all years, and deadlines must end inside
    return min(max(since, _EARLIEST), _LATEST)


def moments(values: Instants) -> list[datetime | None]:
    """The inverse of `instants`; every moment in UTC."""
    return [None if value is None else value.replace(tzinfo=UTC) for value in values.astype("datetime64[us]").tolist()]


def moment(value: np.datetime64) -> datetime | None:
    return moments(np.array([value]))[0]
