"""JSON objects that hold an article: this library's own JSONL lines, and schema.org/NewsArticle."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ozetle.articles.article import Article
from ozetle.articles.dating import parse_date
from ozetle.errors import ArticleError

_DEEPEST = 8


class Known(NamedTuple):
    """What a JSON object or a page says about its article; None where it does not."""

    title: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None

    def or_else(self, other: Known) -> Known:
        """This, with what is missing taken from the other."""
        return Known(
            title=self.title or other.title,
            published=self.published or other.published,
            url=self.url or other.url,
            language=self.language or other.language,
        )


def article_from_record(record: object, *, id: str | None, source: str) -> Article:  # noqa: A002 - the field's name
    """The article of a JSON object with `text` (or schema.org's `articleBody`) and whatever else it knows.

    `id` stands in for the record's own id. A date that cannot be read counts as missing.

    Raises:
        ArticleError: the value is no object, or has no text.
    """
    if not isinstance(record, Mapping):
        raise ArticleError("not a JSON object", remedy='Give each article as an object: {"text": "…"}.')
    if "text" not in record and "articleBody" not in record:
        record = next(articles_in(record), record)
    text = record.get("text", record.get("articleBody"))
    if not isinstance(text, str):
        raise ArticleError(
            "the object has no text", remedy='Put the article under "text" (or schema.org\'s "articleBody").'
        )
    own_id = next((found for name in ("id", "@id", "identifier") if (found := _text(record.get(name), "value"))), None)
    return Article.from_text(text, id=own_id or id, source=source, **known_of(record)._asdict())


def known_of(record: Mapping[str, object]) -> Known:
    """What the record says beside the text, under this library's names or schema.org's."""

    def first(*names: str, inner: str = "@id") -> str | None:
        return next((found for name in names if (found := _text(record.get(name), inner))), None)

    title = first("title", "headline", "name")
    published = first("published", "date", "datePublished")
    language = first("language", "inLanguage", inner="alternateName")
    return Known(
        title=html.unescape(title) if title else None,
        published=parse_date(published) if published else None,
        url=first("url", "mainEntityOfPage"),
        language=language.replace("_", "-") if language else None,
    )


def articles_in(data: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    """All schema.org articles in JSON-LD data, wherever they are nested (`@graph`, `mainEntity`, lists)."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from articles_in(item, depth + 1)
    elif isinstance(data, Mapping):
        kinds = data.get("@type")
        if any(isinstance(kind, str) and _is_article(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield data
        for name in ("@graph", "mainEntity", "itemListElement", "item"):
            yield from articles_in(data.get(name), depth + 1)


def _is_article(kind: str) -> bool:
    return kind.rpartition("/")[2].rpartition(":")[2].endswith(("Article", "BlogPosting", "Report"))


def _text(value: object, inner: str) -> str | None:
    """A metadata value as text: a string, a number, the first of a list, or an object's `inner` (or `name`) value."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get(inner) or value.get("name")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return value.strip() or None if isinstance(value, str) else None
