"""Anthropic's messages, over Anthropic's own client (https://docs.claude.com/en/api/messages)."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ozetle.errors import ConfigurationError
from ozetle.llm.connection import Connection, http_settings
from ozetle.llm.models import ModelChoice
from ozetle.llm.options import ModelOptions, TimeOuts
from ozetle.llm.request import Mode, Request

if TYPE_CHECKING:
    import anthropic
    import httpx2


class AnthropicConnection(Connection):
    """Asks that the beginning of each prompt be remembered: it is the same for every article."""

    provider = "anthropic"
    modes = (Mode.TOOLS, Mode.PROMPT)

    def __init__(
        self, choice: ModelChoice, base_url: str, key: str, timeouts: TimeOuts, options: ModelOptions, at_once: int
    ) -> None:
        try:
            import anthropic
        except ImportError:
            raise ConfigurationError(
                f"{choice.name} needs Anthropic's client", remedy='Install it: pip install "ozetle[anthropic]".'
            ) from None
        super().__init__(choice, base_url, key, timeouts, options, at_once)
        self._own = options.client is None
        if options.client is not None:
            self._anthropic: anthropic.AsyncAnthropic = options.client.with_options(max_retries=0)
            return
        self._anthropic = anthropic.AsyncAnthropic(
            api_key=key,
            base_url=base_url,
            max_retries=0,
            default_headers=dict(options.headers),
            http_client=anthropic.DefaultAsyncHttpxClient(**http_settings(urlsplit(base_url).hostname, timeouts)),
        )

    def arguments(self, request: Request) -> dict[str, Any]:
        given = dict(request.parameters)
        effort = given.pop("reasoning_effort", None)
        if effort is not None:  # https://docs.claude.com/en/docs/build-with-claude/effort
            given["output_config"] = {"effort": effort}
        if self._options.service_tier is not None:
            given["service_tier"] = self._options.service_tier
        messages: list[dict[str, Any]] = [
            {"role": message.role, "content": [{"type": "text", "text": message.content}]}
            for message in request.messages
        ]
        systems = [message for message in messages if message["role"] == "system"]
        if systems and self._choice.prompt_cache == "asked":
            # tools, system and messages are remembered in this order up to a mark
            systems[-1]["content"][-1]["cache_control"] = {"type": "ephemeral"}
        return {"model": self._choice.served_name, "messages": messages, **given}

    def completion(self, raw: Mapping[str, Any], text: str, mode: Mode) -> Any:
        from anthropic.types import Message

        if mode is Mode.TOOLS:
            blocks = [block for block in raw["content"] if block.get("type") not in ("tool_use", "text")]
            called = next((block for block in raw["content"] if block.get("type") == "tool_use"), None)
            try:
                value = json.loads(text)
            except ValueError:
                value = None
            if isinstance(value, dict):
                call = {"type": "tool_use", "id": "call_1", "name": "", **(called or {}), "input": value}
                blocks = [*blocks, call]
            else:
                blocks = [*blocks, {"type": "text", "text": text or "-"}]
        else:
            blocks = [{"type": "text", "text": text}]
        usage = {"input_tokens": 0, "output_tokens": 0}
        return Message.construct(**{"usage": usage, **raw, "stop_reason": "end_turn", "content": blocks})

    async def close(self) -> None:
        if self._own:
            await self._anthropic.close()

    async def _exchange(self, arguments: dict[str, Any]) -> httpx2.Response:
        import httpx2

        return await self._sent(self._anthropic.post("/v1/messages", cast_to=httpx2.Response, body=arguments))

    async def _list(self) -> httpx2.Response:
        import httpx2

        return await self._sent(self._anthropic.get("/v1/models?limit=1000", cast_to=httpx2.Response))

    async def _sent(self, sending: Awaitable[httpx2.Response]) -> httpx2.Response:
        import anthropic
        import httpx2

        problem: BaseException
        try:
            return await sending
        except anthropic.APIStatusError as error:
            return error.response
        except anthropic.APIConnectionError as error:
            problem = error.__cause__ or httpx2.TransportError(str(error))
        raise problem
