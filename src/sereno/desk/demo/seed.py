"""Seeds the demo through the real street: posts are stored raw, understood and judged, and people act, each at their
time. So whatever the demo shows, the software did.

The past is lived through again in steps. Posts of the last days are alive; those marked `old` came in later, as
history: they wake nobody and start no deadline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import assert_never

from django.db import transaction

from sereno.connectors.base import RawItem, Via
from sereno.desk.accounts.actions import add_brand, add_person, give_role
from sereno.desk.accounts.models import Brand, Role, User
from sereno.desk.cases import actions
from sereno.desk.cases.arrivals import work_through
from sereno.desk.cases.models import Case, CaseState, ClosureReason
from sereno.desk.demo import material, plan_life
from sereno.desk.demo.material import Act, PastPost, Place
from sereno.desk.duty.acting import act
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.intake.actions import add_source, store_raw, understand
from sereno.desk.intake.models import Source
from sereno.desk.notify.models import Delivery, DeliveryState, Notification, NotificationState
from sereno.engine.plan.model import AREA_OWNER
from sereno.engine.read import Reader

SLUG = "mirabela"
ROSTER = Path(__file__).with_name("roster.yaml")
FOUNDED = timedelta(days=60)
"""So long ago brand, people and plan came to the desk; longer than the oldest post."""
HISTORY_CAME = timedelta(days=3)
"""So long ago the old posts were brought in, just before the first live one."""
STEP = timedelta(minutes=15)
"""Posts nearer to each other than this are judged together."""
RECENT = timedelta(hours=1)
"""Messages of the past that the bell still shows."""
PAUSE = timedelta(seconds=90)
"""Between two rounds of the feed."""
_SOURCE_NAMES: dict[Place, str] = {"search": "Search for Mirabela", "pages": "Mirabela's pages, reviews and mail"}


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class DemoSignIns:
    people: tuple[SignIn, ...]
    password: str
    """One for all."""


def demo_password() -> str:
    """It is no secret: the demo listens on the loopback address alone, and nothing in it is real."""
    return "calm-night-2026"


def sign_ins() -> DemoSignIns:
    return DemoSignIns(tuple(SignIn(p.email, p.name, p.what) for p in material.people()), demo_password())


def seed(*, now: datetime, reader: Reader) -> DemoSignIns:
    """Mirabela as it stands at `now`. Where she is on the desk already, nothing changes: people may have worked since.

    All or nothing: a seeding that is broken off leaves an empty desk, and the next one begins anew.
    """
    with transaction.atomic():
        if not Brand.objects.filter(slug=SLUG, demo=True).exists():
            brand, people = _found(now - FOUNDED)
            sources = {place: _past_source(brand, place, now - FOUNDED) for place in material.PLACES}
            _Past(brand, people, sources, reader, now).live_through()
            _let_the_feed_begin(brand, now)
    return sign_ins()


def _found(at: datetime) -> tuple[Brand, dict[str, User]]:
    brand = add_brand(slug=SLUG, name="Mirabela", by=None, now=at, demo=True)
    people = {}
    for person in material.people():
        user = add_person(
            email=person.email, name=person.name, password=demo_password(), by=None, now=at,
            language=person.language, timezone=person.timezone,
        )  # fmt: skip
        for role in person.roles:
            give_role(user, brand, Role(role), by=None, now=at, area=person.area if role == AREA_OWNER else "")
        people[person.email.partition("@")[0]] = user
    plan_life.put_first_in_force(brand, at)
    text = ROSTER.read_text(encoding="utf-8")
    put_roster_in_force(brand, text=text, by=None, now=at)
    return brand, people


def _past_source(brand: Brand, place: Place, at: datetime) -> Source:
    name = f"{_SOURCE_NAMES[place]}: the days before"
    return add_source(brand, kind="file", name=name, settings=_settings(place), now=at, by=None)[0]


def _let_the_feed_begin(brand: Brand, now: datetime) -> None:
    """Two feeds, one for each place, whose rounds begin together."""
    ends = {place: max(float(line["after_seconds"]) for line in material.lines(material.FEEDS[place]))
            for place in material.PLACES}  # fmt: skip
    for place in material.PLACES:
        pause = PAUSE.total_seconds() + max(ends.values()) - ends[place]
        settings = {**_settings(place), "file": str(material.FEEDS[place]), "pause_seconds": pause}
        add_source(brand, kind="playback", name=_SOURCE_NAMES[place], settings=settings, now=now, by=None)


def _settings(place: Place) -> dict[str, object]:
    return {"all_about_us": True} if place == "pages" else {}


class _Past:
    """The last days, lived through again."""

    def __init__(
        self, brand: Brand, people: dict[str, User], sources: dict[Place, Source], reader: Reader, now: datetime
    ) -> None:
        self.brand, self.people, self.sources, self.reader, self.now = brand, people, sources, reader, now

    def live_through(self) -> None:
        posts = material.past()
        came = self.now - HISTORY_CAME
        for post in posts:
            if post.old:
                self._store(post, came)
        self._judge(came)
        changed = False
        for step in _steps([*(post for post in posts if not post.old), *material.acts()]):
            if not changed and timedelta(minutes=step[0].minutes_ago) <= plan_life.CHANGED:
                plan_life.change_plan(self.brand, self.people, self.reader, self.now - plan_life.CHANGED)
                changed = True
            self._live(step)
        act(now=self.now)
        self._leave_old_messages_unsent()
        plan_life.leave_a_draft(self.brand, self.people, self.reader, self.now - plan_life.DRAFTED)

    def _leave_old_messages_unsent(self) -> None:
        """Nobody is to hear today of what was due the day before yesterday. What is recent stays in the bell."""
        told = Notification.objects.filter(brand=self.brand, state=NotificationState.WAITING)
        Delivery.objects.filter(notification__in=told).update(state=DeliveryState.WITHDRAWN, next_try_at=None)
        told.filter(created_at__lt=self.now - RECENT).update(seen_at=self.now)
        told.update(state=NotificationState.WITHDRAWN)

    def _live(self, step: Sequence[PastPost | Act]) -> None:
        """Posts of one step are judged together; then people act."""
        waiting: datetime | None = None
        for happening in step:
            at = self.now - timedelta(minutes=happening.minutes_ago)
            if isinstance(happening, PastPost):
                self._store(happening, at)
                waiting = at
                continue
            if waiting is not None:
                self._judge(waiting)
                waiting = None
            self._act(happening, at)
        if waiting is not None:
            self._judge(waiting)

    def _store(self, post: PastPost, at: datetime) -> None:
        key = f"{post.fields['network']}:{post.fields['id']}"
        via: Via = "search" if post.place == "search" else "notification"
        store_raw(self.sources[post.place], [RawItem(key, post.body(self.now), via)], now=at, backfilled=post.old)

    def _judge(self, at: datetime) -> None:
        while understand(now=at).records:
            pass
        while work_through(now=at, reader=self.reader):
            pass
        act(now=at)

    def _act(self, deed: Act, at: datetime) -> None:
        case = Case.objects.get(brand=self.brand, case_posts__post__external_id=deed.post)
        by = self.people[deed.by]
        match deed.act:
            case "take":
                actions.take(case, by=by, now=at)
            case "note":
                actions.add_note(case, text=deed.words, by=by, now=at)
            case "overrule":
                if case.light != deed.light:  # where the reader said the same, there is nothing to overrule
                    actions.overrule(case, light=deed.light, reason=deed.words, by=by, now=at)
            case "close":
                if case.state != CaseState.CLOSED:
                    actions.close(case, reason=ClosureReason(deed.reason), words=deed.words, by=by, now=at)
            case _:
                assert_never(deed.act)


def _steps(happenings: Sequence[PastPost | Act]) -> Iterator[list[PastPost | Act]]:
    """What happened, in order, parted where nothing did for a while. What a post needs stands before what it causes."""
    step: list[PastPost | Act] = []
    for happening in sorted(happenings, key=lambda each: -each.minutes_ago):
        if step and timedelta(minutes=step[-1].minutes_ago - happening.minutes_ago) > STEP:
            yield step
            step = []
        step.append(happening)
    if step:
        yield step
