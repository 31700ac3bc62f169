"""Whether the roster in force fits a plan to come: the slice above the plan knows."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from sereno.desk.accounts.models import Brand


def unfit(brand: Brand, text: str) -> Sequence[str]:
    """In words, where it does not; empty: it does."""
    said: Sequence[str] = import_string(settings.DESK_UNFIT)(brand, text)
    return said
