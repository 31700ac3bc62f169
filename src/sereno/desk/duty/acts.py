"""What people do about a case that calls: acknowledge, hand back, escalate, lower, ask somebody. One transaction each.

Every act first compares the case with its lines, so that it never meets lines that are behind; and moves what it did
on at once, so that whoever is called next hears of it within the same second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from sereno.desk.accounts.models import User
from sereno.desk.accounts.permissions import Action, may
from sereno.desk.audit.actions import digest, record
from sereno.desk.cases import actions as casework
from sereno.desk.cases.models import Case, CaseEvent, CaseNote, CaseState
from sereno.desk.duty.chains import as_line, degree_of, happened_to
from sereno.desk.duty.lines import acknowledge_lines, compare, give_back_lines, newest_turn
from sereno.desk.duty.models import CHAIN, Line
from sereno.desk.duty.moving import Ground, append, move_on
from sereno.desk.duty.pauses import end_pause_by_itself
from sereno.desk.duty.refused import DutyRefused
from sereno.desk.duty.standing import rota_around
from sereno.desk.duty.telling import tell, urgency_of
from sereno.desk.duty.turning import TURN, stands_where_its_chain_does
from sereno.engine.duty import escalation
from sereno.engine.duty.escalation import Happening


@transaction.atomic
def acknowledge(case: Case, *, by: User, now: datetime) -> Case:
    """I have it: nobody more is called. Takes the case, unless somebody has it who acknowledged before."""
    row = _open_for(case, by)
    if row.acknowledged_at is None and row.owner_id == by.pk:
        row.acknowledged_at = now
        row.save(update_fields=["acknowledged_at"])
    elif row.acknowledged_at is None or row.owner_id is None:
        Case.objects.filter(pk=row.pk).update(acknowledged_at=None)
        casework.take(row, by=by, now=now)
        row = locked(case)
    ground = Ground(now)
    compare(row, ground)
    ended = acknowledge_lines(row, newest_turn(row), by, ground)
    record("case.acknowledged", row, by=by, at=now, brand_id=row.brand_id, owner=row.owner_id, lines=ended)
    return row


@transaction.atomic
def hand_back(case: Case, *, reason: str, by: User, now: datetime) -> Case:
    """Give the case back: the same link is called anew. Who has it may, and a lead."""
    words = _words(reason)
    row = _open_for(case, by)
    if row.owner_id != by.pk and not may(by, Action.EDIT_ROSTER, row.brand):
        raise DutyRefused("not-yours")
    ground = Ground(now)
    compare(row, ground)
    had_it, acknowledged = row.owner_id, row.acknowledged_at is not None
    casework.release(row, by=by, now=now)
    row = locked(case)
    end_pause_by_itself(row, now)
    if acknowledged:
        give_back_lines(row, newest_turn(row), ground, by=by, had_it=had_it, words=words)
    _looked_at(row)
    record("case.handed_back", row, by=by, at=now, brand_id=row.brand_id, had=had_it, words=digest(words))
    return row


@transaction.atomic
def escalate(case: Case, *, reason: str, by: User, now: datetime, line: str = CHAIN) -> Case:
    """Up to the next link, at once. Whoever is called there takes the case; until then nobody has it."""
    return _step(case, "escalated", escalation.escalate, "last-step", reason=reason, by=by, now=now, name=line)


@transaction.atomic
def lower(case: Case, *, reason: str, by: User, now: datetime, line: str = CHAIN) -> Case:
    """Down to the link before, at once."""
    return _step(case, "lowered", escalation.lower, "first-step", reason=reason, by=by, now=now, name=line)


def may_escalate(case: Case, line: str = CHAIN) -> bool:
    """Whether a link stands above the one where the line is."""
    row = _named(newest_turn(case), line)
    return row is not None and escalation.standing(happened_to(row)).link + 1 < len(row.links)


def may_lower(case: Case, line: str = CHAIN) -> bool:
    row = _named(newest_turn(case), line)
    return row is not None and escalation.standing(happened_to(row)).link > 0


@transaction.atomic
def consult(
    case: Case, *, question: str, by: User, now: datetime, person: User | None = None, role: str | None = None
) -> CaseNote:
    """Ask somebody sideways: a person, or whoever is on duty in a role (nobody is: everybody who holds it). The line
    stays where it is, and goes on."""
    words = _words(question)
    row = locked(case)
    _must_work(by, row)
    if (person is None) == (role is None):
        raise DutyRefused("whom-to-ask")
    asked = _asked(row, person, role, Ground(now), now)
    event = CaseEvent.objects.create(
        brand_id=row.brand_id, case=row, at=now, by=by, kind="consulted",
        details={"users": [user.pk for user in asked], "role": role},
    )  # fmt: skip
    note = CaseNote.objects.create(brand_id=row.brand_id, case=row, event=event, by=by, at=now, text=words)
    degree = degree_of(row)
    tell(
        asked, brand=row.brand, code="consulted",
        values={"light": degree, "network": row.network, "by": by.pk, "role": role, "note": note.pk},
        urgency=urgency_of(degree), case=row, light=degree, now=now,
    )  # fmt: skip
    record(
        "case.consulted", row, by=by, at=now, brand_id=row.brand_id, users=[user.pk for user in asked], role=role,
        words=digest(words),
    )  # fmt: skip
    return note


# -- steps of the above -----------------------------------------------------------------------------------------------

Move = Callable[..., Happening]


def _step(
    case: Case, what: str, move: Move, at_the_end: str, *, reason: str, by: User, now: datetime, name: str
) -> Case:
    words = _words(reason)
    row = _open_for(case, by)
    ground = Ground(now)
    compare(row, ground)
    line = _named(newest_turn(row), name)
    if line is None:
        raise DutyRefused("no-line")
    happened = happened_to(line)
    try:
        new = move(as_line(line), happened, by=str(by.pk), at=now, reason=words)
    except ValueError:
        raise DutyRefused(at_the_end) from None
    before, row.owner, row.acknowledged_at = row.owner_id, None, None
    row.save(update_fields=["owner", "acknowledged_at"])
    end_pause_by_itself(row, now)
    append(line, row, [new], ground, happened=happened, by=by, words=words)
    move_on(line, row, ground)
    if line.happenings.filter(number__gt=len(happened) + 1, what__in=("called", "nobody")).first() is None:
        row.owner_id = before  # the step sleeps until its duty hours: until then it is theirs who had it
        row.save(update_fields=["owner"])
    stands_where_its_chain_does(row, line)
    row.save(update_fields=TURN)
    record(
        f"case.{what}", row, by=by, at=now, brand_id=row.brand_id, line=line.pk, link=new.link, had=before,
        words=digest(words),
    )  # fmt: skip
    return row


def _named(rows: Sequence[Line], name: str) -> Line | None:
    return next((row for row in rows if row.name == name), None)


def _asked(case: Case, person: User | None, role: str | None, ground: Ground, now: datetime) -> list[User]:
    if person is not None:
        if not may(person, Action.SEE, case.brand):
            raise DutyRefused("not-a-member")
        return [person]
    standing = ground.standing(case.brand)
    rota = rota_around(standing, now)
    there = standing.users_of(rota.on(str(role), now))
    found = there or standing.users_of([each.person for each in standing.roster.in_role(str(role))])
    if not found:
        raise DutyRefused("nobody-there")
    return found


def _open_for(case: Case, by: User) -> Case:
    row = locked(case)
    _must_work(by, row)
    if row.state == CaseState.CLOSED:
        raise DutyRefused("closed")
    if row.state != CaseState.OPEN:
        raise DutyRefused("not-open")
    return row


def _must_work(by: User, case: Case) -> None:
    if not may(by, Action.WORK_CASES, case.brand):
        raise DutyRefused("no-right")


def _looked_at(case: Case) -> None:
    case.lines_due = False
    case.save(update_fields=["lines_due", "acknowledged_at", "acknowledge_by"])


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise DutyRefused("words-needed")
    return words


def locked(case: Case) -> Case:
    """The case as it stands now, locked until the transaction ends: its lines are moved by nobody else meanwhile."""
    return Case.objects.select_for_update(of=("self",)).select_related("brand", "owner").get(pk=case.pk)
