"""The SQLite file of a cache: whose it is, how it is laid out, and what becomes of old, foreign and damaged ones.

Format 2 (the number in `PRAGMA user_version`) has a table `entries`: key, created (ISO 8601, UTC), model, prompt, and
two blobs of zlib-compressed JSON, `answer` (a `RecordedAnswer`) and `request`. Format 1 had a whole entry in one blob,
`entry`; such a file is rewritten when it is opened for writing, and read as it is otherwise.
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
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import Any

from ozetle.errors import CacheError
from ozetle.llm.request import encodable

APPLICATION_ID = 0x4F5A544C  # "OZTL" in the file's header (https://www.sqlite.org/fileformat2.html#application_id)
FORMAT = 2
_APPLICATION_ID_AT = 68
_BUSY_SECONDS = 30.0
_MANY = 5000  # entries; measured, on busy cores: a second for a thousand
_DAMAGED = (11, 26)  # SQLITE_CORRUPT, SQLITE_NOTADB (https://www.sqlite.org/rescode.html)
_SCHEMA = """
CREATE TABLE entries (
    key TEXT PRIMARY KEY, created TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL,
    answer BLOB NOT NULL, request BLOB NOT NULL
);
CREATE INDEX entries_by_model ON entries (model);
"""
# the columns of format 2, out of those of format 1
_FIRST_FORMAT = (
    "key, created, model, old_prompt(entry) AS prompt, old_answer(entry) AS answer, old_request(entry) AS request"
)

logger = logging.getLogger(__name__)


def pack(value: Any, level: int = zlib.Z_DEFAULT_COMPRESSION) -> bytes:
    """Return a JSON value as it stands in a blob. A lone surrogate, which UTF-8 cannot carry, becomes U+FFFD."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(encodable(text).encode(), level)


def open_to_write(path: Path) -> sqlite3.Connection:
    """Open a cache file, making, laying out or rewriting it as need be; a damaged one is set aside, and said so.

    Raises:
        CacheError: it cannot be opened, is another program's, or of a later format.
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
    immutable = "" if path.with_name(path.name + "-wal").exists() else "&immutable=1"
    with errors(path, "open"):
        return _open(path, _look, f"?mode=ro{immutable}")


def may_write(path: Path) -> bool:
    """Whether a cache file can be written, or made where there is none yet."""
    if not path.exists():
        return True  # if it cannot be made, that is an error of its own
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


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
        found = _format(connection, path)
    if found < FORMAT:
        # laid out before the switch to WAL, so that the file itself says whose it is from the first moment on
        with transaction(connection):
            found = _format(connection, path)  # another process may have been faster
            if found == 0:
                _execute_all(connection, _SCHEMA)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            elif found < FORMAT:
                _rewrite(connection, path)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        if 0 < found < FORMAT:
            with contextlib.suppress(sqlite3.Error):  # gives the old table's room back; without it all is well too
                connection.execute("VACUUM")
    _switch_to_wal(connection)
    # every commit reaches the disk: a power cut costs nothing that was paid for; NORMAL would lose the last commits.
    # Measured with entries of 3 kB on an SSD: 0.27 ms instead of 0.04 ms each; a model takes a thousand times that
    connection.execute("PRAGMA synchronous = FULL")


def _look(connection: sqlite3.Connection, path: Path) -> None:
    with transaction(connection, "DEFERRED"):
        found = _format(connection, path)
    if found == 0:
        raise CacheError(f"{path} holds no recorded answers", remedy="Record some first, without replay.")
    if found == 1:
        _add_functions(connection, zlib.Z_NO_COMPRESSION)  # unpacked again at once
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"CREATE TEMP VIEW entries AS SELECT {_FIRST_FORMAT} FROM main.entries")  # noqa: S608


def _format(connection: sqlite3.Connection, path: Path) -> int:
    """Return the format of this library's file, 0 of one that is still empty.

    Asked within a transaction: another process may be laying the file out between one question and the next.
    """
    application, version, tables = (
        connection.execute(question).fetchone()[0]
        for question in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    if application == version == tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise CacheError(f"{path} is another program's SQLite file", remedy="Choose another cache path.")
    if not 1 <= version <= FORMAT:
        raise CacheError(
            f"{path} is a cache of format {version}, and this version reads up to {FORMAT}",
            remedy="Choose another cache path, or a later version of ozetle.",
        )
    return int(version)


def _rewrite(connection: sqlite3.Connection, path: Path) -> None:
    entries = connection.execute("SELECT count(*) FROM entries").fetchone()[0]
    if entries >= _MANY:
        logger.warning("%s is of an earlier version: its %d answers are rewritten now, once", path, entries)
    _add_functions(connection, zlib.Z_DEFAULT_COMPRESSION)
    connection.execute("ALTER TABLE entries RENAME TO old_entries")
    connection.execute("DROP INDEX entries_by_model")
    _execute_all(connection, _SCHEMA)
    connection.execute(f"INSERT INTO entries SELECT {_FIRST_FORMAT} FROM old_entries")  # noqa: S608
    connection.execute("DROP TABLE old_entries")


def _add_functions(connection: sqlite3.Connection, level: int) -> None:
    for part in ("prompt", "answer", "request"):
        function = partial(_old_part, part=part, level=level)
        connection.create_function(f"old_{part}", 1, function, deterministic=True)


def _old_part(blob: bytes, part: str, level: int) -> str | bytes:
    """Return a column of an entry of format 1; what is damaged stays as it is, to be named when it is read."""
    try:
        content = _old_content(blob)
        if part == "prompt":
            return str(content["request"]["name"])
        return pack(content["request"] if part == "request" else _without_question(content), level)
    except (zlib.error, ValueError, TypeError, KeyError, AttributeError):
        return "" if part == "prompt" else blob


@lru_cache(maxsize=1)  # the columns of a row are asked for one after the other
def _old_content(blob: bytes) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(zlib.decompress(blob))
    return content


def _without_question(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in ("key", "request")}


def _execute_all(connection: sqlite3.Connection, statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):  # executescript would commit what is open
        connection.execute(statement)


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
