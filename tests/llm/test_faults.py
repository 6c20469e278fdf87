from __future__ import annotations

import pytest

from ozetle.llm.faults import Redactor

SECRET = "correct-horse-battery"


@pytest.mark.parametrize(
    "text",
    [
        f"key {SECRET} is wrong",
        f"Authorization: Bearer {SECRET}",
        "Authorization: Bearer another.Token_123",
        "authorization: basic dXNlcjpodW50ZXIyMg==",
        "Incorrect API key provided: sk-proj-abcDEF_123456",
        "at https://user:hunter22@host/v1",
    ],
)
def test_messages_lose_their_secrets(text: str) -> None:
    said = Redactor([SECRET]).message(text)
    assert "[redacted]" in said
    for secret in (SECRET, "another", "dXNlcjpodW50ZXIyMg", "abcDEF", "hunter22"):
        assert secret not in said


def test_messages_are_one_short_line() -> None:
    said = Redactor([]).message("a\r\n\tb " * 500)
    assert said.startswith("a b a b")
    assert len(said) == 300


def test_a_message_without_secrets_stays() -> None:
    said = "the request exceeds the available context size (8192 tokens), try sk- or a bearer"
    assert Redactor([SECRET]).message(said) == said


def test_answers_lose_known_secrets_only() -> None:
    redactor = Redactor([SECRET, "", "abc"])
    assert (
        redactor.known(f"Bearer token, sk-123456789, abc, {SECRET}!") == "Bearer token, sk-123456789, abc, [redacted]!"
    )
