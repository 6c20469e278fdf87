"""What the cells of tables hold."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None
Row = dict[str, Cell]
"""A row: the cells by the names of their columns."""

_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """Return a text that every file can hold: NUL and lone surrogates, which some formats cannot, are U+FFFD."""
    return _NOT_STORABLE.sub("\ufffd", text)
