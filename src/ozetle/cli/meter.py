"""How far a run is: a bar on stderr while it goes on, if people watch, and a count at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ozetle.cli.guard import say
from ozetle.cli.inputs import Inputs

if TYPE_CHECKING:
    from rich.progress import Progress

    from ozetle.cli.outputs import Result


class Meter:
    """Counts results and shows them.

    Args:
        inputs: what is worked on.
        late: show the bar only with the first result, because something else may show its own progress until then.
    """

    def __init__(self, inputs: Inputs, *, late: bool) -> None:
        self.done = self.hits = self.failed = self.sentences = self.flagged = 0
        self._inputs = inputs
        expected = inputs.expected()
        self._bar = _bar(expected) if expected != 1 and sys.stderr.isatty() else None
        self._hidden = late
        self._show()

    def count(self, result: Result) -> None:
        """Count one result."""
        from ozetle.digests.digest import Digest, Failure

        if isinstance(result, Failure):
            self.failed += 1
        else:
            self.done += 1
            self.hits += result.provenance.cache == "hit"
            translation = result.translation if isinstance(result, Digest) else result
            if translation is not None:
                self.sentences += len(translation.sentences)
                self.flagged += len(translation.flagged)
        if self._bar is not None:
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=self.done + self.failed)
            if self._inputs.exhausted:
                self._bar.update(task, total=self._inputs.taken)
        self._hidden = False
        self._show()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something is written where it stands."""
        if self._bar is not None:
            self._bar.stop()
        try:
            yield
        finally:
            self._show()

    def end(self, how: str = "") -> None:
        """Take the bar away and, if there were several articles or the run was broken off, say how many were done."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        if how or self.done + self.failed > 1:
            say(f"{how}{self.done} done, {self.hits} from cache, {self.failed} failed")
        if self.flagged:
            say(f"{self.flagged} of {self.sentences} translated sentences are flagged: read them with care")

    def _show(self) -> None:
        if self._bar is not None and not self._hidden:
            self._bar.start()


def _bar(total: int | None) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    bar.add_task("", total=total)
    return bar
