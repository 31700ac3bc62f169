"""The life of Mirabela's plan: a first version, the one in force, who has read it, and a draft that waits.

All of it by the real actions, each at its time: the plan changed while posts came in, so that lights from before are
explained by the version that gave them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sereno.desk.accounts.models import Brand, User
from sereno.desk.demo import material
from sereno.desk.plans import actions
from sereno.desk.plans.models import PlanDraft, PlanVersion
from sereno.desk.replays.running import work_on_replays
from sereno.engine.plan.edit import set_value
from sereno.engine.plan.load import load_plan
from sereno.engine.plan.nodes import Path
from sereno.engine.read import Reader

CHANGED = timedelta(hours=44)
"""So long ago today's version came in force."""
DRAFTED = timedelta(hours=5)
"""So long ago the draft that waits was written."""
LEAD, SECOND = "maeve.doyle", "irene.valls"
READERS = ("maeve.doyle", "irene.valls", "ana.robles")
"""Who has read today's version; the others are asked to."""

_ELSEWHERE: Path = ("reach", 0, "followers", "default")
"""Followers from which an account is large on networks that the plan does not name."""
_SMALLER: tuple[Path, ...] = (("reach", 0, "followers", "youtube"), ("reach", 0, "followers", "tiktok"))
_NUMBER: Path = ("version",)


def today() -> str:
    return material.PLAN.read_text(encoding="utf-8")


def first_text() -> str:
    """The plan as it began: fewer accounts were large, and amber posts waited longer for the next answer."""
    amber = [target.degree for target in load_plan(today()).targets].index("amber")
    text = set_value(today(), _NUMBER, "2026.9.1")
    text = set_value(text, _ELSEWHERE, 50_000)
    return set_value(text, ("targets", amber, "next_answer"), "4h")


def put_first_in_force(brand: Brand, at: datetime) -> PlanVersion:
    return actions.put_in_force(brand, text=first_text(), name=material.PLAN.name, by=None, now=at)


def change_plan(brand: Brand, people: Mapping[str, User], reader: Reader, at: datetime) -> None:
    """Maeve writes, Irene approves; three have read it since."""
    draft = actions.start_draft(brand, name="Amber within two hours", by=people[LEAD], now=at, text=today())
    _prove(draft, people[LEAD], reader, at)
    actions.approve(
        PlanDraft.objects.get(pk=draft.pk), digest=draft.digest, by=people[SECOND], now=at,
        words="Good. In the evening people waited far too long.",
    )  # fmt: skip
    version = actions.put_draft_in_force(
        draft,
        summary="Amber posts get their next answer within two hours, and 20,000 followers are many elsewhere, too.",
        by=people[SECOND],
        now=at,
    )
    assert version is not None
    for hours, who in enumerate(READERS):
        actions.confirm_known(version, by=people[who], now=at + timedelta(hours=2 * hours, minutes=9))


def leave_a_draft(brand: Brand, people: Mapping[str, User], reader: Reader, at: datetime) -> None:
    """Maeve proposes that smaller accounts count on YouTube and TikTok, and asks for approval."""
    draft = actions.start_draft(brand, name="Smaller accounts count on YouTube and TikTok", by=people[LEAD], now=at)
    text = draft.text
    for network in _SMALLER:
        text = set_value(text, network, 5_000)
    draft = actions.save_draft(draft, text=text, revision=draft.revision, by=people[LEAD], now=at)
    _prove(draft, people[LEAD], reader, at)
    actions.ask_approval(draft, by=people[LEAD], now=at + timedelta(minutes=4))


def _prove(draft: PlanDraft, by: User, reader: Reader, at: datetime) -> None:
    """Checked and replayed, as the approval wants it."""
    actions.check_draft(draft, by=by, now=at, reader=reader)
    actions.ask_replay(draft, by=by, now=at)
    work_on_replays(now=at, reader=reader)
