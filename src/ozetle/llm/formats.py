"""Raw answers in the formats of three APIs: what the model wrote in them, and how it came to an end.

OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat/object), Anthropic's messages
(https://docs.claude.com/en/api/messages) and Gemini's generated content
(https://ai.google.dev/api/generate-content#generatecontentresponse).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ozetle.llm.request import encodable

_FIELDS = {
    "chat": ("id", "object", "created", "model", "choices", "usage", "system_fingerprint", "service_tier"),
    "message": ("id", "type", "role", "content", "model", "stop_reason", "stop_sequence", "stop_details", "usage"),
    "content": ("candidates", "promptFeedback", "usageMetadata", "modelVersion", "responseId", "createTime"),
}
# https://ai.google.dev/api/generate-content#FinishReason
_FILTERED = ("SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII")
_REASONING = ("reasoning_content", "reasoning", "thinking")


@dataclass(frozen=True)
class Reply:
    """What a raw answer says.

    Attributes:
        text: what the model wrote, wrapping and all; of a tool call its arguments.
        cut_off: whether it ended at the length limit.
        filtered: whether the server's content filter ended it.
        refusal: why the model would not answer; empty if it did.
    """

    text: str = ""
    cut_off: bool = False
    filtered: bool = False
    refusal: str = ""

    @property
    def is_final(self) -> bool:
        """Whether asking again would be pointless: the model refused, or the answer was cut off or filtered."""
        return bool(self.refusal) or self.cut_off or self.filtered


def reply(raw: Mapping[str, Any]) -> Reply:
    """Read a raw answer of any of the formats; an empty reply if it is none."""
    match _format(raw):
        case "chat":
            return _of_chat(raw["choices"][0])
        case "message":
            return _of_message(raw)
        case "content":
            return _of_content(raw)
    return Reply()


def as_answer(raw: Any, redact: Callable[[str], str] | None = None) -> dict[str, Any] | None:
    """Return a JSON value as a raw answer whose texts can be encoded; None if it is none.

    Args:
        raw: the value.
        redact: takes secrets out of a text.
    """
    if not isinstance(raw, dict) or _format(raw) is None:
        return None
    cleaned: dict[str, Any] = _cleaned(raw, redact)
    return cleaned


def recorded_fields(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a raw answer that its API defines; what else a server adds is not recorded."""
    return {name: raw[name] for name in _FIELDS[_format(raw) or "chat"] if name in raw}


def model_of(raw: Mapping[str, Any]) -> str | None:
    """Return the model that answered as the server names it; None if it does not say."""
    name = raw.get("model") or raw.get("modelVersion")
    return str(name) if name else None


def from_events(text: str) -> dict[str, Any] | None:
    """Put a chat completion together from a stream of server-sent events that nobody asked for; None if it is none."""
    whole: dict[str, Any] = {}
    message: dict[str, Any] = {"role": "assistant", "content": None}
    calls: dict[int, dict[str, Any]] = {}
    finish_reason = None
    for event in _events(text):
        if event.get("error"):
            return event
        whole |= {name: event[name] for name in _FIELDS["chat"] if event.get(name)}
        for choice in event["choices"][:1] if isinstance(event.get("choices"), list) else ():
            finish_reason = choice.get("finish_reason") or finish_reason
            given = choice.get("delta") or choice.get("message") or {}
            for name in ("content", "refusal", *_REASONING):
                if isinstance(given.get(name), str):
                    message[name] = (message.get(name) or "") + given[name]
            for call in given.get("tool_calls") or ():
                function = calls.setdefault(call.get("index", 0), {"name": "", "arguments": ""})
                for name in function:
                    function[name] += (call.get("function") or {}).get(name) or ""
    if not whole.get("choices"):
        return None
    if calls:
        message["tool_calls"] = [
            {"id": f"call_{place}", "type": "function", "function": calls[place]} for place in sorted(calls)
        ]
    choice = {"index": 0, "finish_reason": finish_reason, "message": message}
    return whole | {"object": "chat.completion", "choices": [choice]}


