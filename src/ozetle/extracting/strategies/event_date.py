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


def lies_ahead(reading: Reading, sentences: Sequence[Sentence], kind: EventType) -> bool:
    """Return whether the only dates on which an event can have happened are wholly to come."""
    published = reading.article.published
    if published is None or _own(reading, sentences, kind, "occurred") is not None:
        return False
    free = [mention for mention, tie in _tied(reading, sentences, kind, "planned") if tie is None]
    return any(mention.first is not None and mention.first > published for mention in free)


def _own(reading: Reading, sentences: Sequence[Sentence], kind: EventType, status: str) -> DateMention | None:
    """Return the date of the event's own sentences on which it happens."""
    found = _tied(reading, sentences, kind, status)
    free = [mention for mention, tie in found if tie is None]
    if not free and status in _TO_COME | _MOVED:  # a plan may be told by what it is for
        published = reading.article.published
        later = [one for one in found if not published or not one[0].last or one[0].last > published]
        free = [mention for mention, tie in later if tie in _FOR_PLANS]
    if kind.id == _STATISTIC:
        periods = [mention for mention in free if mention.precision in _PERIODS] or free
        published = reading.article.published
        over = [mention for mention in periods if published and mention.last and mention.last <= published]
        if status in _JUST_NOW and over:  # before a period that is not over
            periods = over
        return max(periods, key=lambda mention: mention.last or date.min, default=None)
    if status == "postponed":
        return max(free, key=lambda mention: mention.last or date.min, default=None)
    return free[0] if free else None


def _tied(
    reading: Reading, sentences: Sequence[Sentence], kind: EventType, status: str
) -> list[tuple[DateMention, _Tie | None]]:
    """Return the dates of some sentences that suit a status, and to what else than the event they belong."""
    told = reading.article.published_span or (0, 0)
    return [
        (mention, _tie(reading, sentence, mention, kind, status))
        for sentence in sentences
        for mention in within(reading.dates, [(sentence.start, sentence.end)])
        if mention.basis != "unresolved"
        and not (told[0] <= mention.start and mention.end <= told[1])  # a dateline's: when it was written
        and _suits(mention, kind, status, reading.article.published)
    ]


def _suits(mention: DateMention, kind: EventType, status: str, published: date | None) -> bool:
    """Whether an event of a status can be then: what has occurred is not to come, what is planned is not past."""
    if status == "stated" and (mention.precision != "day" or (published and not _is_recent(mention, published))):
        return False  # what is spoken of, not when
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
    """Return the id of the date that an event without one shares with what was told just before it.

    Of the sentences just before, the nearest decides that tells a date of such a thing: by the events drafted from it,
    or by its own words where none was.
    """
    if kind.id == _STATISTIC and status in _JUST_NOW and not _of_period(reading, sentences):
        return None
    first = sentences[0].number or 0
    for number in range(first, max(0, first - 1 - _MAX_CARRIED), -1):
        told = [event for event in reversed(earlier) if number in event.sentences]
        for event in told:
            mention = reading.date(event.date or "")
            if mention is not None and _shared(mention, event.type, event.status, kind, status, reading):
                return event.date
        sentence = reading.sentence(number) if number < first and not told else None
        mention = _own(reading, [sentence], kind, status) if sentence else None
        if mention is not None and _shared(mention, kind.id, status, kind, status, reading):
            return reading.date_id(mention)
    return None


def _shared(
    mention: DateMention, other_type: str, other_status: str, kind: EventType, status: str, reading: Reading
) -> bool:
    """Whether what was told of a date before is of the time of an event that has none.

    Figures are of one period; plans told in a row are of one programme; what was put off or called off is what was
    planned; what else has happened or was said belongs to a meeting of the last days.
    """
    if mention.first is None:
        return False
    if kind.id == _STATISTIC and status in _JUST_NOW:
        return other_type == _STATISTIC and other_status == "occurred" and mention.precision in _PERIODS
    if status == "planned":
        return other_status == "planned"
    if status in _MOVED:
        return other_status in _TO_COME | _MOVED
    return status in _JUST_NOW and other_status == "occurred" and _is_recent(mention, reading.article.published)


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


@cache
def _ties() -> dict[str, _Ties]:
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        language: _Ties(**{name: re.compile(own[name]) if name in own else _NEVER for name in _Ties.__annotations__})
        for language, own in tables.items()
    }
