"""Matching: which watches a text is about, by which terms, and where they stand.

A text is folded once and scanned once for every term of every watch (Aho-Corasick: terms that overlap or begin
alike are all found); the rules are then asked about the set of found terms. A term stands alone: no letter, digit,
underscore or mark of the same word may touch it. Scripts without spaces (Chinese, Japanese, Thai…) have no such
bounds, so none is asked for where one of the two neighbours is of such a script.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from sereno.engine.fold import exact_form, fold, fold_with_origins, folds_evenly
from sereno.engine.plan.fault_words import Value, say
from sereno.engine.plan.model import Term, Watch, WatchKind
from sereno.engine.watches.forms import forms_of, languages_with_forms
from sereno.engine.watches.rule import ALL_LANGUAGES, AllOf, AnyOf, Look, Tree, any_of, holds, looks, negate, parse

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """A text is about a watch."""

    watch: str
    kind: WatchKind
    terms: tuple[str, ...]
    """Those that were found and sought, as the plan writes them, in its order."""
    spans: tuple[Span, ...]
    """Where they stand, in code points of the original text, in order; they may overlap (`acme`, `acme shop`)."""


class WatchError(ValueError):
    """A watch that cannot be used as it is written; told in other languages by its code (`plan/fault_words.py`)."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(say(code, values))
        self.code, self.values = code, values


def tree_of(watch: Watch) -> Tree:
    """The watch as one rule, its `never` terms ruled out. Raises WatchError, or RuleError for a bad rule."""
    if watch.rule is not None and watch.terms:
        raise WatchError("watch-rule-and-terms")
    if watch.rule is None and not watch.terms:
        raise WatchError("watch-looks-for-nothing")
    sought = parse(watch.rule) if watch.rule is not None else any_of([look_of(term) for term in watch.terms])
    if not watch.never:
        return sought
    return AllOf((sought, negate(any_of([look_of(term) for term in watch.never]))))


def look_of(term: Term | str) -> Look:
    """One entry of a watch's `terms`. Raises WatchError where it holds nothing to look for, or has no such forms."""
    written = Term(term=term) if isinstance(term, str) else term
    text = " ".join(written.term.split())
    if not _folded(text):
        raise WatchError("watch-term-empty")
    unknown = [language for language in written.forms if language not in languages_with_forms()]
    if unknown:
        known = ", ".join(languages_with_forms())
        raise WatchError("watch-term-without-forms", term=text, language=unknown[0], languages=known)
    return Look(text, written.exact, written.forms)


