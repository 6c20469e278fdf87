"""Turns what goes wrong between here and a model server into this library's errors, without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ozetle.errors import (
    ModelRefusedError,
    ModelUnreachableError,
    OzetleError,
    RateLimitedError,
    RequestRejectedError,
    ServerFailedError,
)
from ozetle.llm.dialects.dialect import refusal_text
from ozetle.llm.models import ModelChoice
from ozetle.llm.retries import TransientError, retry_after

_FINAL_LIMITS = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_credits")
_KEY_SHAPES = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{4,}|\bsk-[\w-]{6,}|(?<=://)[^\s/@]+@")
_REDACTED = "[redacted]"
# what errors are called where they have no number, by OpenAI, Anthropic and Google
_STATUS_OF = {
    "insufficient_quota": 402,
    "insufficient_credits": 402,
    "billing_error": 402,
    "rate_limit_exceeded": 429,
    "rate_limit_error": 429,
    "RESOURCE_EXHAUSTED": 429,
    "overloaded_error": 529,
    "api_error": 500,
    "server_error": 500,
    "UNAVAILABLE": 503,
    "invalid_api_key": 401,
    "authentication_error": 401,
    "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403,
    "model_not_found": 404,
    "not_found_error": 404,
    "context_length_exceeded": 400,
    "invalid_request_error": 400,
    "INVALID_ARGUMENT": 400,
}


class Redactor:
    """Takes secrets out of texts: those it knows (from four characters on), in messages also what looks like a key.

    A secret is known as it is and as JSON writes it.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        written = {form for secret in secrets for form in _forms(secret) if len(secret) >= 4}
        self._secrets = sorted(written, key=len, reverse=True)

    def known(self, text: str) -> str:
        """Take out the known secrets only: an answer must otherwise stay as it is."""
        for secret in self._secrets:
            text = text.replace(secret, _REDACTED)
        return text

    def message(self, text: str) -> str:
        """Make a server's message fit to show: one line, no secrets, at most 300 characters."""
        text = " ".join(_KEY_SHAPES.sub(_REDACTED, self.known(text)).split())
        return text if len(text) <= 300 else text[:299] + "…"


def _forms(secret: str) -> tuple[str, ...]:
    return secret, json.dumps(secret)[1:-1], json.dumps(secret)[1:-1].replace("/", "\\/")


@dataclass(frozen=True)
class Response:
    """What a server sent back.

    Attributes:
        status: the HTTP status; of an error in a successful response the one that the error names.
        headers: their names in lower case.
        text: the body, without secrets.
    """

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def body(self) -> Any:
        """The body as a JSON value; a text that is none stays one."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return self.text


def hidden_status(body: Any) -> int | None:
    """Return the status that an error in a successful response stands for; None if it has none, or is no error."""
    if not isinstance(body, Mapping):
        return None
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], Mapping) else {}
    error = body.get("error") or first.get("error")
    for value in (error, body) if isinstance(error, Mapping) else ():
        for name in ("code", "status", "type"):
            code = value.get(name)
            if isinstance(code, str) and code.isdecimal():
                code = int(code)
            status = _STATUS_OF.get(code) if isinstance(code, str) else code
            if isinstance(status, int) and 400 <= status < 600:
                return status
    return None


def not_a_completion(response: Response, choice: ModelChoice, redactor: Redactor) -> TransientError:
    """Describe a successful response that holds no chat completion: a portal's web page, an error in disguise."""
    kind = response.headers.get("content-type", "").partition(";")[0] or "no content type"
    body = response.body
    said = body if isinstance(body, str) else _message(body)
    cause = f"{choice.server} did not answer with a chat completion ({kind}: {redactor.message(said)[:80]!r})"
    return TransientError(
        ModelUnreachableError(cause, remedy="Is the base URL right? It usually ends in /v1."),
        reason="the server did not answer with a chat completion",
    )


