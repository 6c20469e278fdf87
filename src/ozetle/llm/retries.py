"""Repeats requests that were lost on the way: one policy for transport, and no other layer repeats them again."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from ozetle.errors import ModelError

if TYPE_CHECKING:
    from tenacity import AsyncRetrying, RetryCallState


@dataclass(frozen=True)
class Retries:
    """How often and how patiently a lost request is repeated.

    Attributes:
        attempts: requests of one question that may be lost before it is given up, repairs included.
        time_outs: of those, how many may be lost to a time-out: each takes long, and a server that hangs twice hangs.
        first_wait: seconds before the first repetition; it doubles each time, with up to as much again by chance.
        longest_wait: seconds waited at most; a server that asks for more (`Retry-After`) is not waited for.
    """

    attempts: int = 5
    time_outs: int = 2
    first_wait: float = 0.5
    longest_wait: float = 60.0


class TransientError(Exception):
    """A lost request that is worth repeating.

    Attributes:
        error: what is raised when it is given up.
        retry_after: seconds the server asks to wait, or None.
        reason: what is recorded of it. Recordings are shared: neither the server's address nor its words are in it.
        timed_out: whether nothing came in time.
    """

    def __init__(
        self,
        error: ModelError,
        retry_after: float | None = None,
        *,
        reason: str = "it was lost",
        timed_out: bool = False,
    ) -> None:
        super().__init__(str(error))
        self.timed_out = timed_out
        self.error = error
        self.retry_after = retry_after
        self.reason = reason


class Losses:
    """Counts the lost requests of one question, so that its repairs do not multiply the repetitions."""

    def __init__(self, retries: Retries) -> None:
        self._retries = retries
        self._lost = self._timed_out = 0

    def policy(self) -> AsyncRetrying:
        """Return the repetition of one request; when it gives up, the last TransientError comes out."""
        from tenacity import AsyncRetrying, retry_if_exception_type

        return AsyncRetrying(
            retry=retry_if_exception_type(TransientError),
            after=self._count,
            stop=self._stop,
            wait=self._wait,
            reraise=True,
        )

    def _count(self, state: RetryCallState) -> None:
        self._lost += 1
        error = state.outcome.exception() if state.outcome else None
        self._timed_out += isinstance(error, TransientError) and error.timed_out

    def _stop(self, state: RetryCallState) -> bool:
        if self._lost >= self._retries.attempts or self._timed_out >= self._retries.time_outs:
            return True
        return (_asked(state) or 0) > self._retries.longest_wait

    def _wait(self, state: RetryCallState) -> float:
        asked = _asked(state)
        growing = self._retries.first_wait * 2 ** (self._lost - 1) * (1 + random.random())  # noqa: S311
        return min(growing, self._retries.longest_wait) if asked is None else asked


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read how many seconds a response asks to wait, None if it does not say.

    `retry-after-ms` is OpenAI's; `Retry-After` is seconds or a date (RFC 9110, 10.2.3), which is measured against the
    response's own `Date`, because the clocks may differ.
    """
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers[name]) * scale
        except (KeyError, ValueError):
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    try:
        until = parsedate_to_datetime(headers["retry-after"])
        now = parsedate_to_datetime(headers["date"]) if "date" in headers else datetime.now(UTC)
        return max(0.0, (until - now).total_seconds())
    except (KeyError, ValueError, TypeError):
        return None


def _asked(state: RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome else None
    return error.retry_after if isinstance(error, TransientError) else None
