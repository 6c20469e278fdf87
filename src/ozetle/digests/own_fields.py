"""Fields of one's own: a subclass of `Event` whose annotations say how each field is grounded.

    class TradeEvent(Event):
        ministry: Words | None = Field(None, description="the ministry in charge")
        budget: EventFigure | None = Field(None, description="what it costs")
        deadline: EventDate | None = Field(None, description="by when it has to be done")
        sectors: tuple[Literal["tarım", "enerji", "sanayi"], ...] = Field((), description="sectors concerned")
        effect: str | None = Field(None, title="etki", description="what it changes for exporters", max_length=200)

| annotation | what the model answers | what becomes of it |
|--|--|--|
| `Words` | words of the event's sentences | the article's own text and its offsets |
| `Place` | words of the article | the place, with its Turkish name and country |
| `EventFigure` | the id of a figure | that figure, as it was read |
| `EventDate` | the id of a date | that date, as it was read |
| `Literal[…]` | one of the strings | that string |
| `str` | Turkish | the text, if it passes the checks that headlines pass |

Each may be `… | None`, or several of them: `tuple[…, ...]`. What the article does not bear out is listed in `rejected`,
and the field has its default. `title` is what views call the field. Validators may refuse a value with a `ValueError`,
which is listed too; one that looks at the whole event may refuse all of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from ozetle.digests.digest import Event, EventDate, EventFigure, Place, Words
from ozetle.errors import ConfigurationError
from ozetle.extracting.draft import Draft, DraftEvent
from ozetle.extracting.fields import DateId, FigureId, Marker, OneOf, PlaceName, Span, TurkishText
from ozetle.extracting.taxonomy import ChoiceList, Taxonomy, default_taxonomy

OwnValue = EventFigure | EventDate | Words | Place | str
"""What one value of an own field can be."""

_TEXT_LENGTH = 200
_PHRASE_LENGTH = 60  # a shorter field is a phrase, not a sentence
_MARKERS: dict[type, Callable[[], Marker]] = {
    Words: Span,
    Place: PlaceName,
    EventFigure: FigureId,
    EventDate: DateId,
}
_HOW: dict[type[Marker], str] = {
    Span: "in the article's words, without case suffix",
    PlaceName: "in the article's words, without case suffix",
    FigureId: "id of a figure in the list, such as F2",
    DateId: "id of a date in the list, or P for the publication date",
}
_REMEDY = (
    "Annotate it with Words, Place, EventFigure, EventDate, Literal[…] or str, each also as … | None or tuple[…, ...],"
    " and say in Field(description=…) what it is."
)


class ReadEvent(Event):
    """An event as a file has it, with whatever own fields it has there."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, OwnValue | tuple[OwnValue, ...] | None] = Field(init=False)


@dataclass(frozen=True)
class OwnField:
    """An own field of an event, for views.

    Attributes:
        name: the field's name.
        values: what it holds; empty if nothing.
    """

    name: str
    values: tuple[OwnValue, ...]


def own_fields(event: Event) -> Iterator[OwnField]:
    """Yield the own fields of an event, in their order; none for the library's own events."""
    extra = event.model_extra or {}
    for name in (*own_names(type(event)), *extra):
        value = extra[name] if name in extra else getattr(event, name)  # one may be called like a method: "copy"
        yield OwnField(name, value if isinstance(value, tuple) else () if value is None else (value,))


def own_names(event: type[Event]) -> tuple[str, ...]:
    """Return the names of the fields that an event class adds."""
    return tuple(name for name in event.model_fields if name not in Event.model_fields)


def labels_of(events: Iterable[Event], event: type[Event], taxonomy: Taxonomy) -> dict[str, dict[str, str]]:
    """Return what is called otherwise than by default: see `Provenance.labels`.

    Args:
        events: events whose ids may be of the taxonomy.
        event: their class.
        taxonomy: the choices the model had.
    """
    titles = {name: title for name in own_names(event) if (title := event.model_fields[name].title)}
    found: dict[str, dict[str, str]] = {"fields": titles} if titles else {}
    if taxonomy is default_taxonomy():
        return found
    used: dict[ChoiceList, set[str]] = {"types": set(), "statuses": set(), "roles": set()}
    used |= {"participant_kinds": set(), "instrument_kinds": set()}
    for told in events:
        used["types"].add(told.type)
        used["statuses"].add(told.status)
        used["roles"].update(part.role for part in told.participants)
        used["participant_kinds"].update(part.kind for part in told.participants)
        used["instrument_kinds"].update(paper.kind for paper in told.instruments)
    for choices, ids in used.items():
        labels = {name: taxonomy.label(choices, name) for name in sorted(ids)}
        own = {name: label for name, label in labels.items() if label != default_taxonomy().label(choices, name)}
        if own:
            found[choices] = own
    return found


