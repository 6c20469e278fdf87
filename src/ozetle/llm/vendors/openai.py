"""Chat completions, over the openai client: OpenAI's own server and all that are compatible with it."""

from __future__ import annotations

import base64
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlsplit, urlunsplit

from ozetle.llm import faults
from ozetle.llm.connection import NO_KEY, Connection, http_settings
from ozetle.llm.instructing import rendered
from ozetle.llm.models import ModelChoice
from ozetle.llm.options import ModelOptions, TimeOuts
from ozetle.llm.request import Mode, Request

if TYPE_CHECKING:
    import httpx2
    import openai

T = TypeVar("T")


class OpenAIConnection(Connection):
    """A login in the base URL (`user:password@`) is sent as basic authentication, unless there is a key."""

    provider = "openai"
    modes = (Mode.JSON_SCHEMA, Mode.TOOLS, Mode.JSON_OBJECT, Mode.PROMPT)

    def __init__(
        self, choice: ModelChoice, base_url: str, key: str, timeouts: TimeOuts, options: ModelOptions, at_once: int
    ) -> None:
        import openai

        super().__init__(choice, base_url, key, timeouts, options, at_once)
        parts = urlsplit(base_url)
        login, basic, _ = _login(base_url)
        headers: dict[str, Any] = {} if choice.api_key_env == "OPENAI_API_KEY" else _openai_headers(openai.Omit())
        headers["Authorization"] = f"Basic {basic}" if login and key == NO_KEY else f"Bearer {key}"
        if choice.key_header is not None:
            headers[choice.key_header] = key
        self._own = options.client is None
        if options.client is not None:
            self._openai: openai.AsyncOpenAI = options.client.with_options(max_retries=0)
            return
        self._openai = openai.AsyncOpenAI(
            api_key=key,
            # without the login, which log lines would show
            base_url=urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])),
            max_retries=0,
            default_headers=headers | dict(options.headers),
            http_client=openai.DefaultAsyncHttpxClient(**http_settings(parts.hostname, timeouts)),
        )

    def arguments(self, request: Request) -> dict[str, Any]:
        arguments = openai_arguments(request, self._choice)
        tier = self._options.service_tier
        return arguments if tier is None else arguments | {"service_tier": tier}

    def completion(self, raw: Mapping[str, Any], text: str, mode: Mode) -> Any:
        from openai.types.chat import ChatCompletion

        choice = raw["choices"][0]
        message = {"role": "assistant", **choice["message"]}
        if mode is Mode.TOOLS:
            calls = message.get("tool_calls") or [{"id": "call_1", "type": "function"}]
            function = {"name": "", **(calls[0].get("function") or {}), "arguments": text}
            message["tool_calls"] = [{**calls[0], "function": function}]
        else:
            message["content"] = text
        mended = {**choice, "index": 0, "finish_reason": "stop", "message": message}
        return ChatCompletion.construct(**{"usage": _NO_USAGE, **raw, "choices": [mended]})

    async def call(self, action: Callable[[openai.AsyncOpenAI], Awaitable[T]]) -> T:
        """Do something with the openai client other than asking, and return what comes of it.

        Raises:
            TransientError, ModelRefusedError, RequestRejectedError: as `post`.
        """
        import httpx2
        import openai

        problem: Exception
        try:
            return await action(self._openai)
        except openai.APIStatusError as error:
            problem = faults.refused(self._response(error.response), self._choice, self.redactor)
        except (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError):
            problem = faults.timed_out(self._choice, self._timeouts.whole)
        except (openai.APIConnectionError, httpx2.HTTPError) as error:
            problem = faults.lost(error, self._choice, self.redactor)
        raise problem  # outside the handlers, as in `post`

    async def close(self) -> None:
        if self._own:
            await self._openai.close()

    async def _exchange(self, arguments: dict[str, Any]) -> httpx2.Response:
        import httpx2

        return await self._sent(self._openai.post("/chat/completions", cast_to=httpx2.Response, body=arguments))

    async def _list(self) -> httpx2.Response:
        import httpx2

        return await self._sent(self._openai.get("/models", cast_to=httpx2.Response))

    async def _sent(self, sending: Awaitable[httpx2.Response]) -> httpx2.Response:
        import httpx2
        import openai

        problem: BaseException
        try:
            return await sending
        except openai.APIStatusError as error:
            return error.response
        except openai.APIConnectionError as error:
            problem = error.__cause__ or httpx2.TransportError(str(error))
        raise problem

    def _secrets(self, base_url: str) -> list[str]:
        login, basic, password = _login(base_url)
        return [password, login, basic if login else ""]


# without any, instructor looks for Anthropic's package at every answer; the counts are kept by who asks
_NO_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def openai_arguments(request: Request, choice: ModelChoice) -> dict[str, Any]:
    """Return what instructor is called with: all of the body but the answer's form, which it renders."""
    return {
        "model": choice.served_name,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        **request.parameters,
    }


def request_body(request: Request, choice: ModelChoice) -> dict[str, Any]:
    """Return the body of the chat completion call that asks a request, as instructor renders it."""
    return rendered(request, openai_arguments(request, choice), choice.profile.dialect, provider="openai")


def _login(base_url: str) -> tuple[str, str, str]:
    """Return the login in a base URL, as it stands there and as basic authentication has it, and its password."""
    login, _, _ = urlsplit(base_url).netloc.rpartition("@")
    user, _, password = (unquote(part) for part in login.partition(":"))
    return login, base64.b64encode(f"{user}:{password}".encode()).decode(), password


def _openai_headers(value: Any) -> dict[str, Any]:
    """Give a value to every header the openai client takes from the environment: another host must not see them."""
    lines = os.environ.get("OPENAI_CUSTOM_HEADERS", "").split("\n")
    own = [line.partition(":")[0].strip() for line in lines if ":" in line]
    return dict.fromkeys([*own, "OpenAI-Organization", "OpenAI-Project"], value)
