"""Which lines a case needs now, compared with those it has: opened, ended, given back. Holds the case's lock.

A case calls for people while it is open, and not history. Each time it calls is a *turn*:

- nobody has it and no line runs: a new turn;
- its light changed: the lines end, and the new light's chain begins (milder: whoever has the case keeps it, there);
- it was answered or closed: the lines end; the person writes again, or it is reopened: a new turn. Whoever has the case
  and is on duty has that one too, and is told; a red one they have to acknowledge in time, else the chain goes on. Who
  is not on duty is told, and the chain is called;
- a colleague hands it to somebody else: they have to acknowledge it in the step's time, else the chain goes on;
- somebody takes it: the chain is acknowledged. A role called by name has to know itself: its line goes on until
  somebody who fills that role, or a lead, acknowledges;
- who had it puts it back, or leaves the team: what they had acknowledged is called anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import cast

from sereno.desk.accounts.models import User
from sereno.desk.accounts.permissions import Action, may
from sereno.desk.cases.models import LIGHT_RANKS, Case, CaseEvent, CaseState
from sereno.desk.duty.chains import as_line, degree_of, happened_to, wanted_lines, written_links
from sereno.desk.duty.leaving import give_back_of_who_left, pass_on_from_who_left
from sereno.desk.duty.models import CHAIN, Line, LineHappening
from sereno.desk.duty.moving import Ground, append, ask_owner, move_on
from sereno.desk.duty.pauses import end_pause_by_itself
from sereno.desk.duty.standing import rota_around
from sereno.desk.duty.telling import tell, urgency_of
from sereno.desk.duty.turning import acknowledge_by
from sereno.desk.plans.models import PlanVersion
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.engine.duty import escalation
from sereno.engine.duty.escalation import Happening
from sereno.engine.plan.deadlines import add_duty_time
from sereno.engine.plan.model import Plan

RANKS: dict[str, int] = {light or "none": rank for light, rank in LIGHT_RANKS.items()}


def compare(case: Case, ground: Ground) -> int:
    """Open, end and give back lines until they are what the case needs now. Returns how many were touched."""
    touched = _compare(case, ground)
    case.lines_due = False
    case.save(update_fields=["lines_due", "acknowledged_at", "acknowledge_by"])
    return touched


def _compare(case: Case, ground: Ground) -> int:
    rows = newest_turn(case)
    give_back_of_who_left(case, ground)
    end_pause_by_itself(case, ground.now, told_anyway=bool(rows) and _over_for_good(rows))
    if case.state != CaseState.OPEN or case.backfilled:
        return _end(rows, case, "history" if case.backfilled else case.state, ground)
    if not rows or _over_for_good(rows):
        return _new_turn(case, rows, ground)
    before, now_rank = RANKS[rows[0].degree], RANKS[degree_of(case)]
    if now_rank > before:
        return _stop(rows, case, "graver", ground) + _new_turn(case, rows, ground, graver=True)
    if _was_handed_on(case, rows):
        return _handed_on(case, rows, ground)
    if now_rank < before and case.acknowledged_at is None:
        return _stop(rows, case, "milder", ground) + _new_turn(case, rows, ground)
    if now_rank < before and case.owner_id is not None:
        return _milder_for_who_has_it(case, rows, ground)
    left = pass_on_from_who_left(case, rows, ground) if case.acknowledged_at is None else 0
    return left + _called_since(case, rows, ground) + _taken(case, rows, ground) + _given_back(case, rows, ground)


def newest_turn(case: Case) -> list[Line]:
    """The lines of the case's last turn, the chain first."""
    rows = list(Line.objects.filter(case=case).select_related("brand", "plan_version").order_by("-turn", "pk"))
    return [row for row in rows if row.turn == rows[0].turn]


def chain_of(rows: list[Line]) -> Line:
    return next(row for row in rows if row.name == CHAIN)


def _over_for_good(rows: list[Line]) -> bool:
    """Whether the turn was ended by an answer or a closure."""
    chain = chain_of(rows)
    return chain.over_at is not None and happened_to(chain)[-1].what == "stopped"


def _stop(rows: list[Line], case: Case, reason: str, ground: Ground) -> int:
    living = [row for row in rows if row.over_at is None]
    for row in living:
        happened = happened_to(row)
        append(row, case, [escalation.stop(happened, at=ground.now, reason=reason)], ground, happened=happened)
    return len(living)


def _end(rows: list[Line], case: Case, reason: str, ground: Ground) -> int:
    """Nobody waits any more. What was acknowledged before ends too: whoever writes again begins a new turn."""
    over = 0
    for row in rows:
        happened = happened_to(row)
        if not happened or happened[-1].what != "stopped":
            append(row, case, [escalation.stop(happened, at=ground.now, reason=reason)], ground, happened=happened)
            over += 1
    return over


# -- a new turn -------------------------------------------------------------------------------------------------------


