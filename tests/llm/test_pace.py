"""How many requests are under way at once."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.llm.pace import Pace, seconds


@pytest.mark.parametrize(
    ("duration", "expected"),
    [("6m0s", 360.0), ("20ms", 0.02), ("1s", 1.0), ("1h2m3.5s", 3723.5), ("1.5", 1.5), ("", 0.0), ("soon", 0.0)],
)
def test_durations_of_rate_limit_headers(duration: str, expected: float) -> None:
    assert seconds(duration) == pytest.approx(expected)


async def busy(pace: Pace, number: int, order: list[int], running: list[int]) -> None:
    async with pace.turn():
        order.append(number)
        running[0] += 1
        running[1] = max(running)
        await asyncio.sleep(0.001)
        running[0] -= 1


def test_turns_are_given_in_order_and_no_more_than_allowed() -> None:
    async def run() -> tuple[list[int], int]:
        order: list[int] = []
        pace, running = Pace(3), [0, 0]
        await asyncio.gather(*(busy(pace, number, order, running) for number in range(20)))
        return order, running[1]

    order, most = asyncio.run(run())
    assert order == list(range(20))
    assert most == 3


def test_a_refusal_halves_the_pace_once_for_all_that_were_under_way_and_successes_raise_it_again() -> None:
    async def run() -> list[int]:
        pace, seen = Pace(8), []
        turns = [pace.turn() for _ in range(8)]
        began = [await turn.__aenter__() for turn in turns]
        for moment in began:
            pace.slow_down(moment, None)
        seen.append(pace.at_once)
        for turn in turns:
            await turn.__aexit__(None, None, None)
        for _ in range(5):
            pace.go_on({})
        seen.append(pace.at_once)
        for _ in range(100):
            pace.go_on({})
        seen.append(pace.at_once)
        for _ in range(9):
            async with pace.turn() as moment:
                await asyncio.sleep(0)
            pace.slow_down(moment + 1, None)
        seen.append(pace.at_once)
        return seen

    assert asyncio.run(run()) == [4, 5, 8, 1]


def test_no_turn_begins_during_a_pause() -> None:
    async def run() -> list[float]:
        loop = asyncio.get_running_loop()
        pace, waited = Pace(4), []
        for headers in (
            None,
            {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "50ms"},
            {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "0.05s"},
            {"x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "1h"},
        ):
            before = loop.time()
            if headers is None:
                pace.slow_down(before, 0.05)
            else:
                pace.go_on(headers)
            async with pace.turn() as began:
                waited.append(began - before)
        return waited

    *paused, free = asyncio.run(run())
    assert all(0.04 < wait < 1 for wait in paused)
    assert free < 0.04


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), st.integers(1, 4))
def test_whoever_is_cancelled_takes_no_turn_from_the_others(moments: list[int], most: int) -> None:
    """Every second one is cancelled, before, while or after it has its turn; the others all come to an end."""

    async def run() -> int:
        pace, done = Pace(most), []

        async def one(number: int) -> None:
            async with pace.turn():
                await asyncio.sleep(0)
                done.append(number)

        tasks = [asyncio.create_task(one(number)) for number in range(len(moments))]
        for place, moment in enumerate(moments):
            for _ in range(moment):
                await asyncio.sleep(0)
            if place % 2:
                tasks[place].cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(*tasks, return_exceptions=True)
            async with pace.turn():
                pass
        return len([number for number in done if number % 2 == 0])

    assert asyncio.run(run()) == (len(moments) + 1) // 2
