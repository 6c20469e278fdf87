"""The recorded answers of one test: a cache that knows what was asked for, what was missing and what is left over."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Literal, NoReturn

from ozetle.errors import CacheMissError
from ozetle.llm.cache import Cache, Entry, RecordedAnswer

Record = Literal["none", "missing", "all"]

_STAND_IN = "unrecorded"


class Recordings(Cache):
    """A folder of recorded answers, one `<key>.json` each.

    Args:
        folder: where they are kept; made when something is recorded.
        record: `none` only replays; `missing` records what is not there yet; `all` records everything anew, each
            question once.
        remedy: what the error about a missing answer tells the reader to do.

    Attributes:
        folder: where they are kept.
        missing: whether an answer was asked for in vain (in `none`).

    Raises:
        CacheError: the folder cannot be used.
    """

    def __init__(self, folder: Path, record: Record, *, remedy: str = "") -> None:
        replays = record == "none"
        if replays and not folder.is_dir():  # nothing is recorded, and replay makes no folder: an empty cache
            super().__init__(mode="off")
            self.mode, self.path = "replay", folder
        else:
            super().__init__(folder, "replay" if replays else "normal")
        self.folder = folder
        self.missing = False
        self._record = record
        self._remedy = remedy
        self._asked: set[str] = set()
        self._recorded: set[str] = set()

    def get(self, key: str) -> RecordedAnswer | None:
        """Return the recorded answer; in `all` only one that was recorded since this object was made.

        Raises:
            CacheMissError: there is none, and none may be recorded.
            CacheError: it cannot be read.
        """
        self._asked.add(key)
        if self._record == "all" and key not in self._recorded:
            return None
        found = super().get(key)
        if found is None and self._record == "none":
            self.missing = True
            raise CacheMissError(self.cause_of_miss(), remedy=self._remedy)
        return found

    def put(self, entry: Entry, *, replace: bool = True) -> bool:
        """Record an answer, as `Cache.put` does; in `all` the first one replaces what is there in any case."""
        anew = self._record == "all" and entry.key not in self._recorded
        done = super().put(entry, replace=replace or anew)
        self._asked.add(entry.key)
        self._recorded.add(entry.key)
        return done

    def models(self) -> set[str]:
        """Return the models whose answers are recorded.

        In `none` with nothing recorded it is a stand-in, so that a test that names no model fails for the answer that
        is missing, not because no model is configured on the machine that replays it.
        """
        recorded = super().models()
        return recorded or ({_STAND_IN} if self._record == "none" else set())

    def __reduce__(self) -> NoReturn:
        raise TypeError("recordings note what a test asks for, and cannot be handed to another process")

    def unused(self) -> list[Path]:
        """Return the files of the answers that were not asked for."""
        return [self.folder / f"{key}.json" for key in self.keys() if key not in self._asked]

    def remove_unused(self) -> None:
        """Remove them."""
        for path in self.unused():
            path.unlink(missing_ok=True)

    def cause_of_miss(self) -> str:
        """Say what is missing; one line."""
        number = sum(1 for _ in self.keys())
        if not number:
            return f"no answer is recorded in {self.folder}"
        return (
            f"an answer this test needs is not among the {number} recorded in {self.folder}"
            " (the article, the model or a prompt is another one)"
        )

    def close(self) -> None:
        """Release the folder; one that was made in vain goes."""
        super().close()
        if self._record != "none":
            with contextlib.suppress(OSError):
                self.folder.rmdir()
