from __future__ import annotations

import asyncio
import json
import logging
import re
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, field_validator

from ozetle.errors import (
    AnswerError,
    CacheError,
    CacheMissError,
    ConfigurationError,
    ModelRefusedError,
    ModelUnreachableError,
    OzetleError,
    RateLimitedError,
    RequestRejectedError,
    ServerFailedError,
)
from ozetle.llm.cache import Cache, CacheMode, Entry
from ozetle.llm.client import Client
from ozetle.llm.models import ModelChoice, choose_model
from ozetle.llm.question import Answer
from ozetle.llm.request import Message, Request
from ozetle.llm.retries import Retries
from ozetle.usage import Effort, Usage
from tests.llm.server import Behaviour, FakeServer, Reply, chat_completion, completion, error

KEY = "planted-key-0123456789"
QUICK = Retries(attempts=4, first_wait=0.001)
ARTICLE = "Iğdır'da {{7*7}} şölen {% if %} {% raw %}\nİkinci satır: <think>?</think> \\n"


class Label(BaseModel):
    model_config = ConfigDict(extra="forbid")

    label: Literal["visit", "none"]


class Labels(BaseModel):
    labels: list[Label]


VISIT = '{"label": "visit"}'


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OZETLE_MODEL", "OZETLE_BASE_URL", "OZETLE_LOCAL_MODEL", "OPENAI_BASE_URL", "OPENAI_CUSTOM_HEADERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OZETLE_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "for-openai-alone-0123456789")


def a_choice(base_url: str = "http://127.0.0.1:9/v1", model: str = "openai/gpt-4.1-mini") -> ModelChoice:
    return choose_model(model, base_url)


def a_request(choice: ModelChoice | None = None, text: str = ARTICLE, model: type[BaseModel] = Label) -> Request:
    choice = choice or a_choice()
    return Request(
        model=choice.name,
        messages=(Message(role="system", content="Etiketle."), Message(role="user", content=text)),
        name="label",
        answer_schema=choice.profile.wire_schema(model.model_json_schema()),
        parameters=choice.profile.parameters(max_tokens=50),
    )


def ask(
    behaviours: Sequence[Behaviour],
    cache: Cache | Path,
    model: type[Any] = Label,
    name: str = "openai/gpt-4.1-mini",
    **settings: Any,
) -> tuple[Answer[Any], FakeServer]:
    """Ask once against a server of these behaviours; an error carries the server as its attribute `server`."""
    with FakeServer(behaviours) as server:
        choice = a_choice(server.base_url, name)
        answer = ask_at(choice, cache, a_request(choice, model=model), model, server=server, **settings)
    return answer, server


def ask_at(
    choice: ModelChoice,
    cache: Cache | Path,
    request: Request | None = None,
    model: type[Any] = Label,
    server: FakeServer | None = None,
    optional: bool = False,
    **settings: Any,
) -> Answer[Any]:
    async def run(cache: Cache) -> Answer[Any]:
        settings.setdefault("retries", QUICK)
        client = Client(choice, cache, **settings)
        try:
            return await client.ask(request or a_request(choice), model, optional=optional)
        except OzetleError as problem:
            problem.server = server  # type: ignore[attr-defined]
            raise
        finally:
            await client.aclose()

    if isinstance(cache, Cache):
        return asyncio.run(run(cache))
    with Cache(cache) as opened:
        return asyncio.run(run(opened))


def failing(
    error_type: type[OzetleError], behaviours: Sequence[Behaviour], cache: Path, **settings: Any
) -> tuple[str, int]:
    """Ask in vain; returns the error's one line and the number of requests that arrived."""
    with pytest.raises(error_type) as caught:
        ask(behaviours, cache, **settings)
    assert type(caught.value) is error_type
    assert "\n" not in str(caught.value)
    return str(caught.value), len(caught.value.server.received)  # type: ignore[attr-defined]


def entries(path: Path) -> list[Entry]:
    with Cache(path, "replay") as cache:
        return list(cache.list())


# what is sent


