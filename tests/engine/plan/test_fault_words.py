"""Codes → sentences: every fault can be told in every language, with the same values."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from sereno.engine import messages
from sereno.engine.plan.fault_words import codes, say, sentences
from sereno.engine.plan.load import PlanError, PlanErrors, load_with_warnings, say_fault

LANGUAGES = messages.languages()
ROOT = Path(__file__).parents[3]
BAD_PLANS = sorted((ROOT / "tests/engine/bad_plans").glob("*.yaml"))
PAGE = (ROOT / "docs/plan-checks.md").read_text(encoding="utf-8")


@cache
def written(language: str) -> dict[str, Any]:
    file = ROOT / "src/sereno/engine/languages" / language / "checks.ftl"
    body = FluentParser().parse(file.read_text(encoding="utf-8")).body
    assert [entry for entry in body if isinstance(entry, ftl.Junk)] == []
    return {entry.id.name: entry for entry in body if isinstance(entry, ftl.Message)}


def parameters(node: Any) -> set[str]:
    if isinstance(node, ftl.VariableReference):
        return {node.id.name}
    if isinstance(node, ftl.BaseNode):
        return set().union(*(parameters(value) for value in vars(node).values()))
    return set().union(*(parameters(item) for item in node)) if isinstance(node, list) else set()


def variants(node: Any) -> set[str]:
    """Words that a sentence chooses by, `[owner]`; not plural categories, which are each language's own."""
    if isinstance(node, ftl.Variant):
        own = {node.key.name} if isinstance(node.key, ftl.Identifier) else set()
        return (own - {"zero", "one", "two", "few", "many", "other"}) | variants(node.value)
    if isinstance(node, ftl.BaseNode):
        return set().union(*(variants(value) for value in vars(node).values()))
    return set().union(*(variants(item) for item in node)) if isinstance(node, list) else set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_misses_a_sentence_or_has_one_too_many(language: str) -> None:
    assert set(written(language)) ^ set(written("en")) == set()
    assert set(sentences(language)) == set(written(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_same_values_and_the_same_cases(language: str) -> None:
    for key, message in written(language).items():
        english = written("en")[key]
        assert parameters(message) == parameters(english), key
        assert variants(message) == variants(english), key
        assert [a.id.name for a in message.attributes] == [a.id.name for a in english.attributes], key


@cache
def faults_of(path: Path) -> tuple[PlanError, ...]:
    try:
        return load_with_warnings(path.read_text(encoding="utf-8"), path.name)[1]
    except PlanErrors as errors:
        return errors.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_the_bad_plans_is_told_in_every_language(language: str) -> None:
    for path in BAD_PLANS:
        for fault in faults_of(path):
            told = say_fault(fault, language)
            assert told.strip(), path.name
            assert not re.search(r"\{ ?\$|\$\w", told), f"{path.name}: {told}"
            if language == "en":
                assert told == fault.message
            else:
                assert told != fault.message, f"{path.name}: {fault.code} is told in English"


def test_the_bad_plans_show_nearly_every_code() -> None:
    shown = {fault.code for path in BAD_PLANS for fault in faults_of(path)}
    # how YAML, files, values, watches and rosters can be broken have tests of their own
    apart = ("yaml-", "form-", "source-", "watch-", "roster-", "faults-")
    rest = {code for code in codes() - shown if not code.startswith(apart)}
    assert rest == set()


def test_a_code_that_nobody_wrote_and_a_value_that_is_missing_are_errors() -> None:
    with pytest.raises(KeyError, match=r"no message 'nothing' in es/checks\.ftl"):
        say("nothing", {}, "es")
    with pytest.raises(KeyError, match="'step-never-reached'"):
        say("step-never-reached", {})


def test_a_fault_speaks_the_readers_language_and_names_stay_as_they_are() -> None:
    path = next(path for path in BAD_PLANS if path.stem == "committee-member-unknown")
    (fault,) = faults_of(path)
    assert say_fault(fault, "es") == "comité: el rol 'comittee', que es miembro, no existe; ¿quiso decir 'committee'?"
    assert say_fault(fault, "pl") == (
        "komitet: rola 'comittee', która zasiada w komitecie, nie istnieje; może chodziło o 'committee'?"
    )
    assert (fault.code, fault.path, fault.at) == ("role-unknown", ("committee", "members", 1), "committee.members.1")


def documented() -> dict[str, str]:
    """Each code of the page's tables, and its kind."""
    return dict(re.findall(r"^\| `([a-z0-9-]+)` \| (error|warning) \|", PAGE, flags=re.M))


def test_the_page_tells_every_code_and_no_other() -> None:
    assert set(documented()) ^ codes() == set()


def test_the_page_knows_what_is_an_error_and_what_a_warning() -> None:
    found = {(fault.code, fault.severity) for path in BAD_PLANS for fault in faults_of(path)}
    assert [(code, severity) for code, severity in sorted(found) if documented()[code] != severity] == []
