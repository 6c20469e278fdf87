"""One-off calls: the same verbs as `Summarizer` has, with settings given each time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any, TypeVar, Unpack

from ozetle import _loop
from ozetle.articles.sources import Source, Sources
from ozetle.digests.digest import ArticleTranslation, Digest, Failure
from ozetle.settings import Options, OwnEvent
from ozetle.summarizer import Summarizer

T = TypeVar("T")


def summarize(source: Source, *, model: str | None = None, **options: Unpack[Options[OwnEvent]]) -> Digest[OwnEvent]:
    """Summarise one article.

    Args:
        source: a str is the article's text, a Path a file that holds one article, an Article itself.
        model, options: see `Settings`.

    Raises:
        ArticleError: the article cannot be read.
        NoModelError, ConfigurationError: no model can be chosen, or a setting is wrong.
        ModelError: the model could not be asked, or gave no usable answer.
        CacheError: the cache cannot be used, or in replay an answer is not recorded.
    """
    with Summarizer(model, **options) as summarizer:
        return summarizer.summarize(source)


async def asummarize(
    source: Source, *, model: str | None = None, **options: Unpack[Options[OwnEvent]]
) -> Digest[OwnEvent]:
    """Do what `summarize` does, asynchronously."""
    async with Summarizer(model, **options) as summarizer:
        return await summarizer.asummarize(source)


def summarize_many(
    sources: Sources,
    *,
    concurrency: int | None = None,
    ordered: bool = False,
    model: str | None = None,
    **options: Unpack[Options[OwnEvent]],
) -> Iterator[Digest[OwnEvent] | Failure]:
    """Summarise many articles; yield each result as it finishes.

    An article that cannot be read or summarised becomes a `Failure`, the others go on.

    Args:
        sources: an iterable of what `summarize` takes, or one Path. A Path may also be a folder, a JSONL file or an RSS
            or Atom feed, and what `load` yields in the place of an article that cannot be read becomes a `Failure`. It
            is read as needed, and may be endless.
        concurrency: articles at once; by default what suits the model.
        ordered: keep the order of the sources.
        model, options: see `Settings`.

    Raises:
        OzetleError: what would fail every article alike: a wrong key, an unknown model, a cache that cannot be used.
    """
    return _loop.iterate(asummarize_many(sources, concurrency=concurrency, ordered=ordered, model=model, **options))


def asummarize_many(
    sources: Sources,
    *,
    concurrency: int | None = None,
    ordered: bool = False,
    model: str | None = None,
    **options: Unpack[Options[OwnEvent]],
) -> AsyncGenerator[Digest[OwnEvent] | Failure, None]:
    """Do what `summarize_many` does, asynchronously."""
    summarizer = Summarizer(model, **options)
    return _closing(summarizer, summarizer.asummarize_many(sources, concurrency=concurrency, ordered=ordered))


def translate(source: Source, *, model: str | None = None, **options: Unpack[Options[OwnEvent]]) -> ArticleTranslation:
    """Translate one article into Turkish, sentence by sentence, each checked against its source.

    What the checks find wrong, and the model does not mend when it is asked again, stands in the sentence's `flags`. An
    article that is Turkish, or whose language cannot be told, comes back as it is.

    Args:
        source: as for `summarize`.
        model, options: see `Settings`.

    Raises:
        OzetleError: as `summarize` does.
    """
    with Summarizer(model, **options) as summarizer:
        return summarizer.translate(source)


async def atranslate(
    source: Source, *, model: str | None = None, **options: Unpack[Options[OwnEvent]]
) -> ArticleTranslation:
    """Do what `translate` does, asynchronously."""
    async with Summarizer(model, **options) as summarizer:
        return await summarizer.atranslate(source)


def translate_many(
    sources: Sources,
    *,
    concurrency: int | None = None,
    ordered: bool = False,
    model: str | None = None,
    **options: Unpack[Options[OwnEvent]],
) -> Iterator[ArticleTranslation | Failure]:
    """Translate many articles, as `translate` does one; yield each result as it finishes.

    Args:
        sources, concurrency, ordered: as for `summarize_many`.
        model, options: see `Settings`.

    Raises:
        OzetleError: as `summarize_many` does.
    """
    return _loop.iterate(atranslate_many(sources, concurrency=concurrency, ordered=ordered, model=model, **options))


def atranslate_many(
    sources: Sources,
    *,
    concurrency: int | None = None,
    ordered: bool = False,
    model: str | None = None,
    **options: Unpack[Options[OwnEvent]],
) -> AsyncGenerator[ArticleTranslation | Failure, None]:
    """Do what `translate_many` does, asynchronously."""
    summarizer = Summarizer(model, **options)
    return _closing(summarizer, summarizer.atranslate_many(sources, concurrency=concurrency, ordered=ordered))


async def _closing(summarizer: Summarizer[Any], results: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    """Yield results, and close the summarizer behind the last, or where the caller stops."""
    async with summarizer, aclosing(results):
        async for result in results:
            yield result
