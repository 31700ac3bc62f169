"""A form speaks of its fields: what is wrong at them, what an entry says, and names that nobody has to invent."""

from __future__ import annotations

import re

import pytest

from sereno.desk.plans.editing.document import entry_at, seen_as, sketch_of, values_of
from sereno.desk.plans.editing.field_faults import slug
from sereno.desk.plans.editing.sentences import sentences_of, summary_of
from sereno.engine.plan.load import load_plan
from tests.desk.plans.life import Desk
from tests.desk.plans.test_editing import Editing
from tests.desk.stories import PLAN

NEW = {"mark": seen_as(None)}


@pytest.fixture
def editing(desk: Desk, settings: object) -> Editing:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    return Editing(desk)


def test_an_entry_without_a_short_name_gets_one_from_its_title_and_no_two_get_the_same(editing: Editing) -> None:
    for _time in range(2):
        editing.send("forms/roles/new", NEW | {"f.title.en": "Press: the Łódź office"})

    assert [role.role for role in load_plan(editing.text).roles][-2:] == [
        "press-the-lodz-office", "press-the-lodz-office-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Oven Doors!", "oven-doors"),
        ("24 hours", "hours"),
        ("Niña  ñoña", "nina-nona"),
        ("你好", ""),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_name_is_what_of_a_title_can_stand_in_the_plan(title: str, name: str) -> None:
    assert slug(title) == name


def test_what_is_missing_is_told_at_its_field_and_at_the_top_with_a_way_there(editing: Editing) -> None:
    page = editing.send("forms/lights/new", NEW | {"f.title.en": "Oven doors"}, 422)

    assert '<a href="#f-light">Light</a>: Choose one.' in page
    assert 'id="to-mend" tabindex="-1" autofocus' in page
    assert "is missing" not in page


def test_a_choice_that_is_none_is_told_in_the_words_of_the_select(editing: Editing) -> None:
    page = editing.send("forms/lights/new", NEW | {"f.title.en": "Doors", "f.light": "crimson"}, 422)

    assert "Choose one of these: Green, Amber, or Red." in page


def test_a_name_that_cannot_stand_says_which_can(editing: Editing) -> None:
    page = editing.send("forms/roles/new", NEW | {"f.title.en": "Press", "f.role": "Oven Doors!"}, 422)

    assert "Small letters, digits, - and _, and a letter first." in page
    assert re.search(r'<details class="short-name" open>', page), "what is wrong is never folded away"


def test_a_step_of_the_chain_and_the_heading_have_their_sentences() -> None:
    values = values_of(PLAN)
    sketch = sketch_of(values)

    for place in range(len(sketch.chain)):
        said = sentences_of(sketch, "chain", entry_at(values, "chain", place), place)
        assert said[0].startswith(f"{place + 1}. ")
        assert len(said) > 1
    assert sentences_of(sketch, "heading", entry_at(values, "heading", None)) == (
        "Judgements and the history call this plan acme@1.",
    )


def test_a_summary_does_not_say_the_title_again() -> None:
    assert summary_of(("Danger → red, when it burns.",), "Danger") == "Red, when it burns."
    assert summary_of(("2. Care team", "Called at once."), "Care team") == "Called at once."
    assert summary_of(("", "Called."), "Care team") == "Called."
    long = "Red, when it is said; " * 20
    assert summary_of((long,), "Danger").endswith("when it is said…")


def test_a_tone_is_for_a_network_or_an_audience_that_there_is(editing: Editing) -> None:
    form = {"f.audiences.#": "1", "f.audiences.0.to": "press", "f.networks.#": "1", "f.networks.0.to": "", **NEW}
    page = editing.send("forms/policy", form | {"_do": "add:f.avoid"}, 200)
    networks, audiences = (
        page.split(f'name="f.{part}.0.to"')[1].split("</select>")[0] for part in ("networks", "audiences")
    )

    assert "Instagram" in networks
    assert "Instagram" not in audiences
    assert 'value="press" selected' in audiences, "what stands there is kept, though no audience is called so"


def test_an_unknown_network_is_no_choice(editing: Editing) -> None:
    page = editing.page("forms/tests/new")
    assert "unknown" not in page.split('name="f.post.network"')[1].split("</select>")[0]
