"""What every page of a brand carries around it: the places, the brands of the person, what waits in each place.

The slices add their parts themselves (`DESK_FRAME` in the settings), so that this module, which they all use, knows
none of them.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from sereno.desk.accounts.models import Brand, Role
from sereno.desk.accounts.permissions import ALLOWED, Action, roles_in
from sereno.desk.accounts.request import person

THEME_COLOURS = {"light": "#faf7f0", "dark": "#101828"}


def shell(request: HttpRequest, brand: Brand, place: str) -> dict[str, Any]:
    """Context of the frame. `place` is the current one: now, inbox, sources, plan."""
    somebody = person(request)
    roles = roles_in(somebody, brand)
    now = timezone.now()
    parts: dict[str, Any] = {}
    for path in settings.DESK_FRAME:
        parts |= import_string(path)(brand, somebody, now)
    return {
        **parts,
        "brand": brand,
        "place": place,
        "brands": Brand.objects.filter(memberships__user=somebody).distinct().order_by("name"),
        "may": {str(action): not ALLOWED[action].isdisjoint(roles) for action in Action},
        "now": now,
        "clock_words": clock_words(),
        "trouble_words": trouble_words(),
        "my_roles": ", ".join(str(role.label) for role in Role if role in roles),
    }


def clock_words() -> dict[str, str]:
    """The words with which the clock script counts on; {0} and {1} are its numbers."""
    return {
        "minutes": _("%(minutes)s min") % {"minutes": "{0}"},
        "hours": _("%(hours)s h") % {"hours": "{0}"},
        "hours_minutes": _("%(hours)s h %(minutes)s min") % {"hours": "{0}", "minutes": "{1}"},
        "left": _("in %(span)s") % {"span": "{0}"},
        "late": _("%(span)s late") % {"span": "{0}"},
        "now": _("now"),
        "just_late": _("just late"),
    }


def trouble_words() -> dict[str, str]:
    """What the page says when a deed did not reach the desk: nothing that was written may be lost in silence."""
    return {
        "session": _("Your session has ended. Sign in in another tab; your words are still here."),
        "role": _("Your role does not allow this."),
        "gone": _("This is no longer here. Open the page anew."),
        "server": _("The desk could not do this. Nothing was changed; try again in a moment."),
        "full": _(
            "The disk of the desk is full: nothing was changed. Tell whoever runs Sereno; your words are still here."
        ),
        "network": _("The desk cannot be reached. Nothing was changed; your words are still here."),
    }
