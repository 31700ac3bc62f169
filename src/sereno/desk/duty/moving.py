"""A line is moved on: what happens is stored under its number, told, and written into the case's history, at once.

Whoever calls holds the case's lock and a transaction. What was not committed has not happened, and is due again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases.models import Case, CaseEvent, CaseNote
from sereno.desk.duty.chains import as_line, happened_to
from sereno.desk.duty.models import CHAIN, Line, LineHappening
from sereno.desk.duty.standing import Standing, quiet_around, rota_around, standing_roster
from sereno.desk.duty.telling import adopt, leads_of, tell, told_now, urgency_of, with_a_way, withdraw
from sereno.desk.plans.queries import plan_of
from sereno.engine.duty import escalation
from sereno.engine.duty.escalation import Happening, Reachable, due_at, next_happenings
from sereno.engine.plan.model import Degree, Plan

EVENTS = {
    "called": "called", "passed": "call_passed", "nobody": "call_nobody", "acknowledged": "acknowledged",
    "handed_back": "handed_back", "escalated": "escalated", "lowered": "lowered",
}  # fmt: skip
"""Of a happening in the case's history. That a line stopped needs no line there: what stopped it stands there."""


@dataclass
class Ground:
    """What a round looks up once for all its lines."""

    now: datetime
    _standing: dict[int, Standing] = field(default_factory=dict)
    _with_a_way: dict[tuple[int, str], frozenset[int]] = field(default_factory=dict)

    def standing(self, brand: Brand) -> Standing:
        if brand.pk not in self._standing:
            self._standing[brand.pk] = standing_roster(brand)
        return self._standing[brand.pk]

    def reachable(self, brand: Brand, degree: str) -> Reachable:
        """Whoever has an account with a way that works, and whose hours are not quiet (red bends them)."""
        standing = self.standing(brand)
        key = (brand.pk, degree)
        if key not in self._with_a_way:
            self._with_a_way[key] = with_a_way(standing.users.values(), light=degree, now=self.now, brand=brand)
        ways, quiet = self._with_a_way[key], quiet_around(standing, self.now)

        def reachable(person: str, at: datetime) -> bool:
            user = standing.users.get(person)
            return user is not None and user.pk in ways and quiet.reachable(person, at, cast(Degree, degree))

        return reachable


def move_on(line: Line, case: Case, ground: Ground) -> int:
    """Do what is due on this line. Returns how many happenings that were."""
    plan, now = plan_of(line.plan_version), ground.now
    happened = happened_to(line)
    rota = rota_around(ground.standing(line.brand), now)
    new = next_happenings(as_line(line), happened, rota, plan, ground.reachable(line.brand, line.degree), now)
    return append(line, case, new, ground, plan=plan, happened=happened)


def pass_on(line: Line, case: Case, reason: str, ground: Ground) -> bool:
    """Nobody of those who were called hears it. Whether something follows now; at the last its next round does."""
    plan, happened = plan_of(line.plan_version), happened_to(line)
    new = escalation.pass_on(
        as_line(line), happened, rota_around(ground.standing(line.brand), ground.now), plan,
        ground.reachable(line.brand, line.degree), ground.now, reason=reason,
    )  # fmt: skip
    append(line, case, new, ground, plan=plan, happened=happened)
    if new and new[-1].what == "passed":
        move_on(line, case, ground)
    return bool(new)


def ask_owner(line: Line, case: Case, ground: Ground, code: str) -> None:
    """Whoever has the case is asked first; `code` of what they are told. Nobody acknowledges in time: the link is."""
    plan, happened = plan_of(line.plan_version), happened_to(line)
    person = ground.standing(line.brand).person_of(cast(User, case.owner))
    asked = escalation.ask_owner(
        as_line(line), happened, plan, people=(person,) if person else (), at=ground.now, reason=code
    )
    append(line, case, [asked], ground, plan=plan, happened=happened)


def append(
    line: Line, case: Case, new: Sequence[Happening], ground: Ground, *, plan: Plan | None = None,
    happened: Sequence[Happening] | None = None, by: User | None = None, words: str = "",
) -> int:  # fmt: skip
    """Store these after what happened, tell them, and set when the next is due."""
    plan = plan or plan_of(line.plan_version)
    before = list(happened_to(line) if happened is None else happened)
    missing: list[str] = []
    for number, each in enumerate(new, start=len(before) + 1):
        row = _store(line, case, number, each, ground, by)
        if each.what in EVENTS:
            _into_history(line, case, row, ground.now, by, words)
        if each.what == "passed":
            missing.append(line.links[each.link]["role"])
        _TOLD.get(each.what, _nobody_is_told)(line, case, row, missing, ground)
    due = due_at(as_line(line), [*before, *new], plan)
    line.due_at, line.over_at = due, ground.now if due is None else None
    line.failures, line.fault = 0, ""
    line.save(update_fields=["due_at", "over_at", "failures", "fault"])
    return len(new)


