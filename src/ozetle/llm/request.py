"""What is asked of a model: the request and its canonical hash."""

from __future__ import annotations

import hashlib
import json
import re
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, field_validator, model_serializer

KEY_FORMAT = 1
"""Version of the canonical form that `Request.key` hashes; a change makes every recorded answer a miss."""

_CHARACTERS_A_TOKEN = 3.0  # of Turkish in the tokenizers of large models; small ones take more
_TOKENS_A_MESSAGE = 4
_SURROGATE = re.compile("[\ud800-\udfff]")


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def encodable(text: str) -> str:
    """Replace each lone surrogate, which UTF-8 cannot carry, by U+FFFD; the length stays."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


class Mode(StrEnum):
    """How an answer's form is asked for; instructor renders each (https://python.useinstructor.com/modes-comparison/)."""

    JSON_SCHEMA = "json_schema"
    """The schema is the response format, and a server that takes it lets the model write nothing else."""
    TOOLS = "tools"
    """The schema is that of a function that the model has to call."""
    JSON_OBJECT = "json_object"
    """The response format is any JSON object, and the schema stands in the prompt."""
    PROMPT = "prompt"
    """The schema stands in the prompt, and that is all."""


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
        parameters: decoding parameters exactly as sent (temperature, max_tokens, seed …); servers that are asked
            through a vendor's own library are sent the same under the vendor's names.
        mode: how the answer's form is asked for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    messages: tuple[Message, ...]
    name: str
    answer_schema: dict[str, Any]
    parameters: dict[str, Any]
    mode: Mode = Mode.JSON_SCHEMA

    @model_serializer(mode="wrap")
    def _without_usual_mode(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave the mode out where it is the usual one, as in all that was recorded before there were others."""
        content: dict[str, Any] = serialize(self)
        if self.mode is Mode.JSON_SCHEMA:
            del content["mode"]
        return content

    def changed(self, **fields: Any) -> Request:
        """Return the request with some fields changed, and the key that it has then."""
        return Request(**{name: getattr(self, name) for name in Request.model_fields} | fields)

    @cached_property
    def key(self) -> str:
        """SHA-256, as hex, of the canonical JSON of all the fields and of `KEY_FORMAT`; a usual mode is left out.

        Canonical: keys sorted, no spaces, characters unescaped, UTF-8. The order of an answer's fields counts all the
        same, because a wire schema lists every field in its `required` array, and arrays keep their order.
        """
        messages = ",".join(message.canonical for message in self.messages)
        rest = {"model": self.model, "name": self.name, "parameters": self.parameters, "schema": self.answer_schema}
        behind = _canonical(rest if self.mode is Mode.JSON_SCHEMA else rest | {"mode": self.mode.value})
        canonical = f'{{"format":{KEY_FORMAT},"messages":[{messages}],{behind[1:]}'
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def prompt_tokens(self) -> int:
        """About how many tokens the prompt has, schema included."""
        characters = sum(len(message.content) for message in self.messages) + len(str(self.answer_schema))
        return int(characters / _CHARACTERS_A_TOKEN) + len(self.messages) * _TOKENS_A_MESSAGE
