"""How every command ends: its exit status, and one line on stderr instead of a traceback."""

from __future__ import annotations

import contextlib
import errno
import io
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from ozetle.errors import OzetleError
from ozetle.views.terminal import clean

FAILED = 1
"""Some articles failed, the others are written."""
UNUSABLE = 2
"""Wrong usage, or nothing could run."""
CLOSED_PIPE = 141
"""Whoever read the output has gone: 128 and the signal's number."""

_DEBUG = "OZETLE_DEBUG"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def say(text: str, colour: str | None = None) -> None:
    """Write one line to stderr, coloured on a terminal, without control characters."""
    typer.secho(clean(text), fg=colour, err=True, color=False if os.environ.get("NO_COLOR") else None)


def complain(text: str) -> None:
    """Write one line about something that failed to stderr."""
    say(f"error: {text}", typer.colors.RED)


def counted(number: int, noun: str) -> str:
    """Return a number of things: "1 request", "2 requests"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def interrupted(interruption: KeyboardInterrupt) -> int:
    """Return the exit status after Ctrl-C or SIGTERM: 128 and the signal's number, as shells have it."""
    return 128 + (interruption.args[0] if interruption.args else signal.SIGINT)


class Guard(TyperGroup):
    """The command group: turns whatever ends a command into an exit status and one line."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        with _interruptible():
            return super().main(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        _prepare_streams()
        try:
            with _warnings_shown():
                result = super().invoke(ctx)
            sys.stdout.flush()
        except typer.BadParameter as error:
            error.message = _plain(error.message)
            raise
        except (typer.Exit, typer.Abort, typer.TyperException):
            raise  # wrong usage, help, or a status that was chosen
        except OzetleError as error:
            complain(str(error))
            raise typer.Exit(UNUSABLE) from None
        except BrokenPipeError:
            _discard_stdout()
            raise typer.Exit(CLOSED_PIPE) from None
        except KeyboardInterrupt as interruption:
            say("interrupted")
            raise typer.Exit(interrupted(interruption)) from None
        except Exception as error:  # a fault of this program: the traceback is for those who ask for it
            if isinstance(error, OSError) and error.errno in _NO_ROOM:
                complain(f"cannot write {error.filename or 'the output'}: {error.strerror}. Make room for it.")
                raise typer.Exit(UNUSABLE) from None
            if os.environ.get(_DEBUG):
                raise
            complain(f"unexpected {type(error).__name__}: {error} (set {_DEBUG}=1 for the traceback)")
            raise typer.Exit(UNUSABLE) from None
        return result


def _plain(message: str) -> str:
    """What is wrong with an option's value, without the words of the library that found out."""
    message = message.removeprefix("Value error, ").replace(", unable to parse string as an integer", "")
    message = message.replace("does not match the formats '%Y-%m-%d'", "is no day: write YYYY-MM-DD")
    return message.replace("does not match the format '%Y-%m-%d'", "is no day: write YYYY-MM-DD").replace(
        "Input should", "it should"
    )


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM end a command as Ctrl-C does, in order; the second of either ends it at once."""

    def end(number: int, _: FrameType | None) -> NoReturn:
        for handled in before:
            signal.signal(handled, end_at_once)
        raise KeyboardInterrupt(number)

    def end_at_once(number: int, _: FrameType | None) -> NoReturn:
        os._exit(128 + number)

    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():  # no other may set them
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) not in (signal.SIG_IGN, None):  # as nohup has it, and shells in the background
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for handled, handler in before.items():
            signal.signal(handled, handler)


def _prepare_streams() -> None:
    """Write data as UTF-8 whatever the locale says; a terminal that cannot show a character gets an escape."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")


@contextlib.contextmanager
def _warnings_shown() -> Iterator[None]:
    log, handler = logging.getLogger("ozetle"), _Warnings(logging.WARNING)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


class _Warnings(logging.Handler):
    """Says each warning once: that a disk is full is found out with every answer."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self._said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if text not in self._said:
            self._said.add(text)
            say(f"warning: {text}", typer.colors.YELLOW)


def _discard_stdout() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not stumble over it at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
