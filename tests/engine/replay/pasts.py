"""Plans that differ in everything a replay tells, and random pasts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from sereno.engine.context import Context, Contexts
from sereno.engine.plan.load import read_plan
from sereno.engine.plan.model import LightRule, Plan
from sereno.engine.replay import Past
from tests.engine.plan.batches import Said, readings, replace_context
from tests.engine.plan.small import small_plan
from tests.engine.test_judge import POSTS

STARTER = read_plan("starter")
AIRLINE = read_plan("airline")
BEFORE = small_plan()
_DAYS = ("monday", "tuesday", "wednesday", "thursday")


def _called(name: str, light: str, when: dict[str, Any], role: str, chain: str, guide: str | None = None) -> LightRule:
    return LightRule.model_validate(
        {"rule": name, "light": light, "title": {"en": name}, "when": when, "guide": guide}
        | {"route": {"role": role, "chain": chain}}
    )


def _rerouted() -> Plan:
    """Other hours, another zone, other targets, a law; rules that call roles by name, before the chain or with it."""
    plan = small_plan(
        ("version: 2026.10", "version: 2026.11"),
        ("timezone: Europe/Madrid", "timezone: America/St_Johns"),
        *((f"  {day}: [08:00-20:00]", f"  {day}: [00:00-09:30, 22:00-24:00]") for day in _DAYS),
        ("{default: 20000, instagram: 10000}", "{default: 10000, instagram: 190000}"),
        ("degree: amber, acknowledge: 30m, first_answer: 2h", "degree: amber, acknowledge: 10m, first_answer: 1h"),
        (
            "chain:\n",
            "statutory:\n  - {country: ES, days: 10, law: a law}\n  - {country: PL, days: 14, law: other}\nchain:\n",
        ),
        (
            "role: area_owner, acknowledge_within: 30m, then: committee}",
            "role: area_owner, acknowledge_within: 30m, clock: always, then: committee}",
        ),
    )
    extra = (
        _called("call-shop", "green", {"topic": ["billing", "privacy"]}, "shop", "waits"),
        _called("call-duty", "red", {"claims": ["press", "boycott"]}, "duty", "waits", "calm"),
        _called("call-committee", "amber", {"hostile": 0.75}, "committee", "also"),
        _called("call-shop-too", "red", {"risk": ["data", "fraud"]}, "shop", "also"),
    )
    return plan.model_copy(update={"lights": (*plan.lights, *extra)})


AFTER = _rerouted()
PLANS = st.sampled_from([BEFORE, AFTER, STARTER, AIRLINE])
NOW = datetime(2200, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 3, 23, tzinfo=UTC)
"""Madrid's clocks change on the Sunday after."""


@dataclass(frozen=True)
class Row:
    """One post of a past as it stands."""

    said: Said
    context: Context
    decided: int
    answered_after: timedelta | None

    @property
    def answered_at(self) -> datetime | None:
        return None if self.answered_after is None else self.context.received_at + self.answered_after


MINUTES = st.integers(0, 60 * 24 * 9) | st.integers(10, 13).map(lambda hours: 60 * hours)
"""Some days, and the strokes of one crowded noon."""
ROWS = st.builds(
    lambda post, claims, stays_out, minutes, written, country, decided, answered: Row(
        replace(post[0], claims=claims),
        replace_context(
            post[1],
            received_at=MONDAY + timedelta(minutes=minutes),
            created_at=None if written is None else MONDAY + timedelta(minutes=written),
            country=country,
            own=stays_out == "own",
            backfilled=stays_out == "backfilled",
        ),
        decided,
        answered,
    ),
    POSTS,
    st.frozensets(st.sampled_from(["lying", "press", "self_harm"]), max_size=2),
    st.sampled_from([None, None, None, None, "own", "backfilled"]),
    MINUTES,
    st.none() | MINUTES,
    st.sampled_from([None, "ES", "PL", "FR"]),
    st.sampled_from([-2, -1, 0, 1, 2]),
    st.none() | st.integers(0, 60 * 30).map(lambda minutes: timedelta(minutes=minutes)),
)
PASTS = st.lists(ROWS, max_size=14)


def past_of(rows: list[Row]) -> Past:
    return Past.of(
        [f"post-{i}" for i in range(len(rows))],
        readings([row.said for row in rows]),
        Contexts([row.context for row in rows]),
        decided=[row.decided for row in rows],
        answered_at=[row.answered_at for row in rows],
    )
