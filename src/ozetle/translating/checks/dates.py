"""Whether a translation has the dates of its source, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from ozetle.facts import DateMention
from ozetle.facts.tables import load_table
from ozetle.reasons import FlagCode
from ozetle.translating.checks.reading import SentenceReading
from ozetle.translating.flag import Flag, flag

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


def date_problems(source: SentenceReading, text: SentenceReading) -> Iterator[Flag]:
    """Dates that differ: those that name a day, a month or a year must be on both sides, others must not clash."""
    known = source.language in load_table("dates", "words")
    ours = [day for day in source.dates if day.first or day.last]
    theirs = [day for day in text.dates if day.first or day.last]
    lost = [day for day in ours if not any(_same_days(day, other) for other in theirs)]
    new = [day for day in theirs if not any(_same_days(other, day) for other in ours)]
    for day in lost:
        clashing = [other for other in new if other.precision == day.precision]
        if clashing:
            yield flag(FlagCode.DATE_CHANGED, source=day.text, translation=clashing[0].text)
        elif _is_named(day) and not any(_overlap(day, other) for other in theirs):
            yield flag(FlagCode.DATE_MISSING, source=day.text)
    if known and not lost:
        for day in new:
            if _is_named(day) and not any(_overlap(day, other) for other in ours):
                yield flag(FlagCode.DATE_ADDED, translation=day.text)


def matched_dates(source: SentenceReading, text: SentenceReading) -> tuple[list[DateMention], list[DateMention]]:
    """The dates of a source that its translation has, and those of the translation that the source has."""
    ours = [day for day in source.dates if any(_same_days(day, other) for other in text.dates)]
    theirs = [day for day in text.dates if any(_same_days(other, day) for other in source.dates)]
    return ours, theirs


def _is_named(day: DateMention) -> bool:
    """Whether the date names a day or a month, so that no translation can do without it."""
    return day.precision in ("day", "month") and (_DIGIT.search(day.text) is not None or day.precision == "month")


def _same_days(one: DateMention, other: DateMention) -> bool:
    """Whether two dates are the same; years that only the tense of a verb has told may differ."""
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return (one.last == other.last and one.last is not None) or (one.first == other.first and one.first is not None)
    if (one.first, one.last) == (other.first, other.last):
        return True
    if one.precision != other.precision or (one.basis == other.basis == "explicit"):
        return False
    if _without_year(one.first) == _without_year(other.first) and _without_year(one.last) == _without_year(other.last):
        return one.precision != "year" and not (_has_year(one.text) and _has_year(other.text))
    # "on Monday" may be the last one or the next
    undated = not (_DIGIT.search(one.text) or _DIGIT.search(other.text))
    return one.precision == "day" and undated and abs((one.first - other.first).days) == 7


def _has_year(text: str) -> bool:
    return _YEAR.search(text) is not None


def _without_year(day: date) -> tuple[int, int]:
    # the last of February differs by year
    return day.month, min(day.day, 28) if day.month == 2 else day.day


def _overlap(one: DateMention, other: DateMention) -> bool:
    if one.precision == other.precision != "range":
        return False
    first, last = one.first or one.last, one.last or one.first
    begin, end = other.first or other.last, other.last or other.first
    return bool(first and last and begin and end and first <= end and begin <= last)


def years(days: Sequence[DateMention]) -> set[Decimal]:
    """The years in which dates begin and end."""
    return {Decimal(day.year) for mention in days for day in (mention.first, mention.last) if day}
