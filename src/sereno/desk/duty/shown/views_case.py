"""What people do about a case that calls, one address each; as the other deeds on a case (`cases/views_work.py`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sereno.desk.accounts.models import User
from sereno.desk.cases import actions
from sereno.desk.cases.actions import ActionRefused
from sereno.desk.cases.freshness import taken_meanwhile
from sereno.desk.cases.models import Case, CaseState
from sereno.desk.cases.views_work import REFUSALS, Done, case_for, do, only_post, with_form
from sereno.desk.duty import acts, pausing
from sereno.desk.duty.refused import DutyRefused
from sereno.desk.duty.shown import words
from sereno.desk.duty.shown.forms import ConsultForm, PauseForm, ReasonForm

REFUSALS.update({code: said for code, said in words.REFUSALS.items() if code not in REFUSALS})


def _refusing(done: Done) -> Done:
    """A refusal of duty's, as the pages of a case know refusals."""

    def deed(case: Case, by: User) -> object:
        try:
            return done(case, by)
        except DutyRefused as refused:
            raise ActionRefused(refused.code, str(refused)) from refused

    return deed


@login_required
@only_post
def take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Mine, and nobody more is called: from this very moment, not from the worker's next round."""
    brand, case = case_for(request, slug, pk)

    @transaction.atomic
    def done(c: Case, by: User) -> object:
        now = timezone.now()
        taken = actions.take(c, by=by, now=now)
        if taken.state == CaseState.OPEN and not taken.backfilled:
            return acts.acknowledge(taken, by=by, now=now)
        return taken

    return do(request, brand, case, _refusing(done), _("It is yours now."), check=taken_meanwhile)


def _with_reason(name: str, deed: Callable[..., object], said: Promise) -> Callable[..., HttpResponse]:
    @login_required
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        brand, case = case_for(request, slug, pk)
        form = ReasonForm(request.POST or None, prefix=name)

        def done(c: Case, by: User) -> object:
            return deed(c, reason=form.cleaned_data["reason"], by=by, now=timezone.now())

        return with_form(request, brand, case, form, name, _refusing(done), said)

    return cast("Callable[..., HttpResponse]", view)


hand_back = _with_reason("hand_back", acts.hand_back, _("Given back. The same step is called anew."))
escalate = _with_reason("escalate", acts.escalate, _("Passed up. The next step is called."))
lower = _with_reason("lower", acts.lower, _("Passed down. The step before is called."))


@login_required
@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk)
    form = PauseForm(request.POST or None, prefix="pause")

    def done(c: Case, by: User) -> object:
        given = form.cleaned_data
        return pausing.pause(c, reason=given["reason"], until=given["until"], by=by, now=timezone.now())

    said = _("The clock stands still. Your reason is shown.")
    return with_form(request, brand, case, form, "pause", _refusing(done), said)


@login_required
@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk)
    form = ConsultForm(request.POST or None, brand=brand, prefix="consult")

    def done(c: Case, by: User) -> object:
        question = form.cleaned_data["question"]
        return acts.consult(c, question=question, by=by, now=timezone.now(), person=form.person, role=form.role)

    # a question decides nothing, so it is asked whatever happened meanwhile
    return with_form(request, brand, case, form, "consult", _refusing(done), _("Asked."), check=None)


@login_required
@only_post
def resume(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk)

    def done(c: Case, by: User) -> object:
        return pausing.resume(c, by=by, now=timezone.now())

    return do(request, brand, case, _refusing(done), _("The clock runs again."))
