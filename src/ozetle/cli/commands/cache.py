"""`ozetle cache`: what is recorded, and taking it out, in and away."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from ozetle.cli.guard import FAILED, counted, say
from ozetle.errors import CacheError, ConfigurationError
from ozetle.views.terminal import clean

if TYPE_CHECKING:
    from ozetle.llm.cache import Cache, Entry

EXAMPLES = """\b
Examples:
  ozetle cache stats
  ozetle cache export answers.jsonl                       everything, one JSON object a line
  ozetle cache import answers.jsonl --cache answers.sqlite
  ozetle cache prune --older-than 12w --dry-run           how many would go
  ozetle cache prune --stale                              made with an earlier version of a prompt
"""

app = typer.Typer(
    help="The recorded answers: how many, which, what was asked and answered; to share them and to thin them out.",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog=EXAMPLES,
)

CachePath = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        metavar="PATH",
        help="A .sqlite file or a folder. Default: OZETLE_CACHE, else the one in your cache folder.",
    ),
]

_STDIO = Path("-")
_KEY_LENGTH = 12
_BEGINNING = 80


@app.command()
def stats(cache: CachePath = None) -> None:
    """Count the recorded answers by model. A table on a terminal, one JSON object in a pipe."""
    with _read(cache) as opened:
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
    with _read(cache) as opened:
        infos = sorted(opened.infos(), key=lambda info: (info.created, info.key))
        found = (opened.entry(info.key) for info in infos)
        rows = (_row(entry) for entry in found if entry is not None)
        if sys.stdout.isatty():
            _print_table(list(rows))
            return
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))


@app.command()
def show(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key, or a beginning that no other key has.")],
    cache: CachePath = None,
) -> None:
    """Print one recorded answer: what was asked, what came back, and the attempts before it."""
    with _read(cache) as opened:
        typer.echo("\n".join(_readable(_found(opened, key.lower()))))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="Default: - (stdout).", show_default=False)] = _STDIO,
    cache: CachePath = None,
) -> None:
    """Write the recorded answers as JSON lines. What cannot be read is named and left out; the status is 1 then."""
    from ozetle.llm.cache.jsonl import to_line

    written = bad = 0
    with _read(cache) as opened, _output(file) as stream:
        for key in opened.keys():  # noqa: SIM118 (no mapping)
            try:
                entry = opened.entry(key)
            except CacheError as error:
                say(f"left out: {error.cause}", typer.colors.YELLOW)
                bad += 1
                continue
            if entry is not None:
                stream.write(to_line(entry).encode() + b"\n")
                written += 1
    say(f"{counted(written, 'answer')} exported" + (f", {bad} left out" if bad else ""))
    raise typer.Exit(FAILED if bad else 0)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What export wrote; - is stdin.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace answers that are recorded already.")] = False,
    cache: CachePath = None,
) -> None:
    """Record the answers of a file of JSON lines. Bad lines are named and passed over; the status is 1 then."""
    from ozetle.llm.cache import Cache
    from ozetle.llm.cache.jsonl import BadLine, read_lines

    counts = {"read": 0, "bad": 0}

    def entries(stream: IO[bytes]) -> Iterator[Entry]:
        for line in read_lines(stream):
            if isinstance(line, BadLine):
                say(f"{file}:{line.number}: {line.reason}", typer.colors.YELLOW)
                counts["bad"] += 1
            else:
                counts["read"] += 1
                yield line

    with _input(file) as stream, Cache(cache) as opened:
        recorded = opened.put_all(entries(stream), replace=replace)
    there = counts["read"] - recorded
    said = [f"{counted(recorded, 'answer')} imported"]
    said += [f"{there} recorded already"] if there else []
    said += [f"{counted(counts['bad'], 'bad line')} passed over"] if counts["bad"] else []
    say(", ".join(said))
    raise typer.Exit(FAILED if counts["bad"] else 0)


@app.command()
def prune(
    older_than: Annotated[
        str | None, typer.Option("--older-than", metavar="AGE", help="30d (days), 12w (weeks), or a date: 2026-01-31.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="MODEL", help="As stats names it.")] = None,
    prompt: Annotated[str | None, typer.Option("--prompt", metavar="ID", help="As list names it.")] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Made with another version of a prompt than the installed one.")
    ] = False,
    damaged: Annotated[bool, typer.Option("--damaged", help="Cannot be read any more.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count them.")] = False,
    cache: CachePath = None,
) -> None:
    """Remove the recorded answers that meet all the conditions given, and print how many. At least one is needed."""
    from ozetle.extracting.stale import is_stale
    from ozetle.llm.cache import Cache, Selection

    before = None if older_than is None else _moment(older_than)
    selection = Selection(
        before=before, model=model, prompt=prompt, request=is_stale if stale else None, damaged=damaged
    )
    if selection == Selection():
        raise typer.BadParameter("say what to remove: --older-than, --model, --prompt, --stale or --damaged")
    _read(cache).close()  # an error if there is none: opening it to write would make one
    with Cache(cache, "replay" if dry_run else "normal") as opened:
        count = opened.prune(selection, dry_run=dry_run)
    typer.echo(f"{counted(count, 'answer')} {'would be ' if dry_run else ''}removed")


def _moment(age: str) -> datetime:
    """Return the moment before which something is older than an age; days are those of UTC."""
    found = re.fullmatch(r"(\d{1,6})([dw])", age)
    try:
        if found:
            return datetime.now(UTC) - timedelta(days=int(found[1]) * (7 if found[2] == "w" else 1))
        return datetime.combine(date.fromisoformat(age), time(), UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"{age!r} is neither 30d nor 12w nor a date like 2026-01-31") from None


@contextlib.contextmanager
def _input(file: Path) -> Iterator[IO[bytes]]:
    if file == _STDIO:
        yield sys.stdin.buffer
        return
    try:
        stream = file.open("rb")
    except OSError as error:
        raise ConfigurationError(f"cannot read {file}: {error.strerror}") from None
    with stream:
        yield stream


@contextlib.contextmanager
def _output(file: Path) -> Iterator[IO[bytes]]:
    """Yield a stream into stdout, or into a file that appears under its name when it is complete."""
    if file == _STDIO:
        yield sys.stdout.buffer
        return
    is_device = file.exists() and not file.is_file()
    place = file if is_device else file.with_name(f"{file.name}.part")
    try:
        with place.open("wb") as stream:
            yield stream
        if not is_device:
            place.replace(file)
    except OSError as error:
        raise ConfigurationError(f"cannot write {file}: {error.strerror}", remedy="Choose another file.") from None


def _read(path: Path | None) -> Cache:
    from ozetle.llm.cache import Cache

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
    matches = [found for found in cache.keys() if found.startswith(key)]  # noqa: SIM118 (no mapping)
    entry = cache.entry(matches[0]) if len(matches) == 1 else None
    if entry is not None:
        return entry
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
