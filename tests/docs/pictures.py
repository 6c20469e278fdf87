"""The README's pictures, of the recorded examples: `python -m tests.docs.pictures` takes them anew (with Chromium).

Each is compared with what is shown today. The terminal's is text. The report's carries the SHA-256 of the page's text,
since its pixels depend on the fonts of the machine that took it.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ozetle import Article, Cache, Digest, Summarizer, load
from ozetle.views.report import report_html
from ozetle.views.terminal import render
from tests.browser import chromium
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLES = REPOSITORY / "examples"
TERMINAL = EXAMPLES / "output.svg"
REPORT = EXAMPLES / "report.png"
_SHOWN = "imza.txt"
"""The article of both pictures: Turkish, since the small model's translations are no advertisement."""
_HASH = re.compile(rb"tEXtShown\x00([0-9a-f]{64})")
_BEFORE_END = -12  # a PNG's last chunk, IEND, has no data


class Picture(NamedTuple):
    """A picture of the report: the file, and the SHA-256 of the text that its page shows."""

    png: bytes
    shown: str


def digests() -> list[Digest]:
    """The digests of all examples, named from the repository's root, as if each had taken no time."""
    summarizer = Summarizer(cache=Cache(EXAMPLES / "recorded", mode="replay"))
    made = []
    for result in summarizer.summarize_many([EXAMPLES / "articles"], ordered=True):
        assert isinstance(result, Digest), result
        article = result.article.model_copy(update={"source": f"examples/articles/{result.article.id}"})
        provenance = result.provenance.model_copy(update={"wall_s": 0.0})
        made.append(result.model_copy(update={"article": article, "provenance": provenance}))
    return made


def terminal(made: list[Digest]) -> str:
    """One digest on a terminal, as SVG."""
    from rich.console import Console

    console = Console(file=io.StringIO(), record=True, width=100, force_terminal=True, color_system="truecolor")
    render(next(digest for digest in made if digest.article.id == _SHOWN), console)
    return console.export_svg(title=f"ozetle summarize examples/articles/{_SHOWN}", unique_id="ozetle")


def text_of(svg: str) -> list[str]:
    """The texts of a terminal's picture, in their order."""
    return re.findall(r">([^<>]+)</text>", svg)


def page(made: list[Digest], browser: Browser) -> Picture:
    """The report of all examples in a browser, with the article of the other picture opened."""
    articles = [found for found in load(EXAMPLES / "articles") if isinstance(found, Article)]
    opened = next(digest.article.title or "" for digest in made if digest.article.id == _SHOWN)
    html = report_html(made, articles=articles, title="Ticaret haberleri")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.html")
        file.write_text(html, encoding="utf-8", newline="\n")
        shown = browser.new_page(viewport={"width": 1280, "height": 800}, locale="tr-TR", color_scheme="light")
        shown.goto(file.as_uri())
        shown.get_by_role("link", name=opened).first.click()
        text: str = shown.inner_text("body")
        png = shown.screenshot()
        shown.close()
    return Picture(png, hashlib.sha256(text.encode()).hexdigest())


def with_hash(picture: Picture) -> bytes:
    """The picture's file with the hash in a chunk of text (https://www.w3.org/TR/png-3/#11tEXt)."""
    chunk = b"tEXtShown\x00" + picture.shown.encode()
    length, checksum = struct.pack(">I", len(chunk) - 4), struct.pack(">I", zlib.crc32(chunk))
    return picture.png[:_BEFORE_END] + length + chunk + checksum + picture.png[_BEFORE_END:]


def hash_in(png: bytes) -> str | None:
    """The hash that a picture's file carries."""
    found = _HASH.search(png)
    return found[1].decode() if found else None


if __name__ == "__main__":
    all_digests = digests()
    TERMINAL.write_text(terminal(all_digests), encoding="utf-8", newline="\n")
    with chromium() as running:
        REPORT.write_bytes(with_hash(page(all_digests, running)))
