"""Recorded answers for the tests of the cache."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ozetle.llm.cache import Entry, RecordedAnswer
from ozetle.llm.request import Message, Request
from ozetle.usage import Usage
from tests.llm.server import chat_completion

KINDS = pytest.mark.parametrize("name", ["answers.sqlite", "answers"])
WHEN = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def an_entry(text: str = "Bakan Iğdır'a gitti.", content: Any = '{"label": "visit"}', **changes: Any) -> Entry:
    request = Request(
        model=changes.pop("request_model", "local/tiny"),
        messages=(Message(role="system", content="Etiketle:\n- ziyaret\n"), Message(role="user", content=text)),
        name="label",
        answer_schema={"type": "object", "properties": {"label": {"enum": ["visit", "none"]}}, "required": ["label"]},
        parameters={"temperature": 0.0, "max_tokens": 5},
    )
    entry: dict[str, Any] = {
        "key": request.key,
        "request": request,
        "response": chat_completion(content),
        "created": WHEN,
        "model": "tiny.gguf",
        "usage": Usage(prompt_tokens=3),
    }
    return Entry(**(entry | changes))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def answer_of(entry: Entry) -> RecordedAnswer:
    """What a look-up returns of an entry."""
    return RecordedAnswer(**{name: getattr(entry, name) for name in RecordedAnswer.model_fields})
