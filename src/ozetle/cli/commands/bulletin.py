"""`ozetle bulletin`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from ozetle.cli.digest_lines import DigestLines, DigestPaths, write_file
from ozetle.cli.guard import say

EXAMPLES = """\b
Examples:
  ozetle bulletin digests.jsonl
  ozetle bulletin digests.jsonl --from 2026-02-09 --to 2026-02-15 -o week.html
  ozetle summarize news/ | ozetle bulletin - -o today.md
"""

_DAY = ["%Y-%m-%d"]


def bulletin(
    digests: DigestPaths,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=_DAY, metavar="DATE", help="Articles published on this day or later."),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=_DAY, metavar="DATE", help="Articles published on this day or earlier."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, which is overwritten.")
    ] = None,
    form: Annotated[
        Literal["md", "html"] | None,
        typer.Option("--format", help="Markdown or HTML. Default: html for a file named so, else md."),
    ] = None,
) -> None:
    """Write a bulletin in Turkish: by countries what happened, what was signed, the figures, what is coming.

    Each line has its source. DATE is YYYY-MM-DD; with --from or --to, articles without a date are left out.
    """
    if first and last and first > last:
        raise typer.BadParameter("--from is later than --to")
    from ozetle.views.bulletin import bulletin_of
    from ozetle.views.bulletin_pages import bulletin_html, bulletin_markdown

    lines = DigestLines(digests)
    made = bulletin_of(lines.at_least_one(), first.date() if first else None, last.date() if last else None)
    if form is None:
        form = "html" if output and output.suffix.lower() in (".html", ".htm") else "md"
    page = bulletin_html(made) if form == "html" else bulletin_markdown(made)
    if output is None:
        typer.echo(page, nl=False)
    else:
        write_file(output, page.encode(), digests)
    lines.tell()
    if made.left_out:
        say(f"{made.left_out} articles left out: published on other days, or nobody knows when")
    raise typer.Exit(lines.status)
