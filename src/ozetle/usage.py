"""What it took to ask a model: tokens, requests, repairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Usage(BaseModel):
    """Token counts; None where the server did not say.

    Attributes:
        prompt_tokens: of prompts, all of them.
        cached_tokens: of those, what the server had read before.
        cache_write_tokens: of those, what the server was paid to remember.
        completion_tokens: of answers, reasoning included.
        reasoning_tokens: of those, what the answers do not show.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    cache_write_tokens: int | None = None
    completion_tokens: int | None = None
    reasoning_tokens: int | None = None

    def __add__(self, other: Usage) -> Usage:
        """Sum each count; unknown plus a number is the number, unknown plus unknown stays unknown."""
        return Usage(**{name: _sum(getattr(self, name), getattr(other, name)) for name in Usage.model_fields})

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """Read the token counts of a raw answer in any of the formats of `ozetle.llm`; any of them may be missing.

        Anthropic counts what is cached beside the prompt, and Gemini the reasoning beside the answer: here they are in.
        """
        usage, google = raw.get("usage"), raw.get("usageMetadata")
        if isinstance(google, Mapping):
            thoughts = _count(google, "thoughtsTokenCount")
            return cls(
                prompt_tokens=_count(google, "promptTokenCount"),
                cached_tokens=_count(google, "cachedContentTokenCount"),
                completion_tokens=_sum(_count(google, "candidatesTokenCount"), thoughts),
                reasoning_tokens=thoughts,
            )
        if _count(usage, "input_tokens") is not None:
            read, written = _count(usage, "cache_read_input_tokens"), _count(usage, "cache_creation_input_tokens")
            return cls(
                prompt_tokens=_sum(_sum(_count(usage, "input_tokens"), read), written),
                cached_tokens=read,
                cache_write_tokens=written,
                completion_tokens=_count(usage, "output_tokens"),
            )
        cached = _count(usage, "prompt_tokens_details", "cached_tokens")
        return cls(
            prompt_tokens=_count(usage, "prompt_tokens"),
            cached_tokens=_count(usage, "prompt_cache_hit_tokens") if cached is None else cached,  # DeepSeek's name
            cache_write_tokens=_count(usage, "prompt_tokens_details", "cache_write_tokens"),
            completion_tokens=_count(usage, "completion_tokens"),
            reasoning_tokens=_count(usage, "completion_tokens_details", "reasoning_tokens"),
        )


@dataclass(frozen=True, kw_only=True)
class Effort:
    """What it took to be answered, or to be left without an answer that can be used.

    Attributes:
        usage: token counts of the answer and its repairs; of a recorded one, what they were when it was recorded.
        requests: live requests made now, lost ones included.
        repairs: how often the model was asked again now, because its answer did not validate.
    """

    usage: Usage
    requests: int = 0
    repairs: int = 0


def _sum(first: int | None, second: int | None) -> int | None:
    return second if first is None else first if second is None else first + second


def _count(usage: Any, *path: str) -> int | None:
    for name in path:
        usage = usage.get(name) if isinstance(usage, Mapping) else None
    return usage if isinstance(usage, int) and not isinstance(usage, bool) and usage >= 0 else None
