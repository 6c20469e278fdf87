from __future__ import annotations

import json
from typing import Any

import pytest

from ozetle.llm.cache import Entry, FailedAttempt
from ozetle.llm.cache.jsonl import BadLine, read_lines, to_line
from tests.llm.cache.recordings import WHEN, an_entry
from tests.llm.server import chat_completion


def changed(**changes: Any) -> bytes:
    return json.dumps(an_entry().content() | changes).encode()


def test_a_line_is_read_as_the_entry_it_was_made_of() -> None:
    failed = FailedAttempt(when=WHEN, reason="bozuk", response=chat_completion("İlk\nyanıt\u2028"))
    entries = [an_entry("Iğdır\n\u2028", failed=(failed,)), an_entry("iki")]
    lines = [to_line(entry) for entry in entries]
    assert all("\n" not in line for line in lines)
    assert list(read_lines("\n".join(lines).encode().split(b"\n"))) == entries
    assert list(json.loads(lines[0])) == ["key", "request", "response", "created", "model", "usage", "failed"]


def test_empty_lines_and_a_mark_at_the_beginning_are_passed_over() -> None:
    lines = [b"\xef\xbb\xbf" + to_line(an_entry()).encode() + b"\r\n", b"\n", b"  \n", to_line(an_entry("2")).encode()]
    assert list(read_lines(lines)) == [an_entry(), an_entry("2")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "no recorded answer"),
        (b"\xff\xfe", "no recorded answer"),
        (b"[]", "no recorded answer"),
        (b'{"id": "a", "text": "b"}', "no recorded answer"),
        (changed(created="yesterday"), "created"),
        (changed(created="2026-01-01T00:00:00"), "created"),  # of which time zone?
        (changed(key=an_entry("another").key), "not that of its request"),
        (changed(request=an_entry("another").request.model_dump()), "not that of its request"),
        (changed(more=1), "more"),
        (to_line(an_entry())[:-30].encode(), "no recorded answer"),
        (b'{"key": ' * 10_000, "no recorded answer"),
    ],
)
def test_a_bad_line_is_named_and_costs_no_other(line: bytes, reason: str) -> None:
    good = to_line(an_entry("iyi")).encode()
    first, bad, last = read_lines([good, line, good])
    assert first == last == an_entry("iyi")
    assert isinstance(bad, BadLine)
    assert bad.number == 2
    assert reason in bad.reason
    assert "\n" not in bad.reason


def test_what_the_api_does_not_define_stays_outside() -> None:
    response = chat_completion("x") | {"headers": {"authorization": "Bearer planted"}}
    failed = [{"when": "2026-01-01T00:00:00Z", "reason": "r", "response": response}]
    (entry,) = read_lines([changed(response=response, failed=failed)])
    assert isinstance(entry, Entry)
    assert "planted" not in to_line(entry)
    assert entry.response == chat_completion("x")
