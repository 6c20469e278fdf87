from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles import Article, Sentence, split
from ozetle.articles.text import SPACE

SEEDS = Path(__file__).parents[2] / ".." / "shared" / "seeds"

PAGE = """ date 2026-03-05 Özbekistan'da lojistik merkezi kuruluyor - Son Dakika
Son Dakika
Ekonomi

Özbekistan'da lojistik merkezi kuruluyor
Giriş Tarihi: 05.03.2026 09:12 Güncelleme: 05.03.2026 11:40
Foto: Anadolu Ajansı
Paylaş
Taşkent yakınında kurulacak merkezin temeli nisanda atılacak.

(TAŞKENT)- Bakan Hasan Demir, 3. Lojistik Forumu'nda konuştu. Demir, "Merkez büyük. İlk etap 2027'de bitecek" dedi.

YATIRIM 120 MİLYON DOLAR
Merkezin iki görevi olacak:
- Transit yüklerin depolanması
- Gümrük işlemlerinin hızlandırılması
Uzmanlar taşıma süresinin kısalacağını belirtiyor

İLGİLİ HABER
Özbekistan'dan pamuk ithalatı arttı

Heyet dün Semerkant'ı gezdi. Kaynak: AA
Taşkent yakınında kurulacak merkezin temeli nisanda atılacak.
Özbekistan, Lojistik, Ekonomi
Özbekistan'da lojistik merkezi kuruluyor
Yorumlar (3)
Yorumların hukuki sorumluluğu yazarlarına aittir. Yayın kurulu sorumlu değildir.
16:25
SON DAKİKA: Özbekistan'da lojistik merkezi kuruluyor - Son Dakika
"""

EXPECTED = [
    ("date", "date 2026-03-05"),
    ("title", "Özbekistan'da lojistik merkezi kuruluyor - Son Dakika"),
    ("section", "Son Dakika"),
    ("section", "Ekonomi"),
    ("title", "Özbekistan'da lojistik merkezi kuruluyor"),
    ("date", "Giriş Tarihi: 05.03.2026 09:12 Güncelleme: 05.03.2026 11:40"),
    ("photo", "Foto: Anadolu Ajansı"),
    ("share", "Paylaş"),
    (1, "Taşkent yakınında kurulacak merkezin temeli nisanda atılacak."),
    (2, "(TAŞKENT)- Bakan Hasan Demir, 3. Lojistik Forumu'nda konuştu."),
    (3, 'Demir, "Merkez büyük.'),
    (4, "İlk etap 2027'de bitecek\" dedi."),
    ("heading", "YATIRIM 120 MİLYON DOLAR"),
    (5, "Merkezin iki görevi olacak:"),
    (6, "- Transit yüklerin depolanması"),
    (7, "- Gümrük işlemlerinin hızlandırılması"),
    (8, "Uzmanlar taşıma süresinin kısalacağını belirtiyor"),
    ("related", "İLGİLİ HABER"),
    ("heading", "Özbekistan'dan pamuk ithalatı arttı"),
    (9, "Heyet dün Semerkant'ı gezdi."),
    ("source", "Kaynak: AA"),
    ("repeated", "Taşkent yakınında kurulacak merkezin temeli nisanda atılacak."),
    ("tags", "Özbekistan, Lojistik, Ekonomi"),
    ("title", "Özbekistan'da lojistik merkezi kuruluyor"),
    ("comments", "Yorumlar (3)"),
    ("comments", "Yorumların hukuki sorumluluğu yazarlarına aittir. Yayın kurulu sorumlu değildir."),
    ("time", "16:25"),
    ("title", "SON DAKİKA: Özbekistan'da lojistik merkezi kuruluyor - Son Dakika"),
]


def marks(text: str) -> list[tuple[str | int | None, str]]:
    return [(sentence.boilerplate or sentence.number, sentence.text) for sentence in split(Article.from_text(text))]


def test_a_page_with_much_boilerplate() -> None:
    assert marks(PAGE) == EXPECTED


