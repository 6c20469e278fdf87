"""Records what came of batches in the cache, and tells what came to nothing."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from ozetle.errors import AnswerError, ConfigurationError
from ozetle.llm import answers
from ozetle.llm.batch.folder import BatchFile, BatchFolder, unwritable
from ozetle.llm.batch.lines import BadLine, Result, custom_id, read_request, read_results
from ozetle.llm.batch.server import Batch, BatchServer
from ozetle.llm.batch.writing import fingerprint
from ozetle.llm.cache import Cache, Entry, FailedAttempt, RecordedAnswer
from ozetle.llm.faults import Redactor
from ozetle.llm.formats import recorded_fields
from ozetle.llm.request import Request
from ozetle.usage import Usage

_AT_ONCE = 500
_MAX_FAILED = 10


class _AnyObject(BaseModel):
    model_config = ConfigDict(extra="allow")


@dataclass
class BatchCollected:
    """What was collected.

    Attributes:
        recorded: answers that are new in the cache, unusable ones included.
        known: answers that were in the cache already.
        failed: requests without a usable answer, by cause; the next `write` writes them again.
        strange: lines that are no answer to anything in the folder, each with its place and reason.
        under_way: shards that the server has not finished.
    """

    recorded: int = 0
    known: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    under_way: int = 0


async def collect(folder: BatchFolder, server: BatchServer, cache: Cache) -> BatchCollected:
    """Record the answers of all batches that are over. A shard is done with once its answers are on the disk.

    Raises:
        OzetleError: the server or the cache fails; what was recorded until then is kept.
    """
    tally = BatchCollected()
    for shard in [*folder.waiting()]:
        if shard.batch_id is None:
            continue
        batch = await server.batch(shard.batch_id)
        shard = folder.change(shard, status=batch.status)
        if not batch.is_over:
            tally.under_way += 1
            continue
        redactor = await server.redactor()
        with _Recorder(folder, [shard], cache, tally) as recorder:
            for file_id in filter(None, (batch.output_file_id, batch.error_file_id)):
                try:
                    with tempfile.TemporaryFile() as content:
                        await server.download(file_id, content)
                        recorder.record(content, shard.file, redactor)
                except OSError as error:
                    raise unwritable(Path(tempfile.gettempdir()), error) from None
        missing = shard.requests - len(recorder.seen)
        if missing > 0:
            tally.failed[redactor.message(_cause(batch))] += missing
        folder.change(shard, collected=True)
    return tally


def collect_files(folder: BatchFolder, results: Sequence[Path], cache: Cache, redactor: Redactor) -> BatchCollected:
    """Record the answers in results files from elsewhere. Shards they answer, wholly or in part, are done with.

    Raises:
        ConfigurationError: a file cannot be read.
        CacheError: the cache cannot be written.
    """
    tally = BatchCollected()
    with _Recorder(folder, folder.state.shards, cache, tally) as recorder:
        for path in results:
            try:
                with path.open("rb") as lines:
                    recorder.record(lines, str(path), redactor)
            except OSError as error:
                raise ConfigurationError(f"cannot read {path}: {error.strerror}") from None
    for shard in [*folder.waiting()]:
        if shard.file_id is None and shard.file in recorder.answered:
            folder.change(shard, collected=True, status="answered elsewhere")
    return tally


def _cause(batch: Batch) -> str:
    said = [problem.message for problem in (batch.errors.data or ())] if batch.errors else []
    reason = "; ".join(filter(None, said[:3]))
    return f"the batch {batch.status}: {reason}" if reason else f"no result, and the batch is {batch.status}"


class _Recorder:
    """Puts results into the cache, each checked against its request; at its end it counts what failed.

    Attributes:
        seen: the requests that results were there for.
        answered: the shards those are in.
    """

    def __init__(self, folder: BatchFolder, shards: Iterable[BatchFile], cache: Cache, tally: BatchCollected) -> None:
        self._folder = folder
        self._cache = cache
        self._tally = tally
        self._places: dict[str, tuple[str, int]] = {}
        self._refused: dict[str, str] = {}
        self._streams: dict[str, IO[bytes]] = {}
        self._waiting: dict[str, tuple[Entry, bool]] = {}
        self._failed: dict[str, str] = {}
        self._usable: set[str] = set()
        self.seen: set[str] = set()
        self.answered: set[str] = set()
        for shard in shards:
            self._index(shard)

    def record(self, lines: Iterable[bytes], name: str, redactor: Redactor) -> None:
        """Record the results in some lines.

        Args:
            lines: of a results file or an error file.
            name: what they are called in messages.
            redactor: takes secrets out of them.
        """
        for result in read_results(lines, redactor):
            if isinstance(result, BadLine):
                self._tally.strange.append(f"{name}:{result.number}: {result.reason}")
                continue
            request = self._request(result.custom_id)
            if request is None:
                self._tally.strange.append(f"{name}: {result.custom_id[:64]!r} is no request of this folder")
            else:
                self._take(result, request)
        self._flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tally.failed.update(cause for key, cause in self._failed.items() if key not in self._usable)
        for stream in self._streams.values():
            stream.close()

    def _index(self, shard: BatchFile) -> None:
        stream = self._streams[shard.file] = self._folder.open_shard(shard)
        place = 0
        for line in stream:
            key = custom_id(line)
            if key is not None:
                self._places[key] = (shard.file, place)
                self._refused.pop(key, None)
            place += len(line)
        self._refused |= shard.refused

    def _request(self, key: str) -> Request | None:
        if key not in self._places:
            return None
        file, place = self._places[key]
        stream = self._streams[file]
        stream.seek(place)
        state = self._folder.state
        return read_request(stream.readline(), state.model, state.served_name)

    def _take(self, result: Result, request: Request) -> None:
        self.seen.add(request.key)
        self.answered.add(self._places[request.key][0])
        if result.completion is None:
            self._failed.setdefault(request.key, result.cause)
            return
        response = recorded_fields(result.completion)
        problem = _problem(response)
        waiting = self._waiting.get(request.key)
        there = waiting[0] if waiting else self._cache.get(request.key)
        if there is not None and there.response == response:
            self._tally.known += 1
        elif there is None:
            self._keep(request, response)
        elif problem is None and (_problem(there.response) or self._was_refused(request.key, there)):
            self._keep(request, response, there)
        else:
            self._tally.known += 1
        if problem is None:
            self._usable.add(request.key)
        else:
            self._failed.setdefault(request.key, problem)

    def _was_refused(self, key: str, there: RecordedAnswer) -> bool:
        """Whether the recorded answer is the one that was no use when the request was written."""
        return self._refused.get(key) == fingerprint(there.response)

    def _keep(self, request: Request, response: dict[str, Any], instead_of: RecordedAnswer | None = None) -> None:
        failed: tuple[FailedAttempt, ...] = ()
        if instead_of is not None:
            reason = _problem(instead_of.response) or "refused when the batch was written"
            old = FailedAttempt(when=instead_of.created, reason=reason, response=instead_of.response)
            failed = (*instead_of.failed, old)[-_MAX_FAILED:]
        entry = Entry(
            key=request.key,
            request=request,
            response=response,
            created=datetime.now(UTC).replace(microsecond=0),
            model=str(response.get("model") or self._folder.state.served_name),
            usage=Usage.of(response),
            failed=failed,
        )
        self._waiting[request.key] = (entry, instead_of is not None)
        self._tally.recorded += 1
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        for replaces in (False, True):
            entries = [entry for entry, replace in self._waiting.values() if replace == replaces]
            self._cache.put_all(entries, replace=replaces)
        self._waiting.clear()


def _problem(response: Mapping[str, Any]) -> str | None:
    """Say why nobody can use an answer; None if its reader is likely to."""
    try:
        truncated = answers.parse(response, _AnyObject).truncated
    except AnswerError as error:
        return error.cause
    except ValidationError:
        return "the model's answer is broken JSON"
    return "the model's answer was cut off at the length limit" if truncated else None
