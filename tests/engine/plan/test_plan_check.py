"""What a well-formed plan should not say. Each error stands as a file in `bad_plans/`; here are the warnings."""

# ruff: noqa: E501

from __future__ import annotations

import re
import time

import pytest

from sereno.engine.plan.check import check_plan
from sereno.engine.plan.load import PlanErrors, find_plan, load_plan, load_with_warnings
from tests.engine.plan.small import SMALL, changed, small_plan


def warnings_of(*changes: tuple[str, str]) -> list[str]:
    _plan, warnings = load_with_warnings(changed(*changes), "plan.yaml")
    return [str(warning) for warning in warnings]


def line_of(*changes: tuple[str, str], words: str) -> int:
    return next(n for n, line in enumerate(changed(*changes).splitlines(), 1) if words in line)


def test_the_small_plan_lacks_a_catalogue_deputies_and_all_that_a_crisis_needs() -> None:
    _plan, warnings = load_with_warnings(SMALL)
    assert [(warning.line, warning.code) for warning in warnings] == [
        (1, "scenarios-missing"),
        (1, "topics-without-answer"),
        (1, "committee-missing"),
        (20, "area-without-deputy"),
        (21, "area-without-deputy"),
    ]


def test_a_text_that_is_missing_in_a_language_is_a_warning() -> None:
    change = ("languages: [en]", "languages: [en, pl]")
    line = line_of(change, words="rule: danger")
    assert (
        f"plan.yaml:{line}: warning: title of rule 'danger' has no text in Polish (lights.danger.title); "
        "readers get another language [text-missing]" in warnings_of(change)
    )


def test_a_step_that_is_never_reached_is_a_warning() -> None:
    change = (
        "  - step: committee\n",
        "  - {step: lost, title: {en: Lost}, role: duty, acknowledge_within: 1h, then: committee}\n  - step: committee\n",
    )
    line = line_of(change, words="step: lost")
    assert (
        f"plan.yaml:{line}: warning: step 'lost' is never reached: no degree enters it, no step leads to it [step-never-reached]"
        in warnings_of(change)
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("  country: ES\n", ""), "no public holiday is known"),
        (("country: ES", "country: IC"), "the public holidays of Canary Islands are not known here"),
        (("first_answer: 8h, next_answer: 8h, resolution: 3d", "first_answer: 8h, next_answer: 8h, resolution: 1h"), "usually follow each other"),
    ],
)  # fmt: skip
def test_what_deserves_a_second_look(change: tuple[str, str], words: str) -> None:
    assert any(words in warning for warning in warnings_of(change))


def test_all_errors_of_meaning_are_told_at_once() -> None:
    text = changed(
        ("then: committee}", "then: nobody}"), ("reach: large}", "reach: huge}"), ("owner: shop", "owner: shp")
    )
    with pytest.raises(PlanErrors) as caught:
        load_plan(text)
    assert len(caught.value.errors) == 3
    assert [error.line for error in caught.value.errors] == sorted(error.line for error in caught.value.errors)


def test_a_checked_plan_has_no_error_left() -> None:
    assert [issue for issue in check_plan(small_plan()) if issue.severity == "error"] == []
    assert load_plan(SMALL) == small_plan()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("", "rule 'danger' finds people in danger; add `route` and `guide`, so that a named role is called at once"),
        (", route: {role: shop}", "rule 'danger' finds people in danger; add `guide`, so that"),
    ],
)
def test_people_in_danger_should_have_a_named_role_and_a_guide(more: str, words: str) -> None:
    change = ("when: {risk: [safety]}}", f"when: {{claims: [threat]}}{more}}}")
    line = line_of(change, words="rule: danger")
    assert any(warning.startswith(f"plan.yaml:{line}: warning: {words}") for warning in warnings_of(change))


def test_a_guide_that_no_rule_gives_is_a_warning_and_so_is_a_step_without_words_in_a_language() -> None:
    guides = ("targets:\n", "guides:\n  - {guide: calm, title: {en: Calm}, steps: [{pl: Oddech.}]}\ntargets:\n")
    line = line_of(guides, words="guide: calm")
    told = warnings_of(guides)
    assert (
        f"plan.yaml:{line}: warning: guide 'calm' is never read: no rule of `lights` gives it [guide-never-read]"
        in told
    )
    assert (
        f"plan.yaml:{line}: warning: steps 1 of guide 'calm' has no text in English (guides.calm.steps.0); "
        "readers get another language [text-missing]" in told
    )


