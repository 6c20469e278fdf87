"""On which of an article's dates an event happens.

Each date of the event's own sentences is judged by what ties it to them: one that something is compared with, that a
document is for, that belongs to another thing in the sentence or tells when it was said is not when the event happens.
Of those that are left and suit the status, a figure holds for the latest period; what was put off happens on its last
day; anything else on the first. An event without a date of its own takes that of what was told just before it, where it
belongs to the same time; then the publication day, if it has just happened.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import cache
from pathlib import Path

from ozetle.articles import Sentence
from ozetle.extracting.draft import DraftEvent
from ozetle.extracting.taxonomy import EventType
from ozetle.facts import DateMention
from ozetle.facts.folding import fold_text
from ozetle.reading import PUBLICATION_ID, Reading, within
from ozetle.turkish.verbs import ends_in_past

_STATISTIC = "economic_statistic"
_STATEMENT = "official_statement"
_AGREEMENT = "agreement_signed"
_TO_COME = frozenset(("planned", "expected", "targeted"))
_MOVED = frozenset(("postponed", "cancelled"))
_JUST_NOW = frozenset(("occurred", "stated"))
_PERIODS = frozenset(("month", "range", "year"))
_MAX_CARRIED = 2  # sentences
_RECENT = timedelta(days=10)
_MEETING = timedelta(days=7)
_WINDOW = 120  # characters around a date
_PHRASE = re.compile(r"[\w'’-]+")
_CLAUSE_END = re.compile(r"[,;:.!?\"“”()]")
_HEAD = 3  # words behind a participle, the noun that it belongs to among them
_YEAR = timedelta(days=364)
_NEVER = re.compile(r"$.^")


class _Tie(Enum):
    """What else than the event a date of its sentence belongs to."""

    COMPARED = auto()
    ABOUT = auto()
    SAID = auto()
    OTHER = auto()


_FOR_PLANS = frozenset((_Tie.ABOUT, _Tie.OTHER))
"""What may tell the day of a plan where nothing else does."""


@dataclass(frozen=True)
class _Ties:
    """How a language ties a date to something else than what its sentence tells."""

    compared_before: re.Pattern[str]
    compared_after: re.Pattern[str]
    about_before: re.Pattern[str]
    about_after: re.Pattern[str]
    said_before: re.Pattern[str]
    signed_before: re.Pattern[str]
    said_phrase: re.Pattern[str]
    participle: re.Pattern[str]
    attributive: re.Pattern[str]


def event_date_id(
    reading: Reading, sentences: Sequence[Sentence], kind: EventType, status: str, earlier: Sequence[DraftEvent] = ()
) -> str | None:
    """Return the id of the date on which an event happens: D1, D2 …, P for the publication day, or None.

    Args:
        reading: the article.
        sentences: the event's own, in the order of the text.
        kind: its type.
        status: its status.
        earlier: the events told before it.
    """
    own = _own(reading, sentences, kind, status)
    if own is not None:
        return reading.date_id(own)
    carried = _carried(reading, sentences, kind, status, earlier)
    if carried is not None:
        return carried
    return PUBLICATION_ID if reading.article.published and status in _JUST_NOW else None


def _own(reading: Reading, sentences: Sequence[Sentence], kind: EventType, status: str) -> DateMention | None:
    """Return the date of the event's own sentences on which it happens."""
    told = reading.article.published_span or (0, 0)
    found = [
        (mention, _tie(reading, sentence, mention, kind, status))
        for sentence in sentences
        for mention in within(reading.dates, [(sentence.start, sentence.end)])
        if mention.basis != "unresolved"
        and not (told[0] <= mention.start and mention.end <= told[1])  # a dateline's: when it was written
        and _suits(mention, kind, status, reading.article.published)
    ]
    free = [mention for mention, tie in found if tie is None]
    if not free and status in _TO_COME | _MOVED:  # a plan may be told by what it is for
        free = [mention for mention, tie in found if tie in _FOR_PLANS]
    if kind.id == _STATISTIC:
        periods = [mention for mention in free if mention.precision in _PERIODS] or free
        return max(periods, key=lambda mention: mention.last or date.min, default=None)
    if status == "postponed":
        return max(free, key=lambda mention: mention.last or date.min, default=None)
    return free[0] if free else None


def _suits(mention: DateMention, kind: EventType, status: str, published: date | None) -> bool:
    """Whether an event of a status can be then: what has occurred is not to come, what is planned is not past."""
    if status == "stated" and mention.precision != "day":
        return False  # a period is what is spoken of, not when
    if published is None or status in _MOVED:
        return True
    if status in _TO_COME:
        return mention.last is None or mention.last >= published
    if mention.first is None or mention.last is None:
        return True
    # the years of a plan: "signed a plan for 2026 and 2027"
    years = mention.basis == "explicit" and mention.last - mention.first >= _YEAR and kind.id != _STATISTIC
    return mention.first <= published and not (years and mention.last > published)


