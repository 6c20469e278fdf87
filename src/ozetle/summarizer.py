"""The way of an article: load, read, ask, ground; for one article and for many, with settings held once."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, Literal, cast

from typing_extensions import TypeVar

from ozetle import _loop
from ozetle._version import __version__
from ozetle.articles import Article, LoadFailure, load, load_one
from ozetle.articles.article import place_of
from ozetle.articles.loading import FORMS
from ozetle.digests.digest import (
    ArticleInfo,
    ArticleTranslation,
    Digest,
    Event,
    FactFigure,
    Facts,
    Failure,
    Provenance,
)
from ozetle.digests.own_fields import draft_of, labels_of
from ozetle.errors import (
    AnswerError,
    ArticleError,
    ConfigurationError,
    ModelUnreachableError,
    OzetleError,
    RateLimitedError,
    RequestRejectedError,
    ServerFailedError,
)
from ozetle.extracting.prompts import own_prompt
from ozetle.extracting.session import ArticleSession, gather_pair
from ozetle.extracting.strategies import STRATEGIES
from ozetle.extracting.taxonomy import Taxonomy, default_taxonomy, read_taxonomy
from ozetle.grounding.grounding import ground
from ozetle.llm.budget import Budget
from ozetle.llm.cache import Cache
from ozetle.llm.client import Client
from ozetle.llm.models import Strategy, choose_model
from ozetle.llm.request_collector import RequestCollector
from ozetle.reading import Reading, read
from ozetle.translating.glossary import Glossary, read_glossary
from ozetle.translating.translation import Translation
from ozetle.translating.translator import kept, translated
from ozetle.turkish.soundness import Judge

Source = str | Path | Article
Sources = Iterable[Source | LoadFailure] | Path | Article
OwnEvent = TypeVar("OwnEvent", bound=Event, default=Event)
Result = TypeVar("Result", bound=Digest | ArticleTranslation)
_LONGEST_FILE_NAME = 260
_SHOWN_IN: dict[Strategy, str] = {"whole": "article", "stepwise": "sentence"}  # placeholders of the main prompts
# articles in a row that the server says nothing to, each after up to half a minute of repetitions
_MAX_CONSECUTIVE_UNREACHABLE = 3
# or says that it failed: some articles make it fail, and a run must get past their neighbours
_MAX_CONSECUTIVE_FAILED = 10
_UNANSWERED: dict[str, type[ModelUnreachableError | RateLimitedError]] = {
    error.__name__: error for error in (ModelUnreachableError, RateLimitedError, ServerFailedError)
}
_ANSWERED = (AnswerError.__name__, RequestRejectedError.__name__)
CacheChoice = Cache | str | Path | Literal[False] | None


class Summarizer(Generic[OwnEvent]):
    """Summarises articles with one model, one cache and one taxonomy.

    Args:
        model: `openai/<name>`, `ollama/<name>`, `local`, or any name with `base_url`. Default: `OZETLE_MODEL`, else
            OpenAI when `OPENAI_API_KEY` is set, else the embedded model; in replay the recorded one.
        base_url: an OpenAI-compatible server, as a rule ending in `/v1`.
        cache: a `Cache`, the path of one, False for none, or None for the default one in the user's cache folder.
        api_key: overrides the environment (`OPENAI_API_KEY`, or `OZETLE_API_KEY` with `base_url`).
        strategy: `whole` or `stepwise`; by default what suits the model.
        event: the class of the events; a subclass of `Event` may have fields of one's own, see
            `ozetle.digests.own_fields`.
        taxonomy: the event types; by default those of trade and economic diplomacy. A str or Path is that of a JSON
            file, see `ozetle.extracting.taxonomy.read_taxonomy`.
        prompt: the path of a prompt file that takes the place of the strategy's own: of `prompts/whole.md`, or of
            `prompts/stepwise-label.md`; it may have the same placeholders.
        translate: whether a digest of an article that is not Turkish has its translation.
        glossary: terms of the articles' language and their Turkish, besides the library's own; a str or Path is that
            of a JSON object of them.
        timeout: seconds one request may take.
        budget: what may be spent; see `Budget`.
        collector: where requests whose answers the cache lacks are noted instead of asked. Their articles fail with an
            `UnansweredError`.

    Raises:
        NoModelError, ConfigurationError: no model can be chosen, or a setting is wrong.
        CacheError: the cache cannot be opened.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        base_url: str | None = None,
        cache: CacheChoice = None,
        api_key: str | None = None,
        strategy: Strategy | None = None,
        event: type[OwnEvent] = Event,  # type: ignore[assignment]
        taxonomy: Taxonomy | str | Path | None = None,
        prompt: str | Path | None = None,
        translate: bool = True,
        glossary: Glossary | str | Path | None = None,
        timeout: float = 300.0,
        budget: Budget | None = None,
        collector: RequestCollector | None = None,
    ) -> None:
        self.cache = _opened(cache)
        self.choice = choose_model(model, base_url, cache=self.cache)
        self.strategy: Strategy = strategy or self.choice.profile.strategy
        if self.strategy not in STRATEGIES:
            raise ConfigurationError(
                f"there is no strategy {strategy!r}", remedy=f"Choose one of {', '.join(STRATEGIES)}."
            )
        self.event = event
        if isinstance(taxonomy, str | Path):
            taxonomy = read_taxonomy(Path(taxonomy))
        self.taxonomy = taxonomy or default_taxonomy()
        self._draft = draft_of(event)
        self._template = own_prompt(Path(prompt), _SHOWN_IN[self.strategy]) if prompt else None
        self.translates = translate
        self.glossary = read_glossary(Path(glossary)) if isinstance(glossary, str | Path) else dict(glossary or {})
        self.budget = budget or Budget()
        self._client = Client(
            self.choice, self.cache, timeout=timeout, api_key=api_key, budget=self.budget, collector=collector
        )

    def summarize(self, source: Source) -> Digest[OwnEvent]:
        """Return the digest of one article; see `ozetle.summarize`."""
        return _loop.run(self._closing(self.asummarize(source)))

    async def asummarize(self, source: Source) -> Digest[OwnEvent]:
        """Return the digest of one article; see `ozetle.summarize`."""
        return await self._digest(_article(source))

    def summarize_many(
        self, sources: Sources, *, concurrency: int | None = None, ordered: bool = False
    ) -> Iterator[Digest[OwnEvent] | Failure]:
        """Yield a digest or a failure for each article; see `ozetle.summarize_many`."""
        yield from _loop.iterate(self.asummarize_many(sources, concurrency=concurrency, ordered=ordered))

    def asummarize_many(
        self, sources: Sources, *, concurrency: int | None = None, ordered: bool = False
    ) -> AsyncGenerator[Digest[OwnEvent] | Failure, None]:
        """Yield a digest or a failure for each article; see `ozetle.summarize_many`."""
        return self._many(sources, self._digest, concurrency, ordered)

    def translate(self, source: Source) -> ArticleTranslation:
        """Return the Turkish translation of one article; see `ozetle.translate`."""
        return _loop.run(self._closing(self.atranslate(source)))

    async def atranslate(self, source: Source) -> ArticleTranslation:
        """Return the Turkish translation of one article; see `ozetle.translate`."""
        return await self._translation(_article(source))

    def translate_many(
        self, sources: Sources, *, concurrency: int | None = None, ordered: bool = False
    ) -> Iterator[ArticleTranslation | Failure]:
        """Yield a translation or a failure for each article, as `summarize_many` does digests."""
        yield from _loop.iterate(self._many(sources, self._translation, concurrency, ordered))

    async def aclose(self) -> None:
        """Close the connections made in the running event loop; asking again opens new ones."""
        await self._client.aclose()

    async def _many(
        self,
        sources: Sources,
        work: Callable[[Article], Awaitable[Result]],
        concurrency: int | None,
        ordered: bool,
    ) -> AsyncGenerator[Result | Failure, None]:
        waiting = _articles(sources)
        at_hand = isinstance(sources, list | tuple) and not any(isinstance(source, Path) for source in sources)
        most = self._client.at_once = max(1, concurrency or self.choice.profile.concurrency)
        outage = _Outage()
        stopped: OzetleError | None = None
        coming: asyncio.Task[Article | LoadFailure | None] | None = None
        running: deque[asyncio.Task[Result | Failure]] = deque()
        exhausted = False
        try:
            while running or not exhausted:
                if coming is None and not exhausted and len(running) < most:
                    coming = asyncio.create_task(_next(waiting, at_hand=at_hand))
                awaited: list[asyncio.Task[Any]] = list(running)[:1] if ordered else list(running)
                if coming is not None:
                    awaited.append(coming)
                finished, _ = await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
                if coming is not None and coming in finished:
                    found, coming = await coming, None
                    if found is None:
                        exhausted = True
                    elif not exhausted:
                        running.append(asyncio.create_task(self._outcome(found, work)))
                    continue
                done = next(task for task in running if task in finished)
                running.remove(done)
                try:
                    result = await done
                except OzetleError as error:  # no other article is begun, but what is under way may be paid for already
                    stopped, exhausted = stopped or error, True
                    continue
                yield result
                outage.note(result)
            if stopped is not None:
                raise stopped
        finally:
            for task in filter(None, (coming, *running)):
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            await self._client.aclose()

    async def _closing(self, work: Awaitable[Result]) -> Result:
        try:
            return await work
        finally:
            await self._client.aclose()

    async def _outcome(
        self, found: Article | LoadFailure, work: Callable[[Article], Awaitable[Result]]
    ) -> Result | Failure:
        if isinstance(found, LoadFailure):
            return Failure.of(found.error, found, self.choice.name)
        try:
            return await work(found)
        except OzetleError as error:
            if error.stops_run:
                raise
            return Failure.of(error, found, self.choice.name)

    async def _digest(self, article: Article) -> Digest[OwnEvent]:
        started = time.monotonic()
        session = ArticleSession(self._client, self.taxonomy, self._draft, self._template)
        try:
            reading = read(article)
            judge = Judge(reading)
            draft, translation = await gather_pair(
                STRATEGIES[self.strategy](reading, session, judge),
                self._translated(reading, session, wanted=self.translates),
            )
        except OzetleError as error:
            raise error.about(place_of(article)) from None
        # of a small model, even sentences that pass the checks are too often untrue to stand as headlines
        worded = translation if self.strategy == "whole" else None
        grounded = ground(draft, reading, self.taxonomy, worded, self.event, judge)
        own: type[Digest[OwnEvent]] = Digest if self.event is Event else Digest[self.event]  # type: ignore[name-defined]
        return own(
            article=ArticleInfo.of(article),
            language=reading.language.with_opinion(draft.language),
            summary=grounded.summary,
            translation=translation,
            events=cast("tuple[OwnEvent, ...]", grounded.events),
            facts=_facts(reading),
            rejected=grounded.rejected,
            provenance=self._provenance(session, started, labels_of(grounded.events, self.event, self.taxonomy)),
        )

    async def _translation(self, article: Article) -> ArticleTranslation:
        started = time.monotonic()
        session = ArticleSession(self._client, self.taxonomy)
        try:
            reading = read(article)
            translation = await self._translated(reading, session, wanted=True)
        except OzetleError as error:
            raise error.about(place_of(article)) from None
        return ArticleTranslation(
            sentences=translation.sentences if translation else kept(reading).sentences,
            article=ArticleInfo.of(article),
            source_language=reading.language,
            provenance=self._provenance(session, started),
        )

    async def _translated(self, reading: Reading, session: ArticleSession, *, wanted: bool) -> Translation | None:
        if not wanted or reading.language.code in ("tr", "und"):
            return None
        return await translated(reading, session, self.strategy, self.glossary)

    def _provenance(
        self, session: ArticleSession, started: float, labels: dict[str, dict[str, str]] | None = None
    ) -> Provenance:
        return Provenance(
            model=self.choice.name,
            strategy=self.strategy,
            prompt=session.prompt,
            schema_sha256=session.schema_sha256,
            cache="off" if self.cache.mode == "off" else "miss" if session.misses else "hit",
            requests=session.requests,
            repairs=session.repairs,
            truncated=session.truncated,
            usage=session.usage,
            wall_s=round(time.monotonic() - started, 3),
            ozetle=__version__,
            labels=labels or {},
        )


