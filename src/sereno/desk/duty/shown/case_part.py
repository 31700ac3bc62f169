"""Where a case stands in its chain: who was called when and by which way, who has it, who is called next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.lists import format_list

from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases.asked import open_questions
from sereno.desk.cases.casefile import CaseFile
from sereno.desk.cases.models import CaseState
from sereno.desk.duty.acts import may_escalate, may_lower
from sereno.desk.duty.chains import as_happening, as_line
from sereno.desk.duty.models import CHAIN, LineHappening
from sereno.desk.duty.moving import Ground
from sereno.desk.duty.queries import LineSeen, lines_of, pauses_of
from sereno.desk.duty.shown.forms import ConsultForm, PauseForm, ReasonForm
from sereno.desk.duty.shown.words import failed, happened_words, only_bell, way_words
from sereno.desk.duty.standing import rota_around
from sereno.desk.notify.models import Delivery, Notification
from sereno.desk.notify.queries import deliveries_of
from sereno.desk.plans.queries import plan_of
from sereno.desk.plans.titles import role_title
from sereno.desk.words import language
from sereno.engine.duty.escalation import Happening, next_happenings
from sereno.engine.duty.roster import Roster

SHOWN = 6
"""Happenings that stand open; those before are one key away."""


@dataclass(frozen=True, slots=True)
class Told:
    """One person, and how each message to them fares."""

    name: str
    ways: tuple[tuple[str, bool], ...]
    """In words; whether it failed."""
    bell: bool
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that happened to a line."""

    at: datetime
    what: str
    role: str
    words: str
    by: User | None
    reason: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class StepSeen:
    role: str
    here: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class ChainSeen:
    """A line, ready to be read."""

    title: str
    """Empty for the chain; else the role that is called by name."""
    steps: tuple[StepSeen, ...]
    happened: tuple[Seen, ...]
    over: bool
    late: bool
    next_at: datetime | None
    next_names: str
    """Who is called then, if nobody takes it; empty: nobody can be reached then."""
    next_role: str
    again: bool
    """The last step: the same are called again."""

    @property
    def before(self) -> tuple[Seen, ...]:
        return self.happened[:-SHOWN]

    @property
    def recent(self) -> tuple[Seen, ...]:
        return self.happened[-SHOWN:]


def on_case(file: CaseFile, brand: Brand, now: datetime) -> dict[str, Any]:
    """What duty adds to a case's page (`DESK_CASE`)."""
    case = file.case
    lines = lines_of(case)
    newest = max((each.line.turn for each in lines), default=0)
    messages = _messages(deliveries_of(case))
    pauses = list(pauses_of(case)[:20])
    calls = case.state == CaseState.OPEN and not case.backfilled
    ground = Ground(now)
    return {
        "chains": [_seen(each, messages, ground) for each in lines if each.line.turn == newest],
        "turn_now": _turn_now([each for each in lines if each.line.turn == newest]),
        "earlier_turns": newest - 1 if newest > 1 else 0,
        "questions": () if file.closed else open_questions(case),
        "pause": next((each for each in pauses if each.ends_at is None), None),
        "pauses": [each for each in pauses if each.ends_at is not None],
        "can_hand_back": calls and newest > 0,
        "can_escalate": calls and may_escalate(case),
        "can_lower": calls and may_lower(case),
        "hand_back_form": ReasonForm(prefix="hand_back"),
        "escalate_form": ReasonForm(prefix="escalate"),
        "lower_form": ReasonForm(prefix="lower"),
        "pause_form": PauseForm(prefix="pause"),
        "consult_form": ConsultForm(brand=brand, prefix="consult"),
    }


def _turn_now(lines: list[LineSeen]) -> str:
    """The roles that are called now, or whose people have it: those called by name, and the chain's. Empty: the case
    calls nobody, and says itself whose turn it would be."""
    chain = next((each for each in lines if each.line.name == CHAIN), None)
    if chain is None or not chain.happenings or chain.happenings[-1].what == "stopped":
        return ""
    plan = plan_of(chain.line.plan_version)
    roles = [each.line.name for each in lines if each is not chain] + [chain.at_link.role]
    titles = dict.fromkeys(role_title(plan, role) for role in roles)
    return str(format_list(list(titles), locale=language()))


def _messages(tries: Iterable[Delivery]) -> dict[int, dict[int, list[Delivery]]]:
    """By happening, then by notification."""
    found: dict[int, dict[int, list[Delivery]]] = {}
    for each in tries:
        happening = each.notification.happening
        if happening is not None:
            found.setdefault(happening, {}).setdefault(each.notification_id, []).append(each)
    return found


def _seen(each: LineSeen, messages: dict[int, dict[int, list[Delivery]]], ground: Ground) -> ChainSeen:
    plan = plan_of(each.line.plan_version)
    titles = [role_title(plan, link.role) for link in each.links]
    here = min(each.place.link, len(titles) - 1)
    steps = tuple(StepSeen(title, index == here and not each.over, index < here) for index, title in enumerate(titles))
    coming = () if each.over else _coming(each, ground)
    call = next((one for one in coming if one.what == "called"), None)
    at = each.line.due_at
    return ChainSeen(
        title="" if each.line.name == CHAIN else role_title(plan, each.line.name),
        steps=steps,
        happened=tuple(_one(each, one, titles, messages) for one in each.happenings),
        over=each.over,
        late=at is not None and at < ground.now,
        next_at=at,
        next_names=_names(ground.standing(each.line.brand).roster, call.people) if call else "",
        next_role=titles[min(call.link, len(titles) - 1)] if call else "",
        again=call is not None and call.link == each.place.link and bool(each.happenings),
    )


def _coming(each: LineSeen, ground: Ground) -> tuple[Happening, ...]:
    """What the engine would do at the next moment, if nobody does anything before: the same words as it then will."""
    line, due = each.line, each.line.due_at
    assert due is not None
    rota = rota_around(ground.standing(line.brand), due)
    reachable = ground.reachable(line.brand, line.degree)
    happened = [as_happening(one) for one in each.happenings]
    return next_happenings(as_line(line), happened, rota, plan_of(line.plan_version), reachable, due)


def _names(roster: Roster, people: Iterable[str]) -> str:
    return ", ".join(roster.person(person).name for person in people)


def _one(each: LineSeen, row: LineHappening, titles: list[str], messages: dict[int, dict[int, list[Delivery]]]) -> Seen:
    told = tuple(_told(tries) for tries in messages.get(row.pk, {}).values()) if row.what != "stopped" else ()
    names = ", ".join(str(user) for user in each.told(row))
    return Seen(
        at=row.at,
        what=row.what,
        role=titles[min(row.link, len(titles) - 1)],
        words=happened_words(row, names),
        by=each.by(row),
        reason=row.reason if row.by_id else "",
        told=told,
    )


def _told(tries: list[Delivery]) -> Told:
    notification: Notification = tries[0].notification
    bell = only_bell(notification)
    ways = () if bell else tuple((way_words(one), failed(one)) for one in tries)
    return Told(str(tries[0].user), ways, bell, notification.seen_at)
