"""How a person is reached: their ways, in their order, and their quiet hours. Nobody else sees this page."""

from __future__ import annotations

from typing import Any

from babel.dates import get_day_names
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sereno.desk.accounts.models import User
from sereno.desk.accounts.request import person
from sereno.desk.duty.standing import quiet_of
from sereno.desk.notify import ways
from sereno.desk.notify.models import ContactWay, Kind
from sereno.desk.notify.queries import preference_of, ways_of
from sereno.desk.notify.refused import WayRefused
from sereno.desk.rosters.forms import Several
from sereno.desk.rosters.wording import locale
from sereno.desk.words import capital

CAME_FROM = "ways-from"
"""In the session: actions lead back to this page, and must not forget it."""


class WayForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Kind.choices)
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        help_text=gettext_lazy(
            "An e-mail address; or the address of a message service as Apprise writes it, such as "
            "ntfys://ntfy.example/topic. It is stored encrypted and never shown again."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    label = forms.CharField(
        label=gettext_lazy("What you call it"), max_length=60, required=False,
        help_text=gettext_lazy("Such as “telephone beside the bed”."),
    )  # fmt: skip
    red_only = forms.BooleanField(label=gettext_lazy("Only for red"), required=False)


class QuietForm(forms.Form):
    days = forms.MultipleChoiceField(label=gettext_lazy("Evenings on which they begin"), widget=Several, required=False)
    begins = forms.TimeField(
        label=gettext_lazy("Quiet from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    stops = forms.TimeField(
        label=gettext_lazy("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    digest_minutes = forms.IntegerField(
        label=gettext_lazy("Gather what is not urgent for so many minutes"), min_value=5, max_value=240
    )

    red_all_ways = forms.BooleanField(
        label=gettext_lazy("For red, use all my ways at once"), required=False,
        help_text=gettext_lazy("Otherwise the first way alone, and the next where it fails."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = get_day_names("wide", locale=locale())
        field = self.fields["days"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(day), capital(names[day])) for day in range(7)]


def _sentence(refused: WayRefused) -> str:
    """With a capital letter; names of settings stay as they are."""
    said = refused.told()
    return said[:1].upper() + said[1:]


@login_required
@require_http_methods(["GET", "POST"])
def ways_page(request: HttpRequest) -> HttpResponse:
    """The ways, and a new one. `?from=` is the page of duty from which somebody comes, to lead back there."""
    somebody = person(request)
    came_from = request.GET.get("from", "")
    if came_from.startswith("/b/") and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        request.session[CAME_FROM] = came_from
    form = WayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            ways.add_way(
                somebody, kind=told["kind"], address=told["address"], label=told["label"], red_only=told["red_only"],
                now=timezone.now(),
            )  # fmt: skip
        except WayRefused as refused:
            form.add_error("address", _sentence(refused))
        else:
            messages.success(request, _("A code was sent there. Enter it below; until then nothing else is sent."))
            return redirect("ways")
    return _page(request, somebody, form=form, status=422 if form.errors else 200)


@login_required
@require_POST
def quiet(request: HttpRequest) -> HttpResponse:
    somebody = person(request)
    form = QuietForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        hours = []
        if told["days"] or told["begins"] or told["stops"]:
            hours = [
                {"days": told["days"], "from": _clock(told["begins"]), "until": _clock(told["stops"])},
                *preference_of(somebody).quiet[1:],
            ]
        try:
            ways.set_preferences(
                somebody, quiet=hours, digest_minutes=told["digest_minutes"], now=timezone.now(),
                red_all_ways=told["red_all_ways"],
            )  # fmt: skip
        except WayRefused as refused:
            form.add_error(None, _sentence(refused))
        else:
            messages.success(request, _("Kept."))
            return redirect("ways")
    return _page(request, somebody, quiet_form=form, status=422)


def _clock(at: Any) -> str:
    return f"{at:%H:%M}" if at else ""


@login_required
@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Confirm, send a code anew, move up, change, remove: on a way of one's own alone (404)."""
    somebody = person(request)
    way = get_object_or_404(ContactWay, pk=pk, user=somebody)
    now = timezone.now()
    try:
        told = _act(request, somebody, way, what, now)
    except WayRefused as refused:
        messages.error(request, _sentence(refused))
    else:
        messages.success(request, told)
    return redirect("ways")


def _act(request: HttpRequest, somebody: User, way: ContactWay, what: str, now: Any) -> str:
    if what == "confirm":
        ways.confirm_way(way, request.POST.get("code", "")[:40], by=somebody, now=now)
        return _("Confirmed. From now on messages go there.")
    if what == "code":
        ways.send_code(way, by=somebody, now=now)
        return _("A new code was sent.")
    if what == "up":
        order = [each.pk for each in ways_of(somebody, now=now)]
        place = order.index(way.pk)
        order.insert(max(0, place - 1), order.pop(place))
        ways.order_ways(somebody, order, now=now)
        return _("Kept.")
    if what == "remove":
        ways.remove_way(way, by=somebody, now=now)
        return _("Removed; its address is erased.")
    ways.change_way(way, label=request.POST.get("label", ""), red_only="red_only" in request.POST, by=somebody, now=now)
    return _("Kept.")


def _page(
    request: HttpRequest, somebody: User, *, form: WayForm | None = None, quiet_form: QuietForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    preference = preference_of(somebody)
    first = preference.quiet[0] if preference.quiet else {}
    shown = QuietForm(
        initial={
            "days": [str(day) for day in first.get("days", [])], "begins": first.get("from"),
            "stops": first.get("until"), "digest_minutes": preference.digest_minutes,
            "red_all_ways": preference.red_all_ways,
        }
    )  # fmt: skip
    told = {
        "ways": ways_of(somebody, now=timezone.now()), "form": form or WayForm(), "quiet_form": quiet_form or shown,
        "came_from": request.session.get(CAME_FROM, ""),
        "more_quiet": len(preference.quiet) - 1, "of_rosters": [
            (each["from"], each["until"], zone) for hours, zone in quiet_of(somebody) for each in hours
        ],
    }  # fmt: skip
    return render(request, "accounts/ways.html", told, status=status)
