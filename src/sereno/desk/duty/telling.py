"""The one seam to `desk/notify`: duty says whom it tells what, in the transaction in which that happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from sereno.desk.accounts.models import Brand, Role, User
from sereno.desk.cases.models import Case
from sereno.desk.duty.models import Line, LineHappening
from sereno.desk.notify import actions, queries

Urgency = Literal["immediate", "batched"]
urgency_of = actions.urgency_of


def tell(
    users: Iterable[User], *, brand: Brand, code: str, values: dict[str, Any], urgency: Urgency, now: datetime,
    case: Case | None = None, line: Line | None = None, happening: LineHappening | None = None,
    light: str | None = None,
) -> None:  # fmt: skip
    """Write what these people are to know. Call it inside the transaction of what is told."""
    told = list(users)
    if not told:
        return
    actions.tell(
        told, brand=brand, code=code, values=values, urgency=urgency, case=case, light=light, now=now,
        line=line.pk if line else None, happening=happening.pk if happening else None,
    )  # fmt: skip


def withdraw(line: Line, *, now: datetime) -> None:
    """What still waits to be sent about this line is no longer needed."""
    actions.withdraw(now=now, line=line.pk)


def with_a_way(users: Iterable[User], *, light: str, now: datetime, brand: Brand) -> frozenset[int]:
    """Ids of those who can be told of this light now: a way that works, as far as is known, and no quiet hours.

    Where nobody at all has a way that leads outside of the product, the bell on the screen has to do for everybody: the
    health page says that nobody can be woken. A demo brand tells everybody there.
    """
    ids = [user.pk for user in users]
    if brand.demo:
        return frozenset(queries.reachable(ids, now=now, light=light, inside=True))
    found = queries.reachable(ids, now=now, light=light)
    return frozenset(found or (ids if not queries.reachable(ids, now=now, light="red") else found))


def leads_of(brand: Brand) -> list[User]:
    """Who is told when nobody of a line can be reached, and when something is wrong."""
    held = User.objects.filter(
        is_active=True, memberships__brand=brand, memberships__role__in=[Role.OWNER, Role.CARE_LEAD]
    )
    return list(held.distinct().order_by("pk"))
