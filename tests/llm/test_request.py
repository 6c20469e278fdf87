from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ozetle.llm.request import Message, Request, encodable
from ozetle.usage import Usage

TEXTS = st.text(st.characters(), max_size=40)


def a_request(**changes: Any) -> Request:
    content: dict[str, Any] = {
        "model": "openai/gpt-4.1-mini",
        "messages": [
            Message(role="system", content="Etiketle."),
            Message(role="user", content="Ağ kuruldu.\nİş bitti."),
        ],
        "name": "label",
        "answer_schema": {"type": "object", "properties": {"a": {}, "b": {}}, "required": ["a", "b"]},
        "parameters": {"temperature": 0.0, "max_tokens": 10},
    }
    return Request(**(content | changes))


def test_key_is_pinned() -> None:
    # recorded answers are found by it: it may change only together with KEY_FORMAT
    assert a_request().key == "08d1bdab9c634b57bb5318e399506742c07e230754abda1c152cede01995921a"


@pytest.mark.parametrize(
    "change",
    [
        {"model": "openai/gpt-4.1"},
        {"messages": [Message(role="system", content="Etiketle.")]},
        {
            "messages": [
                Message(role="user", content="Etiketle."),
                Message(role="user", content="Ağ kuruldu.\nİş bitti."),
            ]
        },
        {"name": "labels"},
        {"answer_schema": {"type": "object", "properties": {"a": {}, "b": {}}, "required": ["b", "a"]}},
        {"parameters": {"temperature": 0.1, "max_tokens": 10}},
        {"parameters": {"temperature": 0.0, "max_tokens": 10, "seed": 1}},
    ],
)
def test_key_changes_with_whatever_determines_the_answer(change: dict[str, Any]) -> None:
    assert a_request(**change).key != a_request().key


def test_key_ignores_the_order_of_keys() -> None:
    assert a_request(parameters={"max_tokens": 10, "temperature": 0.0}).key == a_request().key


def test_key_is_the_same_in_another_process() -> None:
    code = (
        "from ozetle.llm.request import Request; import sys;"
        "print(Request.model_validate_json(sys.stdin.buffer.read()).key)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=a_request().model_dump_json().encode(), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == a_request().key


@given(TEXTS)
def test_any_text_makes_a_key_that_survives_json(text: str) -> None:
    request = a_request(messages=[Message(role="user", content=text)])
    assert len(request.messages[0].content) == len(text)
    assert Request.model_validate_json(request.model_dump_json()).key == request.key


def test_lone_surrogates_become_replacement_characters() -> None:
    assert Message(role="user", content="a\ud800ç😀\udfff").content == "a\ufffdç😀\ufffd"
    assert encodable("düz") == "düz"


def test_request_is_frozen_and_takes_no_more_fields() -> None:
    with pytest.raises(ValidationError):
        a_request().model = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        a_request(api_key="secret")


def test_numbers_that_json_cannot_carry_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        _ = a_request(parameters={"temperature": float("nan")}).key


def test_usage_adds_what_is_known() -> None:
    total = Usage(prompt_tokens=3, completion_tokens=None) + Usage(prompt_tokens=4, completion_tokens=5)
    assert total == Usage(prompt_tokens=7, completion_tokens=5)
    assert (Usage() + Usage()).reasoning_tokens is None


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (None, Usage()),
        ({}, Usage()),
        ("many", Usage()),
        ({"prompt_tokens": 7, "completion_tokens": None}, Usage(prompt_tokens=7)),
        ({"prompt_tokens": "7", "completion_tokens": -1}, Usage()),
        ({"prompt_tokens_details": None, "completion_tokens": 3}, Usage(completion_tokens=3)),
        (
            {
                "prompt_tokens": 7,
                "prompt_tokens_details": {"cached_tokens": 2},
                "completion_tokens_details": {"reasoning_tokens": 1},
            },
            Usage(prompt_tokens=7, cached_tokens=2, reasoning_tokens=1),
        ),
    ],
)
def test_usage_of_servers_that_leave_things_out(usage: Any, expected: Usage) -> None:
    assert Usage.of({"usage": usage}) == expected
    assert Usage.of({}) == Usage()


def test_canonical_form_is_the_documented_one() -> None:
    import hashlib

    request = a_request(messages=[Message(role="user", content="ığüşöç")])
    canonical = {
        "format": 1,
        "model": request.model,
        "messages": [{"role": "user", "content": "ığüşöç"}],
        "name": request.name,
        "schema": request.answer_schema,
        "parameters": request.parameters,
    }
    text = json.dumps(canonical, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert request.key == hashlib.sha256(text.encode("utf-8")).hexdigest()
