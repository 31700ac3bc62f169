"""What the pages of duty share: the brand, its roster as it stands, its plan, and names in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person
from sereno.desk.duty.standing import Standing, standing_roster
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.desk.plans.titles import role_title
from sereno.desk.shell import shell
from sereno.engine.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Duty:
    """A brand's duty, as one page needs it."""

    brand: Brand
    plan: Plan | None
    standing: Standing
    now: datetime

    def title(self, role: str) -> str:
        return role_title(self.plan, role)

    def name(self, person: str | None) -> str:
        return next((each.name for each in self.standing.roster.people if each.person == person), person or "")

    @property
    def number(self) -> int:
        """Of the version in force; 0: there is none."""
        return self.standing.version.number if self.standing.version else 0


def duty_of(request: HttpRequest, slug: str, action: Action = Action.SEE) -> Duty:
    """The brand's duty, if this person may do this there."""
    return duty_in(brand_of(person(request), slug, action))


def duty_in(brand: Brand) -> Duty:
    version = version_in_force(brand)
    plan = plan_of(version) if version else None
    return Duty(brand, plan, standing_roster(brand, plan), timezone.now())


def context(request: HttpRequest, duty: Duty) -> dict[str, Any]:
    return {**shell(request, duty.brand, "duty"), "duty": duty, "roster": duty.standing.roster, "number": duty.number}
