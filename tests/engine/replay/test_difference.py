"""Every figure of a difference, counted once more by a plain loop over the posts."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.context import Contexts
from sereno.engine.judge import judge
from sereno.engine.plan.deadlines import add_duty_time, on_duty
from sereno.engine.plan.model import LIGHTS, Plan
from sereno.engine.replay import Difference, Past, changed, changed_post, changed_posts, compare, replay
from sereno.engine.replay.difference import Pair
from tests.engine.plan.batches import Said, known, readings
from tests.engine.replay.pasts import AFTER, AIRLINE, BEFORE, MONDAY, NOW, PASTS, STARTER, Row, past_of

PAIRS = st.sampled_from([(BEFORE, AFTER), (AFTER, BEFORE), (STARTER, AIRLINE), (BEFORE, BEFORE)])
DEGREES = [None, *LIGHTS]


class Facts:
    """One post under one plan, as `judge()` tells it; live or as stored."""

    def __init__(self, row: Row, plan: Plan, as_if_live: bool) -> None:
        context = row.context
        self.start = context.received_at
        if as_if_live and context.backfilled:
            self.start = context.created_at or self.start
        live = msgspec.structs.replace(
            context, received_at=self.start, backfilled=context.backfilled and not as_if_live
        )
        found = judge(readings([row.said]), Contexts([live]), plan, NOW)
        (self.light,), (self.route,), (self.reasons,) = found.light, found.route, found.reasons
        self.starts = self.route.deadlines is not None
        self.due = self.route.deadlines.first_answer if self.route.deadlines else None
        step = plan.step(self.route.step)
        area = plan.area_for(row.said.topic)
        self.always = step.clock == "always"
        self.step_role = area.owner if step.role == "area_owner" and area else step.role

    @property
    def woken(self) -> set[str]:
        if not self.route.wakes:
            return set()
        chain = self.light == "red" and not self.route.chain_waits
        return {*self.route.called, *([self.step_role] if chain else [])}


def plain_queue(posts: list[Facts], plan: Plan, people: int, minutes: float) -> int:
    """The queue, one answer at a time: how many come late."""
    free, waiting, late = [datetime(2000, 1, 1, tzinfo=UTC)] * people, list(posts), 0
    length = timedelta(minutes=minutes)
    while waiting:
        free.sort()
        now = free[0]
        there = [post for post in waiting if post.start <= now and (post.always or on_duty(now, plan))]
        if not there:
            free[0] = min(_next_chance(post, now, plan) for post in waiting)
            continue
        post = min(there, key=lambda post: (-DEGREES.index(post.light), post.start, not post.always))
        waiting.remove(post)
        free[0] = now + length if post.always else add_duty_time(now, length, plan)
        assert post.due is not None
        late += free[0] > post.due
    return late


def _next_chance(post: Facts, now: datetime, plan: Plan) -> datetime:
    at = max(post.start, now)
    if post.always or on_duty(at, plan):
        return at
    # the first microsecond of duty after it has been worked, less itself
    return add_duty_time(at, timedelta(microseconds=1), plan) - timedelta(microseconds=1)


def plain_week(posts: list[Facts], zone: str) -> Counter[tuple[int, int]]:
    local = [post.start.astimezone(ZoneInfo(zone)) for post in posts]
    return Counter((at.weekday(), at.hour) for at in local)


def plain_overload(posts: list[Facts], zone: str, people: int, minutes: float) -> Counter[tuple[int, int]]:
    """Hours of the past with too much work; the hour that comes twice is two (its offset is another)."""
    local = [post.start.astimezone(ZoneInfo(zone)) for post in posts]
    hours = Counter((at.date(), at.hour, at.utcoffset()) for at in local)
    return Counter(
        (day.weekday(), hour) for (day, hour, _offset), posts in hours.items() if posts * minutes > people * 60
    )


def as_counter(week: Any) -> Counter[tuple[int, int]]:
    assert [len(day) for day in week] == [24] * 7
    return Counter({(d, h): n for d, day in enumerate(week) for h, n in enumerate(day) if n})


def alarmed(facts: Facts) -> bool:
    return facts.light == "red" or facts.route.wakes


def deadlines_of(facts: Facts) -> Any:
    return facts.route.deadlines


def route_of(facts: Facts) -> Any:
    return [getattr(facts.route, name) for name in ("step", "role", "area", "called", "chain_waits", "wakes", "guides")]


@settings(max_examples=100, deadline=None)
@given(PAIRS, PASTS, st.booleans(), st.integers(1, 3), st.sampled_from([1, 10, 12.5, 45, 180]))
def test_every_figure_is_what_a_plain_loop_counts(
    plans: tuple[Plan, Plan], rows: list[Row], as_if_live: bool, number: int, minutes: float
) -> None:
    past = past_of(rows)
    before, after = (replay(past, plan, as_if_live=as_if_live) for plan in plans)
    people = {plans[1].roles[0].role: number}
    found = compare(past, before, after, plans=plans, people=people, minutes_per_answer=minutes)
    old, new = ([Facts(row, plan, as_if_live) for row in rows] for plan in plans)
    both = list(zip(rows, old, new, strict=True))
    zone = plans[1].brand.timezone

    assert (found.plan_before, found.plan_after, found.posts, found.zone) == (plans[0].id, plans[1].id, len(rows), zone)
    assert (found.as_if_live, found.contexts_are, found.model) == (as_if_live, "stored", "test")
    assert (found.first, found.last) == (
        (min(f.start for f in new), max(f.start for f in new)) if rows else (None, None)
    )
    assert found.starting == sum(f.starts for f in new)

    cells = Counter((DEGREES.index(b.light), DEGREES.index(a.light)) for _, b, a in both)
    assert found.lights == tuple(tuple(cells[i, j] for j in range(4)) for i in range(4))
    assert found.becomes_red == sum(a.light == "red" != b.light for _, b, a in both)
    assert found.stops_being_red == sum(b.light == "red" != a.light for _, b, a in both)

    lights = [b.light != a.light for _, b, a in both]
    routes = [route_of(b) != route_of(a) for _, b, a in both]
    times = [deadlines_of(b) != deadlines_of(a) for _, b, a in both]
    assert (found.changed_light, found.changed_route, found.changed_deadlines) == (sum(lights), sum(routes), sum(times))
    any_change = [any(each) for each in zip(lights, routes, times, strict=True)]
    assert found.changed == sum(any_change)
    assert changed(past, before, after).tolist() == [i for i, differs in enumerate(any_change) if differs]

    assert found.woken == Pair(sum(b.route.wakes for b in old), sum(a.route.wakes for a in new))
    assert found.newly_woken == sum(a.route.wakes and not b.route.wakes for _, b, a in both)
    assert found.no_longer_woken == sum(b.route.wakes and not a.route.wakes for _, b, a in both)
    alarms = [Counter(role for facts in side for role in facts.woken) for side in (old, new)]
    assert {a.role: (a.before, a.after) for a in found.alarms} == {
        role: (alarms[0][role], alarms[1][role]) for role in alarms[0] | alarms[1]
    }

    busy = {f.route.role for f in (*old, *new) if f.starts}
    assert {load.role for load in found.load} == {queue.role for queue in found.queues} == busy
    for load, queue in zip(found.load, found.queues, strict=True):
        sides = [[f for f in side if f.starts and f.route.role == load.role] for side in (old, new)]
        hands = people.get(load.role, 1)
        assert (load.role, load.people) == (queue.role, hands)
        assert load.posts == queue.posts == Pair(len(sides[0]), len(sides[1]))
        assert load.hours == Pair(*(round(len(side) * minutes / 60) for side in sides))
        assert [as_counter(load.before), as_counter(load.after)] == [plain_week(side, zone) for side in sides]
        overload = [plain_overload(side, zone, hands, minutes) for side in sides]
        assert [as_counter(load.overloaded_before), as_counter(load.overloaded_after)] == overload
        assert load.overloaded == Pair(overload[0].total(), overload[1].total())
        assert queue.late == Pair(
            *(plain_queue(side, plan, hands, minutes) for side, plan in zip(sides, plans, strict=True))
        )

    known_answers = [(r.answered_at, b, a) for r, b, a in both if r.answered_at is not None and a.starts]
    late = [(at > b.due, at > a.due) for at, b, a in known_answers]  # type: ignore[operator]
    assert msgspec.structs.astuple(found.answered) == (
        len(known_answers),
        Pair(sum(was for was, _ in late), sum(is_ for _, is_ in late)),
        sum(is_ and not was for was, is_ in late),
        sum(was and not is_ for was, is_ in late),
    )

    decided = [(r.decided, b, a) for r, b, a in both if r.decided != -2]
    assert msgspec.structs.astuple(found.decided) == (
        len(decided),
        sum(light == 2 for light, _, _ in decided),
        Pair(
            sum(alarmed(b) and light < 2 for light, b, _ in decided),
            sum(alarmed(a) and light < 2 for light, _, a in decided),
        ),
        Pair(
            sum(b.light != "red" and light == 2 for light, b, _ in decided),
            sum(a.light != "red" and light == 2 for light, _, a in decided),
        ),
    )
    assert msgspec.json.decode(msgspec.json.encode(found), type=Difference) == found


@settings(max_examples=40, deadline=None)
@given(PAIRS, PASTS, st.randoms(use_true_random=False))
def test_the_order_of_the_posts_does_not_matter(
    plans: tuple[Plan, Plan], rows: list[Row], chance: random.Random
) -> None:
    order = list(range(len(rows)))
    chance.shuffle(order)
    past = past_of(rows)
    shuffled = past.take(order)

    def difference(past: Past) -> Difference:
        return compare(past, replay(past, plans[0]), replay(past, plans[1]), plans=plans, minutes_per_answer=60)

    assert difference(past) == difference(shuffled)


@settings(max_examples=40, deadline=None)
@given(PAIRS, PASTS.filter(bool))
def test_a_post_under_both_plans_is_told_with_the_reasons_of_each(plans: tuple[Plan, Plan], rows: list[Row]) -> None:
    past = past_of(rows)
    before, after = (replay(past, plan) for plan in plans)
    posts = changed_posts(past, range(len(rows)), before, after, plans)
    for i, (row, post) in enumerate(zip(rows, posts, strict=True)):
        old, new = (Facts(row, plan, False) for plan in plans)
        assert (post.index, post.id, post.at) == (i, f"post-{i}", row.context.received_at)
        assert (post.decided, post.decided_known) == (DEGREES[max(row.decided, -1) + 1], row.decided != -2)
        for side, facts in ((post.before, old), (post.after, new)):
            assert (side.light, side.step, side.role, side.called) == (
                facts.light, facts.route.step, facts.route.role, facts.route.called,
            )  # fmt: skip
            assert (side.wakes, side.first_answer_by, side.reasons) == (facts.route.wakes, facts.due, facts.reasons)
    assert changed_post(past, 0, before, after, plans) == posts[0]
    assert msgspec.json.decode(msgspec.json.encode(posts[0]))["id"] == "post-0"


def test_a_plan_compared_with_itself_changes_nothing() -> None:
    past = past_of([Row(Said(risks=("safety",)), known(received_at=MONDAY), 2, timedelta(hours=2))])
    outcome = replay(past, BEFORE)
    found = compare(past, outcome, outcome, plans=(BEFORE, BEFORE))
    assert (found.changed, found.becomes_red, found.lights[3][3]) == (0, 0, 1)
    assert found.answered.late == Pair(1, 1)


# -- the queue ---------------------------------------------------------------------------------------------------------


def reds(*minutes: int) -> list[Row]:
    return [
        Row(Said(risks=("safety",)), known(received_at=MONDAY + timedelta(minutes=each)), -2, None) for each in minutes
    ]


def greens(*minutes: int) -> list[Row]:
    return [Row(Said(), known(received_at=MONDAY + timedelta(minutes=each)), -2, None) for each in minutes]


@pytest.mark.parametrize(
    ("rows", "people", "each", "late", "why"),
    [
        (reds(0, 0, 0), 1, 20, 0, "three in an hour are answered in it"),
        (reds(0, 0, 0, 0), 1, 20, 1, "the fourth waits too long"),
        (reds(0, 0, 0, 0), 2, 20, 0, "two people answer four"),
        (reds(0, 0), 1, 61, 2, "who needs longer than the target is always late"),
        (reds(0, 300), 1, 60, 0, "what is ready on the minute is in time"),
    ],
)
def test_red_is_answered_round_the_clock(rows: list[Row], people: int, each: float, late: int, why: str) -> None:
    assert queues(rows, {"committee": people}, each) == {"committee": late}, why


def test_green_waits_for_opening_and_an_answer_goes_on_after_closing() -> None:
    """Monday 00:00 in UTC; duty from 08:00 in Madrid, which is 07:00. Four hours for a first answer."""
    assert queues(greens(0, 0, 0), {}, 80) == {"duty": 0}, "at 08:20, 09:40 and 11:00"
    assert queues(greens(0, 0, 0), {}, 81) == {"duty": 1}, "the third a moment after 11:00"
    assert queues(greens(60 * 18 + 30), {}, 60) == {"duty": 0}, "half an hour before closing, half after opening"


def test_the_graver_goes_first_and_of_equals_the_earlier() -> None:
    """Amber comes a minute after three green ones and is due in two hours; the last green is due at 11:59."""
    lying = Row(Said(claims=frozenset({"lying"})), known(received_at=MONDAY + timedelta(hours=8)), -2, None)
    assert queues([*greens(*[60 * 8 - 1] * 3), lying], {}, 60) == {"duty": 0}, "amber is answered second"
    assert queues([*greens(*[60 * 8 - 1] * 4), lying], {}, 60) == {"duty": 1}, "so that the fourth green comes too late"


def test_what_is_ready_at_closing_is_in_time() -> None:
    """Duty ends at 20:00 in Madrid, which is 19:00, when the first answer is due too."""
    assert queues(greens(60 * 15), {}, 240) == {"duty": 0}


def queues(rows: list[Row], people: dict[str, int], minutes: float) -> dict[str, int]:
    past = past_of(rows)
    outcome = replay(past, BEFORE)
    found = compare(past, outcome, outcome, plans=(BEFORE, BEFORE), people=people, minutes_per_answer=minutes)
    return {queue.role: queue.late.after for queue in found.queues}


# -- who is woken ------------------------------------------------------------------------------------------------------


def test_the_committee_is_not_woken_where_the_chain_waits_for_a_role() -> None:
    """The new plan lets the community manager see to it first; the old one has no rule for it."""
    press = Row(Said(kind="news", claims=frozenset({"press"})), known(received_at=MONDAY), -2, None)
    danger = Row(Said(risks=("safety",)), known(received_at=MONDAY), -2, None)
    assert alarms([press]) == {"duty": (0, 1)}
    assert alarms([press, danger]) == {"duty": (0, 1), "committee": (1, 1)}


def alarms(rows: list[Row]) -> dict[str, tuple[int, int]]:
    past = past_of(rows)
    found = compare(past, replay(past, BEFORE), replay(past, AFTER), plans=(BEFORE, AFTER))
    return {alarm.role: (alarm.before, alarm.after) for alarm in found.alarms}


def test_another_guide_alone_is_a_change() -> None:
    guided = BEFORE.model_copy(
        update={"lights": tuple(rule.model_copy(update={"guide": "calm"}) for rule in BEFORE.lights)}
    )
    past = past_of(reds(0))
    one, other = replay(past, BEFORE), replay(past, guided)
    found = compare(past, one, other, plans=(BEFORE, guided))
    assert (found.changed, found.changed_light, found.changed_route, found.changed_deadlines) == (1, 0, 1, 0)


# -- what does not belong together -------------------------------------------------------------------------------------


def test_what_does_not_belong_together_is_refused() -> None:
    past, longer = past_of(reds(0)), past_of(reds(0, 1))
    one, other = replay(past, BEFORE), replay(past, AFTER)
    plans = (BEFORE, AFTER)
    with pytest.raises(ValueError, match=r"plan 'small@2026\.10' is given with plan 'small@2026\.11'"):
        compare(past, one, one, plans=plans)
    with pytest.raises(ValueError, match="2 posts but the outcome 1"):
        compare(longer, one, other, plans=plans)
    with pytest.raises(ValueError, match="replay both the same way"):
        compare(past, one, replay(past, AFTER, as_if_live=True), plans=plans)
    with pytest.raises(ValueError, match="role 'comittee'; did you mean 'committee'"):
        compare(past, one, other, plans=plans, people={"comittee": 1})
    with pytest.raises(ValueError, match="give 1 to 10,000"):
        compare(past, one, other, plans=plans, people={"committee": 0})
    with pytest.raises(ValueError, match="give more than 0"):
        compare(past, one, other, plans=plans, minutes_per_answer=0)
    with pytest.raises(ValueError, match="2 posts but the outcome 1"):
        changed(longer, one, other)


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    """25 October 2026, 02:30 in Madrid, twice: six posts in each are an hour's work, twelve in one would be two."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    rows = [
        Row(Said(risks=("safety",)), known(received_at=first + timedelta(hours=hour)), -2, None)
        for hour in (0, 1)
        for _ in range(6)
    ]
    past = past_of(rows)
    outcome = replay(past, BEFORE)
    (load,) = compare(past, outcome, outcome, plans=(BEFORE, BEFORE)).load
    assert load.after[date(2026, 10, 25).weekday()][2] == 12
    assert load.overloaded == Pair(0, 0)


@pytest.mark.parametrize("number", [0, -1, 10_001, 10**14, 10**4_000])
def test_no_room_is_made_for_more_people_than_there_are(number: int) -> None:
    with pytest.raises(ValueError, match="of role 'duty' make no sense; give 1 to 10,000"):
        queues(reds(0), {"duty": number}, 10)
