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
            address = known.url if known.url and _ADDRESS.match(known.url) else None
            return known._replace(url=address), html.unescape(body) if isinstance(body, str) else None
    return Known(), None


def _known_from_tags(tree: _Tree) -> Known:
    meta: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = (tag.get("content") or "").strip()
        if name and content:
            meta.setdefault(name.lower(), content)
    canonical = [
        link.get("href", "").strip() for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"
    ]
    titles = [meta.get(name) for name in _TITLE] + [tag.text for tag in tree.iter("title")]
    languages = [tree.get("lang"), tree.get("xml:lang"), *(meta.get(name) for name in _LANGUAGE)]
    title = next((title.strip() for title in titles if title and title.strip()), None)
    return Known(
        title=without_site(" ".join(title.split())) if title else None,
        published=next((day for name in _PUBLISHED if (day := parse_date(meta.get(name, "")))), None),
        url=next((url for url in (*canonical, meta.get("og:url", "")) if _ADDRESS.match(url)), None),
        language=next(
            (tag.strip().replace("_", "-") for tag in languages if tag and _LANGUAGE_TAG.match(tag.strip())), None
        ),
    )


def _date_by_htmldate(tree: _Tree) -> date | None:
    from htmldate import find_date

    try:
        found = find_date(tree, original_date=True, extensive_search=False)
    except Exception:  # noqa: BLE001 - a date is optional; a page that breaks htmldate has none
        return None
    return parse_date(found) if found else None
