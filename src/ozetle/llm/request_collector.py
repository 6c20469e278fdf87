"""Questions that are noted instead of asked: what a run would still have to pay for."""

from __future__ import annotations

from ozetle.llm.request import Request


class RequestCollector:
    """The requests whose answers the cache lacks, each once, in the order in which they came up."""

    def __init__(self) -> None:
        self.requests: dict[str, Request] = {}

    def note(self, request: Request) -> None:
        """Remember a request."""
        self.requests.setdefault(request.key, request)
