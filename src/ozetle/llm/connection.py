"""The connection to one model server, over the openai client: one request out, one raw chat completion back."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlsplit, urlunsplit

from ozetle.errors import ConfigurationError
from ozetle.llm.models import ModelChoice, local_model_name
from ozetle.llm.pace import Pace
from ozetle.llm.request import Request, encodable

if TYPE_CHECKING:
    import ssl

    import openai

T = TypeVar("T")

NO_KEY = "none"
"""What keyless servers are given as a key: the openai client insists on one."""

_CONNECT_SECONDS = 10.0


class Connection:
    """A pool of connections to one server, bound to the event loop it is first used in.

    Args:
        choice: the model, for the error messages.
        base_url: the server; a login in it (`user:password@`) is sent as basic authentication, unless there is a key.
        key: the API key, or `NO_KEY`.
        timeout: seconds one request may take as a whole.
        at_once: requests that may be under way at once.

    Attributes:
        pace: gives turns to send a request; its successes are noted here.
        redactor: knows this connection's secrets.
    """

    def __init__(self, choice: ModelChoice, base_url: str, key: str, timeout: float, at_once: int) -> None:
        import httpx2
        import openai

        from ozetle.llm.faults import Redactor

        parts = urlsplit(base_url)
        login, _, host = parts.netloc.rpartition("@")
        user, _, password = (unquote(part) for part in login.partition(":"))
        basic = base64.b64encode(f"{user}:{password}".encode()).decode()
        headers: dict[str, Any] = {} if choice.api_key_env == "OPENAI_API_KEY" else _openai_headers(openai.Omit())
        headers["Authorization"] = f"Basic {basic}" if login and key == NO_KEY else f"Bearer {key}"
        loopback = parts.hostname in ("localhost", "127.0.0.1", "::1")
        self.pace = Pace(at_once)
        self._choice = choice
        self._timeout = timeout
        self.redactor = Redactor([password, login, basic if login else "", key if key != NO_KEY else ""])
        self._openai = openai.AsyncOpenAI(
            api_key=key,
            base_url=urlunsplit(parts._replace(netloc=host)),  # without the login, which log lines would show
            max_retries=0,
            default_headers=headers,
            http_client=openai.DefaultAsyncHttpxClient(
                verify=_certificates(),
                timeout=httpx2.Timeout(timeout, connect=min(timeout, _CONNECT_SECONDS)),
                follow_redirects=False,  # each of up to twenty would be a request that nobody counts
                trust_env=not loopback,  # a proxy from the environment cannot reach this machine's own servers
            ),
        )

    async def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Send one chat completion request and return the raw completion.

        Raises:
            TransientError: the request was lost; repeating it may help.
            ModelRefusedError, RequestRejectedError: repeating it would not.
        """
        import httpx2
        import openai

        from ozetle.llm import faults

        problem: Exception
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._openai.post("/chat/completions", cast_to=httpx2.Response, body=body)
            text = self.redactor.known(response.text)
            raw = _completion_in(text)
            if raw is not None:
                self.pace.go_on(response.headers)
                return raw
            content_type = response.headers.get("content-type", "")
            problem = faults.not_a_completion(text, content_type, self._choice, self.redactor)
        except openai.APIStatusError as error:
            problem = faults.refused(error, self._choice, self.redactor)
        except (openai.APIConnectionError, TimeoutError) as error:
            problem = faults.lost(error, self._choice, self.redactor, self._timeout)
        # outside the handlers, so that no exception that holds the request's headers hangs on as its context
        raise problem

    async def call(self, action: Callable[[openai.AsyncOpenAI], Awaitable[T]]) -> T:
        """Do something with the openai client other than asking, and return what comes of it.

        Raises:
            TransientError, ModelRefusedError, RequestRejectedError: as `post`.
        """
        import httpx2
        import openai

        from ozetle.llm import faults

        problem: Exception
        try:
            return await action(self._openai)
        except openai.APIStatusError as error:
            problem = faults.refused(error, self._choice, self.redactor)
        except (openai.APIConnectionError, httpx2.HTTPError, TimeoutError) as error:
            problem = faults.lost(error, self._choice, self.redactor, self._timeout)
        raise problem  # outside the handlers, as in `post`

    async def close(self) -> None:
        """Close what is open."""
        await self._openai.close()


def request_body(request: Request, choice: ModelChoice) -> dict[str, Any]:
    """Return the body of the chat completion call that asks a request."""
    return {
        "model": choice.served_name,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "response_format": _response_format(request, choice),
        **request.parameters,
    }


def _response_format(request: Request, choice: ModelChoice) -> dict[str, Any]:
    if choice.profile.structured == "json_object":
        return {"type": "json_object"}
    schema: dict[str, Any] = {"name": request.name, "schema": request.answer_schema}
    if choice.profile.structured == "json_schema_strict":
        schema["strict"] = True
    return {"type": "json_schema", "json_schema": schema}


@cache
def _certificates() -> ssl.SSLContext:
    """Load the certificate authorities once: it takes longer (80 ms) than all the rest of a connection."""
    import httpx2

    return httpx2.create_ssl_context()


def _openai_headers(value: Any) -> dict[str, Any]:
    """Give a value to every header the openai client takes from the environment: another host must not see them."""
    lines = os.environ.get("OPENAI_CUSTOM_HEADERS", "").split("\n")
    own = [line.partition(":")[0].strip() for line in lines if ":" in line]
    return dict.fromkeys([*own, "OpenAI-Organization", "OpenAI-Project"], value)


def start_embedded(choice: ModelChoice) -> str:
    """Start the embedded model, unless it runs already, and return its base URL.

    Raises:
        ConfigurationError: the choice names a model that is not the embedded one.
        NoModelError: xllamacpp is not installed.
        WeightsError: its weights cannot be had.
    """
    if choice.provider != "local":
        raise ConfigurationError(
            f"no server for {choice.name}", remedy="Name its address with --base-url (base_url=…)."
        )
    if choice.served_name != local_model_name():
        raise ConfigurationError(
            f"the embedded model is {local_model_name()}, not {choice.served_name}",
            remedy=f"Set OZETLE_LOCAL_MODEL to the path of {choice.served_name}.gguf, or use --model local.",
        )
    from ozetle.llm import embedded

    return embedded.start().base_url


def _completion_in(text: str) -> dict[str, Any] | None:
    """Read a response body; None if it is no chat completion."""
    try:
        return as_completion(json.loads(text))
    except (ValueError, RecursionError):
        return None


def as_completion(raw: Any) -> dict[str, Any] | None:
    """Return a JSON value as a raw chat completion whose texts can be encoded; None if it is none."""
    choices = raw.get("choices") if isinstance(raw, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(first, dict) or not isinstance(first.get("message"), dict):
        return None
    cleaned: dict[str, Any] = _encodable(raw)
    return cleaned


def _encodable(value: Any) -> Any:
    """Clean every text in a JSON value: an emoji cut in two by the length limit leaves half a surrogate pair."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {encodable(name): _encodable(item) for name, item in value.items()}
    return value
