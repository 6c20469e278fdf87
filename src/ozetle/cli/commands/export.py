"""`ozetle export` and `ozetle calendar`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ozetle.cli.digest_lines import DigestLines, DigestPaths, write_file
from ozetle.cli.guard import say

EXPORT_EXAMPLES = """\b
Examples:
  ozetle export digests.jsonl -o tables
  ozetle export digests.jsonl -o tables --excel
  ozetle export monday.jsonl tuesday.jsonl -o tables --format parquet

\b
Tables, one row each, keyed by article_id and event (the event's number in its article):
  articles, events, participants, figures, instruments, fields, evidence, rejections, translations

\b
CSV is UTF-8 with commas, a decimal point and ISO dates. A text that a spreadsheet could take for a formula (it begins
with = + - @, a tab or a line break) gets an apostrophe in front; numbers do not.
"""
CALENDAR_EXAMPLES = """\b
Examples:
  ozetle calendar digests.jsonl -o planned.ics
  ozetle summarize news/ | ozetle calendar - -o planned.ics

\b
A day is an all-day event. A month, a quarter or a year is an all-day event over the whole period, whose summary says
so. Planned events whose date is not known are left out, and counted.
"""


def export(
    digests: DigestPaths,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the tables go; created where missing.")
    ],
    form: Annotated[
        Literal["csv", "parquet"],
        typer.Option("--format", help='csv, or parquet (needs pip install "ozetle[tables]").'),
    ] = "csv",
    excel: Annotated[
        bool,
        typer.Option(
            "--excel",
            help="CSV that Excel with Turkish settings opens by a double click: a byte order mark, semicolons, a "
            "decimal comma.",
        ),
    ] = False,
) -> None:
    """Write digests as tables for pandas, DuckDB and Excel: events, participants, figures, instruments and more."""
    if excel and form != "csv":
        raise typer.BadParameter("--excel is for CSV; Excel reads no Parquet")
    from ozetle.views.export import export_tables

    lines = DigestLines(digests)
    counts = export_tables(lines.at_least_one(), output, form, excel=excel)
    lines.tell()
    say(f"{output}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    raise typer.Exit(lines.status)


def calendar(
    digests: DigestPaths,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The iCalendar file to write.")],
) -> None:
    """Write planned events as a calendar (.ics), no day more precise than the article has it."""
    from ozetle.views.calendar import calendar_entries, to_ics

    lines = DigestLines(digests)
    planned, undated = calendar_entries(lines.at_least_one())
    write_file(output, to_ics(planned), digests)
    lines.tell()
    say(f"{output}: {len(planned)} planned events; {undated} left out, whose date is not known")
    raise typer.Exit(lines.status)
