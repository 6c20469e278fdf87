"""Names with a small slip: which the article's own writing is found for, and which never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles import Article
from ozetle.grounding.spelling import Spellings, edit_distance
from ozetle.reading import Reading, read

TEXT = (
    "Ticaret Bakanı Mehmet Ali Çetinkaya, Taşkent'te Özbekistan Yatırım Bakanı Rustam Xolmurodov ile görüştü. "
    "Görüşmeye Prof. Dr. Ayşe Demirbaş ile Bakan Yardımcısı Jamieson Greer da katıldı. "
    "Taraflar, Türkiye-Özbekistan Karma Ekonomik Komisyonu 12. Dönem Protokolünü Dışişleri Bakanlığı'nda imzaladı. "
    "Prusya Kültür Vakfı, Nijerya İhracatçılar Konseyi ve Slovenya Kalkınma Ajansı toplantıya gözlemci gönderdi."
)


def reading_of(text: str, language: str | None = None) -> Reading:
    return read(Article.from_text(text, id="a", language=language))


@pytest.fixture(scope="module")
def spellings() -> Spellings:
    return Spellings(reading_of(TEXT))


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("Mehmet Ali Cetinkaya", "Mehmet Ali Çetinkaya"),
        ("MEHMET ALI CETINKAYA", "Mehmet Ali Çetinkaya"),
        ("Mehmet Ali Çetinkya", "Mehmet Ali Çetinkaya"),
        ("Mehmet Çetinkaya", "Mehmet Ali Çetinkaya"),
        ("Çétinkaya", "Çetinkaya"),
        ("Rustam Kholmurodov", None),
        ("Rustam Xolmurodow", "Rustam Xolmurodov"),
        ("Rustom Xolmuradov", None),
        ("Mehmet Ali Çetimkaya", "Mehmet Ali Çetinkaya"),
        ("Jameison Greer", "Jamieson Greer"),
        ("Ayse Demirbas", "Ayşe Demirbaş"),
    ],
)
def test_a_person_is_found_by_a_slightly_different_name(spellings: Spellings, given: str, written: str | None) -> None:
    assert spellings.of_person(given) == written


@pytest.mark.parametrize(
    "given",
    [
        "Ahmet Ali Çetinkaya",
        "Mehmet Ali Çelikkaya",
        "Mehmet Veli Çetinkaya",
        "Ayşen Demirbaş",
        "Ayşe Demir",
        "Demirtaş",
        "James Greer",
        "Jamieson Green",
        "Bakan Yardımcılığı",
        "",
        "..",
    ],
)
def test_another_name_is_not_the_persons(spellings: Spellings, given: str) -> None:
    assert spellings.of_person(given) is None


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("Turkiye-Ozbekistan Karma Ekonomik Komisyonu", "Türkiye-Özbekistan Karma Ekonomik Komisyonu"),
        ("Karma Ekenomik Komisyonu", "Karma Ekonomik Komisyonu"),
        ("12. Donem Protokolu", "12. Dönem Protokolü"),
        ("12. Dönem Protokülü", None),  # a slip and a suffix at once
        ("Disisleri Bakanligi", "Dışişleri Bakanlığı"),
        ("Prusya Kültür Vakfi", "Prusya Kültür Vakfı"),
        ("Slovenya Kalkinma Ajansi", "Slovenya Kalkınma Ajansı"),
        ("Nijerya İhracatçilar Konseyı", "Nijerya İhracatçılar Konseyi"),
        ("Taskent", "Taşkent"),
    ],
)
def test_words_are_found_by_a_slightly_different_writing(spellings: Spellings, given: str, written: str | None) -> None:
    assert spellings.of_words(given) == written


@pytest.mark.parametrize(
    "given",
    [
        "2. Dönem Protokolü",
        "13. Dönem Protokolü",
        "12. Dönem Protokolleri",
        "112. Donem Protokolu",
        "1.2. Donem Protokolu",
        "Rusya Kültür Vakfı",
        "Nijer İhracatçılar Konseyi",
        "Slovakya Kalkınma Ajansı",
        "İçişleri Bakanlığı",
        "Dışişleri Başkanlığı",
        "Ekonomik Ortaklık Komisyonu",
        "Türkiye-Özbekistan Ekonomik Komisyonu",
        "Türkiye-Kazakistan Karma Ekonomik Komisyonu",
        "Slovakya",
        "Nijer",
        "Rusya",
        "Ekonomi",
        "Mehmet Ali Çetinkaye",
        "ile",
        "a" * 10_000,
        "Konseyi ve Slovenya Kalkınma " * 40,
    ],
)
def test_other_words_are_not_found(spellings: Spellings, given: str) -> None:
    assert spellings.of_words(given) is None


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Ahmet Yılmaz", "Ticaret Bakanı Mehmet Yılmaz konuştu."),
        ("Mehmet Yılmaz", "Ticaret Bakanı Ahmet Yılmaz konuştu."),
        ("Rusya", "Heyet Prusya tarihini anlattı."),
        ("Prusya", "Heyet Rusya ile görüştü."),
        ("Nijer", "Heyet Nijerya ile görüştü."),
        ("Nijerya", "Heyet Nijer ile görüştü."),
        ("Slovakya", "Heyet Slovenya ile görüştü."),
        ("Slovenya", "Heyet Slovakya ile görüştü."),
        ("Avusturya", "Heyet Avustralya ile görüştü."),
        ("Avustralya", "Heyet Avusturya ile görüştü."),
        ("İran", "Heyet Irak ile görüştü."),
        ("Irak", "Heyet İran ile görüştü."),
        ("Dominik", "Heyet Dominika ile görüştü."),
        ("Kuzey Dominik", "Heyet Kuzey Dominika ile görüştü."),
        ("Ali Bozkur", "Ticaret Bakanı Ali Bozkurt konuştu."),
        ("Ali Yıldırımm", "Ticaret Bakanı Ali Yıldırım konuştu."),
        ("Avusturya Ticaret Odası", "Heyet Avustralya Ticaret Odası ile görüştü."),
        ("İran Ticaret Odası", "Heyet Irak Ticaret Odası ile görüştü."),
        ("Gambiya Ticaret Odası", "Heyet Zambiya Ticaret Odası ile görüştü."),
        ("2. Dönem Protokolü", "Heyet 12. Dönem Protokolü metnini imzaladı."),
        ("12. Dönem Protokolü", "Heyet 2. Dönem Protokolü metnini imzaladı."),
        ("II. Dönem Protokolü", "Heyet III. Dönem Protokolü metnini imzaladı."),
        ("Gümrük Bakanlığı", "Heyet Gümrük Başkanlığı ile görüştü."),
        ("Gümrük Başkanlığı", "Heyet Gümrük Bakanlığı ile görüştü."),
        ("Gülsüm Kaya", "Ticaret Bakanı Gülsün Kaya konuştu."),
        ("Avrupa Konseyi", "Heyet Avrupa Birliği Konseyi ile görüştü."),
    ],
)
def test_what_sounds_alike_is_not_the_same(said: str, text: str) -> None:
    spellings = Spellings(reading_of(text))
    assert spellings.of_words(said) is None
    assert spellings.of_person(said) is None


def test_two_that_would_do_make_it_ambiguous() -> None:
    both = Spellings(reading_of("Bakan Ali Demirtaş ile Bakan Ali Demirbaş bir araya geldi."))
    assert both.of_person("Ali Demirhaş") is None
    assert both.of_person("Ali Demırtas") == "Ali Demirtaş"
    odd = Spellings(reading_of("Karma Ulaştırma Kurulu ile Karma Ulaştırmo Kurulu toplandı."))
    assert odd.of_words("Karma Ulaştırmu Kurulu") is None


def test_a_misspelt_country_is_the_country() -> None:
    spellings = Spellings(reading_of("Heyet Avustralya Ticaret Odası ile Avustralya'da görüştü."))
    assert spellings.of_words("Avusturalya") == "Avustralya"
    assert spellings.of_words("Avusturalya Ticaret Odası") == "Avustralya Ticaret Odası"


def test_words_do_not_reach_over_sentences_or_into_page_boilerplate() -> None:
    spellings = Spellings(reading_of("Heyet bugün Kalkınma başlığını ele aldı. Ajansi adlı kitap da tanıtıldı."))
    assert spellings.of_words("Kalkinma basligini ele aldı Ajansı") is None


@given(
    start=st.integers(0, len(TEXT.split()) - 3),
    length=st.integers(1, 4),
    at=st.integers(0, 200),
    new=st.sampled_from("abçdefgğhıijklmnoöprsştuüvyz0123456789 -'."),
)
def test_what_is_found_stands_in_the_article_with_the_same_digits(
    spellings: Spellings, start: int, length: int, at: int, new: str
) -> None:
    words = " ".join(TEXT.split()[start : start + length])
    at %= len(words)
    changed = words[:at] + new + words[at + 1 :]
    for found in (spellings.of_words(changed), spellings.of_person(changed)):
        if found is not None:
            assert found in TEXT
            assert [char for char in found if char.isdigit()] == [char for char in changed if char.isdigit()]


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xabc", 1), ("", "abc", 3),
     ("kitten", "sitting", 3), ("slovakya", "slovenya", 2), ("avusturya", "avustralya", 3)],
)  # fmt: skip
def test_edit_distance(first: str, second: str, distance: int) -> None:
    assert edit_distance(first, second) == edit_distance(second, first) == distance