class _Outage:
    """Stops a run when the server leaves some articles in a row unanswered.

    Only what the server did counts: articles from the cache or unreadable ones among them say nothing about it. One
    that cannot be reached, or only asks to slow down, is given up sooner than one that says it failed (5xx): that may
    lie in the articles, and a run that is taken up again would stop at the same ones each time.
    """

    def __init__(self) -> None:
        self._unreachable = self._unanswered = 0

    def note(self, result: Digest | ArticleTranslation | Failure) -> None:
        """Note a result.

        Raises:
            ModelUnreachableError, RateLimitedError: it was one too many.
        """
        if not isinstance(result, Failure):
            if result.provenance.requests and result.provenance.cache != "hit":  # else they were lost, all of them
                self._unreachable = self._unanswered = 0
        elif result.error.type in _ANSWERED:
            self._unreachable = self._unanswered = 0
        elif result.error.type in _UNANSWERED:
            kind = _UNANSWERED[result.error.type]
            self._unanswered += 1
            self._unreachable = 0 if kind is ServerFailedError else self._unreachable + 1
            if self._unreachable >= _MAX_CONSECUTIVE_UNREACHABLE or self._unanswered >= _MAX_CONSECUTIVE_FAILED:
                raise kind(
                    f"{self._unanswered} articles in a row could not be asked about, the last because"
                    f" {result.error.message}",
                    remedy="What was answered is kept: run the same again to go on.",
                )


