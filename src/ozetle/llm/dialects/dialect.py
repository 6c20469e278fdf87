"""What a server takes of a request: its mode and its parameters, known beforehand or learned from its refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from ozetle.llm.request import Mode, Request

LengthField = Literal["max_tokens", "max_completion_tokens"]

_LENGTH_FIELDS: tuple[LengthField, ...] = ("max_tokens", "max_completion_tokens")
# how servers say that they do not know a parameter, or do not take it, as against a value that is too large
_REFUSING = re.compile(
    r"unsupported|not (?:be )?supported|n[o']t (?:currently )?support|unknown|unrecogni[sz]ed|unexpected|not permitted|"
    r"not allowed|extra[_ ]forbidden|extra inputs|cannot find field|unavailable|not available|deprecated|"
    r"invalid (?:parameter|param\b|field|argument)|no longer|not (?:yet )?implemented|not enabled|not accept|"
    r"only the default|must be (?:one of )?['\"`]?(?:text|json|auto|none)|requires --",
    re.IGNORECASE,
)
_BAD_SCHEMA = re.compile(r"invalid schema|schema (?:is )?(?:invalid|too)|invalid json_?schema", re.IGNORECASE)
_FORMAT_NAMES = ("response_format", "response format", "json_schema", "json_object", "structured output")
_TOOL_NAMES = ("tools", "tool_choice", "tool choice", "tool use", "function calling", "function_call")


class Dialect(BaseModel):
    """How a server and model want to be asked.

    Attributes:
        mode: how the answer's form is asked for.
        strict: whether the schema is marked as strict, which makes OpenAI's servers keep to it.
        left_out: parameters that are not sent.
        length_field: the parameter that limits the answer's length; None for that of the request.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode = Mode.JSON_SCHEMA
    strict: bool = False
    left_out: frozenset[str] = frozenset()
    length_field: LengthField | None = None

    def adapted(self, request: Request) -> Request:
        """Return the request as this server takes it; the same object where nothing changes."""
        parameters = {
            self.length_field if self.length_field and name in _LENGTH_FIELDS else name: value
            for name, value in request.parameters.items()
        }
        parameters = {name: value for name, value in parameters.items() if name not in self.left_out}
        if parameters == request.parameters and self.mode is request.mode:
            return request
        return request.changed(parameters=parameters, mode=self.mode)

    def learned(self, request: Request, said: str, parameter: str | None, modes: tuple[Mode, ...]) -> Dialect | None:
        """Learn from a refusal.

        Args:
            request: what was refused.
            said: the server's words.
            parameter: the parameter that the server names as refused, if it names one in a field of its own.
            modes: the modes there are, the best first.

        Returns:
            the dialect to ask again in, or None if the refusal names nothing that can be left out.
        """
        if not _REFUSING.search(said) or _BAD_SCHEMA.search(said):
            return None  # a value is refused perhaps, for being too large
        named = [name for name in request.parameters if (name == parameter if parameter else _names(said, name))]
        length = next((name for name in _LENGTH_FIELDS if name in named), None)
        if length is not None:
            other = _LENGTH_FIELDS[1 - _LENGTH_FIELDS.index(length)]
            if self.length_field is None:
                return self.model_copy(update={"length_field": other})
        if named:
            return self.model_copy(update={"left_out": self.left_out | frozenset(named)})
        return self._other_form(said, parameter or "", modes)

    def _other_form(self, said: str, parameter: str, modes: tuple[Mode, ...]) -> Dialect | None:
        """Ask for the answer's form in another way, where the server refuses the present one."""
        about = f"{parameter} {said}".lower()
        if self.strict and _names(about, "strict"):
            return self.model_copy(update={"strict": False})
        uses_tools = self.mode is Mode.TOOLS
        if self.mode is Mode.PROMPT or not any(
            name in about for name in (_TOOL_NAMES if uses_tools else _FORMAT_NAMES)
        ):
            return None
        left = modes[modes.index(self.mode) + 1 :]
        if self.mode is Mode.JSON_SCHEMA and Mode.JSON_OBJECT in left and re.search(r"['\"`]json_object['\"`]", about):
            left = left[left.index(Mode.JSON_OBJECT) :]  # the server says what it takes
        return self.model_copy(update={"mode": left[0]}) if left else None

    def difference(self, before: Dialect) -> str:
        """Say what was learned since, for people to read."""
        told = []
        if self.mode is not before.mode:
            told.append(f"the answer's form is asked for as {self.mode.value}, not as {before.mode.value}")
        if before.strict and not self.strict:
            told.append("schemas are not marked as strict")
        if self.length_field != before.length_field:
            told.append(f"the answer's length is limited by {self.length_field}")
        new = sorted(self.left_out - before.left_out)
        if new:
            told.append(f"{', '.join(new)} {'is' if len(new) == 1 else 'are'} left out")
        return "; ".join(told)

    @classmethod
    def of_recorded(cls, recorded: Request, wanted: Request, known: Dialect) -> Dialect:
        """Return the dialect that made a recorded request out of one like the wanted one."""
        length = next((name for name in _LENGTH_FIELDS if name in recorded.parameters), None)
        missing = wanted.parameters.keys() - recorded.parameters.keys() - set(_LENGTH_FIELDS)
        left_out = missing if length else missing | set(_LENGTH_FIELDS)
        return cls(mode=recorded.mode, strict=known.strict, left_out=frozenset(left_out), length_field=length)


def refusal_text(body: Any) -> str:
    """Return what an error body says, without what it echoes of the request (`input`, `body`, `messages`)."""
    if isinstance(body, Mapping):
        told = [
            refusal_text(value)
            for name, value in body.items()
            if name not in ("input", "ctx", "body", "messages", "url")
        ]
        return " ".join(filter(None, told))
    if isinstance(body, list):
        return " ".join(filter(None, map(refusal_text, body)))
    return body if isinstance(body, str) else ""


def _names(said: str, name: str) -> bool:
    return re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", said, re.IGNORECASE) is not None
