"""`ozetle report`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ozetle.cli.guard import say
from ozetle.cli.inputs import STDIN
from ozetle.errors import ArticleError, ConfigurationError

if TYPE_CHECKING:
    from ozetle.articles import Article
    from ozetle.digests.digest import Digest, Failure

EXAMPLES = """\b
Examples:
  ozetle summarize news/ -o digests.jsonl
  ozetle report digests.jsonl -o report.html --articles news/
  ozetle report monday.jsonl tuesday.jsonl -o week.html --title "Haftanın haberleri"
  ozetle summarize news/ | ozetle report - > report.html

\b
The page is one file that needs no network: articles and their events with the evidence marked, originals beside
translations, a timeline, figures, countries, filters.
"""


def report(
    digests: Annotated[
        list[str],
        typer.Argument(
            metavar="DIGESTS",
            help="What to show: JSONL files that summarize wrote, or - for stdin.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write there. Default: stdout.")
    ] = None,
    articles: Annotated[
        Path | None,
        typer.Option(
            "--articles",
            metavar="PATH",
            help="The articles that were summarised, to show their whole text; without, their evidence is shown.",
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The page's heading.")] = None,
) -> None:
    """Write digests as one HTML page to look through."""
    from ozetle.digests.digest import Digest
    from ozetle.views.report import report_html
    from ozetle.views.report.html import TITLE
    from ozetle.views.report.passages import Texts

    if output is None and sys.stdout.isatty():
        raise typer.BadParameter("name a file for the page: -o report.html")
    results = [result for name in digests for result in _results(name)]
    if not results:
        raise ConfigurationError("there is no digest in it", remedy="Run summarize first.", article=", ".join(digests))
    texts = [] if articles is None else list(_articles(articles))
    known = Texts(texts)
    if texts and not any(isinstance(result, Digest) and known.of(result) for result in results):
        say(f"warning: no digest is of an article in {articles}: the evidence alone is shown", typer.colors.YELLOW)
    page = report_html(results, articles=texts, title=title or TITLE)
    if output is None:
        sys.stdout.write(page)
        return
    if any(name != STDIN and output.resolve() == Path(name).resolve() for name in digests):
        raise ConfigurationError(f"the output {output} is also read", remedy="Write it elsewhere.")
    try:
        output.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigurationError(
            f"cannot write {output}: {error.strerror}", remedy="Choose another file for -o."
        ) from None
    say(f"{len(results)} articles in {output} ({len(page.encode()) / 1e6:.1f} MB)")


def _results(name: str) -> Iterator[Digest | Failure]:
    from ozetle.views.jsonl import from_line

    for number, line in enumerate(_content(name).split("\n"), 1):  # JSON may hold the other line separators
        if line.strip():
            try:
                yield from_line(line)
            except ConfigurationError as error:
                raise error.about(f"{name}:{number}") from None


def _content(name: str) -> str:
    """The text of a file or of stdin.

    Raises:
        ConfigurationError: it cannot be read, or is not UTF-8.
    """
    try:
        content = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ConfigurationError(f"cannot read {name}: {cause}", remedy="Check the path.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigurationError("not UTF-8", remedy="Save it as UTF-8.", article=f"{name}:{line}") from None


def _articles(place: Path) -> Iterator[Article]:
    """The articles that can be read; the others are said.

    Raises:
        ArticleError: there is none.
    """
    from ozetle.articles import Article, load

    found = False
    for loaded in load(place):
        if isinstance(loaded, Article):
            found = True
            yield loaded
        else:
            say(f"warning: {loaded.error}")
    if not found:
        raise ArticleError(
            "no article in it can be read", remedy="Give their folder to --articles.", article=str(place)
        )
