"""Asks for an answer through instructor, which asks again, with the reason, where the answer does not validate.

What instructor would make anew for every call is made once: its patched `create`, and the model it validates with.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

Messages = list[dict[str, Any]]
Complete = Callable[[Messages], Awaitable[str]]


async def repaired(messages: Messages, answer: type[BaseModel], complete: Complete, *, most: int) -> None:
    """Ask until the answer validates; raises what instructor raises, the reason as its `__cause__`.

    Args:
        messages: the conversation; instructor adds each answer that does not validate, and why.
        answer: the model that the answer is validated with.
        complete: sends a conversation and returns the bare text of the answer.
        most: how often it is asked again.
    """
    # it logs every failure as an error, which without a handler would go to stderr; users' own handlers still see it
    log = logging.getLogger("instructor")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    # no context=: with it instructor renders the messages, the article's text included, as templates
    await _create()(
        response_model=_checked(answer), max_retries=most, strict=False, messages=messages, complete=complete
    )


@cache
def _create() -> Callable[..., Awaitable[Any]]:
    import instructor

    async def create(messages: Messages, complete: Complete, **_: Any) -> ChatCompletion:
        """Stand in for the openai client's own; what else instructor passes is its own rendering of the schema."""
        return _completion(await complete(messages))

    patched: Callable[..., Awaitable[Any]] = instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA)
    return patched


@cache
def _checked(model: type[BaseModel]) -> type[BaseModel]:
    """Wrap an answer's model for instructor, which would otherwise render its schema and rebuild its class every time.

    Measured with a model of three levels: 1.1 ms a call instead of 6.5 ms, on busy cores.
    """
    from instructor import ResponseSchema

    class Checked(ResponseSchema):
        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return {}  # what is sent is `Request.answer_schema`

        @classmethod
        def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
            model.model_validate_json(json_data)
            return cls()

    return Checked


def _completion(text: str) -> ChatCompletion:
    """Wrap an answer's bare text as instructor expects it."""
    from openai.types.chat import ChatCompletion

    return ChatCompletion.model_validate(
        {
            "id": "",
            "object": "chat.completion",
            "created": 0,
            "model": "",
            "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
            # the counts are kept by who asks; without any, instructor looks for Anthropic's package at every answer
            "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        }
    )
