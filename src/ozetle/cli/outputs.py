"""Where results go: JSON lines, one JSON array, or text for people."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TextIO

from ozetle.cli.inputs import STDIN
from ozetle.errors import ConfigurationError
from ozetle.views.jsonl import to_block, to_line

if TYPE_CHECKING:
    from ozetle.digests.digest import ArticleTranslation, Digest, Failure

    Result = Digest | ArticleTranslation | Failure

Format = Literal["text", "jsonl", "json"]

_TEXT_WIDTH = 100


class Output(Protocol):
    """Takes results one by one; what is written is flushed at once."""

    def write(self, result: Result) -> None:
        """Write one result."""

    def close(self) -> None:
        """Write what is left to make the output whole."""


class JsonLines:
    """One line each."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, result: Result) -> None:
        self._stream.write(to_line(result) + "\n")
        self._stream.flush()

    def close(self) -> None:
        """Nothing is left."""


class JsonArray:
    """One array, indented; it is closed even if the run is broken off, so that what is there can be read."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = False

    def write(self, result: Result) -> None:
        self._stream.write((",\n" if self._begun else "[\n") + to_block(result))
        self._stream.flush()
        self._begun = True

    def close(self) -> None:
        if self._begun:
            self._stream.write("\n]\n")
            self._stream.flush()


class Text:
    """For people; failures are only said on stderr."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, result: Result) -> None:
        from rich.console import Console

        from ozetle.digests.digest import Failure
        from ozetle.views.terminal import render

        if isinstance(result, Failure):
            return
        if self._stream.isatty():
            render(result, Console(file=self._stream, highlight=False))
        else:
            page = io.StringIO()
            render(result, Console(file=page, width=_TEXT_WIDTH, highlight=False))
            lines = (line.rstrip() for line in page.getvalue().split("\n"))  # rich fills every line up
            self._stream.write("\n".join(lines))
        self._stream.flush()

    def close(self) -> None:
        """Nothing is left."""


@contextmanager
def opened(file: Path | None, form: Format | None, inputs: Sequence[str]) -> Iterator[Output]:
    """Open the output, and close it however the block ends.

    Args:
        file: what -o names, overwritten here; None is stdout.
        form: by default text on a terminal, JSON lines otherwise.
        inputs: the paths that are read, which the output must not lie among.

    Raises:
        ConfigurationError: the file cannot be written, or would be read as an input.
    """
    if file is None:
        with _made(sys.stdout, form or ("text" if sys.stdout.isatty() else "jsonl")) as output:
            yield output
        return
    _check_apart(file, inputs)
    try:
        stream = file.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigurationError(
            f"cannot write {file}: {error.strerror}", remedy="Choose another file for -o."
        ) from None
    with stream, _made(stream, form or "jsonl") as output:
        yield output


@contextmanager
def _made(stream: TextIO, form: Format) -> Iterator[Output]:
    writers: dict[Format, Callable[[TextIO], Output]] = {"text": Text, "jsonl": JsonLines, "json": JsonArray}
    output = writers[form](stream)
    try:
        yield output
    except BrokenPipeError:
        raise
    except BaseException:
        output.close()
        raise
    else:
        output.close()


def _check_apart(file: Path, inputs: Sequence[str]) -> None:
    """Refuse an output that lies among the inputs: it would be emptied before it is read, or read while it grows."""
    target = file.resolve()
    for given in inputs:
        if given != STDIN and Path(given).resolve() in (target, *target.parents) and not _is_device(file):
            raise ConfigurationError(f"the output {file} lies among the articles to read", remedy="Write it elsewhere.")


def _is_device(file: Path) -> bool:
    return file.exists() and not file.is_file()