def _new_turn(
    case: Case, rows: list[Line], ground: Ground, *, graver: bool = False, ask: str = ""
) -> int:  # fmt: skip
    """`ask`: whoever has the case is asked first, and this is the code of what they are told."""
    version = _version(case)
    plan = plan_of(version)
    turn = rows[0].turn + 1 if rows else 1
    had = not graver and case.acknowledged_at is not None and _is_there(case.owner, case, ground)
    on_duty = had and _is_on_duty(cast(User, case.owner), case, ground)
    red = degree_of(case) == "red"
    held = had and (not rows or (on_duty and not red))
    if rows and red and on_duty:
        ask = "wrote_again"
    if not held:
        _must_be_acknowledged_anew(case, plan, ground.now, anew=bool(rows))
    wanted = wanted_lines(case, plan, ground.now)
    opened = {name: _open(case, name, line, version, turn, ground.now) for name, line in wanted.items()}
    for row in reversed(opened.values()):  # the chain last: who is called by name is told that
        if row.name == CHAIN and ask and not _is_called_there(row, case, ground):
            ask_owner(row, case, ground, ask)
            continue
        if not (held and _has_it(row, cast(User, case.owner), ground)):
            move_on(row, case, ground)
            continue
        owner = cast(User, case.owner)
        append(row, case, [escalation.acknowledge([], by=str(owner.pk), at=ground.now)], ground, happened=[], by=owner)
    if had and rows and not _is_called(opened.values(), cast(User, case.owner)):
        _tell_owner(case, ground)
    return len(opened)


def _version(case: Case) -> PlanVersion:
    version = version_in_force(case.brand)
    if version is None:
        raise RuntimeError(f"brand '{case.brand.slug}' has no plan in force; nobody can be called for case {case.pk}")
    return version


def _milder_for_who_has_it(case: Case, rows: list[Line], ground: Ground) -> int:
    """Whoever has the case keeps it, and nobody is called anew; from now on it goes up, down and back along the chain
    of its present light. A role that a rule called by name and that does not know yet is called on."""
    owner, version = cast(User, case.owner), _version(case)
    knows: dict[str, int | None] = {
        row.name: row.happenings.latest("number").by_id for row in rows if row.over_at is not None
    }
    knows |= {chain_of(rows).links[link]["role"]: owner.pk for link in _links_called(chain_of(rows))}
    living = {row.name: replace(as_line(row), starts_at=ground.now) for row in rows if row.over_at is None}
    touched = _stop(rows, case, "milder", ground)
    wanted = living | wanted_lines(case, plan_of(version), ground.now)
    for name, line in wanted.items():
        row = _open(case, name, line, version, rows[0].turn + 1, ground.now)
        if name != CHAIN and name not in knows:
            move_on(row, case, ground)
            continue
        by = owner if name == CHAIN else User.objects.filter(pk=knows[name] or 0).first()
        has_it = escalation.acknowledge([], by=str(by.pk) if by else "", at=ground.now)
        append(row, case, [has_it], ground, happened=[], by=by)
    return touched + len(wanted)


def _links_called(chain: Line) -> set[int]:
    return {0, *chain.happenings.filter(what="called").values_list("link", flat=True)}


def _open(case: Case, name: str, line: escalation.Line, version: PlanVersion, turn: int, now: datetime) -> Line:
    return Line.objects.create(
        brand=case.brand, case=case, name=name, turn=turn, degree=degree_of(case), links=written_links(line.links),
        network=line.network or "", language=line.language or "", plan_version=version, starts_at=now, due_at=now,
    )  # fmt: skip


def _is_there(owner: User | None, case: Case, ground: Ground) -> bool:
    """Whether who has the case can go on with it: on the team still, and not on leave."""
    if owner is None or not may(owner, Action.WORK_CASES, case.brand):
        return False
    standing = ground.standing(case.brand)
    person = standing.person_of(owner)
    return person is None or not rota_around(standing, ground.now).away(person, ground.now)


def _is_on_duty(owner: User, case: Case, ground: Ground) -> bool:
    """In whatever role, and can be told now."""
    standing = ground.standing(case.brand)
    person = standing.person_of(owner)
    if person is None or not ground.reachable(case.brand, degree_of(case))(person, ground.now):
        return False
    rota = rota_around(standing, ground.now)
    return any(person in rota.on(role, ground.now) for role in standing.roster.person(person).roles)


def _is_called_there(row: Line, case: Case, ground: Ground) -> bool:
    """Whether the line's first link calls whoever has the case anyway, among others."""
    standing = ground.standing(case.brand)
    person = standing.person_of(cast(User, case.owner))
    first = row.links[0]
    fitting = rota_around(standing, ground.now).on(
        first["role"], ground.now, network=row.network or None, language=row.language or None
    )
    return first["always"] and person in fitting


def _is_called(rows: Iterable[Line], user: User) -> bool:
    calls = LineHappening.objects.filter(line__in=[row.pk for row in rows], what="called")
    return any(user.pk in each.users for each in calls)


def _must_be_acknowledged_anew(case: Case, plan: Plan, now: datetime, *, anew: bool) -> None:
    """Its first deadline came with the judgement; later ones start with their turn."""
    if anew or case.acknowledged_at is not None:
        target = plan.target_for(degree_of(case))
        always = target.clock == "always"
        case.acknowledge_by = now + target.acknowledge if always else add_duty_time(now, target.acknowledge, plan)
    case.acknowledged_at = None


