"""Where one sentence ends and the next begins, for Turkish first and for the languages its news comes in.

Rules in the manner of Mikheev, "Periods, Capitalized Words, etc." (Computational Linguistics 28(3), 2002): every mark
that may end a sentence is judged by the token before it and the word after it. No model, linear time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ozetle.articles.text import plain, trimmed

_MARK = re.compile(r"([.!?…؟۔।։。！？｡]+)([\"'”’»“)\]」』）]*)")
_FULL_WIDTH = frozenset("。！？｡")
_NEXT = re.compile(r"[\s\"'“”‘’«»„(\[\-–—•*¿¡]*")
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\s\"“”«»„‘(\[/–—]*$")
_LETTERS_OR_DIGITS = re.compile(r"[^\W_]")
# "…söyledi.Bakan…": the space forgotten. A host name goes on in lower case, an abbreviation is shorter.
_BEFORE_GLUED = re.compile(r"[^\W\d_]{3}$")
_AFTER_GLUED = re.compile(r"[^\W\d_]{2}")
_LOOK_BACK = 40

_ROMAN = re.compile(r"[IVXLCDM]{1,7}$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}$")
_INITIAL = re.compile(r"[^\W\d_](?:[-‐][^\W\d_])?$")

LONGEST = 2_000
"""A longer run of text without an end of sentence is cut at a comma or space, so that it fits in a prompt."""


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]` (a line or paragraph) as offsets into `text`, no white space at their edges.

    Together they cover everything but white space, in order and without overlap; each but the last one holds a letter
    or digit.
    """
    begin = looked_at = start
    for stop in _stops(text, start, end):
        if _LETTERS_OR_DIGITS.search(text, looked_at, stop):
            yield from _cut(text, begin, stop)
            begin = stop
        looked_at = stop
    yield from _cut(text, begin, end)


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    for found in _MARK.finditer(text, start, end):
        stop = found.end()
        following = _NEXT.match(text, stop, end)
        after = following.end() if following else stop
        if after >= end:
            return
        mark = found[1]
        if mark[-1] in _FULL_WIDTH:
            yield stop
        elif text[after].islower():
            continue
        elif not text[stop].isspace():
            if (
                after == stop
                and text[after + 1 : after + 2].islower()
                and _BEFORE_GLUED.search(text, max(start, found.start() - 3), found.start())
                and _AFTER_GLUED.match(text, after, end)
                and _full_stop_ends(text, start, found.start(), after, end)
            ):
                yield stop
        elif mark != "." or found[2] or _full_stop_ends(text, start, found.start(), after, end):
            yield stop


def _full_stop_ends(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """Whether the full stop at `stop`, followed at `after` by something not in lower case, ends a sentence."""
    before = _TOKEN.search(text[max(start, stop - _LOOK_BACK) : stop])
    token = before[0] if before else ""
    if not token:
        return True
    word = _WORD.match(text, after, min(end, after + _LOOK_BACK))
    following = plain(word[0]) if word else ""
    known = _abbreviations()
    opens = following in known.openers
    if token.isdigit():
        return _number_ends(token, following, opens=opens, begins_line=stop - len(token) <= start)
    name = plain(token)
    if name in known.inside or (name in known.titles and token[0].isupper()):
        return False
    if name in known.before_number and following[:1].isdigit():
        return False
    if name in known.ends_before_capital:
        return not following[:1].isdigit()
    if name in known.either or _ROMAN.match(token) or _INITIAL.match(token) or _DOTTED.match(token):
        return opens and len(token) > 1
    return True


def _number_ends(token: str, following: str, *, opens: bool, begins_line: bool) -> bool:
    """Whether a number before a full stop ends a sentence: a year does, an ordinal ("12. Dönem", a list's "1.") not.

    Ordinals have three digits at most, and Cyrillic ones, as Russian, Ukrainian and Kazakh write them, no full stop.
    """
    if begins_line:
        return False
    return opens or len(token) > 3 or following[:1].isdigit() or "а" <= following[:1] <= "я"


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = trimmed(text, start, end)
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        at = max(window.rfind("; "), window.rfind(", ")) + 1
        if at < LONGEST // 2:
            at = window.rfind(" ")
        if at < LONGEST // 2:
            at = LONGEST
        yield trimmed(text, start, start + at)
        start, end = trimmed(text, start + at, end)
    if start < end:
        yield start, end


class _Abbreviations(NamedTuple):
    """The word lists of data/abbreviations.toml, explained there."""

    titles: frozenset[str]
    inside: frozenset[str]
    before_number: frozenset[str]
    either: frozenset[str]
    ends_before_capital: frozenset[str]
    openers: frozenset[str]


@cache
def _abbreviations() -> _Abbreviations:
    data = tomllib.loads(files("ozetle.articles").joinpath("data/abbreviations.toml").read_text("utf-8"))
    return _Abbreviations(**{name: frozenset(words.split()) for name, words in data.items()})
