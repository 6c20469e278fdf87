from __future__ import annotations

import contextlib
import json
import time
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from ozetle.errors import AnswerError
from ozetle.llm.answers import parse
from ozetle.llm.formats import reply


class Event(BaseModel):
    model_config = ConfigDict(extra="forbid")

    type: Literal["visit", "signing"]
    sentences: list[int]


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")

    events: list[Event]


class Anything(RootModel[dict[str, Any]]):
    pass


GOOD = '{"events": [{"type": "visit", "sentences": [1, 2]}]}'
DRAFT = Draft(events=[Event(type="visit", sentences=[1, 2])])


def raw(text: Any, finish_reason: str | None = "stop", **message: Any) -> dict[str, Any]:
    return {"choices": [{"finish_reason": finish_reason, "message": {"content": text} | message}]}


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"\ufeff  {GOOD}\n\n",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}```",
        f"```json\n{GOOD}",
        f"İşte yanıt:\n\n{GOOD}\n\nUmarım yardımcı olur.",
        f"Kümeler {{a, b}} gibi. Yanıt: {GOOD} :}}",
        f'Örneğin {{"events": 3}} olmaz. {GOOD}',
        f"<think>Acaba {{ziyaret}} mi?</think>\n{GOOD}",
        f'<think>Taslak: {{"events": []}}</think>{GOOD}',
        f"<THINK>bir</THINK> <thinking>iki</thinking> {GOOD}",
        f"<think>hiç kapanmadı {GOOD}",
        f"önce düşündüm {{bir}}</think>\n\n{GOOD}",
        GOOD.replace(", ", ",\n\t"),
    ],
)
def test_the_object_is_found_in_its_wrapping(text: str) -> None:
    parsed = parse(raw(text), Draft)
    assert parsed.value == DRAFT
    assert not parsed.truncated
    assert json.loads(parsed.text) == json.loads(GOOD)


def test_of_several_objects_the_longest_that_fits_is_taken() -> None:
    text = 'Örnek: {"a": 1}. Yanıt: {"a": 1, "b": [2, 3]}. Sonuç {"c": 4}.'
    assert parse(raw(text), Anything).value.root == {"a": 1, "b": [2, 3]}


def test_tags_inside_an_answer_are_the_articles_own() -> None:
    text = '{"title": "<think>böyle</think> bir başlık ```"}'
    assert parse(raw(text), Anything).value.root == {"title": "<think>böyle</think> bir başlık ```"}


def test_raw_line_breaks_inside_strings_are_forgiven() -> None:
    assert parse(raw('{"title": "iki\nsatır"}'), Anything).value.root == {"title": "iki\nsatır"}


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert parse(raw('{"title": "yarım \\ud83d"}'), Anything).value.root == {"title": "yarım \ufffd"}


@pytest.mark.parametrize(
    "message",
    [
        {"tool_calls": [{"type": "function", "function": {"name": "draft", "arguments": GOOD}}]},
        {"tool_calls": [{"function": {"arguments": json.loads(GOOD)}}]},
        {"function_call": {"name": "draft", "arguments": GOOD}},
        {"reasoning_content": GOOD},
        {"content": [{"type": "text", "text": GOOD[:9]}, {"type": "text", "text": GOOD[9:]}]},
    ],
)
def test_answers_in_other_places(message: dict[str, Any]) -> None:
    assert parse(raw(None, **message), Draft).value == DRAFT


@pytest.mark.parametrize(
    ("completion", "says"),
    [
        (raw(""), "empty"),
        (raw(None), "empty"),
        (raw("  \n"), "empty"),
        (raw(None, tool_calls=[]), "empty"),
        (raw(None, tool_calls="x"), "empty"),
        ({}, "empty"),
        ({"choices": []}, "empty"),
        ({"choices": [{"message": None}]}, "empty"),
        (raw("Bu haberi özetleyemem."), "no JSON object"),
        (raw("[1, 2]"), "no JSON object"),
        (raw(None, refusal="I cannot"), "refused"),
        (raw(None, "content_filter"), "filter"),
        (raw(None, "length"), "cut off"),
        (raw("<think>uzun uzun", "length"), "cut off"),
    ],
)
def test_no_answer_is_an_answer_error(completion: dict[str, Any], says: str) -> None:
    with pytest.raises(AnswerError, match=says):
        parse(completion, Draft)


def test_an_answer_that_does_not_fit_is_a_validation_error() -> None:
    with pytest.raises(ValidationError, match="visit"):
        parse(raw('{"events": [{"type": "flight", "sentences": []}]}'), Draft)


