"""Make hostile text safe to show, on a page and on a terminal."""

from __future__ import annotations

import re

__all__ = ["display"]

# C0 and C1 controls (tab and line breaks become spaces), bidi controls and marks, zero-width space, line and
# paragraph separators, invisible operators, BOM, interlinear marks, surrogates, noncharacters, tag characters.
# Zero-width joiner and non-joiner stay: Persian spelling and emoji need them.
_SPACE = re.compile("[\t\n\x0b\f\r\x85\u2028\u2029]+")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]+"
)
# A run of more than this many combining marks is no writing system's; it paints over the lines around it.
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ZALGO = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")


def display(text: str) -> str:
    r"""Give a text as it may be shown: no controls, bidi controls, surrogates; one space for line breaks.

    >>> display("a\x00b\u202ec\nd")
    'abc d'
    """
    return _ZALGO.sub(r"\1", _HIDDEN.sub("", _SPACE.sub(" ", text)))
