"""Many questions at once to one client: each asked once, at the server's pace, within the budget."""

from __future__ import annotations

import asyncio
import time

import pytest
from pydantic import BaseModel

from ozetle.errors import AnswerError, BudgetError, ModelRefusedError
from ozetle.llm.budget import Budget
from ozetle.llm.cache import Cache
from ozetle.llm.client import Client
from ozetle.llm.models import choose_model
from ozetle.llm.question import Answer
from ozetle.llm.request import Message, Request
from ozetle.llm.retries import Retries
from tests.llm.server import Behaviour, FakeServer, Received, Reply, completion, error


class Label(BaseModel):
    label: str


VISIT = '{"label": "visit"}'


def request(text: str) -> Request:
    return Request(
        model="test", messages=(Message(role="user", content=text),), name="label", answer_schema={}, parameters={}
    )


def client(server: FakeServer, **settings: object) -> Client:
    choice = choose_model("test", server.base_url)
    settings = {"retries": Retries(attempts=4, first_wait=0.001)} | settings
    return Client(choice, Cache(mode="off"), **settings)  # type: ignore[arg-type]


async def answers(asked: Client, *texts: str) -> list[Answer[Label] | BaseException]:
    try:
        return await asyncio.gather(*(asked.ask(request(text), Label) for text in texts), return_exceptions=True)
    finally:
        await asked.aclose()


def test_identical_questions_at_once_are_one_request() -> None:
    with FakeServer([completion(VISIT, delay=0.05)]) as server:
        found = asyncio.run(answers(client(server), *["a"] * 5, "b"))
    assert len(server.received) == 2
    assert [answer.value.label for answer in found if isinstance(answer, Answer)] == ["visit"] * 6
    assert [answer.hit for answer in found if isinstance(answer, Answer)] == [False, True, True, True, True, False]
    assert sum(answer.requests for answer in found if isinstance(answer, Answer)) == 2


def test_identical_questions_at_once_fail_together_each_with_an_error_of_its_own() -> None:
    with FakeServer([completion("nonsense", delay=0.02)]) as server:
        found = asyncio.run(answers(client(server), "a", "a"))
    first, second = found
    assert isinstance(first, AnswerError)
    assert isinstance(second, AnswerError)
    assert str(first.about("one.txt")).startswith("one.txt: ")
    assert str(second.about("two.txt")).startswith("two.txt: ")
    assert len(server.received) == 3


def test_who_gives_up_does_not_take_the_answer_from_the_others() -> None:
    async def run(asked: Client) -> tuple[str, bool]:
        first = asyncio.create_task(asked.ask(request("a"), Label))
        second = asyncio.create_task(asked.ask(request("a"), Label))
        await asyncio.sleep(0.05)
        first.cancel()
        found = await second
        third = asyncio.create_task(asked.ask(request("b"), Label))
        await asyncio.sleep(0.05)
        third.cancel()
        await asyncio.gather(third, return_exceptions=True)
        await asked.aclose()
        return found.value.label, third.cancelled()

    with FakeServer([completion(VISIT, delay=0.2)]) as server:
        assert asyncio.run(run(client(server))) == ("visit", True)
    assert len(server.received) == 2


def test_who_asks_while_another_gives_up_is_answered() -> None:
    async def run(asked: Client) -> str:
        first = asyncio.create_task(asked.ask(request("a"), Label))
        await asyncio.sleep(0.05)
        first.cancel()
        await asyncio.sleep(0)  # it is cancelled, and its request not yet wound up
        found = await asked.ask(request("a"), Label)
        await asyncio.gather(first, return_exceptions=True)
        await asked.aclose()
        return found.value.label

    with FakeServer([completion(VISIT, delay=0.1)]) as server:
        assert asyncio.run(run(client(server))) == "visit"


def test_a_server_that_allows_few_at_once_is_asked_more_slowly_and_loses_no_answer() -> None:
    """Of more than two requests within 50 ms, the server refuses the rest."""
    times: list[float] = []
    refused: list[float] = []

    def reply(_: Received) -> Reply:
        now = time.monotonic()
        times[:] = [moment for moment in times if now - moment < 0.05]
        if len(times) >= 2:
            refused.append(now)
            return error(429, retry_after="0.06")
        times.append(now)
        return completion(VISIT)

    behaviours: list[Behaviour] = [reply]
    with FakeServer(behaviours) as server:
        asked = client(server, at_once=8, retries=Retries(attempts=6, first_wait=0.01))
        found = asyncio.run(answers(asked, *map(str, range(24))))
    assert [answer for answer in found if isinstance(answer, BaseException)] == []
    assert len(refused) < 2 * 24  # unpaced, the twelfth pair would have been refused eleven times


def test_no_request_leaves_beyond_the_budget_and_its_answers_are_kept() -> None:
    with FakeServer([completion(VISIT, delay=0.01)]) as server:
        budget = Budget(max_requests=5)
        found = asyncio.run(answers(client(server, at_once=3, budget=budget), *map(str, range(12))))
    assert len(server.received) == 5 == budget.requests
    assert len([answer for answer in found if isinstance(answer, Answer)]) == 5
    assert {type(answer) for answer in found} == {Answer, BudgetError}


def test_repairs_and_repetitions_count_as_requests() -> None:
    behaviours = [error(503), completion("nonsense"), completion(VISIT)]
    with FakeServer(behaviours) as server:
        (found,) = asyncio.run(answers(client(server, budget=Budget(max_requests=2)), "a"))
    assert isinstance(found, BudgetError)
    assert len(server.received) == 2


def test_nothing_is_sent_after_the_tokens_are_used_up() -> None:
    with FakeServer([completion(VISIT)]) as server:  # 120 tokens each
        budget = Budget(max_tokens=300)
        found = asyncio.run(answers(client(server, at_once=1, budget=budget), *"abcde"))
    assert len(server.received) == 3
    assert budget.tokens == 360
    assert [type(answer) for answer in found] == [Answer, Answer, Answer, BudgetError, BudgetError]


def test_a_wrong_key_is_one_error_for_all_who_asked_the_same() -> None:
    with FakeServer([error(401, delay="0")]) as server:
        found = asyncio.run(answers(client(server), "a", "a"))
    assert [type(answer) for answer in found] == [ModelRefusedError] * 2
    assert len(server.received) == 1


@pytest.mark.parametrize("text", ["a"])
def test_one_after_the_other_is_asked_again_without_a_cache(text: str) -> None:
    async def run(asked: Client) -> None:
        await asked.ask(request(text), Label)
        await asked.ask(request(text), Label)
        await asked.aclose()

    with FakeServer([completion(VISIT)]) as server:
        asyncio.run(run(client(server)))
    assert len(server.received) == 2
