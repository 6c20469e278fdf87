"""Where results go: JSON lines, one JSON array, a table, a page to look through, or text for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TextIO

from ozetle.cli.inputs import STDIN
from ozetle.errors import ConfigurationError
from ozetle.views.jsonl import to_block, to_line

if TYPE_CHECKING:
    from ozetle.articles import Article
    from ozetle.digests.digest import ArticleTranslation, Digest, Failure
    from ozetle.views.tables.csv import CsvTable

    Result = Digest | ArticleTranslation | Failure

Format = Literal["text", "jsonl", "json", "md", "csv", "html"]


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
        from ozetle.views.terminal import render, to_text

        if isinstance(result, Failure):
            return
        if self._stream.isatty():
            render(result, Console(file=self._stream, highlight=False))
        else:
            self._stream.write(to_text(result))
        self._stream.flush()

    def close(self) -> None:
        """Nothing is left."""


class Markdown:
    """Pages one below the other, a line between them; failures are only said on stderr."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = False

    def write(self, result: Result) -> None:
        from ozetle.digests.digest import Failure
        from ozetle.views.markdown import to_markdown

        if isinstance(result, Failure):
            return
        self._stream.write(("\n---\n\n" if self._begun else "") + to_markdown(result))
        self._stream.flush()
        self._begun = True

    def close(self) -> None:
        """Nothing is left."""


class Csv:
    """The table of events, or of a translation's sentences; failures are only said on stderr."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._table: CsvTable | None = None

    def write(self, result: Result) -> None:
        from ozetle.digests.digest import ArticleTranslation, Failure
        from ozetle.views.tables.csv import CsvTable
        from ozetle.views.tables.layout import EVENTS, TRANSLATIONS

        if isinstance(result, Failure):
            return
        table = TRANSLATIONS if isinstance(result, ArticleTranslation) else EVENTS
        self._table = self._table or CsvTable(self._stream, table)
        self._table.write(table.rows([result]))
        self._stream.flush()

    def close(self) -> None:
        """Nothing is left."""


class Html:
    """One page of all digests, as `ozetle report` makes it; failures are listed in it.

    It is written when the run ends, even if the run is broken off, and held in memory until then.

    Args:
        stream: where to.
        articles: those that are summarised, whose texts the page shows; read when the page is written.
    """

    def __init__(self, stream: TextIO, articles: Sequence[Article]) -> None:
        self._stream = stream
        self._articles = articles
        self._results: list[Digest | Failure] = []

    def write(self, result: Result) -> None:
        from ozetle.digests.digest import ArticleTranslation

        if isinstance(result, ArticleTranslation):
            raise TypeError("a translation has no page")
        self._results.append(result)

    def close(self) -> None:
        from ozetle.views.report import report_html

        if self._results:
            self._stream.write(report_html(self._results, articles=self._articles))
            self._stream.flush()


_WRITERS: dict[Format, Callable[[TextIO], Output]] = {
    "text": Text,
    "jsonl": JsonLines,
    "json": JsonArray,
    "md": Markdown,
    "csv": Csv,
}


@contextmanager
def opened(
    file: Path | None, form: Format | None, inputs: Sequence[str], articles: Sequence[Article] = ()
) -> Iterator[Output]:
    """Open the output, and close it however the block ends.

    Args:
        file: what -o names, overwritten here; None is stdout.
        form: by default text on a terminal, JSON lines otherwise.
        inputs: the paths that are read, which the output must not lie among.
        articles: whose texts a page shows; read when the output is closed.

    Raises:
        ConfigurationError: the output cannot be written, here or by one of its methods, or would be read as an input;
            or a page would go to a terminal.
    """
    if file is None:
        on_terminal = sys.stdout.isatty()
        if on_terminal and form == "html":
            raise ConfigurationError("a page is nothing for a terminal", remedy="Name a file: -o report.html.")
        form = form or ("text" if on_terminal else "jsonl")
        with closing(_Checked(_writer(form, sys.stdout, articles), "stdout")) as output:
            yield output
        return
    _check_apart(file, inputs)
    with _errors(str(file)):
        stream = file.open("w", encoding="utf-8", newline="\n")
    writer = _writer(form or "jsonl", stream, articles)
    output = _Checked(writer, str(file), lambda: os.fstat(stream.fileno()).st_size)
    try:
        with closing(output):
            yield output
    finally:
        with suppress(OSError):  # nothing is left to be written, unless it could not be
            stream.close()
        if output.broken:
            with suppress(OSError):  # a device or a pipe
                os.truncate(file, output.whole)


def _writer(form: Format, stream: TextIO, articles: Sequence[Article]) -> Output:
    return Html(stream, articles) if form == "html" else _WRITERS[form](stream)


class _Checked:
    """An output whose errors say where it goes; after the first one nothing more is written.

    Attributes:
        broken: there was one.
        whole: bytes of the file up to the last result that was written whole.
    """

    def __init__(self, output: Output, name: str, size: Callable[[], int] = int) -> None:
        self._output = output
        self._name = name
        self._size = size
        self.broken = False
        self.whole = 0

    def write(self, result: Result) -> None:
        with self._noticing():
            self._output.write(result)
            self.whole = self._size()

    def close(self) -> None:
        if not self.broken:
            with self._noticing():
                self._output.close()

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        try:
            with _errors(self._name):
                yield
        except (ConfigurationError, BrokenPipeError):
            self.broken = True
            raise


@contextmanager
def _errors(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigurationError(
            f"cannot write {name}: {error.strerror}", remedy="Make room for it, or choose another file for -o."
        ) from None


def _check_apart(file: Path, inputs: Sequence[str]) -> None:
    """Refuse an output that lies among the inputs: it would be emptied before it is read, or read while it grows."""
    target = file.resolve()
    for given in inputs:
        if given != STDIN and Path(given).resolve() in (target, *target.parents) and not _is_device(file):
            raise ConfigurationError(f"the output {file} lies among the articles to read", remedy="Write it elsewhere.")


def _is_device(file: Path) -> bool:
    return file.exists() and not file.is_file()
