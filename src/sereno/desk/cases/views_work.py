"""What people do with a case, one address each. GET is the plain page with its form (nothing needs a script);
POST does it. Asked by htmx, the answer is the case as it stands afterwards, and its row in the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person, whole_number
from sereno.desk.cases import actions
from sereno.desk.cases.actions import ActionRefused
from sereno.desk.cases.casefile import case_file, case_of
from sereno.desk.cases.forms import AssignForm, CloseForm, NoteForm, OverruleForm, ReopenForm
from sereno.desk.cases.freshness import last_event, moved, taken_meanwhile
from sereno.desk.cases.models import Case, ClosureReason
from sereno.desk.cases.queries import rows_by_id
from sereno.desk.cases.views import case_context
from sereno.desk.shell import shell
from sereno.engine.plan.model import Light
from sereno.engine.read import Kind

REFUSALS: dict[str, Promise] = {
    "closed": _("This case is closed. Open it again first."),
    "not-closed": _("This case is not closed."),
    "cannot-work": _("This person has no role in the brand that works cases. Choose somebody else."),
    "same-light": _("It has this light already. Choose another one."),
    "no-plan": _(
        "The brand has no plan in force, so nobody can be named for the new light. Put a plan in force first."
    ),
    "words-needed": _("Say in a few words why. They are kept with the decision."),
}
Done = Callable[[Case, User], object]
Check = Callable[..., object]
"""Given the locked case, what the page had seen, and the person: says what moved meanwhile, or nothing."""


def only_post(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever opens the address of a deed (a bookmark, a reload) is led to the case; nothing is done."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        if request.method != "POST":
            brand_of(person(request), slug)
            return redirect("case", slug=slug, pk=pk)
        return view(request, slug, pk)

    return guarded


@login_required
@only_post
def take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk)
    return do(
        request, brand, case, lambda c, by: actions.take(c, by=by, now=timezone.now()), _("It is yours now."),
        check=taken_meanwhile,
    )  # fmt: skip


@login_required
@only_post
def release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk)
    return do(
        request, brand, case, lambda c, by: actions.release(c, by=by, now=timezone.now()), _("Given back."),
        check=taken_meanwhile,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk)
    form = AssignForm(request.POST or None, brand=brand, prefix="assign")

    def done(c: Case, by: User) -> object:
        return actions.assign(c, to=form.cleaned_data["to"], by=by, now=timezone.now())

    return with_form(request, brand, case, form, "assign", done, _("Handed over."))


@login_required
@require_http_methods(["GET", "POST"])
def overrule(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk, Action.OVERRULE_LIGHT)
    form = OverruleForm(request.POST or None, prefix="overrule")

    def done(c: Case, by: User) -> object:
        light = form.cleaned_data["light"]
        wanted = None if light == "none" else cast(Light, light)
        kind = cast("Kind | None", form.cleaned_data["kind"] or None)
        reason = form.cleaned_data["reason"]
        return actions.overrule(c, light=wanted, kind=kind, reason=reason, by=by, now=timezone.now())

    return with_form(request, brand, case, form, "overrule", done, _("It is changed, and your reason kept."))


@login_required
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk)
    form = NoteForm(request.POST or None, prefix="note")

    def done(c: Case, by: User) -> object:
        return actions.add_note(c, text=form.cleaned_data["text"], by=by, now=timezone.now())

    # a note decides nothing, so it is kept whatever happened meanwhile
    return with_form(request, brand, case, form, "note", done, _("Noted."), check=None)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk)
    form = CloseForm(request.POST or None, case=case, prefix="close")

    def done(c: Case, by: User) -> object:
        reason = ClosureReason(form.cleaned_data["reason"])
        return actions.close(c, reason=reason, words=form.told(), by=by, now=timezone.now())

    return with_form(request, brand, case, form, "close", done, _("Closed. It can be opened again."))


@login_required
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand, case = case_for(request, slug, pk)
    form = ReopenForm(request.POST or None, prefix="reopen")

    def done(c: Case, by: User) -> object:
        return actions.reopen(c, words=form.cleaned_data["words"], by=by, now=timezone.now())

    return with_form(request, brand, case, form, "reopen", done, _("Open again."))


def case_for(request: HttpRequest, slug: str, pk: int, action: Action = Action.WORK_CASES) -> tuple[Brand, Case]:
    brand = brand_of(person(request), slug, action)
    case = case_of(brand, pk)
    if case is None:
        raise Http404("no such case")
    return brand, case


def with_form(
    request: HttpRequest,
    brand: Brand,
    case: Case,
    form: forms.Form,
    name: str,
    done: Done,
    said: Promise,
    *,
    check: Check | None = moved,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        return do(request, brand, case, done, said, form=form, name=name, check=check)
    return _asking(request, brand, case, form, name)


def _asking(request: HttpRequest, brand: Brand, case: Case, form: forms.Form, name: str) -> HttpResponse:
    """The form: within its case with the dialog open, or as a plain page."""
    status = 422 if form.errors else 200
    frame = shell(request, brand, "inbox")
    case = case_of(brand, case.pk) or case  # as it stands now, with whatever refused the deed
    if request.headers.get("HX-Request"):
        context = {**frame, **case_context(case_file(case, timezone.now()), brand), f"{name}_form": form, "ask": name}
        return render(request, "cases/_case.html", context, status=status)
    context = {**frame, "case": case, "form": form, "ask": name, "seen": last_event(case)}
    return render(request, "cases/ask.html", context, status=status)


def do(
    request: HttpRequest,
    brand: Brand,
    case: Case,
    done: Done,
    said: Promise,
    *,
    form: forms.Form | None = None,
    name: str = "",
    check: Check | None = None,
) -> HttpResponse:
    refusal = _try(request, case, done, check)
    if refusal and form is not None:
        form.add_error(None, refusal)
        return _asking(request, brand, case, form, name)
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, str(said))
    if not request.headers.get("HX-Request"):
        return redirect("case", slug=brand.slug, pk=case.pk)
    return _case_afterwards(request, brand, case.pk)


def _try(request: HttpRequest, case: Case, done: Done, check: Check | None) -> str:
    """Does it; or says why not. What the page had seen is compared under the lock under which it is done."""
    seen = whole_number(request.POST.get("seen", ""))
    try:
        with transaction.atomic():
            if check is not None and seen is not None:
                now_so = Case.objects.select_for_update(of=("self",)).select_related("owner").get(pk=case.pk)
                if changed := check(now_so, seen=seen, person=person(request)):
                    return str(changed)
            done(case, person(request))
    except ActionRefused as refused:
        return str(REFUSALS.get(refused.code, str(refused)))
    return ""


def _case_afterwards(request: HttpRequest, brand: Brand, pk: int) -> HttpResponse:
    case = case_of(brand, pk)
    assert case is not None
    now = timezone.now()
    context: dict[str, Any] = {**shell(request, brand, "inbox"), **case_context(case_file(case, now), brand)}
    if "/inbox" in request.headers.get("HX-Current-URL", ""):
        context["row_changed"] = rows_by_id(brand, [pk], now)
    return render(request, "cases/_case_afterwards.html", context)
