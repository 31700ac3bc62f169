"""Somebody leaves while they are called or have cases: what they had is called anew, and where only they were called,
the next are. The account is closed, the last role in the brand taken, or the account erased.

Signals mark what has to be looked at, in the transaction in which it happened; the auditor asks the rows themselves.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete

from sereno.desk.accounts.models import Membership, User
from sereno.desk.accounts.permissions import ALLOWED, Action, may
from sereno.desk.audit.actions import record
from sereno.desk.cases.models import Case, CaseEvent, CaseState
from sereno.desk.duty.models import Line
from sereno.desk.duty.moving import Ground, pass_on

WORKS = ALLOWED[Action.WORK_CASES]
LEFT = "left"
"""Why, in a case's history and in a line."""


def listen() -> None:
    """Called once, when the desk starts."""
    post_save.connect(_account_changed, sender=User, dispatch_uid="duty.account")
    pre_delete.connect(_account_goes, sender=User, dispatch_uid="duty.erased")
    post_delete.connect(_role_taken, sender=Membership, dispatch_uid="duty.role")


def _account_changed(instance: User, created: bool, **_: Any) -> None:
    if not created and not instance.is_active:
        _look_again(instance.pk, Membership.objects.filter(user=instance).values_list("brand_id", flat=True))


def _account_goes(instance: User, **_: Any) -> None:
    """Before it is gone: afterwards nobody knows what was theirs."""
    _look_again(instance.pk, Membership.objects.filter(user=instance).values_list("brand_id", flat=True))


def _role_taken(instance: Membership, **_: Any) -> None:
    _look_again(instance.user_id, [instance.brand_id])


def _look_again(user: int, brands: Any) -> None:
    """At what they have, and at whatever calls there: few lines live at a time."""
    ids = list(brands)
    theirs = Case.objects.filter(owner=user, brand__in=ids).exclude(state=CaseState.CLOSED)
    theirs.update(lines_due=True)
    calling = Line.objects.filter(brand__in=ids, due_at__isnull=False).values("case")
    Case.objects.filter(pk__in=calling).update(lines_due=True)


def held_by_nobody_here() -> QuerySet[Case]:
    """Cases whose owner may not work them any more."""
    works = Membership.objects.filter(
        user=OuterRef("owner"), brand=OuterRef("brand"), user__is_active=True, role__in=WORKS
    )
    held = Case.objects.filter(owner__isnull=False).exclude(state=CaseState.CLOSED)
    return held.filter(~Exists(works))


def give_back_of_who_left(case: Case, ground: Ground) -> None:
    """Nobody has the case whose owner left. Under its lock; the caller compares it with its lines afterwards."""
    owner = case.owner
    if owner is None or case.state == CaseState.CLOSED or may(owner, Action.WORK_CASES, case.brand):
        return
    case.owner = None
    case.save(update_fields=["owner"])
    event = CaseEvent.objects.create(
        brand_id=case.brand_id, case=case, at=ground.now, by=None, kind="released",
        details={"from": owner.pk, "to": None, "why": LEFT},
    )  # fmt: skip
    record(
        "case.released", case, by=None, at=ground.now, brand_id=case.brand_id, event=event.pk, had=owner.pk, why=LEFT
    )


def pass_on_from_who_left(case: Case, rows: list[Line], ground: Ground) -> int:
    """Everybody who was called at a link has left: the next is called now. At the last link its next round comes."""
    passed = 0
    for row in rows:
        last = row.happenings.order_by("-number").first() if row.over_at is None else None
        if last is None or last.what != "called" or not last.users or _somebody_stays(last.users, case):
            continue
        passed += pass_on(row, case, LEFT, ground)
    return passed


def _somebody_stays(users: list[int], case: Case) -> bool:
    return Membership.objects.filter(brand=case.brand_id, user__in=users, user__is_active=True).exists()
