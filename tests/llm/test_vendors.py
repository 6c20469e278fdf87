"""The vendors' own clients against a loopback server that speaks their formats; the answers are written by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ozetle import Cache, Digest, Summarizer
from ozetle.errors import ModelRefusedError, OzetleError
from tests.llm.server import FakeServer, Reply

TEXT = "date 2026-03-05 Ticaret Bakanı Ayşe Demir, Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi."
HEADLINE = "Ayşe Demir, Kahire'de Karim Fahmi ile görüştü."
DRAFT: dict[str, Any] = {
    "language": "tr",
    "events": [
        {"sentences": [1], "type": "bilateral_meeting", "status": "occurred", "headline": HEADLINE, "date": "P"},
    ],
    "summary": HEADLINE,
}
KEY = "sk-secret-vendor-key"


def anthropic_reply(name: str = "whole") -> Reply:
    block = {"type": "tool_use", "id": "toolu_1", "name": name, "input": DRAFT}
    usage = {"input_tokens": 30, "output_tokens": 20, "cache_read_input_tokens": 64, "cache_creation_input_tokens": 8}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "served", "stop_reason": "tool_use",
               "stop_sequence": None, "content": [block], "usage": usage}  # fmt: skip
    return Reply(json.dumps(message).encode())


def gemini_reply() -> Reply:
    parts = [{"text": json.dumps(DRAFT, ensure_ascii=False)}]
    answer = {
        "candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP", "index": 0}],
        "usageMetadata": {"promptTokenCount": 94, "candidatesTokenCount": 20, "cachedContentTokenCount": 64,
                          "totalTokenCount": 114},
        "modelVersion": "served",
    }  # fmt: skip
    return Reply(json.dumps(answer, ensure_ascii=False).encode())


VENDORS = [("anthropic/claude-test", "ANTHROPIC", anthropic_reply()), ("gemini/gemini-test", "GEMINI", gemini_reply())]


def summarized(model: str, server: FakeServer, monkeypatch: pytest.MonkeyPatch, cache: Cache | None = None) -> Digest:
    address = server.base_url.removesuffix("/v1")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", address)
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", address)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    return Summarizer(model, cache=cache or False, strategy="whole").summarize(TEXT)


@pytest.mark.parametrize(("model", "vendor", "reply"), VENDORS, ids=[vendor for _, vendor, _ in VENDORS])
def test_a_digest_comes_of_the_vendors_own_client_and_replays(
    model: str, vendor: str, reply: Reply, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    with FakeServer([reply]) as server:
        digest = summarized(model, server, monkeypatch, Cache(tmp_path / "answers"))
        again = summarized(model, server, monkeypatch, Cache(tmp_path / "answers"))
    (received,) = server.received
    assert any(KEY in value for value in received.headers.values())
    assert digest.events[0].headline == HEADLINE
    assert again.events == digest.events
    assert (digest.provenance.usage.prompt_tokens or 0) >= 94
    assert digest.provenance.usage.cached_tokens == 64
    assert not any(KEY in file.read_text("utf-8") for file in (tmp_path / "answers").rglob("*.json"))
    if vendor == "ANTHROPIC":
        assert received.path == "/v1/messages"
        assert "cache_control" in json.dumps(received.body)


@pytest.mark.parametrize(("model", "vendor", "reply"), VENDORS, ids=[vendor for _, vendor, _ in VENDORS])
def test_an_overloaded_vendor_is_asked_again(
    model: str, vendor: str, reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = 529 if vendor == "ANTHROPIC" else 503
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded", "code": status}}
    busy = Reply(json.dumps(error).encode(), status=status, headers={"Retry-After": "0"})
    with FakeServer([busy, reply]) as server:
        digest = summarized(model, server, monkeypatch)
    assert digest.events[0].headline == HEADLINE
    assert len(server.received) == 2


@pytest.mark.parametrize(("model", "vendor", "reply"), VENDORS, ids=[vendor for _, vendor, _ in VENDORS])
def test_a_wrong_key_is_told_at_once_and_not_shown(
    model: str, vendor: str, reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = {"type": "error", "error": {"type": "authentication_error", "message": f"invalid key {KEY}", "code": 401}}
    with FakeServer([Reply(json.dumps(error).encode(), status=401)]) as server, pytest.raises(OzetleError) as caught:
        summarized(model, server, monkeypatch)
    assert isinstance(caught.value, ModelRefusedError)
    assert len(server.received) == 1
    assert KEY not in str(caught.value)
