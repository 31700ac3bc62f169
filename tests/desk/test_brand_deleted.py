"""A brand that leaves takes everything of its own with it, and nothing of anybody else's."""

from __future__ import annotations

import pytest
from django.apps import apps

from sereno.desk.accounts.models import Brand
from tests.desk.stories import brand, member
from tests.desk.street import Street


@pytest.mark.django_db
def test_deleting_a_brand_leaves_no_row_of_it_and_all_of_the_others() -> None:
    street = Street()
    street.complaint("1")
    street.work()
    other = brand("other")
    member("Bob", other)

    street.brand.delete()

    assert list(Brand.objects.all()) == [other]
    for model in apps.get_models():
        if model.__module__.startswith("sereno.desk") and "brand" in {f.name for f in model._meta.fields}:
            assert set(model._default_manager.values_list("brand_id", flat=True)) <= {other.pk}, model
