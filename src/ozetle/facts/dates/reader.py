"""Dates read from a text: absolute, partial, ranges, and relative to the day of publication.

Turkish is complete; Azerbaijani, Albanian, English, German, Russian, Arabic, French, Ukrainian, Croatian (with Bosnian
and Serbian in Latin script), Bulgarian, Romanian and Greek are read by the tables of `data/words.json`; in any
other language numeric dates are. Conventions, where usage varies:

- Numeric dates are day first (12.04.2025 is 12 April), but for ISO 8601. Weeks begin on Monday.
- A stretch named by its ends includes both: "ocak-ekim", "ocak ile ekim arası" and "2019-2023" end with the last one.
  Only where words part a day from a month, or a month from a year, is the coarser last end a point in time and left
  out: "1 Şubat'tan mart ayına kadar" ends with February.
- Two days or months in a row are one stretch: "17 ve 18 Şubat", "ekim ve kasım". Years are not: "2024 ve 2025 yılları",
  nor are lists ("5, 12 ve 19 Mart", "ocak, şubat ve mart"): each item is a date, all in the last one's year.
- A weekday beside its date, in brackets or behind a comma, is no day of its own: "Cuma (20 Şubat)".
- A date without a year is the one nearest to the reference that suits the tense of its clause ("Mayıs ayında …
  gidecek" lies ahead, "Aralık ayında … imzalanan" behind); a year named before in the same sentence comes first. A
  quarter or half without a year is of the reference's year. A stretch of months is the last one that is over where no
  verb tells: what is counted by months is reported when they have passed.
- The tense is that of the first verb form behind a date where verbs stand last (Turkish, Azerbaijani). In other
  languages it is that of the last one before the date, unless the date opens its clause.
- A weekday is the last one where the verb is in the past, else the next; the reference's own day counts as both.
  "Gelecek pazar" is the one of the next week, "önümüzdeki pazar" the next one.
- "Son üç ay", "son iki yıl", "önümüzdeki iki yıl" are whole calendar units beside the one that holds the reference;
  "son bir yıl" and "önümüzdeki üç ay" are counted from the reference, which is left out; "üç ay içinde" begins with it.
  What is counted in weeks, months or years ("iki ay önce") has a day, but precision "unknown".
- "Yıl sonu" is December, "yıl başı" January (the next where the sentence speaks of the future), "yıl başından bu yana"
  from there to the reference; beginning and end of a month are its halves. Seasons begin on 21 March, 21 June,
  23 September and 21 December. "2020'den bu yana" is 2020.
- "Geçen yılın aynı dönemi" (ayı, çeyreği) is the period read last before it, one year earlier; "2024'ün aynı ayı" that
  of 2024. "Bir önceki ay" (yıl, çeyrek) and "son üç ay" count from the period that this sentence or the one before has
  named, if there is one of their length; what is only compared with is no such period.
- What dates a document ("5 Mayıs tarihli karar") lies in the past.
- A decade ("1990'lar", "the 1990s") is its ten years.
- A number alone is a day only where a verb follows and no word before can have it as its share: "22'sinde yapılacak".
- Not read: "birkaç gün önce", "o gün", "geçen gün", "bugüne kadar", and idioms; other eras and calendars ("MÖ 300",
  "hicri 1447"); anniversaries ("100. yılında"); what is named after a day ("Dokuz Eylül Üniversitesi", "Kara Cuma").
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ozetle.facts.dates.expressions import Context, Expression
from ozetle.facts.dates.grammar import Phrase, find_phrases
from ozetle.facts.dates.periods import Period, Precision
from ozetle.facts.dates.relations import Previous, Same, Until
from ozetle.facts.dates.tokens import Lexeme, tokenize
from ozetle.facts.dates.vocabulary import vocabulary
from ozetle.facts.folding import fold
from ozetle.facts.languages import primary_subtag

Basis = Literal["explicit", "resolved", "unresolved"]
_TENSE_REACH = 40  # words
_PARTICIPLE_REACH = 3  # words: "will also be officially signed"
_DATED_BEHIND = ("tarihli", "tarixli", "günlü")
_DATED_BEFORE = frozenset({"dated", "vom", "от", "datës"})
_ENDS = frozenset(".!?")
_CLAUSE_ENDS = _ENDS | {",", ";"}
# a date behind one of these opens its clause; linking words ("on", "im") stand between and are no tokens
_OPENING = _ENDS | frozenset(',:;-("') | {"that", "while", "что", "а", "se", "që", "ndërsa", "dass", "أن", "ان", "que"}


class DateMention(BaseModel):
    """A date, where the text has it.

    Attributes:
        text: the article's own words; a suffix behind an apostrophe is left out, a glued one is part of it.
        start: where it begins, in code points of the raw text.
        end: where it ends, exclusive.
        first: the first day meant; None where it cannot be told, and for what is open to the past ("2028'e kadar").
        last: the last day meant, inclusive, or None.
        precision: "day", "month" or "year"; "range" for quarters, weeks, seasons and stretches of all kinds; "unknown"
            for a day counted in longer units ("iki ay önce") and for what cannot be told.
        basis: "explicit" when the words alone tell, "resolved" when the reference, a year or a period named before was
            needed, "unresolved" when nothing tells.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    start: int
    end: int
    first: date | None
    last: date | None
    precision: Precision
    basis: Basis