@cache
def draft_of(event: type[Event]) -> type[Draft]:
    """Return what a model is asked for where the events are of this class.

    Raises:
        ConfigurationError: a field's annotation does not say how it is grounded, it has no description, or it has no
            default although an article may not bear it out; or the class is one whose events cannot be made of what was
            found, or cannot be read again.
    """
    _check(event)
    if not own_names(event):
        return Draft
    fields: dict[str, Any] = {name: _asked_for(event, name) for name in own_names(event)}
    drafted = create_model("DraftEvent", __base__=DraftEvent, __doc__=DraftEvent.__doc__, **fields)
    return create_model("Draft", __base__=Draft, __doc__=Draft.__doc__, events=(list[drafted], ...))


def _check(event: type[Event]) -> None:
    if not (isinstance(event, type) and issubclass(event, Event)):
        raise ConfigurationError(f"{event!r} is no subclass of ozetle.Event", remedy="Give a class: event=MyEvent.")
    for name in event.model_computed_fields:
        raise ConfigurationError(
            f"{event.__name__}.{name} is a computed field, which no digest can be read with",
            remedy="Make it a property.",
        )
    for name, field in event.model_fields.items():
        known = Event.model_fields.get(name)
        wrong = None
        if known is None and name in DraftEvent.model_fields:
            wrong = "models answer something else under that name"
        elif known is not None and field.annotation != known.annotation:
            wrong = "it is one of the library's own, with another annotation"
        elif field.alias or field.validation_alias or field.serialization_alias:
            wrong = "it has an alias"
        if wrong:
            raise ConfigurationError(
                f"field {name} of {event.__name__} cannot be used: {wrong}", remedy="Take another name, without alias."
            )


def _asked_for(event: type[Event], name: str) -> tuple[Any, Any]:
    """Return annotation and default of a field of the draft."""
    field = event.model_fields[name]
    several, optional, held, limits = _held(field)
    marker = _marker(held, limits)
    wrong = None
    if marker is None:
        wrong = "its annotation does not say how it is grounded"
    elif not field.description:
        wrong = "it has no description"
    elif field.is_required() or (field.default is None and not optional):
        wrong = "it has no default, and not every article bears it out"
    if wrong or marker is None:
        raise ConfigurationError(f"field {name} of {event.__name__} cannot be asked for: {wrong}", remedy=_REMEDY)
    described = Field(description=_description(field, marker))
    if several:
        return Annotated[list[Annotated[str, marker]], BeforeValidator(_texts), described], []
    if isinstance(marker, OneOf) and optional:
        return Annotated[Annotated[str, marker] | None, BeforeValidator(_text), described], None
    default = field.default if isinstance(marker, OneOf) and isinstance(field.default, str) else None
    return Annotated[str | None, marker, BeforeValidator(_text), described], default


def _texts(value: Any) -> list[str]:
    """Take what a model gives for several texts. What is none stays as JSON in brackets.

    No article bears that out and no text may hold it, so grounding lists it, and it costs nothing else of the answer.
    """
    items = value if isinstance(value, list) else [value]
    given = (item for item in items if item is not None)
    return [item if isinstance(item, str) else json.dumps([item], ensure_ascii=False) for item in given]


def _text(value: Any) -> str | None:
    texts = _texts(value)
    if len(texts) > 1:
        return json.dumps(value, ensure_ascii=False)
    return texts[0] if texts else None


def _held(field: FieldInfo) -> tuple[bool, bool, Any, list[Any]]:
    """Return whether a field is of several values, whether it may be None, what one value is, and its constraints."""
    annotation: Any = field.annotation
    optional = False
    if get_origin(annotation) in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not NoneType]
        optional = len(options) < len(get_args(annotation))
        annotation = options[0] if len(options) == 1 else None
    several = get_origin(annotation) is tuple and get_args(annotation)[1:] == (...,)
    held, limits = get_args(annotation)[0] if several else annotation, [] if several else [*field.metadata]
    if get_origin(held) is Annotated:
        held, *more = get_args(held)
        limits += (limit for item in more for limit in (item.metadata if isinstance(item, FieldInfo) else [item]))
    return several, optional, held, limits


def _marker(held: Any, limits: Iterable[Any]) -> Marker | None:
    if get_origin(held) is Literal and all(isinstance(choice, str) for choice in get_args(held)):
        return OneOf(get_args(held))
    if held is str:
        lengths = (getattr(limit, "max_length", None) for limit in limits)
        longest = next(filter(None, lengths), _TEXT_LENGTH)
        return TurkishText(longest, sentences=longest > _PHRASE_LENGTH)
    return _MARKERS[held]() if isinstance(held, type) and held in _MARKERS else None


def _description(field: FieldInfo, marker: Marker) -> str:
    match marker:
        case OneOf():
            how = ""
        case TurkishText():
            how = "in Turkish, one sentence" if marker.sentences else "in Turkish, few words"
        case _:
            how = _HOW[type(marker)]
    return "; ".join(filter(None, (field.description, how)))
