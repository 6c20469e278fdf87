"""The README's pictures show what is shown today; `python -m tests.docs.pictures` takes them anew."""

from __future__ import annotations

import pytest

from tests.browser import NoBrowserError, chromium
from tests.docs import pictures

_STALE = "it shows something else today: python -m tests.docs.pictures"


def test_the_terminal_is_that_of_today() -> None:
    today = pictures.text_of(pictures.terminal(pictures.digests()))
    assert len(today) > 20
    assert pictures.text_of(pictures.TERMINAL.read_text(encoding="utf-8")) == today, _STALE


@pytest.mark.browser
def test_the_report_is_that_of_today() -> None:
    try:
        with chromium() as running:
            today = pictures.page(pictures.digests(), running)
    except NoBrowserError as missing:
        pytest.skip(str(missing))
    assert pictures.hash_in(pictures.REPORT.read_bytes()) == today.shown, _STALE
    assert pictures.hash_in(pictures.with_hash(today)) == today.shown
