"""A small brand with a plan and a roster: a day shift, a night shift, a committee that takes weekly turns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.model import Plan
from tests.engine.plan.small import small_plan

JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
FEBRUARY = datetime(2026, 2, 1, tzinfo=UTC)


def plan(*changes: tuple[str, str]) -> Plan:
    return small_plan(*changes)


def roster(**changes: Any) -> Roster:
    """`changes` replace whole keys of the document."""
    document: dict[str, Any] = {
        "sereno_roster": 1,
        "roster": "acme",
        "version": "1",
        "timezone": "Europe/Madrid",
        "country": "ES",
        "people": [
            {"person": "ana", "name": "Ana", "roles": ["duty"], "languages": ["en", "es"]},
            {"person": "ben", "name": "Ben", "roles": ["duty"]},
            {"person": "cem", "name": "Cem", "roles": ["shop"]},
            {"person": "dia", "name": "Día", "roles": ["committee"]},
            {"person": "eva", "name": "Eva", "roles": ["committee"]},
        ],
        "shifts": [
            {"shift": "day", "role": "duty", "hours": ["08:00-20:00"], "people": ["ana"]},
            {"shift": "night", "role": "duty", "hours": ["20:00-08:00"], "people": ["ben"]},
            {"shift": "shop", "role": "shop", "hours": ["08:00-14:00", "16:00-20:00"], "people": ["cem"]},
            {
                "shift": "committee",
                "role": "committee",
                "hours": ["09:00-09:00"],
                "people": ["dia", "eva"],
                "rotate": {"every": "7d", "since": "2026-01-05"},
            },
        ],
    }
    return Roster.model_validate(document | changes)


def rota(start: datetime = JANUARY, end: datetime = FEBRUARY, **changes: Any) -> Rota:
    return Rota(roster(**changes), start, end)


def everybody(_person: str, _at: datetime) -> bool:
    return True
