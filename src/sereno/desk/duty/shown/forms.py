"""What people fill in when they pass a case on, ask somebody, or let its clock stand still."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases.forms import LONGEST_WORDS, colleagues
from sereno.desk.duty.queries import askable_roles
from sereno.desk.plans.titles import role_title


class ReasonForm(forms.Form):
    """Why: kept with the case."""

    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever has the case next reads it."),
    )  # fmt: skip


class PauseForm(ReasonForm):
    """Why the clock stands still, and until when."""

    until = forms.DateTimeField(
        label=_("Until"), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Then the clock runs on by itself, and whoever has the case is told."),
    )  # fmt: skip
    field_order = ("reason", "until")


class ConsultForm(forms.Form):
    """A question to one person, or to whoever is on duty in a role; where nobody is, to everybody who holds it."""

    whom = forms.ChoiceField(label=_("Whom"))
    question = forms.CharField(
        label=_("Question"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The case stays where it is; its deadlines run on."),
    )  # fmt: skip

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"person:{each.pk}": each for each in colleagues(brand)}
        plan, titled = askable_roles(brand)
        roles = [(f"role:{role}", role_title(plan, role)) for role in titled]
        field = self.fields["whom"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Choose")),
            *([(_("Role"), roles)] if roles else []),
            (_("One person"), [(key, str(each)) for key, each in self.people.items()]),
        ]

    @property
    def person(self) -> User | None:
        return self.people.get(self.cleaned_data["whom"])

    @property
    def role(self) -> str | None:
        kind, _colon, name = self.cleaned_data["whom"].partition(":")
        return name if kind == "role" else None
