"""HTML pages: the article's text by trafilatura, what is known about it from the page's own metadata."""

from __future__ import annotations

import html
import json
import logging
import re
from datetime import date
from typing import Any

from ozetle.articles.article import Article
from ozetle.articles.dating import parse_date
from ozetle.articles.headings import without_site
from ozetle.articles.records import Known, articles_in, known_of
from ozetle.articles.text import SPACE
from ozetle.errors import ArticleError

_Tree = Any  # lxml.html.HtmlElement, which has no type information

# meta tags by name, property or itemprop, in order of preference
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate",
    "publish-date", "publish_date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "dc.date", "date",
)  # fmt: skip
_TITLE = ("og:title", "twitter:title", "headline", "dc.title")
_LANGUAGE = ("inlanguage", "og:locale", "content-language", "language", "dc.language")

_BEGINNING = 2000
_ADDRESS = re.compile(r"https?://\S+$")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")

_BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_UNREAD = {"iframe", "noscript", "object", "script", "style", "svg", "template", "title"}
_BLANK_LINES = re.compile(r"\n{3,}")


def looks_like_html(beginning: str) -> bool:
    """Whether a text that begins so is an HTML page."""
    start = re.sub(r"<!--.*?-->", "", beginning[:_BEGINNING], flags=re.DOTALL).lstrip(SPACE).lower()
    return start.startswith(("<!doctype html", "<html", "<head", "<body")) or (
        start.startswith("<?xml") and "<html" in start
    )


def article_from_page(page: str, *, id: str | None, source: str | None) -> Article:  # noqa: A002 - the field's name
    """The article of an HTML page; its text is what trafilatura extracts.

    Title, day of publication, address and language come from JSON-LD, then meta tags and the like, then (for the day)
    htmldate without its extensive search, which takes a copyright line's year for a date.

    Raises:
        ArticleError: no article text is found on the page.
    """
    import trafilatura

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())  # else their complaints go to stderr
    try:
        tree = trafilatura.load_html(page)
        text = None if tree is None else trafilatura.extract(tree, include_comments=False, include_tables=True)
    except Exception as error:  # whatever a page makes the parser do, it is the page's fault
        raise ArticleError(f"the page cannot be parsed: {error}", remedy="Save the article as plain text.") from error
    if tree is None:
        raise ArticleError("this is no HTML page", remedy="Save the article as plain text.")
    from_json, body = _known_from_json_ld(tree)
    known = from_json.or_else(_known_from_tags(tree))
    if known.published is None:
        known = known._replace(published=_date_by_htmldate(tree))
    text = text or body or ""
    if not text.strip(SPACE):
        raise ArticleError("no article text is found on the page", remedy="Save the article as plain text.")
    return Article.from_text(text, id=id, source=source, **known._asdict())


def text_of_html(fragment: str) -> str:
    """The text of a piece of HTML, all of it, its paragraphs by blank lines; see `Paragraphs`.

    Raises:
        ArticleError: it cannot be parsed.
    """
    from lxml import etree

    if not fragment.strip():
        return ""
    try:
        parser = etree.HTMLParser(target=Paragraphs(), encoding="utf-8", huge_tree=True)
        text: str = etree.fromstring(fragment.encode(errors="replace"), parser)
    except Exception as error:  # as for pages
        raise ArticleError(f"the HTML cannot be parsed: {error}", remedy="Save the article as plain text.") from error
    return text


class Paragraphs:
    """Makes text of HTML whose tags (in lower case) and texts are given in order, as parsers give them to a target.

    Paragraphs and the like are separated by blank lines, list items begin with "- ", cells are separated by " | ", a
    `br` breaks the line; other white space counts as one space. Where nothing breaks lines, newlines do.
    """

    def __init__(self) -> None:
        self._finished: list[str] = []  # a text, the newlines after it, the next text, …
        self._open: list[str] = []
        self._bullet = ""
        self._unread = 0

    def start(self, tag: str, _: object = None) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag in _BLOCKS:
            self._break("\n\n")
            self._bullet = "- " if tag == "li" else self._bullet
        elif tag == "br":
            self._break("\n")
        elif tag in {"td", "th"} and "".join(self._open).strip():
            self._open.append(" | ")

    def end(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread -= 1
        elif tag in _BLOCKS:
            self._break("\n\n")
            self._bullet = "" if tag == "li" else self._bullet

    def data(self, text: str) -> None:
        if not self._unread:
            self._open.append(text)

    def close(self) -> str:
        """The text so far."""
        if not self._finished:
            lines = (" ".join(line.split()) for line in "".join(self._open).split("\n"))
            return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
        self._break("")
        return "".join(self._finished[:-1])

    def _break(self, newlines: str) -> None:
        text = " ".join("".join(self._open).split())
        self._open.clear()
        if text:
            self._finished += [self._bullet + text, newlines]
            self._bullet = ""
        elif self._finished:
            self._finished[-1] = "\n\n"


def web_address(text: str) -> str | None:
    """The http or https address that a metadata value is, or None."""
    return text.strip() if _ADDRESS.match(text.strip()) else None


def language_tag(text: str) -> str | None:
    """The BCP 47 tag that a metadata value such as "tr_TR" is, or None."""
    return text.strip().replace("_", "-") if _LANGUAGE_TAG.match(text.strip()) else None


def _known_from_json_ld(tree: _Tree) -> tuple[Known, str | None]:
    """What the page's first schema.org article says, and its `articleBody`."""
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            data = json.loads((script.text or "").strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        for record in articles_in(data):
            body = record.get("articleBody")
            known = known_of(record)
            known = known._replace(url=web_address(known.url or ""))
            return known, html.unescape(body) if isinstance(body, str) else None
    return Known(), None


def _known_from_tags(tree: _Tree) -> Known:
    meta: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = (tag.get("content") or "").strip()
        if name and content:
            meta.setdefault(name.lower(), content)
    canonical = [link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"]
    titles = [meta.get(name) for name in _TITLE] + [tag.text for tag in tree.iter("title")]
    languages = [tree.get("lang"), tree.get("xml:lang"), *(meta.get(name) for name in _LANGUAGE)]
    title = next((title.strip() for title in titles if title and title.strip()), None)
    return Known(
        title=without_site(" ".join(title.split())) if title else None,
        published=next((day for name in _PUBLISHED if (day := parse_date(meta.get(name, "")))), None),
        url=next(filter(None, map(web_address, (*canonical, meta.get("og:url", "")))), None),
        language=next(filter(None, (language_tag(tag or "") for tag in languages)), None),
    )


def _date_by_htmldate(tree: _Tree) -> date | None:
    from htmldate import find_date

    try:
        found = find_date(tree, original_date=True, extensive_search=False)
    except Exception:  # noqa: BLE001 - a date is optional; a page that breaks htmldate has none
        return None
    return parse_date(found) if found else None
