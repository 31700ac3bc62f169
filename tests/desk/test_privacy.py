"""Every field of every model of ours is declared personal or not."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from sereno.desk import privacy

OURS = [model for model in apps.get_models() if model.__module__.startswith("sereno.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_each_field_is_declared_once(model: type[models.Model]) -> None:
    label = model._meta.label
    fields = {field.name for field in model._meta.concrete_fields}
    declared = [
        name
        for table in (privacy.PERSONAL, privacy.STAFF, privacy.NOT_PERSONAL)
        for name in table.get(label, frozenset())
    ]

    assert sorted(declared) == sorted(fields), (
        f"{label}: declare each field once in desk/privacy.py; "
        f"undeclared {sorted(fields - set(declared))}, unknown {sorted(set(declared) - fields)}"
    )


def test_no_declaration_outlives_its_model() -> None:
    known = {model._meta.label for model in OURS}

    assert {*privacy.PERSONAL, *privacy.STAFF, *privacy.NOT_PERSONAL} <= known


def test_the_audit_trail_and_judgements_hold_no_personal_field() -> None:
    assert privacy.PERSONAL.keys().isdisjoint({"audit.AuditRow", "listening.Judgement", "listening.Reading"})