class Watcher:
    """The watches of a plan, made ready; build it once and reuse it. Raises WatchError or RuleError."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        self._terms: list[Look] = []
        """Every distinct term; from here on a term is its number, for a number hashes ten times faster."""
        numbers: dict[Look, int] = {}
        self._watches: list[_Ready] = []
        self._asked_by: dict[int, list[int]] = defaultdict(list)
        for at, watch in enumerate(watches):
            tree = tree_of(watch)
            for look, _ in looks(tree):
                if numbers.setdefault(look, len(self._terms)) == len(self._terms):
                    self._terms.append(look)
            sought = dict.fromkeys(numbers[look] for look, is_sought in looks(tree) if is_sought)
            self._watches.append(_Ready(watch.watch, watch.kind, tree, tuple(sought), _is_plain(tree)))
            for number in sought:
                self._asked_by[number].append(at)
        self._patterns, self._automaton = _scan_for(self._terms)

    def match(self, texts: Sequence[str]) -> Sequence[tuple[Mention, ...]]:
        """For each text (a post's `whole_text()`) the watches it is about, in the plan's order; often none."""
        return [self._mentions(text) for text in texts]

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        found = self._find(text)
        if not found:
            return ()
        asking = sorted({at for number in found for at in self._asked_by.get(number, ())})
        return tuple(self._mention(self._watches[at], found) for at in asking if self._holds(self._watches[at], found))

    def _holds(self, watch: _Ready, found: Found) -> bool:
        return watch.is_plain or holds(watch.tree, {self._terms[number] for number in found})

    def _mention(self, watch: _Ready, found: Found) -> Mention:
        standing = [number for number in watch.sought if number in found]
        terms = dict.fromkeys(self._terms[number].text for number in standing)
        spans = sorted({span for number in standing for span in found[number]})
        return Mention(watch.name, watch.kind, tuple(terms), tuple(spans))

    def _find(self, text: str) -> Found:
        """Every term that stands in the text, and where."""
        folded = _folded(text)
        hits = [
            hit
            for hit in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if _stands_alone(folded, hit[1], hit[2])
        ]
        found: Found = {}
        if not hits:
            return found
        origins = None if len(folded) == len(text) and folds_evenly(text) else _origins(text)
        for pattern, start, end in hits:
            span = (start, end) if origins is None else _original_span(origins, start, end)
            for number, written in self._patterns[pattern]:
                if written is None or exact_form(text[span[0] : span[1]]) in written:
                    found.setdefault(number, []).append(span)
        return found


Found = dict[int, list[Span]]
"""Numbers of the terms that stand in a text, and where."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A watch with its rule read."""

    name: str
    kind: WatchKind
    tree: Tree
    sought: tuple[int, ...]
    is_plain: bool
    """One of its terms is enough."""


def _is_plain(tree: Tree) -> bool:
    return isinstance(tree, Look) or (isinstance(tree, AnyOf) and all(isinstance(part, Look) for part in tree.parts))


Pattern = list[tuple[int, frozenset[str] | None]]
"""The terms that one folded form may stand for; where a term asks for exact case, the writings that count."""


def _scan_for(terms: Sequence[Look]) -> tuple[list[Pattern], AhoCorasick]:
    wanted: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for number, look in enumerate(terms):
        for form in _forms(look):
            wanted[_folded(form)][number].add(exact_form(form))
    patterns = [
        [(number, frozenset(written) if terms[number].exact else None) for number, written in by_term.items()]
        for by_term in wanted.values()
    ]
    return patterns, AhoCorasick(list(wanted))


def _forms(look: Look) -> Iterable[str]:
    languages = languages_with_forms() if look.forms == ALL_LANGUAGES else look.forms
    return {look.text, *(form for language in languages for form in forms_of(look.text, language))}


def _folded(text: str) -> str:
    """Folded, and each run of white space one space: a phrase may be broken over two lines."""
    return " ".join(fold(text).split())


def _origins(text: str) -> list[int]:
    """For each character of `_folded(text)` the index in `text` that it came from, plus the end."""
    folded, origins = fold_with_origins(text)
    kept: list[int] = []
    in_space = True  # white space at the beginning falls away
    for character, origin in zip(folded, origins, strict=False):
        is_space = character.isspace()
        if not (is_space and in_space):
            kept.append(origin)
        in_space = is_space
    return [*kept, len(text)]


def _original_span(origins: list[int], start: int, end: int) -> Span:
    """Marks after the last letter belong to it; where the end splits a character (the first dot of …), all of it."""
    last = origins[end - 1]
    return origins[start], max(origins[end], last + 1)


# where words end

_WORD, _SPACELESS, _MARK, _JOINER = 1, 2, 4, 8
_SPACELESS_BLOCKS = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF),
)  # fmt: skip
"""Thai, Lao; Myanmar; Khmer; Japanese; Chinese."""
_ZERO_WIDTH_JOINER = "\u200d"


class _TraitTable(dict[str, int]):
    def __missing__(self, character: str) -> int:
        category = unicodedata.category(character)[0]
        is_spaceless = category in "LM" and any(first <= ord(character) <= last for first, last in _SPACELESS_BLOCKS)
        self[character] = traits = (
            _WORD * (category in "LNM" or character == "_")
            | _SPACELESS * is_spaceless
            | _MARK * (category == "M")
            | _JOINER * (character == _ZERO_WIDTH_JOINER)
        )
        return traits


_TRAITS = _TraitTable()


def _stands_alone(folded: str, start: int, end: int) -> bool:
    if start and _joined(folded[start - 1], folded[start]):
        return False
    return end == len(folded) or not _joined(folded[end - 1], folded[end])


def _joined(left: str, right: str) -> bool:
    """Whether two neighbours belong to one word, or to one sign."""
    before, after = _TRAITS[left], _TRAITS[right]
    if after & _MARK or (before | after) & _JOINER:
        return True  # a Thai vowel sits on its consonant; 👩‍🚀 is not 👩
    if not before & _WORD or (before | after) & _SPACELESS:
        return False
    return bool(after & _WORD) or right in "@#"  # mail@acme.com does not mention @acme
