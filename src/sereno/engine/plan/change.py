"""One difference between two plans, as a value; `changes.py` finds them, `change_words.py` says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

NAMED_BY: Mapping[str, str] = {
    "roles": "role",
    "areas": "area",
    "watches": "watch",
    "reach": "level",
    "lights": "rule",
    "guides": "guide",
    "targets": "degree",
    "chain": "step",
    "catalogue": "type",
    "resources": "resource",
    "scenarios": "scenario",
    "drills": "drill",
    "tests": "test",
    "statutory": "country",
    "accepted": "warning",
    "audiences": "audience",
    "networks": "to",
    "numbers": "number",
    "terms": "term",
    "never": "term",
}
"""The list, and the key that names its entries. In the policy, audiences are named by `to` too."""


class Change(Struct, frozen=True):
    """One difference, JSON-able."""

    part: str
    """The key of the plan: `lights`, `brand`, `version`."""
    kind: Literal["added", "removed", "changed", "moved"]
    name: str = ""
    """Of the entry, where the part is a list: `large-reach`."""
    title: Mapping[str, str] = field(default_factory=dict)
    """What the entry is called in the plan, per language."""
    where: tuple[str, ...] = ()
    """Inside the part or entry, keys and names: ("when", "reach"), ("followers", "instagram"), ("steps", "2")."""
    before: Any = None
    """Plain values as the plan's text has them; None: was not there. Of `moved`: the place, from 1."""
    after: Any = None
