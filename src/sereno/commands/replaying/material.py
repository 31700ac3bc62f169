"""Posts of a file → the past that plans are replayed over: read once, then kept under the file's digest.

lines → Posts → those that a watch of one of the plans matches → readings (cached by text) → contexts by event time
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from sereno.commands.replaying.cache import (
    Reading,
    ReadingsCache,
    digest_of,
    digest_of_file,
    forget_the_oldest,
    key_of,
    readings_of,
    rows_of,
    written_whole,
)
from sereno.engine.plan.model import Plan, Watch, WatchKind
from sereno.engine.post import BadPost, Post, decode, in_zone, must_be_dated_in_our_time
from sereno.engine.read import Reader, Readings
from sereno.engine.replay.contexts import recompute
from sereno.engine.replay.past import BadPast, Past
from sereno.engine.watches import Mention, Watcher

FORMAT = 2
"""Of the kept file, and of all that goes into it besides what its key names."""
BATCH = 2_000
_BOM = b"\xef\xbb\xbf"
Step = Callable[[int], object]


class Told(msgspec.Struct, frozen=True):
    """What is kept beside the pasts."""

    lines: int = 0
    bad: tuple[tuple[int, str], ...] = ()
    """Lines that are no posts, and why."""
    naive: int = 0
    """Dates without a zone."""
    undated: int = 0
    """Posts that do not say when they were written or came in."""


@dataclass(frozen=True, slots=True)
class Material:
    """A file of posts, ready to be replayed."""

    path: Path
    told: Told
    pasts: tuple[Past, ...]
    """One for each set of watches, all over the same posts; they differ in what the posts are about."""
    heard: tuple[NDArray[np.bool_], ...]
    """For each past: the posts that its watches match."""
    places: NDArray[np.int64]
    """Where the line of each post begins in the file."""
    read_anew: int = 0
    from_cache: int = 0
    kept: bool = False
    """The whole past was in the cache."""
    trouble: tuple[str, ...] = ()

    def texts(self, rows: Sequence[int]) -> list[Post]:
        """The posts themselves, from the file."""
        with self.path.open("rb") as file:
            return [_post_at(file, int(self.places[i])) for i in rows]


def material_of(
    path: Path,
    plans: Sequence[Plan],
    reader: Reader,
    *,
    every: bool,
    zone: tzinfo,
    folder: Path | None,
    step: Step,
    now: datetime,
) -> Material:
    """The past of this file for these plans. `folder`: of the cache; None: nothing is kept.

    Raises OSError where the file cannot be read.
    """
    watches = tuple(dict.fromkeys(_written(plan.watches) for plan in plans))
    kept_as = None
    if folder is not None:
        sets = ("all", *watches) if every else watches
        key = key_of(FORMAT, _code_version(), digest_of_file(path), reader.model, zone, *sets)
        kept_as = folder / f"past-{key}.zip"
        found = _load(kept_as, path)
        if found is not None:
            return found
    made = _Reading(path, plans, reader, every=every, zone=zone, folder=folder, now=now).whole(step)
    # a post without a date arrives when the replay runs, and what a lesser reader read is not the model's
    if kept_as is not None and not made.told.undated and all(past.model == reader.model for past in made.pasts):
        try:
            _save(made, kept_as)
        except OSError as error:
            return replace(made, trouble=(*made.trouble, f"the cache {kept_as} cannot be written ({error})"))
    return made


def watch_set(plans: Sequence[Plan], plan: Plan) -> int:
    """Which of the pasts is this plan's."""
    return list(dict.fromkeys(_written(each.watches) for each in plans)).index(_written(plan.watches))


def _written(watches: Sequence[Watch]) -> bytes:
    return msgspec.json.encode([watch.model_dump(mode="json") for watch in watches])


def _code_version() -> str:
    from importlib.metadata import version

    from sereno.engine.judge import RULE_VERSION

    return f"{version('sereno')} {RULE_VERSION}"


@dataclass(slots=True)
class _Gathered:
    """What was gathered line by line."""

    posts: list[Post] = field(default_factory=list)
    """Without their texts: those of a year would fill the memory."""
    readings: list[Reading] = field(default_factory=list)
    about: list[list[tuple[WatchKind, ...]]] = field(default_factory=list)
    """For each set of watches."""
    places: list[int] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    models: dict[str, None] = field(default_factory=dict)
    lines: int = 0
    naive: int = 0
    undated: int = 0
    read_anew: int = 0
    from_cache: int = 0
    trouble: dict[str, None] = field(default_factory=dict)


