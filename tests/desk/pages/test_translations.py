"""No language may miss a message, and what is shipped is what was written."""

from __future__ import annotations

import re

import pytest

from sereno.desk import translations
from sereno.desk.translations import LANGUAGES


def test_no_message_is_missing_guessed_or_left_over() -> None:
    assert [str(gap) for gap in translations.gaps()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_what_the_written_one_says(language: str) -> None:
    assert translations.in_sync(language), "run: sereno messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_placeholder(language: str) -> None:
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)s", text))

    for message in translations.read(language):
        if not message.id or isinstance(message.id, tuple | list):
            continue
        assert placeholders(str(message.string)) == placeholders(str(message.id)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_keep_the_number(language: str) -> None:
    for message in translations.read(language):
        if isinstance(message.id, tuple | list) and message.id[1].count("%("):
            wanted = set(re.findall(r"%\((\w+)\)s", message.id[1]))
            for form in message.string[1:]:
                assert set(re.findall(r"%\((\w+)\)s", form)) == wanted, message.id


def test_nothing_shouts() -> None:
    for language in LANGUAGES:
        for message in (found for found in translations.read(language) if found.id):
            assert "!" not in str(message.string), message.id
    assert not [message.id for message in translations.gather() if "!" in str(message.id)]
