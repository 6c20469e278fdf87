"""How every command ends: its exit status, and one line on stderr instead of a traceback."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from ozetle.errors import OzetleError
from ozetle.views.terminal import clean

FAILED = 1
"""Some articles failed, the others are written."""
UNUSABLE = 2
"""Wrong usage, or nothing could run."""
INTERRUPTED = 130
"""Ctrl-C: 128 and the signal's number, as shells have it."""
CLOSED_PIPE = 141
"""Whoever read the output has gone: 128 and the signal's number."""

_DEBUG = "OZETLE_DEBUG"


def say(text: str, colour: str | None = None) -> None:
    """Write one line to stderr, coloured on a terminal, without control characters."""
    typer.secho(clean(text), fg=colour, err=True, color=False if os.environ.get("NO_COLOR") else None)


def complain(text: str) -> None:
    """Write one line about something that failed to stderr."""
    say(f"error: {text}", typer.colors.RED)


class Guard(TyperGroup):
    """The command group: turns whatever ends a command into an exit status and one line."""

    def invoke(self, ctx: Any) -> Any:
        _prepare_streams()
        try:
            with _warnings_shown():
                result = super().invoke(ctx)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort, typer.TyperException):
            raise  # wrong usage, help, or a status that was chosen
        except OzetleError as error:
            complain(str(error))
            raise typer.Exit(UNUSABLE) from None
        except BrokenPipeError:
            _discard_stdout()
            raise typer.Exit(CLOSED_PIPE) from None
        except KeyboardInterrupt:
            say("interrupted")
            raise typer.Exit(INTERRUPTED) from None
        except Exception as error:  # a fault of this program: the traceback is for those who ask for it
            if os.environ.get(_DEBUG):
                raise
            complain(f"unexpected {type(error).__name__}: {error} (set {_DEBUG}=1 for the traceback)")
            raise typer.Exit(UNUSABLE) from None
        return result


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
    def emit(self, record: logging.LogRecord) -> None:
        say(f"warning: {record.getMessage()}", typer.colors.YELLOW)


def _discard_stdout() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not stumble over it at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