def test_broken_json_is_named_as_such_and_its_inner_objects_are_not_taken_for_the_answer() -> None:
    with pytest.raises(ValidationError, match="Invalid JSON"):
        parse(raw('{"events": [{"type": "visit", "sentences": []},]'), Draft)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('{"events": [{"type": "visit", "sentences": [1, 2]}, {"type": "signing", "sentences": [3', [[1, 2], []]),
        ('{"events": [{"type": "visit", "sentences": [1, 2]}, {"type": "signing", "sent', [[1, 2]]),
        ('{"events": [{"type": "visit", "sentences": [1, 2]}, {"type": "sig', [[1, 2]]),
        ('{"events": [{"type": "visit", "sentences": [1, 2]}', [[1, 2]]),
        ('{"events": [{"type": "visit", "sentences": [1, 12', [[1]]),
        ('```json\n{"events": [{"type": "visit", "sentences": [1, 2]}, {', [[1, 2]]),
        ('<think>kısa</think>{"events": [{"type": "visit", "sentences": [1, 2]},', [[1, 2]]),
    ],
)
def test_what_is_complete_in_a_truncated_answer_is_kept(text: str, sentences: list[list[int]]) -> None:
    parsed = parse(raw(text, "length"), Draft)
    assert parsed.truncated
    assert [event.sentences for event in parsed.value.events] == sentences


def test_a_number_that_may_be_cut_is_not_kept() -> None:
    assert parse(raw('{"events": [{"type": "visit", "sentences": [3, 1', "length"), Draft).value.events[
        0
    ].sentences == [3]


def test_a_whole_answer_at_the_length_limit_is_not_truncated() -> None:
    assert not parse(raw(GOOD + "\n" * 50, "length"), Draft).truncated


def test_a_cut_answer_with_nothing_whole_says_what_to_do() -> None:
    with pytest.raises(AnswerError, match="max_tokens"):
        parse(raw('{"eve', "length"), Draft)


@pytest.mark.parametrize(
    ("completion", "final"),
    [
        (raw("x"), False),
        (raw("x", "length"), True),
        (raw("x", "content_filter"), True),
        (raw(None, refusal="no"), True),
        ({}, False),
    ],
)
def test_asking_again_is_pointless(completion: dict[str, Any], final: bool) -> None:
    assert reply(completion).is_final is final


def test_content_is_the_text_as_written() -> None:
    assert reply(raw("<think>a</think> b")).text == "<think>a</think> b"
    assert reply({}).text == ""


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
JSON_OBJECTS = st.dictionaries(st.text(min_size=1, max_size=8), JSON_VALUES, min_size=1, max_size=5)
PROSE = st.text(st.characters(blacklist_characters='{}<"'), max_size=30)


@given(JSON_OBJECTS, PROSE, PROSE, st.sampled_from([None, 0, 2]), st.booleans(), st.booleans())
def test_any_object_in_any_wrapping_is_found(
    value: dict[str, Any], before: str, after: str, indent: int | None, fenced: bool, thought: bool
) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if fenced:
        text = f"```json\n{text}\n```"
    text = f"{before}{text}{after}"
    if thought:
        text = f"<think>{after}{{}} {before}</think>{text}"
    assert parse(raw(text), Anything).value.root == value


@given(st.text(max_size=60) | st.text('{}[]",:<>/think1', max_size=60), st.sampled_from(["stop", "length", None]))
def test_no_answer_crashes_the_reader(text: str, finish_reason: str | None) -> None:
    with contextlib.suppress(AnswerError, ValidationError):
        parse(raw(text, finish_reason), Draft)


@given(st.lists(st.integers(0, 999), max_size=6), st.data())
def test_a_cut_answer_never_holds_what_the_whole_one_did_not(numbers: list[int], data: st.DataObject) -> None:
    whole = json.dumps({"events": [{"type": "visit", "sentences": numbers}, {"type": "signing", "sentences": [7]}]})
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    try:
        events = parse(raw(cut, "length"), Draft).value.events
    except AnswerError:
        return
    for event, complete in zip(events, (numbers, [7]), strict=False):
        assert event.sentences == complete[: len(event.sentences)]


@pytest.mark.measurement
@pytest.mark.parametrize(
    "text", ["{" * 50_000, '{"a":' * 20_000, "<think>" * 20_000, '{"a": [' * 5_000 + "{}", "[" * 50_000]
)
@pytest.mark.parametrize("finish_reason", ["stop", "length"])
def test_hostile_answers_cost_bounded_time(text: str, finish_reason: str) -> None:
    start = time.perf_counter()
    with pytest.raises((AnswerError, ValidationError)):
        parse(raw(text, finish_reason), Draft)
    assert time.perf_counter() - start < 2
