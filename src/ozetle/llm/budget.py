"""What a run may spend."""

from __future__ import annotations

import threading
from typing import NoReturn

from ozetle.errors import BudgetError
from ozetle.usage import Usage


class Budget:
    """Counts requests and tokens, and stops at a limit; may be shared by threads.

    Args:
        max_requests: requests that may be sent, lost ones included; None for any number.
        max_tokens: tokens of prompts and answers together after which nothing more is sent; None for any number. The
            answers under way when it is reached still come in, and are counted. Servers that report no usage count 0.
    """

    def __init__(self, max_requests: int | None = None, max_tokens: int | None = None) -> None:
        self.max_requests = max_requests
        self.max_tokens = max_tokens
        self.requests = 0
        self.usage = Usage()
        self._lock = threading.Lock()

    @property
    def tokens(self) -> int:
        """Tokens of prompts and answers so far."""
        return (self.usage.prompt_tokens or 0) + (self.usage.completion_tokens or 0)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Budget counts in one process and cannot be handed to another")

    def take(self) -> None:
        """Count a request that is about to be sent.

        Raises:
            BudgetError: it must not be sent any more.
        """
        with self._lock:
            if self.max_requests is not None and self.requests >= self.max_requests:
                sent = "1 request is" if self.requests == 1 else f"{self.requests} requests are"
                raise BudgetError(f"{sent} sent, as many as are allowed", remedy=_REMEDY)
            if self.max_tokens is not None and self.tokens >= self.max_tokens:
                raise BudgetError(f"{self.tokens} tokens are used, {self.max_tokens} are allowed", remedy=_REMEDY)
            self.requests += 1

    def spend(self, usage: Usage) -> None:
        """Count the tokens of an answer."""
        with self._lock:
            self.usage += usage


_REMEDY = "Every answer is kept: run the same again with a higher limit to go on."
