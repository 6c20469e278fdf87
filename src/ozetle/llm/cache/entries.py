"""What is recorded of a question: the request, the raw answer, and what happened before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any, NamedTuple, Protocol

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from ozetle.llm.formats import recorded_fields
from ozetle.llm.request import Request
from ozetle.usage import Usage

# whoever makes an entry, the client or an imported file: nothing else, no header and no secret, reaches the store
Completion = Annotated[dict[str, Any], AfterValidator(recorded_fields)]


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
    response: Completion | None = None


class RecordedAnswer(BaseModel):
    """What a cache knows of an answer: all of an entry but the question, which whoever looks it up has in hand.

    Attributes:
        response: the raw chat completion as received (see `recorded_fields`).
        created: when the answer came, UTC.
        model: the model as the server named it.
        usage: token counts of the answer and of the refused answers asked for on the way to it.
        failed: the attempts before it, oldest first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    response: Completion
    created: AwareDatetime
    model: str
    usage: Usage
    failed: tuple[FailedAttempt, ...] = ()


class Entry(RecordedAnswer):
    """One recorded answer with its question.

    Attributes:
        key: `Request.key`.
        request: the full request.
    """

    key: str
    request: Request

    def content(self) -> dict[str, Any]:
        """Return the entry as JSON values, what it is about first; `Entry.model_validate` reads it."""
        content = self.model_dump(mode="json")
        return {"key": content.pop("key"), "request": content.pop("request"), **content}


class EntryInfo(NamedTuple):
    """What tells entries apart without reading them.

    Attributes:
        key: `Request.key`.
        created: when the answer came, UTC.
        model: `Request.model`.
        prompt: `Request.name`, the id of the prompt.
    """

    key: str
    created: datetime
    model: str
    prompt: str


class Store(Protocol):
    """Where entries are kept. Every method raises CacheError, naming the file, if it cannot be read or written."""

    def get(self, key: str) -> RecordedAnswer | None:
        """Return the answer under a key."""

    def entry(self, key: str) -> Entry | None:
        """Return the answer under a key with its question."""

    def put(self, entries: Sequence[Entry], *, replace: bool) -> int:
        """Keep entries; one under a key that is there already replaces what is there, or stays out.

        When it returns, neither a crash nor a power cut loses them. Returns how many were kept.
        """

    def remove(self, keys: Iterable[str]) -> int:
        """Forget entries and give their room back; returns how many there were."""

    def keys(self) -> Iterator[str]:
        """Yield all keys in their order."""

    def infos(self) -> Iterator[EntryInfo]:
        """Yield what tells the entries apart, in the order of their keys."""

    def counts(self) -> dict[str, int]:
        """Return the number of entries for each `Request.model`, sorted by name."""

    def size(self) -> int:
        """Return the bytes the store takes on disk."""

    def close(self) -> None:
        """Release what is held open."""
