"""A warning is accepted with a reason: both stand in the plan from then on."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sereno.desk.plans.editing import document
from sereno.desk.plans.editing.changing import change
from sereno.desk.plans.editing.frame import draft_of, frame
from sereno.desk.plans.faults_told import FaultTold, faults_told
from sereno.engine.plan import edit

NEXT = {"text": "plan_text", "forms": "plan_forms", "draft": "plan_draft"}


class AcceptForm(forms.Form):
    warning = forms.RegexField(r"^[a-z][a-z0-9_-]{0,59}$", widget=forms.HiddenInput)
    at = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    back = forms.ChoiceField(choices=[(name, name) for name in NEXT], widget=forms.HiddenInput, initial="forms")
    everywhere = forms.BooleanField(
        required=False,
        label=gettext_lazy("Wherever this warning comes up, not only here"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), min_length=3, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It stays in the plan, for whoever wonders later."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def accept_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand, draft = draft_of(request, slug, number)
    asked = {key: request.GET.get(key, "") for key in ("warning", "at")} | {"back": request.GET.get("back", "forms")}
    form = AcceptForm(request.POST) if request.method == "POST" else AcceptForm(initial=asked)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def accepted(text: str) -> str:
            if _told_now(text, said["warning"], said["at"]) is None:
                raise document.Gone
            entries = document.entries_of(document.values_of(text), "accepted")
            entry = {"warning": said["warning"], "reason": said["reason"]}
            if said["at"] and not said["everywhere"]:
                entry = {"warning": said["warning"], "at": said["at"], "reason": said["reason"]}
            return edit.insert(text, ("accepted",), len(entries), entry)

        if change(request, draft, accepted):
            messages.success(request, _("Accepted. The reason stands in the plan."))
        return redirect(NEXT[said["back"]], slug, number)
    fault = _told_now(draft.text, str(form["warning"].value()), str(form["at"].value()))
    context = {**frame(request, brand, draft, "forms"), "form": form, "fault": fault, "back": NEXT.get(
        str(form["back"].value()), "plan_forms"
    )}  # fmt: skip
    return render(request, "plans/edit_accept.html", context, status=422 if form.errors else 200)


def _told_now(text: str, warning: str, at: str) -> FaultTold | None:
    """The warning as the check tells it of this text; None: it does not, and there is nothing to accept."""
    told = (one for one in faults_told(text) if one.severity == "warning")
    return next((one for one in told if (one.code, one.at) == (warning, at)), None)
