"""Answers at a Batch API's price: write what the cache lacks, submit it, see how it stands, collect it."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ozetle import _loop
from ozetle.articles.sources import Sources
from ozetle.digests.digest import Failure
from ozetle.llm.batch import (
    MOST_BYTES,
    MOST_REQUESTS,
    BatchCollected,
    BatchFile,
    BatchFolder,
    BatchServer,
    BatchWriter,
    choice_of,
    collect,
    collect_files,
    refresh,
    submit,
)
from ozetle.llm.batch.server import Batch
from ozetle.llm.cache import Cache
from ozetle.llm.faults import Redactor
from ozetle.llm.models import ModelChoice
from ozetle.settings import CacheChoice, opened_cache
from ozetle.summarizer import Summarizer, Verb

T = TypeVar("T")

_KEYS = ("OPENAI_API_KEY", "OZETLE_API_KEY")


@dataclass(frozen=True)
class BatchWritten:
    """What was written.

    Attributes:
        cached: articles whose answers are all recorded.
        waiting: articles that lack some.
        failures: articles that cannot be read.
        files: those that hold the requests now; none if nothing is left to ask.
        requests: requests in them, each once.
        prompt_tokens: about how many tokens those have.
        repeated: requests among them that an earlier batch brought no usable answer to.
        under_way: requests left out, because their answers are still to be collected.
    """

    cached: int
    waiting: int
    failures: tuple[Failure, ...]
    files: tuple[BatchFile, ...]
    requests: int
    prompt_tokens: int
    repeated: int
    under_way: int


@dataclass(frozen=True)
class BatchStatus:
    """How the batch of one file stands.

    Attributes:
        file: the file, with what the server last said of its batch.
        answered, failed: requests so far; None where the server does not say, or has no batch of it under way.
    """

    file: BatchFile
    answered: int | None = None
    failed: int | None = None


class Batches:
    """The batches of a folder: its files of requests, and what has become of each.

    Some questions depend on the answers to others, and some answers are no use. So repeat `collect`, `write` and
    `submit` until `write` has no files left: mostly two or three rounds. They can be called in this order at any time;
    nothing that is under way is written or submitted again. Afterwards `summarize_many` over the same cache asks
    nothing.

    Args:
        folder: where the files are, or are to be.
        base_url: the server's address, where it holds a login, which the folder does not keep.
        api_key: overrides the environment.
    """

    def __init__(self, folder: str | Path, *, base_url: str | None = None, api_key: str | None = None) -> None:
        self.folder = Path(folder)
        self._base_url = base_url
        self._api_key = api_key

    @property
    def files(self) -> tuple[BatchFile, ...]:
        """The files of requests, in their order.

        Raises:
            ConfigurationError: the folder holds no batches.
        """
        return BatchFolder.open(self.folder).state.shards

    @property
    def choice(self) -> ModelChoice:
        """The model and the server that the requests are for.

        Raises:
            ConfigurationError: the folder holds no batches, or `base_url` is another server's.
        """
        return choice_of(BatchFolder.open(self.folder).state, self._base_url)

    def write(
        self,
        summarizer: Summarizer[Any],
        sources: Sources,
        *,
        verb: Verb = "summarize",
        max_requests_per_file: int = MOST_REQUESTS,
        max_bytes_per_file: int = MOST_BYTES,
    ) -> BatchWritten:
        """Write the requests that a verb would send, and whose answers the summarizer's cache lacks, into files.

        The format is that of OpenAI's Batch API (https://platform.openai.com/docs/guides/batch). Files that were not
        submitted are replaced, so collect results from elsewhere first. What is submitted and not yet collected is not
        written again; what came to nothing is.

        Args:
            summarizer: with the settings of the run to come.
            sources: see `ozetle.summarize_many`.
            verb: what is to be done with the articles.
            max_requests_per_file, max_bytes_per_file: OpenAI takes 50,000 requests and 200 MB a file.

        Raises:
            ConfigurationError: the folder cannot be written or is another model's, or the model takes no JSON schema.
            OzetleError: what stops `summarize_many` too.
        """
        return _loop.run(
            self.awrite(
                summarizer,
                sources,
                verb=verb,
                max_requests_per_file=max_requests_per_file,
                max_bytes_per_file=max_bytes_per_file,
            )
        )

    async def awrite(
        self,
        summarizer: Summarizer[Any],
        sources: Sources,
        *,
        verb: Verb = "summarize",
        max_requests_per_file: int = MOST_REQUESTS,
        max_bytes_per_file: int = MOST_BYTES,
    ) -> BatchWritten:
        """Do what `write` does, asynchronously."""
        cached = waiting = 0
        failures: list[Failure] = []
        with BatchWriter(
            self.folder,
            summarizer.choice,
            summarizer.cache,
            most_requests=max_requests_per_file,
            most_bytes=max_bytes_per_file,
        ) as writer:
            async for result in summarizer.aunanswered_many(sources, verb=verb):
                if isinstance(result, Failure):
                    failures.append(result)
                elif result.requests:
                    writer.take(result.requests)
                    waiting += 1
                else:
                    cached += 1
            files = writer.commit()
        return BatchWritten(
            cached=cached,
            waiting=waiting,
            failures=tuple(failures),
            files=tuple(files),
            requests=writer.written,
            prompt_tokens=writer.tokens,
            repeated=writer.repeated,
            under_way=writer.under_way,
        )

    def submit(self, tell: Callable[[BatchFile], None] = lambda _: None) -> list[BatchFile]:
        """Upload the files that no batch was made of yet, and create their batches.

        After an interruption at any moment, call it again: nothing is submitted twice.

        Args:
            tell: called after each one.

        Returns:
            the files that were submitted.

        Raises:
            ConfigurationError: the folder holds no batches, there is no server or no key, or it takes no batches.
            ModelError: the server cannot be reached, or refuses.
        """
        return _loop.run(self.asubmit(tell))

    async def asubmit(self, tell: Callable[[BatchFile], None] = lambda _: None) -> list[BatchFile]:
        """Do what `submit` does, asynchronously."""
        folder = BatchFolder.open(self.folder)
        submitted: list[BatchFile] = []

        def told(shard: BatchFile) -> None:
            submitted.append(shard)
            tell(shard)

        if any(shard.batch_id is None for shard in folder.waiting()):
            await self._with_server(lambda server: submit(folder, server, told))
        return submitted

    def status(self) -> list[BatchStatus]:
        """Ask how the batches under way stand, and return it for every file.

        Raises:
            ConfigurationError, ModelError: as `submit` does.
        """
        return _loop.run(self.astatus())

    async def astatus(self) -> list[BatchStatus]:
        """Do what `status` does, asynchronously."""
        folder = BatchFolder.open(self.folder)
        found: dict[str, Batch] = {}

        def told(shard: BatchFile, batch: Batch) -> None:
            found[shard.file] = batch

        if folder.is_any_under_way:
            await self._with_server(lambda server: refresh(folder, server, told))
        return [_status(shard, found.get(shard.file)) for shard in folder.state.shards]

    def collect(self, cache: CacheChoice = None, *, results: Iterable[str | Path] = ()) -> BatchCollected:
        """Record the answers of the batches that are over in a cache, each checked against its request.

        Args:
            cache: as for `Settings.cache`.
            results: files of results from elsewhere, in the same format; no server is asked then.

        Returns:
            what was recorded, what failed and why, and what is not finished.

        Raises:
            ConfigurationError: the folder holds no batches, or a file cannot be read.
            ModelError: the server cannot be reached, or refuses.
            CacheError: the cache cannot be written; what was recorded until then is kept.
        """
        return _loop.run(self.acollect(cache, results=results))

    async def acollect(self, cache: CacheChoice = None, *, results: Iterable[str | Path] = ()) -> BatchCollected:
        """Do what `collect` does, asynchronously."""
        folder, files = BatchFolder.open(self.folder), [Path(path) for path in results]
        with nullcontext(cache) if isinstance(cache, Cache) else opened_cache(cache) as answers:
            if files:
                secrets = [self._api_key or "", *(os.environ.get(name, "").strip() for name in _KEYS)]
                return collect_files(folder, files, answers, Redactor(secrets))
            if not folder.is_any_under_way:
                return BatchCollected()
            return await self._with_server(lambda server: collect(folder, server, answers))

    async def _with_server(self, work: Callable[[BatchServer], Awaitable[T]]) -> T:
        server = BatchServer(self.choice, api_key=self._api_key)
        try:
            return await work(server)
        finally:
            await server.close()


def _status(shard: BatchFile, batch: Batch | None) -> BatchStatus:
    counts = None if batch is None else batch.request_counts
    return BatchStatus(shard) if counts is None else BatchStatus(shard, counts.completed, counts.failed)
