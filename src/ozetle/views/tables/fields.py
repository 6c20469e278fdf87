"""The rows of the table of own fields: one for each value, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ozetle.views.phrases import label

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ozetle.digests.digest import Digest
    from ozetle.digests.own_fields import OwnValue
    from ozetle.views.tables.cells import Row

_OF_VALUES = (
    "kind", "text", "value", "upper", "unit", "currency", "date_first", "date_last", "date_precision", "date_basis",
    "country", "turkish_name", "start", "end",
)  # fmt: skip


def field_rows(digests: Iterable[Digest]) -> Iterator[Row]:
    """Yield a row for each value of each own field of each event."""
    from ozetle.digests.own_fields import own_fields

    for digest in digests:
        for number, event in enumerate(digest.events, 1):
            for field in own_fields(event):
                for position, value in enumerate(field.values, 1):
                    yield {
                        "article_id": digest.article.id,
                        "event": number,
                        "field": field.name,
                        "field_label": label("fields", field.name, digest.provenance.labels),
                        "position": position,
                        **_cells(value),
                    }


def _cells(value: OwnValue) -> Row:
    from ozetle.digests.digest import EventDate, EventFigure, Place, Words

    known: Row
    match value:
        case Words():
            known = {"kind": "words", **_picked(value, "text", "start", "end")}
        case EventFigure():
            known = {"kind": "figure", **_picked(value, "text", "value", "upper", "unit", "currency", "start", "end")}
        case EventDate():
            when = _picked(value, "first", "last", "precision", "basis")
            known = {"kind": "date", **_picked(value, "text", "start", "end")}
            known |= {f"date_{name}": cell for name, cell in when.items()}
        case Place():
            known = {"kind": "place", **_picked(value, "text", "country", "turkish_name")}
        case _:
            known = {"kind": "text", "text": str(value)}
    return {name: known.get(name) for name in _OF_VALUES}


def _picked(value: BaseModel, *names: str) -> Row:
    return {name: getattr(value, name) for name in names}
