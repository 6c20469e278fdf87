"""A cache kept in one SQLite file: WAL, several threads and processes at once, entries compressed."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
import zlib
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from pydantic import ValidationError

from ozetle.asking.cache.entries import Entry
from ozetle.errors import CacheError

APPLICATION_ID = 0x4F5A544C  # "OZTL" in the file's header (https://www.sqlite.org/fileformat2.html#application_id)
FORMAT = 1
_BUSY_SECONDS = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY, created TEXT NOT NULL, model TEXT NOT NULL, entry BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_by_model ON entries (model);
"""


class SqliteStore:
    """Entries as zlib-compressed JSON, with their key, time and model beside them.

    One connection, shared by all threads under a lock; other processes are waited for up to 30 s.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            if not read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._connect(read_only)
        except OSError as error:
            raise CacheError(f"cannot create {path.parent}: {error.strerror}", remedy="Choose another path.") from None
        try:
            self._check(read_only)
        except BaseException:
            self._connection.close()
            raise

    def get(self, key: str) -> Entry | None:
        with self._lock, self._errors("read"):
            row = self._connection.execute("SELECT entry FROM entries WHERE key = ?", (key,)).fetchone()
        return None if row is None else self._load(key, row[0])

    def put(self, entry: Entry, *, replace: bool) -> None:
        created = entry.created.astimezone(UTC).isoformat(timespec="seconds")
        row = (entry.key, created, entry.request.model, zlib.compress(entry.model_dump_json().encode()))
        conflict = "REPLACE" if replace else "IGNORE"
        with self._lock, self._errors("write to"):
            self._connection.execute(f"INSERT OR {conflict} INTO entries VALUES (?, ?, ?, ?)", row)  # noqa: S608

    def list(self) -> Iterator[Entry]:
        last = ""
        while True:  # page by page, so that neither the lock nor a read transaction outlives a page
            with self._lock, self._errors("read"):
                rows = self._connection.execute(
                    "SELECT key, entry FROM entries WHERE key > ? ORDER BY key LIMIT 100", (last,)
                ).fetchall()
            if not rows:
                return
            for key, blob in rows:
                yield self._load(key, blob)
            last = rows[-1][0]

    def counts(self) -> dict[str, int]:
        with self._lock, self._errors("read"):
            return dict(self._connection.execute("SELECT model, count(*) FROM entries GROUP BY model ORDER BY model"))

    def size(self) -> int:
        beside = self._path.with_name(self._path.name + "-wal")
        return sum(path.stat().st_size for path in (self._path, beside) if path.exists())

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _connect(self, read_only: bool) -> sqlite3.Connection:
        if read_only:
            # an immutable file is opened without the -wal and -shm files beside it: nothing is written, and the folder
            # may be read-only; but while another process writes, the newest entries stand in those files alone
            busy = self._path.with_name(self._path.name + "-wal").exists()
            target = self._path.absolute().as_uri() + ("?mode=ro" if busy else "?mode=ro&immutable=1")
        else:
            target = self._path.absolute().as_uri()
        with self._errors("open"):
            return sqlite3.connect(
                target, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )

    def _check(self, read_only: bool) -> None:
        """Make sure the file is this library's, and lay it out if it is new."""
        with self._errors("open"):
            application, tables = self._identity()
            if application == 0 and tables == 0 and not read_only:
                self._lay_out()
                application, tables = self._identity()
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if application == 0 and tables == 0:
            raise CacheError(f"{self._path} holds no recorded answers", remedy="Record some first, without replay.")
        if application != APPLICATION_ID:
            raise CacheError(f"{self._path} is another program's SQLite file", remedy="Choose another cache path.")
        if version != FORMAT:
            raise CacheError(
                f"{self._path} is a cache of format {version}, and this version reads {FORMAT}",
                remedy="Choose another cache path or another version of ozetle.",
            )
        if not read_only:
            # a killed process loses nothing; a power cut may lose the last answers, but never damages the file
            self._connection.execute("PRAGMA synchronous = NORMAL")

    def _identity(self) -> tuple[int, int]:
        application = self._connection.execute("PRAGMA application_id").fetchone()[0]
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        return application, tables

    def _lay_out(self) -> None:
        deadline = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError:
                # switching to WAL ignores the busy time-out when two processes create the file at once
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
        self._connection.executescript(
            f"BEGIN IMMEDIATE; {_SCHEMA}"
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT;"
        )

    def _load(self, key: str, blob: bytes) -> Entry:
        try:
            return Entry.model_validate_json(zlib.decompress(blob))
        except (zlib.error, ValidationError, TypeError):
            raise CacheError(
                f"entry {key} in {self._path} is damaged", remedy="Choose another cache path, or remove the entry."
            ) from None

    @contextlib.contextmanager
    def _errors(self, verb: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise CacheError(
                f"cannot {verb} the cache file {self._path}: {error}", remedy="Choose another cache path."
            ) from None
