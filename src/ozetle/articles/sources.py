"""What the verbs take: one article as a text, a file or an `Article`; many as a list, a folder, a generator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ozetle.articles.article import Article
from ozetle.articles.loading import LoadFailure, article_from_str, load, load_one
from ozetle.errors import ArticleError, ConfigurationError

Source = str | Path | Article
"""One article: a str is its text, a Path a file that holds it."""
Sources = Iterable[Source | LoadFailure] | Path | Article
"""Many articles; a Path may be a folder or a file of several."""


def article_of(source: Source) -> Article:
    """Return the one article that a source is.

    Raises:
        ArticleError: it cannot be read, holds several, or is a file's name given as a str.
    """
    match source:
        case Article():
            return source
        case Path():
            return load_one(source)
        case str():
            return article_from_str(source)
    raise ArticleError(
        f"a {type(source).__name__} is no article", remedy="Give a text (str), a file (pathlib.Path) or an Article."
    )


def articles_of(sources: Sources) -> Iterator[Article | LoadFailure]:
    """Yield the articles of many sources, and a failure in the place of each that cannot be read.

    Raises:
        ConfigurationError: one str was given.
    """
    if isinstance(sources, str):
        raise ConfigurationError("many articles were asked for, and one text was given", remedy="Give a list: [text].")
    for number, source in enumerate([sources] if isinstance(sources, Path | Article) else sources, 1):
        if isinstance(source, Path):
            yield from load(source)
        elif isinstance(source, LoadFailure):
            yield source
        else:
            try:
                yield article_of(source)
            except ArticleError as error:
                yield LoadFailure(source=f"#{number}", error=error)


def are_at_hand(sources: Sources) -> bool:
    """Whether the articles are there already, so that taking the next one never waits for a disk or a feed."""
    return isinstance(sources, list | tuple) and not any(isinstance(source, Path) for source in sources)
