"""Checks single claims of a draft against the article: words, figures, dates, countries, choices, free texts."""

from __future__ import annotations

from typing import Any

from pydantic.fields import FieldInfo

from ozetle.articles import Sentence
from ozetle.digests.digest import EventDate, EventFigure, Evidence, Place, Rejection, Words
from ozetle.extracting.fields import (
    Choice,
    CountryCode,
    DateId,
    FigureId,
    Marker,
    OneOf,
    PlaceName,
    Span,
    TurkishText,
)
from ozetle.extracting.taxonomy import ChoiceList, Taxonomy
from ozetle.facts.name_forms.matching import turkish_name
from ozetle.grounding.spans import Spans
from ozetle.reading import PUBLICATION_ID, Reading
from ozetle.reasons import Refusal
from ozetle.reasons import RejectionCode as Code
from ozetle.turkish.soundness import Judge

_CLAIM_LENGTH = 200
_UNKNOWN: dict[ChoiceList, Code] = {
    "types": Code.UNKNOWN_TYPE,
    "statuses": Code.UNKNOWN_STATUS,
    "roles": Code.UNKNOWN_ROLE,
    "participant_kinds": Code.UNKNOWN_PARTICIPANT_KIND,
    "instrument_kinds": Code.UNKNOWN_INSTRUMENT_KIND,
}


