"""Lexical knowledge: what stems and phrases claim, with negation and with the phrases that only look like it.

A language is a folder of data (`languages/<code>/`), no code. All lexicons are compiled into one table; a batch is
scanned once: the hash of every word and of its beginnings is looked up a column at a time, and only the few words that
hit are compared letter by letter with their neighbours.

False alarms were the main worry: "fire sale", "killer deal", "me muero de risa", "cena-bomba". A `safe` phrase silences
whatever it covers, a negation shortly before silences a risk ("not dangerous"), and entries marked `~` are only hints
for the model.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from sereno.engine.fold import fold
from sereno.engine.read import CLAIMS, KINDS, RISKS, TOPICS
from sereno.engine.reading.features import Hashes, beginnings, hash_of_word
from sereno.engine.reading.layout import ZERO, Codes, Indices, Layout

SAFE, SUM = "safe", "sum"
SIGNALS: tuple[str, ...] = (
    *(f"risk.{risk}" for risk in RISKS), *(f"claims.{claim}" for claim in CLAIMS), "hostile", "call_to_action",
    "irony", *(f"kind.{kind}" for kind in KINDS), *(f"topic.{topic}" for topic in TOPICS), SUM,
)  # fmt: skip
"""What an entry can speak for. Order is part of the weights' format: new ones go to the end."""

_GAP = 4
_NEGATABLE = ("risk.", "hostile", "claims.self_harm", "claims.threat", "claims.mass", "claims.boycott",
              "claims.legal", "claims.real_harm", "claims.lying", "claims.press")  # fmt: skip
ONLY = frozenset({"only", "just", "solo", "solamente", "tylko", "dosc", "bastante"})
SENTENCE_ENDS = frozenset(".,;:!?\n\0()")
_LONGEST_STEM = 14
_VOWELS = tuple("aeiouh")
_AFTER = 8
"""Before so many characters after its last digit the unit of a sum begins (`2 tys. zl`)."""
_BEYOND_PLANE = "\U00010000"
"""Signs from here on are pictures to us, also the few that are digits somewhere."""
_MAP_BITS = 20


class BadLexicon(ValueError):
    """A language's folder says something we cannot read; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Token:
    words: frozenset[str]
    stems: tuple[str, ...]
    number: bool
    gap: int
    """Up to how many words may stand before it."""

    def fits(self, word: str) -> bool:
        return (
            word in self.words
            or word.startswith(self.stems)
            or (self.number and word.isdigit() and word < _BEYOND_PLANE)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    signal: int
    """Index in SIGNALS; -1 for `safe`."""
    soft: bool
    tokens: tuple[Token, ...]
    anchor: int
    """The token that is looked up."""


@dataclass(frozen=True, slots=True)
class Hit:
    text: int
    signal: int
    soft: bool
    start: int
    """Words of the layout."""
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Hits(Sequence[Hit]):
    """Hits as columns, in the order of texts."""

    text: Indices
    signal: Indices
    soft: Indices
    start: Indices
    """Words of the layout."""
    end: Indices

    def __len__(self) -> int:
        return len(self.text)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        text, signal, soft, start, end = (int(column[index]) for column in self.columns())
        return Hit(text, signal, bool(soft), start, end)

    def __iter__(self) -> Iterator[Hit]:
        rows = zip(*(column.tolist() for column in self.columns()), strict=True)
        return (Hit(text, signal, bool(soft), start, end) for text, signal, soft, start, end in rows)

    def columns(self) -> tuple[Indices, Indices, Indices, Indices, Indices]:
        return self.text, self.signal, self.soft, self.start, self.end

    def part(self, first: int, last: int, first_word: int) -> Hits:
        """The hits of some texts, counted from the first of these and from its first word."""
        low, high = np.searchsorted(self.text, [first, last])
        text, signal, soft, start, end = (column[low:high] for column in self.columns())
        return Hits(text - first, signal, soft, start - first_word, end - first_word)


def as_columns(hits: Sequence[Hit]) -> Hits:
    rows = [(hit.text, hit.signal, hit.soft, hit.start, hit.end) for hit in hits]
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    return Hits(*(np.ascontiguousarray(column) for column in table.T))


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    negation: frozenset[str]
    reach: int
    money: Mapping[str, float]
    entries: Mapping[str, tuple[Entry, ...]]
    """By the anchor's word, or by its stem followed by `*`."""


