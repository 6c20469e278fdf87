"""The verbs: one article and many, with settings held once."""

from __future__ import annotations

import asyncio
import weakref
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, Self, TypeVar, Unpack
from weakref import WeakKeyDictionary

from ozetle import _loop
from ozetle.articles import Article, LoadFailure
from ozetle.articles.sources import Source, Sources, are_at_hand, article_of, articles_of
from ozetle.digests.digest import ArticleInfo, ArticleTranslation, Digest, Failure
from ozetle.errors import (
    ModelUnreachableError,
    OzetleError,
    RateLimitedError,
    ServerFailedError,
    UnansweredError,
)
from ozetle.llm.budget import Budget
from ozetle.llm.client import Client
from ozetle.llm.models import Strategy, choose_model
from ozetle.llm.prices import read_price
from ozetle.llm.request import Request
from ozetle.llm.request_collector import RequestCollector
from ozetle.pipeline import Pipeline
from ozetle.reasons import ErrorType
from ozetle.settings import Options, OwnEvent, Settings, opened_cache, settings_of
from ozetle.usage import Usage

T = TypeVar("T")
Verb = Literal["summarize", "translate"]
# articles in a row that the server says nothing to, each after up to half a minute of repetitions
_MAX_CONSECUTIVE_UNREACHABLE = 3
# or says that it failed: some articles make it fail, and a run must get past their neighbours
_MAX_CONSECUTIVE_FAILED = 10
_UNANSWERED: dict[ErrorType, type[ModelUnreachableError | RateLimitedError]] = {
    error.type: error for error in (ModelUnreachableError, RateLimitedError, ServerFailedError)
}
_ANSWERED = (ErrorType.ANSWER, ErrorType.REQUEST_REJECTED)


@dataclass(frozen=True)
class Unanswered:
    """What the cache lacks for one article: the requests that would be sent next; none if it has all the answers."""

    article: ArticleInfo
    requests: tuple[Request, ...]


@dataclass(frozen=True)
class DryRun:
    """What a run would find and send.

    Attributes:
        cached: articles whose answers are all recorded.
        waiting: articles that would be asked about.
        failures: articles that cannot be read.
        requests: how many would be sent at least; some depend on what others bring.
        prompt_tokens: about how many tokens those have.
        cost: about what those cost, without their answers; None without a table of prices.
    """

    cached: int
    waiting: int
    failures: tuple[Failure, ...]
    requests: int
    prompt_tokens: int
    cost: float | None


