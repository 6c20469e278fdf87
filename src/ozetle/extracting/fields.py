"""How a field of a draft is grounded: markers that stand in the field's annotation.

Grounding, the wire schema and the prompt's field notes all follow these declarations, so a field that a user adds is
treated like the library's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from ozetle.extracting.taxonomy import ChoiceList

CHOICE_KEY = "x-choice"
"""Where a field's schema names its list of choices, until `wire_schema` writes the list's ids in its place."""


@dataclass(frozen=True)
class Sentences:
    """Numbers of the article's sentences: become quotes, exact by construction."""


@dataclass(frozen=True)
class FigureId:
    """The id of a figure that was read from the article (F1, F2 …): becomes that figure."""


@dataclass(frozen=True)
class DateId:
    """The id of a date that was read (D1, D2 …), or P for the publication date: becomes that date."""


@dataclass(frozen=True)
class Span:
    """Words of the article: become the article's own text and its offsets."""


@dataclass(frozen=True)
class PlaceName:
    """Words of the article that name a place: become the article's own text, its Turkish name and its country."""


@dataclass(frozen=True)
class Beside:
    """Words of the article that stand in one sentence with the span that another field of the same part names."""

    field: str


@dataclass(frozen=True)
class CountryCode:
    """ISO 3166-1 alpha-2 code of a country that the article names."""


@dataclass(frozen=True)
class TurkishText:
    """Free text in Turkish: checked for language, script, repetition, figures, dates and names.

    Attributes:
        max_length: characters.
        sentences: whether it is one sentence or several; else a phrase.
    """

    max_length: int
    sentences: bool = True


@dataclass(frozen=True)
class Choice:
    """One id of a list of the taxonomy."""

    choices: ChoiceList

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", CHOICE_KEY: self.choices}


@dataclass(frozen=True)
class OneOf:
    """One of some strings."""

    choices: tuple[str, ...]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}


Marker = Sentences | FigureId | DateId | Span | PlaceName | Beside | CountryCode | TurkishText | Choice | OneOf


def marked_fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo, Marker | None]]:
    """Yield a model's fields with their markers; None for a field that holds parts."""
    for name, field in model.model_fields.items():
        yield name, field, _marker(field.metadata) or _marker_of_items(field.annotation)


def _marker(metadata: Any) -> Marker | None:
    return next((item for item in metadata if isinstance(item, Marker)), None)


def _marker_of_items(annotation: Any) -> Marker | None:
    for item in get_args(annotation):
        found = _marker(getattr(item, "__metadata__", ()))
        if found is not None:
            return found
    return None
