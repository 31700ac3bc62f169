"""Two plans over one past, in sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from sereno.engine.columns import Mask, moment
from sereno.engine.duty.roster import Roster
from sereno.engine.plan.suggest import did_you_mean
from sereno.engine.replay.changed import Changes, Plans, changes
from sereno.engine.replay.difference import Alarms, Answered, Decided, Difference, Pair, Queue, RoleLoad
from sereno.engine.replay.outcome import Outcome
from sereno.engine.replay.past import NOT_DECIDED, Past
from sereno.engine.replay.staff import Staff, staff_of
from sereno.engine.replay.workload import Hours, late_in_queue, unstaffed

RED = 2
DEFAULT_MINUTES = 10.0
MOST_PEOPLE = 10_000
"""Of one role, on duty at a time."""


def compare(
    past: Past,
    before: Outcome,
    after: Outcome,
    *,
    plans: Plans,
    people: Mapping[str, int] | None = None,
    roster: Roster | None = None,
    minutes_per_answer: float = DEFAULT_MINUTES,
) -> Difference:
    """What is different. `plans` are those of the two outcomes; `people` on duty at a time by role, day and night;
    where not given, those whom the roster puts there at each hour; without a roster, 1.

    Raises ValueError where these do not belong together, for a role that neither plan has, for numbers that make no
    sense; `UnfitRoster` for a roster that cannot be laid over this past.
    """
    people = people or {}
    _must_belong_together(past, (before, after), plans, people, minutes_per_answer)
    different = changes(before, after)
    working = _working(before, after, plans)
    staff = _staff(working, (before, after), people, roster)
    red_before, red_after = before.light == RED, after.light == RED
    return Difference(
        plan_before=before.plan,
        plan_after=after.plan,
        posts=len(past),
        first=moment(after.start.min()) if len(past) else None,
        last=moment(after.start.max()) if len(past) else None,
        zone=plans[1].brand.timezone,
        model=past.model,
        contexts_are=past.contexts_are,
        as_if_live=after.as_if_live,
        starting=_count(after.starts),
        lights=_lights(before, after),
        becomes_red=_count(red_after & ~red_before),
        stops_being_red=_count(red_before & ~red_after),
        **_changed(different),
        woken=Pair(_count(before.wakes), _count(after.wakes)),
        newly_woken=_count(after.wakes & ~before.wakes),
        no_longer_woken=_count(before.wakes & ~after.wakes),
        alarms=_alarms(before, after, _roles(plans)),
        minutes_per_answer=minutes_per_answer,
        load=_load((before, after), plans, staff, minutes_per_answer),
        answered=_answered(past, before, after),
        queues=_queues((before, after), plans, staff, minutes_per_answer),
        decided=_decided(past, before, after),
        roster=roster.id if roster is not None else None,
    )


def _must_belong_together(
    past: Past, outcomes: Sequence[Outcome], plans: Plans, people: Mapping[str, int], minutes: float
) -> None:
    for outcome, plan in zip(outcomes, plans, strict=True):
        if outcome.plan != plan.id:
            raise ValueError(f"an outcome of plan '{outcome.plan}' is given with plan '{plan.id}'; give its own")
        if len(outcome) != len(past):
            raise ValueError(f"the past holds {len(past)} posts but the outcome {len(outcome)}; replay this past")
    roles = _roles(plans)
    for role, number in people.items():
        if role not in roles:
            raise ValueError(f"neither plan has a role '{role}'{did_you_mean(role, roles) or ': ' + ', '.join(roles)}")
        if not 1 <= number <= MOST_PEOPLE:
            raise ValueError(f"{_short(number)} people of role '{role}' make no sense; give 1 to {MOST_PEOPLE:,}")
    if not 0 < minutes <= 24 * 60:
        raise ValueError(f"{minutes} minutes for an answer make no sense; give more than 0 and at most {24 * 60}")


def _short(number: int) -> str:
    return str(number) if abs(number) < 10**15 else "too many"


def _roles(plans: Plans) -> list[str]:
    """The roles of both plans, those of the new one first."""
    return list(dict.fromkeys(role.role for plan in reversed(plans) for role in plan.roles))


def _count(rows: Mask) -> int:
    return int(np.count_nonzero(rows))


def _lights(before: Outcome, after: Outcome) -> tuple[tuple[int, ...], ...]:
    cells = (before.light.astype(np.int64) + 1) * 4 + after.light + 1
    return tuple(tuple(row) for row in np.bincount(cells, minlength=16).reshape(4, 4).tolist())


def _changed(different: Changes) -> dict[str, int]:
    return {
        "changed": _count(different.any),
        "changed_light": _count(different.light),
        "changed_route": _count(different.route),
        "changed_deadlines": _count(different.deadlines),
    }


def _alarms(before: Outcome, after: Outcome, roles: Sequence[str]) -> tuple[Alarms, ...]:
    counts = (_woken(before), _woken(after))
    return tuple(Alarms(role, counts[0][role], counts[1][role]) for role in roles if counts[0][role] + counts[1][role])


def _woken(outcome: Outcome) -> Counter[str]:
    """How often each role is called at once: those that rules call by name, and for a red post the step's own, unless
    the chain waits for them."""
    with_chain = (outcome.light == RED) & ~outcome.chain_waits
    codes = np.stack([outcome.called.codes, outcome.step_role.codes, with_chain], axis=1)[outcome.wakes]
    found: Counter[str] = Counter()
    for (called, step, chain), times in zip(*np.unique(codes, axis=0, return_counts=True), strict=True):
        roles = [*outcome.called.table[called], *([outcome.step_role.table[step]] if chain else [])]
        found.update(dict.fromkeys(roles, int(times)))
    return found


def _staff(
    roles: Sequence[str], outcomes: tuple[Outcome, Outcome], people: Mapping[str, int], roster: Roster | None
) -> dict[str, Staff]:
    """The people of the roles that have work, for as long as there is any."""
    starts = np.concatenate([outcome.start[outcome.starts] for outcome in outcomes])
    due = np.concatenate([outcome.first_answer_by[outcome.starts] for outcome in outcomes])
    if not len(starts):
        return {}
    first, last = moment(starts.min()), moment(max(starts.max(), due.max()))
    assert first is not None and last is not None  # noqa: PT018 - what starts a deadline has one
    return staff_of(roles, people=people, roster=roster, first=first, last=last)


def _load(
    outcomes: tuple[Outcome, Outcome], plans: Plans, staff: Mapping[str, Staff], minutes: float
) -> tuple[RoleLoad, ...]:
    start = outcomes[1].start  # the same instants under both plans
    hours = Hours.of(start, plans[1].brand.timezone)
    return tuple(_role_load(role, hours, outcomes, plans, each, minutes) for role, each in staff.items())


def _role_load(
    role: str, hours: Hours, outcomes: tuple[Outcome, Outcome], plans: Plans, staff: Staff, minutes: float
) -> RoleLoad:
    masks = [_of(role, outcome) for outcome in outcomes]
    posts = Pair(*map(_count, masks))
    overloaded = [hours.overloaded(rows, staff=staff, minutes=minutes) for rows in masks]
    start = outcomes[1].start[masks[0] | masks[1]]
    least, most = staff.span(start.min(), start.max())
    return RoleLoad(
        role=role,
        people=most,
        least=least,
        given=staff.given,
        posts=posts,
        hours=Pair(round(posts.before * minutes / 60), round(posts.after * minutes / 60)),
        before=hours.week(masks[0]),
        after=hours.week(masks[1]),
        overloaded=Pair(*(sum(map(sum, week)) for week in overloaded)),
        overloaded_before=overloaded[0],
        overloaded_after=overloaded[1],
        nobody=Pair(*(unstaffed(*each, staff=staff) for each in zip(outcomes, masks, plans, strict=True))),
    )


def _working(before: Outcome, after: Outcome, plans: Plans) -> list[str]:
    """Roles whose turn it is for some post, under either plan."""
    busy = {
        outcome.role.table[code]
        for outcome in (before, after)
        for code in np.unique(outcome.role.codes[outcome.starts])
    }
    return [role for role in _roles(plans) if role in busy]


def _of(role: str, outcome: Outcome) -> Mask:
    """Posts that start a deadline and are this role's turn."""
    return outcome.role.where(lambda one: one == role) & outcome.starts


