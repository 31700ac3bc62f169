"""What messages say about a case beyond its light and network (`DESK_TOLD`), in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from sereno.desk.accounts.models import User
from sereno.desk.cases.models import Case
from sereno.desk.cases.rows import in_short
from sereno.desk.listening.models import Judgement, Overrule
from sereno.desk.listening.stored import reasons_of
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.desk.plans.titles import role_title
from sereno.desk.words import language
from sereno.engine.messages import say


def told_of(case: Case, values: Mapping[str, Any]) -> list[str]:
    """The first reason of its light, as whom one is called, and in which roles nobody stood."""
    version = version_in_force(case.brand)
    if version is None:
        return []
    plan, said = plan_of(version), []
    judgement = Judgement.objects.filter(post=case.deciding_post_id, current=True).first()
    reasons = reasons_of(judgement) if judgement is not None else ()
    # where a person set the light, the judgement's reasons are not those of the light
    if judgement is not None and reasons and judgement.light == case.light:
        said.append(_("Reason: %(reason)s") % {"reason": say(in_short(reasons[0]), language(), plan)})
    elif who := _set_by(case):
        said.append(_("Reason: %(reason)s") % {"reason": _("%(who)s set this light.") % {"who": who}})
    if isinstance(values.get("role"), str):
        said.append(_("Called as: %(role)s") % {"role": role_title(plan, values["role"])})
    missing = values.get("missing")
    if isinstance(missing, list) and missing:
        titles = ", ".join(role_title(plan, str(role)) for role in missing)
        said.append(_("Nobody was there as: %(roles)s") % {"roles": titles})
    return said


def _set_by(case: Case) -> str:
    """Who set the light, where a person did; what they wrote about it stays in the case."""
    overrule = Overrule.objects.filter(post=case.deciding_post_id, current=True).first()
    who = User.objects.filter(pk=overrule.by_id).first() if overrule is not None else None
    return str(who) if who is not None else ""