def _tell_owner(case: Case, ground: Ground) -> None:
    owner = cast(User, case.owner)
    degree = degree_of(case)
    tell(
        [owner], brand=case.brand, code="wrote_again", values={"light": degree, "network": case.network},
        urgency=urgency_of(degree), case=case, light=degree, now=ground.now,
    )  # fmt: skip


def _called_since(case: Case, rows: list[Line], ground: Ground) -> int:
    """A role that a later post of the same light calls by name; one that only stands further up in the chain was not
    called yet, and perhaps never is."""
    chain = chain_of(rows)
    plan = plan_of(chain.plan_version)
    known = {row.name for row in rows} | {chain.links[link]["role"] for link in _links_called(chain)}
    missing = {name: line for name, line in wanted_lines(case, plan, ground.now).items() if name not in known}
    for name, line in missing.items():
        row = _open(case, name, line, chain.plan_version, chain.turn, ground.now)
        move_on(row, case, ground)
    return len(missing)


# -- taken, and given back --------------------------------------------------------------------------------------------


def _taken(case: Case, rows: list[Line], ground: Ground) -> int:
    """Somebody took the case, here or where duty was not asked."""
    if case.acknowledged_at is None or case.owner is None:
        return 0
    return acknowledge_lines(case, rows, case.owner, ground)


def acknowledge_lines(case: Case, rows: list[Line], by: User, ground: Ground) -> int:
    """End every line that this person can end."""
    mine = [row for row in rows if row.over_at is None and _has_it(row, by, ground)]
    for row in mine:
        happened = happened_to(row)
        new = escalation.acknowledge(happened, by=str(by.pk), at=ground.now)
        append(row, case, [new], ground, happened=happened, by=by)
    return len(mine)


def _has_it(row: Line, by: User, ground: Ground) -> bool:
    """Anybody of the team ends the chain; the line of a role that was called by name, who fills it, or a lead."""
    if row.name == CHAIN or may(by, Action.EDIT_ROSTER, row.brand):
        return True
    standing = ground.standing(row.brand)
    roles = {role for link in row.links for role in (link["role"], link["deputy"]) if role}
    holders = {
        user.pk for role in roles for user in standing.users_of([p.person for p in standing.roster.in_role(role)])
    }
    called = {user for each in row.happenings.filter(what="called") for user in each.users}
    return by.pk in holders | called


def _was_handed_on(case: Case, rows: list[Line]) -> bool:
    """Somebody had acknowledged it, and a colleague gave it to another, who has not."""
    if case.acknowledged_at is not None or case.owner_id is None:
        return False
    chain = chain_of(rows)
    last = chain.happenings.order_by("-number").first()
    return chain.over_at is not None and last is not None and last.what == "acknowledged"


def _handed_on(case: Case, rows: list[Line], ground: Ground) -> int:
    if RANKS[degree_of(case)] < RANKS[rows[0].degree]:
        return _stop(rows, case, "milder", ground) + _new_turn(case, rows, ground, ask="assigned")
    ask_owner(chain_of(rows), case, ground, "assigned")
    return 1


def _given_back(case: Case, rows: list[Line], ground: Ground) -> int:
    """Who had the case put it back into the queue: what they had acknowledged is called anew."""
    if case.owner_id is not None or case.acknowledged_at is None:
        return 0
    released = CaseEvent.objects.filter(case=case, kind="released", at__gte=case.acknowledged_at)
    last = released.select_related("by").order_by("-id").first()
    if last is None:  # the account that had it is gone altogether
        return give_back_lines(case, rows, ground, by=None, had_it=None, words="")
    return give_back_lines(case, rows, ground, by=last.by, had_it=last.details.get("from"), words="")


def give_back_lines(
    case: Case, rows: list[Line], ground: Ground, *, by: User | None, had_it: int | None, words: str
) -> int:
    """Call anew what `had_it` had acknowledged; the chain in any case. Whose light was lowered meanwhile calls whom
    its light calls, not whom the graver one did."""
    milder = RANKS[degree_of(case)] < RANKS[rows[0].degree]
    back = [row for row in rows if row.over_at is not None and _acknowledged_by(row, had_it)]
    _must_be_acknowledged_anew(case, plan_of(rows[0].plan_version), ground.now, anew=True)
    for number, row in enumerate(back):
        happened = happened_to(row)
        new: Happening = escalation.hand_back(happened, by=str(had_it or ""), at=ground.now, reason=words)
        append(row, case, [new], ground, happened=happened, by=by, words=words if number == 0 else "")
        if not milder:
            move_on(row, case, ground)
            if row.name == CHAIN:
                case.acknowledge_by = acknowledge_by(row)
    if milder:
        return _stop(rows, case, "milder", ground) + _new_turn(case, rows, ground)
    return len(back)


def _acknowledged_by(row: Line, user: int | None) -> bool:
    last = row.happenings.order_by("-number").first()
    return last is not None and last.what == "acknowledged" and (row.name == CHAIN or last.by_id == user)
