"""The dateline that agencies begin a dispatch with: "ANKARA, 9 Mart 2026 (AA) – …", "London, 4 March 2026 - …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ozetle.articles.text import Line, plain

LONGEST = 120
"""How many characters of a line may hold a dateline."""
_LONGEST_HEAD = 70
_HEADER_LINES = 10
_MAX_WORDS = 4

_MARKS = "*_ \t\xa0"
_ARTICLE = re.compile(r"(?:(?<=[,،(] )|^)(?:më|me|den|le|on|tarih)\s$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,،/|()\[\]][\s,،/|()\[\]–—-]*|\.\s+(?=$)|\s*[–—]+\s*|\s+-+(?:\s+|$)|--+")
_ENDS_WITH_SEPARATOR = re.compile(r"(?:[,،/|(\[)\]–—]|\.|(?<![^\W_])-|--)$")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’-](?=[^\W\d_])|\.)*")
_CONNECTORS = frozenset(
    {"am", "an", "der", "de", "del", "do", "da", "la", "bei", "und", "et", "al", "el", "ve", "və", "dhe", "and", "of"}
    | {"the", "upon", "и", "на"}
)
# a sentence's words, and days, which stand before a date too
_NO_PLACE = re.compile(
    r"(?:on|in|by|from|since|until|till|at|as|before|after|between|am|im|seit|bis|ab|vom|depuis|en"
    r"|ne|me|nga|qe|deri|в|во|на|с|со|до|от|после|у|з|від|bugun|dun|yarin|bu gun|dunen|today|yesterday|tomorrow"
    r"|pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar|cersenbe|cume|senbe|bazar"
    r"|e (?:hene|marte|merkure|enjte|premte|shtune|diel)|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)(?!\w)"
)
_SMALL_AGENCIES = frozenset({"dpa", "epd", "kna", "sid", "afp"})
_HEAD_AGENCY = re.compile(r"[(\[/](?P<agency>[^()\[\]/,]{2,40})[)\]/](?:\s*[-–—,.])?\s*$")
_AGENCY = re.compile(
    r"[\s*_]*,?\s*(?:\((?P<round>[^()]{2,40})\)|\[(?P<square>[^\[\]]{2,40})\]|/(?P<slashes>[^/]{2,40})/)"
    r"|[\s*_]*[,.]\s(?P<bare>(?:[^\W\d_]|\.(?=[^\W\d_])){2,20})(?=\s*(?:[-–—:]|\.?$|\.\s))"
)
_OPEN_BRACKET = re.compile(r"[(\[][^()\[\]]*$")
_CLOSING_BRACKET = re.compile(r"[\s*_]*[)\]]")
_DASH = re.compile(r"[\s*_]*(?:[–—]+|--+|(?:(?<=[\s*_)\]/.])-|-(?=[\s*_]))[*_]*)")
_MARK = re.compile(r"[\s*_]*[.:|](?=[\s*_]|$)")
_SENTENCE_END = re.compile(r"[.!?…。]['\"’”»)*_]*$")


def beginnings(all_lines: list[Line]) -> Iterator[Line]:
    """The lines that may begin with the dateline: title and header, one sentence under the title, the line after it."""
    sentences = 0
    for line in all_lines[:_HEADER_LINES]:
        yield line
        sentences += line.text.rstrip("'\"’”»)").endswith((".", "。"))
        if sentences > 1:
            return


def is_dateline(line: str, start: int, end: int, after: int, *, ranges: bool) -> bool:
    """Whether the line begins with a dateline whose date is `line[start:end]`.

    Args:
        line: a line of the article.
        start, end: its first date.
        after: where the weekday and the time end that may follow the date; else `end`.
        ranges: whether another date follows, so that a dash would mean "to".
    """
    head = _ARTICLE.sub("", line[:start].lstrip(_MARKS))
    if len(head) > _LONGEST_HEAD or _NO_PLACE.match(plain(head)):
        return False
    parts = [part.strip(_MARKS) for part in _BETWEEN.split(head)]
    parts = [part for part in parts if part]
    if not all(_is_name(part) for part in parts):
        return False
    capitals = bool(parts) and _is_upper("".join(parts))
    if parts and not capitals and not _ENDS_WITH_SEPARATOR.search(head.rstrip(_MARKS)):
        return False
    rest = line[after : after + LONGEST].lstrip("*_")
    if opened := _OPEN_BRACKET.search(head):  # ATLANTA (December 28, 2008) - …, [ANKARA, 9 Mart 2026] …
        closing = _CLOSING_BRACKET.match(rest)
        if closing is None:
            return False
        rest = rest[closing.end() :]
        if opened.start() == 0 and parts:
            return _begins_sentence(rest)
    agency = _AGENCY.match(rest)
    if agency and agency.lastgroup and _begins_sentence(rest[agency.end() :]):
        bare = agency.lastgroup == "bare"
        if _is_agency(agency[agency.lastgroup]) and (not bare or (parts and _is_upper(agency["bare"]))):
            return True
    named = _HEAD_AGENCY.search(head.rstrip())
    sure = capitals or bool(named and _is_agency(named["agency"]))
    return bool(parts) and _separated(line, rest, sure=sure, short=_is_one_word(parts), ranges=ranges)


def _separated(line: str, rest: str, *, sure: bool, short: bool, ranges: bool) -> bool:
    """Whether a mark stands between the date and the sentence; the less sure the place, the clearer it must be."""
    if not rest.strip(_MARKS):
        return sure or short
    if dash := _DASH.match(rest):
        following = rest[dash.end() :].lstrip(_MARKS + "\"'“”«„‘")
        return not ranges and not following[:1].islower() and (sure or bool(_SENTENCE_END.search(line[-9:])))
    if mark := _MARK.match(rest):
        return (sure or short) and not rest[mark.end() :].lstrip(_MARKS)[:1].islower()
    return False


def _begins_sentence(following: str) -> bool:
    """Whether what stands behind an agency's name or a bracket begins a sentence, not the rest of one."""
    if _DASH.match(following):
        return True
    following = following.lstrip(_MARKS + ".:|")
    return not following[:1].islower() and following[:1] not in {"'", "’", ","}


def _is_name(text: str) -> bool:
    """Whether these words may be a place or an agency: few, all with a capital but for "of", "am", "de" …"""
    words = text.split()
    return len(words) <= _MAX_WORDS and all(
        _WORD.fullmatch(word) and (not word[0].islower() or (number and word in _CONNECTORS) or word in _SMALL_AGENCIES)
        for number, word in enumerate(words)
    )


def _is_agency(name: str) -> bool:
    return _is_name(name.strip()) and not _NO_PLACE.match(plain(name.strip()))


def _is_upper(text: str) -> bool:
    return len(text) > 1 and text == text.upper() and text != text.lower()


def _is_one_word(parts: list[str]) -> bool:
    return len(parts) == 1 and " " not in parts[0]
