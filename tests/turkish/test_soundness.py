"""Which Turkish texts about an article may be shown. The texts are written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from ozetle.articles import Article
from ozetle.reading import Reading, read
from ozetle.turkish import soundness as turkish

TURKISH = (
    "Ticaret Bakanı Ayşe Demir, Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi. "
    "İki ülke arasındaki ticaret 2025 yılında yüzde 4,5 artışla 8,2 milyar dolara çıktı. "
    "Konseyin 12. Dönem Toplantısı nisanda yapılacak."
)
ALBANIAN = (
    "Ministrja e Tregtisë së Turqisë, Ayşe Demir, u takua në Shkup me homologun e saj Goran Petrov. "
    "Tregtia dypalëshe midis Turqisë dhe Maqedonisë së Veriut arriti në 1,2 miliardë dollarë në vitin 2025."
)


@pytest.fixture(scope="module")
def tr() -> Reading:
    return read(Article.from_text(TURKISH, id="a", published=date(2026, 3, 5)))


@pytest.fixture(scope="module")
def sq() -> Reading:
    return read(Article.from_text(ALBANIAN, id="a", published=date(2026, 3, 5)))


@pytest.mark.parametrize(
    "text",
    [
        "Ayşe Demir, Kahire'de Karim Fahmi ile görüştü.",
        "Konseyin 12. Dönem Toplantısı nisanda yapılacak.",
        "Demir ile Fahmi görüştü. Ticaret 8,2 milyar dolara çıktı.",
        "Görüşmede ticaret ele alındı.",
        "Bakan Demir 5 Mart 2026'da Mısır'daydı.",
        "Hedef: Ticaretin 8,2 milyar dolara çıkarılması görüşüldü.",
        TURKISH,
    ],
)
def test_sound_texts_about_a_turkish_article(tr: Reading, text: str) -> None:
    assert turkish.problem(text, tr) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("…", "no words"),
        ("Ayşe Demir Kahire'de", "cut off"),
        ("Ticaret 8,2 milyon dolara çıktı.", "8,2 milyon"),
        ("Ticaret 82 milyar dolara çıktı.", "82 milyar"),
        ("Ticaret yüzde 45 arttı.", "yüzde 45"),
        ("Ayşe Kaya, Kahire'de görüştü.", "Kaya"),
        ("Ayşe Demir 3 Ocak 2024'te Kahire'de görüştü.", "3 Ocak 2024"),
        ("Mehmet Demir, Kahire'de görüştü.", "Mehmet"),
        ("Ayşe Demir, Kahire'de Kari Fahmi ile görüştü.", "Kari"),
        ("Demir, Fransa'ya gitti.", "Fransa"),
        ("Ministers met in Cairo to talk about trade.", "not Turkish"),
        ("Ayşe Demir 会议 yaptı.", "not Turkish"),
        ("Ayşe Demir görüştü. Ayşe Demir görüştü.", "twice"),
        ("Ayşe Demir Kahire'de görüştü. Kahire'de Ayşe Demir görüştü.", "twice"),
        ("ticaret arttı ticaret arttı ticaret arttı ticaret arttı ticaret arttı.", "repeats"),
        ("Ticaret geliştirileceğini anımsatan Demir.", "whole"),
        ("Demir [1] görüştü.", "markup"),
        ("Demir F1 ile görüştü.", "markup"),
        ("<b>Demir</b> görüştü.", "markup"),
    ],
)
def test_texts_about_a_turkish_article_that_may_not_be_shown(tr: Reading, text: str, why: str) -> None:
    problem = turkish.problem(text, tr)
    assert problem is not None
    assert why in problem


@pytest.mark.parametrize(
    "text",
    [
        "Ayşe Demir, Üsküp'te mevkidaşı Goran Petrov ile görüştü.",
        "Türkiye ile Kuzey Makedonya arasındaki ticaret 2025 yılında 1,2 milyar dolara ulaştı.",
    ],
)
def test_sound_texts_about_an_albanian_article(sq: Reading, text: str) -> None:
    assert turkish.problem(text, sq) is None


@pytest.mark.parametrize(
    "phrase",
    ["ihracat", "ticaret hacmi", "toplam ihracat", "proje bedeli", "enflasyon", "artış oranı", "Ticaret hacmi"],
)
def test_a_short_phrase_for_a_figure_of_a_foreign_article_is_turkish(sq: Reading, phrase: str) -> None:
    assert turkish.problem(phrase, sq, complete=False) is None
    assert "cut off" in str(turkish.problem(phrase, sq))


@pytest.mark.parametrize(
    "phrase",
    [
        "export",
        "trade volume",
        "ihracat volume",
        "eksporti",
        "rritje",
        "total",
        "The growth of ihracat and ticaret in total.",
        "ihracat i ticaret u rritën",
    ],
)
def test_a_short_phrase_in_another_language_is_not(sq: Reading, phrase: str) -> None:
    assert "not Turkish" in str(turkish.problem(phrase, sq, complete=False))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ministrja e Tregtisë u takua në Shkup me homologun e saj.", "not Turkish"),
        ("Turqisë ile Kuzey Makedonya ticareti 1,2 milyar dolara ulaştı.", "not Turkish"),
        ("Türkiye ile Kuzey Makedonya ticareti 1,2 milyar avroya ulaştı.", "1,2 milyar avro"),
        ("Türkiye ile Bulgaristan ticareti 1,2 milyar dolara ulaştı.", "Bulgaristan"),
        ("Bakan Ayşe Demir, Üsküp'te Mehmet Kaya ile görüştü.", "Mehmet Kaya"),
        ("Görüşmeye Bakan Zoran Petrov da katıldı.", "Zoran Petrov"),
    ],
)
def test_texts_about_an_albanian_article_that_may_not_be_shown(sq: Reading, text: str, why: str) -> None:
    problem = turkish.problem(text, sq)
    assert problem is not None
    assert why in problem


def test_people_of_an_article_in_another_script_go_by_their_turkish_spelling() -> None:
    russian = read(
        Article.from_text("Президент Казахстана Касым-Жомарт Токаев встретился в Анкаре с министром Ивановым.")
    )
    assert russian.language.code == "ru"
    assert turkish.problem("Kazakistan Cumhurbaşkanı Kasım Cömert Tokayev, Ankara'da bakanla görüştü.", russian) is None
    assert "Lavrov" in str(turkish.problem("Kazakistan Cumhurbaşkanı Sergey Lavrov, Ankara'da görüştü.", russian))


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2067", "\ufeff"])
def test_what_is_not_seen_or_turns_the_writing_is_refused(tr: Reading, hidden: str) -> None:
    text = "Ayşe Demir, Kahire'de Karim Fahmi ile görüştü."
    assert turkish.problem(text, tr) is None
    assert turkish.problem(text.replace("ile", f"ile{hidden}"), tr) == "it has invisible characters"
