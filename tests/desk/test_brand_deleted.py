"""A brand that leaves takes everything of its own with it, and nothing of anybody else's."""

from __future__ import annotations

import pytest
from django.apps import apps

from sereno.desk.accounts.models import Brand
from sereno.desk.plans import actions
from tests.desk.plans.life import LOUDER, Desk
from tests.desk.stories import brand, member
from tests.desk.street import NOON


@pytest.mark.django_db
def test_deleting_a_brand_leaves_no_row_of_it_and_all_of_the_others() -> None:
    street = Desk()
    street.complaint("1")
    street.work()
    draft = street.replayed(LOUDER.replace("{rule: complaint, light: green", "{rule: complaint, light: red"))
    actions.confirm_known(street.version, by=street.alice, now=NOON)
    actions.approve(draft, digest=draft.digest, by=street.bob, now=NOON)
    actions.put_draft_in_force(draft, summary="so", by=street.bob, now=NOON)
    actions.roll_back(street.version, reason="no", by=street.bob, now=NOON)
    other = brand("other")
    member("Bob", other)

    street.brand.delete()

    assert list(Brand.objects.all()) == [other]
    for model in apps.get_models():
        if model.__module__.startswith("sereno.desk") and "brand" in {f.name for f in model._meta.fields}:
            assert set(model._default_manager.values_list("brand_id", flat=True)) <= {other.pk}, model
