"""Dates read from a text: absolute, partial, ranges, and relative to the day of publication."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ozetle.facts.calendar_periods import Period, Precision
from ozetle.facts.date_expressions import Context, Expression
from ozetle.facts.date_grammar import Phrase, find_phrases
from ozetle.facts.date_tokens import Token, Vocabulary, tokenize, vocabulary
from ozetle.facts.folding import fold

Basis = Literal["explicit", "resolved", "unresolved"]
_TENSE_REACH = 40  # words
_ENDS = frozenset(".!?")


class DateMention(BaseModel):
    """A date, where the text has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    start: int
    end: int
    first: date | None
    last: date | None
    precision: Precision
    basis: Basis


def read_dates(text: str, reference: date | None = None, language: str = "tr") -> list[DateMention]:
    """The dates of a text, in order of appearance."""
    folded = fold(text)
    words = vocabulary(language.split("-")[0].lower())
    tokens = tokenize(folded, words)
    mentions: list[DateMention] = []
    carried = _Carried()
    for phrase in find_phrases(tokens):
        carried.move_to(tokens, phrase)
        tense = _tense(tokens, phrase, words)
        period, basis = _resolved(phrase.meaning, reference, tense, carried)
        start, end = folded.raw_span(tokens[phrase.first].start, tokens[phrase.last].stem_end)
        mentions.append(
            DateMention(
                text=text[start:end],
                start=start,
                end=end,
                first=period.first if period else None,
                last=period.last if period else None,
                precision=period.precision if period else "unknown",
                basis=basis,
            )
        )
        carried.note(phrase, period, basis)
    return mentions


class _Carried:
    """What earlier dates of the text hand on: the year last named, and the last period."""

    def __init__(self) -> None:
        self.year: int | None = None
        self.same_sentence = False
        self.previous: Period | None = None
        self._last = 0

    def move_to(self, tokens: list[Token], phrase: Phrase) -> None:
        """Notes whether a sentence ends between the last phrase and this one."""
        self.same_sentence = not any(token.key in _ENDS for token in tokens[self._last : phrase.first])

    def note(self, phrase: Phrase, period: Period | None, basis: Basis) -> None:
        """Takes over what a phrase just read says."""
        self._last = phrase.last + 1
        if period is None:
            return
        self.previous = period
        if basis == "explicit":
            self.year = period.first.year if period.first.year == period.last.year else None


def _resolved(
    meaning: Expression, reference: date | None, tense: int, carried: _Carried
) -> tuple[Period | None, Basis]:
    """The days meant: by the year the same sentence has named, unless the tense speaks against it, else by the reference.

    Without a reference the year last named anywhere before is taken.
    """
    years = [carried.year, None] if reference is None or carried.same_sentence else [None]
    for year in years:
        context = Context(reference, tense, year, carried.previous)
        try:
            period = meaning.resolve(context)
        except (OverflowError, ValueError):
            continue
        if period is None:
            continue
        if not context.used:
            return period, "explicit"
        if year is not None and reference is not None and _contradicts(period, reference, tense):
            continue
        return period, "resolved"
    return None, "unresolved"


def _contradicts(period: Period, reference: date, tense: int) -> bool:
    return (tense > 0 and period.last < reference) or (tense < 0 and period.first > reference)


def _tense(tokens: list[Token], phrase: Phrase, words: Vocabulary | None) -> int:
    """The tense of the first verb form behind a phrase in its sentence: -1 past, 1 future, 0 none found."""
    if words is None:
        return 0
    for token in tokens[phrase.last + 1 : phrase.last + 1 + _TENSE_REACH]:
        if token.key in _ENDS:
            return 0
        if words.future.match(token.key):
            return 1
        if words.past.match(token.key):
            return -1
    return 0