def read_dates(text: str, reference: date | None = None, language: str = "tr") -> list[DateMention]:
    """The dates of a text, in order of appearance.

    Args:
        text: any text.
        reference: the day of publication. Without it a date that lacks its year takes the one last named before it in
            the text, and a relative one stays unresolved.
        language: BCP 47 code of the text's language.

    Returns:
        mentions that do not overlap; for every one ``text[start:end] == mention.text``.
    """
    folded, language = fold(text), primary_subtag(language)
    tokens, words = tokenize(folded, language), vocabulary(language)
    mentions: list[DateMention] = []
    carried, resolve = _Carried(), _Resolver(reference)
    tenses = _Tenses(tokens.lexemes, verb_last=words is not None and words.agglutinates)
    for phrase in find_phrases(tokens.lexemes):
        carried.move_to(tokens.lexemes, phrase)
        period, basis = resolve(phrase.meaning, tenses.of(phrase), carried)
        start, end = folded.raw_span(*tokens.span(phrase.first, phrase.last))
        mentions.append(
            DateMention(
                text=text[start:end],
                start=start,
                end=end,
                first=period.first if period and not isinstance(phrase.meaning, Until) else None,
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
        self._sentences_since = 0  # ends of sentences since the previous period

    def move_to(self, lexemes: list[Lexeme], phrase: Phrase) -> None:
        """Notes whether a sentence ends between the last phrase and this one."""
        self.same_sentence = True
        for index in range(self._last, phrase.first):
            if lexemes[index].key in _ENDS:
                self.same_sentence = False
                self._sentences_since += 1

    @property
    def recent(self) -> bool:
        """Whether the previous period stands in the same sentence or in the one before."""
        return self._sentences_since < 2

    def note(self, phrase: Phrase, period: Period | None, basis: Basis) -> None:
        """Takes over what a phrase just read says."""
        self._last = phrase.last + 1
        if period is None:
            return
        # the day on which somebody told of a period is not the one that the next sentence compares with
        # what something is compared with is none either: "bir önceki aya göre … bir önceki yılın aynı ayına göre"
        compared = isinstance(phrase.meaning, Until | Same | Previous)
        if not compared and (period.precision != "day" or not _is_longer(self.previous)):
            self.previous = period
            self._sentences_since = 0
        if basis == "explicit":
            self.year = period.first.year if period.first.year == period.last.year else None


def _is_longer(period: Period | None) -> bool:
    """Whether it is a period longer than a day."""
    return period is not None and period.precision != "day"


class _Tenses:
    """Tells the tense of a phrase's clause; phrases are asked for in order, so that no token is seen twice."""

    def __init__(self, lexemes: list[Lexeme], *, verb_last: bool) -> None:
        self._lexemes = lexemes
        self._verb_last = verb_last
        self._position = 0
        self._seen = 0
        self._last_verb = self._governing = -_TENSE_REACH

    def of(self, phrase: Phrase) -> int:
        """The tense of the verb form that a date goes with: -1 past, 1 or 2 future, 0 none found."""
        if self._is_documents(phrase):
            return -1
        if self._verb_last:
            return self._behind(phrase)
        before = self._before(phrase)
        opens = phrase.first == 0 or self._lexemes[phrase.first - 1].key in _OPENING
        return (self._behind(phrase, opens=True) or before) if opens else (before or self._behind(phrase))

    def _is_documents(self, phrase: Phrase) -> bool:
        """Whether it dates a decision or a notice, which lies in the past: "5 Mayıs tarihli"."""
        before = self._lexemes[phrase.first - 1].key if phrase.first else ""
        behind = self._lexemes[phrase.last + 1].key if phrase.last + 1 < len(self._lexemes) else ""
        return behind.startswith(_DATED_BEHIND) or before in _DATED_BEFORE

    def _before(self, phrase: Phrase) -> int:
        """The tense of the last verb form before a phrase in its sentence."""
        for index in range(self._seen, phrase.first):
            lexeme = self._lexemes[index]
            if lexeme.key in _ENDS:
                self._last_verb = self._governing = index - _TENSE_REACH
            elif lexeme.tense == 2:
                self._last_verb = self._governing = index
            elif lexeme.tense > 0 or (lexeme.tense and index - self._governing > _PARTICIPLE_REACH):
                self._last_verb = index
        self._seen = max(self._seen, phrase.first)
        return self._lexemes[self._last_verb].tense if phrase.first - self._last_verb < _TENSE_REACH else 0

    def _behind(self, phrase: Phrase, *, opens: bool = False) -> int:
        """The tense of the first verb form behind a phrase in its sentence."""
        start = phrase.last + 1
        position, lexemes = max(self._position, start), self._lexemes
        ends = _ENDS if self._verb_last or opens else _CLAUSE_ENDS  # "starts on Monday, officials said"
        while position < len(lexemes) and not lexemes[position].tense and lexemes[position].key not in ends:
            position += 1
        self._position = position
        return lexemes[position].tense if position < min(len(lexemes), start + _TENSE_REACH) else 0


class _Resolver:
    """Settles which days are meant, for one day of publication; what is asked for again is remembered."""

    def __init__(self, reference: date | None) -> None:
        self._reference = reference
        self._known: dict[tuple[Expression, int, int | None, Period | None, bool], tuple[Period | None, Basis]] = {}

    def __call__(self, meaning: Expression, tense: int, carried: _Carried) -> tuple[Period | None, Basis]:
        """By the year the same sentence has named, unless the tense speaks against it, else by the day of publication.

        Without a reference the year last named anywhere before is taken.
        """
        year = carried.year if self._reference is None or carried.same_sentence else None
        key = meaning, tense, year, carried.previous, carried.recent
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._resolved(*key)
        return found

    def _resolved(
        self, meaning: Expression, tense: int, carried_year: int | None, previous: Period | None, recent: bool
    ) -> tuple[Period | None, Basis]:
        reference = self._reference
        for year in [None] if carried_year is None else [carried_year, None]:
            context = Context(reference, tense, year, previous, recent)
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
