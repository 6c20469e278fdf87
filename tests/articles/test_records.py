from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ozetle.articles.records import Known, article_from_record, articles_in, known_of
from ozetle.errors import ArticleError


def test_own_fields() -> None:
    record = {
        "text": "Bir cümle.", "id": 7, "title": "Başlık", "date": "2026-03-05T10:00:00Z",
        "url": "https://ornek.example/1", "language": "tr_TR", "section": "ekonomi",
    }  # fmt: skip
    article = article_from_record(record, id="dosya.jsonl:1", source="dosya.jsonl")
    assert article.model_dump() == {
        "text": "Bir cümle.", "id": "7", "source": "dosya.jsonl", "title": "Başlık", "published": date(2026, 3, 5),
        "published_span": None, "url": "https://ornek.example/1", "language": "tr-TR",
    }  # fmt: skip


def test_schema_org() -> None:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "articleBody": "Bir cümle.",
        "headline": "Kaya &amp; Er açtı",
        "datePublished": "2026-03-05",
        "dateModified": "2026-03-07",
        "inLanguage": {"@type": "Language", "name": "Turkish", "alternateName": "tr"},
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://ornek.example/2"},
        "identifier": {"@type": "PropertyValue", "value": "n-2"},
    }
    article = article_from_record(record, id="x", source="y")
    assert (article.text, article.id, article.title) == ("Bir cümle.", "n-2", "Kaya & Er açtı")
    assert (article.published, article.language, article.url) == (date(2026, 3, 5), "tr", "https://ornek.example/2")


def test_an_article_inside_a_graph() -> None:
    record = {
        "@graph": [
            {"@type": "Organization", "name": "Ajans"},
            {"@type": ["Thing", "NewsArticle"], "articleBody": "Bir."},
        ]
    }
    assert article_from_record(record, id="x", source="y").text == "Bir."


def test_what_is_missing_is_read_from_the_text_or_stays_missing() -> None:
    article = article_from_record(
        {"text": " date 2026-03-05 Bir cümle.", "published": "geçen salı"}, id="x", source="y"
    )
    assert article.published == date(2026, 3, 5)
    assert known_of({"title": None, "url": 3.5, "language": [], "published": {}}) == Known(url="3.5")


@pytest.mark.parametrize(
    "record", [[], "metin", 3, None, {}, {"text": None}, {"text": 5}, {"text": ["a"]}, {"text": " "}]
)
def test_no_article(record: Any) -> None:
    with pytest.raises(ArticleError) as caught:
        article_from_record(record, id="x", source="y")
    assert caught.value.remedy


def test_endless_nesting() -> None:
    data: Any = {"@type": "NewsArticle"}
    for _ in range(100):
        data = {"@graph": [data]}
    assert list(articles_in(data)) == []
