"""What the team decided then: one JSON object a line, `{"id": "…", "light": "red", "answered_at": "…"}`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from sereno.engine.plan.model import LIGHTS, Degree

Decisions = dict[str, tuple[int | None, datetime | None]]
"""By the post's id: the rank of the light (-1 none; None where nobody decided), and when the first answer came."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    light: Degree | None = None
    answered_at: datetime | None = None


_decoder = msgspec.json.Decoder(Decision)


def read_decisions(lines: Iterable[bytes]) -> tuple[Decisions, list[tuple[int, str]]]:
    """The last line about a post counts. Lines that say nothing come second, with their number and why."""
    decisions: Decisions = {}
    bad: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            said = _decoder.decode(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            bad.append((number, f'{error}; a decision is written as {{"id": "…", "light": "red"}}'))
            continue
        rank = None if said.light is None else (-1 if said.light == "none" else LIGHTS.index(said.light))
        at = said.answered_at
        decisions[said.id] = (rank, at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at)
    return decisions, bad
