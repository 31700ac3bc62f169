"""Made-up documents for the tests of edits: every way of writing that a plan may use, comments everywhere."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

TEXTS = st.one_of(
    st.sampled_from(
        [
            *("", " ", "~", "null", "true", "1984", "0.5", "08:00-22:00", "2026-12-24", "1h30m", "no", "-", "- x", "?"),
            *("a: b", "a #b", "#tag", "@brand", "it's", 'say "hi"', "'", "a, b", "[x]", "{y}", "*x", "&x", "!x", "%"),
            *("key:", ":", "a:b", "https://a.example/b?c=d#e", "line\nline", "tab\there", "\r", "a\\b", "`", "|", ">"),
            *("¿Qué tal?", "żółć", "😀 ok", "=", "<<", "---", "...", "--- x", "\u2028", "\x85", "\ufeff", "\x00", "x "),
            *("+34 900 000 000", "50 EUR", "large", "Good morning", "word " * 30 + "end", "0x1F", ".5", "1_000"),
        ]
    ),
    st.text(max_size=20).filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text)),
    st.text("ab :,-#'\"[]{}?!&*\n", max_size=8),
)
NAMES = st.sampled_from(["a", "b", "title", "en", "es", "a b", "x-y", "1", "no", "it's", "a: b", "ż", "?", "{", "-"])
SCALARS = st.one_of(TEXTS, st.integers(-5, 20000), st.booleans(), st.none(), st.floats(0, 1).map(lambda x: round(x, 3)))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)

PLAIN = ["x", "large", "08:00-22:00", "1984", "żółć", "no", "word word"]
WRITTEN = [*PLAIN, "'it''s, so'", '"a \\n b"', "''", "~", "'# no comment'", '"x: y"']
KEYS = ["a", "b", "c", "title", "'q k'", '"d"', "en", "es"]
T = TypeVar("T")


def documents() -> st.SearchStrategy[str]:
    """Texts of documents, each with a comment `#cN` of its own number wherever one may stand."""
    # drawn from a seed: a hundred small choices a document are more than hypothesis makes in a test's time
    return st.integers(0, 2**32).map(document)


def document(seed: int) -> str:
    writing = _Writing(random.Random(seed))
    draw = writing.draw
    root = draw(["mapping", "mapping", "mapping", "list", "flow"])
    lines = [writing.flow(3)] if root == "flow" else writing.block(0, 3, as_list=root == "list")
    head = draw(["", "# top", "---", "\ufeff"])
    if head == "\ufeff":
        lines[0] = head + lines[0]
    elif head:
        lines.insert(0, head)
    lines += draw([[], ["# end"], ["", "# end"], ["..."]])
    sep = draw(["\n", "\n", "\r\n"])
    text = sep.join(lines)
    # the value of a block text changes with the line break at the very end
    return text + (sep if "|" in text or ">" in text else draw(["", sep]))


class _Writing:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.number = 0
        self.offset = self.draw([0, 2, 2, 3])

    def draw(self, of: Sequence[T]) -> T:
        return self.chance.choice(of)

    def some(self, of: Sequence[str], least: int, most: int) -> list[str]:
        return self.chance.sample(of, self.chance.randint(least, most))

    def comment(self) -> str:
        self.number += 1
        return f"#c{self.number}#"

    def maybe(self, chance: int = 4) -> bool:
        return self.chance.randint(1, chance) == 1

    def trailing(self) -> str:
        return f"  {self.comment()}" if self.maybe() else ""

    def above(self, column: int) -> list[str]:
        """What may stand above an entry."""
        lines = []
        if self.maybe(6):
            lines.append(self.draw(["", "  "]))
        if self.maybe():
            lines.append(" " * column + self.comment())
        if self.maybe(12):
            lines.append(" " * column + f"# -- heading {self.comment()}")
        if self.maybe(10):
            lines.append(self.comment())
        return lines

    def block(self, column: int, depth: int, *, as_list: bool) -> list[str]:
        lines: list[str] = []
        keys = self.some(KEYS, 1, 4)
        for key in keys:
            lines += self.above(column)
            lines += self.entry("-" if as_list else f"{key}:", column, depth, in_list=as_list)
        return lines

    def entry(self, head: str, column: int, depth: int, *, in_list: bool) -> list[str]:
        pad = " " * column
        kind = self.draw(["scalar", "scalar", "flow", "literal", "empty", "mapping", "list", "wide"])
        if depth == 0 and kind not in ("scalar", "empty"):
            kind = "scalar"
        if kind == "scalar":
            return [f"{pad}{head} {self.draw(WRITTEN)}{self.trailing()}"]
        if kind == "empty":
            return [f"{pad}{head}{self.trailing()}"]
        if kind == "flow":
            return [f"{pad}{head} {self.flow(depth - 1)}{self.trailing()}"]
        if kind == "literal":
            mark = self.draw(["|", ">", "|-", ">-"])
            body = ["text", *self.some(["  deeper", "# text too"], 0, 2)]
            return [f"{pad}{head} {mark}", *(f"{pad}    {line}" for line in body)]
        if kind == "wide":
            inside = f"{pad}    "
            return [f"{pad}{head} [", f"{inside}x,{self.trailing()}", f"{inside}{{y: z}}{self.trailing()}", f"{pad}  ]"]
        as_list = kind == "list"
        inside_column = column + (2 if in_list else self.offset if as_list else 2)
        lines = self.block(inside_column, depth - 1, as_list=as_list)
        first = lines[0].strip()
        if in_list and self.maybe(2) and first and not first.startswith("#"):
            return [pad + "- " + lines[0][column + 2 :], *lines[1:]]
        return [f"{pad}{head}{self.trailing()}", *lines]

    def flow(self, depth: int) -> str:
        if self.maybe(2):
            items = [self.inner(depth) for _ in range(self.draw([0, 1, 2, 3]))]
            return "[" + ", ".join(items) + (", ]" if items and self.maybe(6) else "]")
        keys = self.some(KEYS, 0, 3)
        return "{" + ", ".join(key if self.maybe(12) else f"{key}: {self.inner(depth)}" for key in keys) + "}"

    def inner(self, depth: int) -> str:
        return self.flow(depth - 1) if depth > 0 and self.maybe(3) else self.draw(WRITTEN)
