"""The cache on disk: readings by the model's version and the text's digest, and whole pasts by their file's digest.

It may be deleted at any time. It is nobody else's (0700): it holds the ids of posts and what their texts say, never the
texts themselves. A damaged file is passed over and made again; two runs at once do not disturb each other: SQLite locks
the readings, and a past is written beside its name and then moved there.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO

import msgspec
import numpy as np

from sereno.engine.read import Kind, Polarity, Readings, Risk, Severity

KEPT_PASTS = 20
"""So many are kept, the last used ones."""
_AT_ONCE = 500
"""Digests asked for in one statement."""


def cache_folder() -> Path:
    """`cache` in SERENO_HOME where that is set, else `sereno` in the user's cache folder."""
    home = os.environ.get("SERENO_HOME")
    if home:
        return Path(home).resolve() / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sereno"


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """One row of `Readings` as it is kept, without evidence: a replay shows none."""

    language: str
    kind: Kind
    kind_probability: float
    complaint: float
    polarity: Polarity
    severity: Severity | None
    hostile: float
    call_to_action: float
    risks: tuple[Risk, ...]
    claims: tuple[str, ...]
    topic: str


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Reading)


def digest_of(text: str, language: str | None) -> bytes:
    """Of all that a reader sees."""
    seen = f"{language or ''}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(seen, digest_size=16).digest()


def rows_of(readings: Readings) -> Iterator[Reading]:
    floats = [
        getattr(readings, name).tolist() for name in ("kind_probability", "complaint", "hostile", "call_to_action")
    ]
    certain, complaint, hostile, action = floats
    for i in range(len(readings)):
        yield Reading(
            readings.language[i],
            readings.kind[i],
            certain[i],
            complaint[i],
            readings.polarity[i],
            readings.severity[i],
            hostile[i],
            action[i],
            readings.risks[i],
            tuple(sorted(readings.claims[i])),
            readings.topic[i],
        )


def readings_of(rows: Sequence[Reading], model: str) -> Readings:
    def floats(name: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return np.array([getattr(row, name) for row in rows], dtype=np.float32)

    return Readings(
        model=model,
        language=[row.language for row in rows],
        kind=[row.kind for row in rows],
        kind_probability=floats("kind_probability"),
        complaint=floats("complaint"),
        polarity=[row.polarity for row in rows],
        severity=[row.severity for row in rows],
        hostile=floats("hostile"),
        call_to_action=floats("call_to_action"),
        risks=[row.risks for row in rows],
        claims=[frozenset(row.claims) for row in rows],
        topic=[row.topic for row in rows],
        evidence=[()] * len(rows),
    )


class ReadingsCache:
    """What one model read, by digest. Where the file cannot be used, nothing is found and nothing is kept."""

    def __init__(self, folder: Path | None, model: str) -> None:
        self.trouble: str | None = None
        self._path = (folder or Path()) / f"readings-{_file_name(model)}.sqlite3"
        self._database = self._open(self._path) if folder else None

    def _open(self, path: Path) -> sqlite3.Connection | None:
        for attempt in range(2):
            try:
                make_folder(path.parent)
                path.touch(mode=0o600)
                database = sqlite3.connect(path, timeout=30, isolation_level=None)
                database.executescript(
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
                    "CREATE TABLE IF NOT EXISTS reading (digest BLOB PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID;"
                )
                return database
            except sqlite3.OperationalError as error:  # locked, read-only, full: not damaged
                self.trouble = f"the cache {path} cannot be used ({error}); posts are read anew"
                return None
            except (sqlite3.DatabaseError, OSError) as error:
                if attempt or not _set_aside(path):
                    self.trouble = f"the cache {path} cannot be used ({error}); posts are read anew"
        return None

    def find(self, digests: Sequence[bytes]) -> dict[bytes, Reading]:
        found: dict[bytes, Reading] = {}
        wanted = iter(dict.fromkeys(digests))
        while self._database is not None and (some := list(islice(wanted, _AT_ONCE))):
            marks = ",".join("?" * len(some))
            try:
                rows = self._database.execute(f"SELECT digest, row FROM reading WHERE digest IN ({marks})", some)  # noqa: S608 - question marks alone
                for digest, row in rows:
                    with suppress(msgspec.MsgspecError, TypeError):
                        found[digest] = _decoder.decode(row)
            except sqlite3.DatabaseError as error:
                self._give_up(error)
        return found

    def keep(self, digests: Sequence[bytes], rows: Sequence[Reading]) -> None:
        if self._database is None:
            return
        try:
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                self._database.executemany(
                    "INSERT OR REPLACE INTO reading VALUES (?, ?)",
                    zip(digests, map(_encoder.encode, rows), strict=True),
                )
        except sqlite3.DatabaseError as error:
            self._give_up(error)

    def close(self) -> None:
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def _give_up(self, error: sqlite3.DatabaseError) -> None:
        self.close()
        # locked, full or read-only is no damage
        aside = not isinstance(error, sqlite3.OperationalError) and _set_aside(self._path)
        self.trouble = f"the cache {self._path} failed ({error}); " + (
            "it was set aside and is made anew next time" if aside else "posts are read anew"
        )


def _set_aside(path: Path) -> bool:
    """A damaged file makes room; the newest one is kept for whoever wants to look at it."""
    try:
        path.replace(path.with_suffix(".damaged"))
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name once it is complete, whoever else writes it meanwhile."""
    make_folder(path.parent)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def forget_the_oldest(folder: Path) -> None:
    """Pasts are large: those that were not used for longest go."""
    pasts = sorted(folder.glob("past-*"), key=_last_used, reverse=True)
    for old in pasts[KEPT_PASTS:]:
        with suppress(OSError):
            old.unlink()


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def digest_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_of(*parts: object) -> str:
    """One short name for all that a past was made from."""
    return hashlib.sha256(msgspec.json.encode([str(part) for part in parts])).hexdigest()[:32]


def _file_name(model: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9.+-]", "_", model)[:80]
    return f"{readable}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"
