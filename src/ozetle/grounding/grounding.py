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

from ozetle.digests.digest import Event, Evidence, Rejection
from ozetle.digests.own_fields import own_names
from ozetle.errors import ConfigurationError
from ozetle.extracting.draft import Draft, DraftEvent
from ozetle.extracting.fields import (
    Beside,
    Choice,
    CountryCode,
    FigureId,
    Marker,
    Sentences,
    Span,
    TurkishText,
    marked_fields,
)
from ozetle.extracting.status import OCCURRED, status_of
from ozetle.extracting.taxonomy import EventType, Taxonomy
from ozetle.facts.folding import fold_text
from ozetle.grounding.claims import Claims
from ozetle.grounding.dedup import without_repeats
from ozetle.grounding.fallback_texts import headline_of, summary_of
from ozetle.grounding.support import unsupported
from ozetle.reading import Reading
from ozetle.reasons import RejectionCode as Code
from ozetle.translating.translation import Translation
from ozetle.turkish.soundness import Judge


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
    summary = grounding.claims.text(draft.summary, TurkishText(700), "summary") or summary_of(kept, reading, taxonomy)
    return Grounded(summary=summary, events=tuple(kept), rejected=tuple(grounding.claims.rejected))


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
        self.claims = Claims(reading, taxonomy, judge)
        people = sorted(reading.names, key=lambda mention: (mention.title is not None, -mention.start))
        self._people = {fold_text(mention.name): mention for mention in people if mention.kind == "person"}
        self._organisations = {fold_text(mention.text) for mention in reading.names if mention.kind == "organisation"}
        self._country_names = {fold_text(mention.text): mention.code for mention in reading.countries}

    def event(self, drafted: DraftEvent, path: str) -> Event | None:
        """Return the event with its claims checked, or None when no sentence of the article bears it out."""
        evidence = self.claims.evidence(drafted.sentences, f"{path}.sentences")
        if not evidence:
            self.claims.reject(path, drafted.headline or drafted.type, Code.NO_EVIDENCE)
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
                found = (
                    self.claims.value(item, marker, None, evidence, f"{where}[{i}]") for i, item in enumerate(value)
                )
                values[name] = tuple(dict.fromkeys(item for item in found if item is not None))
            else:
                values[name] = self.claims.value(value, marker, field, evidence, where)
        for name in own_names(self.event_class):
            if values[name] in (None, ()):
                del values[name]  # the class has its default
        event = self._event({**values, "headline": values["headline"] or ""}, path)
        if event is None:
            return None
        kind = next((type_ for type_ in self.taxonomy.types if type_.id == event.type), None)
        if kind is not None and event.status == OCCURRED:
            event = event.model_copy(update={"status": self._status(event, kind, f"{path}.status")})
        problem = unsupported(event.headline, event, kind, self.reading) if event.headline else None
        if problem is not None:
            self.claims.refuse(f"{path}.headline", event.headline, problem)
        if not event.headline or problem is not None:
            event = event.model_copy(
                update={"headline": headline_of(event, self.reading, self.taxonomy, self.translation)}
            )
        return event

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
            self.claims.reject(
                f"{path}.{name}", str(values[name]), Code.VALIDATOR, event=kind, message=reasons.get(name, first)
            )
        if not dropped:
            self.claims.reject(path, values["headline"] or values["type"], Code.VALIDATOR, event=kind, message=first)
            return None
        return self._event({name: value for name, value in values.items() if name not in dropped}, path)

    def _status(self, event: Event, kind: EventType, path: str) -> str:
        """Return the status of what is said to have occurred: the sentences' own words and the calendar overrule it."""
        told = [piece.quote for piece in event.evidence]
        status = status_of(told, self.reading.language.code, kind)
        published = self.reading.article.published
        # "on Tuesday" of something that has happened may have been read as the next one
        coming = (
            published and event.date and event.date.basis == "explicit" and (event.date.first or published) > published
        )
        if status == OCCURRED and coming:
            status = kind.fitting_status("planned")
        if status != OCCURRED:
            self.claims.reject(path, event.status, Code.OTHER_CERTAINTY, status=status)
        return status

    def _part(self, part: BaseModel, evidence: tuple[Evidence, ...], path: str) -> dict[str, Any] | None:
        """Return a participant, figure or instrument with its claims checked, or None when the anchor fails."""
        values: dict[str, Any] = {}
        for name, field, marker in _fields(type(part)):
            value = getattr(part, name)
            where = f"{path}.{name}"
            match marker:
                case Span():
                    span = self.claims.span(value, evidence, where, person=values.get("kind") == "person")
                    if span is None:
                        return None
                    start, end = span
                    values |= {name: self.reading.article.text[start:end], "start": start, "end": end}
                case FigureId():
                    figure = self.claims.figure(value, where)
                    if figure is None:
                        return None
                    values |= figure.model_dump(exclude={"measure"})
                case Choice():
                    values[name] = self.claims.choice(value, marker, field, where)
                case CountryCode():
                    values[name] = self.claims.country(value, where)
                case TurkishText():
                    values[name] = self.claims.text(value, marker, where)
                case Beside():
                    values[name] = value
        for name, _, marker in _fields(type(part)):
            if isinstance(marker, Beside):
                values[name] = self.claims.beside(values[name], values[marker.field], f"{path}.{name}")
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
            self.claims.reject(f"{path}.kind", values["kind"], Code.NOT_A_PERSON, words=values["name"])
            values["kind"] = "organisation" if folded in self._organisations else "country"
        if values["kind"] == "person" and person is None and not _can_be_person(values["name"]):
            self.claims.reject(f"{path}.name", values["name"], Code.NO_PERSONS_NAME)
            return None
        if values["kind"] == "country":
            values["country"] = self._country_names.get(folded, values["country"])
        if person is not None:
            values["kind"] = "person"
            values["title"] = values["title"] or person.title
        if values["kind"] == "person":
            values["turkish_name"] = self.claims.turkish_name(values["name"])
        return values


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
