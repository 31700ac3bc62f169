"""What people fill in on a case. Lengths are refused here, meaning is refused by the actions."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import Brand, Membership, User
from sereno.desk.accounts.permissions import ALLOWED, Action
from sereno.desk.cases.models import Case, ClosureReason
from sereno.desk.words import LIGHTS, kinds, pairs

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
    kind = forms.ChoiceField(
        label=_("What it is"),
        required=False,
        choices=lambda: [("", _("As it was read")), *kinds()],
        help_text=_("Only if it was read as something else."),
    )
    reason = _words(_("Why"), required=True, help_text=_("Colleagues read it beside the light. It is remembered."))


class CloseForm(forms.Form):
    """Asks beforehand for all that closing needs: which other case it is, and words where nobody was answered."""

    reason = forms.ChoiceField(label=_("Reason"), choices=ClosureReason.choices, widget=forms.RadioSelect)
    other = forms.CharField(
        label=_("Which other case"),
        required=False,
        max_length=300,
        help_text=_("Its number or its address, for “Same matter as another case”."),
    )
    words = _words(_("In your words"), required=False, help_text=_("What was done, for whoever reads this case later."))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        if case.kind == "complaint" and case.answered_at is None:
            self.fields["words"].required = True
            self.fields["words"].help_text = _("This complaint was not answered here: say why it can be closed.")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("reason") == ClosureReason.DUPLICATE and "other" in told:
            told["other_case"] = self._other_case(told["other"])
        return told

    def _other_case(self, text: str) -> int | None:
        found = re.search(r"(?:/cases/|case=|^\s*#?)(\d{1,18})\b", text)
        others = Case.objects.filter(brand=self.case.brand_id).exclude(pk=self.case.pk)
        if found and others.filter(pk=int(found[1])).exists():
            return int(found[1])
        self.add_error("other", _("Write the number of another case of this brand; it stands in the case's address."))
        return None

    def told(self) -> str:
        """The words that are kept, the other case in front of them."""
        words: str = self.cleaned_data["words"].strip()
        other = self.cleaned_data.get("other_case")
        if other is None:
            return words
        same = gettext("Same matter as case %(number)s.") % {"number": other}
        return f"{same} {words}".strip()


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
