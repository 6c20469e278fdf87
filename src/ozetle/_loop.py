"""One background event loop, so that the synchronous names work everywhere, inside a running event loop too."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Coroutine, Iterator
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the background loop and wait for it; Ctrl-C cancels it."""
    future = asyncio.run_coroutine_threadsafe(coroutine, _loop())
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise


def iterate(items: AsyncGenerator[T, None]) -> Iterator[T]:
    """Yield from an asynchronous generator that runs on the background loop; it is closed when the caller stops."""
    try:
        while True:
            try:
                yield run(anext(items))  # type: ignore[arg-type]
            except StopAsyncIteration:
                return
    finally:
        run(items.aclose())


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="ozetle", daemon=True).start()
    return loop
