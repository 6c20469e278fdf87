"""`ozetle detect` and `ozetle facts`: what is read without a model."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ozetle.cli.guard import FAILED, complain
from ozetle.cli.inputs import Paths, Published, checked, load_paths
from ozetle.views.jsonl import to_line

if TYPE_CHECKING:
    from ozetle.articles import Article
    from ozetle.facts import Figure

DETECT_EXAMPLES = """\b
Examples:
  ozetle detect news/
  ozetle detect - < article.txt
"""
FACTS_EXAMPLES = """\b
Examples:
  ozetle facts article.txt
  echo "İhracat yüzde 3,9 artarak 224,6 milyar dolara çıktı." | ozetle facts -
"""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def detect(paths: Paths) -> None:
    """Tell the language of each article: code, confidence, method. A table on a terminal, JSON lines in a pipe."""
    from ozetle.digests.digest import ArticleInfo
    from ozetle.reading import read
    from ozetle.views.terminal import render_languages

    articles = _Articles(paths)
    found = ((ArticleInfo.of(article), read(article).language) for article in articles)
    if sys.stdout.isatty():
        render_languages(found, _console())
    else:
        for article, language in found:
            _put({"article": article, "language": language})
    raise typer.Exit(articles.status)


def facts(
    paths: Paths,
    language: Annotated[
        str | None,
        typer.Option(
            "--language", metavar="CODE", help="Read as this language (tr, az, sq, en …) instead of the detected."
        ),
    ] = None,
    published: Published = None,
) -> None:
    """Read figures, dates, countries and names without a model. A table on a terminal, JSON lines in a pipe.

    Offsets count Unicode code points in the article's text, end exclusive; values are in base units.
    """
    from ozetle.digests.digest import ArticleInfo
    from ozetle.reading import read
    from ozetle.views.terminal import render_facts

    if language is not None and not _TAG.fullmatch(language):
        raise typer.BadParameter(f"{language!r} is no language code: use one such as tr or az", param_hint="--language")
    articles = _Articles(paths, published)
    for article in articles:
        reading = read(article, language)
        if sys.stdout.isatty():
            render_facts(ArticleInfo.of(article), reading, _console())
        else:
            _put(
                {"article": ArticleInfo.of(article), "language": reading.language}
                | {"figures": [_plain(figure) for figure in reading.figures]}
                | {name: getattr(reading, name) for name in ("dates", "countries", "names")}
            )
    raise typer.Exit(articles.status)


class _Articles:
    """The articles of some paths; one that cannot be read is said on stderr, and in a pipe is a line too."""

    def __init__(self, paths: Sequence[str], published: datetime | None = None) -> None:
        self._paths = checked(paths)
        self._published = published
        self.status = 0

    def __iter__(self) -> Iterator[Article]:
        from ozetle.articles import Article
        from ozetle.digests.digest import Failure

        for found in load_paths(self._paths, self._published):
            if isinstance(found, Article):
                yield found
                continue
            failure = Failure.of(found.error, found, model=None)
            self.status = FAILED
            complain(str(failure))
            if not sys.stdout.isatty():
                _put(failure)


def _plain(figure: Figure) -> dict[str, Any]:
    """A figure with its numbers as strings without exponent."""
    upper = None if figure.upper is None else f"{figure.upper:f}"
    return figure.model_dump() | {"value": f"{figure.value:f}", "upper": upper}


def _put(line: Any) -> None:
    sys.stdout.write(to_line(line) + "\n")
    sys.stdout.flush()


def _console() -> Any:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)