def _store(line: Line, case: Case, number: int, each: Happening, ground: Ground, by: User | None) -> LineHappening:
    # who has a case need not stand in the roster
    owner = [case.owner] if each.how == "owner" and each.what == "called" and case.owner else None
    users = owner or ground.standing(line.brand).users_of(each.people)
    # the engine says it in words; the history keeps a code
    reason = "nobody-stands" if each.what == "passed" and each.reason not in ("unreached", "left") else each.reason
    return LineHappening.objects.create(
        brand_id=line.brand_id, line=line, number=number, what=each.what, at=each.at, link=each.link,
        people=list(each.people), users=[user.pk for user in users], acknowledge_by=each.acknowledge_by,
        how=each.how or "", round=each.round, by_id=by.pk if by else None, reason=reason,
    )  # fmt: skip


def _into_history(line: Line, case: Case, row: LineHappening, now: datetime, by: User | None, words: str) -> CaseEvent:
    link = line.links[row.link]
    details: dict[str, Any] = {
        "line": line.pk, "name": line.name, "number": row.number, "step": link["step"], "role": link["role"],
    }  # fmt: skip
    if row.what == "called":
        details |= {"users": row.users, "how": row.how, "round": row.round}
    if row.acknowledge_by is not None:
        details["acknowledge_by"] = row.acknowledge_by.isoformat()
    event = CaseEvent.objects.create(
        brand_id=line.brand_id, case=case, at=now, by=by, kind=EVENTS[row.what], details=details
    )
    if words:
        CaseNote.objects.create(brand_id=line.brand_id, case=case, event=event, by=by, at=now, text=words)
    return event


# -- who is told ------------------------------------------------------------------------------------------------------


def values_of(line: Line, row: LineHappening) -> dict[str, Any]:
    link = line.links[row.link]
    deadline = row.acknowledge_by.isoformat() if row.acknowledge_by else None
    return {
        "light": line.degree, "network": line.network, "language": line.language, "line": line.name,
        "step": link["step"], "role": link["role"], "how": row.how, "round": row.round, "deadline": deadline,
    }  # fmt: skip


def _call(line: Line, case: Case, row: LineHappening, missing: list[str], ground: Ground) -> None:
    code = _code(line, row)
    if code == "assigned" and adopt(case, line, row):
        return
    knows = told_now(line, ground.now) if line.name == CHAIN else frozenset()
    tell(
        [user for user in User.objects.filter(pk__in=row.users).order_by("pk") if user.pk not in knows],
        brand=line.brand, code=code, values={**values_of(line, row), "missing": missing, "by": _by_whom(line, row)},
        urgency=urgency_of(line.degree), case=case, line=line, happening=row, light=line.degree, now=ground.now,
    )  # fmt: skip


def _code(line: Line, row: LineHappening) -> str:
    """How it came that they are called."""
    if row.how == "owner":
        return row.reason
    before = line.happenings.filter(number=row.number - 1).values_list("what", flat=True).first()
    if before in ("handed_back", "escalated", "lowered"):
        return before
    if row.how == "everybody":
        return "everybody"
    return "called_again" if row.round else "called"


def _by_whom(line: Line, row: LineHappening) -> int | None:
    """Who passed it on, or gave it back."""
    acts = ("handed_back", "escalated", "lowered")
    before = line.happenings.filter(number=row.number - 1, what__in=acts)
    return before.values_list("by_id", flat=True).first()


def _tell_leads(line: Line, case: Case, row: LineHappening, missing: list[str], ground: Ground) -> None:
    """And everybody of the line: a way that is broken may be mended by now, and the bell on the screen always works."""
    standing = ground.standing(line.brand)
    roles = {role for link in line.links for role in (link["role"], link["deputy"]) if role}
    holders = [each.person for each in standing.roster.people if roles.intersection(each.roles)]
    tell(
        [*leads_of(line.brand), *standing.users_of(holders)], brand=line.brand, code="nobody",
        values=values_of(line, row) | {"missing": missing},
        urgency=urgency_of(line.degree), case=case, line=line, happening=row, light=line.degree, now=ground.now,
    )  # fmt: skip


def _no_longer(line: Line, _case: Case, _row: LineHappening, _missing: list[str], ground: Ground) -> None:
    withdraw(line, now=ground.now)


def _nobody_is_told(_line: Line, _case: Case, _row: LineHappening, _missing: list[str], _ground: Ground) -> None:
    """A line that is passed on tells whoever is called next; what a person did stands in the history."""


_TOLD: dict[str, Callable[[Line, Case, LineHappening, list[str], Ground], None]] = {
    "called": _call,
    "nobody": _tell_leads,
    "acknowledged": _no_longer,
    "stopped": _no_longer,
}