def _opened(cache: CacheChoice) -> Cache:
    if isinstance(cache, Cache):
        return cache
    return Cache(mode="off") if cache is False else Cache(cache)


def _article(source: Source) -> Article:
    match source:
        case Article():
            return source
        case Path():
            return load_one(source)
        case str():
            if _is_file_name(source):
                raise ArticleError(
                    f"{source!r} looks like a file's name, not like an article", remedy=f"Give Path({source!r})."
                )
            return Article.from_text(source)
    raise ArticleError(
        f"a {type(source).__name__} is no article", remedy="Give a text (str), a file (pathlib.Path) or an Article."
    )


def _is_file_name(text: str) -> bool:
    """Whether a text is the name of a file rather than an article: one that exists, or one word with a known suffix."""
    if "\n" in text or len(text) > _LONGEST_FILE_NAME:
        return False
    if Path(text).suffix.lower() in FORMS and not any(map(str.isspace, text)):
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _articles(sources: Sources) -> Iterator[Article | LoadFailure]:
    if isinstance(sources, str):
        raise ConfigurationError("many articles were asked for, and one text was given", remedy="Give a list: [text].")
    for number, source in enumerate([sources] if isinstance(sources, Path | Article) else sources, 1):
        if isinstance(source, Path):
            yield from load(source)
        elif isinstance(source, LoadFailure):
            yield source
        else:
            try:
                yield _article(source)
            except OzetleError as error:
                yield LoadFailure(source=f"#{number}", error=error)


async def _next(waiting: Iterator[Article | LoadFailure], *, at_hand: bool) -> Article | LoadFailure | None:
    """Return the next article, None behind the last; in a thread unless it is at hand: the source may take its time."""
    return next(waiting, None) if at_hand else await asyncio.to_thread(next, waiting, None)


def _facts(reading: Reading) -> Facts:
    return Facts(
        figures=tuple(
            FactFigure(**{name: getattr(figure, name) for name in FactFigure.model_fields})
            for figure in reading.figures
        ),
        dates=reading.dates,
        countries=reading.countries,
    )
