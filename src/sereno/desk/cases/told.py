"""What messages say about a case (`DESK_TOLD`) beyond its light and network, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sereno.desk.accounts.models import User
from sereno.desk.cases.models import Case, CaseNote
from sereno.desk.cases.rows import in_short
from sereno.desk.listening.models import Judgement, Overrule
from sereno.desk.listening.stored import reasons_of
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.desk.plans.titles import role_title
from sereno.desk.words import language
from sereno.engine.messages import say


def told_of(case: Case | None, values: Mapping[str, Any]) -> list[str]:
    """What one is asked, the first reason of its light, as whom one is called, and in which roles nobody stood."""
    if case is None:
        return []
    said = [_question(case, values["note"])] if "note" in values else []
    version = version_in_force(case.brand)
    if version is None:
        return said
    plan = plan_of(version)
    judgement = Judgement.objects.filter(post=case.deciding_post_id, current=True).first()
    reasons = reasons_of(judgement) if judgement is not None else ()
    # where a person set the light, the judgement's reasons are not those of the light
    if judgement is not None and reasons and judgement.light == case.light:
        said.append(_("Reason: %(reason)s") % {"reason": say(in_short(reasons[0]), language(), plan)})
    elif who := _set_by(case):
        said.append(_("Reason: %(reason)s") % {"reason": _("%(who)s set this light.") % {"who": who}})
    if isinstance(values.get("role"), str):
        called = _("Asked as: %(role)s") if "note" in values else _("Called as: %(role)s")
        said.append(called % {"role": role_title(plan, values["role"])})
    missing = values.get("missing")
    if isinstance(missing, list) and missing:
        titles = ", ".join(role_title(plan, str(role)) for role in missing)
        said.append(_("Nobody was there as: %(roles)s") % {"roles": titles})
    return said


def _question(case: Case, note: Any) -> str:
    """Its words, where messages may hold words: they may speak of whoever wrote."""
    found = CaseNote.objects.filter(case=case, pk=note).first() if settings.SERENO_MESSAGES_WITH_TEXT else None
    if found is None:
        return _("The question stands in the case.")
    return _("The question: “%(question)s”") % {"question": found.text}


def _set_by(case: Case) -> str:
    """Who set the light, where a person did; what they wrote about it stays in the case."""
    overrule = Overrule.objects.filter(post=case.deciding_post_id, current=True).first()
    who = User.objects.filter(pk=overrule.by_id).first() if overrule is not None else None
    return str(who) if who is not None else ""
