"""The rule language of watches: `acme AND (broken OR refund) NOT jobs` to a frozen tree, and back.

    rule     = all { "OR" all }
    all      = part { ["AND"] part }          two parts side by side: both
    part     = "NOT" part | "(" rule ")" | term
    term     = { modifier ":" } ( word | quoted )
    modifier = "exact" | "forms" { "." language }

A rule that would hold for a text in which nothing was found (`NOT jobs`) is refused: it would match nearly every post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from sereno.engine.fold import fold
from sereno.engine.plan.fault_words import Value, say
from sereno.engine.watches.forms import languages_with_forms

ALL_LANGUAGES = ("*",)
"""`forms:` without a language: every language that ships forms."""

_DEEPEST = 40
_QUOTES = '"“”„‟«»＂'
_OPERATORS = ("AND", "OR", "NOT")
_MEANT = {"and": "AND", "&&": "AND", "or": "OR", "|": "OR", "||": "OR", "not": "NOT"}
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z.]*):(?=\S)")
_QUOTED = re.compile(rf"[{_QUOTES}]((?:\\.|[^\\{_QUOTES}])*)[{_QUOTES}]", re.DOTALL)
_WORD = re.compile(rf"[^\s(){_QUOTES}]+")


class RuleError(ValueError):
    """A rule that cannot be read. `position` counts code points from 0; the message counts from 1, as people do.

    The message is in English; `code` and `values` are told in other languages by `plan/fault_words.py`."""

    def __init__(self, code: str, position: int, **values: Value) -> None:
        super().__init__(f"character {position + 1}: {say(code, values)}")
        self.code, self.position, self.values = code, position, values


@dataclass(frozen=True, slots=True)
class Look:
    """Look for one term."""

    text: str
    exact: bool = False
    forms: tuple[str, ...] = ()
    """Languages whose inflected forms count too, or `ALL_LANGUAGES`."""


@dataclass(frozen=True, slots=True)
class Not:
    part: Tree


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Tree, ...]


Tree = Look | Not | AllOf | AnyOf


def all_of(parts: list[Tree]) -> Tree:
    """All parts must hold; nested ones are drawn up into one."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def any_of(parts: list[Tree]) -> Tree:
    """One part must hold at least; nested ones are drawn up into one."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))


def negate(part: Tree) -> Tree:
    return part.part if isinstance(part, Not) else Not(part)


def holds(tree: Tree, found: Set[Look]) -> bool:
    """Whether the rule holds for a text in which exactly these terms were found."""
    if isinstance(tree, Look):
        return tree in found
    if isinstance(tree, Not):
        return not holds(tree.part, found)
    if isinstance(tree, AllOf):
        return all(holds(part, found) for part in tree.parts)
    return any(holds(part, found) for part in tree.parts)


def looks(tree: Tree, *, sought: bool = True) -> Iterator[tuple[Look, bool]]:
    """Every term of the rule in the order written, and whether it is sought (True) or rules out (False)."""
    if isinstance(tree, Look):
        yield tree, sought
    elif isinstance(tree, Not):
        yield from looks(tree.part, sought=not sought)
    else:
        for part in tree.parts:
            yield from looks(part, sought=sought)


# reading


class _Token(NamedTuple):
    what: str
    """`(`, `)`, an operator, or `term`."""
    position: int
    look: Look | None = None


def parse(rule: str) -> Tree:
    """The rule as a tree. Raises RuleError with the place and the way out."""
    tokens = list(_tokens(rule))
    if not tokens:
        raise RuleError("watch-rule-empty", 0)
    reader = _Reader(tokens, len(rule))
    tree = reader.rule(0)
    reader.expect_the_end()
    if holds(tree, frozenset()):
        position = next(token.position for token in tokens if token.what == "NOT")
        raise RuleError("watch-not-alone", position)
    return tree


class _Reader:
    """Goes through the tokens once, from left to right."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self._tokens = tokens
        self._end = _Token("end", end)
        self._at = 0

    def _next(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else self._end

    def _take(self, what: str) -> bool:
        taken = self._next().what == what
        self._at += taken
        return taken

    def rule(self, depth: int) -> Tree:
        parts = [self._all(depth)]
        while self._take("OR"):
            parts.append(self._all(depth))
        return any_of(parts)

    def _all(self, depth: int) -> Tree:
        parts = [self._part(depth)]
        while self._take("AND") or self._next().what in ("term", "(", "NOT"):
            parts.append(self._part(depth))
        return all_of(parts)

    def _part(self, depth: int) -> Tree:
        token = self._next()
        self._at += 1
        if depth > _DEEPEST:
            raise RuleError("watch-rule-too-deep", token.position, most=_DEEPEST)
        if token.look is not None:
            return token.look
        if token.what == "NOT":
            return negate(self._part(depth + 1))
        if token.what == "(":
            return self._group(token, depth)
        raise self._no_term(token)

    def _group(self, opening: _Token, depth: int) -> Tree:
        if self._next().what == ")":
            raise RuleError("watch-parentheses-empty", opening.position)
        tree = self.rule(depth + 1)
        if not self._take(")"):
            raise RuleError("watch-parenthesis-not-closed", opening.position)
        return tree

    def _no_term(self, token: _Token) -> RuleError:
        before = self._tokens[self._at - 2] if self._at >= 2 else None
        if before is not None and before.what in _OPERATORS:
            return RuleError("watch-no-term-after", before.position, operator=before.what)
        if token.what == ")":
            return RuleError("watch-parenthesis-not-opened", token.position)
        if token.what == "end":
            return RuleError("watch-rule-ends", token.position)
        return RuleError("watch-no-term-before", token.position, operator=token.what)

    def expect_the_end(self) -> None:
        if self._at < len(self._tokens):
            raise RuleError("watch-parenthesis-not-opened", self._tokens[self._at].position)


def _tokens(rule: str) -> Iterator[_Token]:
    position = 0
    while position < len(rule):
        character = rule[position]
        if character.isspace():
            position += 1
        elif character in "()":
            yield _Token(character, position)
            position += 1
        else:
            token, position = _term_or_operator(rule, position)
            yield token


def _term_or_operator(rule: str, start: int) -> tuple[_Token, int]:
    exact, forms, position = _modifiers(rule, start)
    quoted = _QUOTED.match(rule, position)
    if quoted:
        text = " ".join(re.sub(rf"\\([\\{_QUOTES}])", r"\1", quoted[1]).split())
        return _Token("term", start, _look(text, exact, forms, position)), quoted.end()
    if rule[position] in _QUOTES:
        raise RuleError("watch-quotation-not-closed", position)
    word = _WORD.match(rule, position)
    if word is None:
        raise RuleError("watch-no-term-after-modifier", position, modifier="exact:")
    if position == start and word[0] in _OPERATORS:
        return _Token(word[0], start), word.end()
    _refuse_what_others_mean(word[0], position)
    return _Token("term", start, _look(word[0], exact, forms, position)), word.end()


def _look(text: str, exact: bool, forms: tuple[str, ...], position: int) -> Look:
    if not fold(text).strip():
        raise RuleError("watch-quotation-empty", position)
    return Look(text, exact, forms)


def _modifiers(rule: str, position: int) -> tuple[bool, tuple[str, ...], int]:
    exact = False
    forms: tuple[str, ...] = ()
    while modifier := _MODIFIER.match(rule, position):
        name, *languages = modifier[1].split(".")
        if name == "exact" and not languages:
            exact = True
        elif name == "forms":
            forms = _languages(languages, position)
        else:
            raise _no_such_modifier(modifier[1], rule[modifier.end() :], position)
        position = modifier.end()
    return exact, forms, position


def _languages(languages: list[str], position: int) -> tuple[str, ...]:
    known = languages_with_forms()
    for language in languages:
        if language not in known:
            raise RuleError("watch-no-forms", position, language=language, languages=", ".join(known))
    return tuple(sorted(set(languages))) or ALL_LANGUAGES


def _no_such_modifier(name: str, rest: str, position: int) -> RuleError:
    close = get_close_matches(
        name.lower(), ["exact", "forms", *(f"forms.{code}" for code in languages_with_forms())], 1
    )
    near: dict[str, Value] = {"near": f"{close[0]}:"} if close else {}
    word = _WORD.match(rest)
    return RuleError("watch-no-modifier", position, modifier=f"{name}:", term=word[0] if word else "", **near)


def _refuse_what_others_mean(word: str, position: int) -> None:
    """What other search boxes read as an operator would here silently be a term that no post has."""
    if word.lower() in _MEANT:
        raise RuleError("watch-operator-in-capitals", position, word=word, operator=_MEANT[word.lower()])
    if re.fullmatch(r"(?:exact|forms)[a-z.]*:", word):
        raise RuleError("watch-no-term-after-modifier", position, modifier=word)
    bare = word.strip(",;*-+")
    if not bare or bare == word:
        return
    if word[-1] in ",;":
        raise RuleError("watch-comma", position, word=word, sign=word[-1])
    if word[-1] == "*":
        raise RuleError("watch-no-placeholder", position, word=word, bare=bare)
    if word[0] == "-":
        raise RuleError("watch-minus", position, word=word, bare=bare)


# writing


def explain(tree: Tree) -> str:
    """The rule as normalised text; parsing it gives the same tree."""
    if isinstance(tree, Look):
        return _explain_look(tree)
    if isinstance(tree, Not):
        return f"NOT {_inside(tree.part)}"
    if isinstance(tree, AnyOf):
        return " OR ".join(_inside(part) if isinstance(part, AnyOf) else explain(part) for part in tree.parts)
    first, *rest = tree.parts
    return _inside(first) + "".join(
        f" {explain(part)}" if isinstance(part, Not) else f" AND {_inside(part)}" for part in rest
    )


def _inside(tree: Tree) -> str:
    return f"({explain(tree)})" if isinstance(tree, AllOf | AnyOf) else explain(tree)


def _explain_look(look: Look) -> str:
    modifiers = "exact:" if look.exact else ""
    if look.forms:
        modifiers += ".".join(("forms", *(() if look.forms == ALL_LANGUAGES else look.forms))) + ":"
    return modifiers + (look.text if _stands_bare(look.text) else _quote(look.text))


def _stands_bare(text: str) -> bool:
    if not _WORD.fullmatch(text) or _MODIFIER.match(text) or text in _OPERATORS:
        return False
    try:
        _refuse_what_others_mean(text, 0)
    except RuleError:
        return False
    return True


def _quote(text: str) -> str:
    return '"' + re.sub(rf"([\\{_QUOTES}])", r"\\\1", text) + '"'
