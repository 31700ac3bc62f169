"""What can be found where not all is well: its code, and how bad it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["wrong", "look"]
"""wrong: somebody may not be called, the monitor outside hears nothing; look: worth a look, nobody waits for it."""

CODES: dict[str, tuple[Severity, str]] = {
    "line-late": ("wrong", "a step of a chain that was due has not happened"),
    "line-failing": ("wrong", "a line cannot be moved on; it is tried again and again"),
    "case-not-seen": ("wrong", "something happened to a case, and nobody looked whether somebody is to be called"),
    "case-without-line": ("wrong", "a case waits that nobody acknowledged, and nobody is called for it"),
    "line-exhausted": ("wrong", "a case waits, and its whole chain was called in vain"),
    "owner-gone": ("wrong", "a case belongs to somebody who has left the team"),
    "posts-late": ("wrong", "posts wait to be judged"),
    "worker-silent": ("wrong", "no worker gives a sign of life; nothing is read, judged or called"),
    "worker-errors": ("look", "a part of the worker's round fails"),
    "source-failing": ("wrong", "a source cannot be read"),
    "source-late": ("look", "a source that was due was not read"),
    "source-silent": ("look", "a source that brought posts has brought none for long"),
    "clock-back": ("wrong", "the clock went back"),
    "clock-stands": ("wrong", "the clock stands still"),
    "clock-jumped": ("look", "the clock jumped, or the machine slept"),
    "disk-full": ("wrong", "the disk is full, or nearly"),
    "disk-low": ("look", "the disk fills up"),
    "database-unwritable": ("wrong", "nothing can be written to the database"),
    "auditor-silent": ("wrong", "nobody has looked for a while whether all is well"),
    "monitor-unreachable": ("look", "the monitor outside could not be told that all is well"),
    "messages-late": ("wrong", "messages that were due were not sent"),
    "messages-failed": ("wrong", "people could not be reached, or the mail server takes nothing"),
    "role-unmanned": ("look", "nobody is on duty now in a role that the chain wants"),
    "no-way-out": (
        "wrong",
        "somebody of the chain who is on duty now or next cannot be reached outside of the product",
    ),
    "roster-unfit": (
        "wrong",
        "the roster in force does not fit the plan in force; roles may be called that nobody fills",
    ),
    "no-roster": ("look", "no roster is in force: whoever holds a role counts as always on duty"),
}
"""What can be found, how bad it is, and what it means in English; pages say it in the reader's language."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)
    """Counts, ids, moments as ISO text; names of sources."""
    brand: int | None = None
    """None: it concerns the whole desk."""

    @property
    def severity(self) -> Severity:
        return CODES[self.code][0]

    @property
    def wrong(self) -> bool:
        return self.severity == "wrong"