def _tie(reading: Reading, sentence: Sentence, mention: DateMention, kind: EventType, status: str) -> _Tie | None:
    """Return what else than the event a date belongs to; None if it is the event's."""
    language = reading.language.code
    ties = _ties().get(language)
    if ties is None:
        return None
    text = reading.article.text
    earlier = within(reading.dates, [(sentence.start, mention.start)])
    start = max(mention.start - _WINDOW, earlier[-1].end if earlier else sentence.start)
    before = fold_text(text[start : mention.start])
    after = fold_text(text[mention.end : min(sentence.end, mention.end + _WINDOW)])
    if ties.compared_before.search(before) or ties.compared_after.match(after):
        return _Tie.COMPARED
    long = mention.first is None or mention.last is None or mention.last - mention.first >= _YEAR
    if (ties.about_before.search(before) and long) or ties.about_after.match(after):
        return _Tie.ABOUT
    if ties.said_before.search(before) and kind.id != _STATEMENT and status != "stated":
        return _Tie.SAID
    if ties.signed_before.search(before) and kind.id != _AGREEMENT:
        return _Tie.OTHER
    return None if _is_own(mention, after, ties, kind, language, status) else _Tie.OTHER


def _is_own(mention: DateMention, after: str, ties: _Ties, kind: EventType, language: str, status: str) -> bool:
    """Whether a date that belongs to a noun belongs to the event: "2023'te imzalanan anlaşma" is of no meeting."""
    clause = _CLAUSE_END.split(after, maxsplit=1)[0]
    participle = ties.participle.search(clause)
    adjective = ties.attributive.search(fold_text(mention.text)) or ties.attributive.match(after)
    if (not participle and not adjective) or status in _MOVED:
        return True
    start = 0 if adjective or participle is None else participle.end()
    head = list(_PHRASE.finditer(clause, start))[:_HEAD]
    phrase = clause[: head[-1].end()] if head else clause
    if kind.cued_by(phrase, language):
        return True
    said = ties.said_phrase.search(phrase) is not None
    return said if status == "stated" else kind.id == _STATISTIC and not said


def _carried(
    reading: Reading, sentences: Sequence[Sentence], kind: EventType, status: str, earlier: Sequence[DraftEvent]
) -> str | None:
    """Return the id of the date that an event without one shares with what was told just before it."""
    number = sentences[0].number or 0
    just_before = range(number - _MAX_CARRIED, number + 1)
    near = [event for event in reversed(earlier) if any(told in just_before for told in event.sentences)]
    if kind.id == _STATISTIC and status == "occurred":
        return _period_before(reading, sentences, kind, near) if _of_period(reading, sentences) else None
    for event in near:
        mention = reading.date(event.date or "")
        if mention is None:
            continue
        if event.status == status == "planned":
            return event.date
        if status in _MOVED and event.status in _TO_COME | _MOVED:
            return event.date
        if event.status == "occurred" and status in _JUST_NOW and _is_recent(mention, reading.article.published):
            return event.date
    return None


def _is_recent(mention: DateMention, published: date | None) -> bool:
    """Whether a date is the day or the few days of something that the article has just reported."""
    if published is None or mention.first is None or mention.last is None:
        return False
    return mention.last - mention.first <= _MEETING and published - _RECENT <= mention.last <= published


def _of_period(reading: Reading, sentences: Sequence[Sentence]) -> bool:
    """Whether statistics are of a period: amounts and shares are; a number of things only where it is told as past."""
    if reading.language.code == "tr":
        return ends_in_past(sentences[-1].text)
    figures = within(reading.figures, sorted((sentence.start, sentence.end) for sentence in sentences))
    return any(figure.unit in ("currency", "percent") for figure in figures)


def _period_before(
    reading: Reading, sentences: Sequence[Sentence], kind: EventType, near: Sequence[DraftEvent]
) -> str | None:
    """Return the period of the statistic told just before, or the one named in a sentence just before."""
    first = sentences[0].number or 0
    for number in range(first - 1, max(0, first - 1 - _MAX_CARRIED), -1):
        for event in near:
            if number in event.sentences and event.type == _STATISTIC:
                mention = reading.date(event.date or "")
                return event.date if mention is not None and mention.precision in _PERIODS else None
        sentence = reading.sentence(number)
        mention = _own(reading, [sentence], kind, "occurred") if sentence else None
        if mention is not None and mention.precision in _PERIODS:
            return reading.date_id(mention)
    return None


@cache
def _ties() -> dict[str, _Ties]:
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        language: _Ties(**{name: re.compile(own[name]) if name in own else _NEVER for name in _Ties.__annotations__})
        for language, own in tables.items()
    }
