"""What every page that edits a draft begins with: whose it is, who asks, and the frame around it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person
from sereno.desk.plans.editing.document import document_of, is_list
from sereno.desk.plans.editing.labels import PARTS
from sereno.desk.plans.models import LIVING, PlanDraft
from sereno.desk.shell import shell
from sereno.engine.plan.nodes import Unreadable


def draft_of(request: HttpRequest, slug: str, number: int) -> tuple[Brand, PlanDraft]:
    """The draft, if this person may change plans of the brand. A draft whose life is over is no longer edited (404)."""
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    draft = get_object_or_404(PlanDraft, brand=brand, number=number)
    if draft.state not in LIVING:
        raise Http404("this draft came into force or was thrown away")
    return brand, draft


def frame(request: HttpRequest, brand: Brand, draft: PlanDraft, tab: str) -> dict[str, Any]:
    return {**shell(request, brand, "plan"), "draft": draft, "tab": tab, "readable": is_readable(draft.text)}


def is_readable(text: str) -> bool:
    """Forms need a text that is YAML; anything else is mended in the text itself."""
    try:
        return isinstance(document_of(text).values, dict)
    except Unreadable:
        return False


def known_part(part: str) -> str:
    if part not in PARTS:
        raise Http404("the plan has no such part")
    return part


def known_list(part: str) -> str:
    if not is_list(part):
        raise Http404("the plan has no such list")
    return part
