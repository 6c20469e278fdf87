"""Recorded answers: raw, content-addressed, in one SQLite file or in a folder of readable JSON files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict

from ozetle.errors import CacheError, ConfigurationError
from ozetle.llm.cache.entries import Entry, EntryInfo, FailedAttempt, RecordedAnswer, Store
from ozetle.llm.cache.pruning import Selection, selected

__all__ = ["Cache", "CacheMode", "CacheStats", "Entry", "EntryInfo", "FailedAttempt", "RecordedAnswer", "Selection"]

CacheMode = Literal["normal", "replay", "refresh", "off"]

_SQLITE_SUFFIXES = (".sqlite", ".sqlite3", ".db")
_SQLITE_MAGIC = b"SQLite format 3\x00"
_AT_ONCE = 500


class CacheStats(BaseModel):
    """What a cache holds: the number of entries, the bytes on disk, the entries of each model."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str | None
    entries: int
    bytes: int
    models: dict[str, int]


class Cache:
    """Raw answers under the hash of what was asked; safe to share between threads and between processes.

    Args:
        path: a `.sqlite`, `.sqlite3` or `.db` file, or a folder (existing, or a new path without a suffix); None is
            `OZETLE_CACHE`, else `answers.sqlite` in the user's cache folder.
        mode: `normal` answers from the cache and records what it lacks; `replay` only answers, and writes nothing (an
            answer it lacks is a CacheMissError for the asker); `refresh` asks anew and records; `off` does neither.

    Raises:
        CacheError: the path is unusable: another program's file, a damaged one, or, for replay, none at all.
        ConfigurationError: there is no such mode.
    """

    def __init__(self, path: str | Path | None = None, mode: CacheMode = "normal") -> None:
        if mode not in get_args(CacheMode):
            raise ConfigurationError(f"no cache mode {mode!r}", remedy=f"Use one of {', '.join(get_args(CacheMode))}.")
        self.mode: CacheMode = mode
        self.path: Path | None = None if mode == "off" else _path(path)
        self._store: Store | None = None if self.path is None else _open(self.path, read_only=mode == "replay")

    def get(self, key: str) -> RecordedAnswer | None:
        """Return the recorded answer, or None if there is none or if the mode is to ask anew.

        Raises:
            CacheError: the store cannot be read, or the entry is damaged.
        """
        return None if self._store is None or self.mode == "refresh" else self._store.get(key)

    def entry(self, key: str) -> Entry | None:
        """Return the recorded answer with its question, whatever the mode; slower than `get`.

        Raises:
            CacheError: the store cannot be read, or the entry is damaged.
        """
        return None if self._store is None else self._store.entry(key)

    def put(self, entry: Entry, *, replace: bool = True) -> bool:
        """Record an answer; with `replace=False` one already there stays. Replay and off record nothing.

        When this returns, the answer is on the disk: neither a crash nor a power cut loses it. Threads that record at
        once share the wait for the disk.

        Returns:
            whether it was recorded.

        Raises:
            CacheError: the store cannot be written; it can be read all the same, and the next `put` tries again.
        """
        return bool(self.put_all([entry], replace=replace))

    def put_all(self, entries: Iterable[Entry], *, replace: bool = True) -> int:
        """Record many answers, some hundred at a time, which is faster than one by one (see `put`).

        Returns:
            how many were recorded; of several under one key each counts that replaced what was there.
        """
        if self._store is None or self.mode == "replay":
            return 0
        recorded, rest = 0, iter(entries)
        while some := list(islice(rest, _AT_ONCE)):
            recorded += self._store.put(some, replace=replace)
        return recorded

    def list(self) -> Iterator[Entry]:
        """Yield all entries one by one, in the order of their keys; memory stays flat.

        Raises:
            CacheError: the store cannot be read, or an entry is damaged.
        """
        found = map(self.entry, self.keys())
        return (entry for entry in found if entry is not None)  # None: removed meanwhile

    def keys(self) -> Iterator[str]:
        """Yield all keys in their order, without reading the entries.

        Raises:
            CacheError: the store cannot be read.
        """
        return iter(()) if self._store is None else self._store.keys()

    def infos(self) -> Iterator[EntryInfo]:
        """Yield key, time, model and prompt of all entries, in the order of their keys.

        Raises:
            CacheError: the store cannot be read, or, in a folder, an entry is damaged.
        """
        return iter(()) if self._store is None else self._store.infos()

    def prune(self, selection: Selection, *, dry_run: bool = False) -> int:
        """Remove entries and give their room back; replay and off remove nothing.

        Args:
            selection: which ones.
            dry_run: only count them.

        Returns:
            how many.

        Raises:
            CacheError: the store cannot be read or written.
        """
        if self._store is None:
            return 0
        keys = list(selected(self._store, selection))
        if dry_run:
            return len(keys)
        return self._store.remove(keys) if keys and self.mode != "replay" else 0

    def stats(self) -> CacheStats:
        """Count what is there, without asking anything."""
        counts = {} if self._store is None else self._store.counts()
        size = 0 if self._store is None else self._store.size()
        path = None if self.path is None else str(self.path)
        return CacheStats(path=path, entries=sum(counts.values()), bytes=size, models=counts)

    def models(self) -> set[str]:
        """Return the models (`Request.model`) whose answers are recorded."""
        return set() if self._store is None else set(self._store.counts())

    def close(self) -> None:
        """Release the file; further use raises CacheError. Closing twice does no harm."""
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[type[Self], tuple[Path | None, CacheMode]]:
        """A copy in another process opens the same store anew."""
        return type(self), (self.path, self.mode)

    def __repr__(self) -> str:
        return f"Cache({None if self.path is None else str(self.path)!r}, mode={self.mode!r})"


def _path(path: str | Path | None) -> Path:
    chosen = path or os.environ.get("OZETLE_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_cache_path("ozetle") / "answers.sqlite"


def _open(path: Path, *, read_only: bool) -> Store:
    """Open the store a path stands for; the formats are imported when needed."""
    try:
        is_folder, is_file = path.is_dir(), path.is_file()
        magic = b""
        if is_file:
            with path.open("rb") as file:
                magic = file.read(len(_SQLITE_MAGIC))
    except OSError as error:
        raise CacheError(f"cannot read the cache {path}: {error.strerror}", remedy="Choose another path.") from None
    if is_file and magic not in (b"", _SQLITE_MAGIC):
        raise CacheError(f"{path} is no cache: it is no SQLite file", remedy="Choose another cache path.")
    if read_only and not is_folder and not is_file:
        raise CacheError(f"there is no cache at {path} to replay", remedy="Record one first, without replay.")
    if is_folder or (not is_file and not path.suffix):
        from ozetle.llm.cache.folder import FolderStore

        return FolderStore(path, read_only=read_only)
    if not is_file and path.suffix not in _SQLITE_SUFFIXES:
        raise CacheError(
            f"cannot tell what kind of cache {path} is to be",
            remedy="Name a .sqlite file, or a folder (a name without a suffix).",
        )
    from ozetle.llm.cache.sqlite import SqliteStore

    return SqliteStore(path, read_only=read_only)
