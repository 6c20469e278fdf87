"""Servers with dialects of their own: each is answered to, learned once, and replayed anywhere.

The servers are real ones on loopback; what they refuse, and in which words, follows public reports of the ones they are
named after. Their answers are written by hand.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from ozetle.errors import (
    AnswerError,
    ModelRefusedError,
    ModelUnreachableError,
    RateLimitedError,
    RequestRejectedError,
    ServerFailedError,
)
from ozetle.llm.cache import Cache, Entry
from ozetle.llm.client import Client
from ozetle.llm.dialects import store
from ozetle.llm.models import choose_model
from ozetle.llm.options import ModelOptions
from ozetle.llm.question import Answer
from ozetle.llm.request import Message, Mode, Request
from ozetle.llm.retries import Retries
from tests.llm.server import FakeServer, Received, Reply, chat_completion, completion, error

QUICK = Retries(attempts=3, first_wait=0.001)
VISIT = '{"label": "visit"}'


class Label(BaseModel):
    label: str


def request(client: Client, text: str = "Bolat Iğdır'a gitti.") -> Request:
    profile = client.choice.profile
    return Request(
        model=client.choice.name,
        messages=(Message(role="system", content="Etiketle."), Message(role="user", content=text)),
        name="label",
        answer_schema=profile.wire_schema(Label.model_json_schema()),
        parameters=profile.parameters(max_tokens=50),
    )


def ask(
    base_url: str, cache: Cache, *texts: str, model: str = "some-model", options: ModelOptions | None = None
) -> list[Answer[Label]]:
    """Ask about each text at the same time."""

    async def run() -> list[Answer[Label]]:
        client = Client(choose_model(model, base_url), cache, retries=QUICK, options=options)
        try:
            return await asyncio.gather(*(client.ask(request(client, text), Label) for text in texts))
        finally:
            await client.aclose()

    return asyncio.run(run())


def entries(path: Path) -> list[Entry]:
    with Cache(path, "replay") as cache:
        return list(cache.list())


def says(message: str, status: int = 400, **more: Any) -> Reply:
    return Reply(json.dumps({"error": {"message": message, **more}}).encode(), status=status)


def answer_to(body: dict[str, Any]) -> Reply:
    """Answer as a model does in the mode it is asked in."""
    if "tools" not in body:
        return completion(VISIT)
    name = body["tool_choice"]["function"]["name"]
    call = {"id": "call_7", "type": "function", "function": {"name": name, "arguments": VISIT}}
    return completion(None, finish_reason="tool_calls", tool_calls=[call])


Refusal = Callable[[dict[str, Any]], Reply | None]


def gemini(body: dict[str, Any]) -> Reply | None:
    if "seed" not in body:
        return None
    told = 'Invalid JSON payload received. Unknown name "seed": Cannot find field.'
    return Reply(json.dumps([{"error": {"code": 400, "message": told, "status": "INVALID_ARGUMENT"}}]).encode(), 400)


def mistral(body: dict[str, Any]) -> Reply | None:
    if "seed" not in body:
        return None
    wrong = {"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted", "input": body}
    return Reply(json.dumps({"detail": [wrong]}).encode(), 422)


def reasoning(body: dict[str, Any]) -> Reply | None:
    """As OpenAI's reasoning models, behind an address of one's own: one refusal at a time."""
    if "max_tokens" in body:
        told = (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        )
        return says(told, param="max_tokens", code="unsupported_parameter")
    if body.get("temperature") == 0.0:
        told = (
            "Unsupported value: 'temperature' does not support 0.0 with this model. Only the default (1) is supported."
        )
        return says(told, param="temperature", code="unsupported_value")
    return None


def older(body: dict[str, Any]) -> Reply | None:
    return (
        says("Unrecognized request argument supplied: max_completion_tokens")
        if "max_completion_tokens" in body
        else None
    )


def deepseek(body: dict[str, Any]) -> Reply | None:
    form = body.get("response_format", {}).get("type")
    return says("This response_format type is unavailable now") if form == "json_schema" else None


def json_only(body: dict[str, Any]) -> Reply | None:
    if body.get("response_format", {}).get("type") == "json_schema":
        return says("'response_format.type' : value must be one of 'text', 'json_object'; json_schema is not supported")
    return None


def no_forms(body: dict[str, Any]) -> Reply | None:
    """Neither schemas nor functions nor JSON: each is refused in its turn."""
    if "response_format" in body:
        return says(f"response_format {body['response_format']['type']} is not supported by this model")
    return says("tools are not supported by this model") if "tools" in body else None


def not_strict(body: dict[str, Any]) -> Reply | None:
    schema = body.get("response_format", {}).get("json_schema", {})
    return says("Unknown parameter: response_format.json_schema.strict") if "strict" in schema else None


SERVERS: list[tuple[str, Refusal, str, int, Callable[[Request], bool]]] = [
    ("gemini", gemini, "some-model", 1, lambda sent: "seed" not in sent.parameters),
    ("mistral", mistral, "some-model", 1, lambda sent: sent.parameters.keys() == {"temperature", "max_tokens"}),
    ("reasoning", reasoning, "some-model", 2, lambda sent: sent.parameters.keys() == {"seed", "max_completion_tokens"}),
    ("older", older, "openai/gpt-5-mini", 1, lambda sent: "max_tokens" in sent.parameters),
    ("deepseek", deepseek, "some-model", 1, lambda sent: sent.mode is Mode.TOOLS),
    ("json only", json_only, "some-model", 1, lambda sent: sent.mode is Mode.JSON_OBJECT),
    ("no forms", no_forms, "some-model", 3, lambda sent: sent.mode is Mode.PROMPT),
    ("not strict", not_strict, "openai/gpt-4.1-mini", 1, lambda sent: sent.mode is Mode.JSON_SCHEMA),
]


@pytest.mark.parametrize(
    ("refuse", "model", "refusals", "as_sent"), [one[1:] for one in SERVERS], ids=[one[0] for one in SERVERS]
)
def test_a_server_is_learned_once_for_all_and_replayed_where_nothing_was_learned(
    refuse: Refusal,
    model: str,
    refusals: int,
    as_sent: Callable[[Request], bool],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    refused: list[str] = []

    def serve(received: Received) -> Reply:
        no = refuse(received.body)
        if no is not None:
            refused.append(received.body["messages"][-1]["content"])
        return no or answer_to(received.body)

    with FakeServer([serve]) as server:
        with caplog.at_level(logging.WARNING, "ozetle"), Cache(tmp_path / "c") as cache:
            first = ask(server.base_url, cache, *map(str, range(6)), model=model)
        assert [answer.value.label for answer in first] == ["visit"] * 6
        assert len(refused) == refusals
        assert len(server.received) == 6 + refusals == sum(answer.requests for answer in first)
        told = [record.getMessage() for record in caplog.records if record.name == "ozetle.llm.learning"]
        assert len(told) == refusals  # said once, not for each article
        with Cache(tmp_path / "c") as cache:  # as another process does
            (later,) = ask(server.base_url, cache, "another", model=model)
            (again,) = ask(server.base_url, cache, "3", model=model)
        assert (later.requests, again.hit, len(refused)) == (1, True, refusals)
    for entry in entries(tmp_path / "c"):
        assert entry.key == entry.request.key
        assert as_sent(entry.request)
    monkeypatch.setenv("OZETLE_DIALECTS", str(tmp_path / "nothing.json"))
    with Cache(tmp_path / "c", "replay") as cache:
        (replayed,) = ask("http://127.0.0.1:9/v1", cache, "4", model=model)
    assert replayed.hit


def test_what_is_keyed_and_recorded_is_what_is_sent_in_every_mode(tmp_path: Path) -> None:
    from ozetle.llm.vendors.openai import request_body

    sent: list[dict[str, Any]] = []

    def serve(received: Received) -> Reply:
        no = no_forms(received.body)
        if no is None:
            sent.append(received.body)
        return no or completion(VISIT)

    for place, serve_one in enumerate(
        (lambda got: answer_to(got.body), lambda got: deepseek(got.body) or answer_to(got.body), serve)
    ):
        bodies: list[dict[str, Any]] = []

        def note(received: Received, serve_one: Any = serve_one, bodies: list[dict[str, Any]] = bodies) -> Reply:
            bodies.append(received.body)
            reply: Reply = serve_one(received)
            return reply

        with FakeServer([note]) as server, Cache(tmp_path / str(place)) as cache:
            ask(server.base_url, cache, "Bolat")
            (entry,) = cache.list()
            assert request_body(entry.request, choose_model("some-model", server.base_url)) == bodies[-1]
            assert "visit" in json.dumps(entry.response)


@pytest.mark.parametrize("refuse", [deepseek, json_only, no_forms], ids=["tools", "json object", "prompt"])
def test_an_answer_that_does_not_validate_is_asked_for_again_in_every_mode(refuse: Refusal, tmp_path: Path) -> None:
    taken: list[dict[str, Any]] = []

    def serve(received: Received) -> Reply:
        no = refuse(received.body)
        if no is not None:
            return no
        taken.append(received.body)
        wrong = len(taken) == 1
        reply = answer_to(received.body)
        return Reply(reply.body.replace(b"label", b"etiket")) if wrong else reply

    with FakeServer([serve]) as server, Cache(tmp_path / "c") as cache:
        (answer,) = ask(server.base_url, cache, "Bolat")
    assert (answer.value.label, answer.repairs) == ("visit", 1)
    first, second = taken
    assert second["messages"][: len(first["messages"])] == first["messages"]
    assert "Field required" in json.dumps(second["messages"][-1])
    assert {**first, "messages": 0} == {**second, "messages": 0}
    (entry,) = entries(tmp_path / "c")
    assert len(entry.failed) == 1


@pytest.mark.parametrize(
    "told",
    [
        "max_tokens is too large: 9000. This model supports at most 4096 completion tokens",
        "This model's maximum context length is 8192 tokens, you requested 9000 tokens",
        "Invalid schema for response_format 'label': In context=(), 'required' is required to be supplied",
        "temperature must be between 0 and 2",
    ],
)
def test_a_value_that_is_refused_teaches_nothing(told: str, tmp_path: Path) -> None:
    with FakeServer([says(told)]) as server, Cache(tmp_path) as cache:
        with pytest.raises(RequestRejectedError):
            ask(server.base_url, cache, "Bolat")
        assert len(server.received) == 1
    assert store.recall(server.base_url, "some-model") is None


def test_what_a_server_echoes_of_the_request_is_no_refusal_of_all_its_parameters(tmp_path: Path) -> None:
    with FakeServer([lambda got: mistral(got.body) or completion(VISIT)]) as server, Cache(tmp_path) as cache:
        ask(server.base_url, cache, "is temperature supported? max_tokens is not supported, it says")
    assert server.received[-1].body["temperature"] == 0.0


def test_an_unreadable_file_of_dialects_is_an_empty_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, content in enumerate(
        ["{", "[]", '{"format": 0, "servers": {}}', '{"format": 1, "servers": {"a b": 3}}']
    ):
        path = tmp_path / f"{number}.json"
        path.write_text(content)
        monkeypatch.setenv("OZETLE_DIALECTS", str(path))
        assert store.recall("a", "b") is None
        with FakeServer([lambda got: gemini(got.body) or completion(VISIT)]) as server, Cache(mode="off") as cache:
            ask(server.base_url, cache, "x")
        found = store.recall(server.base_url, "some-model")
        assert found is not None
        assert found.left_out == {"seed"}


# answers


SSE = "".join(
    f"data: {json.dumps({'id': 'c', 'model': 'm', 'choices': [{'index': 0, 'delta': delta}]})}\n\n"
    for delta in ({"role": "assistant"}, {"content": '{"label": '}, {"content": '"visit"}'})
)
USAGE_EVENT = 'data: {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}\n\ndata: [DONE]\n\n'


def utf8_called_latin1(text: str) -> Reply:
    body = json.dumps(chat_completion(text), ensure_ascii=False).encode()
    return Reply(body, headers={"Content-Type": "application/json; charset=iso-8859-1"})


@pytest.mark.parametrize(
    ("reply", "label"),
    [
        (completion(None, reasoning=VISIT), "visit"),
        (completion(None, reasoning_content=VISIT), "visit"),
        (completion(None, reasoning=f"Ziyaret mi? {VISIT} olmalı."), "visit"),
        (completion([{"type": "text", "text": '{"label":'}, {"type": "text", "text": '"visit"}'}]), "visit"),
        (completion(None, tool_calls=[{"function": {"name": "label", "arguments": VISIT}}]), "visit"),
        (completion("", tool_calls=[{"function": {"name": "label", "arguments": {"label": "visit"}}}]), "visit"),
        (completion(f"<think>Bir {{ziyaret}} mi?</think>{VISIT}"), "visit"),
        (completion(f"Ziyaret mi?</think>\n{VISIT}"), "visit"),
        (Reply(f": keep-alive\n\n{SSE}{USAGE_EVENT}".encode(), headers={"Content-Type": "text/event-stream"}), "visit"),
        (utf8_called_latin1('{"label": "Iğdır ziyareti – şölen"}'), "Iğdır ziyareti – şölen"),
        (Reply(json.dumps(chat_completion('{"label": "visit \ud83d"}')).encode()), "visit \ufffd"),
    ],
    ids=[
        "reasoning",
        "reasoning_content",
        "in thoughts",
        "parts",
        "call",
        "call of an object",
        "think",
        "think closed",
        "sse",
        "charset",
        "surrogate",
    ],
)
def test_an_answer_is_found_wherever_it_stands_and_needs_one_request(reply: Reply, label: str, tmp_path: Path) -> None:
    with FakeServer([reply]) as server, Cache(tmp_path) as cache:
        (answer,) = ask(server.base_url, cache, "Bolat")
        (again,) = ask(server.base_url, cache, "Bolat")
    assert (answer.value.label, len(server.received)) == (label, 1)
    assert again.hit
    assert again.value == answer.value
    assert again.usage == answer.usage


@pytest.mark.parametrize(
    ("body", "kind", "requests", "says_so"),
    [
        ({"error": {"code": 402, "message": "Insufficient credits"}}, ModelRefusedError, 1, "credits"),
        ({"error": {"code": "429", "message": "Rate limit exceeded"}}, RateLimitedError, 3, "Rate limit"),
        ({"error": {"code": 502, "message": "Provider returned error"}}, ServerFailedError, 3, "Provider"),
        ({"error": {"type": "insufficient_quota", "message": "You ran out"}}, ModelRefusedError, 1, "quota"),
        ({"error": {"code": "context_length_exceeded", "message": "too long"}}, RequestRejectedError, 1, "Shorten"),
        (
            {"error": {"message": "No cookie auth credentials found", "code": 401}},
            ModelRefusedError,
            1,
            "OZETLE_API_KEY",
        ),
        ({"error": "something"}, ModelUnreachableError, 3, "chat completion"),
        (
            {"choices": [{"error": {"code": 502, "message": "cut"}, "finish_reason": "error"}]},
            ServerFailedError,
            3,
            "cut",
        ),
    ],
)
def test_an_error_in_a_successful_response_counts_by_its_code(
    body: dict[str, Any], kind: type[Exception], requests: int, says_so: str, tmp_path: Path
) -> None:
    with FakeServer([Reply(json.dumps(body).encode())]) as server, Cache(tmp_path) as cache:
        with pytest.raises(kind, match=says_so) as caught:
            ask(server.base_url, cache, "Bolat")
        assert type(caught.value) is kind
        assert len(server.received) == requests
    assert not entries(tmp_path)


def test_a_hung_request_is_given_up_and_repeated_once_while_others_go_on(tmp_path: Path) -> None:
    hung: list[str] = []

    def serve(received: Received) -> Reply:
        text = received.body["messages"][-1]["content"]
        if text == "hang" and not hung:
            hung.append(text)
            return completion(VISIT, delay=3)
        return completion(VISIT)

    async def run(client: Client) -> list[str]:
        done: list[str] = []

        async def one(text: str) -> None:
            await client.ask(request(client, text), Label)
            done.append(text)

        await one("first")
        await asyncio.gather(*map(one, ["hang", "a", "b", "c"]))
        await client.aclose()
        return done

    with FakeServer([serve]) as server, Cache(tmp_path) as cache:
        client = Client(choose_model("some-model", server.base_url), cache, retries=QUICK, timeout=0.8)
        assert asyncio.run(run(client))[-1] == "hang"
        assert len(server.received) == 6
    with FakeServer([completion(VISIT, delay=1)]) as server, Cache(mode="off") as cache:
        client = Client(choose_model("some-model", server.base_url), cache, retries=QUICK, timeout=0.2)
        with pytest.raises(ModelUnreachableError, match=r"within 0\.2 s"):
            asyncio.run(run(client))
        assert len(server.received) == 2


# what the user says


def test_effort_tier_headers_and_fields_are_sent_and_headers_are_kept_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    options = ModelOptions(
        effort="high", service_tier="flex", headers={"X-Gateway": "planted-secret-1234"}, body={"top_k": 3}
    )

    def echo(received: Received) -> Reply:
        return (
            error(500, received.headers["x-gateway"])
            if len(server.received) == 1
            else completion(f"{received.headers['x-gateway']} {VISIT}")
        )

    with FakeServer([echo]) as server, Cache(tmp_path / "c") as cache:
        (answer,) = ask(server.base_url, cache, "Bolat", options=options)
        body = server.received[-1].body
        assert (body["reasoning_effort"], body["service_tier"], body["top_k"]) == ("high", "flex", 3)
        assert body["max_tokens"] > 1000  # the thinking counts too
        assert ask(server.base_url, cache, "Bolat", options=ModelOptions(effort="high", body={"top_k": 3}))[0].hit
        (entry,) = cache.list()
        assert entry.request.parameters["top_k"] == 3
        assert "service_tier" not in entry.request.parameters
    assert answer.value.label == "visit"
    assert "planted-secret-1234" not in caplog.text + repr(options)
    assert not any("planted-secret-1234" in path.read_text() for path in (tmp_path / "c").iterdir())


def test_a_client_of_ones_own_is_asked_through(tmp_path: Path) -> None:
    import openai

    with FakeServer([completion(VISIT)]) as server, Cache(tmp_path) as cache:

        async def run() -> str:
            own = openai.AsyncOpenAI(api_key="own-key-123456", base_url=server.base_url, default_headers={"X-Own": "1"})
            client = Client(choose_model("openai/gpt-4.1"), cache, options=ModelOptions(client=own))
            answer = await client.ask(request(client), Label)
            await client.aclose()
            assert not own.is_closed()
            await own.close()
            return answer.value.label

        assert asyncio.run(run()) == "visit"
        assert server.received[0].headers["x-own"] == "1"
        assert server.received[0].headers["authorization"] == "Bearer own-key-123456"


def test_refusals_stay_final(tmp_path: Path) -> None:
    with FakeServer([completion(None, refusal="no")]) as server, Cache(tmp_path) as cache:
        with pytest.raises(AnswerError, match="refused"):
            ask(server.base_url, cache, "Bolat")
        assert len(server.received) == 1
