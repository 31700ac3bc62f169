"""Full-text search over folded texts, the same on SQLite (FTS5) and PostgreSQL (GIN over `simple`).

Words are matched by their beginning and all must occur, each in the text or in its author's name or handle; words in
quotes must stand side by side; `@handle` asks for what exactly that author wrote, or what mentions them. What somebody
types is never an error: it is cut into words first, and each database is given words in quotes, in which nothing is an
operator.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from itertools import groupby

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from sereno.desk.accounts.models import Brand
from sereno.desk.intake.models import AuthorIdentity, Post
from sereno.engine.fold import fold

MAX_QUERY = 300
MAX_WORDS = 12

POSTGRES_VECTOR = (
    r"to_tsvector('simple', translate(left(folded, 100000), '.,;:!?-_/\@#&()[]{}<>|*''\"+=%~^$', repeat(' ', 36)))"
)
"""Only the first 100,000 characters: PostgreSQL refuses a vector of more than a megabyte. Punctuation is taken out, so
that its parser does not make one word of `shop.example/returns`. Stands in the index of migration 0003 word by word."""

_PART = re.compile(r'"([^"]*)"?|(\S+)')
_PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation, " "))
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand side by side, folded; of those that are `open`, the last is only a beginning.

    They are cut at ASCII punctuation and spaces alone. What else separates words is left to each database, which
    cuts its texts and its queries by the same table: tables of two programs never agree on all of Unicode.
    """

    words: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks for. All of it must hold."""

    phrases: tuple[Words, ...] = ()
    signs: tuple[str, ...] = ()
    """Neither letters nor digits, such as an emoji."""
    handles: tuple[str, ...] = ()


def asked(query: str) -> Asked:
    """Cut what somebody typed into words, phrases and handles."""
    phrases: list[Words] = []
    signs: list[str] = []
    handles: list[str] = []
    for quoted, word in _PART.findall(_UNUSABLE.sub(" ", query[:MAX_QUERY]))[:MAX_WORDS]:
        folded = fold(quoted or word)
        if word.startswith("@") and len(word) > 1:
            handles.append(word[1:].lower())
        elif _is_word(folded):
            phrases += _runs(folded.translate(_PUNCTUATION).split(), open_=not quoted)
        elif folded.strip():
            signs.append(folded.strip())
    return Asked(tuple(phrases), tuple(signs), tuple(handles))


def _runs(pieces: list[str], *, open_: bool) -> list[Words]:
    """Words that stand side by side. A piece of neither letters nor digits parts two runs: one database counts it as a
    word, the other does not, so nobody can say how far apart its neighbours stand."""
    runs = [tuple(run) for is_word, run in groupby(pieces, _is_word) if is_word]
    return [Words(run, open=open_ and run is runs[-1]) for run in runs]


def _is_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


def folded_name(name: str, handle: str) -> str:
    """An author's words, each between spaces: what begins with a space there is the beginning of a word."""
    words = fold(f"{name} {handle}").translate(_PUNCTUATION).split()
    return f" {' '.join(words)} " if words else ""


def search_posts(brand: Brand, query: str) -> QuerySet[Post]:
    """The brand's posts that the query finds; all of them where it asks for nothing."""
    wanted = asked(query)
    found = Post.objects.filter(brand=brand)
    for phrase in wanted.phrases:
        found = found.filter(Q(pk__in=_matches(phrase)) | Q(author__in=_called(brand, phrase)))
    for handle in wanted.handles:
        found = found.filter(Q(author__identity__handle_lower=handle) | _mentions(handle))
    for sign in wanted.signs:
        found = found.filter(text__folded__contains=sign)
    return found


def _called(brand: Brand, phrase: Words) -> QuerySet[AuthorIdentity, int]:
    """Authors of the brand who have these words in their name or handle."""
    words = f" {' '.join(phrase.words)}{'' if phrase.open else ' '}"
    return AuthorIdentity.objects.filter(author__brand=brand, folded__contains=words).values_list("author", flat=True)


def _mentions(handle: str) -> Q:
    """Texts with this very `@handle`. The index knows its words alone: `@tea_es` and `tea, es` are the same to it."""
    folded = fold(handle)
    written = Q(text__folded__regex=f"(^|\\W)@{re.escape(folded)}(\\W|$)")
    for words in _runs(folded.translate(_PUNCTUATION).split(), open_=False):
        written &= Q(pk__in=_matches(words))
    return written


def _matches(phrase: Words) -> RawSQL:
    if connection.vendor == "postgresql":
        where = f"{POSTGRES_VECTOR.replace('%', '%%')} @@ to_tsquery('simple', %s)"
        return RawSQL(f"SELECT post_id FROM intake_posttext WHERE {where}", [_postgres_term(phrase)])  # noqa: S608, S611 — constants
    return RawSQL("SELECT rowid FROM intake_search WHERE intake_search MATCH %s", [_sqlite_term(phrase)])


def _sqlite_term(phrase: Words) -> str:
    return f'"{" ".join(phrase.words)}"{"*" if phrase.open else ""}'


def _postgres_term(phrase: Words) -> str:
    quoted = [f"'{word}'" for word in phrase.words]  # no quotation mark or backslash is left in them
    if phrase.open:
        quoted[-1] += ":*"
    return f"({' <-> '.join(quoted)})"
