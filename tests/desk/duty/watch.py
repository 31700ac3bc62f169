"""A street with people on duty: rosters, red cases, and the worker's duty at any minute after noon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Brand, Role, User
from sereno.desk.cases.models import Case, CaseEvent
from sereno.desk.duty import acts
from sereno.desk.duty.acting import Acted, act
from sereno.desk.duty.models import CHAIN, Line, LineHappening, Pause, RosterVersion
from sereno.desk.duty.pausing import pause
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.plans.actions import put_in_force
from tests.desk.stories import PLAN, member
from tests.desk.street import NOON, Street

DEPUTY = PLAN.replace(
    "{role: committee_duty, title: {en: Committee member on duty}}",
    "{role: committee_duty, title: {en: Committee member on duty}, deputy: product_owner}",
).replace('version: "1"', 'version: "2"')
"""The same plan, followed by a version in which the head of product stands in for the committee."""

ROSTER = """
sereno_roster: 1
roster: acme
version: "1"
timezone: Europe/Madrid
people:
  # the desk
  - {person: ana, name: Ana, email: ana@acme.example, roles: [community_manager]}
  - {person: pol, name: Pol, email: pol@acme.example, roles: [product_owner]}
  # the committee
  - {person: cem, name: Cem, email: cem@acme.example, roles: [committee_duty]}
  - {person: dia, name: Dia, email: dia@acme.example, roles: [committee_duty]}
shifts:
  - {shift: desk, role: community_manager, hours: ["08:00-22:00"], people: [ana]}
  - {shift: product, role: product_owner, hours: ["00:00-00:00"], people: [pol]}
  - {shift: committee, role: committee_duty, hours: ["08:00-20:00"], people: [cem]}
overrides: []
absences: []
"""


class Watch(Street):
    """Ana at the desk, Pol for the product, Cem and Dia of the committee, Lea who leads; Cem is on until 20:00."""

    def __init__(self, *, plan: str = DEPUTY, roster: str | None = ROSTER) -> None:
        super().__init__()
        if plan != PLAN:
            self.version = put_in_force(self.brand, text=plan, name="acme.yaml", by=None, now=NOON - timedelta(hours=1))
        roles = {
            "ana": Role.COMMUNITY_MANAGER, "pol": Role.AREA_OWNER, "cem": Role.COMMITTEE, "dia": Role.COMMITTEE,
            "lea": Role.CARE_LEAD,
        }  # fmt: skip
        self.people: dict[str, User] = {name: member(name, self.brand, role) for name, role in roles.items()}
        self.roster: RosterVersion | None = None
        if roster:
            self.roster = put_roster_in_force(self.brand, text=roster, by=None, now=NOON - timedelta(hours=1))

    def act(self, minutes: float = 0) -> Acted:
        return act(now=self.at(minutes))

    @staticmethod
    def at(minutes: float) -> datetime:
        return NOON + timedelta(minutes=minutes)

    def red(self, name: str = "1", *, minutes: int = 0) -> Case:
        post = self.danger(name, author=name, minutes=minutes)
        self.work(minutes=minutes)
        return self.case_of(post)

    def green(self, name: str = "1", *, minutes: int = 0) -> Case:
        post = self.complaint(name, author=name, minutes=minutes)
        self.work(minutes=minutes)
        return self.case_of(post)

    def person(self, name: str) -> User:
        return self.people[name]

    def names(self, ids: Iterable[int]) -> tuple[str, ...]:
        known = {user.pk: name for name, user in self.people.items()}
        return tuple(known[pk] for pk in ids)


def taken_and_paused(case: Case, *, reason: str, by: User, now: datetime, until: datetime | None = None) -> Pause:
    """Only a case that somebody has can be paused."""
    acts.acknowledge(case, by=by, now=now)
    return pause(case, reason=reason, by=by, now=now, until=until)


def line_of(case: Case, name: str = CHAIN) -> Line:
    """The line of the newest turn."""
    return Line.objects.filter(case=case, name=name).order_by("-turn")[0]


def told(case: Case, name: str = CHAIN) -> list[tuple[str, int, tuple[str, ...]]]:
    """What happened to the newest line, at which link, to whom."""
    return [(each.what, each.link, tuple(each.people)) for each in happenings(line_of(case, name))]


def happenings(line: Line) -> list[LineHappening]:
    return list(line.happenings.order_by("number"))


def history(case: Case) -> list[str]:
    return list(CaseEvent.objects.filter(case=case).order_by("id").values_list("kind", flat=True))


def also(user: User, brand: Brand, role: Role) -> None:
    give_role(user, brand, role, by=None, now=datetime(2026, 3, 1, tzinfo=UTC))