def _events(text: str) -> Iterable[dict[str, Any]]:
    for line in text.splitlines():
        if line.startswith("data:"):
            try:
                event = json.loads(line.removeprefix("data:"))
            except (ValueError, RecursionError):  # [DONE]
                continue
            if isinstance(event, dict):
                yield event


def _format(raw: Mapping[str, Any]) -> str | None:
    choices = raw.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    if isinstance(first, Mapping) and isinstance(first.get("message"), Mapping):
        return "chat"
    if raw.get("type") == "message" and isinstance(raw.get("content"), list):
        return "message"
    if isinstance(raw.get("candidates"), list) or isinstance(raw.get("promptFeedback"), Mapping):
        return "content"
    return None


def _of_chat(choice: Mapping[str, Any]) -> Reply:
    """Text parts are joined; a tool call, or a server that files the whole answer under reasoning, is understood."""
    message = choice["message"]
    text = _text(message.get("content"))
    calls = message.get("tool_calls")
    call = calls[0].get("function") if isinstance(calls, list) and calls and isinstance(calls[0], Mapping) else None
    call = call if isinstance(call, Mapping) else message.get("function_call")
    if isinstance(call, Mapping) and call.get("arguments") and "{" not in text:
        arguments = call["arguments"]
        text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    for name in _REASONING:
        text = text if text.strip() else _text(message.get(name))
    finish_reason = choice.get("finish_reason")
    refusal = str(message.get("refusal") or "")
    return Reply(text, finish_reason == "length", finish_reason == "content_filter", refusal)


def _of_message(raw: Mapping[str, Any]) -> Reply:
    blocks = [block for block in raw["content"] if isinstance(block, Mapping)]
    called = [block.get("input") for block in blocks if block.get("type") == "tool_use"]
    text = (
        json.dumps(called[0], ensure_ascii=False)
        if called
        else _text([block for block in blocks if block.get("type") == "text"])
    )
    reason = raw.get("stop_reason")
    details = raw.get("stop_details")
    explained = details.get("explanation") if isinstance(details, Mapping) else None
    refusal = str(explained or text or "no reason given") if reason == "refusal" else ""
    return Reply(text, reason in ("max_tokens", "model_context_window_exceeded"), refusal=refusal)


def _of_content(raw: Mapping[str, Any]) -> Reply:
    candidates = raw.get("candidates")
    first = candidates[0] if isinstance(candidates, list) and candidates else {}
    content = first.get("content") if isinstance(first, Mapping) else None
    found = content.get("parts") if isinstance(content, Mapping) else None
    parts = [part for part in found or () if isinstance(part, Mapping) and not part.get("thought")]
    called = [part["functionCall"].get("args") for part in parts if isinstance(part.get("functionCall"), Mapping)]
    text = json.dumps(called[0], ensure_ascii=False) if called else _text(parts)
    reason = first.get("finishReason") if isinstance(first, Mapping) else None
    feedback = raw.get("promptFeedback")
    blocked = isinstance(feedback, Mapping) and bool(feedback.get("blockReason"))
    return Reply(text, reason == "MAX_TOKENS", blocked or reason in _FILTERED)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [part.get("text") if isinstance(part, Mapping) else part for part in value]
        return "".join(part for part in parts if isinstance(part, str))
    return ""


def _cleaned(value: Any, redact: Callable[[str], str] | None) -> Any:
    """Clean every text in a JSON value: an emoji cut in two by the length limit leaves half a surrogate pair."""
    if isinstance(value, str):
        return encodable(value if redact is None else redact(value))
    if isinstance(value, list):
        return [_cleaned(item, redact) for item in value]
    if isinstance(value, dict):
        return {_cleaned(name, redact): _cleaned(item, redact) for name, item in value.items()}
    return value
