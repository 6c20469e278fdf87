"""Checks a draft against its article: what the article bears out becomes a digest's events, the rest is listed.

The code follows the markers of the draft's fields (see `ozetle.extracting.fields`) instead of naming fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from ozetle.articles import Sentence
from ozetle.digests.digest import Event, EventDate, EventFigure, Evidence, Place, Rejection, Words
from ozetle.digests.own_fields import own_names
from ozetle.errors import ConfigurationError
from ozetle.extracting.draft import Draft, DraftEvent
from ozetle.extracting.fields import (
    Beside,
    Choice,
    CountryCode,
    DateId,
    FigureId,
    Marker,
    OneOf,
    PlaceName,
    Sentences,
    Span,
    TurkishText,
    marked_fields,
)
from ozetle.extracting.taxonomy import ChoiceList, Taxonomy
from ozetle.facts.folding import fold_text
from ozetle.facts.name_forms.matching import turkish_name
from ozetle.grounding.dedup import without_repeats
from ozetle.grounding.fallback_texts import headline_of, summary_of
from ozetle.grounding.spans import Spans
from ozetle.reading import PUBLICATION_ID, Reading
from ozetle.reasons import Refusal
from ozetle.reasons import RejectionCode as Code
from ozetle.translating.translation import Translation
from ozetle.turkish.soundness import Judge

_CLAIM_LENGTH = 200
_SIGNING = "agreement_signed"
_UNKNOWN: dict[ChoiceList, Code] = {
    "types": Code.UNKNOWN_TYPE,
    "statuses": Code.UNKNOWN_STATUS,
    "roles": Code.UNKNOWN_ROLE,
    "participant_kinds": Code.UNKNOWN_PARTICIPANT_KIND,
    "instrument_kinds": Code.UNKNOWN_INSTRUMENT_KIND,
}


@dataclass(frozen=True)
class Grounded:
    """What is left of a draft after checking, and what was taken out."""

    summary: str
    events: tuple[Event, ...]
    rejected: tuple[Rejection, ...]


def ground(
    draft: Draft,
    reading: Reading,
    taxonomy: Taxonomy,
    translation: Translation | None = None,
    event_class: type[Event] = Event,
    judge: Judge | None = None,
) -> Grounded:
    """Check a draft against its article. Pure; whatever a model answered, it does not raise on its own.

    Args:
        draft: what the model answered.
        reading: the article.
        taxonomy: the choices the model had.
        translation: the article in Turkish; its sound sentences serve as headlines where the draft has none.
        event_class: the class of the events; the draft is what `own_fields.draft_of` makes of it.
        judge: what has judged texts of the article before, if anything has.

    Raises:
        ConfigurationError: a validator of that class raises what is neither a `ValueError` nor an `AssertionError`.
    """
    grounding = _Grounding(reading, taxonomy, translation, event_class, judge or Judge(reading))
    events = [
        event
        for number, drafted in enumerate(draft.events)
        if (event := grounding.event(drafted, f"events[{number}]")) is not None
    ]
    kept = without_repeats(events)
    summary = grounding.text(draft.summary, TurkishText(700), "summary") or summary_of(kept, reading, taxonomy)
    return Grounded(summary=summary, events=tuple(kept), rejected=tuple(grounding.rejected))


class _Grounding:
    """One draft's grounding: the article, and the rejections as they come."""

    def __init__(
        self,
        reading: Reading,
        taxonomy: Taxonomy,
        translation: Translation | None,
        event_class: type[Event],
        judge: Judge,
    ) -> None:
        self.reading = reading
        self.event_class = event_class
        self.taxonomy = taxonomy
        self.translation = translation
        self.rejected: list[Rejection] = []
        self._judge = judge
        self._spans = Spans(reading)
        people = sorted(reading.names, key=lambda mention: (mention.title is not None, -mention.start))
        self._people = {fold_text(mention.name): mention for mention in people if mention.kind == "person"}
        self._organisations = {fold_text(mention.text) for mention in reading.names if mention.kind == "organisation"}
        self._countries = {mention.code for mention in reading.countries if mention.kind == "country"}
        self._country_names = {fold_text(mention.text): mention.code for mention in reading.countries}

    def event(self, drafted: DraftEvent, path: str) -> Event | None:
        """Return the event with its claims checked, or None when no sentence of the article bears it out."""
        evidence = self._evidence(drafted.sentences, f"{path}.sentences")
        if not evidence:
            self._reject(path, drafted.headline or drafted.type, Code.NO_EVIDENCE)
            return None
        values: dict[str, Any] = {"evidence": evidence}
        for name, field, marker in _fields(type(drafted)):
            value = getattr(drafted, name)
            where = f"{path}.{name}"
            if isinstance(marker, Sentences):
                continue
            if marker is None:
                parts = (self._part(part, evidence, f"{where}[{i}]") for i, part in enumerate(value))
                values[name] = _distinct(part for part in parts if part)
            elif isinstance(value, list):
                found = (self._value(item, marker, None, evidence, f"{where}[{i}]") for i, item in enumerate(value))
                values[name] = tuple(dict.fromkeys(item for item in found if item is not None))
            else:
                values[name] = self._value(value, marker, field, evidence, where)
        for name in own_names(self.event_class):
            if values[name] in (None, ()):
                del values[name]  # the class has its default
        event = self._event({**values, "headline": values["headline"] or ""}, path)
        if event is None:
            return None
        overclaimed = event.headline and self._overclaims(event)
        if overclaimed:
            self._reject(f"{path}.headline", event.headline, Code.SIGNING_NOT_REPORTED)
        if not event.headline or overclaimed:
            event = event.model_copy(
                update={"headline": headline_of(event, self.reading, self.taxonomy, self.translation)}
            )
        return event

    def _value(
        self, value: Any, marker: Marker, field: FieldInfo | None, evidence: tuple[Evidence, ...], path: str
    ) -> Any:
        """Return what a field of an event, or one of several values of it, holds after checking; None if nothing."""
        match marker:
            case DateId():
                return self._date(value, path)
            case PlaceName():
                return self._place(value, evidence, path)
            case Span():
                return self._words(value, evidence, path)
            case Choice() | OneOf():
                return self._choice(value, marker, field, path)
            case TurkishText():
                return self.text(value, marker, path)
            case CountryCode():
                return self._country(value, path)
            case FigureId():
                return self._figure(value, path)
        raise TypeError(f"{path}: {marker} stands only in a part")

    def _event(self, values: dict[str, Any], path: str) -> Event | None:
        """Return the event. What validators of an own class refuse costs the fields they name, else all own ones.

        None if that does not help: then they do not want this event.
        """
        kind = self.event_class.__name__
        try:
            return self.event_class(**values)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False, include_input=False)
        except Exception as error:
            raise ConfigurationError(
                f"a validator of {kind} fails: {type(error).__name__}: {error}",
                remedy="To refuse a value it must raise a ValueError.",
            ) from error
        reasons = {str(detail["loc"][0]) if detail["loc"] else "": detail["msg"] for detail in reversed(details)}
        own = [name for name in own_names(self.event_class) if name in values]
        dropped = [name for name in own if name in reasons] or (own if "" in reasons else [])
        first = details[0]["msg"]
        for name in dropped:
            self._reject(
                f"{path}.{name}", str(values[name]), Code.VALIDATOR, event=kind, message=reasons.get(name, first)
            )
        if not dropped:
            self._reject(path, values["headline"] or values["type"], Code.VALIDATOR, event=kind, message=first)
            return None
        return self._event({name: value for name, value in values.items() if name not in dropped}, path)

    def text(self, value: str | None, marker: TurkishText, path: str) -> str | None:
        """Return a free text that may be shown, or None."""
        if not value or not value.strip():
            return None
        problem = self._judge.field_problem(value, max_length=marker.max_length, sentences=marker.sentences)
        if problem is not None:
            self._refuse(path, value, problem)
            return None
        text = " ".join(value.split())
        return text if not marker.sentences or text.endswith((".", "!", "?", "…")) else f"{text}."

    def _overclaims(self, event: Event) -> bool:
        """Whether a headline reports a signing that the event's own sentences have no word of."""
        if any(event.headline.rstrip(".") in piece.quote for piece in event.evidence):
            return False
        language = self.reading.language.code
        said = self.taxonomy.candidates(event.headline, "tr", has_figure=False)
        borne_out = (self.taxonomy.candidates(piece.quote, language, has_figure=False) for piece in event.evidence)
        return _SIGNING in said and not any(_SIGNING in types for types in borne_out)

    def _part(self, part: BaseModel, evidence: tuple[Evidence, ...], path: str) -> dict[str, Any] | None:
        """Return a participant, figure or instrument with its claims checked, or None when the anchor fails."""
        values: dict[str, Any] = {}
        for name, field, marker in _fields(type(part)):
            value = getattr(part, name)
            where = f"{path}.{name}"
            match marker:
                case Span():
                    span = self._span(value, evidence, where, person=values.get("kind") == "person")
                    if span is None:
                        return None
                    start, end = span
                    values |= {name: self.reading.article.text[start:end], "start": start, "end": end}
                case FigureId():
                    figure = self._figure(value, where)
                    if figure is None:
                        return None
                    values |= figure.model_dump(exclude={"measure"})
                case Choice():
                    values[name] = self._choice(value, marker, field, where)
                case CountryCode():
                    values[name] = self._country(value, where)
                case TurkishText():
                    values[name] = self.text(value, marker, where)
                case Beside():
                    values[name] = value
        for name, _, marker in _fields(type(part)):
            if isinstance(marker, Beside):
                values[name] = self._beside(values[name], values[marker.field], f"{path}.{name}")
        return self._corrected(values, path) if "role" in values else values

    def _corrected(self, values: dict[str, Any], path: str) -> dict[str, Any] | None:
        """Check that a participant is of the kind it is said to be; give a person the title beside the name."""
        folded = fold_text(values["name"])
        person = self._people.get(folded)
        if (
            values["kind"] == "person"
            and person is None
            and (folded in self._organisations or folded in self._country_names)
        ):
            self._reject(f"{path}.kind", values["kind"], Code.NOT_A_PERSON, words=values["name"])
            values["kind"] = "organisation" if folded in self._organisations else "country"
        if values["kind"] == "person" and person is None and not _can_be_person(values["name"]):
            self._reject(f"{path}.name", values["name"], Code.NO_PERSONS_NAME)
            return None
        if values["kind"] == "country":
            values["country"] = self._country_names.get(folded, values["country"])
        if person is not None:
            values["kind"] = "person"
            values["title"] = values["title"] or person.title
        if values["kind"] == "person":
            values["turkish_name"] = self._turkish_name(values["name"])
        return values

    def _turkish_name(self, name: str) -> str | None:
        """Return what Turkish calls somebody or some place of a foreign article; None where it is the same."""
        language = self.reading.language.code
        turkish_form = name if language == "tr" else turkish_name(name, language)
        return turkish_form if turkish_form != name else None

    def _evidence(self, numbers: list[int], path: str) -> tuple[Evidence, ...]:
        found: list[Sentence] = []
        for number in dict.fromkeys(numbers):
            sentence = self.reading.sentence(number)
            if sentence is None:
                self._reject(path, str(number), Code.UNKNOWN_SENTENCE)
            else:
                found.append(sentence)
        return tuple(
            Evidence(sentence=sentence.number or 0, start=sentence.start, end=sentence.end, quote=sentence.text)
            for sentence in sorted(found, key=lambda sentence: sentence.start)
        )

    def _span(
        self, value: str, evidence: tuple[Evidence, ...], path: str, *, person: bool = False
    ) -> tuple[int, int] | None:
        span = self._spans.of(value, evidence, person=person)
        if span is None:
            self._reject(path, value, Code.WORDS_NOT_IN_ARTICLE)
        return span

    def _beside(self, value: str | None, name: str, path: str) -> str | None:
        if not value or not value.strip():
            return None
        span = self._spans.beside(value, name)
        if span is None:
            self._reject(path, value, Code.NOT_BESIDE, words=name)
            return None
        return self.reading.article.text[slice(*span)]

    def _words(self, value: str | None, evidence: tuple[Evidence, ...], path: str) -> Words | None:
        if not value or not value.strip():
            return None
        span = self._span(value, evidence, path)
        if span is not None and not any(piece.start <= span[0] and span[1] <= piece.end for piece in evidence):
            self._reject(path, value, Code.WORDS_NOT_IN_EVIDENCE)
            return None
        return Words(text=self.reading.article.text[slice(*span)], start=span[0], end=span[1]) if span else None

    def _place(self, value: str | None, evidence: tuple[Evidence, ...], path: str) -> Place | None:
        if not value or not value.strip():
            return None
        span = self._span(value, evidence, path)
        if span is None:
            return None
        text = self.reading.article.text[span[0] : span[1]]
        inside = [m.code for m in self.reading.countries if span[0] <= m.start and m.end <= span[1]]
        return Place(
            text=text, turkish_name=self._turkish_name(text), country=inside[0] if len(set(inside)) == 1 else None
        )

    def _country(self, value: str | None, path: str) -> str | None:
        if not value or not value.strip():
            return None
        code = value.strip().upper()
        if code in self._countries:
            return code
        self._reject(path, value, Code.COUNTRY_NOT_NAMED)
        return None

    def _date(self, value: str | None, path: str) -> EventDate | None:
        if not value or not value.strip():
            return None
        published = self.reading.article.published
        if value.strip().upper() == PUBLICATION_ID:
            if published is None:
                self._reject(path, value, Code.NO_PUBLICATION_DATE)
                return None
            return EventDate(text=None, first=published, last=published, precision="day", basis="publication")
        date = self.reading.date(value)
        if date is None:
            self._reject(path, value, Code.UNKNOWN_DATE)
            return None
        if date.basis == "unresolved" or (date.first is None and date.last is None):
            self._reject(path, date.text, Code.UNRESOLVED_DATE)
            return None
        return EventDate(**date.model_dump())

    def _figure(self, value: str | None, path: str) -> EventFigure | None:
        if not value or not value.strip():
            return None
        figure = self.reading.figure(value)
        if figure is None:
            self._reject(path, value, Code.UNKNOWN_FIGURE)
            return None
        return EventFigure(
            text=figure.text,
            value=figure.value,
            upper=figure.upper,
            unit=figure.unit,
            currency=figure.currency,
            measure=None,
            start=figure.start,
            end=figure.end,
        )

    def _choice(self, value: str | None, marker: Choice | OneOf, field: FieldInfo | None, path: str) -> str | None:
        """Return a choice, or the field's default where it is none of them."""
        known = self.taxonomy.ids(marker.choices) if isinstance(marker, Choice) else marker.choices
        if value in known:
            return value
        default: str | None = field.default if field else None
        if value and value.strip():
            self._reject(path, value, _UNKNOWN[marker.choices] if isinstance(marker, Choice) else Code.UNKNOWN_CHOICE)
        return default

    def _reject(self, path: str, claim: str, code: Code, **data: str) -> None:
        self._refuse(path, claim, Refusal(code, data))

    def _refuse(self, path: str, claim: str, why: Refusal) -> None:
        short = claim if len(claim) <= _CLAIM_LENGTH else claim[: _CLAIM_LENGTH - 1] + "…"
        self.rejected.append(Rejection.of(path, short, why))


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, FieldInfo, Marker | None], ...]:
    return tuple(marked_fields(model))


def _can_be_person(name: str) -> bool:
    """Whether words that were not read as a person's name may be one all the same: capitalised, without digits."""
    return not name[0].islower() and not any(char.isdigit() for char in name)


def _distinct(parts: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop parts that are said twice: the same place in the article."""
    seen: dict[tuple[int, int], dict[str, Any]] = {}
    for part in parts:
        seen.setdefault((part["start"], part["end"]), part)
    return list(seen.values())
