"""One-off calls: the same verbs as `Summarizer` has, with settings given each time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

from ozetle.digests.digest import ArticleTranslation, Digest, Failure
from ozetle.llm.models import Strategy
from ozetle.summarizer import CacheChoice, Source, Sources, Summarizer
from ozetle.translating.glossary import Glossary


def summarize(
    source: Source,
    *,
    model: str | None = None,
    base_url: str | None = None,
    cache: CacheChoice = None,
    strategy: Strategy | None = None,
    translate: bool = True,
) -> Digest:
    """Summarise one article.

    Args:
        source: a str is the article's text, a Path a file that holds one article, an Article itself.
        model, base_url, cache, strategy, translate: see `Summarizer`.

    Raises:
        ArticleError: the article cannot be read.
        NoModelError, ConfigurationError: no model can be chosen.
        ModelError: the model could not be asked, or gave no usable answer.
        CacheError: the cache cannot be used, or in replay an answer is not recorded.
    """
    summarizer = Summarizer(model, base_url=base_url, cache=cache, strategy=strategy, translate=translate)
    return summarizer.summarize(source)


async def asummarize(
    source: Source,
    *,
    model: str | None = None,
    base_url: str | None = None,
    cache: CacheChoice = None,
    strategy: Strategy | None = None,
    translate: bool = True,
) -> Digest:
    """Do what `summarize` does, asynchronously."""
    summarizer = Summarizer(model, base_url=base_url, cache=cache, strategy=strategy, translate=translate)
    try:
        return await summarizer.asummarize(source)
    finally:
        await summarizer.aclose()


def summarize_many(
    sources: Sources,
    *,
    model: str | None = None,
    base_url: str | None = None,
    cache: CacheChoice = None,
    strategy: Strategy | None = None,
    translate: bool = True,
    concurrency: int | None = None,
    ordered: bool = False,
) -> Iterator[Digest | Failure]:
    """Summarise many articles; yield each result as it finishes.

    An article that cannot be read or summarised becomes a `Failure`, the others go on.

    Args:
        sources: an iterable of what `summarize` takes, or one Path. A Path may also be a folder, a JSONL file or an RSS
            or Atom feed, and what `load` yields in the place of an article that cannot be read becomes a `Failure`. It
            is read as needed, and may be endless.
        model, base_url, cache, strategy, translate: see `Summarizer`.
        concurrency: articles at once; by default what suits the model.
        ordered: keep the order of the sources.

    Raises:
        OzetleError: what would fail every article alike: a wrong key, an unknown model, a cache that cannot be used.
    """
    summarizer = Summarizer(model, base_url=base_url, cache=cache, strategy=strategy, translate=translate)
    return summarizer.summarize_many(sources, concurrency=concurrency, ordered=ordered)


def asummarize_many(
    sources: Sources,
    *,
    model: str | None = None,
    base_url: str | None = None,
    cache: CacheChoice = None,
    strategy: Strategy | None = None,
    translate: bool = True,
    concurrency: int | None = None,
    ordered: bool = False,
) -> AsyncGenerator[Digest | Failure, None]:
    """Do what `summarize_many` does, asynchronously."""
    summarizer = Summarizer(model, base_url=base_url, cache=cache, strategy=strategy, translate=translate)
    return summarizer.asummarize_many(sources, concurrency=concurrency, ordered=ordered)


def translate(
    source: Source,
    *,
    model: str | None = None,
    base_url: str | None = None,
    cache: CacheChoice = None,
    strategy: Strategy | None = None,
    glossary: Glossary | str | Path | None = None,
) -> ArticleTranslation:
    """Translate one article into Turkish, sentence by sentence, each checked against its source.

    What the checks find wrong, and the model does not mend when it is asked again, stands in the sentence's `flags`. An
    article that is Turkish, or whose language cannot be told, comes back as it is.

    Args:
        source: as for `summarize`.
        model, base_url, cache, strategy, glossary: see `Summarizer`.

    Raises:
        OzetleError: as `summarize` does.
    """
    summarizer = Summarizer(model, base_url=base_url, cache=cache, strategy=strategy, glossary=glossary)
    return summarizer.translate(source)


async def atranslate(
    source: Source,
    *,
    model: str | None = None,
    base_url: str | None = None,
    cache: CacheChoice = None,
    strategy: Strategy | None = None,
    glossary: Glossary | str | Path | None = None,
) -> ArticleTranslation:
    """Do what `translate` does, asynchronously."""
    summarizer = Summarizer(model, base_url=base_url, cache=cache, strategy=strategy, glossary=glossary)
    try:
        return await summarizer.atranslate(source)
    finally:
        await summarizer.aclose()
