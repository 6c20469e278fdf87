"""A page in a real browser; tests that need one skip where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import NoBrowserError, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request

    Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    pytest.importorskip("playwright.sync_api", reason="the report's browser tests need playwright")
    try:
        with chromium() as running:
            yield running
    except NoBrowserError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a report's HTML; afterwards nothing may have been requested, and nothing said on the console."""
    contexts: list[Any] = []
    wrong: list[str] = []

    file = tmp_path / "report.html"

    def say(message: ConsoleMessage) -> None:
        wrong.append(f"console: {message.text}")

    def fail(error: Error) -> None:
        wrong.append(f"error: {error}")

    def refuse(dialog: Dialog) -> None:
        wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note(request: Request) -> None:
        if not request.url.startswith((file.as_uri(), "data:,")):
            wrong.append(f"request: {request.url}")

    def open_page(html: str, address: str = "", **options: Any) -> Page:
        file.write_text(html, encoding="utf-8", newline="\n")
        options.setdefault("viewport", {"width": 1300, "height": 850})
        context = browser.new_context(locale="tr-TR", reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", say)
        page.on("pageerror", fail)
        page.on("dialog", refuse)
        page.on("request", note)
        page.goto(file.as_uri() + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong
