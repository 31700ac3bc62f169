"""A brand that leaves takes everything of its own with it, and nothing of anybody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from sereno.desk.accounts.models import Brand
from sereno.desk.duty import acts, notes, swapping
from sereno.desk.duty.acting import act
from sereno.desk.duty.models import Line
from sereno.desk.duty.pausing import pause
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.plans import actions
from tests.desk.duty.watch import ROSTER
from tests.desk.plans.life import LOUDER, Desk
from tests.desk.stories import brand, member
from tests.desk.street import NOON


def watch_over(street: Desk) -> None:
    """A roster, somebody who is called, pauses, asks and leaves word."""
    by_name = ROSTER.replace("cem@", "alice@").replace("dia@", "bob@")
    put_roster_in_force(street.brand, text=by_name, by=None, now=NOON)
    act(now=NOON)
    case = Line.objects.get().case
    acts.consult(case, question="so?", by=street.alice, now=NOON, person=street.bob)
    acts.acknowledge(case, by=street.alice, now=NOON)
    pause(case, reason="so", by=street.alice, now=NOON)
    notes.read_note(
        notes.write_note(street.brand, role="x", text="so", by=street.alice, now=NOON), by=street.bob, now=NOON
    )
    hours = (NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    stretch = swapping.Stretch("committee_duty", *hours, "dia", "cem")
    swap = swapping.ask_swap(street.brand, other=street.bob, stretches=[stretch], by=street.alice, now=NOON)
    swapping.confirm_swap(swap, by=street.bob, now=NOON)


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
    watch_over(street)
    other = brand("other")
    member("Bob", other)

    street.brand.delete()

    assert list(Brand.objects.all()) == [other]
    for model in apps.get_models():
        if model.__module__.startswith("sereno.desk") and "brand" in {f.name for f in model._meta.fields}:
            assert set(model._default_manager.values_list("brand_id", flat=True)) <= {other.pk}, model
