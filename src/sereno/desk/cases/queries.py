"""Reads of the inbox and of *Now*. Every list stays quick with tens of thousands of cases: pages are cut by key,
relations come along, and the number of queries does not depend on the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Case as Choice
from django.db.models import Count, IntegerField, Max, Min, Q, QuerySet, Value, When

from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases.due import SOON, deadlines
from sereno.desk.cases.filters import RUNS, Filters, breaching, matching, overdue, view_condition
from sereno.desk.cases.models import LIGHT_RANKS, Case, CaseEvent, CaseState
from sereno.desk.cases.rows import ROW_RELATIONS, Row, rows
from sereno.desk.cases.turns import my_turn
from sereno.desk.intake.models import Post, RawRecord, Source, Stage

PAGE = 40
ORDER = ("-light_rank", "-latest_at", "-id")
COUNTED_VIEWS = ("turn", "open", "mine", "unassigned", "red", "breaching", "paused")
"""Views that call for work show how many; counting the others would read every case there ever was."""
ARRIVALS = ("opened", "post_joined", "reopened")


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    after: str
    """Where the next page starts; empty on the last."""


def inbox(brand: Brand, filters: Filters, *, person: User, now: datetime, after: str = "") -> Page:
    """One page of cases, gravest first, then the newest. A cursor that cannot be read starts at the top."""
    cases = matching(brand, filters, person=person, now=now)
    if (at := _cursor(after)) is not None:
        rank, latest, pk = at
        cases = cases.filter(
            Q(light_rank__lt=rank)
            | Q(light_rank=rank, latest_at__lt=latest)
            | Q(light_rank=rank, latest_at=latest, pk__lt=pk)
        )
    found = list(cases.select_related(*ROW_RELATIONS).order_by(*ORDER)[: PAGE + 1])
    shown = found[:PAGE]
    return Page(rows(shown, now), _write_cursor(shown[-1]) if len(found) > PAGE else "")


def _write_cursor(case: Case) -> str:
    return f"{case.light_rank}~{case.latest_at.isoformat()}~{case.pk}"


def _cursor(after: str) -> tuple[int, datetime, int] | None:
    try:
        rank, latest, pk = after.split("~")
        at = datetime.fromisoformat(latest)
        # in UTC, as the database will have it: the first and the last day of all times do not fit in every zone
        return (int(rank), at.astimezone(UTC), int(pk)) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def counts(brand: Brand, *, person: User, now: datetime) -> dict[str, int]:
    """How many cases stand in each view that calls for work."""
    living = Case.objects.filter(brand=brand, state__in=[CaseState.OPEN, CaseState.ANSWERED])
    wanted = {view: Count("pk", filter=view_condition(view, brand, person, now)) for view in COUNTED_VIEWS}
    return living.aggregate(**wanted)


def latest_event(brand_id: int) -> int:
    return CaseEvent.objects.filter(brand_id=brand_id).order_by("-id").values_list("id", flat=True).first() or 0


def last_event_of(brand: Brand, case: int) -> int:
    """The last event of one case of the brand; 0 where there is none."""
    events = CaseEvent.objects.filter(brand=brand, case=case).order_by("-id")
    return events.values_list("id", flat=True).first() or 0


def rows_by_id(brand: Brand, ids: list[int], now: datetime) -> list[Row]:
    return rows(list(Case.objects.filter(brand=brand, pk__in=ids).select_related(*ROW_RELATIONS)), now)


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after event n: which cases on screen changed, and how many posts wait to be shown."""

    rows: list[Row]
    arrivals: int
    event: int
    gravest: str = ""
    """The gravest light among the arrivals; empty where none of them has one."""


def changes(
    brand: Brand, filters: Filters, *, after: int, since: int, on_screen: list[int], person: User, now: datetime
) -> Changes:
    """`after`: the last event already drawn; `since`: the event the list was loaded at, from which arrivals count."""
    event = latest_event(brand.pk)
    fresh = CaseEvent.objects.filter(brand=brand, id__gt=after, case__in=on_screen).values_list("case", flat=True)
    arrived = CaseEvent.objects.filter(brand=brand, id__gt=since, kind__in=ARRIVALS).exclude(case__in=on_screen)
    wanted = arrived.filter(case__in=matching(brand, filters, person=person, now=now).values("pk"))
    told = wanted.aggregate(n=Count("pk"), rank=Max("case__light_rank"))
    gravest = next((light or "" for light, rank in LIGHT_RANKS.items() if rank == told["rank"]), "")
    return Changes(rows_by_id(brand, list(set(fresh)), now), told["n"], event, gravest)


@dataclass(frozen=True, slots=True)
class Situation:
    """What *Now* says in its first sentence."""

    open: int
    red: int
    """Red and not yet taken by anybody."""
    red_taken: int
    """Red, in somebody's hands, not answered yet."""
    late: int
    soon: int
    first_red_due: datetime | None
    """Of the red ones that nobody took: the nearest deadline that can still be kept, else the one missed longest."""
    first_due: datetime | None
    sources: int
    listening: int
    """Sources that are switched on."""


