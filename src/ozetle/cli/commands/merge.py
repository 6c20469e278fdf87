"""`ozetle merge`."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ozetle.cli.digest_lines import DigestLines, DigestPaths, write_file
from ozetle.cli.guard import say
from ozetle.views.jsonl import to_block, to_line
from ozetle.views.terminal import clean

if TYPE_CHECKING:
    from rich.console import Console

    from ozetle.coreference.merge import Contradiction, MergedEvent, Report

EXAMPLES = """\b
Examples:
  ozetle merge digests.jsonl                      one entry for each event, with its sources
  ozetle merge monday.jsonl tuesday.jsonl -o events.jsonl
  ozetle summarize news/ | ozetle merge - --format text

\b
Each event is one JSON object: what its reports say together, every report with its evidence, and
contradictions: days, places, amounts or statuses of which not all can be right. Positions in
"reports" count from 0.
"""

_WIDTH = 100
_THOUSANDS = re.compile(r"(?<![\d,])\d{4,}")
_FIELDS = {"date": "tarih", "place": "yer", "status": "durum", "figures": "rakam"}


def merge(
    digests: DigestPaths,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, which is overwritten.")
    ] = None,
    form: Annotated[
        Literal["text", "jsonl", "json"] | None,
        typer.Option(
            "--format",
            help="text for people, jsonl one event a line, json one array. Default: text on a terminal, else jsonl.",
        ),
    ] = None,
) -> None:
    """Tell each event once, with all the articles that report it, and show where they contradict each other.

    The order of the digests does not matter. Articles that failed are passed over.
    """
    from ozetle.coreference.merge import merge as merged

    lines = DigestLines(digests)
    events = merged(lines.at_least_one())
    on_terminal = output is None and sys.stdout.isatty()
    match form or ("text" if on_terminal else "jsonl"):
        case "jsonl":
            page = "".join(f"{to_line(event)}\n" for event in events)
        case "json":
            page = "[\n" + ",\n".join(map(to_block, events)) + "\n]\n"
        case _:
            page = _page(events, on_terminal=on_terminal)
    if output is None:
        typer.echo(page, nl=False)
    else:
        write_file(output, page.encode(), digests)
    lines.tell()
    _tell(events)
    raise typer.Exit(lines.status)


def _tell(events: list[MergedEvent]) -> None:
    told = sum(len(event.reports) for event in events)
    several = sum(len(event.reports) > 1 for event in events)
    contradicted = sum(bool(event.contradictions) for event in events)
    say(f"{told} reports of {len(events)} events; {several} told by several, {contradicted} with contradictions")


def _page(events: list[MergedEvent], *, on_terminal: bool) -> str:
    from rich.console import Console

    page = io.StringIO()
    width = min(Console().width, _WIDTH) if on_terminal else _WIDTH
    console = Console(file=page, width=width, highlight=False, force_terminal=on_terminal or None)
    for number, event in enumerate(events, 1):
        _print(event, number, console)
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().rstrip("\n").split("\n"))


def _print(event: MergedEvent, number: int, console: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    for indent, text, style in _lines(event, number):
        # only ever put into Text, without control characters: an article cannot colour the terminal
        console.print(Padding(Text(clean(text), style=style), (0, 0, 0, indent)))
    console.print()


def _lines(event: MergedEvent, number: int) -> Iterator[tuple[int, str, str]]:
    """An event as people read it: how far each line is set in, its text, its style."""
    from ozetle.turkish.inflection import date_in_words
    from ozetle.views import phrases

    label = f"{number}. {phrases.label('types', event.type)} · {phrases.label('statuses', event.status)}"
    place = event.place.in_turkish if event.place else ""
    known = [date_in_words(event.date), place, ", ".join(event.countries)]
    yield 0, label, "bold cyan"
    yield 3, event.headline, "bold"
    if any(known):
        yield 3, " · ".join(part for part in known if part), ""
    people = ", ".join(part.name for part in event.participants if part.kind == "person")
    if people:
        yield 3, people, ""
    for contradiction in event.contradictions:
        yield 3, f"⚠ {_contradiction(contradiction)}", "yellow"
    for position, report in enumerate(event.reports, 1):
        yield 3, f"[{position}] {_source(report)}", ""
        for piece in report.event.evidence:
            yield 7, f"“{piece.quote}”", "dim"


def _contradiction(contradiction: Contradiction) -> str:
    name = contradiction.about or _FIELDS[contradiction.field]
    said = (
        f"{_amount(version.value) if contradiction.field == 'figures' else version.value} {_numbers(version.reports)}"
        for version in contradiction.values
    )
    return f"çelişki, {name}: {'; '.join(said)}"


def _amount(value: str) -> str:
    """A number as Turkish writes it: "1.240.000,5"."""
    return _THOUSANDS.sub(lambda whole: f"{int(whole[0]):,}".replace(",", "."), value.replace(".", ","))


def _numbers(reports: Iterable[int]) -> str:
    return "".join(f"[{number + 1}]" for number in reports)


def _source(report: Report) -> str:
    article = report.article
    name = article.title or article.source or article.url or article.id
    return f"{name}, {article.published.isoformat()}" if article.published else name
