"""Tables as Parquet, with pyarrow (the extra `tables`).

Text is string, integers are int64, dates date32, numbers decimal128(38, 9); each column carries its meaning as metadata
(`description`). A number with more than 29 digits before the decimal point or 9 after it has no place in the column: it
is null, and a warning is logged; the figure's `text` still has it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ozetle.errors import ConfigurationError
from ozetle.views.tables.table import Cell, Row, Table, storable

if TYPE_CHECKING:
    from ozetle.digests.digest import Digest

_PRECISION, _SCALE = 38, 9
_STEP = Decimal(1).scaleb(-_SCALE)
_EXACTLY = Context(prec=_PRECISION, traps=[Inexact, InvalidOperation])
_ROWS_AT_ONCE = 10_000
_log = logging.getLogger(__name__)


class ParquetTable:
    """A table that is written some thousand rows at a time; the file is whole once it is closed.

    Args:
        path: the file, which is overwritten.
        table: the table.

    Raises:
        ConfigurationError: pyarrow is not installed.
        OSError: the file cannot be written.
    """

    def __init__(self, path: Path, table: Table) -> None:
        arrow, parquet = _pyarrow()
        kinds = {
            "text": arrow.string(),
            "integer": arrow.int64(),
            "number": arrow.decimal128(_PRECISION, _SCALE),
            "date": arrow.date32(),
        }
        self._schema = arrow.schema(
            [
                arrow.field(column.name, kinds[column.kind], metadata={"description": column.meaning})
                for column in table.columns
            ]
        )
        self._batch_of = arrow.RecordBatch.from_pylist
        self._writer = parquet.ParquetWriter(path, self._schema)
        self._table = table
        self._rows: list[Row] = []
        self._left_out = 0

    def write(self, rows: Iterable[Row]) -> None:
        """Write some rows of the table."""
        for row in rows:
            self._rows.append({name: self._cell(cell) for name, cell in row.items()})
            if len(self._rows) >= _ROWS_AT_ONCE:
                self._flush()

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        self._flush()
        self._writer.close()
        if self._left_out:
            _log.warning("%s: numbers too long for Parquet left empty: %d", self._table.name, self._left_out)

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_batch(self._batch_of(self._rows, schema=self._schema))
            self._rows = []

    def _cell(self, cell: Cell) -> Cell:
        if isinstance(cell, str):
            return storable(cell)
        if not isinstance(cell, Decimal):
            return cell
        try:
            return cell.quantize(_STEP, context=_EXACTLY)
        except (Inexact, InvalidOperation):
            self._left_out += 1
            return None


def write_parquet(table: Table, digests: Iterable[Digest], path: Path) -> None:
    """Write one table of some digests, holding some thousand rows at a time.

    Args:
        table: one of `ozetle.views.tables.layout`.
        digests: read once.
        path: the file, which is overwritten.

    Raises:
        ConfigurationError: pyarrow is not installed.
        OSError: the file cannot be written.
    """
    file = ParquetTable(path, table)
    file.write(table.rows(digests))
    file.close()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        remedy = 'Run pip install "ozetle[tables]", or choose CSV.'
        raise ConfigurationError("Parquet needs pyarrow, which is not installed", remedy=remedy) from None
    return pyarrow, pyarrow.parquet
