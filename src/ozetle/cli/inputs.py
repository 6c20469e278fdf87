"""The articles that a command's paths name."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ozetle.cli.guard import UNUSABLE, complain
from ozetle.errors import ConfigurationError

if TYPE_CHECKING:
    from ozetle.articles import Article, LoadFailure

STDIN = "-"

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files (text, HTML, feeds, JSON, JSONL), folders of them, or - for stdin.",
        show_default=False,
    ),
]
Published = Annotated[
    datetime | None,
    typer.Option(
        "--published",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="The day of publication (YYYY-MM-DD) of articles that do not tell theirs; others keep their own.",
    ),
]


class Inputs:
    """The articles of some paths, in order, and what cannot be read in its place among them.

    Args:
        paths: files, folders, `-`.
        limit: take no more than so many.
        keep: keep the articles that were read in `articles`; otherwise they are forgotten, so that memory stays flat.
        published: the day of publication of articles that do not tell theirs.
    """

    def __init__(
        self,
        paths: Sequence[str],
        *,
        limit: int | None = None,
        keep: bool = False,
        published: datetime | None = None,
    ) -> None:
        self.paths = paths
        self.articles: list[Article] = []
        self._limit = limit
        self._keep = keep
        self._published = published
        self.exhausted = False
        self.taken = 0

    def __iter__(self) -> Iterator[Article | LoadFailure]:
        from ozetle.articles import Article

        for found in islice(load_paths(self.paths, self._published), self._limit):
            self.taken += 1
            if self._keep and isinstance(found, Article):
                self.articles.append(found)
            yield found
        self.exhausted = True

    def expected(self) -> int | None:
        """How many there will be, guessed from names and lines without reading articles; None where nobody can tell."""
        if self.exhausted:
            return self.taken
        counts = [_count(path) for path in self.paths]
        if any(count is None for count in counts):
            return self._limit
        total = max(self.taken, sum(count or 0 for count in counts))
        return total if self._limit is None else min(total, self._limit)


def checked(paths: Sequence[str]) -> list[str]:
    """Return the paths, if there is something to read.

    Raises:
        typer.BadParameter, typer.Exit: a path is empty, or none of them names anything, which is said.
        ConfigurationError: stdout goes to a file among them, which would grow as fast as it is read.
    """
    if not all(paths):
        raise typer.BadParameter("a PATH is empty")
    if not any(map(_names_something, paths)):
        for failure in load_paths(paths):
            complain(str(getattr(failure, "error", failure)))
        raise typer.Exit(UNUSABLE)
    try:
        target = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):  # stdout is no file at all
        return list(paths)
    if stat.S_ISREG(target.st_mode):
        for file in (file for path in paths for file in _files(path)):
            with suppress(OSError):
                if os.path.samestat(file.stat(), target):
                    raise ConfigurationError(
                        f"the output {file} lies among the articles to read", remedy="Write it elsewhere."
                    )
    return list(paths)


def _names_something(path: str) -> bool:
    """Whether a path is stdin, a file, or a folder in which files lie that are read as articles."""
    from ozetle.articles.loading import files_in

    if path == STDIN or not os.path.isdir(path):  # noqa: PTH112 (never raises)
        return path == STDIN or os.path.exists(path)  # noqa: PTH110 (never raises)
    return any(True for _ in files_in(Path(path)))


def load_paths(paths: Sequence[str], published: datetime | None = None) -> Iterator[Article | LoadFailure]:
    """Yield what the paths hold, in order; articles that tell no day of publication get the given one."""
    from ozetle.articles import Article, load

    for path in paths:
        for found in load(sys.stdin.buffer if path == STDIN else Path(path)):
            if published and isinstance(found, Article) and found.published is None:
                found = found.model_copy(update={"published": published.date()})
            yield found


def _count(path: str) -> int | None:
    return None if path == STDIN else sum(map(_count_in_file, _files(path)))


def _files(path: str) -> Iterator[Path]:
    """The files that a path names, among them some that hold no articles."""
    if not os.path.isdir(path):  # noqa: PTH112 (never raises)
        yield Path(path)
        return
    for folder, _, names in os.walk(path):
        yield from (Path(folder, name) for name in names if not name.startswith("."))


def _count_in_file(file: Path) -> int:
    from ozetle.articles.loading import FORMS

    form = FORMS.get(file.suffix.lower())
    if form != "jsonl":
        return 0 if form is None else 1
    try:
        with file.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 1
