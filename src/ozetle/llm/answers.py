"""Reads raw answers: finds the JSON object in whatever surrounds it and validates it.

Models wrap their JSON in prose, code fences or `<think>` blocks, put it where tool calls go, or are cut off at the
length limit. Recorded answers are kept raw and read again on every use, so all of this knowledge is here only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pydantic_core
from pydantic import BaseModel, ValidationError

from ozetle.errors import AnswerError
from ozetle.llm.formats import reply
from ozetle.llm.request import encodable

T = TypeVar("T", bound=BaseModel)

_DECODER = json.JSONDecoder(strict=False)
_MAX_STARTS = 200  # so that an answer full of braces costs bounded time
_LAST_NUMBER = re.compile(r"[-+0-9.eE]+\Z")  # cut off itself, perhaps: 1 of 12
_THINK_OPEN = re.compile(r"\s*<(think|thinking)>", re.IGNORECASE)
_THINK_CLOSE = re.compile(r"</(think|thinking)>", re.IGNORECASE)


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """A validated answer.

    Attributes:
        value: the answer.
        text: the JSON it was read from, without its wrapping.
        truncated: the answer was cut off at the length limit, and only its complete parts are in `value`.
    """

    value: T
    text: str
    truncated: bool


def parse(raw: Mapping[str, Any], model: type[T]) -> Parsed[T]:
    """Validate the answer in a raw answer of any API, see `ozetle.llm.formats`.

    Of several JSON objects in the text the longest that validates is taken. An answer cut off at the length limit is
    completed from what is whole in it; if that validates it is kept, flagged as truncated.

    Raises:
        AnswerError: there is no JSON object: an empty answer, prose only, a refusal, a content filter, or an answer cut
            off before anything was whole.
        pydantic.ValidationError: there is one, and it does not fit the model.
    """
    said = reply(raw)
    if said.refusal:
        raise AnswerError(f"the model refused to answer: {_excerpt(said.refusal)}")
    if not said.text.strip():
        if said.filtered:
            raise AnswerError("the server's content filter blocked the answer")
        if said.cut_off:
            raise _cut_off()
        raise AnswerError("the model's answer is empty")
    text = _without_thinking(said.text)
    found = _objects(text)
    if said.cut_off:
        for start, candidate in found:
            for part in (candidate,) if candidate else _complete_parts(text[start:]):
                try:
                    return Parsed(model.model_validate_json(part), part, truncated=candidate is None)
                except ValidationError:
                    continue
        raise _cut_off()
    refused: ValidationError | None = None
    for candidate in sorted((candidate for _, candidate in found if candidate), key=len, reverse=True):
        try:
            return Parsed(model.model_validate_json(candidate), candidate, truncated=False)
        except ValidationError as error:
            refused = refused or error
    if found and found[0][1] is None:  # broken JSON: what follows are likely its inner objects, so say where it breaks
        model.model_validate_json(text[found[0][0] :])
    if refused is not None:
        raise refused
    raise AnswerError(f"the model's answer holds no JSON object: {_excerpt(text)}")


def _without_thinking(text: str) -> str:
    """Cut leading thinking off. Only before the answer: the same tags inside its strings are the article's own."""
    if text.lstrip().startswith("{"):
        return text
    while opening := _THINK_OPEN.match(text):
        closing = _THINK_CLOSE.search(text, opening.end())
        text = text[closing.end() if closing else opening.end() :]
        if not closing:
            return text
    # some chat templates put the opening tag into the prompt, so that only the closing one is in the answer
    closing = _THINK_CLOSE.search(text)
    if closing and "{" in text[closing.end() :] and not any(found for _, found in _objects(text[: closing.start()])):
        return text[closing.end() :]
    return text


def _objects(text: str) -> list[tuple[int, str | None]]:
    """Return where JSON objects start, outermost first, each with its normalised text; None if it never closes."""
    found: list[tuple[int, str | None]] = []
    start = text.find("{")
    while start >= 0 and len(found) < _MAX_STARTS:
        try:
            value, end = _DECODER.raw_decode(text, start)
            found.append((start, encodable(json.dumps(value, ensure_ascii=False))))
        except (ValueError, RecursionError):
            found.append((start, None))
            end = start + 1
        start = text.find("{", end)
    return found


def _complete_parts(text: str) -> Iterator[str]:
    """Yield what is complete in an object that breaks off: with the last item's whole fields, then without it."""
    text = _LAST_NUMBER.sub("", text)
    try:
        value = pydantic_core.from_json(text, allow_partial=True)
    except ValueError:
        return
    if not value:
        return
    yield json.dumps(value, ensure_ascii=False)
    last: Any = value
    lists: list[list[Any]] = []
    while isinstance(last, (dict, list)) and last:
        if isinstance(last, list):
            lists.append(last)
        last = last[-1] if isinstance(last, list) else last[next(reversed(last))]
    for items in reversed(lists):
        items.pop()
        yield json.dumps(value, ensure_ascii=False)


def _cut_off() -> AnswerError:
    return AnswerError("the model's answer was cut off at the length limit", remedy="Raise the limit (max_tokens).")


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= 80 else text[:79] + "…")
