"""Dates read from a text: absolute, partial, ranges, and relative to the day of publication."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ozetle.facts.calendar_periods import Period, Precision
from ozetle.facts.date_expressions import Context, Point
from ozetle.facts.date_grammar import Phrase, find_phrases
from ozetle.facts.date_tokens import Token, Vocabulary, tokenize, vocabulary
from ozetle.facts.folding import fold

Basis = Literal["explicit", "resolved", "unresolved"]
_TENSE_REACH = 40


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
    year: int | None = None
    previous: Period | None = None
    for phrase in find_phrases(tokens):
        context = Context(
            reference, _tense(tokens, phrase, words), year if reference is None else None, previous
        )
        try:
            period = phrase.meaning.resolve(context)
        except (OverflowError, ValueError):
            period = None
        start, end = folded.raw_span(tokens[phrase.first].start, tokens[phrase.last].stem_end)
        explicit = period is not None and not context.used
        mentions.append(
            DateMention(
                text=text[start:end],
                start=start,
                end=end,
                first=period.first if period else None,
                last=period.last if period else None,
                precision=period.precision if period else "unknown",
                basis="unresolved" if period is None else "explicit" if explicit else "resolved",
            )
        )
        if period is not None:
            previous = period
            if explicit:
                year = period.first.year if period.first.year == period.last.year else None
    return mentions


def _tense(tokens: list[Token], phrase: Phrase, words: Vocabulary | None) -> int:
    """The tense of the first verb form behind a phrase in its sentence: -1 past, 1 future, 0 none found."""
    if words is None:
        return 0
    for token in tokens[phrase.last + 1 : phrase.last + 1 + _TENSE_REACH]:
        if token.key in {".", "!", "?"}:
            return 0
        if words.future.match(token.key):
            return 1
        if words.past.match(token.key):
            return -1
    return 0
