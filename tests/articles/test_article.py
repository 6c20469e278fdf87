from __future__ import annotations

import hashlib
from datetime import date

import pytest
from pydantic import ValidationError

from ozetle.articles import Article
from ozetle.errors import ArticleError

TEXT = " date 2026-03-05 Konya'da fuar açılıyor - Son Dakika\n\nBakanlık fuarı duyurdu."


def test_what_the_text_tells() -> None:
    article = Article.from_text(TEXT)
    assert article.text == TEXT
    assert article.id == hashlib.sha256(TEXT.encode()).hexdigest()[:16]
    assert article.title == "Konya'da fuar açılıyor"
    assert article.published == date(2026, 3, 5)
    assert article.published_span is not None
    assert TEXT[slice(*article.published_span)] == "2026-03-05"
    assert (article.source, article.url, article.language) == (None, None, None)


def test_what_is_given_comes_first() -> None:
    article = Article.from_text(
        TEXT, id="x", title="Başka", published=date(2025, 1, 1), language="tr", url="https://a.example"
    )
    assert (article.id, article.title, article.published, article.published_span) == (
        "x",
        "Başka",
        date(2025, 1, 1),
        None,
    )
    assert (article.language, article.url) == ("tr", "https://a.example")


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff\u200b\xa0"])
def test_no_text(text: str) -> None:
    with pytest.raises(ArticleError, match=r"^dosya\.txt: the text is (empty|blank)\. \S.*$"):
        Article.from_text(text, source="dosya.txt")


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert Article.from_text("a\ud800b.").text == "a\ufffdb."


def test_frozen_and_strict() -> None:
    article = Article.from_text("Bir cümle.")
    with pytest.raises(ValidationError):
        article.text = "x"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Article(text="x", id="y", unknown=1)  # type: ignore[call-arg]