ACCEPTED = "languages: {unsupported_step: on-duty}\n"


def accepting(*lines: str) -> tuple[str, str]:
    return ACCEPTED, ACCEPTED + "accepted:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def codes_of(*changes: tuple[str, str]) -> list[str]:
    return sorted(warning.code for warning in load_with_warnings(changed(*changes))[1])


def test_an_accepted_warning_is_told_no_more_wherever_it_comes_up() -> None:
    assert codes_of().count("area-without-deputy") == 2
    assert "area-without-deputy" not in codes_of(accepting("warning: area-without-deputy, reason: Two people"))


@pytest.mark.parametrize("place", ["areas.billing", "areas.0"])
def test_an_acceptance_with_a_place_is_for_that_place(place: str) -> None:
    change = accepting(f"warning: area-without-deputy, at: {place}, reason: Two people")
    _plan, warnings = load_with_warnings(changed(change))
    assert [warning.at for warning in warnings if warning.code == "area-without-deputy"] == ["areas.everything"]


def test_an_acceptance_covers_what_lies_below_its_place_and_nothing_beside_it() -> None:
    polish = ("languages: [en]", "languages: [en, pl]")
    _plan, before = load_with_warnings(changed(polish))
    _plan, after = load_with_warnings(
        changed(polish, accepting("warning: text-missing, at: roles, reason: Nobody reads them in Polish"))
    )
    below = {warning.at for warning in before if warning.code == "text-missing" and warning.at.startswith("roles.")}
    assert len(below) == 3
    assert {warning.at for warning in before} - {warning.at for warning in after} == below


def test_an_acceptance_that_fits_nothing_is_told_itself_and_accepts_nothing_of_its_kind() -> None:
    change = accepting(
        "warning: drill-not-every-year, reason: Later", "warning: accepted-nothing, reason: We know of the first"
    )
    assert codes_of(change).count("accepted-nothing") == 2


def test_who_checks_a_plan_sees_what_was_accepted_and_why() -> None:
    plan = small_plan(accepting("warning: committee-missing, reason: We are three people"))
    (accepted,) = [issue for issue in check_plan(plan) if issue.accepted is not None]
    assert (accepted.code, accepted.accepted) == ("committee-missing", "We are three people")


def test_words_are_looked_for_as_words_and_without_case_and_accents() -> None:
    def said(word: str, text: str) -> bool:
        policy = f"policy: {{tone: {{en: Kind}}, avoid: [{{words: {{en: ['{word}']}}, why: {{en: No}}}}]}}\n"
        guide = f"guides: [{{guide: calm, title: {{en: Calm}}, steps: [{{en: '{text}'}}]}}]\n"
        try:
            load_plan(changed((ACCEPTED, ACCEPTED + policy + guide)))
        except PlanErrors as errors:
            return [error.code for error in errors.errors] == ["avoided-word-said"]
        return False

    assert said("café", "Have a CAFE first.")
    assert said("as per", "as\u00a0 Per our terms")
    assert said("no comment", "We say: no comment!")
    assert not said("art", "Start again.")
    assert not said("per", "expert")


@pytest.mark.parametrize("name", ["starter", "airline"])
def test_a_shipped_plan_is_checked_while_one_types(name: str) -> None:
    plan = load_plan(find_plan(name).read_text(encoding="utf-8"))
    began = time.process_time()
    check_plan(plan)
    assert time.process_time() - began < 0.5, "measured: under 0.1 s; reading the text as YAML takes longer than that"


def test_hundreds_of_rules_do_not_hold_the_editor_up() -> None:
    rules = [
        f"  - {{rule: r{n}, light: {light}, title: {{en: R}}, when: {{kind: [complaint], {condition}}}}}\n"
        for n in range(80)
        for light, condition in [
            ("amber", f"hostile: 0.{n + 10}"),
            ("green", f"text_light: green, shares: {n + 1}"),
            ("red", f"text_light: amber, story: {n + 2}"),
        ]
    ]
    plan = small_plan(
        ("lights:\n", "lights:\n" + re.sub(r"rule: r(\d+), light: (\w+)", r"rule: \2-\1, light: \2", "".join(rules)))
    )
    began = time.process_time()
    found = [issue for issue in check_plan(plan) if issue.code == "rule-never-decides"]
    assert found
    assert time.process_time() - began < 5
