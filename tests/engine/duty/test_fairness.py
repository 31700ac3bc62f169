"""How duty is shared among people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sereno.engine.duty.fairness import Share, shares
from sereno.engine.duty.rota import Rota
from tests.engine.duty.town import roster

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 1, 4, 23, tzinfo=UTC)
"""Monday, the 5th of January, midnight in Madrid."""


def of(person: str, *, days: int = 7, role: str | None = None, **changes: object) -> Share:
    rota = Rota(roster(**changes), MONDAY, MONDAY + timedelta(days=days))
    return next(each for each in shares(rota, CALLS, role=role) if each.person == person)


CALLS = {"ben": [MONDAY + 2 * HOUR, MONDAY + 14 * HOUR]}
"""Once at two in the morning, once at two in the afternoon."""


def test_a_night_shift_counts_its_hours_its_nights_and_its_weekends() -> None:
    ben = of("ben")
    assert (ben.hours, ben.nights, ben.weekends) == (84 * HOUR, 49 * HOUR, 24 * HOUR)


def test_only_a_call_at_night_wakes_somebody() -> None:
    assert of("ben").wakings == 1
    assert of("ana").wakings == 0


def test_a_public_holiday_is_that_of_the_country_in_which_the_person_lives() -> None:
    assert of("ana").holidays == 12 * HOUR  # the 6th of January, in Spain
    people = [{"person": "ana", "name": "Ana", "roles": ["duty"], "country": "IE"}]
    shifts = [{"shift": "day", "role": "duty", "hours": ["08:00-20:00"], "people": ["ana"]}]
    assert of("ana", people=people, shifts=shifts).holidays == timedelta()


def test_standing_in_two_roles_at_once_counts_once_and_each_role_by_itself() -> None:
    people = [{"person": "ana", "name": "Ana", "roles": ["duty", "shop"]}]
    shifts = [
        {"shift": "day", "role": "duty", "hours": ["08:00-20:00"], "people": ["ana"]},
        {"shift": "shop", "role": "shop", "hours": ["18:00-22:00"], "people": ["ana"]},
    ]
    whole, shop = (of("ana", days=1, role=role, people=people, shifts=shifts) for role in (None, "shop"))
    assert (whole.hours, shop.hours) == (14 * HOUR, 4 * HOUR)
