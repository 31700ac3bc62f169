"""What people fill in on a case. Lengths are refused here, meaning is refused by the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import Brand, Membership, User
from sereno.desk.accounts.permissions import ALLOWED, Action
from sereno.desk.cases.models import ClosureReason
from sereno.desk.words import LIGHTS, pairs

LONGEST_WORDS = 4000


def _words(label: Any, *, required: bool, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OverruleForm(forms.Form):
    light = forms.ChoiceField(
        label=_("The light should be"), choices=lambda: pairs("light", LIGHTS), widget=forms.RadioSelect
    )
    reason = _words(
        _("Why"), required=True, help_text=_("Colleagues read it beside the light, and the reader learns from it.")
    )


class CloseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=ClosureReason.choices, widget=forms.RadioSelect)
    words = _words(_("In your words"), required=False, help_text=_("What was done, for whoever reads this case later."))


class ReopenForm(forms.Form):
    words = _words(_("Why it opens again"), required=False)


class NoteForm(forms.Form):
    text = _words(_("Note"), required=True, help_text=_("Only the team sees it."))


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Hand to"), queryset=User.objects.none(), empty_label=_("Choose a person"))

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues(brand)


def colleagues(brand: Brand) -> Any:
    """Who can work a case of this brand, by name."""
    workers = Membership.objects.filter(brand=brand, role__in=ALLOWED[Action.WORK_CASES]).values("user")
    return User.objects.filter(pk__in=workers, is_active=True).order_by("name", "pk")
