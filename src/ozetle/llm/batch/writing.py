"""Writes requests into shards."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Self

from ozetle.errors import ConfigurationError
from ozetle.llm.batch.folder import SHARD_NAME, BatchFile, BatchFolder, unwritable
from ozetle.llm.batch.lines import custom_id, request_line
from ozetle.llm.cache import Cache
from ozetle.llm.models import ModelChoice
from ozetle.llm.request import Mode, Request

# OpenAI takes 50,000 requests and 200 MB a batch (https://platform.openai.com/docs/guides/batch)
MOST_REQUESTS = 45_000
MOST_BYTES = 180_000_000


class BatchWriter:
    """Writes the requests that a run would have to ask into a folder.

    Shards that nobody was given yet are replaced: after `commit` the folder holds what is needed now, once. Requests
    that are under way are not written again. As a context manager it leaves nothing behind unless it is committed.

    Args:
        folder: where the shards go.
        choice: the model.
        cache: the cache that lacks the answers.
        most_requests, most_bytes: the limits of a shard.

    Attributes:
        written: requests written, each once.
        repeated: those among them that an earlier batch brought no usable answer to.
        under_way: requests left out because their answers are still to be collected.
        tokens: about how many tokens the written prompts have.

    Raises:
        ConfigurationError: the folder cannot be used, or the model's requests cannot be told from their lines.
    """

    def __init__(
        self,
        folder: Path,
        choice: ModelChoice,
        cache: Cache,
        *,
        most_requests: int = MOST_REQUESTS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        if choice.api != "openai":
            raise ConfigurationError(
                f"{choice.name} is asked through its vendor's library, which has batches of another kind",
                remedy="Ask it live, or use another model.",
            )
        self.folder = BatchFolder.for_writing(folder, choice)
        self._choice = choice
        self._cache = cache
        self._most_requests, self._most_bytes = most_requests, most_bytes
        self._kept = tuple(shard for shard in self.folder.state.shards if shard.collected or shard.is_under_way)
        self._waited_for = self._keys(collected=False)
        self._asked_before = self._keys(collected=True)
        self._seen: set[str] = set()
        self._shards: list[BatchFile] = []
        self._stream: IO[bytes] | None = None
        self._name = ""
        self._count = self._bytes = 0
        self._refused: dict[str, str] = {}
        self.written = self.repeated = self.under_way = self.tokens = 0

    def take(self, requests: Iterable[Request]) -> None:
        """Write requests, but for those that were written or are under way.

        Raises:
            ConfigurationError: they cannot be written.
        """
        for request in requests:
            if request.key in self._seen:
                continue
            self._seen.add(request.key)
            if request.key in self._waited_for:
                self.under_way += 1
            else:
                self._write(request)

    def commit(self) -> list[BatchFile]:
        """Put the shards in place of those that nobody was given, and return them.

        Raises:
            ConfigurationError: the folder cannot be written.
        """
        try:
            self._end_shard()
            if self.folder.state.shards == self._kept and not self._shards:
                return []
            # at every moment, no request stands in two shards that the record knows: after a kill here too, nothing is
            # submitted twice
            self.folder.save(shards=self._kept)
            for shard in self._replaced():
                shard.unlink()
            for new in self._shards:
                self._part(new.file).replace(self.folder.path / new.file)
        except OSError as error:
            raise unwritable(self.folder.path, error) from None
        self.folder.save(shards=(*self._kept, *self._shards))
        return self._shards

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            if self._stream is not None:
                self._stream.close()
            for part in self.folder.path.glob("requests-*.jsonl.part"):
                part.unlink()

    def _keys(self, *, collected: bool) -> set[str]:
        keys: set[str] = set()
        for shard in self._kept:
            if shard.collected == collected:
                with self.folder.open_shard(shard) as lines:
                    keys.update(filter(None, map(custom_id, lines)))
        return keys

    def _replaced(self) -> list[Path]:
        kept = {shard.file for shard in self._kept}
        found = [path for path in self.folder.path.iterdir() if SHARD_NAME.fullmatch(path.name)]
        return [path for path in found if path.name not in kept]

    def _write(self, request: Request) -> None:
        if request.mode not in (Mode.JSON_SCHEMA, Mode.TOOLS):  # the schema would stand in the text alone
            raise ConfigurationError(
                f"{self._choice.name} takes neither JSON schemas nor functions", remedy="Ask it live."
            )
        line = request_line(request, self._choice)
        try:
            if self._stream is None or self._count >= self._most_requests or self._bytes + len(line) > self._most_bytes:
                self._end_shard()
                self._stream = self._new_shard()
            self._stream.write(line)
        except OSError as error:
            raise unwritable(self.folder.path, error) from None
        self._count += 1
        self._bytes += len(line)
        recorded = self._cache.get(request.key)
        if recorded is not None:  # its reader refuses it, or the request would not be needed
            self._refused[request.key] = fingerprint(recorded.response)
        self.written += 1
        self.tokens += request.prompt_tokens
        self.repeated += request.key in self._asked_before

    def _new_shard(self) -> IO[bytes]:
        last = max((shard.number for shard in self._kept), default=0)
        self._name = f"requests-{last + len(self._shards) + 1:03}.jsonl"
        self._count = self._bytes = 0
        self._refused = {}
        self.folder.path.mkdir(parents=True, exist_ok=True)
        return self._part(self._name).open("wb")

    def _end_shard(self) -> None:
        if self._stream is not None:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._stream = None
            self._shards.append(BatchFile(file=self._name, requests=self._count, refused=self._refused))

    def _part(self, name: str) -> Path:
        return self.folder.path / f"{name}.part"


def fingerprint(response: dict[str, Any]) -> str:
    """Return what tells a raw completion from others."""
    return hashlib.sha256(json.dumps(response, sort_keys=True).encode()).hexdigest()[:16]
