"""What is asked of a model: the request, its canonical hash, and the token counts that come back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, field_validator

KEY_FORMAT = 1
"""Version of the canonical form that `Request.key` hashes; a change makes every recorded answer a miss."""


_SURROGATE = re.compile("[\ud800-\udfff]")


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def encodable(text: str) -> str:
    """Replace each lone surrogate, which UTF-8 cannot carry, by U+FFFD; the length stays."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


class Message(BaseModel):
    """One chat message; a lone surrogate, which no JSON request can carry, becomes U+FFFD."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["system", "user", "assistant"]
    content: str

    @field_validator("content")
    @classmethod
    def _encodable(cls, content: str) -> str:
        return encodable(content)

    @cached_property
    def canonical(self) -> str:
        """Its part of `Request.key`; the turns of a prompt that are the same in every request keep it."""
        return _canonical({"role": self.role, "content": self.content})


class Request(BaseModel):
    """One question to a model, complete: what is sent, and nothing that does not determine the answer.

    Attributes:
        model: the model as `provider/name`, for example `openai/gpt-4.1-mini`.
        messages: the conversation in order, sent unchanged.
        name: the schema's name, `[A-Za-z0-9_-]` only, as the response format wants it.
        answer_schema: JSON Schema of the answer, exactly as sent (after `Profile.wire_schema`).
        parameters: decoding parameters exactly as sent (temperature, max_tokens, seed …).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    messages: tuple[Message, ...]
    name: str
    answer_schema: dict[str, Any]
    parameters: dict[str, Any]

    @cached_property
    def key(self) -> str:
        """SHA-256, as hex, of the canonical JSON of all the fields and of `KEY_FORMAT`.

        Canonical: keys sorted, no spaces, characters unescaped, UTF-8. The order of an answer's fields counts all the
        same, because a wire schema lists every field in its `required` array, and arrays keep their order.
        """
        messages = ",".join(message.canonical for message in self.messages)
        behind = _canonical(
            {"model": self.model, "name": self.name, "parameters": self.parameters, "schema": self.answer_schema}
        )
        canonical = f'{{"format":{KEY_FORMAT},"messages":[{messages}],{behind[1:]}'
        return hashlib.sha256(canonical.encode()).hexdigest()


class Usage(BaseModel):
    """Token counts; None where the server did not say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None
    reasoning_tokens: int | None = None

    def __add__(self, other: Usage) -> Usage:
        """Sum each count; unknown plus a number is the number, unknown plus unknown stays unknown."""
        return Usage(**{name: _sum(getattr(self, name), getattr(other, name)) for name in Usage.model_fields})

    @classmethod
    def of(cls, completion: Mapping[str, Any]) -> Self:
        """Read the `usage` part of a raw chat completion; compatible servers may leave out any of it."""
        usage = completion.get("usage")
        return cls(
            prompt_tokens=_count(usage, "prompt_tokens"),
            cached_tokens=_count(usage, "prompt_tokens_details", "cached_tokens"),
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
