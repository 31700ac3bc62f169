"""Foreign text made plain: HTML becomes text, and what no database can hold is replaced."""

from __future__ import annotations

import html
import re
from collections import Counter

import nh3

MAX_MARKUP = 200_000
"""Characters. What lies behind is left out: no post is that long, and every reading of it costs."""
MAX_DEPTH = 100
"""Open elements. A parser that follows browsers' rules takes cubic time on markup that nests deeper and deeper."""

_BLOCKS = {"p", "br", "div", "li", "ul", "ol", "tr", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_UNSEEN = {"script", "style", "svg", "math", "template", "noscript", "iframe", "object"}
_LINE_END = re.compile(r"<br>|</(?:p|div|li|ul|ol|tr|blockquote|pre|h[1-6])>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]{2000,}>")
_SPACES = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r" ?\n[ \n]*\n ?")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL refuses NUL; half a character pair is no UTF-8."""


def text_of_html(markup: str) -> str:
    """What a reader would see of the markup, a line per block. Scripts and styles go with their content.

    Two passes of a real HTML parser: one brings the markup into canonical form, so that the ends of blocks can be
    told from text that merely looks like a tag; the other takes the last tags. Markup that nests beyond all reason is
    not given to it: its tags are dropped as they come. A tag that carries a whole picture is emptied first, so that
    the words behind it are not cut off.
    """
    markup = _LONG_TAG.sub(r"<\1>", markup)[:MAX_MARKUP]
    if _nests_too_deep(markup):
        bare = _without_tags(markup)
    else:
        canonical = nh3.clean(markup, tags=_BLOCKS, attributes={}, link_rel=None)
        bare = nh3.clean(_LINE_END.sub("\n", canonical), tags=set(), attributes={}, link_rel=None)
    text = _SPACES.sub(" ", html.unescape(bare).replace("\xa0", " "))
    return _LINES.sub("\n\n", re.sub(r" ?\n ?", "\n", text)).strip()


def _nests_too_deep(markup: str) -> bool:
    """Counts generously: an end closes only what was opened by the same name."""
    opened: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        if not tag[1] and name not in _VOID:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        if depth > MAX_DEPTH:
            return True
    return False


def _without_tags(markup: str) -> str:
    """The text between the tags, in one pass; a line for each block."""
    kept: list[str] = []
    inside, at = "", 0
    for tag in _TAG.finditer(markup):
        ends, name = tag[1], tag[2].lower()
        if not inside:
            kept.append(markup[at : tag.start()])
            kept.append("\n" if name in _BLOCKS else "")
            inside = name if name in _UNSEEN and not ends else ""
        elif ends and name == inside:
            inside = ""
        at = tag.end()
    return "".join([*kept, "" if inside else markup[at:]])


def storable(text: str) -> str:
    """The text with a replacement character where no database could hold what stood there."""
    return _UNSTORABLE.sub("\ufffd", text)