def _alternatives(token: str) -> Iterator[tuple[str, ...]]:
    for alternative in token.split("|"):
        yield tuple(re.findall(r"[\w']+\*?|[%€$£!?]", fold(alternative)))


def parse_entry(line: str, signal: int, where: str) -> list[Entry]:
    """One line of a lexicon. Raises `BadLexicon`."""
    soft = line.startswith("~")
    raw = line.lstrip("~").split()
    columns: list[list[tuple[str, ...]]] = []
    gaps: list[int] = []
    gap = 0
    for part in raw:
        if part == "..":
            gap = _GAP
            continue
        alternatives = [words for words in _alternatives(part) if words]
        if not alternatives or re.search(r"\*\w", part):
            raise BadLexicon(f"{where}: '{line}': '{part}' has no word; a * may stand at the end of a word only")
        columns.append(alternatives)
        gaps.append(gap)
        gap = 0
    if not columns:
        raise BadLexicon(f"{where}: '{line}' has no word")
    # an alternative of several words (a hyphen) becomes an entry of its own
    choices = [_grouped(alternatives) for alternatives in columns]
    return [_entry(signal, soft, choice, gaps) for choice in itertools.product(*choices)]


def _grouped(alternatives: list[tuple[str, ...]]) -> list[tuple[tuple[str, ...], ...]]:
    """Choices, each a sequence of tokens, each a set of words: all single words are one choice."""
    single = tuple(words[0] for words in alternatives if len(words) == 1)
    choices: list[tuple[tuple[str, ...], ...]] = [(single,)] if single else []
    choices.extend(tuple((word,) for word in words) for words in alternatives if len(words) > 1)
    return choices


def _entry(signal: int, soft: bool, choice: Sequence[tuple[tuple[str, ...], ...]], gaps: Sequence[int]) -> Entry:
    tokens: list[Token] = []
    for sequence, gap in zip(choice, gaps, strict=True):
        for place, words in enumerate(sequence):
            tokens.append(_token(words, gap if place == 0 else 0))
    weights = [_rarity(token) for token in tokens]
    return Entry(signal, soft, tuple(tokens), weights.index(max(weights)))


def _token(words: Sequence[str], gap: int) -> Token:
    number = any(word.strip("0") == "" for word in words)
    whole = frozenset(word for word in words if not word.endswith("*") and word.strip("0"))
    stems = tuple(word[:-1][:_LONGEST_STEM] for word in words if word.endswith("*"))
    return Token(whole, stems, number, gap)


def _rarity(token: Token) -> float:
    if token.number:
        return 0.0
    return min(len(word) for word in (*token.words, *token.stems)) - 0.1 * len(token.words)


def _lines(block: Any, where: str) -> Iterator[str]:
    text = block.get("phrases", "") if isinstance(block, dict) else block
    if not isinstance(text, str):
        raise BadLexicon(f"{where}: `phrases` is a text with one entry a line")
    yield from (line.strip() for line in text.splitlines() if line.strip())


def parse_language(lexicon: str, language: str, name: str) -> Language:
    """A language from the texts of its two files. Raises `BadLexicon`, or tomllib's error."""
    settings = tomllib.loads(language)
    blocks = tomllib.loads(lexicon)
    spelling = settings.get("spelling", {})
    elided = tuple(f"{fold(short)}'" for short in spelling.get("elided", ()))
    entries: dict[str, list[Entry]] = {}
    for signal, line in _all_lines(blocks, name):
        for entry in parse_entry(_respelled(line, spelling.get("also", {})), signal, name):
            entry = _elided(entry, elided)
            token = entry.tokens[entry.anchor]
            for key in (*token.words, *(f"{stem}*" for stem in token.stems)):
                entries.setdefault(key, []).append(entry)
    negation = settings["negation"]
    return Language(
        code=settings["code"],
        negation=frozenset(fold(word) for word in negation["words"]),
        reach=negation["reach"],
        money={fold(unit): float(line) for unit, line in settings["money"].items()},
        entries={key: tuple(found) for key, found in entries.items()},
    )


