"""Tell people on stderr how far a download is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int], None]
"""Takes how many bytes are there by now, those of earlier attempts included."""

_STEPS = 10


def say(text: str) -> None:
    """Write one line to stderr."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def progress(total: int) -> Iterator[Report]:
    """Show progress towards `total` bytes while the block runs."""
    if sys.stderr.isatty():
        with _bar(total) as report:
            yield report
    else:
        yield _lines(total)


@contextmanager
def _bar(total: int) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.update(task, completed=done)


def _lines(total: int) -> Report:
    shown = 0

    def report(done: int) -> None:
        nonlocal shown
        step = done * _STEPS // total
        if step > shown:
            shown = step
            say(f"{done / 1e6:,.0f} of {total / 1e6:,.0f} MB")

    return report
