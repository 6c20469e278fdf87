"""One background event loop, so that the synchronous names work everywhere, inside a running event loop too."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Coroutine, Iterator
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the background loop and wait for it; Ctrl-C cancels it, and waits until it has ended."""
    loop = _loop()
    finished = threading.Event()
    tasks: list[asyncio.Task[T]] = []

    def begin() -> None:
        tasks.append(loop.create_task(coroutine))
        tasks[0].add_done_callback(lambda _: finished.set())

    loop.call_soon_threadsafe(begin)
    try:
        finished.wait()
    except BaseException:
        loop.call_soon_threadsafe(lambda: tasks[0].cancel())
        finished.wait()
        raise
    return tasks[0].result()


def iterate(items: AsyncGenerator[T, None]) -> Iterator[T]:
    """Yield from an asynchronous generator that runs on the background loop; it is closed when the caller stops."""
    try:
        while True:
            try:
                yield run(anext(items))
            except StopAsyncIteration:
                return
    finally:
        run(items.aclose())


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="ozetle", daemon=True).start()
    return loop
