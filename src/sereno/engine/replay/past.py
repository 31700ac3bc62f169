"""The past as columns: what was read and known of each post, what the team decided, and when it answered (ADR 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Literal
from zipfile import BadZipFile

import msgspec
import numpy as np
from numpy.typing import NDArray

from sereno.engine.columns import COLUMNS, Coded, Columns, Indices, Instants, instants
from sereno.engine.context import Contexts
from sereno.engine.read import Readings

NOT_DECIDED = -2
"""In `decided`: nobody of the team said how serious the post was. -1 says it was decided to have no light."""
ContextsAre = Literal["stored", "recomputed"]
"""`stored`: as they were at the moment of judgement. `recomputed`: made again from a file, by event time."""
Ranks = NDArray[np.int8]
"""Lights as numbers: -1 none, 0 green, 1 amber, 2 red."""


FORMAT = 1
_AND = " · "
"""Between the models of a past that several readers read."""


class BadPast(ValueError):
    """A file that holds no past; the message names it and the way out."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Posts that were read and judged before; every column has length n. No text, no name of an author.

    Raises ValueError where the columns are not of one length.
    """

    ids: tuple[str, ...]
    columns: Columns
    decided: Ranks
    """The light that the team gave in the end: -1 none, 0 green, 1 amber, 2 red; `NOT_DECIDED` where nobody did."""
    answered_at: Instants
    """When the first answer really came; NaT where that is not known."""
    model: str
    """Versions of the readers that read the texts."""
    contexts_are: ContextsAre = "stored"

    def __post_init__(self) -> None:
        lengths = {len(self.ids), len(self.columns), len(self.decided), len(self.answered_at)}
        if len(lengths) > 1:
            raise ValueError(f"the columns of a past must be of one length; these are of {sorted(lengths)}")

    @classmethod
    def of(
        cls,
        ids: Sequence[str],
        readings: Readings,
        contexts: Contexts,
        *,
        decided: Sequence[int] | Ranks | None = None,
        answered_at: Sequence[datetime | None] | None = None,
        contexts_are: ContextsAre = "stored",
    ) -> Past:
        """A past of these rows. Without `decided` and `answered_at`, nothing is known of either."""
        n = len(ids)
        return cls(
            ids=tuple(ids),
            columns=Columns.of(readings, contexts),
            decided=np.full(n, NOT_DECIDED, dtype=np.int8) if decided is None else np.array(decided, dtype=np.int8),
            answered_at=instants([None] * n if answered_at is None else answered_at),
            model=readings.model,
            contexts_are=contexts_are,
        )

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, indices: Sequence[int] | Indices) -> tuple[Readings, Contexts]:
        """These rows as `judge()` takes them; without evidence and without what corrections changed."""
        taken = self.columns.take(np.asarray(indices, dtype=np.intp))
        return taken.readings(self.model), taken.contexts()

    def take(self, indices: Sequence[int] | Indices) -> Past:
        """A past of these rows alone, in this order."""
        rows = np.asarray(indices, dtype=np.intp)
        return Past(
            ids=tuple(self.ids[i] for i in rows.tolist()),
            columns=self.columns.take(rows),
            decided=self.decided[rows],
            answered_at=self.answered_at[rows],
            model=self.model,
            contexts_are=self.contexts_are,
        )

    @classmethod
    def joined(cls, parts: Sequence[Past]) -> Past:
        """One past after the other. Raises ValueError where there is none, or their contexts are of two kinds."""
        kinds = {part.contexts_are for part in parts}
        if len(kinds) != 1:
            raise ValueError(f"only pasts of one kind of contexts can be joined; these are {sorted(kinds) or 'none'}")
        models = sorted({model for part in parts for model in part.model.split(_AND)})
        return cls(
            ids=tuple(name for part in parts for name in part.ids),
            columns=Columns.joined([part.columns for part in parts]),
            decided=np.concatenate([part.decided for part in parts]),
            answered_at=np.concatenate([part.answered_at for part in parts]),
            model=_AND.join(models),
            contexts_are=kinds.pop(),
        )

    def save(self, file: Path | IO[bytes]) -> None:
        """Writes an npz file of plain arrays, to be read back by `load`."""
        arrays: dict[str, Any] = {"decided": self.decided, "answered_at": self.answered_at}
        tables: dict[str, list[Any]] = {}
        for name, column in self.columns.each_column().items():
            arrays[name] = column.codes if isinstance(column, Coded) else column
            if isinstance(column, Coded):
                tables[name] = [sorted(value) if isinstance(value, frozenset) else value for value in column.table]
        told = _Told(FORMAT, self.model, self.contexts_are, tables)
        arrays["told"] = np.frombuffer(msgspec.json.encode(told), dtype=np.uint8)
        arrays["ids"] = np.frombuffer(msgspec.json.encode(self.ids), dtype=np.uint8)
        if isinstance(file, Path):
            with file.open("wb") as opened:
                np.savez_compressed(opened, **arrays)
        else:
            np.savez_compressed(file, **arrays)

    @classmethod
    def load(cls, file: Path | IO[bytes]) -> Past:
        """What `save` wrote. Raises `BadPast` for anything else, OSError where the file cannot be read."""
        if isinstance(file, Path):
            with file.open("rb") as opened:
                return cls.load(opened)
        try:
            with np.load(file, allow_pickle=False) as arrays:
                return cls._loaded(arrays)
        except (BadZipFile, EOFError, KeyError, TypeError, ValueError, msgspec.MsgspecError) as error:
            name = getattr(file, "name", "the file")
            raise BadPast(f"{name} holds no past that this version can read ({error}); make it again") from error

    @classmethod
    def _loaded(cls, arrays: Any) -> Past:
        told = msgspec.json.decode(arrays["told"].tobytes(), type=_Told)
        if told.format != FORMAT:
            raise ValueError(f"its format is {told.format}, known is {FORMAT}")
        columns: dict[str, Any] = {
            name: Coded(arrays[name], tuple(map(_HASHABLE.get(name, _as_it_is), told.tables[name])))
            if name in told.tables
            else arrays[name]
            for name in COLUMNS
        }
        return cls(
            ids=tuple(msgspec.json.decode(arrays["ids"].tobytes(), type=list[str])),
            columns=Columns(**columns),
            decided=arrays["decided"],
            answered_at=arrays["answered_at"],
            model=told.model,
            contexts_are=told.contexts_are,
        )


class _Told(msgspec.Struct, frozen=True):
    """What stands in the file besides the arrays."""

    format: int
    model: str
    contexts_are: ContextsAre
    tables: dict[str, list[Any]]


def _as_it_is(value: Any) -> Any:
    return value


_HASHABLE: dict[str, Any] = {"risks": tuple, "about": tuple, "claims": frozenset}
