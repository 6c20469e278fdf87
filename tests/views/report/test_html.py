from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles import Article
from ozetle.views.report import report_html
from tests.views.report.samples import digest, event, failure, many


class _Page(HTMLParser):
    """The elements of a page, and what stands in its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.content: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._open: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.content:
            self._open = tag
            self.content[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = None if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        if self._open:
            self.content[self._open][-1] += data

    @property
    def index(self) -> Any:
        return json.loads(self.content["script"][0])

    @property
    def policy(self) -> str:
        return next(str(attrs["content"]) for tag, attrs in self.tags if attrs.get("http-equiv"))


def test_nothing_is_loaded_and_only_the_own_script_and_style_are_allowed() -> None:
    text = "Bakan geldi."
    html = report_html([digest(text, [event(text, text)])])
    page = _Page(html)
    addresses = [
        value for _, attrs in page.tags for name, value in attrs.items() if name in ("src", "href", "action", "srcset")
    ]
    assert all(address is None or address.startswith(("#", "data:,")) for address in addresses)
    assert not any(name.startswith("on") or name == "style" for _, attrs in page.tags for name in attrs)
    assert not re.search(
        r"@import|url\(|\bfetch\(|XMLHttpRequest|\bimport\(|innerHTML|insertAdjacentHTML|\beval\(", html
    )

    def allowed(source: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() + "'"

    rules = dict(rule.strip().split(" ", 1) for rule in page.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == allowed(page.content["script"][-1])
    assert rules["style-src"] == allowed(page.content["style"][0])
    assert rules["require-trusted-types-for"] == "'script'"


@given(st.text())
def test_no_text_leaves_its_element(words: str) -> None:
    made = digest("Metin.", article={"title": words, "id": words or "-"}, summary=words)
    plain = [tag for tag, _ in _Page(report_html([digest("Metin.")], title="x")).tags]
    html = report_html([made], title=words)
    page = _Page(html)
    assert [tag for tag, _ in page.tags] == plain
    html.encode()
    kept = re.sub("[\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "\ufffd", words)
    assert page.index["articles"][0]["summary"] == kept


def test_what_could_end_or_reorder_is_escaped() -> None:
    hostile = "</script><!--<script>\u2028\u2029&amp;\u202e\u2066\ud800{{script}}{{index}}\u0085"
    html = report_html([digest("Metin.", summary=hostile), failure(hostile, hostile)], title=hostile)
    page = _Page(html)
    assert len(page.content["script"]) == 3
    assert not re.search("[\u2028\u2029\u202e\u2066\u0085]", html)
    assert page.index["articles"][0]["summary"].endswith("{{script}}{{index}}\u0085")
    assert html.count("{{script}}") == 6  # title, heading, summary, name, and both parts of the failure


def test_the_title_is_text_and_no_markup() -> None:
    html = report_html([], title="<b>Ocak</b> & <img src=x onerror=alert(1)>")
    shown = "&lt;b&gt;Ocak&lt;/b&gt; &amp; &lt;img src=x onerror=alert(1)&gt;"
    assert html.count(shown) == 2  # in the title and in the heading
    assert html.count("Ocak") == 2


def test_the_same_digests_give_the_same_page() -> None:
    digests, articles = many(5)
    assert report_html(digests, articles=articles) == report_html(iter(digests), articles=iter(articles))


def test_of_nothing_there_is_a_page_too() -> None:
    assert _Page(report_html([])).index["articles"] == []


def test_an_article_that_is_not_the_one_is_passed_over() -> None:
    text = "Bakan geldi. Heyet gitti."
    made = digest(text, [event(text, "Heyet gitti.")])
    with_text = report_html([made], articles=[Article(text="Bambaşka bir haberin metni.", id="haber.txt")])
    assert with_text == report_html([made])


@pytest.mark.measurement
def test_a_thousand_digests_are_made_in_time_and_small() -> None:
    digests, articles = many(1_000)
    begun = time.process_time()
    html = report_html(digests, articles=articles)
    assert time.process_time() - begun <= 5
    assert len(html.encode()) <= 15_000_000
