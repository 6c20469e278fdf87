"""Whether reading takes time in proportion to the text."""

from __future__ import annotations

import time
from collections.abc import Callable


def grows_linearly(read: Callable[[str], object], unit: str) -> bool:
    """Return whether four times as much of the same text takes at most six times as long to read."""

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    def measured() -> bool:
        short, long = min(seconds(2_000) for _ in range(3)), min(seconds(8_000) for _ in range(2))
        return long <= 6 * max(short, 0.001)

    seconds(500)
    return any(measured() for _ in range(4))  # other processes may disturb one measurement
