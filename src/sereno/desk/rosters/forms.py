"""Forms of the roster: a shift, leave, somebody for once, a gap that is lived with, a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from babel.dates import get_day_names
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sereno.desk.accounts.models import Role, User
from sereno.desk.plans.titles import area_title
from sereno.desk.rosters.beginning import short_name
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.wording import locale, spoken
from sereno.desk.words import capital, word
from sereno.engine.duty.roster import parse_shift_hours
from sereno.engine.plan.parts.values import WEEKDAYS, Unfit

MINUTE = "%Y-%m-%dT%H:%M"
Choices = Sequence[tuple[str, str]]


class Several(forms.CheckboxSelectMultiple):
    """Several of a few."""

    several = True


def moment_field(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, input_formats=[MINUTE, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
    )  # fmt: skip


class RosterForm(forms.Form):
    """A form that knows the roster's people and the plan's roles."""

    def __init__(self, duty: Duty, *args: Any, index: int | None = None, **kwargs: Any) -> None:
        """`index`: of the entry that is changed; None: a new one."""
        super().__init__(*args, **kwargs)
        self.duty, self.index = duty, index
        offered: dict[str, Choices] = {
            "role": roles(duty), "roles": roles(duty), "person": people(duty), "people": people(duty),
            "instead_of": [("", _("nobody: in addition")), *people(duty)],
            "languages": languages(duty), "days": days(),
            "areas": areas(duty),
        }  # fmt: skip
        for name, choices in offered.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and starts >= ends:
            self.add_error("ends", _("The end comes after the beginning."))
        return values

    def clean_starts(self) -> datetime:
        return self._on_the_wall("starts")

    def clean_ends(self) -> datetime:
        return self._on_the_wall("ends")

    def _on_the_wall(self, name: str) -> datetime:
        """Forms tell moments on the roster's wall; Django has put the reader's zone to them."""
        at: datetime = self.cleaned_data[name]
        return at.replace(tzinfo=None)


class ShiftForm(RosterForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=40,
        help_text=gettext_lazy("Such as “late” or “weekend night”. It is kept in small letters, with dashes."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    hours = forms.CharField(
        label=gettext_lazy("Hours"),
        max_length=120,
        help_text=gettext_lazy(
            "Such as 09:00-17:00. A night: 22:00-06:00. A split shift: 08:00-14:00, 17:00-22:00. "
            "A whole day: 00:00-00:00."
        ),
    )
    days = forms.MultipleChoiceField(label=gettext_lazy("Days on which it begins"), widget=Several)
    people = forms.MultipleChoiceField(label=gettext_lazy("People"), widget=Several)
    rotate = forms.IntegerField(
        label=gettext_lazy("Hand on after so many days"),
        min_value=1,
        max_value=365,
        required=False,
        help_text=gettext_lazy("Empty: all of them at once. 7: each has a week, one after another."),
    )
    since = forms.DateField(
        label=gettext_lazy("First day of the first one's turn"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Only these languages"), widget=Several, required=False,
        help_text=gettext_lazy("None marked: whatever comes."),
    )  # fmt: skip
    holidays = forms.BooleanField(label=gettext_lazy("On public holidays too"), required=False, initial=True)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        others = [each.shift for n, each in enumerate(self.duty.standing.roster.shifts) if n != self.index]
        if name in others or short_name(name, ()) in others:
            raise ValidationError(_("Another shift has this name already."))
        return name

    def clean_hours(self) -> list[str]:
        return _hours(str(self.cleaned_data["hours"]))

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("rotate") and not values.get("since"):
            self.add_error("since", _("A rotation needs the first day of the first one's turn."))
        return values


def _hours(text: str) -> list[str]:
    written = []
    for part in text.replace("–", "-").replace(";", ",").split(","):
        try:
            opens, closes = parse_shift_hours(part)
        except Unfit:
            raise ValidationError(
                _("“%(part)s” is no stretch of hours; write 22:00-06:00, several parted by commas.")
                % {"part": part.strip()}
            ) from None
        written.append(f"{opens:%H:%M}-{closes:%H:%M}")
    return written


class LeaveForm(RosterForm):
    person = forms.ChoiceField(label=gettext_lazy("Person"))
    starts = moment_field(pgettext_lazy("a day or an hour", "From"))
    ends = moment_field(gettext_lazy("Until"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[
            ("leave", pgettext_lazy("a kind of absence", "Leave")),
            ("sick", gettext_lazy("Ill")), ("training", gettext_lazy("Training")),
            ("other", gettext_lazy("Something else")),
        ],
    )  # fmt: skip


class OverrideForm(RosterForm):
    person = forms.ChoiceField(label=gettext_lazy("Who stands there"))
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    starts = moment_field(pgettext_lazy("a day or an hour", "From"))
    ends = moment_field(gettext_lazy("Until"))
    instead_of = forms.ChoiceField(label=gettext_lazy("Instead of"), required=False)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200, required=False)


class GapForm(RosterForm):
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    starts = moment_field(pgettext_lazy("a day or an hour", "From"))
    ends = moment_field(gettext_lazy("Until"))
    network = forms.CharField(required=False, widget=forms.HiddenInput)
    language = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why this gap may stay"), min_length=3, max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the roster, for everybody to read."),
    )  # fmt: skip


class PersonForm(RosterForm):
    email = forms.ChoiceField(label=gettext_lazy("Account"))
    roles = forms.MultipleChoiceField(label=gettext_lazy("Roles"), widget=Several)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=Several, required=False,
        help_text=gettext_lazy("None marked: whatever comes."),
    )  # fmt: skip

    areas = forms.MultipleChoiceField(label=gettext_lazy("Areas"), widget=Several, required=False)
    quiet = forms.CharField(
        label=gettext_lazy("Quiet hours"), max_length=120, required=False,
        help_text=gettext_lazy("Such as 23:00-07:00, in their own time zone. Only red wakes them then."),
    )  # fmt: skip

    def clean_quiet(self) -> list[str]:
        written = str(self.cleaned_data["quiet"]).strip()
        return _hours(written) if written else []

    def __init__(self, duty: Duty, *args: Any, **kwargs: Any) -> None:
        super().__init__(duty, *args, **kwargs)
        if not areas(duty):
            del self.fields["areas"]
        field = self.fields["email"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(user.email, f"{user} · {user.email}") for user in accounts(duty)]


def accounts(duty: Duty) -> list[User]:
    """Who has a role in the brand."""
    found = User.objects.filter(memberships__brand=duty.brand, is_active=True)
    return list(found.distinct().order_by("name"))


def owners(duty: Duty) -> frozenset[str]:
    """Their e-mails."""
    return frozenset(duty.brand.memberships.filter(role=Role.OWNER).values_list("user__email", flat=True))


def roles(duty: Duty) -> Choices:
    return [(role.role, duty.title(role.role)) for role in duty.plan.roles] if duty.plan else []


def areas(duty: Duty) -> Choices:
    """Those of the plan, and any that people still have though the plan has them no more."""
    known = [area.area for area in duty.plan.areas] if duty.plan else []
    found = dict.fromkeys([*known, *(area for each in duty.standing.roster.people for area in each.areas)])
    return [(area, area_title(duty.plan, area)) for area in found]


def people(duty: Duty) -> Choices:
    return [(each.person, each.name) for each in duty.standing.roster.people]


def languages(duty: Duty) -> Choices:
    return [(code, capital(spoken(code))) for code in duty.plan.brand.languages] if duty.plan else []


def days() -> Choices:
    names = get_day_names("wide", locale=locale())
    return [(day, capital(names[number])) for number, day in enumerate(WEEKDAYS)]


def network_name(network: str) -> str:
    return word("network", network)
