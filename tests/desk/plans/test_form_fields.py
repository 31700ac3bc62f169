"""Every part of the plan as a form and back: nothing gets lost, nothing is read that was not written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from sereno.desk.plans.editing import document
from sereno.desk.plans.editing.field_kinds import NAMED_BY, NETWORKS, FieldKind, fields_of, part_model
from sereno.desk.plans.editing.form_fields import Unread, Values, _number, fill, read
from sereno.desk.plans.editing.form_rows import act
from sereno.desk.plans.editing.form_shown import Around, show
from sereno.desk.plans.editing.labels import ENTRIES, GROUPS, LABELS, PARTS, help_of, label_of
from sereno.engine import messages
from sereno.engine.plan.model import (
    Complaint,
    DutyHours,
    Guide,
    LightRule,
    Plan,
    ReachLevel,
    Scenario,
    Watch,
    When,
)

STARTER = (Path(__file__).parents[3] / "plans" / "starter.yaml").read_text()


def every_model(model: type[BaseModel] = Plan, seen: set[type[BaseModel]] | None = None) -> Iterator[type[BaseModel]]:
    seen = seen if seen is not None else set()
    if model in seen:
        return
    seen.add(model)
    yield model
    for spec in fields_of(model):
        if spec.part is not None:
            yield from every_model(spec.part, seen)


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_every_field_of_the_model_has_a_label_in_every_language(language: str) -> None:
    with translation.override("en"):
        english = {name: str(label) for name, label in LABELS.items()}
    with translation.override(language):
        for model in every_model():
            if model is Plan:
                continue
            for spec in fields_of(model):
                label = label_of(model.__name__, spec.key)
                assert label, (model.__name__, spec.key)
                assert label != spec.key
        if language != "en":
            same = [name for name, label in english.items() if str(LABELS[name]) == label]
            # words that happen to be the same in two languages
            assert len(same) < 8, same


def test_every_condition_says_in_a_sentence_what_it_means() -> None:
    for spec in fields_of(When):
        assert len(help_of("When", spec.key)) > 15, spec.key


def test_every_part_of_the_document_stands_in_the_contents_and_has_a_button_to_add() -> None:
    told = {part for _title, parts in GROUPS for part in parts}

    assert told == set(PARTS)
    assert told - {"heading"} == set(Plan.model_fields) - {"sereno_plan", "plan", "version"}
    assert set(ENTRIES) == set(NAMED_BY) | document.OPTIONAL


def test_every_network_that_has_a_word_may_be_chosen() -> None:
    worded = {key.removeprefix("network-") for key in messages.keys("en") if key.startswith("network-")}

    assert set(NETWORKS) == worded - {"unknown"}


def test_every_kind_of_field_occurs_in_the_model() -> None:
    kinds = {spec.kind for model in every_model() for spec in fields_of(model)}

    assert kinds == set(FieldKind) - {FieldKind.LINES}


@pytest.mark.parametrize("part", [*NAMED_BY, "brand", "duty_hours", "languages", "policy", "committee"])
def test_the_starter_plans_entries_come_back_as_they_were(part: str) -> None:
    values = document.values_of(STARTER)
    held = values.get(part, [])

    for index, entry in enumerate(held if isinstance(held, list) else [held]):
        new, faults = read(part_model(part), fill(part_model(part), entry))

        assert faults == {}
        assert document._merged(entry, new) == entry
        assert document.with_entry(STARTER, part, index if part in NAMED_BY else None, new) == STARTER


def flat_of(model: type[BaseModel], **inputs: str | list[str]) -> dict[str, list[str]]:
    named = {name.replace("__", "."): value for name, value in inputs.items()}
    return {f"f.{name}": value if isinstance(value, list) else [value] for name, value in named.items()}


def entry(model: type[BaseModel], **inputs: str | list[str]) -> tuple[Values, dict[str, str]]:
    return read(model, flat_of(model, **inputs))


def test_a_text_per_language_leaves_out_what_is_empty() -> None:
    new, faults = entry(ReachLevel, level="large", title__en=" big\r\nreach ", title__es="", title__pl="duży")

    assert new == {"level": "large", "title": {"en": "big\nreach", "pl": "duży"}}
    assert faults == {}


def test_followers_per_network_are_rows() -> None:
    rows = {"followers.#": "3", "followers.0.network": "instagram", "followers.0.number": "15 000",
            "followers.1.network": "default", "followers.1.number": "20000",
            "followers.2.network": "", "followers.2.number": ""}  # fmt: skip

    new, faults = entry(ReachLevel, **rows)

    assert new["followers"] == {"instagram": 15000, "default": 20000}
    assert faults == {}


@pytest.mark.parametrize(
    ("network", "number", "at", "code"),
    [("x", "many", "f.followers.1.number", "no-number"), ("instagram", "5", "f.followers.1.network", "twice"),
     ("", "5", "f.followers.1.network", "missing"), ("x", "", "f.followers.1.number", "missing"),
     ("x", "-3", "f.followers.1.number", "no-number"), ("x", "9" * 40, "f.followers.1.number", "no-number")],
)  # fmt: skip
def test_a_row_that_cannot_be_read_says_so_at_its_field(network: str, number: str, at: str, code: str) -> None:
    rows = {"followers.#": "2", "followers.0.network": "instagram", "followers.0.number": "1",
            "followers.1.network": network, "followers.1.number": number}  # fmt: skip

    _new, faults = entry(ReachLevel, **rows)

    assert faults == {at: code}


@pytest.mark.parametrize(("typed", "meant"), [("10000", 10000), ("10 000", 10000), ("10,000", 10000),
                                              ("1.234.567", 1234567), ("007", 7)])  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, meant: int) -> None:
    assert _number(typed) == meant


@pytest.mark.parametrize("typed", ["1.5", "1,23", "ten", "", "٣٤", "1e5", "0x10", "²"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(Unread):
        _number(typed)


def test_only_given_conditions_are_asked() -> None:
    new, faults = entry(
        LightRule, rule="loud", light="amber", title__en="Loud",
        **{"when.?": ["text_light", "hostile", "open_promise", "kind"], "when.text_light": "green",
           "when.hostile": "70", "when.kind": ["", "complaint", "attack"], "when.reach": "large"},
    )  # fmt: skip

    assert new["when"] == {
        "kind": ["complaint", "attack"], "hostile": 0.7, "text_light": "green", "open_promise": True,
    }  # fmt: skip
    assert faults == {}


def test_a_condition_that_asks_for_nothing_is_told() -> None:
    _new, faults = entry(LightRule, rule="loud", **{"when.?": ["reach", "kind"], "when.reach": "", "when.kind": [""]})

    assert faults == {"f.when.reach": "empty-condition", "f.when.kind": "empty-condition"}


def test_hours_lists_words_and_terms() -> None:
    duty, _faults = entry(DutyHours, monday="08:00-14:00; 16:00–22:00", holidays="on")
    complaint, _faults = entry(Complaint, examples__en="one\n\n two ", networks=["", "x"])
    watch, _faults = entry(
        Watch, watch="acme", kind="brand",
        **{"terms.#": "3", "terms.0.term": "acme", "terms.1.term": "Play", "terms.1.exact": "on", "terms.2.term": ""},
    )  # fmt: skip

    assert duty == {"monday": ["08:00-14:00", "16:00-22:00"], "holidays": True}
    assert complaint["examples"] == {"en": ["one", "two"]}
    assert complaint["networks"] == ["x"]
    assert watch["terms"] == ["acme", {"term": "Play", "exact": True}]


def test_an_optional_group_is_there_or_not() -> None:
    without, _faults = entry(LightRule, rule="a", **{"route.#": "0", "route.role": "press"})
    with_it, _faults = entry(LightRule, rule="a", **{"route.#": "1", "route.role": "press", "route.chain": "waits"})

    assert "route" not in without
    assert with_it["route"] == {"role": "press", "chain": "waits"}


def test_rows_are_added_moved_and_taken_out_and_the_rest_stays() -> None:
    flat = fill(Guide, {"guide": "g", "steps": [{"en": "one"}, {"en": "two"}, {"en": "three"}]})

    assert act(flat, "up:f.steps.2") == "f.steps.1"
    assert act(flat, "remove:f.steps.0") == "f.steps"
    assert act(flat, "add:f.steps") == "f.steps.2"
    flat["f.steps.2.en"] = ["four"]

    assert read(Guide, flat)[0]["steps"] == [{"en": "three"}, {"en": "two"}, {"en": "four"}]


def test_conditions_are_added_and_dropped() -> None:
    flat = fill(Scenario, {"scenario": "s", "triggers": [{"risk": ["mass"]}]})
    flat["f.triggers.0.+"] = ["storm"]
    assert act(flat, "condition:f.triggers.0") == "f.triggers.0.storm"
    flat["f.triggers.0.storm"] = ["rising"]
    assert read(Scenario, flat)[0]["triggers"] == [{"risk": ["mass"], "storm": "rising"}]

    act(flat, "drop:f.triggers.0.risk")

    assert read(Scenario, flat)[0]["triggers"] == [{"storm": "rising"}]


@pytest.mark.parametrize("deed", ["", "add", "add:", "remove:f.steps.99", "up:f.steps.0", "down:f.steps.-1", "x:y",
                                  "drop:", "clear:", "condition:f", "remove:f.steps.²"])  # fmt: skip
def test_a_button_that_fits_nothing_loses_nothing(deed: str) -> None:
    held = {"guide": "g", "title": {"en": "t"}, "steps": [{"en": "one"}, {"en": "two"}]}
    flat = fill(Guide, held)

    act(flat, deed)

    assert read(Guide, flat)[0] == held


@given(
    st.dictionaries(
        st.sampled_from(["f.rule", "f.title.en", "f.title.xx", "f.when.?", "f.when.kind", "f.when.hostile", "f.route.#",
                         "f.when.shares", "f.route.role", "f.when.rating", "f.when.#", "f.guide", "f.title.../x"]),
        st.lists(st.text(max_size=20), min_size=1, max_size=3),
    ),
    st.text(max_size=30),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_whatever_a_browser_sends_is_read_and_shown_without_harm(flat: dict[str, list[str]], deed: str) -> None:
    act(flat, deed)
    new, _faults = read(LightRule, flat)
    shown = show(LightRule, flat, Around({}))

    assert set(new) <= set(LightRule.model_fields)
    assert [field.key for field in shown] == list(LightRule.model_fields)


def test_a_form_of_a_plan_that_makes_no_sense_still_stands() -> None:
    nonsense: Any = {"brand": "?", "roles": {"a": 1}, "reach": [1, None, {"level": []}]}

    for part in NAMED_BY:
        flat = fill(part_model(part), {"title": ["x"], "when": 3, "steps": "y", "followers": ["z"], "terms": {"a": 1}})
        assert show(part_model(part), flat, Around(nonsense))
