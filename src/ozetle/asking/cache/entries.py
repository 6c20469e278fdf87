"""What is recorded of a question: the request, the raw answer, and what happened before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict

from ozetle.asking.request import Request, Usage

_COMPLETION_FIELDS = ("id", "object", "created", "model", "choices", "usage", "system_fingerprint", "service_tier")


class FailedAttempt(BaseModel):
    """An attempt that came to nothing.

    Attributes:
        when: when it ended, UTC.
        reason: why the answer was refused, or the transport error; one line.
        response: the raw completion that was refused, or None if there was none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    when: AwareDatetime
    reason: str
    response: dict[str, Any] | None = None


class Entry(BaseModel):
    """One recorded answer.

    Attributes:
        key: `Request.key`.
        request: the full request.
        response: the raw chat completion as received (see `recorded_fields`).
        created: when the answer came, UTC.
        model: the model as the server named it.
        usage: token counts of the answer and of the refused answers asked for on the way to it.
        failed: the attempts before it, oldest first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    request: Request
    response: dict[str, Any]
    created: AwareDatetime
    model: str
    usage: Usage
    failed: tuple[FailedAttempt, ...] = ()


def recorded_fields(completion: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a raw chat completion that the API defines; what else a server adds is not recorded."""
    return {name: completion[name] for name in _COMPLETION_FIELDS if name in completion}


class Store(Protocol):
    """Where entries are kept. Every method raises CacheError, naming the file, if it cannot be read or written."""

    def get(self, key: str) -> Entry | None:
        """Return the entry under a key."""

    def put(self, entry: Entry, *, replace: bool) -> None:
        """Keep an entry; one already there under its key is replaced or stays."""

    def list(self) -> Iterator[Entry]:
        """Yield all entries one by one, in no promised order."""

    def counts(self) -> dict[str, int]:
        """Return the number of entries for each `Request.model`, sorted by name."""

    def size(self) -> int:
        """Return the bytes the store takes on disk."""

    def close(self) -> None:
        """Release what is held open."""