def _respelled(line: str, letters: Mapping[str, str]) -> str:
    """Each word that has one of these letters, also as it is typed without them: `gefährlich|gefaehrlich`."""
    other = str.maketrans(dict(letters))
    return " ".join(
        "|".join(dict.fromkeys(w for word in part.split("|") for w in (word, word.translate(other))))
        for part in line.split()
    )


def _elided(entry: Entry, short: Sequence[str]) -> Entry:
    """The entry's words also after a word that has lost its vowel: the layout keeps `l'avocat` in one piece."""
    if not short:
        return entry
    tokens = tuple(
        replace(
            token,
            words=token.words.union(s + word for word in token.words if word.startswith(_VOWELS) for s in short),
            stems=token.stems
            + tuple((s + stem)[:_LONGEST_STEM] for stem in token.stems if stem.startswith(_VOWELS) for s in short),
        )
        for token in entry.tokens
    )
    return replace(entry, tokens=tokens)


def _all_lines(blocks: Mapping[str, Any], name: str) -> Iterator[tuple[int, str]]:
    for group, block in blocks.items():
        signals = {group: block} if group in (SAFE, *SIGNALS) else {f"{group}.{k}": v for k, v in block.items()}
        for signal, inner in signals.items():
            if signal != SAFE and signal not in SIGNALS:
                raise BadLexicon(f"{name}: no such signal '{signal}'; signals are {', '.join((SAFE, *SIGNALS))}")
            index = -1 if signal == SAFE else SIGNALS.index(signal)
            yield from ((index, line) for line in _lines(inner, f"{name}: [{signal}]"))


