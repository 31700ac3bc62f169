"""No two different texts of a brand are in force under the same name and version."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sereno.desk.plans import actions
from sereno.desk.plans.models import PlanVersion
from sereno.desk.plans.numbering import next_version
from sereno.desk.plans.refused import PlanRefused
from sereno.engine.plan.changes import changes
from sereno.engine.plan.load import load_plan
from tests.desk.plans.life import LATER, LOUDER, Desk, numbered
from tests.desk.stories import PLAN
from tests.desk.street import NOON

NOVEMBER = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("taken", "free"),
    [((), "2026.11.1"), (("2026.11.3", "2026.11.1"), "2026.11.4"), (("2026.10.7", "1", "next", ""), "2026.11.1"),
     (("2026.11.9",), "2026.11.10"), (("2026.11.x", "2026.11.2.1", "x2026.11.5"), "2026.11.1")],
)  # fmt: skip
def test_the_next_version_of_this_month_is_told_by_those_that_are_taken(taken: tuple[str, ...], free: str) -> None:
    assert next_version(taken, NOVEMBER) == free


@given(taken=st.lists(st.builds("2026.{}.{}".format, st.sampled_from([1, 11]), st.integers(0, 999)), max_size=8))
def test_the_next_version_is_free_whatever_is_taken(taken: list[str]) -> None:
    assert next_version(taken, NOVEMBER) not in taken


def test_a_draft_of_a_version_says_a_version_of_its_own_and_nothing_else(desk: Desk) -> None:
    first = actions.start_draft(desk.brand, name="One", by=desk.alice, now=NOON)
    second = actions.start_draft(desk.brand, name="Two", by=desk.alice, now=NOON, based_on=desk.version)

    assert first.text == PLAN.replace('version: "1"', 'version: "2026.3.1"')
    assert second.text == PLAN.replace('version: "1"', 'version: "2026.3.2"')
    assert len(changes(load_plan(PLAN), load_plan(first.text))) == 1


def test_a_text_that_was_brought_in_stays_as_it_is(desk: Desk) -> None:
    draft = actions.start_draft(desk.brand, name="Mine", by=desk.alice, now=NOON, text=PLAN + "# mine\n")
    assert draft.text == PLAN + "# mine\n"


def test_the_check_refuses_a_name_that_another_text_has_and_takes_it_under_another(desk: Desk) -> None:
    draft = desk.draft(PLAN + "# mine\n")
    with pytest.raises(PlanRefused, match="give this one another version"):
        actions.check_draft(draft, by=desk.alice, now=NOON)
    assert desk.again(draft).state == "draft"

    draft = desk.again(draft)
    actions.save_draft(draft, text=numbered(draft.text), revision=draft.revision, by=desk.alice, now=NOON)
    assert actions.check_draft(draft, by=desk.alice, now=NOON).passes


def test_what_came_in_force_meanwhile_keeps_its_name(desk: Desk) -> None:
    draft = desk.approved()
    PlanVersion.objects.create(
        brand=desk.brand, number=9, plan_id=load_plan(LOUDER).id, text="another", digest="other",
        in_force_from=NOON, in_force_until=NOON,
    )  # fmt: skip
    with pytest.raises(PlanRefused) as refused:
        actions.put_draft_in_force(draft, summary="Louder", by=desk.bob, now=LATER)
    assert refused.value.code == "version-taken"


def test_the_command_line_is_refused_too_and_another_brand_is_free(desk: Desk) -> None:
    with pytest.raises(PlanRefused) as refused:
        actions.put_in_force(desk.brand, text=PLAN + "# newer\n", name="plan.yaml", by=None, now=LATER)
    assert refused.value.code == "version-taken"


def test_rolling_back_brings_the_same_name_with_the_same_text(desk: Desk) -> None:
    actions.put_draft_in_force(desk.approved(), summary="Louder", by=desk.bob, now=LATER)
    back = actions.roll_back(desk.version, reason="too loud", by=desk.bob, now=LATER)
    assert (back.plan_id, back.digest) == (desk.version.plan_id, desk.version.digest)