def _answered(past: Past, before: Outcome, after: Outcome) -> Answered:
    known = after.starts & ~np.isnat(past.answered_at)
    # NaT is later than nothing: what has no deadline or no answer is not late
    late = [(past.answered_at > outcome.first_answer_by) & known for outcome in (before, after)]
    return Answered(
        known=_count(known),
        late=Pair(_count(late[0]), _count(late[1])),
        newly_late=_count(late[1] & ~late[0]),
        no_longer_late=_count(late[0] & ~late[1]),
    )


def _queues(
    outcomes: tuple[Outcome, Outcome], plans: Plans, staff: Mapping[str, Staff], minutes: float
) -> tuple[Queue, ...]:
    return tuple(
        Queue(
            role=role,
            posts=Pair(*(_count(_of(role, outcome)) for outcome in outcomes)),
            late=Pair(
                *(
                    late_in_queue(outcome, _of(role, outcome), plan, staff=each, minutes=minutes)
                    for outcome, plan in zip(outcomes, plans, strict=True)
                )
            ),
        )
        for role, each in staff.items()
    )


def _decided(past: Past, before: Outcome, after: Outcome) -> Decided:
    known = past.decided != NOT_DECIDED
    red = past.decided == RED
    false_alarms = [known & ~red & ((outcome.light == RED) | outcome.wakes) for outcome in (before, after)]
    misses = [red & (outcome.light != RED) for outcome in (before, after)]
    return Decided(
        known=_count(known),
        red=_count(red),
        false_alarms=Pair(_count(false_alarms[0]), _count(false_alarms[1])),
        misses=Pair(_count(misses[0]), _count(misses[1])),
    )