def timed_out(choice: ModelChoice, waited: float) -> TransientError:
    """Describe a request that took too long."""
    cause = f"{choice.server} did not answer within {waited:g} s"
    return TransientError(
        ModelUnreachableError(cause, remedy="Try again later, or with a longer time-out."),
        reason="the server did not answer in time",
        timed_out=True,
    )


def lost(error: BaseException, choice: ModelChoice, redactor: Redactor) -> TransientError:
    """Describe a connection that failed."""
    reason = redactor.message(str(error.__cause__ or error)) or type(error.__cause__ or error).__name__
    cause = f"cannot reach {choice.server} ({reason})"
    return TransientError(
        ModelUnreachableError(cause, remedy="Is the server running, and the base URL right?"),
        reason=f"the connection failed ({type(error.__cause__ or error).__name__})",
    )


def refused(response: Response, choice: ModelChoice, redactor: Redactor) -> TransientError | OzetleError:
    """Describe a response with an error status."""
    status, body = response.status, response.body
    codes = _codes(body)
    said = redactor.message(_message(body))
    about = f"{choice.server} answered {status}: {said}" if said else f"{choice.server} answered {status}"
    reason = f"the server answered {status}"
    if status in (401, 403):
        return ModelRefusedError(about, remedy=f"Set {choice.api_key_env} to a valid key that may use this model.")
    if status == 402 or not codes.isdisjoint(_FINAL_LIMITS) or "credit balance" in said.lower():
        remedy = "The account's quota or credits are used up: check its plan and billing."
        return ModelRefusedError(about, remedy=remedy)
    rejected = _rejected(about, said, response, body, redactor)
    if "model_not_found" in codes or (status == 404 and not rejected.parameter and "support" not in said.lower()):
        remedy = f"Is {choice.served_name!r} a model of this server, and does the base URL end as it should (/v1)?"
        return ModelRefusedError(about, remedy=remedy)
    if status == 429 and said.lower().startswith("request too large"):
        return RequestRejectedError(about, remedy="Shorten the article or use another model.")
    if status == 429:
        remedy = "Try again later, or with fewer requests at once."
        return TransientError(RateLimitedError(about, remedy=remedy), retry_after(response.headers), reason=reason)
    if status in (408, 409) or status >= 500:
        kind = ServerFailedError if status >= 500 else ModelUnreachableError
        return TransientError(kind(about, remedy="Try again later."), retry_after(response.headers), reason=reason)
    return rejected


def _rejected(about: str, said: str, response: Response, body: Any, redactor: Redactor) -> RequestRejectedError:
    error = RequestRejectedError(about, remedy=_remedy(said))
    error.said = redactor.known(refusal_text(body))
    named = body.get("error", body) if isinstance(body, Mapping) else {}
    parameter = named.get("param") if isinstance(named, Mapping) else None
    error.parameter = parameter if isinstance(parameter, str) and parameter.isidentifier() else None
    return error


def _codes(body: Any) -> set[str]:
    """Return what an error calls itself."""
    places = [body, body.get("error")] if isinstance(body, Mapping) else []
    return {
        str(place[name])
        for place in places
        if isinstance(place, Mapping)
        for name in ("code", "type")
        if place.get(name)
    }


def _remedy(said: str) -> str:
    said = said.lower()
    if "context" in said or "too long" in said or "maximum" in said:
        return "Shorten the article or use a model with a longer context."
    if "response_format" in said or "json_schema" in said or "grammar" in said:
        return "The server must take response_format json_schema: use another server, or a newer version of it."
    return "The server does not take this request: is the model one that chats and takes JSON schemas?"


def _message(body: Any) -> str:
    """Find the message in an error body; servers disagree on where it stands."""
    if isinstance(body, Mapping):
        for name in ("message", "detail", "error", "msg"):
            if body.get(name):
                return _message(body[name])
        choices = body.get("choices")
        return (
            _message(choices[0].get("error"))
            if isinstance(choices, list) and choices and isinstance(choices[0], Mapping)
            else ""
        )
    if isinstance(body, list):
        return "; ".join(filter(None, map(_message, body)))
    return str(body) if body is not None else ""