class _Reading:
    """Reads a file of posts."""

    def __init__(
        self,
        path: Path,
        plans: Sequence[Plan],
        reader: Reader,
        *,
        every: bool,
        zone: tzinfo,
        folder: Path | None,
        now: datetime,
    ) -> None:
        sets = {_written(plan.watches): plan.watches for plan in plans}
        self.watchers = [Watcher(watches) for watches in sets.values()]
        self.path, self.reader, self.every, self.zone, self.now = path, reader, every, zone, now
        self.cache = ReadingsCache(folder, reader.model)
        self.got = _Gathered(about=[[] for _ in self.watchers])

    def whole(self, step: Step) -> Material:
        try:
            with self.path.open("rb") as file:
                for batch in _batches(file):
                    self._take(batch)
                    step(len(batch))
        finally:
            self.cache.close()
        if self.cache.trouble:
            self.got.trouble[self.cache.trouble] = None
        return self._material()

    def _take(self, lines: Sequence[tuple[int, int, bytes]]) -> None:
        posts, places = [], []
        for number, place, line in lines:
            try:
                post, naive = in_zone(must_be_dated_in_our_time(decode(line)), self.zone)
            except BadPost as error:
                self.got.bad.append((number, str(error)))
                continue
            self.got.naive += naive
            posts.append(post)
            places.append(place)
        self.got.lines += len(lines)
        texts = [post.whole_text() for post in posts]
        found = [watcher.match(texts) for watcher in self.watchers]
        taken = [i for i in range(len(posts)) if self.every or any(mentions[i] for mentions in found)]
        if not taken:
            return
        self.got.readings += self._read([texts[i] for i in taken], [posts[i].lang for i in taken])
        for i in taken:
            self._keep(posts[i], places[i])
            for about, mentions in zip(self.got.about, found, strict=True):
                about.append(self._kinds(mentions[i]))

    def _keep(self, post: Post, place: int) -> None:
        self.got.undated += (post.received_at or post.created_at) is None
        self.got.posts.append(msgspec.structs.replace(post, text="", media=()))
        self.got.places.append(place)

    def _kinds(self, found: Sequence[Mention]) -> tuple[WatchKind, ...]:
        kinds = tuple(dict.fromkeys(mention.kind for mention in found))
        return ("brand", *(kind for kind in kinds if kind != "brand")) if self.every else kinds

    def _read(self, texts: Sequence[str], languages: Sequence[str | None]) -> list[Reading]:
        """From the cache, and what is not there by the reader: each text once."""
        digests = [digest_of(text, language) for text, language in zip(texts, languages, strict=True)]
        known = self.cache.find(digests)
        fresh = {digest: i for i, digest in enumerate(digests) if digest not in known}
        self.got.from_cache += len(digests) - len(fresh)
        self.got.read_anew += len(fresh)
        if fresh:
            places = list(fresh.values())
            readings = self.reader.read([texts[i] for i in places], [languages[i] for i in places])
            rows = list(rows_of(readings))
            self.got.models[readings.model] = None
            if self.reader.trouble:
                self.got.trouble[f"the careful reader failed, and the fast one answered: {self.reader.trouble}"] = None
            if readings.model == self.reader.model:
                self.cache.keep(list(fresh), rows)
            known |= dict(zip(fresh, rows, strict=True))
        if len(fresh) < len(digests):
            self.got.models[self.reader.model] = None
        return [known[digest] for digest in digests]

    def _material(self) -> Material:
        got = self.got
        readings = self._readings()
        ids = [post.id for post in got.posts]
        pasts = tuple(
            Past.of(ids, readings, recompute(got.posts, about, received_at=self.now), contexts_are="recomputed")
            for about in got.about
        )
        heard = tuple(np.array([bool(kinds) for kinds in about], dtype=np.bool_) for about in got.about)
        return Material(
            path=self.path,
            told=Told(got.lines, tuple(got.bad), got.naive, got.undated),
            pasts=pasts,
            heard=heard,
            places=np.array(got.places, dtype=np.int64),
            read_anew=got.read_anew,
            from_cache=got.from_cache,
            trouble=tuple(got.trouble),
        )

    def _readings(self) -> Readings:
        return readings_of(self.got.readings, " · ".join(sorted(self.got.models)) or self.reader.model)


def _batches(file: io.BufferedReader) -> Iterator[list[tuple[int, int, bytes]]]:
    """Lines with their number and where they begin; empty ones left out."""
    numbered = _numbered(file)
    while batch := list(islice(numbered, BATCH)):
        yield batch


def _numbered(file: io.BufferedReader) -> Iterator[tuple[int, int, bytes]]:
    place = 0
    for number, line in enumerate(file, 1):
        if line.strip():
            yield number, place, line.removeprefix(_BOM) if number == 1 else line
        place += len(line)


def _post_at(file: io.BufferedReader, place: int) -> Post:
    file.seek(place)
    return decode(file.readline().removeprefix(_BOM))


def _save(made: Material, path: Path) -> None:
    with written_whole(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as kept:
        kept.writestr("told.json", msgspec.json.encode(made.told))
        for i, (past, heard) in enumerate(zip(made.pasts, made.heard, strict=True)):
            with kept.open(f"past-{i}.npz", "w", force_zip64=True) as member:
                past.save(cast(Any, member))
            kept.writestr(f"heard-{i}.npy", _packed(heard))
        kept.writestr("places.npy", _packed(made.places))
    forget_the_oldest(path.parent)


def _load(kept_as: Path, path: Path) -> Material | None:
    """None where there is none, or it cannot be read: then it is made again."""
    try:
        with zipfile.ZipFile(kept_as) as kept:
            count = sum(name.startswith("past-") for name in kept.namelist())
            material = Material(
                path=path,
                told=msgspec.json.decode(kept.read("told.json"), type=Told),
                pasts=tuple(Past.load(io.BytesIO(kept.read(f"past-{i}.npz"))) for i in range(count)),
                heard=tuple(_unpacked(kept.read(f"heard-{i}.npy")) for i in range(count)),
                places=_unpacked(kept.read("places.npy")),
                kept=True,
            )
    except FileNotFoundError:
        return None
    except (OSError, zipfile.BadZipFile, BadPast, KeyError, ValueError, EOFError, msgspec.MsgspecError):
        with suppress(OSError):
            kept_as.unlink()
        return None
    with suppress(OSError):
        os.utime(kept_as)
    return replace(material, from_cache=len(material.places))


def _packed(array: NDArray[Any]) -> bytes:
    packed = io.BytesIO()
    np.save(packed, array, allow_pickle=False)
    return packed.getvalue()


def _unpacked(packed: bytes) -> NDArray[Any]:
    return cast(NDArray[Any], np.load(io.BytesIO(packed), allow_pickle=False))