def test_paragraphs_and_headings() -> None:
    sentences = split(Article.from_text("İlk cümle burada. İkinci cümle.\n\nAra başlık\nÜçüncü cümle burada.\n"))
    assert [(s.paragraph, s.number, s.heading) for s in sentences] == [
        (1, 1, False),
        (1, 2, False),
        (2, None, True),
        (3, 3, False),
    ]


def test_prefix_stands_before_the_first_sentence() -> None:
    assert marks(" date 2026-03-05 Bakan konuştu. Heyet döndü.") == [
        ("date", "date 2026-03-05"),
        (1, "Bakan konuştu."),
        (2, "Heyet döndü."),
    ]


def test_a_tweet() -> None:
    text = (
        "Bakan fuarı açtı.\n"
        "Fuara büyük ilgi var, kapılar üç gün boyunca açık, herkesi bekliyoruz\n"
        "(05.03.2026) pic.twitter.com/abc\n"
        "— Bir Bakanlık (@birbakanlik) March 5, 2026"
    )
    assert [mark for mark, _ in marks(text)] == [1, "embed", "embed", "embed"]


def test_titles_of_other_articles_at_the_end() -> None:
    assert [mark for mark, _ in marks("Bakan fuarı açtı.\n\nSemerkant'ta yeni otel\nBursa'da sel oldu\n")] == [
        1,
        "related",
        "related",
    ]


def test_the_given_title_is_recognised() -> None:
    article = Article.from_text("Fuar açıldı!\nFuarı Bakan açtı.\nFUAR AÇILDI", title="Fuar açıldı")
    assert [sentence.boilerplate for sentence in split(article)] == ["title", None, "title"]


@pytest.mark.parametrize("text", ["Son Dakika", "Kaynak: AA", "Fuar açılıyor", "16:25", "***", "date 2026-03-05"])
def test_nothing_is_boilerplate_when_all_would_be(text: str) -> None:
    assert marks(text) == [(1, text)]


def test_a_text_without_full_stops_is_content() -> None:
    text = "Fuar bugün açıldı\nBakan da törene katıldı\nKatılım geçen yıldan fazlaydı\n\nGiriş ücretsiz."
    assert sum(mark is not None and not isinstance(mark, str) for mark, _ in marks(text)) >= 3


def check(sentences: tuple[Sentence, ...], text: str) -> None:
    position, number = 0, 0
    for sentence in sentences:
        assert sentence.start >= position
        assert not text[position : sentence.start].strip(SPACE)
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip(SPACE) != ""
        assert (sentence.number is None) == (sentence.boilerplate is not None)
        if sentence.number is not None:
            number += 1
            assert sentence.number == number
        position = sentence.end
    assert not text[position:].strip(SPACE)
    assert number > 0


PIECES = st.sampled_from(
    [
        *(
            "Bakan konuştu. ",
            "Heyet döndü.",
            '"Hazırız." dedi.',
            "12. Dönem",
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "\ufeff",
            "\u2028",
        ),
        *(
            "Kaynak: AA",
            "Son Dakika",
            "16:25",
            "date 2026-03-05",
            "A, B, C",
            "pic.twitter.com/a",
            "— A (@b) ",
            "…",
            "***",
        ),
    ]
)


@given(st.one_of(st.lists(PIECES, min_size=1, max_size=30).map("".join), st.text(min_size=1, max_size=200)))
def test_offsets_are_exact_and_nothing_is_lost(text: str) -> None:
    if text.strip(SPACE):
        article = Article.from_text(text)
        check(split(article), article.text)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared folder is not here")
@pytest.mark.parametrize(("name", "numbers"), [("000", 17), ("001", 19), ("002", 11), ("003", 10), ("004", 8)])
def test_seeds(name: str, numbers: int) -> None:
    [path] = SEEDS.glob(f"{name}_*.txt")
    text = path.read_bytes().decode()
    sentences = split(Article.from_text(text))
    check(sentences, text)
    assert max(sentence.number or 0 for sentence in sentences) == numbers
