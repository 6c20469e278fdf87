"""A merged event: what several articles tell of one event, and where each of them stands."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, SerializeAsAny

from ozetle.digests.digest import ArticleInfo, Event, EventDate, Place, Value
from ozetle.digests.document import Document


class _Part(BaseModel):
    # the published schema describes each field by its docstring
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Report(_Part):
    """One article's mention of an event."""

    article: ArticleInfo
    """The article that tells it."""
    index: int
    """Its position among the events of the article's digest, from 0."""
    event: SerializeAsAny[Event]
    """As the digest has it, with its evidence and any fields of one's own; offsets index that article's raw text."""


class MergedParticipant(_Part):
    """Someone or something that takes part, as the best of the reports that name it has it."""

    kind: str
    """An id of the taxonomy: person, organisation, country, group."""
    name: str
    """The Turkish form of the name where one is known, else the article's."""
    title: str | None
    """The office that stands beside the name."""
    organisation: str | None
    """What the person belongs to, in the article's words."""
    country: str | None
    """ISO 3166-1 alpha-2."""
    role: str
    """An id of the taxonomy."""
    reports: tuple[int, ...]
    """Positions in `MergedEvent.reports`, from 0."""


class MergedFigure(_Part):
    """A figure of the event; equal values are one."""

    text: str
    """The words of the best of the reports that give it."""
    value: Value
    """A decimal number in base units: "224,6 milyar dolar" is 224600000000; of a range the lower end."""
    upper: Value | None
    """The upper end of a range, else None."""
    unit: str
    """currency, percent, permille, count, or a physical unit."""
    currency: str | None
    """ISO 4217."""
    measure: str | None
    """What it measures, in Turkish."""
    reports: tuple[int, ...]
    """Positions in `MergedEvent.reports`, from 0."""


class MergedInstrument(_Part):
    """A document of the event; the longest name that the reports have for it."""

    kind: str
    """An id of the taxonomy."""
    name: str
    """In the articles' words."""
    reports: tuple[int, ...]
    """Positions in `MergedEvent.reports`, from 0."""


class ConflictingValue(_Part):
    """One of the things that are said where reports contradict each other."""

    value: str
    """An ISO day or "first/last" days; an amount in base units with its unit; a place's Turkish name; a status."""
    reports: tuple[int, ...]
    """Who says so: positions in `MergedEvent.reports`, from 0."""


class Contradiction(_Part):
    """A point in which reports of the event cannot all be right."""

    field: str
    """date, place, status or figures."""
    about: str | None
    """Of figures, what they measure in Turkish, if it is known."""
    values: tuple[ConflictingValue, ...]
    """Two or more."""


class MergedEvent(Document):
    """One event with all its reports."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    id: str
    """16 hexadecimal digits of the SHA-256 of the reports: the same reports always have the same id."""
    type: str
    """An id of the taxonomy, the one most reports give."""
    status: str
    """The status (see `Event.status`), as the latest report by publication has it."""
    headline: str
    """One Turkish sentence, of the best report: a Turkish article's own sentence is preferred."""
    date: EventDate | None
    """The most precise date with which all agree; where they do not, the one most give (see `contradictions`).

    Its `start` and `end` are null: the reports have the places of the words.
    """
    place: Place | None
    """The place most reports give, a town rather than its country."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2, of all the reports."""
    participants: tuple[MergedParticipant, ...]
    """Of all the reports, each once."""
    figures: tuple[MergedFigure, ...]
    """Of all the reports, each value once."""
    instruments: tuple[MergedInstrument, ...]
    """Of all the reports, each document once."""
    reports: tuple[Report, ...]
    """Never empty; by publication."""
    contradictions: tuple[Contradiction, ...]
    """Empty where all the reports can be right."""
