"""Turns what goes wrong between here and a model server into this library's errors, without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ozetle.errors import (
    ModelRefusedError,
    ModelUnreachableError,
    OzetleError,
    RateLimitedError,
    RequestRejectedError,
    ServerFailedError,
)
from ozetle.llm.models import ModelChoice
from ozetle.llm.retries import TransientError, retry_after

if TYPE_CHECKING:
    import openai

_FINAL_LIMITS = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active")
_KEY_SHAPES = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{4,}|\bsk-[\w-]{6,}|(?<=://)[^\s/@]+@")
_REDACTED = "[redacted]"


class Redactor:
    """Takes secrets out of texts: those it knows (from four characters on), in messages also what looks like a key."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = sorted((secret for secret in secrets if len(secret) >= 4), key=len, reverse=True)

    def known(self, text: str) -> str:
        """Take out the known secrets only: an answer must otherwise stay as it is."""
        for secret in self._secrets:
            text = text.replace(secret, _REDACTED)
        return text

    def message(self, text: str) -> str:
        """Make a server's message fit to show: one line, no secrets, at most 300 characters."""
        text = " ".join(_KEY_SHAPES.sub(_REDACTED, self.known(text)).split())
        return text if len(text) <= 300 else text[:299] + "…"


def not_a_completion(body: str, content_type: str, choice: ModelChoice, redactor: Redactor) -> TransientError:
    """Describe a successful response that holds no chat completion: a portal's web page, an error in disguise."""
    kind = content_type.partition(";")[0] or "no content type"
    try:
        said = _message(json.loads(body))
    except (ValueError, RecursionError):
        said = body
    cause = f"{choice.server} did not answer with a chat completion ({kind}: {redactor.message(said)[:80]!r})"
    return TransientError(
        ModelUnreachableError(cause, remedy="Is the base URL right? It usually ends in /v1."),
        reason="the server did not answer with a chat completion",
    )


def lost(error: BaseException, choice: ModelChoice, redactor: Redactor, timeout: float) -> TransientError:
    """Describe a connection that failed or took too long."""
    import openai

    if isinstance(error, (TimeoutError, openai.APITimeoutError)):
        cause = f"{choice.server} did not answer within {timeout:g} s"
        return TransientError(
            ModelUnreachableError(cause, remedy="Try again later, or with a longer time-out."),
            reason="the server did not answer in time",
        )
    reason = redactor.message(str(error.__cause__ or error)) or type(error.__cause__ or error).__name__
    cause = f"cannot reach {choice.server} ({reason})"
    return TransientError(
        ModelUnreachableError(cause, remedy="Is the server running, and the base URL right?"),
        reason=f"the connection failed ({type(error.__cause__ or error).__name__})",
    )


def refused(error: openai.APIStatusError, choice: ModelChoice, redactor: Redactor) -> TransientError | OzetleError:
    """Describe a response with an error status."""
    status, code = error.status_code, str(error.code or error.type or "")
    said = redactor.message(_message(error.body) or error.response.reason_phrase)
    about = f"{choice.server} answered {status}: {said}" if said else f"{choice.server} answered {status}"
    reason = f"the server answered {status}"
    if status in (401, 403):
        return ModelRefusedError(about, remedy=f"Set {choice.api_key_env} to a valid key that may use this model.")
    if status == 402 or code in _FINAL_LIMITS or str(error.type) in _FINAL_LIMITS:
        return ModelRefusedError(about, remedy="The account's quota is used up: check its plan and billing.")
    if status == 404 or code == "model_not_found":
        remedy = f"Is {choice.served_name!r} a model of this server, and does the base URL end as it should (/v1)?"
        return ModelRefusedError(about, remedy=remedy)
    if status == 429 and said.lower().startswith("request too large"):
        return RequestRejectedError(about, remedy="Shorten the article or use another model.")
    if status == 429:
        remedy = "Try again later, or with fewer requests at once."
        return TransientError(
            RateLimitedError(about, remedy=remedy), retry_after(error.response.headers), reason=reason
        )
    if status in (408, 409) or status >= 500:
        kind = ServerFailedError if status >= 500 else ModelUnreachableError
        return TransientError(
            kind(about, remedy="Try again later."), retry_after(error.response.headers), reason=reason
        )
    return RequestRejectedError(about, remedy=_remedy(said))


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
        return ""
    if isinstance(body, list):
        return "; ".join(filter(None, map(_message, body)))
    return str(body) if body is not None else ""
