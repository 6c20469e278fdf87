"""Lets instructor render a question in its mode, read the answer, and ask again where it does not validate."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel

from ozetle.llm.dialects.dialect import Dialect
from ozetle.llm.request import Mode, Request

if TYPE_CHECKING:
    import instructor
    from instructor import Provider
    from instructor.core.hooks import Hooks

Create = Callable[..., Awaitable[Any]]
Read = Callable[[str], object]


async def instructed(
    create: Create,
    request: Request,
    arguments: dict[str, Any],
    dialect: Dialect,
    read: Read,
    *,
    provider: str,
    most: int,
) -> None:
    """Ask until the answer can be read; raises what instructor raises, the reason as its `__cause__`.

    Args:
        create: sends what instructor rendered and returns the vendor's own kind of completion.
        request: its name and schema are what instructor renders.
        arguments: what else `create` is called with: the model, the messages, the parameters.
        dialect: whether the schema is strict.
        read: takes the text of an answer; raises ValidationError, or instructor's ResponseParsingError, to be asked
            again.
        provider: whose API it is, in instructor's words.
        most: how often it is asked again.
    """
    # it logs every failure as an error, which without a handler would go to stderr; users' own handlers still see it
    log = logging.getLogger("instructor")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    patched = _patched(create, provider, request.mode)
    # no context=: with it instructor renders the messages, the article's text included, as templates
    await patched(
        response_model=_response_model(request, read),
        max_retries=most,
        strict=False,
        hooks=_hooks(dialect),
        **arguments,
    )


def rendered(request: Request, arguments: dict[str, Any], dialect: Dialect, *, provider: str) -> dict[str, Any]:
    """Return what `create` is called with when the request is asked: in OpenAI's case, the body that is sent."""
    from instructor.v2.core.registry import mode_registry

    _, content = mode_registry.get_handlers(_provider(provider), _mode(request.mode, provider)).request_handler(
        response_model=_response_model(request, lambda text: text), kwargs=arguments
    )
    _mark_strict(content, dialect)
    return content


def unreadable(cause: str) -> Exception:
    """Return the error that makes instructor ask again where there is nothing to validate."""
    from instructor.core.exceptions import ResponseParsingError

    return ResponseParsingError(cause, mode="")


def _patched(create: Create, provider: str, mode: Mode) -> Create:
    import instructor

    patched: Create = instructor.patch(create=create, mode=_mode(mode, provider), provider=_provider(provider))
    return patched


def _response_model(request: Request, read: Read) -> type[BaseModel]:
    """Return what instructor takes for the model of an answer: the request's own schema, and our own reading."""
    base = _response_base()
    schema = (
        request.answer_schema if request.mode is not Mode.TOOLS else {"title": request.name, **request.answer_schema}
    )
    return type(request.name, (base,), {"wire_schema": schema, "reader": staticmethod(read)})


@cache
def _response_base() -> type[BaseModel]:
    from instructor import ResponseSchema

    class Answer(ResponseSchema):
        wire_schema: ClassVar[dict[str, Any]]
        reader: ClassVar[Read]

        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return dict(cls.wire_schema)  # instructor adds a description to it

        @classmethod
        def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
            cls.reader(json_data if isinstance(json_data, str) else bytes(json_data).decode())
            return cls()

        @classmethod
        def model_validate(cls, obj: Any, **_: Any) -> Self:
            return cls.model_validate_json(json.dumps(obj, ensure_ascii=False))

    return Answer


def _hooks(dialect: Dialect) -> Hooks | None:
    if not dialect.strict:
        return None
    from instructor.core.hooks import Hooks

    hooks = Hooks()
    hooks.on("completion:kwargs", lambda **arguments: _mark_strict(arguments, dialect))
    return hooks


def _mark_strict(arguments: dict[str, Any], dialect: Dialect) -> None:
    """Mark the schema as strict, which instructor does not."""
    if not dialect.strict:
        return
    if "json_schema" in arguments.get("response_format", {}):
        arguments["response_format"]["json_schema"]["strict"] = True
    for tool in arguments.get("tools", ()):
        tool["function"]["strict"] = True


def _provider(name: str) -> Provider:
    from instructor import Provider

    return Provider(name)


def _mode(mode: Mode, provider: str) -> instructor.Mode:
    import instructor

    if provider == "anthropic":
        return instructor.Mode.TOOLS if mode is Mode.TOOLS else instructor.Mode.JSON
    if provider == "genai":
        return instructor.Mode.TOOLS if mode is Mode.TOOLS else instructor.Mode.JSON
    return {
        Mode.JSON_SCHEMA: instructor.Mode.JSON_SCHEMA,
        Mode.TOOLS: instructor.Mode.TOOLS,
        Mode.JSON_OBJECT: instructor.Mode.JSON,
        Mode.PROMPT: instructor.Mode.MD_JSON,
    }[mode]
