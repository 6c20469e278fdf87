"""What a model answers: references to the article instead of copies of it, not yet checked.

The models here are lenient on purpose. An answer that parses always becomes a digest: what is wrong in it is taken out
by grounding and listed there with its reason, while a strict model would throw the good parts away with the bad.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from ozetle.extracting.fields import (
    CHOICE_KEY,
    Beside,
    Choice,
    CountryCode,
    DateId,
    FigureId,
    PlaceName,
    Sentences,
    Span,
    TurkishText,
)
from ozetle.extracting.taxonomy import Taxonomy


def _numbers(value: Any) -> Any:
    """Take "S3" or "3" for 3, as weak models write it."""
    if isinstance(value, list):
        return [int(found[0]) if isinstance(item, str) and (found := re.findall(r"\d{1,6}", item)) else item
                for item in value]  # fmt: skip
    return value


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class DraftParticipant(_Part):
    """Someone or something that took part."""

    kind: Annotated[str, Choice("participant_kinds")] = "person"
    name: Annotated[
        str, Span(), Field(description="complete, as the article writes it, in its base form, without title")
    ] = ""
    title: Annotated[str | None, Beside("name"), Field(description="office, as it stands by the name")] = None
    organisation: Annotated[
        str | None, Beside("name"), Field(description="body the person belongs to, if the article names it")
    ] = None
    country: Annotated[str | None, CountryCode(), Field(description="ISO 3166-1 alpha-2")] = None
    role: Annotated[str, Choice("roles")] = "attendee"


class DraftFigure(_Part):
    """A figure of the event."""

    figure: Annotated[str, FigureId(), Field(description="id of a figure in the list, such as F2")] = ""
    measure: Annotated[
        str | None, TurkishText(80, sentences=False), Field(description="what it measures, in Turkish, few words")
    ] = None


class DraftInstrument(_Part):
    """A document that is signed, adopted, updated, proposed or asked for."""

    kind: Annotated[str, Choice("instrument_kinds")] = "other"
    name: Annotated[str, Span(), Field(description="as the article writes it, in its base form")] = ""


class DraftEvent(_Part):
    """One event. The order of the fields is the order a model answers in: evidence first."""

    sentences: Annotated[
        list[int], Sentences(), BeforeValidator(_numbers), Field(description="numbers of the sentences that report it")
    ] = []
    type: Annotated[str, Choice("types")] = "other"
    status: Annotated[str, Choice("statuses")] = "occurred"
    headline: Annotated[str, TurkishText(200), Field(description="one Turkish sentence")] = ""
    date: Annotated[
        str | None,
        DateId(),
        Field(
            description="id of the date in the list on which it happens or holds, P for the publication day, or null"
        ),
    ] = None
    place: Annotated[str | None, PlaceName(), Field(description="as the article writes it, in its base form")] = None
    countries: Annotated[list[Annotated[str, CountryCode()]], Field(description="ISO 3166-1 alpha-2")] = []
    participants: list[DraftParticipant] = []
    figures: list[DraftFigure] = []
    instruments: list[DraftInstrument] = []


class Draft(_Part):
    """A model's whole answer about one article."""

    language: Annotated[str | None, Field(description="ISO 639-1 code of the article's language")] = None
    events: list[DraftEvent]
    summary: Annotated[str, TurkishText(700), Field(description="two or three Turkish sentences")] = ""


def event_of(draft: type[Draft]) -> type[DraftEvent]:
    """Return the class of a draft's events."""
    event: type[DraftEvent] = get_args(draft.model_fields["events"].annotation)[0]
    return event


def own_fields_of(draft: type[Draft]) -> dict[str, FieldInfo]:
    """Return the fields that a draft's events have besides those of `DraftEvent`."""
    return {name: field for name, field in event_of(draft).model_fields.items() if name not in DraftEvent.model_fields}


@cache
def own_part_of(draft: type[Draft], names: tuple[str, ...]) -> type[BaseModel]:
    """Return a model of some of a draft's own fields alone, as they are asked for where the rest is known."""
    known = own_fields_of(draft)
    fields: dict[str, Any] = {name: (known[name].annotation, known[name]) for name in names}
    return create_model("Own", __base__=_Part, __doc__="What one event's sentences say.", **fields)


def draft_schema(draft: type[BaseModel], taxonomy: Taxonomy) -> dict[str, Any]:
    """Return the JSON Schema of a draft model with the taxonomy's ids written in as enumerations."""
    schema: dict[str, Any] = _with_choices(_schema_of(draft), taxonomy)
    return schema


@lru_cache(maxsize=64)
def _schema_of(draft: type[BaseModel]) -> dict[str, Any]:
    return draft.model_json_schema()


def _with_choices(part: Any, taxonomy: Taxonomy) -> Any:
    if isinstance(part, list):
        return [_with_choices(item, taxonomy) for item in part]
    if not isinstance(part, dict):
        return part
    adapted = {name: _with_choices(value, taxonomy) for name, value in part.items() if name != CHOICE_KEY}
    if CHOICE_KEY in part:
        adapted["enum"] = taxonomy.ids(part[CHOICE_KEY])
    return adapted
