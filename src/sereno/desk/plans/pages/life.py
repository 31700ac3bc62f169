"""From a draft that was replayed to a plan in force: asking, approving, the moment, and the ways back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sereno.desk.accounts.models import User
from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person
from sereno.desk.plans import actions
from sereno.desk.plans.models import PlanDraft
from sereno.desk.plans.pages.draft import found_draft, told
from sereno.desk.plans.pages.unfit import unfit
from sereno.desk.plans.refused import PlanRefused
from sereno.desk.plans.refused_words import refused_words
from sereno.desk.shell import shell

Act = Callable[[PlanDraft, User, datetime], object]


def _deed(act: Act, said: Promise, *, needs: Action) -> Any:
    """A view that does one thing to a draft and goes back to its page."""

    @login_required
    @require_POST
    def view(request: HttpRequest, slug: str, number: int) -> HttpResponse:
        brand = brand_of(person(request), slug, needs)
        try:
            act(found_draft(brand, number), person(request), timezone.now())
        except PlanRefused as refused:
            messages.error(request, refused_words(refused.code))
        else:
            messages.success(request, str(said))
        return redirect("plan_draft", slug=slug, number=number)

    return view


ask_approval = _deed(
    lambda draft, by, now: actions.ask_approval(draft, by=by, now=now),
    gettext_lazy("Asked. Whoever may approve sees it on the page of the plan."),
    needs=Action.CHANGE_PLAN,
)
withdraw = _deed(
    lambda draft, by, now: actions.withdraw_approval(draft, by=by, now=now),
    gettext_lazy("The approval is taken back."),
    needs=Action.APPROVE_PLAN,
)
unschedule = _deed(
    lambda draft, by, now: actions.unschedule(draft, by=by, now=now),
    gettext_lazy("The moment is taken back; the approval stays."),
    needs=Action.APPROVE_PLAN,
)


@login_required
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A page of its own: what changes, what the replay says, and the signature."""
    brand = brand_of(person(request), slug, Action.APPROVE_PLAN)
    draft = found_draft(brand, number)
    refused = ""
    if request.method == "POST":
        try:
            actions.approve(
                draft, digest=request.POST.get("digest", ""), words=request.POST.get("words", ""), by=person(request),
                now=timezone.now(),
            )  # fmt: skip
        except PlanRefused as refusal:
            refused = refused_words(refusal.code)
        else:
            messages.success(request, _("Approved. Nothing is in force yet."))
            return redirect("plan_draft", slug=slug, number=number)
    context = {**shell(request, brand, "plan"), **told(request, draft), "refused": refused,
               "unfit": unfit(brand, draft.text)}  # fmt: skip
    return render(request, "plans/approve.html", context, status=422 if refused else 200)


@login_required
@require_http_methods(["GET", "POST"])
def in_force(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Now, or at a moment; with the words that stand in the history."""
    brand = brand_of(person(request), slug)
    draft = found_draft(brand, number)
    refused = ""
    if request.method == "POST":
        try:
            at = _moment(request) if request.POST.get("when") == "later" else None
            made = actions.put_draft_in_force(
                draft, summary=request.POST.get("summary", ""), by=person(request), now=timezone.now(), at=at
            )
        except PlanRefused as refusal:
            refused = refused_words(refusal.code)
        else:
            if made is None:
                messages.success(request, _("Set. It comes in force by itself at that moment."))
                return redirect("plan_draft", slug=slug, number=number)
            messages.success(request, _("It is in force. Everybody is asked to read it."))
            return redirect("plan", slug=slug)
    context = {**shell(request, brand, "plan"), **told(request, draft), "refused": refused,
               "summary": request.POST.get("summary", draft.name), "moment": request.POST.get("moment", ""),
               "later": request.POST.get("when") == "later", "unfit": unfit(brand, draft.text)}  # fmt: skip
    return render(request, "plans/in_force.html", context, status=422 if refused else 200)


def _moment(request: HttpRequest) -> datetime:
    """In the person's own zone, as the browser's field writes it."""
    try:
        naive = datetime.fromisoformat(request.POST.get("moment", ""))
    except ValueError:
        raise PlanRefused("moment-passed") from None
    return naive if naive.tzinfo else timezone.make_aware(naive)
