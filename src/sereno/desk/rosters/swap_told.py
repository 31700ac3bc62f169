"""What messages say about a swap (`DESK_TOLD`): each turn that changes hands, in the reader's language and zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from sereno.desk.cases.models import Case
from sereno.desk.duty.models import Swap
from sereno.desk.rosters.frame import duty_in
from sereno.desk.rosters.swaps import parts_of
from sereno.desk.rosters.wording import hour, short_day


def told_of(case: Case | None, values: Mapping[str, Any]) -> list[str]:  # noqa: ARG001 — a swap has no case
    swap = Swap.objects.filter(pk=values["swap"]).select_related("brand").first() if "swap" in values else None
    return list(parts_of(duty_in(swap.brand), swap, _span)) if swap is not None else []


def _span(starts: datetime, ends: datetime, _now: datetime) -> str:
    """With the day, always: who knows when a message is read."""
    first, last = timezone.localtime(starts).date(), timezone.localtime(ends).date()
    until = hour(ends) if first == last else f"{short_day(last)} {hour(ends)}"
    return f"{short_day(first)} {hour(starts)}–{until}"
