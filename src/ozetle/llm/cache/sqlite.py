"""A cache kept in one SQLite file: WAL, several threads and processes at once, entries compressed."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ozetle.errors import CacheError
from ozetle.llm.cache.entries import Entry, EntryInfo, RecordedAnswer
from ozetle.llm.cache.sqlite_file import (
    connect,
    errors,
    is_want_of_room,
    may_write,
    open_to_read,
    open_to_write,
    pack,
    transaction,
)
from ozetle.llm.request import Request

_PAGE = 500
_CARRIED_OVER: list[sqlite3.Connection | None] = []

logger = logging.getLogger(__name__)


@dataclass
class _Write:
    """Rows on their way into the file: how many were kept, or why none was."""

    rows: list[tuple[str, str, str, str, bytes, bytes]]
    replace: bool
    done: bool = False
    kept: int = 0
    problem: sqlite3.Error | None = None


class SqliteStore:
    """Entries as zlib-compressed JSON, answer and question apart, so that a look-up reads the answer alone.

    One connection reads and one writes, each shared by all threads under a lock; other processes are waited for up to
    30 s. Threads that write at once share one commit.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._read_only = read_only
        self._open()

    def _open(self) -> None:
        self._process = os.getpid()
        self._reading, self._writing = threading.Lock(), threading.Lock()
        self._waiting: deque[_Write] = deque()
        self._writer: sqlite3.Connection | None = None
        self._lacks_room = False
        if not self._read_only and may_write(self._path):
            try:
                self._writer = open_to_write(self._path)
            except CacheError as error:
                if not is_want_of_room(error, self._path):
                    raise
                self._lacks_room = True  # what is recorded can be read; the next `put` tries again
        elif not self._read_only:
            logger.warning("%s cannot be written: its answers are used, new ones are not recorded", self._path)
        self._reader = open_to_read(self._path) if self._writer is None else connect(self._path)

    def _check_process(self) -> None:
        """Open the file anew in a process that was forked off: SQLite's connections must not be carried over.

        See https://www.sqlite.org/howtocorrupt.html#_carrying_an_open_database_file_across_a_fork_.
        """
        if self._process != os.getpid():
            _CARRIED_OVER.extend((self._reader, self._writer))  # not to be closed here either
            self._open()

    def get(self, key: str) -> RecordedAnswer | None:
        row = self._row("SELECT answer FROM entries WHERE key = ?", key)
        with self._damage(key):
            return None if row is None else RecordedAnswer.model_validate_json(zlib.decompress(row[0]))

    def entry(self, key: str) -> Entry | None:
        row = self._row("SELECT answer, request FROM entries WHERE key = ?", key)
        if row is None:
            return None
        with self._damage(key):
            answer = RecordedAnswer.model_validate_json(zlib.decompress(row[0]))
            request = Request.model_validate_json(zlib.decompress(row[1]))
        return Entry.model_construct(key=key, request=request, **dict(answer))

    def put(self, entries: Sequence[Entry], *, replace: bool) -> int:
        writer = self._own_writer()
        write = _Write([_columns(entry) for entry in entries], replace)
        self._waiting.append(write)
        with self._writing:  # who comes first commits for all who wait: one sync of the disk for many
            if not write.done:
                self._commit_waiting(writer)
        with errors(self._path, "write to"):
            if write.problem is not None:
                raise write.problem
        return write.kept

    def remove(self, keys: Iterable[str]) -> int:
        writer = self._own_writer()
        with self._writing:
            with errors(self._path, "write to"), transaction(writer):
                removed = writer.executemany("DELETE FROM entries WHERE key = ?", ((key,) for key in keys)).rowcount
            self._shrink(writer)
        return removed

    def keys(self) -> Iterator[str]:
        return (row[0] for row in self._rows("key"))

    def infos(self) -> Iterator[EntryInfo]:
        for key, created, model, prompt in self._rows("key, created, model, prompt"):
            with self._damage(key):
                when = datetime.fromisoformat(created)
            yield EntryInfo(key, when, model, prompt)

    def counts(self) -> dict[str, int]:
        self._check_process()
        with self._reading, errors(self._path, "read"):
            return dict(self._reader.execute("SELECT model, count(*) FROM entries GROUP BY model ORDER BY model"))

    def size(self) -> int:
        beside = self._path.with_name(self._path.name + "-wal")
        return sum(path.stat().st_size for path in (self._path, beside) if path.exists())

    def close(self) -> None:
        with self._writing:
            if self._writer is not None:
                self._writer.close()
        with self._reading:
            self._reader.close()

    def _own_writer(self) -> sqlite3.Connection:
        self._check_process()
        if self._lacks_room:
            with self._writing, self._reading:
                if self._writer is None:
                    self._writer = open_to_write(self._path)
                    self._reader.close()  # opened as a file that nobody changes
                    self._reader = connect(self._path)
            self._lacks_room = False
        if self._writer is None:
            raise CacheError(f"{self._path} is read-only", remedy="Choose another cache path.")
        return self._writer

    def _row(self, query: str, key: str) -> tuple[bytes, ...] | None:
        self._check_process()
        with self._reading, errors(self._path, "read"):
            row: tuple[bytes, ...] | None = self._reader.execute(query, (key,)).fetchone()
        return row

    def _rows(self, columns: str) -> Iterator[tuple[str, ...]]:
        self._check_process()
        last = ""
        while True:  # page by page, so that neither the lock nor a read transaction outlives a page
            query = f"SELECT {columns} FROM entries WHERE key > ? ORDER BY key LIMIT {_PAGE}"  # noqa: S608
            with self._reading, errors(self._path, "read"):
                rows = self._reader.execute(query, (last,)).fetchall()
            if not rows:
                return
            yield from rows
            last = rows[-1][0]

    def _commit_waiting(self, writer: sqlite3.Connection) -> None:
        writes: list[_Write] = []
        while self._waiting:
            writes.append(self._waiting.popleft())
        problem: sqlite3.Error | None = sqlite3.OperationalError("interrupted")
        try:
            with transaction(writer):
                for write in writes:
                    conflict = "REPLACE" if write.replace else "IGNORE"
                    query = f"INSERT OR {conflict} INTO entries VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608
                    write.kept = writer.executemany(query, write.rows).rowcount
            problem = None
        except sqlite3.Error as error:
            problem = error
        finally:
            for write in writes:
                write.done, write.problem = True, problem

    def _shrink(self, writer: sqlite3.Connection) -> None:
        try:
            writer.execute("VACUUM")
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:  # in use by another process, or no room for the copy this makes
            logger.warning("%s was not made smaller: %s", self._path, error)

    @contextlib.contextmanager
    def _damage(self, key: str) -> Iterator[None]:
        try:
            yield
        except (zlib.error, ValueError, TypeError):
            raise CacheError(
                f"entry {key} in {self._path} is damaged",
                remedy=f"ozetle cache prune --damaged --cache {self._path} removes it.",
            ) from None


def _columns(entry: Entry) -> tuple[str, str, str, str, bytes, bytes]:
    content = entry.content()
    key, request = content.pop("key"), content.pop("request")
    created = entry.created.astimezone(UTC).isoformat()
    return key, created, request["model"], request["name"], pack(content), pack(request)
