from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles.text import SPACE, key, lines, plain, trimmed


def test_plain_joins_turkish_i_and_drops_diacritics() -> None:
    assert plain("IĞDIR İğdır ÇÖŞÜ “Tiranë” Əli") == 'igdir igdir cosu "tirane" eli'


@given(st.text())
def test_plain_keeps_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_key_is_equal_whatever_the_case_and_punctuation() -> None:
    assert key("«İhracat ARTTI!»") == key("ihracat arttı") == "ihracat artti"


def test_trimmed_takes_zero_width_characters_for_space() -> None:
    assert trimmed("\ufeff \u200b a b\xa0\n", 0, 8) == (4, 7)
    assert trimmed("  ", 0, 2) == (2, 2)


def texts(text: str) -> list[str]:
    return [line.text for line in lines(text)]


def test_every_kind_of_line_break() -> None:
    assert texts("Bir.\r\nİki.\rÜç.\u2028Dört.\x0bBeş.\x85Altı.\n\n") == [
        "Bir.",
        "İki.",
        "Üç.",
        "Dört.",
        "Beş.",
        "Altı.",
    ]


def test_block_begins_after_a_blank_line() -> None:
    assert [line.begins_block for line in lines("a.\nb.\r\nc.\r\n\r\nd.\n \ne.")] == [True, False, False, True, True]


def test_offsets_index_the_text() -> None:
    text = "\ufeff  Bir.\r\n\r\n\tİki. \n"
    assert [text[line.start : line.end] for line in lines(text)] == ["Bir.", "İki."]


def test_lines_that_a_width_broke_are_joined() -> None:
    wrapped = (
        "Ticaret Bakanlığı, kasım ayında ihracatın yüzde dört oranında arttığını ve\n"
        "hedefin yıl sonunda aşılacağını duyurdu. Açıklamada, Özbekistan'a yapılan\n"
        "satışların iki katına çıktığı belirtildi.\n\nSon paragraf."
    )
    assert len(texts(wrapped)) == 2


def test_a_sentence_that_goes_on_in_lower_case_is_joined() -> None:
    assert len(texts("Bakanlık, ihracatın arttığını ve hedefin aşılacağını\nduyurdu.")) == 1


def test_headings_and_paragraphs_are_not_joined() -> None:
    text = (
        "Hedef 2 milyar dolar\nBakan, hedefin 2 milyar dolar olduğunu söyledi.\nYeni fuarlar\nFuarlar ekimde açılıyor."
    )
    assert len(texts(text)) == 4


@given(st.text(alphabet=st.sampled_from("aA. \n\r\t\xa0\u200b\u2028é-")))
def test_only_space_stands_between_lines(text: str) -> None:
    position = 0
    for line in lines(text):
        assert not text[position : line.start].strip(SPACE)
        assert line.text == text[line.start : line.end] != ""
        position = line.end
    assert not text[position:].strip(SPACE)
