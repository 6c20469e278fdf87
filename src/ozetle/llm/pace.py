"""How many requests are under way at once: learned from the server's answers, not guessed."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

_DURATION = re.compile(r"(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_SECONDS = (3600.0, 60.0, 1.0, 0.001)
_LONGEST_PAUSE = 60.0


class Pace:
    """Turns to send a request, first come, first served; bound to the event loop it is first used in.

    Additive increase, multiplicative decrease (Chiu and Jain, 1989), as TCP does it: a refusal for asking too much
    halves the number of requests at once, each round of successes adds one, up to the limit. No turn begins while the
    server wants a pause: after `Retry-After`, and when `x-ratelimit-remaining-…` says that nothing is left.

    Args:
        most: requests at once.
    """

    def __init__(self, most: int) -> None:
        self._most = max(1, most)
        self._limit = float(self._most)
        self._running = 0
        self._pause_ends = 0.0
        self._slowed = 0.0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def at_once(self) -> int:
        """Requests that may be under way now."""
        return int(self._limit)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[float]:
        """Wait for a turn and hold it; gives the loop's time at which it began."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._call()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # called and cancelled at once: the turn goes to the next
                self._end()
            raise
        try:
            yield asyncio.get_running_loop().time()
        finally:
            self._end()

    def slow_down(self, began: float, pause: float | None) -> None:
        """Note that a request was refused because too much was asked.

        Args:
            began: when its turn began: the requests that were under way together count as one refusal.
            pause: seconds the server asks to wait, or None.
        """
        now = asyncio.get_running_loop().time()
        if began >= self._slowed:
            self._slowed = now
            self._limit = max(1.0, self._limit / 2)
        self._pause(now, pause or 0.0)

    def go_on(self, headers: Mapping[str, str]) -> None:
        """Note a success, and what its headers say is left."""
        self._limit = min(float(self._most), self._limit + 1.0 / self._limit)
        for kind in ("requests", "tokens"):
            if headers.get(f"x-ratelimit-remaining-{kind}", "").strip() == "0":
                self._pause(asyncio.get_running_loop().time(), seconds(headers.get(f"x-ratelimit-reset-{kind}", "")))

    def _pause(self, now: float, length: float) -> None:
        self._pause_ends = max(self._pause_ends, now + min(length, _LONGEST_PAUSE))

    def _end(self) -> None:
        self._running -= 1
        self._call()

    def _call(self) -> None:
        """Give turns to those who wait, as many as may run now."""
        while self._waiting and self._waiting[0].done():  # cancelled meanwhile
            self._waiting.popleft()
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._waiting and now < self._pause_ends:
            if self._timer is None or self._timer.cancelled() or self._timer.when() <= now:
                self._timer = loop.call_at(self._pause_ends, self._call)
            return
        while self._waiting and self._running < int(self._limit):
            turn = self._waiting.popleft()
            if not turn.done():
                self._running += 1
                turn.set_result(None)


def seconds(duration: str) -> float:
    """Read a duration as OpenAI's rate limit headers write it ("6m0s", "20ms", "1.5"); 0 for anything else."""
    found = _DURATION.fullmatch(duration.strip())
    if found and found[0]:
        return sum(float(part) * scale for part, scale in zip(found.groups(), _SECONDS, strict=True) if part)
    try:
        return max(0.0, float(duration))
    except ValueError:
        return 0.0
