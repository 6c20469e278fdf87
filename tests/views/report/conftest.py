"""A page in a real browser; tests that need one skip where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request

    Open = Callable[..., Page]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="the report's browser tests need playwright")
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        pytest.skip("the report's browser tests need Chromium: apt-get install chromium")
    with api.sync_playwright() as playwright:
        # without a sandbox it also runs as root; it is shown pages of these tests only
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


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
