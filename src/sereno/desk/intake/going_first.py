"""Which raw records are understood before all others: those that seem to be about the brand.

When more arrives than a worker understands, everything waits, and what may be red must not wait with it. A glance at
the raw record, when it is stored, is cheap: do the watches of the plan in force find anything in it? It is a hint for
the order and no more: what a post is about is decided when it is judged, and a record that was not seen here (words cut
by escapes we do not undo, replies that name nobody) is understood in its turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from sereno.connectors.base import RawItem
from sereno.desk.intake.models import Source
from sereno.desk.plans.queries import version_in_force, watcher_of
from sereno.engine.plan.model import OUR_KINDS

LONGEST = 20_000
"""Bytes of a record that are looked at."""


def going_first(source: Source, items: Sequence[RawItem]) -> list[bool]:
    """For each record whether it goes first. Where everything is about us, all do, in their turn."""
    if source.settings.get("all_about_us"):
        return [True] * len(items)
    version = version_in_force(source.brand)
    if version is None:
        return [False] * len(items)
    found = watcher_of(version).match([_words(item.body) for item in items])
    return [any(mention.kind in OUR_KINDS for mention in mentions) for mentions in found]


def _words(body: bytes) -> str:
    """All texts of a record of JSON, with its escapes undone; anything else as it stands."""
    try:
        return "\n".join(_texts(msgspec.json.decode(body))) if len(body) <= LONGEST else _plain(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _plain(body)


def _plain(body: bytes) -> str:
    return body[:LONGEST].decode("utf-8", "replace")


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for each in said.values():
            yield from _texts(each)
    elif isinstance(said, list):
        for each in said:
            yield from _texts(each)
