"""The SQLite file of a cache: whose it is, how it is laid out, and what becomes of foreign and damaged ones.

Format 2 (the number in `PRAGMA user_version`) has a table `entries`: key, created (ISO 8601, UTC), model, prompt, and
two blobs of zlib-compressed JSON, `answer` (a `RecordedAnswer`) and `request`.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from ozetle.errors import CacheError
from ozetle.llm.request import encodable

APPLICATION_ID = 0x4F5A544C  # "OZTL" in the file's header (https://www.sqlite.org/fileformat2.html#application_id)
FORMAT = 2
_APPLICATION_ID_AT = 68
_BUSY_SECONDS = 30.0
_DAMAGED = (11, 26)  # SQLITE_CORRUPT, SQLITE_NOTADB (https://www.sqlite.org/rescode.html)
_NO_ROOM = (10, 13)  # SQLITE_IOERR, SQLITE_FULL
_SCHEMA = """
CREATE TABLE entries (
    key TEXT PRIMARY KEY, created TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL,
    answer BLOB NOT NULL, request BLOB NOT NULL
);
CREATE INDEX entries_by_model ON entries (model);
"""
logger = logging.getLogger(__name__)


def pack(value: Any) -> bytes:
    """Return a JSON value as it stands in a blob. A lone surrogate, which UTF-8 cannot carry, becomes U+FFFD."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(encodable(text).encode())


def open_to_write(path: Path) -> sqlite3.Connection:
    """Open a cache file, making or laying it out as need be; a damaged one is set aside, and said so.

    Raises:
        CacheError: it cannot be opened, is another program's, or of another format.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CacheError(f"cannot create {path.parent}: {error.strerror}", remedy="Choose another path.") from None
    before = _file_number(path)
    with errors(path, "open"):
        try:
            return _open(path, _prepare)
        except sqlite3.DatabaseError as error:
            if not is_damage(error) or _stored_application_id(path) != APPLICATION_ID:
                raise
            if _file_number(path) == before:  # else another process was faster
                logger.warning("%s is damaged (%s): kept as %s, and a new one begun", path, error, _set_aside(path))
            return _open(path, _prepare)


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open a cache file without changing anything, as in a read-only folder.

    Raises:
        CacheError: it cannot be opened, is another program's or damaged, holds nothing, or is of a later format.
    """
    # an immutable file is opened without the -wal and -shm files beside it: nothing is written, and the folder may be
    # read-only; but while another process writes, or after a crash, the newest entries stand in those files alone
    immutable = "" if _size(path.with_name(path.name + "-wal")) else "&immutable=1"
    with errors(path, "open"):
        return _open(path, _look, f"?mode=ro{immutable}")


def may_write(path: Path) -> bool:
    """Whether a cache file can be written, or made where there is none yet."""
    if not path.exists():
        return True  # if it cannot be made, that is an error of its own
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def is_want_of_room(error: CacheError, path: Path) -> bool:
    """Whether a file could not be opened because the disk has no room for what SQLite keeps beside it."""
    cause = error.__context__
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return code in _NO_ROOM and _size(path) > 0


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite found the file itself to be broken."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


@contextlib.contextmanager
def errors(path: Path, verb: str) -> Iterator[None]:
    """Turn SQLite's errors into CacheErrors that name the file."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        remedy = "Choose another cache path."
        if isinstance(error, sqlite3.Error) and is_damage(error):
            remedy = f"Save what can be read (ozetle cache export --cache {path} FILE), move it away, import FILE."
        raise CacheError(f"cannot {verb} the cache file {path}: {error}", remedy=remedy) from None


def connect(path: Path, query: str = "") -> sqlite3.Connection:
    """Connect to a file, for any thread, each statement a transaction of its own; what is locked is waited for."""
    target = path.absolute().as_uri() + query
    return sqlite3.connect(target, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """All that is done in the block, or nothing."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # on a full disk SQLite has rolled back itself
            connection.execute("ROLLBACK")
        raise


def _open(path: Path, prepare: Callable[[sqlite3.Connection, Path], None], query: str = "") -> sqlite3.Connection:
    connection = connect(path, query)
    try:
        prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    with transaction(connection, "DEFERRED"):
        laid_out = _is_laid_out(connection, path)
    if not laid_out:
        # laid out before the switch to WAL, so that the file itself says whose it is from the first moment on
        with transaction(connection):
            if not _is_laid_out(connection, path):  # else another process was faster
                for statement in filter(str.strip, _SCHEMA.split(";")):  # executescript would commit what is open
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {FORMAT}")
    _switch_to_wal(connection)
    # every commit reaches the disk: a power cut costs nothing that was paid for; NORMAL would lose the last commits.
    # Measured with entries of 3 kB on an SSD: 0.27 ms instead of 0.04 ms each; a model takes a thousand times that
    connection.execute("PRAGMA synchronous = FULL")


def _look(connection: sqlite3.Connection, path: Path) -> None:
    with transaction(connection, "DEFERRED"):
        laid_out = _is_laid_out(connection, path)
    if not laid_out:
        raise CacheError(f"{path} holds no recorded answers", remedy="Record some first, without replay.")


def _is_laid_out(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether a file is this library's, of this format; not if it is still empty.

    Asked within a transaction: another process may be laying the file out between one question and the next.
    """
    application, version, tables = (
        connection.execute(question).fetchone()[0]
        for question in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    if application == version == tables == 0:
        return False
    if application != APPLICATION_ID:
        raise CacheError(f"{path} is another program's SQLite file", remedy="Choose another cache path.")
    if version != FORMAT:
        raise CacheError(
            f"{path} is a cache of format {version}, and this version reads format {FORMAT}",
            remedy="Choose another cache path, or another version of ozetle.",
        )
    return True


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            # the switch ignores the busy time-out when two processes make the file at once
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _file_number(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _stored_application_id(path: Path) -> int:
    with path.open("rb") as file:
        return int.from_bytes(file.read(_APPLICATION_ID_AT + 4)[_APPLICATION_ID_AT:])


def _set_aside(path: Path) -> str:
    """Rename a file that is damaged, and what SQLite keeps beside it; return its new name."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (f"{path.name}.corrupt-{stamp}{f'-{number}' if number else ''}" for number in count())
    name = next(name for name in names if not path.with_name(name).exists())
    try:
        for suffix in ("-wal", "-shm", ""):  # the file itself last: interrupted before, this begins again
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + suffix).rename(path.with_name(name + suffix))
    except OSError as error:
        raise CacheError(
            f"{path} is damaged and cannot be moved: {error.strerror}", remedy="Choose another cache path."
        ) from None
    return name
