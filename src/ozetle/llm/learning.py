"""How one server is spoken to: what is known of it, and what its refusals teach, learned once for all who ask."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from weakref import WeakKeyDictionary

from ozetle.errors import CacheError, RequestRejectedError
from ozetle.llm.cache import Cache
from ozetle.llm.dialects import store
from ozetle.llm.dialects.dialect import Dialect
from ozetle.llm.models import ModelChoice
from ozetle.llm.request import Mode, Request

_PATIENCE = 2.0  # seconds that others wait for the first answer: a refusal comes at once, a slow answer is none

logger = logging.getLogger(__name__)


class Speech:
    """The dialect of one model on one server; shared by all event loops and threads.

    While nothing is known of the server, the first question goes alone, so that its refusals are not met by every
    question at once; the others wait until it is answered or comes to nothing.

    Args:
        choice: the model.

    Attributes:
        dialect: what the server takes, as far as is known.
    """

    def __init__(self, choice: ModelChoice) -> None:
        self._choice = choice
        known = store.recall(choice.server, choice.served_name) if choice.base_url is not None else None
        self.dialect = known or choice.profile.dialect
        self._settled = known is not None or choice.profile.settled
        self._kept = known is not None or choice.profile.settled
        self._has_looked = False
        self._first: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Future[None]] = WeakKeyDictionary()

    def look_at_recordings(self, request: Request, cache: Cache) -> None:
        """Learn from what is recorded of this model, once: recordings may come from a machine that learned more."""
        if self._settled or self._has_looked:
            return
        self._has_looked = True
        with suppress(CacheError):
            key = next((info.key for info in cache.infos() if info.model == request.model), None)
            entry = cache.entry(key) if key is not None else None
            if entry is not None:
                self.dialect = Dialect.of_recorded(entry.request, request, self.dialect)
                self._settled = True

    async def wait_turn(self) -> bool:
        """Wait while another is the first to ask this server; returns whether the caller is the first now.

        Who is has to call `answered`, or `first_is_over` where nothing came of it.
        """
        loop = asyncio.get_running_loop()
        while not self._settled:
            first = self._first.get(loop)
            if first is None or first.done():
                self._first[loop] = loop.create_future()
                return True
            await asyncio.wait([first], timeout=_PATIENCE)
            if not first.done():
                self._settled = True  # a slow server is no reason to ask it one question at a time
        return False

    def answered(self) -> None:
        """Note that the server took a request as it is put now."""
        if not self._kept:
            self._kept = True
            if self._choice.base_url is not None:
                store.remember(self._choice.server, self._choice.served_name, self.dialect)
        self._settled = True
        self.first_is_over()

    def lost(self) -> None:
        """Note that a request was lost: nobody waits for its like any more, or a run would wait for each in turn."""
        self._settled = True
        self.first_is_over()

    def first_is_over(self) -> None:
        """Let the next one ask."""
        first = self._first.get(asyncio.get_running_loop())
        if first is not None and not first.done():
            first.set_result(None)

    def learn(
        self, used: Dialect, request: Request, refusal: RequestRejectedError, modes: tuple[Mode, ...]
    ) -> str | None:
        """Learn from a refusal.

        Args:
            used: the dialect that the request was sent in.
            request: what was refused.
            refusal: what the server said.
            modes: the modes that the server's API has.

        Returns:
            what is otherwise now, for people to read; empty if another question has taught it meanwhile; None if the
            refusal teaches nothing, and asking again makes no sense.
        """
        if used != self.dialect:
            return ""
        better = used.learned(request, refusal.said, refusal.parameter, modes)
        if better is None or better == used:
            return None
        difference = better.difference(used)
        logger.warning("%s at %s: %s (%s)", self._choice.name, self._choice.server, difference, refusal.cause)
        self.dialect = better
        self._kept = False
        return difference
