"""A change of a draft that a page asks for: made anew where somebody saved meanwhile, and told where it is refused."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from sereno.desk.accounts.request import person
from sereno.desk.plans.drafting import save_draft
from sereno.desk.plans.editing.document import Gone
from sereno.desk.plans.models import PlanDraft
from sereno.desk.plans.refused import DraftConflict, PlanRefused
from sereno.desk.words import language
from sereno.engine.plan import edit
from sereno.engine.plan.nodes import Unreadable

TRIES = 3
"""How often a change is made anew on a text that somebody saved meanwhile, as long as its own entry still stands."""


def change(request: HttpRequest, draft: PlanDraft, by_doing: Callable[[str], str]) -> bool:
    """Makes a change on the text as it stands, anew where somebody saved in between. False: refused, and told."""
    try:
        for _try in range(TRIES):
            draft.refresh_from_db()
            try:
                save_draft(
                    draft, text=by_doing(draft.text), revision=draft.revision, by=person(request), now=timezone.now()
                )
            except DraftConflict:
                continue
            return True
    except (Gone, Unreadable):
        messages.error(request, _("Somebody changed this entry meanwhile. The page shows how it stands now."))
        return False
    except edit.EditRefused as refused:
        messages.error(request, _("This cannot be done in the form: %(why)s") % {"why": refused.in_words(language())})
        return False
    except PlanRefused:
        messages.error(request, _("This draft came into force or was thrown away meanwhile. Start a new one."))
        return False
    messages.error(request, _("Others are saving at this very moment. Try again."))
    return False