def test_exactly_the_request_is_sent(tmp_path: Path) -> None:
    answer, server = ask([completion(VISIT)], tmp_path)
    request = a_request()
    assert answer.value == Label(label="visit")
    (received,) = server.received
    assert received.path == "/v1/chat/completions"
    assert received.headers["authorization"] == f"Bearer {KEY}"
    assert received.body == {
        "model": "gpt-4.1-mini",
        "messages": [{"role": "system", "content": "Etiketle."}, {"role": "user", "content": ARTICLE}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "label", "schema": request.answer_schema, "strict": True},
        },
        "temperature": 0.0,
        "seed": 0,
        "max_tokens": 50,
    }


def test_local_servers_get_no_strict_and_reasoning_models_no_temperature(tmp_path: Path) -> None:
    _, server = ask([completion(VISIT)], tmp_path / "a", name="local/tiny")
    assert "strict" not in server.received[0].body["response_format"]["json_schema"]
    _, server = ask([completion(VISIT)], tmp_path / "b", name="openai/gpt-5-mini")
    body = server.received[0].body
    assert "temperature" not in body
    assert "max_tokens" not in body
    assert body["reasoning_effort"] == "low"


def test_nothing_meant_for_openai_goes_to_another_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_WEBHOOK_SECRET"):
        monkeypatch.setenv(name, "for-openai-alone-too")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Gateway: for-openai-alone\nAuthorization: Bearer for-openai-alone")
    monkeypatch.delenv("OZETLE_API_KEY")
    _, server = ask([completion(VISIT)], tmp_path)
    assert "for-openai-alone" not in repr(server.received)


def test_a_keyless_server_needs_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OZETLE_API_KEY")
    answer, _ = ask([completion(VISIT)], tmp_path)
    assert answer.value.label == "visit"


def test_a_login_in_the_base_url_is_basic_authentication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OZETLE_API_KEY")
    with FakeServer([completion(VISIT)]) as server:
        ask_at(a_choice(server.base_url.replace("//", "//ay%C5%9Fe:p%40ss@")), tmp_path)
    assert server.received[0].headers["authorization"] == "Basic YXnFn2U6cEBzcw=="


def test_the_argument_overrides_the_key(tmp_path: Path) -> None:
    _, server = ask([completion(VISIT)], tmp_path, api_key=" other-key\n")
    assert server.received[0].headers["authorization"] == "Bearer other-key"


def test_a_proxy_is_not_asked_for_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    answer, _ = ask([completion(VISIT)], tmp_path)
    assert answer.value.label == "visit"


@pytest.mark.parametrize("key", ["two words", "şifre", "line\nbreak"])
def test_an_impossible_key_is_named_without_being_shown(tmp_path: Path, key: str) -> None:
    said, count = failing(ConfigurationError, [completion(VISIT)], tmp_path, api_key=key)
    assert "OZETLE_API_KEY" in said
    assert key not in said
    assert count == 0


def test_openai_without_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ConfigurationError, match="Set OPENAI_API_KEY"):
        ask_at(choose_model("openai/gpt-4.1"), tmp_path)


def test_a_recorded_models_server_may_be_unknown(tmp_path: Path) -> None:
    with Cache(tmp_path / "empty") as empty:
        replay = Cache(tmp_path / "empty", "replay")
        choice = choose_model("some/model", cache=replay)
        with pytest.raises(ConfigurationError, match="base-url"):
            ask_at(choice, empty, a_request(choice))


def test_the_embedded_model_is_the_one_that_is_asked_for(tmp_path: Path) -> None:
    choice = choose_model("local/other")
    with pytest.raises(ConfigurationError, match=r"OZETLE_LOCAL_MODEL.*other\.gguf"):
        ask_at(choice, tmp_path, a_request(choice))


# cache