class Claims:
    """Checks the claims of one draft, and keeps what it rejects.

    Each method takes what the model answered and its path in the draft, and returns what the article bears out: None
    if nothing, which is then among `rejected`, or where there was no answer.

    Attributes:
        reading: the article.
        rejected: the rejections, as they come.
    """

    def __init__(self, reading: Reading, taxonomy: Taxonomy, judge: Judge) -> None:
        self.reading = reading
        self.rejected: list[Rejection] = []
        self._taxonomy = taxonomy
        self._judge = judge
        self._spans = Spans(reading)
        self._countries = {mention.code for mention in reading.countries if mention.kind == "country"}

    def value(
        self, value: Any, marker: Marker, field: FieldInfo | None, evidence: tuple[Evidence, ...], path: str
    ) -> Any:
        """Return what a field of an event, or one of several values of it, holds after checking; None if nothing."""
        match marker:
            case DateId():
                return self.date(value, path)
            case PlaceName():
                return self.place(value, evidence, path)
            case Span():
                return self.words(value, evidence, path)
            case Choice() | OneOf():
                return self.choice(value, marker, field, path)
            case TurkishText():
                return self.text(value, marker, path)
            case CountryCode():
                return self.country(value, path)
            case FigureId():
                return self.figure(value, path)
        raise TypeError(f"{path}: {marker} stands only in a part")

    def text(self, value: str | None, marker: TurkishText, path: str) -> str | None:
        """Return a free text that may be shown, or None."""
        if not value or not value.strip():
            return None
        problem = self._judge.field_problem(value, max_length=marker.max_length, sentences=marker.sentences)
        if problem is not None:
            self.refuse(path, value, problem)
            return None
        text = " ".join(value.split())
        return text if not marker.sentences or text.endswith((".", "!", "?", "…")) else f"{text}."

    def turkish_name(self, name: str) -> str | None:
        """Return what Turkish calls somebody or some place of a foreign article; None where it is the same."""
        language = self.reading.language.code
        turkish_form = name if language == "tr" else turkish_name(name, language)
        return turkish_form if turkish_form != name else None

    def evidence(self, numbers: list[int], path: str) -> tuple[Evidence, ...]:
        """Return the sentences of these numbers, in the order of the text."""
        found: list[Sentence] = []
        for number in dict.fromkeys(numbers):
            sentence = self.reading.sentence(number)
            if sentence is None:
                self.reject(path, str(number), Code.UNKNOWN_SENTENCE)
            else:
                found.append(sentence)
        return tuple(
            Evidence(sentence=sentence.number or 0, start=sentence.start, end=sentence.end, quote=sentence.text)
            for sentence in sorted(found, key=lambda sentence: sentence.start)
        )

    def span(
        self, value: str, evidence: tuple[Evidence, ...], path: str, *, person: bool = False
    ) -> tuple[int, int] | None:
        """Return where the words stand, or stand in another form of the same name."""
        span = self._spans.of(value, evidence, person=person)
        if span is None:
            self.reject(path, value, Code.WORDS_NOT_IN_ARTICLE)
        return span

    def beside(self, value: str | None, name: str, path: str) -> str | None:
        """Return the words if they stand beside a name."""
        if not value or not value.strip():
            return None
        span = self._spans.beside(value, name)
        if span is None:
            self.reject(path, value, Code.NOT_BESIDE, words=name)
            return None
        return self.reading.article.text[slice(*span)]

    def words(self, value: str | None, evidence: tuple[Evidence, ...], path: str) -> Words | None:
        """Return words that must stand in the evidence."""
        if not value or not value.strip():
            return None
        span = self.span(value, evidence, path)
        if span is not None and not any(piece.start <= span[0] and span[1] <= piece.end for piece in evidence):
            self.reject(path, value, Code.WORDS_NOT_IN_EVIDENCE)
            return None
        return Words(text=self.reading.article.text[slice(*span)], start=span[0], end=span[1]) if span else None

    def place(self, value: str | None, evidence: tuple[Evidence, ...], path: str) -> Place | None:
        """Return a place with its Turkish name and its country."""
        if not value or not value.strip():
            return None
        span = self.span(value, evidence, path)
        if span is None:
            return None
        text = self.reading.article.text[span[0] : span[1]]
        inside = [m.code for m in self.reading.countries if span[0] <= m.start and m.end <= span[1]]
        return Place(
            text=text, turkish_name=self.turkish_name(text), country=inside[0] if len(set(inside)) == 1 else None
        )

    def country(self, value: str | None, path: str) -> str | None:
        """Return the code of a country that the article names."""
        if not value or not value.strip():
            return None
        code = value.strip().upper()
        if code in self._countries:
            return code
        self.reject(path, value, Code.COUNTRY_NOT_NAMED)
        return None

    def date(self, value: str | None, path: str) -> EventDate | None:
        """Return the date of that id, or the publication day."""
        if not value or not value.strip():
            return None
        published = self.reading.article.published
        if value.strip().upper() == PUBLICATION_ID:
            if published is None:
                self.reject(path, value, Code.NO_PUBLICATION_DATE)
                return None
            return EventDate(text=None, first=published, last=published, precision="day", basis="publication")
        date = self.reading.date(value)
        if date is None:
            self.reject(path, value, Code.UNKNOWN_DATE)
            return None
        if date.basis == "unresolved" or (date.first is None and date.last is None):
            self.reject(path, date.text, Code.UNRESOLVED_DATE)
            return None
        return EventDate(**date.model_dump())

    def figure(self, value: str | None, path: str) -> EventFigure | None:
        """Return the figure of that id."""
        if not value or not value.strip():
            return None
        figure = self.reading.figure(value)
        if figure is None:
            self.reject(path, value, Code.UNKNOWN_FIGURE)
            return None
        known = {name: getattr(figure, name) for name in EventFigure.model_fields if name != "measure"}
        return EventFigure(**known, measure=None)

    def choice(self, value: str | None, marker: Choice | OneOf, field: FieldInfo | None, path: str) -> str | None:
        """Return a choice, or the field's default where it is none of them."""
        known = self._taxonomy.ids(marker.choices) if isinstance(marker, Choice) else marker.choices
        if value in known:
            return value
        default: str | None = field.default if field else None
        if value and value.strip():
            self.reject(path, value, _UNKNOWN[marker.choices] if isinstance(marker, Choice) else Code.UNKNOWN_CHOICE)
        return default

    def reject(self, path: str, claim: str, code: Code, **data: str) -> None:
        """Take out a claim, for a reason of a code with its data."""
        self.refuse(path, claim, Refusal(code, data))

    def refuse(self, path: str, claim: str, why: Refusal) -> None:
        """Take out a claim."""
        short = claim if len(claim) <= _CLAIM_LENGTH else claim[: _CLAIM_LENGTH - 1] + "…"
        self.rejected.append(Rejection.of(path, short, why))
