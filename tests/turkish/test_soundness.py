"""Which Turkish texts about an article may be shown. The texts are written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from ozetle.articles import Article
from ozetle.reading import Reading, read
from ozetle.reasons import Refusal
from ozetle.reasons import RejectionCode as Code
from ozetle.turkish.soundness import Judge

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
    assert Judge(tr).problem(text) is None


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", Code.EMPTY, ""),
        ("…", Code.NO_WORDS, ""),
        ("Ayşe Demir Kahire'de", Code.CUT_OFF, ""),
        ("Ticaret 8,2 milyon dolara çıktı.", Code.OTHER_FIGURE, "8,2 milyon"),
        ("Ticaret 82 milyar dolara çıktı.", Code.OTHER_FIGURE, "82 milyar"),
        ("Ticaret yüzde 45 arttı.", Code.OTHER_FIGURE, "yüzde 45"),
        ("Ayşe Kaya, Kahire'de görüştü.", Code.OTHER_NAME, "Kaya"),
        ("Ayşe Demir 3 Ocak 2024'te Kahire'de görüştü.", Code.OTHER_DATE, "3 Ocak 2024"),
        ("Mehmet Demir, Kahire'de görüştü.", Code.OTHER_NAME, "Mehmet"),
        ("Ayşe Demir, Kahire'de Kari Fahmi ile görüştü.", Code.OTHER_NAME, "Kari"),
        ("Demir, Fransa'ya gitti.", Code.OTHER_COUNTRY, "Fransa"),
        ("Ministers met in Cairo to talk about trade.", Code.NOT_TURKISH, ""),
        ("Ayşe Demir 会议 yaptı.", Code.WORD_NOT_TURKISH, "会议"),
        ("Ayşe Demir görüştü. Ayşe Demir görüştü.", Code.SAID_TWICE, ""),
        ("Ayşe Demir Kahire'de görüştü. Kahire'de Ayşe Demir görüştü.", Code.SAID_TWICE, ""),
        ("ticaret arttı ticaret arttı ticaret arttı ticaret arttı ticaret arttı.", Code.REPETITIVE, ""),
        ("Ticaret geliştirileceğini anımsatan Demir.", Code.NO_SENTENCE, ""),
        ("Demir [1] görüştü.", Code.MARKUP, ""),
        ("Demir F1 ile görüştü.", Code.MARKUP, ""),
        ("<b>Demir</b> görüştü.", Code.MARKUP, ""),
    ],
)
def test_texts_about_a_turkish_article_that_may_not_be_shown(tr: Reading, text: str, code: Code, words: str) -> None:
    problem = Judge(tr).problem(text)
    assert problem is not None
    assert problem.code is code
    assert words in problem.data.get("words", "")


@pytest.mark.parametrize(
    "text",
    [
        "Ayşe Demir, Üsküp'te mevkidaşı Goran Petrov ile görüştü.",
        "Türkiye ile Kuzey Makedonya arasındaki ticaret 2025 yılında 1,2 milyar dolara ulaştı.",
    ],
)
def test_sound_texts_about_an_albanian_article(sq: Reading, text: str) -> None:
    assert Judge(sq).problem(text) is None


@pytest.mark.parametrize(
    "phrase",
    ["ihracat", "ticaret hacmi", "toplam ihracat", "proje bedeli", "enflasyon", "artış oranı", "Ticaret hacmi"],
)
def test_a_short_phrase_for_a_figure_of_a_foreign_article_is_turkish(sq: Reading, phrase: str) -> None:
    assert Judge(sq).problem(phrase, complete=False) is None
    assert Judge(sq).problem(phrase) == Refusal(Code.CUT_OFF)


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
    problem = Judge(sq).problem(phrase, complete=False)
    assert problem is not None
    assert problem.code in (Code.NOT_TURKISH, Code.WORD_NOT_TURKISH)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Ministrja e Tregtisë u takua në Shkup me homologun e saj.", Code.WORD_NOT_TURKISH, "në"),
        ("Turqisë ile Kuzey Makedonya ticareti 1,2 milyar dolara ulaştı.", Code.WORD_NOT_TURKISH, "Turqisë"),
        ("Türkiye ile Kuzey Makedonya ticareti 1,2 milyar avroya ulaştı.", Code.OTHER_FIGURE, "1,2 milyar avro"),
        ("Türkiye ile Bulgaristan ticareti 1,2 milyar dolara ulaştı.", Code.OTHER_COUNTRY, "Bulgaristan"),
        ("Bakan Ayşe Demir, Üsküp'te Mehmet Kaya ile görüştü.", Code.OTHER_NAME, "Mehmet Kaya"),
        ("Görüşmeye Bakan Zoran Petrov da katıldı.", Code.OTHER_NAME, "Zoran Petrov"),
    ],
)
def test_texts_about_an_albanian_article_that_may_not_be_shown(sq: Reading, text: str, code: Code, words: str) -> None:
    problem = Judge(sq).problem(text)
    assert problem is not None
    assert problem.code is code
    assert words in problem.data.get("words", "")


def test_people_of_an_article_in_another_script_go_by_their_turkish_spelling() -> None:
    russian = read(
        Article.from_text("Президент Казахстана Касым-Жомарт Токаев встретился в Анкаре с министром Ивановым.")
    )
    assert russian.language.code == "ru"
    assert Judge(russian).problem("Kazakistan Cumhurbaşkanı Kasım Cömert Tokayev, Ankara'da bakanla görüştü.") is None
    problem = Judge(russian).problem("Kazakistan Cumhurbaşkanı Sergey Lavrov, Ankara'da görüştü.")
    assert problem is not None
    assert (problem.code, "Lavrov" in problem.data["words"]) == (Code.OTHER_NAME, True)


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2067", "\ufeff"])
def test_what_is_not_seen_or_turns_the_writing_is_refused(tr: Reading, hidden: str) -> None:
    text = "Ayşe Demir, Kahire'de Karim Fahmi ile görüştü."
    assert Judge(tr).problem(text) is None
    assert Judge(tr).problem(text.replace("ile", f"ile{hidden}")) == Refusal(Code.INVISIBLE)