def test_the_second_time_is_a_hit_without_a_server(tmp_path: Path) -> None:
    live, _ = ask([completion(VISIT)], tmp_path / "c")
    again = ask_at(a_choice(), tmp_path / "c")
    replayed = ask_at(a_choice(), Cache(tmp_path / "c", "replay"))
    assert (live.hit, live.requests, live.repairs) == (False, 1, 0)
    for answer in (again, replayed):
        assert answer.value == live.value
        assert (answer.hit, answer.requests, answer.repairs) == (True, 0, 0)
        assert (
            answer.usage
            == live.usage
            == Usage(prompt_tokens=100, cached_tokens=64, completion_tokens=20, reasoning_tokens=5)
        )


def test_a_hit_imports_neither_openai_nor_instructor_and_is_quick(tmp_path: Path) -> None:
    ask([completion(VISIT)], tmp_path / "c.sqlite")
    code = """
import asyncio, sys, time
from tests.llm.test_client import Cache, Client, Label, a_choice, a_request
for name in [m for m in sys.modules if m.split(".")[0] in ("openai", "instructor", "httpx2", "tenacity")]:
    del sys.modules[name]
async def main():
    client = Client(a_choice(), Cache(sys.argv[1], "replay"))
    requests = [a_request() for _ in range(50)]
    await client.ask(requests[0], Label)
    start = time.perf_counter()
    for request in requests:
        assert (await client.ask(request, Label)).hit
    print((time.perf_counter() - start) / 50)
    assert not [m for m in sys.modules if m.split(".")[0] in ("openai", "instructor", "httpx2", "tenacity")]
asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "c.sqlite"],
        capture_output=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert float(done.stdout) < 0.02  # 0.3 ms on two idle cores


def test_replay_of_what_is_not_recorded(tmp_path: Path) -> None:
    ask([completion(VISIT)], tmp_path)
    with pytest.raises(CacheMissError, match="not recorded") as caught, Cache(tmp_path, "replay") as cache:
        ask_at(a_choice(), cache, a_request(text="Başka bir haber."))
    assert str(caught.value.about("haber.txt")).startswith("haber.txt: ")


class Stricter(BaseModel):
    label: Literal["none"]


class Visit(BaseModel):
    label: Literal["visit"]


def test_a_recorded_answer_that_is_refused_today_is_a_miss(tmp_path: Path) -> None:
    ask([completion(VISIT)], tmp_path)
    with pytest.raises(CacheMissError, match="refused today: label"), Cache(tmp_path, "replay") as cache:
        ask_at(a_choice(), cache, model=Stricter)
    with FakeServer([completion('{"label": "none"}')]) as server:
        answer = ask_at(a_choice(server.base_url), tmp_path, a_request(), Stricter)
    assert (answer.hit, answer.value.label, answer.requests, answer.repairs) == (False, "none", 1, 0)
    (entry,) = entries(tmp_path)
    (failed,) = entry.failed
    assert failed.response == chat_completion(VISIT)
    assert failed.reason.startswith("label:")


def test_refresh_asks_anew_and_off_records_nothing(tmp_path: Path) -> None:
    ask([completion(VISIT)], tmp_path / "c")
    with Cache(tmp_path / "c", "refresh") as cache:
        answer, server = ask([completion('{"label": "none"}')], cache)
    assert (answer.hit, len(server.received)) == (False, 1)
    assert ask_at(a_choice(), tmp_path / "c").value.label == "none"
    with Cache(tmp_path / "off", "off") as cache:
        answer, server = ask([completion(VISIT)], cache)
    assert (answer.hit, len(server.received)) == (False, 1)
    assert not (tmp_path / "off").exists()


def test_the_entry_can_be_read_by_a_person(tmp_path: Path) -> None:
    ask([error(500, "yoğunuz"), completion("hımm"), completion('{"label": "none"}')], tmp_path, name="local/tiny")
    (entry,) = entries(tmp_path)
    assert entry.request == a_request(a_choice(model="local/tiny"))
    assert entry.key == entry.request.key
    assert entry.model == "served-model"
    assert entry.response == chat_completion('{"label": "none"}')
    assert [bool(attempt.response) for attempt in entry.failed] == [False, True]
    assert entry.failed[0].reason == "the server answered 500"
    assert "no JSON object: 'hımm'" in entry.failed[1].reason
    assert entry.usage.prompt_tokens == 200
    assert entry.created.utcoffset() is not None
    (path,) = tmp_path.iterdir()
    text = path.read_text(encoding="utf-8")
    assert '"Iğdır\'da {{7*7}} şölen {% if %} {% raw %}"' in text


def test_an_answer_that_cannot_be_recorded_reaches_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise CacheError("the disk is full")

    monkeypatch.setattr(Cache, "put", full)
    answer, _ = ask([completion(VISIT)], tmp_path)
    assert answer.value.label == "visit"
    assert "the disk is full" in caplog.text


def test_what_an_unusable_answer_took_is_told_and_an_optional_one_is_not_asked_for_again(tmp_path: Path) -> None:
    def effort(mode: CacheMode, server: FakeServer, *, optional: bool = True) -> Effort | None:
        with Cache(tmp_path / "c", mode) as cache, pytest.raises(AnswerError) as caught:
            ask_at(a_choice(server.base_url), cache, optional=optional)
        return caught.value.effort

    with FakeServer([error(500), completion("a"), completion("b"), completion("c"), completion("d")]) as server:
        live = effort("normal", server)
        assert live is not None
        assert (live.requests, live.repairs, live.usage.prompt_tokens) == (4, 2, 300)
        for mode in ("normal", "replay"):
            assert effort(mode, server) == Effort(usage=live.usage)
        assert len(server.received) == 4
        assert effort("refresh", server) == replace(live, requests=3)
        assert len(server.received) == 7
        assert effort("normal", server, optional=False) == replace(live, requests=3)
        assert len(server.received) == 10
    with FakeServer([completion(VISIT)]) as server, Cache(tmp_path / "c", "refresh") as cache:
        assert ask_at(a_choice(server.base_url), cache, optional=True).value.label == "visit"
    assert ask_at(a_choice(), tmp_path / "c", optional=True).hit


def test_what_a_lost_question_took_is_told(tmp_path: Path) -> None:
    with pytest.raises(ServerFailedError) as caught:
        ask([error(500)], tmp_path)
    assert caught.value.effort == Effort(usage=Usage(), requests=QUICK.attempts)


# answers


@pytest.mark.parametrize(
    "content",
    [f"```json\n{VISIT}\n```", f"<think>Bu {{bir}} ziyaret mi?</think>{VISIT}", f"Elbette! Yanıt: {VISIT}"],
)
def test_wrapped_answers_need_no_second_request(tmp_path: Path, content: str) -> None:
    answer, server = ask([completion(content)], tmp_path)
    assert (answer.value.label, answer.repairs, len(server.received)) == ("visit", 0, 1)
    assert entries(tmp_path)[0].response == chat_completion(content)  # recorded as it came


def test_a_refused_answer_is_repaired_once_asked_with_the_reason(tmp_path: Path) -> None:
    answer, server = ask([completion('{"label": "uçuş"}'), completion(VISIT)], tmp_path)
    assert (answer.value.label, answer.requests, answer.repairs) == ("visit", 2, 1)
    assert answer.usage.completion_tokens == 40
    first, second = server.received
    assert second.body["messages"][:2] == first.body["messages"]
    assert second.body["messages"][2] == {"role": "assistant", "content": '{"label": "uçuş"}'}
    assert "'visit' or 'none'" in second.body["messages"][3]["content"]
    assert {**second.body, "messages": None} == {**first.body, "messages": None}
    assert entries(tmp_path)[0].key == a_request().key
    assert ask_at(a_choice(), tmp_path).hit


def test_validators_of_the_model_count(tmp_path: Path) -> None:
    class Even(BaseModel):
        number: int

        @field_validator("number")
        @classmethod
        def even(cls, number: int) -> int:
            if number % 2:
                raise ValueError("tek sayı olmaz")
            return number

    answer, server = ask([completion('{"number": 3}'), completion('{"number": 4}')], tmp_path, Even)
    assert type(answer.value) is Even
    assert answer.value.number == 4
    assert "tek sayı olmaz" in server.received[1].body["messages"][-1]["content"]


@pytest.mark.parametrize("content", ["saçma", None, "", '{"label": 5}', "{", "[]", "<think>"])
def test_nonsense_three_times(tmp_path: Path, content: str | None) -> None:
    said, count = failing(AnswerError, [completion(content)], tmp_path)
    assert count == 3
    assert "in 3 tries" in said


def test_the_number_of_repairs_can_be_set(tmp_path: Path) -> None:
    assert failing(AnswerError, [completion("saçma")], tmp_path, max_repairs=0)[1] == 1


def test_unusable_answers_are_recorded_for_a_better_reader_but_are_no_hits(tmp_path: Path) -> None:
    failing(AnswerError, [completion("a"), completion('{"label": "c"}')], tmp_path, max_repairs=1)
    (entry,) = entries(tmp_path)
    assert entry.response == chat_completion('{"label": "c"}')
    assert [attempt.response for attempt in entry.failed] == [chat_completion("a")]
    assert entry.usage.prompt_tokens == 200
    answer, server = ask([completion(VISIT)], tmp_path)
    assert (answer.hit, len(server.received)) == (False, 1)


def test_unusable_answers_do_not_replace_a_usable_one(tmp_path: Path) -> None:
    ask([completion(VISIT)], tmp_path)
    with pytest.raises(AnswerError), Cache(tmp_path, "refresh") as cache:
        ask([completion("saçma")], cache)
    assert ask_at(a_choice(), tmp_path).value.label == "visit"


def test_failed_attempts_do_not_pile_up_for_ever(tmp_path: Path) -> None:
    for turn in range(6):  # the answer recorded last is refused by the model of this turn
        label, model = ("none", Stricter) if turn % 2 else ("visit", Visit)
        with FakeServer([completion("a"), completion("b"), completion(f'{{"label": "{label}"}}')]) as server:
            ask_at(a_choice(server.base_url), tmp_path, a_request(), model)
    (entry,) = entries(tmp_path)
    assert len(entry.failed) == 10
    assert entry.failed[-1].response == chat_completion("b")


def test_a_cut_answer_keeps_what_is_whole(tmp_path: Path) -> None:
    cut = '{"labels": [{"label": "visit"}, {"label": "no'
    answer, server = ask([completion(cut, finish_reason="length")], tmp_path, Labels)
    assert answer.truncated
    assert answer.value == Labels(labels=[Label(label="visit")])
    assert len(server.received) == 1
    again = ask_at(a_choice(), tmp_path, a_request(model=Labels), Labels)
    assert again.hit
    assert again.truncated


@pytest.mark.parametrize("content", ['{"lab', "", None, "<think>hâlâ düşünüyorum"])
def test_a_cut_answer_with_nothing_whole_is_not_asked_again(tmp_path: Path, content: str | None) -> None:
    said, count = failing(AnswerError, [completion(content, finish_reason="length")], tmp_path)
    assert "max_tokens" in said
    assert count == 1


def test_refusals_and_filters_are_not_argued_with(tmp_path: Path) -> None:
    said, count = failing(AnswerError, [completion(None, refusal="I can't help with that.")], tmp_path / "a")
    assert "I can't help" in said
    assert count == 1
    said, count = failing(AnswerError, [completion("", finish_reason="content_filter")], tmp_path / "b")
    assert "filter" in said
    assert count == 1


def test_missing_usage_and_other_fields(tmp_path: Path) -> None:
    bare = Reply(json.dumps({"choices": [{"message": {"content": VISIT}}]}).encode())
    answer, _ = ask([bare], tmp_path)
    assert answer.usage == Usage()
    assert entries(tmp_path)[0].model == "gpt-4.1-mini"


def test_what_a_server_adds_is_not_recorded(tmp_path: Path) -> None:
    more = chat_completion(VISIT) | {"headers": {"x": "y"}, "timings": {"predicted_ms": 3.1}}
    ask([Reply(json.dumps(more).encode())], tmp_path)
    assert entries(tmp_path)[0].response == chat_completion(VISIT)


def test_half_an_emoji_can_be_recorded(tmp_path: Path) -> None:
    body = json.dumps(chat_completion('{"labels": [{"label": "visit"}], "x": "\ud83d', finish_reason="length"))
    answer, _ = ask([Reply(body.encode())], tmp_path, Labels)
    assert answer.value.labels[0].label == "visit"
    assert ask_at(a_choice(), tmp_path, a_request(model=Labels), Labels).hit


# transport


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 504, 529])
def test_a_failing_server_is_tried_again(tmp_path: Path, status: int) -> None:
    answer, server = ask([error(status), completion(VISIT)], tmp_path)
    assert (answer.value.label, answer.requests, answer.repairs) == ("visit", 2, 0)
    assert [received.body for received in server.received] == [server.received[0].body] * 2


def test_a_server_that_keeps_failing(tmp_path: Path) -> None:
    said, count = failing(ServerFailedError, [error(503, "Loading model")], tmp_path)
    assert count == QUICK.attempts
    assert "503: Loading model" in said
    assert not entries(tmp_path)


def test_repetitions_and_repairs_do_not_multiply(tmp_path: Path) -> None:
    lost = [error(500)] * (QUICK.attempts - 1)
    answer, server = ask([*lost, completion("a"), completion("b"), completion(VISIT)], tmp_path / "a")
    assert (answer.requests, answer.repairs) == (6, 2)
    assert len(server.received) == 6
    mixed = [completion("a"), error(500), completion("b"), error(500), error(500), error(500), completion(VISIT)]
    _, count = failing(ServerFailedError, mixed, tmp_path / "b")
    assert count == 6


def test_retry_after_is_heeded(tmp_path: Path) -> None:
    start = time.monotonic()
    answer, _ = ask([error(429, "slow down", retry_after="0.4"), completion(VISIT)], tmp_path)
    assert answer.requests == 2
    assert 0.4 <= time.monotonic() - start < 3


def test_a_longer_wait_than_is_bearable_is_an_error_at_once(tmp_path: Path) -> None:
    said, count = failing(RateLimitedError, [error(429, "slow down", retry_after="3600")], tmp_path)
    assert count == 1
    assert "slow down" in said


def test_rate_limits_that_do_not_end(tmp_path: Path) -> None:
    assert failing(RateLimitedError, [error(429)], tmp_path)[1] == QUICK.attempts


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (error(401, "Incorrect API key provided"), "Set OZETLE_API_KEY"),
        (error(403, "not allowed"), "OZETLE_API_KEY"),
        (error(404, "The model `x` does not exist", "model_not_found"), "'gpt-4.1-mini'"),
        (Reply(b"404 page not found", status=404, headers={"Content-Type": "text/plain"}), "/v1"),
        (error(400, "invalid model ID", "model_not_found"), "'gpt-4.1-mini'"),
        (error(429, "You exceeded your current quota", "insufficient_quota"), "quota"),
        (error(402, "Insufficient Balance"), "quota"),
    ],
)
def test_what_no_other_article_would_survive_is_final(tmp_path: Path, reply: Reply, says: str) -> None:
    said, count = failing(ModelRefusedError, [reply], tmp_path)
    assert says in said
    assert count == 1


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (error(400, "This model's maximum context length is 8192 tokens"), "Shorten the article"),
        (error(400, "the request exceeds the available context size"), "Shorten the article"),
        (error(400, "Invalid schema for response_format 'label'"), "json_schema"),
        (Reply(b'{"detail": [{"loc": ["body"], "msg": "bad field"}]}', status=422), "bad field"),
        (error(413, "too large"), "413"),
        (error(429, "Request too large for gpt-4.1-mini"), "Shorten"),
        (Reply(b"", status=418), "418"),
    ],
)
def test_a_rejected_request_concerns_this_article_alone(tmp_path: Path, reply: Reply, says: str) -> None:
    said, count = failing(RequestRejectedError, [reply], tmp_path)
    assert says in said
    assert count == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html><title>Sign in</title></html>",
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [null]}',
        b'{"error": {"message": "upstream is down"}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_what_is_no_completion_is_tried_again_and_then_named(tmp_path: Path, body: bytes) -> None:
    reply = Reply(body, headers={"Content-Type": "text/html"})
    answer, _ = ask([reply, completion(VISIT)], tmp_path / "a")
    assert answer.requests == 2
    said, count = failing(ModelUnreachableError, [reply], tmp_path / "b")
    assert count == QUICK.attempts
    assert "did not answer with a chat completion (text/html" in said


def test_a_connection_dropped_in_the_middle_of_the_answer(tmp_path: Path) -> None:
    answer, _ = ask([completion(VISIT, cut=20), completion(VISIT)], tmp_path / "a")
    assert answer.requests == 2
    _, count = failing(ModelUnreachableError, [completion(VISIT, cut=20)], tmp_path / "b")
    assert count == QUICK.attempts


def test_a_slow_answer(tmp_path: Path) -> None:
    answer, _ = ask([completion(VISIT, delay=0.5), completion(VISIT)], tmp_path / "a", timeout=0.2)
    assert answer.requests == 2
    said, _ = failing(
        ModelUnreachableError,
        [completion(VISIT, delay=0.3)],
        tmp_path / "b",
        timeout=0.1,
        retries=Retries(2, first_wait=0.001),
    )
    assert "within 0.1 s" in said


def test_nobody_there(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(ModelUnreachableError, match=rf"cannot reach http://127\.0\.0\.1:{port}/v1 \(.+\)") as caught:
        ask_at(a_choice(f"http://user:hunter22@127.0.0.1:{port}/v1"), tmp_path)
    assert "hunter22" not in str(caught.value)
    assert caught.value.retryable


# secrets


def everything_said(problem: BaseException) -> str:
    parts = [str(problem), repr(problem), "".join(traceback.format_exception(problem))]
    if problem.__context__ is not None:
        parts.append(everything_said(problem.__context__))
    if problem.__cause__ is not None:
        parts.append(everything_said(problem.__cause__))
    return "\n".join(parts)


@pytest.mark.parametrize("kind", ["sqlite", "folder"])
def test_the_key_is_found_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str) -> None:
    caplog.set_level(logging.DEBUG)

    def echo_in_error(status: int) -> Behaviour:
        return lambda received: error(status, f"your header was {received.headers['authorization']}")

    def echo_in_answer(received: Any) -> Reply:
        key = received.headers["authorization"]
        planted = chat_completion(f'{key} {{"label": "{key}"}}') | {"system_fingerprint": key, "headers": {"a": key}}
        return Reply(json.dumps(planted).encode())

    cache = tmp_path / ("c.sqlite" if kind == "sqlite" else "c")
    said = []
    for behaviours in (
        [echo_in_error(500)],
        [echo_in_error(401)],
        [echo_in_error(400)],
        [echo_in_error(429)],
        [lambda received: Reply(received.headers["authorization"].encode())],
        [echo_in_answer],
    ):
        with pytest.raises(OzetleError) as caught:
            ask(behaviours, cache)
        said.append(everything_said(caught.value))
    ask([echo_in_error(500), echo_in_answer, completion(VISIT)], cache)
    recorded = entries(cache)
    assert recorded
    assert len(recorded[0].failed) >= 2
    for text in [*said, caplog.text, *(entry.model_dump_json() for entry in recorded)]:
        assert KEY not in text
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes()


def test_a_password_in_the_base_url_is_found_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.delenv("OZETLE_API_KEY")
    echo: list[Behaviour] = [lambda received: error(500, received.headers["authorization"]), completion(VISIT)]
    with FakeServer(echo) as server:
        ask_at(a_choice(server.base_url.replace("//", "//user:hunter22@")), tmp_path)
    assert "Basic" in server.received[0].headers["authorization"]
    texts = [caplog.text, *(path.read_text() for path in tmp_path.iterdir())]
    for secret in ("hunter22", "dXNlcjpodW50ZXIyMg=="):
        assert not any(secret in text for text in texts)


def test_failures_print_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (None, "instructor"):  # as in a program that sets up no logging
        monkeypatch.setattr(logging.getLogger(name), "handlers", [])
    failing(ServerFailedError, [error(500)], tmp_path)
    failing(AnswerError, [completion("saçma")], tmp_path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "lost",
    [
        error(500, "upstream http://10.1.2.3:8001/v1 of llm.internal has gone"),
        error(429, "too many for 10.1.2.3:8001"),
        error(408),
        Reply(b"<html><address>nginx at llm.internal:8001</address>", headers={"Content-Type": "text/html"}),
        completion(VISIT, cut=20),
        completion(VISIT, delay=0.6),
        completion("no JSON"),
    ],
    ids=["500", "429", "408", "page", "cut", "slow", "unusable"],
)
def test_recordings_hold_no_address_and_no_time_out(tmp_path: Path, lost: Reply) -> None:
    """They are shared; whoever is told live, in the error, is told the address all the same."""
    _, server = ask([lost, completion(VISIT)], tmp_path, timeout=0.3)
    assert len(server.received) == 2
    (path,) = tmp_path.iterdir()
    recorded = path.read_text(encoding="utf-8")
    assert len(entries(tmp_path)[0].failed) == 1
    for address in ("127.0.0.1", server.base_url.rpartition(":")[2], "http", "10.1.2.3", "8001", "internal", "0.3"):
        assert address not in recorded


# event loops and threads


def test_one_client_in_one_loop_after_another(tmp_path: Path) -> None:
    with FakeServer([completion(VISIT)]) as server, Cache(tmp_path) as cache:
        choice = a_choice(server.base_url)
        client = Client(choice, cache)

        async def once(text: str) -> None:
            await client.ask(a_request(choice, text), Label)
            await client.aclose()
            await client.aclose()

        for text in ("bir", "iki", "üç"):
            asyncio.run(once(text))
    assert len(server.received) == 3


def test_many_questions_at_once_share_one_client(tmp_path: Path) -> None:
    def label(received: Any) -> Reply:
        number = int(re.findall(r"\d+", received.body["messages"][1]["content"])[0])
        return completion('{"label": "visit"}' if number % 2 else '{"label": "none"}')

    with FakeServer([label]) as server, Cache(tmp_path / "c.sqlite") as cache:
        choice = a_choice(server.base_url)

        async def all_of_them() -> list[Answer[Label]]:
            client = Client(choice, cache)
            try:
                return await asyncio.gather(
                    *(client.ask(a_request(choice, f"haber {number}"), Label) for number in range(40))
                )
            finally:
                await client.aclose()

        answers = asyncio.run(all_of_them())
    assert [answer.value.label for answer in answers] == ["none", "visit"] * 20


def test_one_client_in_sixteen_threads(tmp_path: Path) -> None:
    problems: list[BaseException] = []
    with FakeServer([completion(VISIT)]) as server, Cache(tmp_path / "c.sqlite") as cache:
        choice = a_choice(server.base_url)
        client = Client(choice, cache)

        async def work(thread: int) -> None:
            for number in range(3):
                assert (await client.ask(a_request(choice, f"{thread} {number}"), Label)).value.label == "visit"
            await client.aclose()

        def run(thread: int) -> None:
            try:
                asyncio.run(work(thread))
            except BaseException as problem:  # noqa: BLE001
                problems.append(problem)

        threads = [threading.Thread(target=run, args=(thread,)) for thread in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not problems
        assert cache.stats().entries == 48


def test_cancelling_is_possible_at_any_time(tmp_path: Path) -> None:
    with FakeServer([completion(VISIT, delay=0.5)]) as server:
        choice = a_choice(server.base_url)

        async def impatient() -> None:
            client = Client(choice, Cache(tmp_path))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await client.ask(a_request(choice), Label)
            await client.aclose()

        asyncio.run(impatient())
    assert not entries(tmp_path)
