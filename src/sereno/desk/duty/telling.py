"""The one seam to `desk/notify`: duty says whom it tells what, in the transaction in which that happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from django.apps import apps

from sereno.desk.accounts.models import Brand, Role, User
from sereno.desk.cases.models import Case
from sereno.desk.duty.models import Line, LineHappening

Urgency = Literal["immediate", "batched"]


def tell(
    users: Iterable[User], *, brand: Brand, code: str, values: dict[str, Any], urgency: Urgency, now: datetime,
    case: Case | None = None, line: Line | None = None, happening: LineHappening | None = None,
    light: str | None = None,
) -> None:  # fmt: skip
    """Write what these people are to know. Call it inside the transaction of what is told."""
    told = list(users)
    if not told or not apps.is_installed("sereno.desk.notify"):
        return
    from sereno.desk.notify import actions

    actions.tell(
        told, brand=brand, code=code, values=values, urgency=urgency, case=case, light=light, now=now,
        line=line.pk if line else None, happening=happening.pk if happening else None,
    )  # fmt: skip


def withdraw(line: Line, *, now: datetime) -> None:
    """What still waits to be sent about this line is no longer needed."""
    if apps.is_installed("sereno.desk.notify"):
        from sereno.desk.notify import actions

        actions.withdraw(now=now, line=line.pk)


def with_a_way(users: Iterable[User], *, now: datetime) -> frozenset[int]:
    """Ids of those who have a way that works, as far as is known."""
    ids = [user.pk for user in users]
    import importlib.util

    if not apps.is_installed("sereno.desk.notify") or not importlib.util.find_spec("sereno.desk.notify.queries"):
        return frozenset(ids)
    from sereno.desk.notify import queries

    return frozenset(queries.reachable(ids, now=now))


def leads_of(brand: Brand) -> list[User]:
    """Who is told when nobody of a line can be reached, and when something is wrong."""
    held = User.objects.filter(
        is_active=True, memberships__brand=brand, memberships__role__in=[Role.OWNER, Role.CARE_LEAD]
    )
    return list(held.distinct().order_by("pk"))


def urgency_of(degree: str) -> Urgency:
    """Red and amber wait for nobody; what is green is gathered."""
    return "immediate" if degree in ("red", "amber") else "batched"
