"""A roster begins: who would hold which role, and why, to be changed or kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sereno.desk.accounts.permissions import Action
from sereno.desk.accounts.request import person
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.rosters.beginning import Proposed, first_roster, proposed
from sereno.desk.rosters.faults_told import fault_said
from sereno.desk.rosters.forms import Several, owners
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.refused_words import say
from sereno.engine.plan.errors import PlanErrors

MOST_TOLD = 5


class BeginForm(forms.Form):
    """A field for each role that the plan calls."""

    chosen = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)

    def __init__(self, duty: Duty, roles: tuple[Proposed, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = [(each.person, each.name) for each in duty.standing.roster.people]
        self.roles = roles
        for each in roles:
            self.fields[_field(each.role)] = forms.MultipleChoiceField(
                label=duty.title(each.role), choices=everybody, widget=Several, required=False, help_text=why(each),
                initial=list(each.people),
            )  # fmt: skip

    def holds(self) -> dict[str, list[str]]:
        return {each.role: self.cleaned_data[_field(each.role)] for each in self.roles}


def _field(role: str) -> str:
    return f"role-{role}"


def why(each: Proposed) -> str:
    if each.why == "owners":
        return _("The chain ends here, so it is the brand's owners; choose whoever is really meant.")
    if each.why == "nobody":
        return _("Nobody at the desk fills it. Choose somebody, or leave it empty: a chain passes it by.")
    return _("Called for this today, as “%(role)s” at the desk.") % {"role": each.seat.label if each.seat else "—"}


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    if duty.plan is None:
        messages.error(request, say("no-line"))
        return redirect("duty", slug)
    if duty.number:
        return redirect("duty_entries", slug)
    roles = proposed(duty.standing, duty.plan, owners(duty))
    if request.method == "GET":
        return _page(request, duty, BeginForm(duty, roles))
    # without a choice: as it is proposed
    form = BeginForm(duty, roles, request.POST) if "chosen" in request.POST else None
    if form is not None and not form.is_valid():
        return _page(request, duty, form, status=422)
    holds = form.holds() if form is not None else {each.role: list(each.people) for each in roles}
    text = first_roster(duty.standing, duty.plan, slug, holds)
    try:
        put_roster_in_force(duty.brand, text=text, by=person(request), now=duty.now, change={"what": "begun"})
    except PlanErrors as faulty:
        form = form or BeginForm(duty, roles, initial={})
        for error in faulty.errors[:MOST_TOLD]:
            messages.error(request, fault_said(duty, error))
        return _page(request, duty, form, status=422)
    return redirect("duty_entries", slug)


def _page(request: HttpRequest, duty: Duty, form: BeginForm, status: int = 200) -> HttpResponse:
    return render(request, "duty/begin.html", {**context(request, duty), "form": form}, status=status)
