"""Tables as CSV (RFC 4180): UTF-8, a header line, CRLF, quoted where needed; ISO dates, numbers with a decimal point.

A spreadsheet takes a cell that begins with = + - @ (or their full-width forms), a tab or a line break for a formula or
worse, and article text may begin with any of them. Such a text gets an apostrophe in front: https://owasp.org, "CSV
Injection". A text that already begins with apostrophes before such a sign gets one more, so that taking one away
(`plain_text`) always gives the text back. Texts that are nothing but a signed number are left; so are the cells of
number columns, which hold digits only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ozetle.views.tables.table import Cell, Row, Table, storable

if TYPE_CHECKING:
    from ozetle.digests.digest import Digest

_RISKY = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_GUARDED = re.compile(r"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_SIGNED_NUMBER = re.compile(r"[+-][0-9]+(?:[.,][0-9]+)*%?")
_BOM = "\ufeff"


class CsvTable:
    """A table that is written row by row.

    Args:
        stream: where to; opened with newline="" or "\\n".
        table: its columns become the header line, which is written at once.
        excel: write what Excel with Turkish settings opens by a double click: a byte order mark, semicolons between the
            cells, a decimal comma.
    """

    def __init__(self, stream: TextIO, table: Table, *, excel: bool = False) -> None:
        self._decimal_mark = "," if excel else "."
        self._writer = csv.writer(stream, delimiter=";" if excel else ",", lineterminator="\r\n")
        if excel:
            stream.write(_BOM)
        self._writer.writerow([column.name for column in table.columns])

    def write(self, rows: Iterable[Row]) -> None:
        """Write some rows of the table."""
        self._writer.writerows([self._cell(cell) for cell in row.values()] for row in rows)

    def _cell(self, cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, str):
            return harmless_text(storable(cell))
        if isinstance(cell, Decimal):
            return format(cell, "f").replace(".", self._decimal_mark)
        return cell.isoformat() if isinstance(cell, date) else str(cell)


def write_csv(table: Table, digests: Iterable[Digest], target: Path | TextIO, *, excel: bool = False) -> None:
    """Write one table of some digests, holding one digest at a time.

    Args:
        table: one of `ozetle.views.tables.layout`.
        digests: read once.
        target: a file, which is overwritten, or a text stream.
        excel: as `CsvTable` has it.

    Raises:
        OSError: it cannot be written.
    """
    opened = target.open("w", encoding="utf-8", newline="") if isinstance(target, Path) else nullcontext(target)
    with opened as stream:
        CsvTable(stream, table, excel=excel).write(table.rows(digests))


def harmless_text(text: str) -> str:
    """Return a text with an apostrophe in front if a spreadsheet might take it for a formula."""
    return f"'{text}" if _RISKY.match(text) and not _SIGNED_NUMBER.fullmatch(text) else text


def plain_text(cell: str) -> str:
    """Return the text of which `harmless_text` made a cell."""
    return cell[1:] if _GUARDED.match(cell) else cell
