"""Questions that are noted instead of asked: what a run would still have to pay for."""

from __future__ import annotations

from ozetle.llm.request import Request

_CHARACTERS_A_TOKEN = 3.0  # of Turkish in the tokenizers of large models; small ones take more
_TOKENS_A_MESSAGE = 4


class RequestCollector:
    """The requests whose answers the cache lacks, each once, in the order in which they came up."""

    def __init__(self) -> None:
        self.requests: dict[str, Request] = {}

    def note(self, request: Request) -> None:
        """Remember a request."""
        self.requests.setdefault(request.key, request)

    @property
    def prompt_tokens(self) -> int:
        """About how many tokens the prompts have, schemas included."""
        characters = sum(
            sum(len(message.content) for message in request.messages) + len(str(request.answer_schema))
            for request in self.requests.values()
        )
        messages = sum(len(request.messages) for request in self.requests.values())
        return int(characters / _CHARACTERS_A_TOKEN) + messages * _TOKENS_A_MESSAGE
