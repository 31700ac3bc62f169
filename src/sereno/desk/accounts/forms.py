"""A person's own settings."""

from __future__ import annotations

import zoneinfo
from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import User

CONTINENTS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
"""Zones are offered by place; `US/Pacific` and its like are old names of theirs."""


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("How colleagues see you."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    timezone = forms.ChoiceField(label=_("Time zone"), help_text=_("All times are shown in it."))
    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=[("auto", _("As the device")), ("light", _("Always light")), ("dark", _("Always dark"))],
        widget=forms.RadioSelect,
    )
    density = forms.ChoiceField(
        label=_("Density"),
        choices=[("comfortable", _("Comfortable")), ("compact", _("Compact"))],
        widget=forms.RadioSelect,
    )
    shortcuts = forms.BooleanField(
        label=_("Single-key shortcuts"),
        required=False,
        help_text=_("Switch them off if a voice control or an unsteady hand sets them off."),
    )

    veil = forms.BooleanField(
        label=_("Blur abusive texts until I choose to read them"),
        required=False,
        help_text=_("Hostile words, threats and talk of self-harm wait behind a short note. The light still shows."),
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name", "language", "timezone", "theme", "density", "shortcuts", "veil"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        zones = sorted(zone for zone in zoneinfo.available_timezones() if zone.split("/")[0] in CONTINENTS)
        if self.instance.timezone not in ("UTC", *zones):
            zones.insert(0, self.instance.timezone)  # chosen once, under a name that is no longer offered
        self.fields["timezone"].choices = [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)]  # type: ignore[attr-defined]
