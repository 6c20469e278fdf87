from __future__ import annotations

from datetime import date

import pytest

from ozetle.articles.article import Article
from ozetle.articles.pages import article_from_page, looks_like_html
from ozetle.errors import ArticleError

BODY = """<nav><a href="/">Ana Sayfa</a> <a href="/e">Ekonomi</a></nav>
<article><h1>Üç ilde fuar açılıyor</h1>
<p>Bakanlık, Konya, Bursa ve Mersin'de fuar düzenleyeceğini duyurdu.</p>
<p>Bakan Yardımcısı Ayşe Yılmaz, fuarların ekim ayında açılacağını söyledi. Fuarlara 340 şirket katılacak.</p>
<h2>Hedef 2 milyar dolar</h2>
<p>Yılmaz, “Hedefimiz 2 milyar dolarlık sözleşme.” dedi. Ziyaretçilerin 50&nbsp;bini aşması bekleniyor.</p></article>
<footer>© 2019 Haber Limanı. Tüm hakları saklıdır.</footer>"""

JSON_LD = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebSite","name":"Haber Limanı","url":"https://ornek.example"},
{"@type":"NewsArticle","headline":"Üç ilde fuar &quot;açılıyor&quot;","datePublished":"2026-03-05T22:15:00+03:00",
"dateModified":"2026-03-09","inLanguage":"tr-TR",
"mainEntityOfPage":{"@id":"https://ornek.example/h/1"}}]}</script>"""


def page(head: str, body: str = BODY, lang: str = "") -> Article:
    return article_from_page(
        f"<!DOCTYPE html><html{lang}><head><title>Üç ilde fuar açılıyor - Haber Limanı Haberleri</title>{head}</head>"
        f"<body>{body}</body></html>",
        id="h.html",
        source="klasor/h.html",
    )


def test_text_is_the_extracted_body() -> None:
    article = page("")
    assert "Konya, Bursa ve Mersin'de" in article.text
    assert "50 bini" in article.text  # the no-break space is gone
    assert "Ana Sayfa" not in article.text
    assert "©" not in article.text
    assert (article.id, article.source) == ("h.html", "klasor/h.html")


def test_json_ld_comes_first() -> None:
    article = page(
        JSON_LD + '<meta property="article:published_time" content="2020-01-01"><meta property="og:title" content="X">'
    )
    assert article.title == 'Üç ilde fuar "açılıyor"'
    assert article.published == date(2026, 3, 5)
    assert article.url == "https://ornek.example/h/1"
    assert article.language == "tr-TR"


def test_meta_tags() -> None:
    head = (
        '<meta property="og:title" content="Fuar açılıyor | Haber Limanı Haberleri">'
        '<meta property="article:modified_time" content="2026-03-09T10:00:00Z">'
        '<meta property="article:published_time" content="2026-03-05T10:00:00Z">'
        '<link rel="canonical" href="https://ornek.example/h/2"><meta property="og:locale" content="tr_TR">'
    )
    article = page(head)
    assert (article.title, article.published) == ("Fuar açılıyor", date(2026, 3, 5))
    assert (article.url, article.language) == ("https://ornek.example/h/2", "tr-TR")
    assert page(head, lang=' lang="az"').language == "az"


def test_time_element_by_htmldate() -> None:
    body = BODY.replace("<h1>", '<time datetime="2026-03-05T10:00:00+03:00" pubdate>5 Mart</time><h1>')
    assert page("", body).published == date(2026, 3, 5)


def test_a_date_line_in_the_body() -> None:
    article = page("", BODY.replace("</h1>", "</h1><p>05.03.2026 10:15</p>"))
    assert article.published == date(2026, 3, 5)


def test_a_copyright_line_is_no_date() -> None:
    article = page("")
    assert article.published is None
    assert article.title == "Üç ilde fuar açılıyor"
    assert article.url is None
    assert article.language is None


@pytest.mark.parametrize(
    "script", ["{", "[]", '{"@type":"NewsArticle","headline":5,"datePublished":{}}', "[" * 5000, '{"@graph":7}', ""]
)
def test_broken_json_ld_does_no_harm(script: str) -> None:
    article = page(f'<script type="application/ld+json">{script}</script>')
    assert article.published is None
    assert article.title


def test_body_from_json_ld_when_the_page_shows_none() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"Bakan fuarı açtı."}</script>'
    assert page(head, "<div id=app></div>").text == "Bakan fuarı açtı."


@pytest.mark.parametrize("body", ["", "<script>var a = 1;</script>", "<p> &nbsp; </p>"])
def test_a_page_without_an_article(body: str) -> None:
    with pytest.raises(ArticleError, match="no article text"):
        page("", body)


def test_what_looks_like_html() -> None:
    assert looks_like_html("\ufeff\n<!-- x --><!DOCTYPE HTML><html>")
    assert looks_like_html('<?xml version="1.0"?><html xmlns="x">')
    assert not looks_like_html('<?xml version="1.0"?><rss></rss>')
    assert not looks_like_html("Bakan <html> hakkında konuştu.")
