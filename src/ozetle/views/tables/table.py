"""What a table is: columns, each of which knows what it has of a row's subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal

Cell = str | int | Decimal | date | None
Row = dict[str, Cell]
"""A row: the cells by the names of their columns."""

_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(slots=True)
class Subject:
    """What a row is about: a digest, or a part of one.

    Attributes:
        digest: the digest, or the translation.
        part: what the row is of: the digest itself, an event, a figure of an event …
        event: the number of the event among those of the digest, from 1; 0 where it is of none.
        position: the number of the part in the event, from 1; 0 where it is none of several.
    """

    digest: Any
    part: Any
    event: int = 0
    position: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: its name.
        kind: what its cells are, if not None: str, int, Decimal or date.
        meaning: what it says.
        cell: what it has of a subject, or where the part has it ("date.first"); by default under the column's name.
    """

    name: str
    kind: Literal["text", "integer", "number", "date"]
    meaning: str
    cell: Callable[[Subject], Cell] | str | None = None

    def of(self, subject: Subject) -> Cell:
        """Return the cell of a subject's row."""
        return self.cell(subject) if callable(self.cell) else _reader(self.cell or self.name)(subject.part)


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        name: its name, and that of its file.
        meaning: what a row is.
        subjects: yields what the rows of a digest are about, in their order.
        columns: in their order.
    """

    name: str
    meaning: str
    subjects: Callable[[Any], Iterable[Subject]]
    columns: tuple[Column, ...]

    def rows(self, digests: Iterable[Any]) -> Iterator[Row]:
        """Yield the rows of digests, one digest after the other; each has every column, in their order."""
        for digest in digests:
            for subject in self.subjects(digest):
                yield {column.name: column.of(subject) for column in self.columns}


@cache
def _reader(path: str) -> Callable[[Any], Any]:
    """What reads "date.first" of a part: None where there is no date."""
    names = path.split(".")

    def read(part: Any) -> Any:
        for name in names:
            part = None if part is None else getattr(part, name)
        return part

    return read


def storable(text: str) -> str:
    """Return a text that every file can hold: NUL and lone surrogates, which some formats cannot, are U+FFFD."""
    return _NOT_STORABLE.sub("\ufffd", text)
