"""A shell of a few lines: it runs the documentation's `ozetle` commands within this process, and knows the others.

Pipes, `<`, `>`, `&&`, settings before a command and a trailing `\\` work as in a shell. What a README says beside a
command, two spaces away, is no part of it.
"""

from __future__ import annotations

import io
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from ozetle.cli import app
from tests.conftest import REPOSITORY

_SAID = re.compile(r" {2,}| (?=\{)")
_SETTING = re.compile(r"[A-Z_]+=\S*")
_ALTERNATIVES = re.compile(r"ozetle (?P<group>\w+) (?P<names>\w+(?:\|\w+)+)")
_RECORDED = "local"
"""The model whose answers are recorded: it stands in for the one that a command names."""

_PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_EXTRA = "|".join(_PROJECT["optional-dependencies"])
SESSIONS = "|".join(re.findall(r"^@nox\.session.*\ndef (\w+)", (REPOSITORY / "noxfile.py").read_text(), re.MULTILINE))
_OTHERS = [
    r"git clone (ADDRESS|ADRES) ozetle",
    r"cd ozetle",
    r"python3 -m venv \.venv",
    rf"pip install (-e \.|ozetle\[({_EXTRA})\]|-e \.\[({_EXTRA})(,({_EXTRA}))*\])",
    r"pip install (--require-hashes -r requirements-dev\.lock|--no-deps -e \.)",
    r"pre-commit install",
    rf"nox( -s ({SESSIONS}))?",
    r"export [A-Z_]+=\S+",
    r"pytest( --ozetle-record=(none|missing|all))?( [\w/.]+)?",
    r"ollama pull \S+",
    r"vllm serve \S+ --port \d+",
    r"vllm run-batch -i \S+ -o \S+ --model \S+",
    r"llama-server -m \S+ --port \d+ -c \d+",
]
"""What the documentation runs besides `ozetle`; it is not run here."""


class WrongLineError(Exception):
    """A line that is no command, or whose command fails."""


def run(script: str) -> str:
    """Run the commands of a block and return what the last one of each line wrote.

    Raises:
        WrongLineError: a command is unknown, used wrongly, or fails.
    """
    shown = []
    for line in script.replace("\\\n", " ").splitlines():
        command = _SAID.split(line.strip(), maxsplit=1)[0] if line.strip() else ""
        if not command or command.startswith("#"):
            continue
        try:
            if choices := _ALTERNATIVES.fullmatch(command):
                for choice in choices["names"].split("|"):
                    parsed([*choices["group"].split(), choice, "--help"])
            else:
                shown += [_pipeline(part) for part in _split(_words(command), "&&")]
        except WrongLineError as wrong:
            raise WrongLineError(f"{command}\n{wrong}") from None
    return "\n".join(shown)


def _words(command: str) -> list[str]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|<>&")
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    for word in lexer:
        if word == "#":  # the rest is said to the reader
            break
        words.append(word)
    return words


def _split(words: Sequence[str], at: str) -> Iterator[list[str]]:
    part: list[str] = []
    for word in words:
        if word == at:
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _pipeline(words: Sequence[str]) -> str:
    """Run commands, each on what the one before wrote to stdout; return what is left to see of both streams."""
    data = said = ""
    for command in _split(words, "|"):
        data, shown = _redirected(command, data)
        said += shown
    return data + said


def _redirected(command: list[str], data: str) -> tuple[str, str]:
    target = None
    while len(command) > 2 and command[-2] in ("<", ">"):
        *command, sign, file = command
        if sign == "<":
            data = Path(file).read_text(encoding="utf-8")
        else:
            target = Path(file)
    written, shown = _command(command, data)
    if target is None:
        return written, shown
    target.write_text(written, encoding="utf-8")
    return "", shown


def _command(words: list[str], data: str) -> tuple[str, str]:
    """What one command writes to stdout and to stderr."""
    while words and _SETTING.fullmatch(words[0]):
        words = words[1:]
    if not words:
        raise WrongLineError("there is no command")
    words[0] = words[0].removeprefix(".venv/bin/")
    if words[0] == "echo":
        return " ".join(words[1:]) + "\n", ""
    if words[0] == "ozetle":
        return _ozetle(words[1:], data)
    if not any(re.fullmatch(known, " ".join(words)) for known in _OTHERS):
        raise WrongLineError("this is none of the commands the documentation may name")
    return "", ""


def _ozetle(arguments: list[str], data: str) -> tuple[str, str]:
    parsed(arguments)
    if not _answerable(arguments):
        return "", ""
    return _called(_commands(), _with_recorded_model(arguments), data)


def _answerable(arguments: Sequence[str]) -> bool:
    """Whether a command can do its work without a server, a key or weights."""
    if arguments[:2] in (["batch", "submit"], ["batch", "collect"], ["model", "fetch"], ["model", "remove"]):
        return False
    return not {"--refresh", "--no-cache", "--strategy"} & set(arguments)


def _with_recorded_model(arguments: list[str]) -> list[str]:
    if arguments[0] not in ("summarize", "translate"):
        return arguments
    kept, words = [], iter(arguments)
    for word in words:
        if word in ("-m", "--model", "--base-url"):
            next(words)
        else:
            kept.append(word)
    return [*kept, "--model", _RECORDED]


def parsed(arguments: Sequence[str]) -> None:
    """Let the real parser read a command's arguments, and do nothing else.

    Raises:
        WrongLineError: there is no such command or option, or one lacks its value.
    """
    _called(_silent_commands(), arguments, "")


def _called(commands: Any, arguments: Sequence[str], data: str) -> tuple[str, str]:
    """Run a command as a process of its own would, without a terminal; what it writes to stdout and to stderr."""
    streams = {"stdin": _stream(data.encode()), "stdout": _stream(), "stderr": _stream()}
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        try:
            commands.main(list(arguments), prog_name="ozetle")
            status: object = 0
        except SystemExit as ending:
            status = ending.code or 0
    written, said = (_text(streams[name]) for name in ("stdout", "stderr"))
    if status != 0:
        raise WrongLineError(f"exit status {status}\n{written}{said}")
    return written, said


def _stream(content: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@cache
def _commands() -> Any:
    """The commands; made once, which takes longer than most of them."""
    return typer.main.get_command(app)


@cache
def _silent_commands() -> Any:
    """The same with commands that do nothing."""
    tree = typer.main.get_command(app)
    waiting: list[Any] = [tree]
    while waiting:
        command = waiting.pop()
        command.callback = None
        waiting += getattr(command, "commands", {}).values()
    return tree
