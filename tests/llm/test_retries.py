from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from ozetle.errors import ModelUnreachableError
from ozetle.llm.retries import Losses, Retries, TransientError, retry_after

SERVER_TIME = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": " 2 "}, 2.0),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after-ms": "x", "retry-after": "1"}, 1.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": ""}, None),
        (
            {"retry-after": format_datetime(SERVER_TIME + timedelta(seconds=7)), "date": format_datetime(SERVER_TIME)},
            7.0,
        ),
        ({"retry-after": format_datetime(SERVER_TIME - timedelta(days=1)), "date": format_datetime(SERVER_TIME)}, 0.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def waits_of(retries: Retries, retry_afters: list[float | None], monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Lose requests with these `Retry-After` values until it is given up, and return how long was waited."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def lose() -> None:
        monkeypatch.setattr(asyncio, "sleep", sleep)
        values = iter(retry_afters)
        async for attempt in Losses(retries).policy():
            with attempt:
                raise TransientError(ModelUnreachableError("lost"), next(values))

    with pytest.raises(TransientError):
        asyncio.run(lose())
    return waits


def test_waits_grow_with_jitter_up_to_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = waits_of(Retries(attempts=6, first_wait=1, longest_wait=5), [None] * 6, monkeypatch)
    assert len(waits) == 5
    assert 1 <= waits[0] <= 2 <= waits[1] <= 4 <= waits[2] <= 5 == waits[3] == waits[4]
    assert waits != waits_of(Retries(attempts=6, first_wait=1, longest_wait=5), [None] * 6, monkeypatch)


def test_a_server_that_names_its_wait_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert waits_of(Retries(attempts=3), [7.0, 0.0, 1.0], monkeypatch) == [7.0, 0.0]


def test_a_server_that_asks_for_too_much_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert waits_of(Retries(attempts=9, longest_wait=60), [60.0, 61.0], monkeypatch) == [60.0]


def test_losses_are_counted_over_all_requests_of_a_question() -> None:
    async def lose(losses: Losses, times: int) -> int:
        tries = 0
        async for attempt in losses.policy():
            with attempt:
                tries += 1
                if tries <= times:
                    raise TransientError(ModelUnreachableError("lost"))
        return tries

    async def question() -> None:
        losses = Losses(Retries(attempts=5, first_wait=0))
        assert await lose(losses, 3) == 4
        with pytest.raises(TransientError):
            await lose(losses, 2)

    asyncio.run(question())
