"""How far a run is: a bar on stderr if people watch, else a line now and then; and a count at its end."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ozetle.cli.guard import counted, say
from ozetle.cli.inputs import Inputs

if TYPE_CHECKING:
    from rich.progress import Progress

    from ozetle.cli.outputs import Result
    from ozetle.digests.digest import ArticleTranslation
    from ozetle.llm.budget import Budget
    from ozetle.llm.prices import Price
    from ozetle.reasons import ErrorType

_SECONDS_TO_FIRST_LINE = 10.0
_SECONDS_A_LINE = 30.0
_MAX_CAUSES = 10


class Meter:
    """Counts results and shows them.

    Args:
        inputs: what is worked on.
        budget: what has been spent so far.
        price: what tokens cost, if that is known.
        late: show the bar only with the first result, because something else may show its own progress until then.
    """

    def __init__(self, inputs: Inputs, budget: Budget, price: Price | None, *, late: bool) -> None:
        self.done = self.hits = self.failed = self.sentences = self.flagged = 0
        self._causes: Counter[ErrorType] = Counter()
        self._inputs = inputs
        self._budget = budget
        self._price = price
        self._started = time.monotonic()
        expected = inputs.expected()
        self._bar = _bar(expected) if expected != 1 and sys.stderr.isatty() else None
        self._hidden = late
        self._show()

    def count(self, result: Result) -> None:
        """Count one result."""
        from ozetle.digests.digest import Digest, Failure

        if isinstance(result, Failure):
            self.failed += 1
            self._causes[result.error.type] += 1
        else:
            self.done += 1
            self.hits += result.provenance.cache == "hit"
            translation = result.translation if isinstance(result, Digest) else _translation(result)
            if translation is not None:
                self.sentences += len(translation.sentences)
                self.flagged += len(translation.flagged)
        if self._bar is not None:
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=self.done + self.failed, description=self._spent())
            if self._inputs.exhausted:
                self._bar.update(task, total=self._inputs.taken)
        self._hidden = False
        self._show()

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Say now and then how far the run is, even while no result comes; unless the bar shows it."""
        over = threading.Event()
        teller = threading.Thread(target=self._tell, args=(over,), daemon=True)
        if self._bar is None:
            teller.start()
        try:
            yield
        finally:
            over.set()
            if teller.is_alive():
                teller.join()

    def _tell(self, over: threading.Event) -> None:
        pause = _SECONDS_TO_FIRST_LINE
        while not over.wait(pause):
            pause = _SECONDS_A_LINE
            if not self._hidden or self._budget.requests:
                say("; ".join(part for part in (self._counts(), self._speed(), self._spent()) if part))

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
        """Take the bar away and say how it went.

        Args:
            how: what stands before the counts of a run that was broken off, which says what is left too.
        """
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        if how or self.done + self.failed:
            if self._spent():
                say(self._spent())
            if len(self._causes) > 1:
                say(
                    "failed by cause: "
                    + ", ".join(f"{n} {cause}" for cause, n in self._causes.most_common(_MAX_CAUSES))
                )
            if self.flagged:
                self._say_flagged()
            say(f"{how}{self._counts()}{self._left() if how else ''}")

    def _say_flagged(self) -> None:
        are = f"translated sentence{' is' if self.sentences == 1 else 's are'}"
        say(f"{self.flagged} of {self.sentences} {are} flagged: read with care")

    def _counts(self) -> str:
        return f"{self.done} done, {self.hits} from cache, {self.failed} failed"

    def _left(self) -> str:
        expected = self._inputs.expected()
        if expected is None or expected <= self.done + self.failed:
            return ""
        return f", {expected - self.done - self.failed} left; run the same again to go on, answers are kept"

    def _speed(self) -> str:
        worked, seconds = self.done + self.failed, time.monotonic() - self._started
        expected = self._inputs.expected()
        if not worked:
            return f"{seconds:.0f} s"
        rate = worked / seconds if seconds else 0.0
        left = f", about {_duration((expected - worked) / rate)} left" if expected and rate else ""
        return f"{rate * 60:.1f} a minute{left}"

    def _spent(self) -> str:
        if not self._budget.requests:
            return ""
        cost = "" if self._price is None else f", cost about {self._price.of(self._budget.usage):.4f}"
        return f"{counted(self._budget.requests, 'request')}, {self._budget.tokens} tokens{cost}"

    def _show(self) -> None:
        if self._bar is not None and not self._hidden:
            self._bar.start()


def _translation(result: ArticleTranslation) -> ArticleTranslation | None:
    """What was translated of an article; nothing of one that is kept as it is: it is Turkish, or nobody knows what."""
    return None if result.source_language.code in ("tr", "und") else result


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min" if minutes else "1 min"


def _bar(total: int | None) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (
        *(SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), Remaining()),
        TextColumn("{task.description}", markup=False),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    bar.add_task("", total=total)
    return bar
