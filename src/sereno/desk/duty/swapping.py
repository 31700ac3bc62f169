"""Two people change places: one asks, the other agrees, and it stands in the roster. No lead is needed for it.

It is looked at again when the other agrees: the roster may have changed meanwhile, and nobody hands over a place in
which they do not stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, may
from sereno.desk.audit.actions import record
from sereno.desk.duty.models import Swap, SwapState
from sereno.desk.duty.refused import DutyRefused
from sereno.desk.duty.rosters import edit_in_turn
from sereno.desk.duty.standing import Standing, rota_of, standing_roster
from sereno.desk.duty.telling import tell
from sereno.engine.duty.stretches import without
from sereno.engine.plan.edit import insert

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """`person` takes over from `instead_of`, by the roster's names."""

    role: str
    starts: datetime
    ends: datetime
    person: str
    instead_of: str


@transaction.atomic
def ask_swap(
    brand: Brand, *, other: User, stretches: Sequence[Stretch], by: User, now: datetime, words: str = ""
) -> Swap:
    """Ask somebody to take over (one stretch), or to exchange (one for each). Between the two alone."""
    if not may(by, Action.WORK_CASES, brand):
        raise DutyRefused("no-right")
    if other.pk == by.pk:
        raise DutyRefused("yourself")
    standing = standing_roster(brand)
    if standing.by_membership:
        raise DutyRefused("no-roster")
    mine, theirs = standing.person_of(by), standing.person_of(other)
    if mine is None or theirs is None:
        raise DutyRefused("not-in-roster")
    _must_fit(stretches, {mine, theirs}, standing, now)
    swap = Swap.objects.create(
        brand=brand, asked_by=by, other=other, words=words.strip(), asked_at=now,
        stretches=[
            {
                "role": each.role, "starts": each.starts.isoformat(), "ends": each.ends.isoformat(),
                "person": each.person, "instead_of": each.instead_of,
            }
            for each in stretches
        ],
    )  # fmt: skip
    _tell(swap, other, "swap_asked", by, now)
    record("swap.asked", swap, by=by, at=now, brand_id=brand.pk, other=other.pk)
    return swap


@transaction.atomic
def confirm_swap(swap: Swap, *, by: User, now: datetime) -> Swap:
    """The other agrees: it stands in the roster from now on, as a new version."""
    row = _asked(swap)
    if row.other_id != by.pk:
        raise DutyRefused("not-asked")
    standing = standing_roster(row.brand)
    stretches = stretches_of(row)
    mine, theirs = standing.person_of(row.asked_by), standing.person_of(by)
    if mine is None or theirs is None:
        raise DutyRefused("not-in-roster")
    _must_fit(stretches, {mine, theirs}, standing, now)
    row.version = edit_in_turn(
        row.brand, edit=lambda text: _with_overrides(text, stretches, standing), by=by, now=now,
        change={"what": "swap", "swap": row.pk, "people": [mine, theirs]},
    )  # fmt: skip
    _settle(row, SwapState.CONFIRMED, now)
    _tell(row, row.asked_by, "swap_agreed", by, now)
    record("swap.confirmed", row, by=by, at=now, brand_id=row.brand_id, version=row.version.number)
    return row


@transaction.atomic
def refuse_swap(swap: Swap, *, by: User, now: datetime) -> Swap:
    row = _asked(swap)
    if row.other_id != by.pk:
        raise DutyRefused("not-asked")
    _settle(row, SwapState.REFUSED, now)
    _tell(row, row.asked_by, "swap_refused", by, now)
    record("swap.refused", row, by=by, at=now, brand_id=row.brand_id)
    return row


@transaction.atomic
def withdraw_swap(swap: Swap, *, by: User, now: datetime) -> Swap:
    row = _asked(swap)
    if row.asked_by_id != by.pk:
        raise DutyRefused("not-asked")
    _settle(row, SwapState.WITHDRAWN, now)
    _tell(row, row.other, "swap_withdrawn", by, now)
    record("swap.withdrawn", row, by=by, at=now, brand_id=row.brand_id)
    return row


def stretches_of(swap: Swap) -> list[Stretch]:
    return [
        Stretch(
            each["role"], datetime.fromisoformat(each["starts"]), datetime.fromisoformat(each["ends"]), each["person"],
            each["instead_of"],
        )
        for each in swap.stretches
    ]  # fmt: skip


def _asked(swap: Swap) -> Swap:
    row = Swap.objects.select_for_update(of=("self",)).select_related("brand", "asked_by", "other").get(pk=swap.pk)
    if row.state != SwapState.ASKED:
        raise DutyRefused("settled")
    return row


def _settle(row: Swap, state: SwapState, now: datetime) -> None:
    row.state, row.settled_at = state, now
    row.save(update_fields=["state", "settled_at", "version"])


def _must_fit(stretches: Sequence[Stretch], both: set[str], standing: Standing, now: datetime) -> None:
    """Each stretch is still to come, between these two, and who hands over stands there all the while."""
    if not stretches:
        raise DutyRefused("no-stretch")
    for each in stretches:
        if each.starts >= each.ends:
            raise DutyRefused("no-stretch")
        if each.ends <= now:
            raise DutyRefused("stretch-passed")
        if {each.person, each.instead_of} != both:
            raise DutyRefused("not-asked")
        rota = rota_of(standing, each.starts - DAY, each.ends + DAY)
        stands = [(w.starts, w.ends) for w in rota.all if w.role == each.role and w.person == each.instead_of]
        if without([(each.starts, each.ends)], stands):
            raise DutyRefused("not-standing")


def _with_overrides(text: str, stretches: Sequence[Stretch], standing: Standing) -> str:
    """At the end of the overrides: a later one may hand on what an earlier one took."""
    zone = ZoneInfo(standing.roster.timezone)
    place = len(standing.roster.overrides)
    for number, each in enumerate(stretches):
        text = insert(
            text, ("overrides",), place + number,
            {
                "person": each.person, "role": each.role, "starts": each.starts.astimezone(zone).isoformat(),
                "ends": each.ends.astimezone(zone).isoformat(), "instead_of": each.instead_of, "swap": True,
            },
        )  # fmt: skip
    return text


def _tell(swap: Swap, user: User, code: str, by: User, now: datetime) -> None:
    first = swap.stretches[0]
    values = {"by": by.pk, "person": str(by), "swap": swap.pk, "role": first["role"], "starts": first["starts"]}
    values["path"] = reverse("duty_swaps", args=[swap.brand.slug])
    tell([user], brand=swap.brand, code=code, values=values, urgency="immediate", now=now)
