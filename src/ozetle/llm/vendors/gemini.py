"""Gemini's generated content, over Google's own client (https://ai.google.dev/api/generate-content)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ozetle.errors import ConfigurationError
from ozetle.llm.connection import Connection, http_settings
from ozetle.llm.models import ModelChoice
from ozetle.llm.options import ModelOptions, TimeOuts
from ozetle.llm.request import Mode, Request

if TYPE_CHECKING:
    import httpx2
    from google import genai

# https://ai.google.dev/gemini-api/docs/thinking
_THINKING = {"none": "minimal", "minimal": "minimal", "low": "low", "medium": "medium"}


class GeminiConnection(Connection):
    """The beginning of each prompt is remembered without being asked."""

    provider = "genai"
    modes = (Mode.JSON_SCHEMA, Mode.TOOLS)

    def __init__(
        self, choice: ModelChoice, base_url: str, key: str, timeouts: TimeOuts, options: ModelOptions, at_once: int
    ) -> None:
        try:
            import httpx2
            from google import genai
        except ImportError:
            raise ConfigurationError(
                f"{choice.name} needs Google's client", remedy='Install it: pip install "ozetle[gemini]".'
            ) from None
        super().__init__(choice, base_url, key, timeouts, options, at_once)
        self._http: httpx2.AsyncClient | None = None
        if options.client is not None:
            self._genai: genai.Client = options.client
            return
        self._http = httpx2.AsyncClient(**http_settings(urlsplit(base_url).hostname, timeouts))
        self._genai = genai.Client(
            api_key=key,
            vertexai=False,
            http_options=genai.types.HttpOptions(
                base_url=base_url, headers=dict(options.headers), httpx_async_client=self._http
            ),
        )

    def arguments(self, request: Request) -> dict[str, Any]:
        given = dict(request.parameters)
        effort = given.pop("reasoning_effort", None)
        if effort is not None:
            given["thinking_config"] = {"thinking_level": _THINKING.get(effort, "high")}
        messages = [{"role": message.role, "content": message.content} for message in request.messages]
        return {"model": self._choice.served_name, "messages": messages, **given}

    def completion(self, raw: Mapping[str, Any], text: str, mode: Mode) -> Any:
        from google.genai.types import GenerateContentResponse

        part: dict[str, Any] = {"text": text}
        if mode is Mode.TOOLS:
            called = _call(raw)
            try:
                arguments = json.loads(text)
            except ValueError:
                arguments = None
            if isinstance(arguments, dict):
                part = {"function_call": {**called, "args": arguments}}
        candidate = {"content": {"role": "model", "parts": [part]}, "finish_reason": "STOP"}
        return GenerateContentResponse.model_validate({"candidates": [candidate]})

    async def close(self) -> None:
        if self._http is not None:
            await self._http.aclose()

    async def _exchange(self, arguments: dict[str, Any]) -> httpx2.Response:
        import httpx2
        from google.genai import errors

        config = arguments["config"].model_copy(update={"should_return_http_response": True})
        if self._options.service_tier is not None:
            config = config.model_copy(update={"service_tier": self._options.service_tier})
        try:
            given = await self._genai.aio.models.generate_content(**{**arguments, "config": config})
        except errors.APIError as error:
            return _response(error)
        answer = given.sdk_http_response
        headers, body = (answer.headers, answer.body) if answer is not None else (None, None)
        return httpx2.Response(200, headers=_plain(headers), content=(body or "").encode())

    async def _list(self) -> httpx2.Response:
        import httpx2
        from google.genai import errors

        try:
            found = [model.name async for model in await self._genai.aio.models.list()]
        except errors.APIError as error:
            return _response(error)
        return httpx2.Response(200, json={"models": [{"name": name} for name in found]})


def _response(error: Any) -> httpx2.Response:
    """Return the response that an error of Google's client was made of."""
    import httpx2

    if isinstance(error.response, httpx2.Response):
        return error.response
    return httpx2.Response(error.code, json={"error": {"code": error.code, "message": error.message}})


def _call(raw: Mapping[str, Any]) -> dict[str, Any]:
    for candidate in raw.get("candidates") or ():
        for part in (candidate.get("content") or {}).get("parts") or ():
            if isinstance(part.get("functionCall"), dict):
                return dict(part["functionCall"])
    return {"name": ""}


def _plain(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Return headers without those of the body's transport, which is undone."""
    skipped = ("content-encoding", "content-length", "transfer-encoding")
    return {name: value for name, value in (headers or {}).items() if name.lower() not in skipped}
