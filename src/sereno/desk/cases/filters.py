"""Which cases the inbox shows: a view and filters, both in the URL, so that any list can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.request import whole_number
from sereno.desk.cases.due import SOON
from sereno.desk.cases.models import Case, CasePost, CaseState
from sereno.desk.cases.turns import my_turn
from sereno.desk.intake.search import search_posts
from sereno.desk.listening.models import Mention
from sereno.desk.words import LIGHTS

VIEWS = ("turn", "open", "mine", "unassigned", "red", "breaching", "paused", "answered", "closed", "all")
RUNS = Q(paused_at__isnull=True)
"""The clock does not stand still."""
NOBODY = "nobody"
ME = "me"


@dataclass(frozen=True, slots=True)
class Filters:
    view: str = "open"
    light: str = ""
    network: str = ""
    language: str = ""
    kind: str = ""
    topic: str = ""
    area: str = ""
    watch: str = ""
    owner: str = ""
    state: str = ""
    q: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """Lenient: a view, light, state or owner that does not exist is passed over, as if it were not there."""
        given = {name: str(query.get(name, "")).strip()[:200] for name in cls.__dataclass_fields__}
        if given["view"] not in VIEWS:
            given["view"] = "open"
        if given["light"] not in LIGHTS:
            given["light"] = ""
        if given["state"] not in CaseState.values:
            given["state"] = ""
        if not (given["owner"] in (NOBODY, ME) or whole_number(given["owner"]) is not None):
            given["owner"] = ""
        given["q"] = given["q"].replace("\x00", "")
        return cls(**given)

    def query(self, **changes: str) -> str:
        """As a query string, with some filters changed; what is empty is left out."""
        values = {**asdict(self), **changes}
        if values["view"] == "open":
            del values["view"]
        return urlencode({name: value for name, value in values.items() if value})

    def without(self, name: str) -> Filters:
        cleared: Any = {name: ""}
        return replace(self, **cleared)

    @property
    def narrowed(self) -> dict[str, str]:
        """The filters that are set, the view aside."""
        return {name: value for name, value in asdict(self).items() if name != "view" and value}


def overdue(by: datetime) -> Q:
    """Something of the case was, or will be, due by then: to be taken, answered, solved, or required by law.

    Where its clock stands still, the law's deadline alone counts: the same as `due.deadlines`.
    """
    ours = Q(answer_by__lt=by) | Q(acknowledge_by__lt=by, acknowledged_at__isnull=True) | Q(resolve_by__lt=by)
    return (RUNS & ours) | Q(statutory_by__lt=by)


def breaching(now: datetime) -> Q:
    """Waits for us and is late, or will be within the hour."""
    return Q(state=CaseState.OPEN) & overdue(now + SOON)


def view_condition(view: str, brand: Brand, person: User, now: datetime) -> Q:
    if view == "turn":
        return my_turn(brand, person, now)
    conditions = {
        "open": Q(state=CaseState.OPEN),
        "mine": Q(owner=person) & ~Q(state=CaseState.CLOSED),
        "unassigned": Q(state=CaseState.OPEN, owner__isnull=True),
        "red": Q(state=CaseState.OPEN, light="red"),
        "breaching": breaching(now),
        "paused": Q(paused_at__isnull=False) & ~Q(state=CaseState.CLOSED),
        "answered": Q(state=CaseState.ANSWERED),
        "closed": Q(state=CaseState.CLOSED),
        "all": Q(),
    }
    return conditions[view]


def matching(brand: Brand, filters: Filters, *, person: User, now: datetime) -> QuerySet[Case]:
    """The brand's cases that the view and every filter let through; unordered."""
    cases = Case.objects.filter(view_condition(filters.view, brand, person, now), brand=brand)
    if filters.light:
        cases = cases.filter(light=None) if filters.light == "none" else cases.filter(light=filters.light)
    for name in ("network", "language", "kind", "topic", "area", "state"):
        if value := getattr(filters, name):
            cases = cases.filter(**{name: value})
    if filters.owner:
        cases = cases.filter(_owned_by(filters.owner, person))
    if filters.watch:
        about = Mention.objects.filter(brand=brand, watch=filters.watch).values("post")
        cases = cases.filter(pk__in=CasePost.objects.filter(post__in=about).values("case"))
    if filters.q:
        found = search_posts(brand, filters.q).values("pk")
        cases = cases.filter(pk__in=CasePost.objects.filter(post__in=found).values("case"))
    return cases


def _owned_by(owner: str, person: User) -> Q:
    if owner == NOBODY:
        return Q(owner__isnull=True)
    return Q(owner=person) if owner == ME else Q(owner_id=whole_number(owner))
