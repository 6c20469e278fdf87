from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.llm.batch.lines import BadLine, Result, custom_id, read_request, read_results, request_line
from ozetle.llm.faults import Redactor
from ozetle.llm.models import choose_model
from ozetle.llm.request import Message, Request
from tests.llm.server import chat_completion

NOBODY = Redactor([])
CHOICES = [choose_model("openai/gpt-4.1-mini", "http://h/v1"), choose_model("openai/o4-mini", "http://h/v1")]
CHOICES += [choose_model("deneme", "http://h/v1"), choose_model("local/küçük", "http://h/v1")]


def a_request(text: str = "Iğdır {{7*7}}\u2028\x00", choice: Any = CHOICES[0]) -> Request:
    schema = {"type": "object", "properties": {"ç": {"enum": [1, None, text]}}, "required": ["ç"]}
    return Request(
        model=choice.name,
        messages=(Message(role="system", content="Etiketle."), Message(role="user", content=text)),
        name="label",
        answer_schema=schema,
        parameters=choice.profile.parameters(max_tokens=50),
    )


@given(st.text(), st.sampled_from(CHOICES))
def test_a_line_gives_its_request_back(text: str, choice: Any) -> None:
    request = a_request(text, choice)
    line = request_line(request, choice)
    assert line.count(b"\n") == 1
    assert custom_id(line) == request.key
    assert json.loads(line)["url"] == "/v1/chat/completions"
    assert read_request(line, choice.name, choice.served_name) == request
    assert read_request(line, choice.name, choice.served_name + "x") is None
    assert read_request(line, choice.name + "x", choice.served_name) is None


@given(st.data())
def test_a_changed_line_never_gives_another_request(data: st.DataObject) -> None:
    request = a_request()
    line = request_line(request, CHOICES[0])
    place = data.draw(st.integers(0, len(line) - 2))
    changed = line[:place] + bytes([data.draw(st.integers(0, 255))]) + line[place + 1 :]
    assert read_request(changed, request.model, "gpt-4.1-mini") in (request, None)
    other = line.replace(b"Etiketle", b"Etiketli")
    assert read_request(other, request.model, "gpt-4.1-mini") is None


@pytest.mark.parametrize(
    "line", [b"", b"[]", b"{}", b"3", b'{"body": 3}', b'{"body": {"response_format": []}}', b"\xff"]
)
def test_what_is_no_request_gives_none(line: bytes) -> None:
    assert read_request(line, "m", "m") is None
    assert custom_id(line) is None


@given(
    st.lists(st.binary(max_size=40) | st.from_regex(rb'\{"custom_id": "a", "(response|error)": .{0,9}\}'), max_size=5)
)
def test_any_bytes_are_read_as_something(lines: list[bytes]) -> None:
    assert len([*read_results(lines, NOBODY)]) <= len(lines)


def read(**line: Any) -> Result | BadLine:
    (found,) = read_results([json.dumps({"custom_id": "k", **line}).encode()], NOBODY)
    return found


def test_an_answer_is_read_as_its_completion() -> None:
    completion = chat_completion("{}")
    assert read(response={"status_code": 200, "body": completion}, error=None) == Result("k", completion)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ({"response": None, "error": {"code": "batch_expired", "message": "too late"}}, "too late"),
        ({"response": {"status_code": 429, "body": {"error": {"message": "slow"}}}, "error": None}, "status 429: slow"),
        ({"response": {"status_code": 400, "body": None}, "error": {"error": {"message": "long"}}}, "status 400: long"),
        ({"response": {"status_code": 500}}, "status 500"),
        ({"response": None, "error": {"code": "only_a_code"}}, "only_a_code"),
        ({"response": None, "error": "bare\nwords"}, "bare words"),
        ({"response": {"status_code": 200, "body": {"choices": []}}}, "neither an answer nor an error"),
        ({"response": {"status_code": 200, "body": chat_completion("{}")}, "error": {"message": "no"}}, "no"),
        ({}, "neither an answer nor an error"),
    ],
)
def test_a_failure_says_its_cause(line: dict[str, Any], cause: str) -> None:
    assert read(**line) == Result("k", None, cause)


def test_empty_lines_and_a_byte_order_mark_do_no_harm() -> None:
    lines = [b'\xef\xbb\xbf{"custom_id": "a"}\n', b"\n", b"  \r\n", b'{"custom_id": "b"']
    first, last = read_results(lines, NOBODY)
    assert isinstance(first, Result)
    assert last == BadLine(4, "no JSON: it is cut off, or this is no results file")
