from __future__ import annotations

import asyncio

import pytest

from ozetle.errors import AnswerError, ModelRefusedError, OzetleError
from ozetle.extracting.session import gather_pair, together


async def question(name: str, done: list[str], error: OzetleError | None = None, seconds: float = 0.0) -> str:
    await asyncio.sleep(seconds)
    if error is not None:
        raise error
    done.append(name)
    return name


def test_answers_come_in_the_order_of_the_questions() -> None:
    done: list[str] = []
    found = asyncio.run(together_of(question("a", done, seconds=0.02), question("b", done)))
    assert found == ["a", "b"]
    assert done == ["b", "a"]


async def together_of(*questions: object) -> list[str]:
    return await together(questions)  # type: ignore[arg-type]


def test_all_are_asked_before_one_that_failed_is_told() -> None:
    done: list[str] = []
    first = question("a", done, AnswerError("no"))
    with pytest.raises(AnswerError):
        asyncio.run(together_of(first, question("b", done, seconds=0.02)))
    assert done == ["b"]


def test_what_stops_the_run_stops_the_others_at_once() -> None:
    done: list[str] = []
    with pytest.raises(ModelRefusedError):
        asyncio.run(together_of(question("a", done, ModelRefusedError("no")), question("b", done, seconds=5)))
    assert done == []


def test_of_two_kinds_both_are_asked() -> None:
    async def number() -> int:
        return 3

    async def run() -> tuple[str, int]:
        return await gather_pair(question("a", []), number())

    assert asyncio.run(run()) == ("a", 3)
