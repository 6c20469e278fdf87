"""All tables of many digests, written into a folder in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from ozetle.errors import ConfigurationError
from ozetle.views.tables.csv import CsvTable
from ozetle.views.tables.layout import TABLES
from ozetle.views.tables.parquet import ParquetTable
from ozetle.views.tables.table import Row, Table

if TYPE_CHECKING:
    from ozetle.digests.digest import Digest

TableFormat = Literal["csv", "parquet"]


class _Writer(Protocol):
    def write(self, rows: Iterable[Row]) -> None: ...


def export_tables(
    digests: Iterable[Digest], folder: Path, form: TableFormat = "csv", *, excel: bool = False
) -> dict[str, int]:
    """Write every table of some digests into a folder: events.csv, participants.csv and so on.

    A digest is held in memory only while it is written. Files of earlier exports stay as they are until the new ones
    are whole.

    Args:
        digests: read once.
        folder: created where it is missing.
        form: csv or parquet.
        excel: of CSV, what Excel with Turkish settings opens by a double click; see `ozetle.views.tables.csv`.

    Returns:
        how many rows each table has, by its name.

    Raises:
        ConfigurationError: the folder cannot be written to, or Parquet is wanted and pyarrow is not installed.
    """
    counts = {table.name: 0 for table in TABLES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as files:
            open_tables = [(table, files.enter_context(_opened(table, folder, form, excel))) for table in TABLES]
            for digest in digests:
                for table, file in open_tables:
                    rows = list(table.rows([digest]))
                    file.write(rows)
                    counts[table.name] += len(rows)
    except OSError as error:
        cause = f"cannot write into {folder}: {error.strerror or error}"
        raise ConfigurationError(cause, remedy="Choose another folder for -o.") from None
    return counts


@contextmanager
def _opened(table: Table, folder: Path, form: TableFormat, excel: bool) -> Iterator[_Writer]:
    """Open the file of a table under another name until it is whole."""
    path = folder / f"{table.name}.{form}"
    growing = path.with_name(f"{path.name}.part")
    try:
        if form == "parquet":
            with closing(ParquetTable(growing, table)) as file:
                yield file
        else:
            with growing.open("w", encoding="utf-8", newline="") as stream:
                yield CsvTable(stream, table, excel=excel)
    except BaseException:
        growing.unlink(missing_ok=True)
        raise
    growing.replace(path)
