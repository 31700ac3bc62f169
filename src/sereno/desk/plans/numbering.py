"""The document's own name and version: no two different texts of a brand may come in force under the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sereno.desk.accounts.models import Brand
from sereno.desk.plans.models import LIVING, PlanDraft, PlanVersion
from sereno.engine.plan.edit import set_value
from sereno.engine.plan.nodes import Unreadable, read_nodes
from sereno.engine.plan.refused import EditRefused


def is_taken(brand: Brand, plan_id: str, digest: str) -> bool:
    """Whether another text of the brand was in force under this name and version: judgements tell it by them."""
    return PlanVersion.objects.filter(brand=brand, plan_id=plan_id).exclude(digest=digest).exists()


def raised(brand: Brand, text: str, *, now: datetime) -> str:
    """The text with the next version that no version and no draft in work of the brand has: `2026.11.4`.

    Every other byte stays. A text that cannot be edited stays as it is: the check tells why.
    """
    try:
        return set_value(text, ("version",), next_version(_versions(brand), now))
    except (Unreadable, EditRefused):
        return text


def next_version(taken: Iterable[str], now: datetime) -> str:
    """`year.month.n`, the first n after all of this month."""
    month = f"{now.year}.{now.month}"
    found = (re.fullmatch(rf"{re.escape(month)}\.([0-9]{{1,9}})", version) for version in taken)
    return f"{month}.{max((int(one[1]) for one in found if one), default=0) + 1}"


def _versions(brand: Brand) -> list[str]:
    in_work = PlanDraft.objects.filter(brand=brand, state__in=LIVING).values_list("text", flat=True)
    versions = PlanVersion.objects.filter(brand=brand).values_list("plan_id", flat=True)
    return [plan_id.rpartition("@")[2] for plan_id in versions] + [version_in(text) for text in in_work]


def version_in(text: str) -> str:
    """The version that a text gives itself, faults and all; empty where none can be read."""
    try:
        values = read_nodes(text).values
    except Unreadable:
        return ""
    return str(values.get("version") or "") if isinstance(values, dict) else ""
