"""The demo's written material, read from the files beside this one.

    people.toml                    who is on the desk
    plan.yaml                      their crisis plan
    past.jsonl, past_pages.jsonl   posts of the last days, each with `minutes_ago`; `old`: weeks ago, brought in later
    feed.jsonl, feed_pages.jsonl   posts that arrive while somebody watches, each with `after_seconds`
    acts.jsonl                     what people did with the cases, each with `minutes_ago`

`…_pages` are comments on Mirabela's own pages, reviews of its shops, its mail and direct messages: all of it is about
Mirabela, whatever words it uses. The others were found by searching.
"""

from __future__ import annotations

import json
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import msgspec

FOLDER = Path(__file__).parent
PLAN = FOLDER / "plan.yaml"
Place = Literal["search", "pages"]
FEEDS: dict[Place, Path] = {"search": FOLDER / "feed.jsonl", "pages": FOLDER / "feed_pages.jsonl"}
_PASTS: dict[Place, Path] = {"search": FOLDER / "past.jsonl", "pages": FOLDER / "past_pages.jsonl"}
PLACES: tuple[Place, ...] = ("search", "pages")


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: str
    name: str
    what: str
    """In a few words, for the screen where the demo begins."""
    language: str
    timezone: str
    roles: tuple[str, ...]
    area: str = ""


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person did with the case that a post stands in."""

    minutes_ago: int
    by: str
    """The person's e-mail address up to the @."""
    post: str
    act: Literal["take", "note", "overrule", "close"]
    reason: str = ""
    light: Literal["green", "amber", "red"] | None = None
    words: str = ""


class PastPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post of the past: the fields of our input format but its dates."""

    place: Place
    minutes_ago: int
    old: bool
    fields: dict[str, Any]

    def body(self, now: datetime) -> bytes:
        """As a network would have sent it, were it `now` when somebody looks back."""
        at = (now - timedelta(minutes=self.minutes_ago)).isoformat()
        dates = {"created_at": at, "received_at": at} if self.old else {"created_at": at}
        return msgspec.json.encode({**self.fields, **dates})


def people() -> tuple[Person, ...]:
    with (FOLDER / "people.toml").open("rb") as file:
        return msgspec.convert(tomllib.load(file)["person"], tuple[Person, ...])


def acts() -> tuple[Act, ...]:
    """The longest ago first."""
    return tuple(sorted(msgspec.convert(lines(FOLDER / "acts.jsonl"), list[Act]), key=lambda act: -act.minutes_ago))


def past() -> tuple[PastPost, ...]:
    """The longest ago first."""
    posts = [_past_post(place, line) for place, path in _PASTS.items() for line in lines(path)]
    return tuple(sorted(posts, key=lambda post: -post.minutes_ago))


def _past_post(place: Place, line: dict[str, Any]) -> PastPost:
    minutes_ago, old = line.pop("minutes_ago"), line.pop("old", False)
    return PastPost(place=place, minutes_ago=minutes_ago, old=old, fields=line)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
