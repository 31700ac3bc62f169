"""The interface's catalogues: gathered from the sources, compiled from .po to .mo. `sereno messages` calls this.

sources and templates → gather() → locale/<language>/LC_MESSAGES/django.po → compile_all() → django.mo
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

DESK = Path(__file__).resolve().parent
LOCALE = DESK / "locale"
DOMAIN = "django"
LANGUAGES = ("es", "pl")
"""English is written in the sources."""

_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a language does not say."""

    language: str
    message: str
    why: str

    def __str__(self) -> str:
        return f"locale/{self.language}: {self.why}: '{self.message}'"


def sources() -> Iterator[Path]:
    yield from sorted(path for path in DESK.rglob("*.py") if "migrations" not in path.parts)
    yield DESK.parent / "connectors" / "faults.py"
    yield from sorted((DESK / "templates").rglob("*.html"))


def gather() -> Catalog:
    """Every message of the desk's sources and templates, with the files it stands in."""
    found = Catalog(domain=DOMAIN)
    for path in sources():
        text = path.read_text(encoding="utf-8")
        # Django's own reader of templates turns them into something that Python's extractor understands
        source = templatize(text, origin=str(path)) if path.suffix == ".html" else text
        place = os.path.relpath(path, DESK)
        messages = extract("python", io.BytesIO(source.encode()), _KEYWORDS, ("Translators:",))
        for _line, message, comments, context in messages:
            flags = ["python-format"] if "%(" in str(message) else []
            found.add(message, None, locations=[(place, 0)], flags=flags, auto_comments=comments, context=context)
    return found


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def update(language: str) -> Catalog:
    """Bring the language's .po up to date: new messages stand there empty, those no longer used are taken out.

    Nothing is guessed from similar messages: a wrong guess reads like a translation.
    """
    catalog = read(language)
    catalog.project, catalog.version, catalog.copyright_holder = "Sereno", "1", "the Sereno authors"
    catalog.header_comment = f"# The interface in {language}. After editing: sereno messages"
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    catalog.update(gather(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    # a date that moves with every run would make every run a change
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    return catalog


def compiled(catalog: Catalog) -> bytes:
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def compile_language(language: str) -> Path:
    path = po_path(language).with_suffix(".mo")
    path.write_bytes(compiled(read(language)))
    return path


def compile_all() -> list[Path]:
    """Bring every language up to date and compile it; `gaps` tells what is still to be translated."""
    for language in LANGUAGES:
        update(language)
    return [compile_language(language) for language in LANGUAGES]


def gaps() -> list[Gap]:
    """Messages that a language misses, has only guessed, has in too few plural forms, or no longer needs."""
    wanted = gather()
    return [gap for language in LANGUAGES for gap in _gaps(language, wanted)]


def _gaps(language: str, wanted: Catalog) -> Iterator[Gap]:
    catalog = read(language)
    for message in wanted:
        if message.id:
            said = catalog.get(message.id, message.context)
            if (why := _missing(said, catalog)) is not None:
                yield Gap(language, _one(message), why)
    for message in catalog:
        if message.id and wanted.get(message.id, message.context) is None:
            yield Gap(language, _one(message), "no longer used")


def _missing(said: Message | None, catalog: Catalog) -> str | None:
    if said is None:
        return "not in the catalogue"
    if said.fuzzy:
        return "only guessed (fuzzy)"
    forms = said.string if isinstance(said.string, tuple | list) else (said.string,)
    if not all(forms):
        return "not translated"
    if isinstance(said.id, tuple | list) and len(forms) != catalog.num_plurals:
        return f"has {len(forms)} plural forms, {catalog.num_plurals} are needed"
    return None


def _one(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


def in_sync(language: str) -> bool:
    """Whether the .mo says what the .po says."""
    path = po_path(language).with_suffix(".mo")
    if not path.exists():
        return False
    with path.open("rb") as file:
        shipped = read_mo(file)
    return _said(shipped) == _said(read_mo(io.BytesIO(compiled(read(language)))))


def _said(catalog: Catalog) -> dict[tuple[str, str | None], str]:
    return {(_one(message), message.context): str(message.string) for message in catalog if message.id}