class Summarizer(Generic[OwnEvent]):
    """Summarises articles with one model, one cache and one taxonomy.

    As a context manager (`with` or `async with`) it keeps its connections open from call to call, and closes what it
    opened at the end; otherwise each call closes its own.

    Args:
        model: see `Settings.model`.
        options: the other fields of `Settings`; `settings=` gives all at once, and others may stand beside it.

    Attributes:
        settings: what it was told.
        choice: the model that was chosen.
        strategy: `whole` or `stepwise`.
        cache: where answers are looked up and recorded.
        budget: what was spent so far, and what may be.

    Raises:
        NoModelError, ConfigurationError: no model can be chosen, or a setting is wrong.
        CacheError: the cache cannot be opened.
    """

    def __init__(self, model: str | None = None, **options: Unpack[Options[OwnEvent]]) -> None:
        self.settings: Settings[OwnEvent] = settings_of(model, **options)
        self.cache = opened_cache(self.settings.cache)
        # what it opened itself is closed with it, also where nobody closes it
        self._end = weakref.finalize(self, _nothing if self.settings.cache is self.cache else self.cache.close)
        self._held = False
        self._calls: WeakKeyDictionary[asyncio.AbstractEventLoop, int] = WeakKeyDictionary()
        try:
            self.choice = choose_model(self.settings.model, self.settings.base_url, cache=self.cache)
            self._pipeline = Pipeline(self.settings, self.choice)
        except OzetleError:
            self._end()
            raise
        self.strategy: Strategy = self._pipeline.strategy
        self.budget = self.settings.budget or Budget()
        self._client = Client(
            self.choice,
            self.cache,
            timeout=self.settings.timeout,
            options=self.settings.options(),
            api_key=self.settings.api_key,
            budget=self.budget,
            listener=self.settings.on_event,
        )

    def summarize(self, source: Source) -> Digest[OwnEvent]:
        """Return the digest of one article; see `ozetle.summarize`."""
        return _loop.run(self.asummarize(source))

    async def asummarize(self, source: Source) -> Digest[OwnEvent]:
        """Return the digest of one article; see `ozetle.summarize`."""
        return await self._one(self._digest(article_of(source)))

    def summarize_many(
        self, sources: Sources, *, concurrency: int | None = None, ordered: bool = False
    ) -> Iterator[Digest[OwnEvent] | Failure]:
        """Yield a digest or a failure for each article; see `ozetle.summarize_many`."""
        return _loop.iterate(self.asummarize_many(sources, concurrency=concurrency, ordered=ordered))

    def asummarize_many(
        self, sources: Sources, *, concurrency: int | None = None, ordered: bool = False
    ) -> AsyncGenerator[Digest[OwnEvent] | Failure, None]:
        """Yield a digest or a failure for each article; see `ozetle.summarize_many`."""
        return self._many(sources, self._digest, concurrency, ordered)

    def translate(self, source: Source) -> ArticleTranslation:
        """Return the Turkish translation of one article; see `ozetle.translate`."""
        return _loop.run(self.atranslate(source))

    async def atranslate(self, source: Source) -> ArticleTranslation:
        """Return the Turkish translation of one article; see `ozetle.translate`."""
        return await self._one(self._translation(article_of(source)))

    def translate_many(
        self, sources: Sources, *, concurrency: int | None = None, ordered: bool = False
    ) -> Iterator[ArticleTranslation | Failure]:
        """Yield a translation or a failure for each article; see `ozetle.translate_many`."""
        return _loop.iterate(self.atranslate_many(sources, concurrency=concurrency, ordered=ordered))

    def atranslate_many(
        self, sources: Sources, *, concurrency: int | None = None, ordered: bool = False
    ) -> AsyncGenerator[ArticleTranslation | Failure, None]:
        """Yield a translation or a failure for each article; see `ozetle.translate_many`."""
        return self._many(sources, self._translation, concurrency, ordered)

    def dry_run(self, sources: Sources, *, verb: Verb = "summarize", prices: str | Path | None = None) -> DryRun:
        """Go through articles as a verb would, ask nothing, and say what is recorded and what would have to be sent.

        Args:
            sources: see `ozetle.summarize_many`.
            verb: what would be done with them.
            prices: the path of a JSON table per million tokens: {"MODEL": {"prompt": 0.4, "completion": 1.6}}.

        Raises:
            ConfigurationError: the table has no price of the model.
            OzetleError: what stops `summarize_many` too.
        """
        return _loop.run(self.adry_run(sources, verb=verb, prices=prices))

    async def adry_run(self, sources: Sources, *, verb: Verb = "summarize", prices: str | Path | None = None) -> DryRun:
        """Do what `dry_run` does, asynchronously."""
        free = self.choice.provider == "local"
        price = None if prices is None else read_price(Path(prices), self.choice.name, free=free)
        cached = waiting = tokens = 0
        failures: list[Failure] = []
        known: set[str] = set()
        async for result in self.aunanswered_many(sources, verb=verb):
            if isinstance(result, Failure):
                failures.append(result)
                continue
            waiting, cached = waiting + bool(result.requests), cached + (not result.requests)
            fresh = [request for request in result.requests if request.key not in known]
            known.update(request.key for request in fresh)
            tokens += sum(request.prompt_tokens for request in fresh)
        cost = None if price is None else price.of(Usage(prompt_tokens=tokens))
        return DryRun(cached, waiting, tuple(failures), len(known), tokens, cost)

    def unanswered(self, source: Source, *, verb: Verb = "summarize") -> tuple[Request, ...]:
        """Return the requests that a verb would send for an article now; none if the cache has all the answers.

        Raises:
            OzetleError: as the verb does.
        """
        return _loop.run(self._one(self._unanswered(verb)(article_of(source)))).requests

    def aunanswered_many(
        self, sources: Sources, *, verb: Verb = "summarize"
    ) -> AsyncGenerator[Unanswered | Failure, None]:
        """Yield for each article, in their order, the requests that a verb would send for it now."""
        return self._many(sources, self._unanswered(verb), None, ordered=True)

    def close(self) -> None:
        """Close what it opened. It can be used again, unless the cache was its own."""
        _loop.run(self._client.aclose())
        self._end()

    async def aclose(self) -> None:
        """Close what it opened, connections those of the running event loop."""
        await self._client.aclose()
        self._end()

    def __enter__(self) -> Self:
        self._held = True
        return self

    def __exit__(self, *_: object) -> None:
        self._held = False
        self.close()

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(self, *_: object) -> None:
        self._held = False
        await self.aclose()

    async def _digest(self, article: Article) -> Digest[OwnEvent]:
        return await self._pipeline.digest(article, self._client)

    async def _translation(self, article: Article) -> ArticleTranslation:
        return await self._pipeline.translation(article, self._client)

    def _unanswered(self, verb: Verb) -> Callable[[Article], Coroutine[Any, Any, Unanswered]]:
        work = self._pipeline.translation if verb == "translate" else self._pipeline.digest

        async def unanswered(article: Article) -> Unanswered:
            collector = RequestCollector()
            with suppress(UnansweredError):
                await work(article, self._client.noting(collector))
            return Unanswered(ArticleInfo.of(article), tuple(collector.requests.values()))

        return unanswered

    async def _one(self, work: Coroutine[Any, Any, T]) -> T:
        async with self._connected():
            return await work

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[None]:
        """Close the connections behind the last of the calls that share them, unless they are to be kept."""
        loop = asyncio.get_running_loop()
        self._calls[loop] = self._calls.get(loop, 0) + 1
        try:
            yield
        finally:
            self._calls[loop] -= 1
            if not self._calls[loop] and not self._held:
                await self._client.aclose()

    async def _many(
        self,
        sources: Sources,
        work: Callable[[Article], Awaitable[T]],
        concurrency: int | None,
        ordered: bool,
    ) -> AsyncGenerator[T | Failure, None]:
        waiting, at_hand = articles_of(sources), are_at_hand(sources)
        most = self._client.at_once = max(1, concurrency or self.choice.profile.concurrency)
        outage = _Outage()
        stopped: OzetleError | None = None
        coming: asyncio.Task[Article | LoadFailure | None] | None = None
        running: deque[asyncio.Task[T | Failure]] = deque()
        exhausted = False
        async with self._connected():
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
                    except OzetleError as error:  # no other is begun, but what is under way may be paid for already
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

    async def _outcome(self, found: Article | LoadFailure, work: Callable[[Article], Awaitable[T]]) -> T | Failure:
        if isinstance(found, LoadFailure):
            return Failure.of(found.error, found, self.choice.name)
        try:
            return await work(found)
        except OzetleError as error:
            if error.stops_run:
                raise
            return Failure.of(error, found, self.choice.name)


class _Outage:
    """Stops a run when the server leaves some articles in a row unanswered.

    Only what the server did counts: articles from the cache or unreadable ones among them say nothing about it. One
    that cannot be reached, or only asks to slow down, is given up sooner than one that says it failed (5xx): that may
    lie in the articles, and a run that is taken up again would stop at the same ones each time.
    """

    def __init__(self) -> None:
        self._unreachable = self._unanswered = 0

    def note(self, result: object) -> None:
        """Note a result.

        Raises:
            ModelUnreachableError, RateLimitedError: it was one too many.
        """
        if isinstance(result, Digest | ArticleTranslation):
            if result.provenance.requests and result.provenance.cache != "hit":  # else they were lost, all of them
                self._unreachable = self._unanswered = 0
        elif not isinstance(result, Failure):
            pass
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


def _nothing() -> None:
    """What is to be closed belongs to somebody else."""


async def _next(waiting: Iterator[Article | LoadFailure], *, at_hand: bool) -> Article | LoadFailure | None:
    """Return the next article, None behind the last; in a thread unless it is at hand: the source may take its time."""
    return next(waiting, None) if at_hand else await asyncio.to_thread(next, waiting, None)
