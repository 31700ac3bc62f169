"""Foreign text made plain: HTML becomes text, and what no database can hold is replaced."""

from __future__ import annotations

import html
import re

import nh3

_BLOCKS = {"p", "br", "div", "li", "ul", "ol", "tr", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_LINE_END = re.compile(r"<br>|</(?:p|div|li|ul|ol|tr|blockquote|pre|h[1-6])>")
_SPACES = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r" ?\n[ \n]*\n ?")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL refuses NUL; half a character pair is no UTF-8."""


def text_of_html(markup: str) -> str:
    """What a reader would see of the markup, a line per block. Scripts and styles go with their content.

    Two passes of a real HTML parser: one brings the markup into canonical form, so that the ends of blocks can be
    told from text that merely looks like a tag; the other takes the last tags.
    """
    canonical = nh3.clean(markup, tags=_BLOCKS, attributes={}, link_rel=None)
    bare = nh3.clean(_LINE_END.sub("\n", canonical), tags=set(), attributes={}, link_rel=None)
    text = _SPACES.sub(" ", html.unescape(bare).replace("\xa0", " "))
    return _LINES.sub("\n\n", re.sub(r" ?\n ?", "\n", text)).strip()


def storable(text: str) -> str:
    """The text with a replacement character where no database could hold what stood there."""
    return _UNSTORABLE.sub("\ufffd", text)