class Lexicon:
    """All languages, compiled into one table that is scanned once a batch. Immutable after it is made."""

    def __init__(self, languages: Sequence[Language], digest: str) -> None:
        self.languages = {language.code: language for language in languages}
        self.digest = digest
        """Of the languages' files: part of the reader's version."""
        self.negatable = [signal.startswith(_NEGATABLE) for signal in SIGNALS] + [False]
        self.hints = np.zeros(1 << _MAP_BITS, dtype=np.bool_)
        """By hash and length: whether any language has such a key."""
        lengths = set()
        for language in languages:
            for key in language.entries:
                stem = key[:-1] if key.endswith("*") else key
                length = len(stem) if key.endswith("*") else 0
                lengths.add(length)
                self.hints[_place(np.array([hash_of_key(stem)], dtype=np.uint32), length)] = True
        self.lengths = sorted(lengths)
        """Of the stems that are looked up; 0 for whole words."""
        units = {unit for language in languages for unit in language.money}
        self.units = Units(units)
        self._money = _money_pattern(units)

    def scan(self, layout: Layout, sums: Hashes, languages: Sequence[str]) -> Hits:
        """Every entry that the texts hold, in the order of texts; silenced and negated ones left out."""
        found: dict[int, list[Hit]] = {}
        text_of, words = layout.text_of.tolist(), layout.words
        first = layout.first_word.tolist()
        read_in = [self._read_in(code) for code in languages]
        for word, length in self._candidates(layout, sums):
            text = text_of[word]
            key = words[word] if length == 0 else f"{words[word][:length]}*"
            for language in read_in[text]:
                for entry in language.entries.get(key, ()):
                    hit = _fit(entry, words, text, word, first[text], first[text + 1])
                    if hit is not None and not self._negated(hit, layout, language):
                        found.setdefault(text, []).append(hit)
        for hit in self.sums(layout, languages):
            found.setdefault(hit.text, []).append(hit)
        return as_columns([hit for text in sorted(found) for hit in _unsilenced(found[text])])

    def _read_in(self, code: str) -> Sequence[Language]:
        """The text's own language; all of them where it is not known or not among them."""
        own = self.languages.get(code)
        return (own,) if own else tuple(self.languages.values())

    def _candidates(self, layout: Layout, sums: Hashes) -> Iterator[tuple[int, int]]:
        size = layout.end - layout.start
        for length in self.lengths:
            words: Indices = np.flatnonzero(size >= length) if length else np.arange(len(size))
            start = layout.start[words]
            end = start + length if length else layout.end[words]
            for word in words[self.hints[_place(beginnings(sums, start, end), length)]].tolist():
                yield word, length

    def _negated(self, hit: Hit, layout: Layout, language: Language) -> bool:
        if not self.negatable[hit.signal]:
            return False
        for word in range(hit.start - 1, hit.start - 1 - language.reach, -1):
            if word < layout.first_word[hit.text] or _ends_sentence(layout, word):
                return False
            if layout.word(word) in language.negation:
                return layout.word(word + 1) not in ONLY
        return False

    def sums(self, layout: Layout, languages: Sequence[str], texts: Sequence[int] | None = None) -> Iterator[Hit]:
        """Sums of money that hurt, by the line of each currency in the language's folder.

        `texts`: only these can tell one; None: not known yet.
        """
        for text in self.units.texts(layout) if texts is None else texts:
            yield from self._sums_in(text, layout, languages)

    def _sums_in(self, text: int, layout: Layout, languages: Sequence[str]) -> Iterator[Hit]:
        # its ends are blank, so nothing that matches reaches over them; and nothing begins long before a digit
        begin, end = (int(layout.text_end[text - 1]) + 1 if text else 0), int(layout.text_end[text])
        digit = begin + int((layout.codes[begin:end] == ZERO).argmax())
        for match in self._money.finditer(layout.folded, max(begin, digit - self.units.before), end):
            unit = match["before"] or match["after"]
            lines = [language.money[unit] for language in self._read_in(languages[text]) if unit in language.money]
            if lines and amount(match["a"] or match["b"], match["times"]) >= max(lines):
                start = int(np.searchsorted(layout.start, match.start()))
                end = int(np.searchsorted(layout.start, match.end()))
                if start < end:
                    yield Hit(text, SIGNALS.index(SUM), False, start, end)


class Units:
    """Where a unit of money may begin: by its first three letters (or all, if it has fewer), hashed."""

    def __init__(self, units: Collection[str]) -> None:
        self.before = 1 + max((len(unit) for unit in units if not unit.isalpha()), default=0)
        """So far before its number a sum begins at most."""
        self.around = np.delete(np.arange(-self.before, _AFTER), self.before)
        """Where, counted from the first or the last digit."""
        self.begins = np.zeros((4, 1 << 16), dtype=np.bool_)
        for unit in units:
            codes = np.array([[ord(letter) for letter in unit[:3]]], dtype=np.uint32)
            self.begins[codes.shape[1], self._hash(codes)] = True

    @staticmethod
    def _hash(codes: Codes) -> Codes:
        hashed = np.zeros(codes.shape[:-1], dtype=np.uint32)
        for i in range(codes.shape[-1]):
            hashed = hashed * np.uint32(31) + codes[..., i]
        return hashed & np.uint32(0xFFFF)

    def texts(self, layout: Layout) -> list[int]:
        """The texts that may tell a sum: they have a digit, and a unit close by."""
        number = layout.codes == ZERO
        digits = 1 + np.flatnonzero(number[1:-1] & ~(number[:-2] & number[2:]))
        places = digits[:, None, None] + self.around[None, :, None] + np.arange(3)[None, None, :]
        letters = layout.raw[np.clip(places, 0, len(layout.raw) - 1)]
        close = np.zeros(len(digits), dtype=np.bool_)
        for length in (1, 2, 3):
            close |= self.begins[length, self._hash(letters[..., :length])].any(axis=1)
        found: list[int] = np.unique(np.searchsorted(layout.text_end, digits[close])).tolist()
        return found