def situation(brand: Brand, now: datetime) -> Situation:
    waits = Case.objects.filter(brand=brand, state=CaseState.OPEN)
    red = Q(light="red", owner__isnull=True)
    unacknowledged = Q(acknowledged_at__isnull=True)
    told = waits.aggregate(
        open=Count("pk"),
        red=Count("pk", filter=red),
        red_taken=Count("pk", filter=Q(light="red", owner__isnull=False)),
        late=Count("pk", filter=overdue(now)),
        near=Count("pk", filter=breaching(now)),
        answer=Min("answer_by", filter=RUNS),
        acknowledge=Min("acknowledge_by", filter=RUNS & unacknowledged),
        resolve=Min("resolve_by", filter=RUNS),
        law=Min("statutory_by"),
    )
    sources = Source.objects.filter(brand=brand).aggregate(all=Count("pk"), on=Count("pk", filter=Q(enabled=True)))
    return Situation(
        open=told["open"],
        red=told["red"],
        red_taken=told["red_taken"],
        late=told["late"],
        soon=told["near"] - told["late"],
        first_red_due=_next_of(waits.filter(red), now) if told["red"] else None,
        first_due=_earliest(*(told[what] for what in ("answer", "acknowledge", "resolve", "law"))),
        sources=sources["all"],
        listening=sources["on"],
    )


def _next_of(cases: QuerySet[Case], now: datetime) -> datetime | None:
    dues = [running[0][1] for case in cases.order_by("id")[:200] if (running := deadlines(case))]
    return min((due for due in dues if due >= now), default=min(dues, default=None))


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


@dataclass(frozen=True, slots=True)
class Front:
    """The lists of *Now*; a case stands in one of them only."""

    mine: list[Row]
    """Where this person is next."""
    pressing: list[Row]
    """Others' turn, and red, late or soon to be."""
    recent: list[Row]
    """What arrived last."""


def front(brand: Brand, person: User, now: datetime) -> Front:
    cases = Case.objects.filter(brand=brand)
    my_cases = cases.filter(my_turn(brand, person, now))
    mine = _by_urgency(my_cases, now, 8)
    urgent = cases.filter(breaching(now) | Q(state=CaseState.OPEN, light="red"))
    pressing = _by_urgency(urgent.exclude(pk__in=my_cases.values("pk")), now, 12)
    shown = [case.pk for case in (*mine, *pressing)]
    waits = cases.filter(state=CaseState.OPEN).exclude(pk__in=shown)
    recent = list(waits.select_related(*ROW_RELATIONS).order_by("-id")[:8])
    # drawn together: what a row needs is asked once for all three lists
    drawn = {row.case.pk: row for row in rows([*mine, *pressing, *recent], now)}
    first, second, third = ([drawn[case.pk] for case in found] for found in (mine, pressing, recent))
    return Front(first, second, third)


def _by_urgency(cases: QuerySet[Case], now: datetime, limit: int) -> list[Case]:
    """The gravest light first; within it what nobody took, then what can still be saved, then what is late already,
    then what has no deadline; the nearest deadline on top."""
    none_of_ours = ~RUNS | Q(answer_by=None, acknowledge_by=None, resolve_by=None)
    timeless = none_of_ours & Q(statutory_by=None)
    late = Choice(
        When(timeless, then=Value(2)), When(overdue(now), then=Value(1)), default=Value(0),
        output_field=IntegerField(),
    )  # fmt: skip
    taken = Choice(When(owner__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    chosen = cases.select_related(*ROW_RELATIONS).annotate(taken_rank=taken, late_rank=late)
    # the database cuts the list by the same order, nearly: only it knows the whole
    found: list[Case] = list(chosen.order_by("-light_rank", "taken_rank", "late_rank", "answer_by", "-id")[:limit])
    far = now + 1000 * SOON

    def urgency(case: Case) -> tuple[int, bool, int, datetime]:
        due = next((at for _what, at in deadlines(case)), None)
        state = 2 if due is None else 1 if due < now else 0
        return (-case.light_rank, case.owner_id is not None, state, due or far)

    found.sort(key=urgency)
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is on its way through the house."""

    to_read: int
    """Raw records not yet understood."""
    to_judge: int
    """Posts stored but not yet judged."""
    dead: int
    oldest: datetime | None

    @property
    def any(self) -> bool:
        return bool(self.to_read or self.to_judge or self.dead)


def waiting(brand: Brand) -> Waiting:
    raw = RawRecord.objects.filter(brand=brand)
    unread = raw.filter(state=RawRecord.State.WAITING).aggregate(n=Count("pk"), oldest=Min("received_at"))
    unjudged = Post.objects.filter(brand=brand, stage=Stage.STORED).aggregate(n=Count("pk"), oldest=Min("received_at"))
    return Waiting(
        to_read=unread["n"],
        to_judge=unjudged["n"],
        dead=raw.filter(state=RawRecord.State.DEAD).count(),
        oldest=_earliest(unread["oldest"], unjudged["oldest"]),
    )


def last_arrival(brand: Brand) -> datetime | None:
    last: datetime | None = Source.objects.filter(brand=brand).aggregate(last=Max("last_post_at"))["last"]
    return last
