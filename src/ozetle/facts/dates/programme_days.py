"""Days that are told by one named before them: "aynı gün", "on the last day of the visit"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from ozetle.facts.dates.reader import DateMention

_REACH = 600  # characters between a day and the one that is the same
_PROGRAMME = 2000  # characters between a day and the stretch of which it is one
_LONGEST = 14  # days of a programme
_DOTTED = str.maketrans({"İ": "i"})
_DOTTED_AND_DOTLESS = str.maketrans({"İ": "i", "I": "ı"})


@dataclass(frozen=True)
class _Patterns:
    same: re.Pattern[str]
    nth: tuple[tuple[re.Pattern[str], int], ...]


def with_programme_days(text: str, dates: Sequence[DateMention], language: str) -> tuple[DateMention, ...]:
    """Add to the dates read from a text those that one of them tells.

    "The same day" is the day named last before; "the second day", "the last day" are those of the stretch of at most
    two weeks named last before. Where nothing near before them tells, they are not read.

    Args:
        text: the raw text that the dates' offsets index.
        dates: as `read_dates` gives them, in the order of the text.
        language: an ISO 639 code.
    """
    patterns = _patterns().get(language)
    if patterns is None or not dates:
        return tuple(dates)
    lowered = text.translate(_DOTTED_AND_DOTLESS if language in ("tr", "az") else _DOTTED).lower()
    known: list[DateMention] = []
    passed = 0
    for told in sorted(_found(lowered, text, patterns), key=lambda told: told.start):
        while passed < len(dates) and dates[passed].end <= told.start:
            known.append(dates[passed])
            passed += 1
        day = told.among(known)
        inside = passed  # behind the dates that are words of it: "today" in the Arabic "second day"
        while inside < len(dates) and told.start <= dates[inside].start and dates[inside].end <= told.end:
            inside += 1
        parted = inside < len(dates) and dates[inside].start < told.end
        if day is None or parted or (known and told.start < known[-1].end):
            continue
        place = {"text": text[told.start : told.end], "start": told.start, "end": told.end}
        days = {"first": day, "last": day, "precision": "day", "basis": "resolved"}
        known.append(DateMention.model_validate({**place, **days}))
        passed = inside
    return (*known, *dates[passed:])


@dataclass(frozen=True)
class _Told:
    start: int
    end: int
    number: int
    """0: the same day; -1: the last one."""

    def among(self, before: Sequence[DateMention]) -> date | None:
        """Return the day meant, by the dates before it."""
        for mention in reversed(before):
            if self.start - mention.end > (_PROGRAMME if self.number else _REACH):
                break
            if mention.first is None or mention.last is None:
                continue
            length = (mention.last - mention.first).days + 1
            if self.number == 0 and length == 1:
                return mention.first
            if self.number == -1 and 1 < length <= _LONGEST:
                return mention.last
            if self.number > 0 and max(2, self.number) <= length <= _LONGEST:
                return mention.first + timedelta(days=self.number - 1)
        return None


def _found(lowered: str, text: str, patterns: _Patterns) -> Iterator[_Told]:
    if len(lowered) != len(text):  # a letter that has no single small one: its offsets are not the text's
        return
    for pattern, number in ((patterns.same, 0), *patterns.nth):
        for found in pattern.finditer(lowered):
            yield _Told(found.start(), found.end(), number)


@cache
def _patterns() -> dict[str, _Patterns]:
    table = tomllib.loads((Path(__file__).parent / "data" / "programme_days.toml").read_text(encoding="utf-8"))
    return {
        language: _Patterns(re.compile(own["same"]), tuple((re.compile(words), number) for words, number in own["nth"]))
        for language, own in table.items()
    }