def hash_of_key(key: str) -> int:
    """The hash by which a word or stem is looked up: of its letters as the layout has them (digits 0, signs blank)."""
    return hash_of_word("".join("0" if c.isdigit() else c if c.isalnum() or c == "'" else " " for c in key))


def _place(hashes: Hashes, length: int) -> Indices:
    mixed = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x45D9F3B + 2 * length)
    return (mixed >> np.uint32(32 - _MAP_BITS)).astype(np.int64)


def _ends_sentence(layout: Layout, word: int) -> bool:
    """Whether a sentence or clause ends after this word."""
    between = layout.folded[layout.end[word] : layout.start[word + 1]]
    return not SENTENCE_ENDS.isdisjoint(between) or layout.word(word) in "!?"


def _fit(entry: Entry, words: Sequence[str], text: int, word: int, first: int, last: int) -> Hit | None:
    """The entry at this word of a text that has the words from `first` to before `last`."""
    if len(entry.tokens) == 1:
        return Hit(text, entry.signal, entry.soft, word, word + 1)
    end = start = word
    for token in entry.tokens[entry.anchor + 1 :]:
        reached = _first_fit(token, words, range(end + 1, min(end + 2 + token.gap, last)))
        if reached is None:
            return None
        end = reached
    for index in range(entry.anchor, 0, -1):
        gap = entry.tokens[index].gap
        reached = _first_fit(entry.tokens[index - 1], words, range(start - 1, max(start - 2 - gap, first - 1), -1))
        if reached is None:
            return None
        start = reached
    return Hit(text, entry.signal, entry.soft, start, end + 1)


def _first_fit(token: Token, words: Sequence[str], places: range) -> int | None:
    for place in places:
        if token.fits(words[place]):
            return place
    return None


def _unsilenced(hits: list[Hit]) -> Iterator[Hit]:
    safe = [(hit.start, hit.end) for hit in hits if hit.signal < 0]
    seen = set()
    for hit in hits:
        covered = hit.signal < 0 or any(start < hit.end and hit.start < end for start, end in safe)
        if not covered and hit not in seen:
            seen.add(hit)
            yield hit


def _money_pattern(units: set[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    signs = "|".join(re.escape(unit) for unit in units if not unit.isalpha())
    number = r"\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
    begins = "".join(re.escape(unit[0]) for unit in sorted(units) if not unit.isalpha())
    # what it can begin with is asked first: without that, each letter of a text costs several trials
    return re.compile(
        rf"(?=[\d{begins}])(?:(?P<before>{signs})\s?(?P<a>{number})"
        rf"|(?<!\d)(?P<b>{number})\s?(?P<times>mil|k|tys)?\.?\s?(?P<after>{either})(?!\w))"
    )


def amount(number: str, times: str | None = None) -> float:
    """`1.900`, `1,900`, `1 900` → 1900; `19,90` → 19.9; `2` + `mil` → 2000."""
    plain = re.sub(r"[ .,](?=\d{3}(?:\D|$))", "", number).replace(",", ".")
    return float(plain) * (1000 if times else 1)


def columns(hits: Hits, n: int) -> NDArray[np.int64]:
    """Whether each text holds a sure (first half) and a soft (second half) entry for each signal."""
    table = np.zeros((n, 2 * len(SIGNALS)), dtype=np.int64)
    table[hits.text, hits.signal + len(SIGNALS) * hits.soft] = 1
    return table


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon of every language folder that has one."""
    digest = hashlib.sha256()
    languages = []
    folder = resources.files("sereno.engine") / "languages"
    for place in sorted(folder.iterdir(), key=lambda each: each.name):
        lexicon = place / "lexicon.toml"
        if not (place.is_dir() and lexicon.is_file()):
            continue
        texts = lexicon.read_text("utf-8"), (place / "language.toml").read_text("utf-8")
        digest.update("\0".join(texts).encode())
        languages.append(parse_language(*texts, f"languages/{place.name}"))
    return Lexicon(languages, digest.hexdigest())
