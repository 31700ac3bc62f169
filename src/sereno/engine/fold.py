"""Folding: the form of a text in which it is matched, searched and read, without case and diacritics.

NFKD alone does not fold ł ø đ ı ß æ, hence the table. Measured: `str.translate` with a table that fills itself
folds about ten times faster than normalising character by character.
"""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not decompose. SQLite's own folding leaves ł, PostgreSQL's `simple` keeps accents:
# so search indexes text that was folded here.
_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n",
}  # fmt: skip

# Phones and word processors set these by themselves: who types `Coca-Cola` or `L'Oréal` means all of them.
_PUNCTUATION = {
    **dict.fromkeys("’‘‛ʼ´\u1ffd`＇", "'"),
    **dict.fromkeys("“”„‟«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−－", "-"),
}

# Shown by nobody's screen: soft hyphen, word joiner, byte order mark, variation selectors (❤ and ❤️ are one).
# The zero-width space stays (it parts words in Thai), and so does the joiner inside emoji.
_INVISIBLE = ("\u00ad", "\u2060", "\ufeff", *map(chr, range(0xFE00, 0xFE10)))

# NFKD would make `TM` of ™, and `Acme™` would read acmetm: another word.
_AS_THEY_ARE = ("™", "℠")

# Marks that people leave out when they type: of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowels.
# Others make another letter (Japanese が is not か, a Thai vowel is not optional) and stay.
_OPTIONAL_MARKS = (
    (0x0300, 0x036F), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7),
    (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x1AB0, 0x1ACE), (0x1DC0, 0x1DFF), (0x20D0, 0x20F0),
    (0xFE20, 0xFE2F),
)  # fmt: skip

_STEPS = {
    **_LETTERS,
    **_PUNCTUATION,
    **dict.fromkeys(_INVISIBLE, ""),
    **{sign: sign for sign in _AS_THEY_ARE},
}

_EXACT = str.maketrans({**_PUNCTUATION, **dict.fromkeys(_INVISIBLE, "")})


def _is_optional_mark(character: str) -> bool:
    code_point = ord(character)
    return any(first <= code_point <= last for first, last in _OPTIONAL_MARKS)


def _fold_step(character: str) -> str:
    if character in _STEPS:
        return _STEPS[character]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # half a character, from a broken export: nothing that reads UTF-8 would take it
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not _is_optional_mark(c))
    return bare.casefold()


def _fold_one(character: str) -> str:
    """Step by step until nothing changes: NFKD can bring capitals to light (№ → No), casefolding letters (ŉ → ʼn)."""
    folded = _fold_step(character)
    while (again := "".join(map(_fold_step, folded))) != folded:
        folded = again
    return folded


class _FoldTable(dict[int, str]):
    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()
        """Characters met so far that fold to none or to several."""

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        folded = _fold_one(character)
        if len(folded) != 1:
            self.uneven.add(character)
        self[code_point] = folded
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The text without case and diacritics: `Żółć` → `zolc`, `STRASSE` and `Straße` → `strasse`.

    Typographic quotes and dashes become plain ones. Folding what is folded changes nothing.
    """
    return text.lower().replace("`", "'") if text.isascii() else text.translate(_TABLE)


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in `text` that it came from (plus the end)."""
    pieces = [_TABLE[ord(character)] for character in text]
    origins = [index for index, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*origins, len(text)]


def folds_evenly(text: str) -> bool:
    """True where each character folds to exactly one, so that places in the folded text are places in the text.

    Only to be asked of a text that was folded before: `fold` is what gets to know the characters.
    """
    return text.isascii() or _TABLE.uneven.isdisjoint(text)


def exact_form(text: str) -> str:
    """Case and accents as written; only what no writer chooses is evened out: typographic quotes and dashes,
    invisible signs, composed or decomposed accents, runs of white space."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_EXACT)).split())
