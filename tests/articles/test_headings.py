from __future__ import annotations

import pytest

from ozetle.articles.headings import Titles, find_title, is_tag_list, looks_like_heading, without_site
from ozetle.articles.text import lines

BODY = "Bakanlık, Konya'da bir fuar açılacağını duyurdu.\n\nFuara 12 ülke katılacak."


def title_of(text: str) -> str | None:
    return find_title(text, lines(text))


@pytest.mark.parametrize(
    "begins",
    [
        "Konya'da fuar açılıyor\n\n",
        " date 2026-03-05 Konya'da fuar açılıyor - Son Dakika\nGüncel\n\n",
        "Konya'da fuar açılıyor | Haber Limanı\nKonya'da fuar açılıyor\n05.03.2026 10:00\n",
        "EKONOMİ\nKonya'da fuar açılıyor\n",
        "# Konya'da fuar açılıyor\n\n",
        "Haber: Ali KAYA\nKonya'da fuar açılıyor\n",
    ],
)
def test_title_of_a_plain_text(begins: str) -> None:
    assert title_of(begins + BODY) == "Konya'da fuar açılıyor"


@pytest.mark.parametrize("text", [BODY, "Konya'da fuar açılıyor", "Fuar\n" + BODY, " date 2026-03-05 " + BODY])
def test_no_title(text: str) -> None:
    assert title_of(text) is None


def test_a_dash_inside_a_title_stays() -> None:
    assert without_site("Türkiye - Irak hattı açıldı") == "Türkiye - Irak hattı açıldı"
    assert without_site("Hat açıldı - Ekonomi Haberleri - Son Dakika") == "Hat açıldı"


@pytest.mark.parametrize("line", ["Hedef 2 milyar dolar", "'İHRACATTA ARTIŞ'", "“Ortaklığa hazırız”"])
def test_headings(line: str) -> None:
    assert looks_like_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "Fuar açıldı.",
        "“Ortaklığa hazırız.”",
        "Bakan şunları söyledi:",
        "- Vergi indirimi",
        '"Hazırız" dedi',
        "Fuara katılan şirketlerin temsilcileri iki gün boyunca görüşmeler yaptı ve çok sayıda sözleşme imzaladı",
    ],
)
def test_sentences_are_no_headings(line: str) -> None:
    assert not looks_like_heading(line)


def test_tag_lists() -> None:
    assert is_tag_list("Konya, Fuar, Dış Ticaret, Ekonomi")
    assert not is_tag_list("Bakan, Konya'daki büyük fuarı açtıktan sonra, Bursa'ya geçti")
    assert not is_tag_list("Konya, Bursa, Mersin.")


TITLE = "Konya'da tarım fuarı açılıyor"


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        TITLE.upper(),
        f"SON DAKİKA: {TITLE} - Son Dakika",
        f"Ana Sayfa Ekonomi {TITLE}",
        f"{TITLE}!",
        "Konya'da tarım fuarı...",
    ],
)
def test_the_title_is_recognised(line: str) -> None:
    assert Titles(TITLE, lines(line)).repeats(line)


@pytest.mark.parametrize(
    "line",
    [
        f"{TITLE}.",
        f"{TITLE} ve törene üç bakan ile çok sayıda davetli katılacak",
        "Konya'da fuar açılıyor",
        "Konya'da...",
    ],
)
def test_other_lines_are_not(line: str) -> None:
    assert not Titles(TITLE, lines(line)).repeats(line)


def test_a_line_that_stands_twice_is_a_title() -> None:
    text = "Bursa'da yeni terminal\n\nAçılış yapıldı.\n\nBursa'da yeni terminal"
    assert Titles(None, lines(text)).repeats("Bursa'da yeni terminal")
