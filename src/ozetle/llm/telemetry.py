"""OpenTelemetry: a span for each question, after the conventions for generative AI.

https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/. Spans are made where the program has loaded
OpenTelemetry; nothing is loaded for them. What was asked and answered is in them only if
`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` is `true`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from ozetle.errors import OzetleError
from ozetle.llm.models import ModelChoice
from ozetle.llm.options import ModelOptions
from ozetle.llm.prices import known_price
from ozetle.llm.request import Request
from ozetle.usage import Effort

# https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/#gen-ai-provider-name
_PROVIDERS = {
    "azure": "azure.ai.openai",
    "gemini": "gcp.gemini",
    "mistral": "mistral_ai",
    "xai": "x_ai",
}
_PARAMETERS = {
    "max_tokens": "gen_ai.request.max_tokens",
    "max_completion_tokens": "gen_ai.request.max_tokens",
    "temperature": "gen_ai.request.temperature",
    "seed": "gen_ai.request.seed",
}


class QuestionSpan:
    """What is noted of a question; notes nothing where nobody traces."""

    def __init__(self, span: Any, choice: ModelChoice, options: ModelOptions) -> None:
        self._span = span
        self._choice = choice
        self._options = options

    def sent(self, request: Request) -> None:
        """Note the question as it is put."""
        if self._span is None:
            return
        for name, attribute in _PARAMETERS.items():
            if name in request.parameters:
                self._span.set_attribute(attribute, request.parameters[name])
        self._span.set_attribute("gen_ai.output.type", "json")
        self._span.set_attribute("ozetle.mode", request.mode.value)
        if _wants_content():
            messages = [
                {"role": message.role, "parts": [{"type": "text", "content": message.content}]}
                for message in request.messages
            ]
            self._span.set_attribute("gen_ai.input.messages", json.dumps(messages, ensure_ascii=False))

    def answered(self, effort: Effort, value: BaseModel, *, hit: bool, truncated: bool) -> None:
        """Note the answer and what it took."""
        if self._span is None:
            return
        self._spent(effort, hit=hit)
        self._span.set_attribute("gen_ai.response.finish_reasons", ["length" if truncated else "stop"])
        if _wants_content():
            parts = [{"type": "text", "content": value.model_dump_json()}]
            message = {"role": "assistant", "parts": parts, "finish_reason": "length" if truncated else "stop"}
            self._span.set_attribute("gen_ai.output.messages", json.dumps([message], ensure_ascii=False))

    def failed(self, error: OzetleError) -> None:
        """Note that there is no answer."""
        if self._span is None:
            return
        from opentelemetry.trace import Status, StatusCode

        effort = getattr(error, "effort", None)
        if effort is not None:
            self._spent(effort, hit=False)
        self._span.set_attribute("error.type", type(error).__name__)
        self._span.set_status(Status(StatusCode.ERROR, error.cause))

    def _spent(self, effort: Effort, *, hit: bool) -> None:
        usage = effort.usage
        counts = {
            "gen_ai.usage.input_tokens": usage.prompt_tokens,
            "gen_ai.usage.cache_read.input_tokens": usage.cached_tokens,
            "gen_ai.usage.cache_creation.input_tokens": usage.cache_write_tokens,
            "gen_ai.usage.output_tokens": usage.completion_tokens,
            "gen_ai.usage.reasoning.output_tokens": usage.reasoning_tokens,
            "ozetle.requests": effort.requests,
            "ozetle.repairs": effort.repairs,
            "ozetle.cache_hit": hit,
        }
        for name, value in counts.items():
            if value is not None:
                self._span.set_attribute(name, value)
        price = known_price(self._choice, self._options.service_tier)
        if price is not None and not hit:
            self._span.set_attribute("ozetle.cost", price.of(usage))


@contextmanager
def question_span(request: Request, choice: ModelChoice, options: ModelOptions) -> Iterator[QuestionSpan]:
    """Open the span of a question, a child of the current one.

    Args:
        request: the question.
        choice: the model it is for.
        options: what the user says about it.
    """
    trace = sys.modules.get("opentelemetry.trace")
    if trace is None:
        yield QuestionSpan(None, choice, options)
        return
    server = urlsplit(choice.base_url or "")
    attributes: dict[str, Any] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": _PROVIDERS.get(choice.provider, choice.provider),
        "gen_ai.request.model": choice.served_name,
        "gen_ai.prompt.name": request.name,
    }
    if server.hostname:
        attributes["server.address"] = server.hostname
        attributes["server.port"] = server.port or (443 if server.scheme == "https" else 80)
    tracer = trace.get_tracer("ozetle")
    with tracer.start_as_current_span(
        f"chat {choice.served_name}",
        kind=trace.SpanKind.CLIENT,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        yield QuestionSpan(span if span.is_recording() else None, choice, options)


def _wants_content() -> bool:
    return os.environ.get("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "").lower() == "true"
