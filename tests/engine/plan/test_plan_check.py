"""What a well-formed plan should not say. Each error stands as a file in `bad_plans/`; here are the warnings."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from sereno.engine.plan.check import check_plan
from sereno.engine.plan.load import PlanErrors, load_plan, load_with_warnings
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
    assert f"plan.yaml:{line}: warning: lights.danger.title has no text in pl; readers get another language [text-missing]" in warnings_of(
        change
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
        (("country: ES", "country: IC"), "the public holidays of IC are not known here"),
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
    assert f"plan.yaml:{line}: warning: guide 'calm' is never read: no rule of `lights` gives it [guide-never-read]" in told
    assert f"plan.yaml:{line}: warning: guides.calm.steps.0 has no text in en; readers get another language [text-missing]" in told
