"""Small text tools the reading of articles shares: white space, comparable forms, lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

SPACE = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
"""What counts as white space at the edge of a sentence: Unicode's, zero-width characters and the byte order mark."""

# One character for one, so that offsets into the plain form are offsets into the text.
_PLAIN = str.maketrans(
    "İIıÇçĞğÖöŞşÜüÂâÎîÛûƏəËëÄäÑñÉéÈèÊêÀàÁáÍíÓóÚúÔôŠšŽžČčĆćĂăȘșȚț’‘`´“”«»–—",
    "iiiccggoossuuaaiiuueeeeaanneeeeeeaaaaiioouuoosszzccccaasstt''''\"\"\"\"--",
)

_NO_WORD = re.compile(r"[\W_]+")
_BREAKS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"[^{_BREAKS}]+")
_BLANK_LINE = re.compile(rf"(?>\r\n|[{_BREAKS}])[^{_BREAKS}]*[{_BREAKS}]")
_LINE_LENGTH = 1000  # characters; the plain form of longer texts is not remembered
_FIRST_WORD = re.compile(r"\S+")

WRAP_WIDTHS = range(40, 121)
"""Widths, in characters, at which programs break lines; longer lines are paragraphs."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the article, or a paragraph that was broken into several lines; never blank.

    Attributes:
        start, end: offsets into the raw text, without surrounding white space.
        text: the raw text between them.
        begins_block: whether a blank line (or the beginning of the text) stands before it.
    """

    start: int
    end: int
    text: str
    begins_block: bool


def plain(text: str) -> str:
    """Lower case without the diacritics of Latin letters, both Turkish i's as one; as long as the text itself.

    Lines are asked for again and again, and so the last ones are remembered.
    """
    return _plain_line(text) if len(text) <= _LINE_LENGTH else text.translate(_PLAIN).lower()


@lru_cache(maxsize=256)
def _plain_line(text: str) -> str:
    return text.translate(_PLAIN).lower()


def key(text: str) -> str:
    """The letters and digits of the text alone, in plain form: equal for titles that differ in case or punctuation."""
    return _NO_WORD.sub(" ", plain(text)).strip()


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets without the white space at either edge; an empty range when there is nothing else."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(SPACE))
    return start + left, max(start + left, start + len(piece.rstrip(SPACE)))


def lines(text: str) -> list[Line]:
    """The text's lines in order; lines that only a fixed width broke are joined into their paragraph."""
    found: list[Line] = []
    block: list[tuple[int, int]] = []
    previous = 0
    for line in _LINE.finditer(text):
        start, end = trimmed(text, line.start(), line.end())
        if start == end:
            continue
        if block and _BLANK_LINE.search(text, previous, start):
            found += _unwrapped(text, block)
            block = []
        block.append((start, end))
        previous = end
    return found + _unwrapped(text, block)


def _unwrapped(text: str, block: list[tuple[int, int]]) -> list[Line]:
    """The lines of a block (lines without a blank one between them), wrapped ones joined."""
    groups: list[tuple[int, int]] = []
    if _is_wrapped(text, block):
        groups = [(block[0][0], block[-1][1])]
    else:
        for start, end in block:
            if groups and _goes_on(text[slice(*groups[-1])], text[start]):
                groups[-1] = (groups[-1][0], end)
            else:
                groups.append((start, end))
    return [Line(start, end, text[start:end], begins_block=index == 0) for index, (start, end) in enumerate(groups)]


def _is_wrapped(text: str, block: list[tuple[int, int]]) -> bool:
    """Whether a fixed width broke these lines: no line but the last had room for the next one's first word."""
    if len(block) < 3:
        return False
    width = max(end - start for start, end in block)
    if width not in WRAP_WIDTHS:
        return False
    for (start, end), (following, following_end) in pairwise(block):
        word = _FIRST_WORD.match(text, following, following_end)
        if end - start + 1 + (len(word[0]) if word else 0) <= width:
            return False
    return True


def _goes_on(line: str, first: str) -> bool:
    """Whether the next line, which begins with `first`, goes on with this line's sentence."""
    return first.islower() and line[-1] not in ".!?…:;。！？؟۔" and len(line) >= WRAP_WIDTHS.start
