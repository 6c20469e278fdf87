"""What is scored: gold as people wrote it, and what of a digest is held against it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field


class Lenient(BaseModel):
    """A part of gold or of a digest: what is scored of it, read from JSON or from a `Digest` or `Failure` itself."""

    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)


class Quote(Lenient):
    """A passage of the article."""

    start: int
    end: int
    quote: str


class Days(Lenient):
    """First and last day, inclusive; gold calls them start and end."""

    first: date | None = Field(default=None, validation_alias=AliasChoices("first", "start"))
    last: date | None = Field(default=None, validation_alias=AliasChoices("last", "end"))

    @property
    def ends(self) -> tuple[date | None, date | None]:
        """Both ends; of a date whose last day is not given the first one twice."""
        return self.first, self.last or self.first


class Person(Lenient):
    """A participant, who may also be no person."""

    kind: str
    name: str | None = None


class Amount(Lenient):
    """A figure, its value in base units."""

    value: Decimal | None = None
    unit: str | None = None
    currency: str | None = None


class ScoredEvent(Lenient):
    """What an event of gold and one of a digest have in common."""

    status: str | None = None
    date: Days | None = None
    participants: tuple[Person, ...] = ()
    figures: tuple[Amount, ...] = ()
    evidence: tuple[Quote, ...] = ()


class GoldEvent(ScoredEvent):
    """An event as it should be found."""

    acceptable_types: frozenset[str]
    core: bool


class GoldArticle(Lenient):
    """The events of one article as they should be found."""

    file: str
    events: tuple[GoldEvent, ...]


class Gold(Lenient):
    """A gold file."""

    articles: tuple[GoldArticle, ...]


class PredictedEvent(ScoredEvent):
    """An event of a digest."""

    type: str


class PredictedFacts(Lenient):
    """What a digest holds that was read without a model."""

    figures: tuple[Amount, ...] = ()


class Source(Lenient):
    """Which article a digest is of."""

    id: str | None = None
    source: str | None = None

    @property
    def files(self) -> set[str]:
        """The names under which gold may have the article."""
        return {name for name in (self.id, PurePath(self.source or "").name) if name}


class Result(Lenient):
    """What is scored of one digest or failure."""

    article: Source
    error: Any = None
    """Not None: the article failed."""
    events: tuple[PredictedEvent, ...] = ()
    facts: PredictedFacts = PredictedFacts()
