"""The one seam to `desk/notify`: duty says whom it tells what, in the transaction in which that happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from sereno.desk.accounts.models import Brand, Role, User
from sereno.desk.cases.models import Case
from sereno.desk.duty.models import Line, LineHappening
from sereno.desk.notify import actions, queries
from sereno.desk.notify.models import Notification

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


def told_now(line: Line, now: datetime) -> frozenset[int]:
    """Whom another line of the case has called at this very moment: one message says it."""
    beside = Line.objects.filter(case=line.case_id, turn=line.turn, due_at__isnull=False).exclude(pk=line.pk)
    called = Notification.objects.filter(line__in=beside.values("pk"), created_at=now).exclude(code="nobody")
    return frozenset(called.values_list("user_id", flat=True))


def adopt(case: Case, line: Line, happening: LineHappening) -> bool:
    """The message by which a colleague handed the case over is the call: no second one. Whether there was one."""
    handed = Notification.objects.filter(case=case, user__in=happening.users, code="assigned", line=None)
    last = handed.order_by("-pk").first()
    if last is not None:
        Notification.objects.filter(pk=last.pk).update(line=line.pk, happening=happening.pk)
    return last is not None


def withdraw(line: Line, *, now: datetime) -> None:
    """What still waits to be sent about this line is no longer needed."""
    actions.withdraw(now=now, line=line.pk)


def with_a_way(users: Iterable[User], *, light: str, now: datetime, brand: Brand) -> frozenset[int]:
    """Ids of those who can be told of this light now: a way that works, as far as is known, and no quiet hours.

    Where nobody at all has a way that leads outside of the product, the bell on the screen has to do for everybody: the
    health page says that nobody can be woken. A demo brand tells everybody there.
    """
    ids = [user.pk for user in users]
    inside = brand.demo or not queries.reachable(ids, now=now, light="red")
    return frozenset(queries.reachable(ids, now=now, light=light, inside=inside))


def leads_of(brand: Brand) -> list[User]:
    """Who is told when nobody of a line can be reached, and when something is wrong."""
    held = User.objects.filter(
        is_active=True, memberships__brand=brand, memberships__role__in=[Role.OWNER, Role.CARE_LEAD]
    )
    return list(held.distinct().order_by("pk"))
