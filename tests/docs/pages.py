"""The pages of the documentation that are written from the code: `python -m tests.docs.pages` writes them anew."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any

import typer
from typer.models import ArgumentInfo, OptionInfo, ParameterInfo

from ozetle.cli import app
from ozetle.views.tables.layout import TABLES
from tests.conftest import REPOSITORY

REFERENCE = REPOSITORY / "docs" / "reference"
_WRITTEN = "<!-- Written by python -m tests.docs.pages: change the code, not this page. -->"


def command_line() -> str:
    """The page of all commands: what each does, its arguments and options, its examples."""
    parts = ["# Command line", _WRITTEN]
    parts += _notes(_plain(app.info.epilog))
    for name, function, epilog in _commands(app, "ozetle"):
        parts += [f"## {name}", *inspect.cleandoc(function.__doc__ or "").split("\n\n")]
        parts += ["\n".join(_parameters(function)), *_notes(_plain(epilog))]
    return "\n\n".join(part for part in parts if part) + "\n"


def tables() -> str:
    """The page of the tables that `ozetle export` writes: every column of each."""
    parts = [
        "# Tables",
        _WRITTEN,
        "`ozetle export` writes one file for each table. A row belongs to an article by `article_id` and to an event by"
        " `event`. Columns keep their order; new ones come at the end. What is not known is an empty cell in CSV, a"
        " null in Parquet. Labels are Turkish.",
    ]
    for table in TABLES:
        rows = [f"| `{column.name}` | {column.kind} | {_cell(column.meaning)} |" for column in table.columns]
        parts += [f"## {table.name}", f"A row is {table.meaning}."]
        parts.append("\n".join(["| column | kind | what it is |", "|--|--|--|", *rows]))
    return "\n\n".join(parts) + "\n"


PAGES: dict[str, Callable[[], str]] = {"command-line.md": command_line, "tables.md": tables}


def _commands(group: typer.Typer, path: str) -> Iterator[tuple[str, Callable[..., Any], str | None]]:
    for command in group.registered_commands:
        if command.callback is not None:
            yield f"{path} {command.name or command.callback.__name__}", command.callback, command.epilog
    for inner in group.registered_groups:
        if inner.typer_instance is not None:
            yield from _commands(inner.typer_instance, f"{path} {inner.name}")


def _parameters(function: Callable[..., Any]) -> Iterator[str]:
    hints = typing.get_type_hints(function, include_extras=True)
    signature = inspect.signature(function).parameters
    rows = []
    for name, hint in hints.items():
        info = next((part for part in getattr(hint, "__metadata__", ()) if isinstance(part, ParameterInfo)), None)
        if info is not None:
            default = signature[name].default
            rows.append((_shown(name, info, hint), _explained(info, default)))
    if rows:
        yield from ("| argument or option | what it is |", "|--|--|")
        yield from (f"| {shown} | {_cell(said)} |" for shown, said in rows)


def _shown(name: str, info: ParameterInfo, hint: Any) -> str:
    kind = typing.get_args(hint)[0]
    choices = [choice for part in (kind, *typing.get_args(kind)) for choice in _choices(part)]
    metavar = info.metavar or "\\|".join(choices)
    if isinstance(info, ArgumentInfo):
        return f"`{info.metavar or name.upper()}`"
    assert isinstance(info, OptionInfo)
    declared = [info.default, *(info.param_decls or ())]  # in an annotation the first stands for the default
    names = sorted((part for part in declared if isinstance(part, str) and part.startswith("-")), key=len)
    options = ", ".join(f"`{option}`" for option in names)
    return f"{options} {metavar}".strip()


def _choices(part: Any) -> Iterator[str]:
    if typing.get_origin(part) is typing.Literal:
        yield from typing.get_args(part)


def _explained(info: ParameterInfo, default: Any) -> str:
    told = info.help or ""
    told = told.replace("|", "\\|")
    if default is inspect.Parameter.empty:
        return f"{told} Required." if isinstance(info, OptionInfo) else told
    worth_saying = default not in (None, False, "-") and "default" not in told.lower()
    return f"{told} Default: {default}." if worth_saying else told


def _cell(text: str) -> str:
    """A table's cell, in which Markdown takes no character of a sample for its own."""
    return text.replace("<", "&lt;").replace("{", "&#123;")


def _plain(epilog: str | None) -> list[str]:
    return [part.strip("\b\n") for part in (epilog or "").split("\n\n")]


def _notes(paragraphs: list[str]) -> Iterator[str]:
    """Examples become commands that the tests run; other lines are shown as they stand."""
    for paragraph in paragraphs:
        first, _, rest = paragraph.partition("\n")
        if first == "Examples:":
            yield "```sh\n" + inspect.cleandoc(rest) + "\n```"
        elif paragraph:
            yield "```text\n" + inspect.cleandoc(paragraph) + "\n```"


if __name__ == "__main__":
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for file, page in PAGES.items():
        (REFERENCE / file).write_text(page(), encoding="utf-8")
