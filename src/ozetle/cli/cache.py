"""`ozetle cache`: what is recorded."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ozetle.errors import ConfigurationError
from ozetle.views.terminal import clean

if TYPE_CHECKING:
    from ozetle.asking.cache import Cache, Entry

app = typer.Typer(
    help="The recorded answers: how many, which, and what was asked and answered.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

CachePath = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        metavar="PATH",
        help="A .sqlite file or a folder. Default: OZETLE_CACHE, else the one in your cache folder.",
    ),
]

_KEY_LENGTH = 12
_BEGINNING = 80


@app.command()
def stats(cache: CachePath = None) -> None:
    """Count the recorded answers by model. A table on a terminal, one JSON object in a pipe."""
    with _opened(cache) as opened:
        found = opened.stats()
    if not sys.stdout.isatty():
        typer.echo(found.model_dump_json())
        return
    typer.echo(f"{found.path}: {found.entries} answers, {found.bytes / 1e6:.1f} MB")
    for model, count in found.models.items():
        typer.echo(f"{count:>8}  {clean(model)}")


@app.command("list")
def list_(cache: CachePath = None) -> None:
    """List the recorded answers, oldest first. A table on a terminal, JSON lines in a pipe."""
    with _opened(cache) as opened:
        rows = sorted(map(_row, opened.list()), key=lambda row: (row["created"], row["key"]))
    if sys.stdout.isatty():
        _print_table(rows)
        return
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))


@app.command()
def show(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key, or a beginning that no other key has.")],
    cache: CachePath = None,
) -> None:
    """Print one recorded answer: what was asked, what came back, and the attempts before it."""
    with _opened(cache) as opened:
        typer.echo("\n".join(_readable(_found(opened, key.lower()))))


def _opened(path: Path | None) -> Cache:
    from ozetle.asking.cache import Cache

    return Cache(path, "replay")  # reads only, and makes no file where there is none


def _row(entry: Entry) -> dict[str, Any]:
    asked = [message.content for message in entry.request.messages if message.role == "user"]
    return {
        "key": entry.key,
        "created": entry.created.isoformat(),
        "model": entry.request.model,
        "prompt": entry.request.name,
        "asked": clean(asked[-1][: 4 * _BEGINNING])[:_BEGINNING] if asked else "",
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("key", "when (UTC)", "model", "prompt", "asked"):
        table.add_column(name, no_wrap=name != "asked", overflow="ellipsis" if name == "model" else "fold")
    for row in rows:
        shown = (
            row["key"][:_KEY_LENGTH],
            row["created"][:16].replace("T", " "),
            row["model"],
            row["prompt"],
            row["asked"],
        )
        table.add_row(*(Text(clean(text)) for text in shown))
    Console(highlight=False).print(table)


def _found(cache: Cache, key: str) -> Entry:
    exact = cache.get(key)
    if exact is not None:
        return exact
    matches = [entry for entry in cache.list() if entry.key.startswith(key)]
    if len(matches) == 1:
        return matches[0]
    cause = f"no recorded answer's key begins with {key!r}"
    if matches:
        cause = f"{len(matches)} recorded answers' keys begin with {key!r}"
    raise ConfigurationError(cause, remedy="ozetle cache list shows the keys.")


def _readable(entry: Entry) -> list[str]:
    request = entry.request
    lines = [
        f"key         {entry.key}",
        f"when        {entry.created:%Y-%m-%d %H:%M:%S} UTC",
        f"model       {clean(request.model)} (served as {clean(entry.model)})",
        f"prompt      {clean(request.name)}",
        f"parameters  {json.dumps(request.parameters, ensure_ascii=False)}",
        f"usage       {entry.usage.model_dump_json(exclude_none=True)}",
    ]
    for message in request.messages:
        lines += ["", f"=== {message.role}", *_lines(message.content)]
    lines += ["", "=== answer", *_lines(_answer(entry.response))]
    for attempt in entry.failed:
        lines += ["", f"=== failed before, {attempt.when:%Y-%m-%d %H:%M:%S} UTC: {clean(attempt.reason)}"]
        lines += _lines(_answer(attempt.response)) if attempt.response else []
    return lines


def _answer(response: dict[str, Any]) -> str:
    """The text of a raw completion, laid out if it is JSON; the completion itself if it has none."""
    try:
        text = response["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        text = None
    if not isinstance(text, str):
        return json.dumps(response, ensure_ascii=False, indent=2)
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text


def _lines(text: str) -> list[str]:
    """The lines of a text, their indentation kept, without control characters."""
    shown = []
    for line in text.split("\n"):
        body = line.lstrip(" ")
        shown.append(" " * (len(line) - len(body)) + clean(body))
    return shown
