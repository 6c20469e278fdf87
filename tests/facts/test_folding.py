"""Folding: what becomes equal, and that every offset leads back to the raw text."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ozetle.facts.folding import dotless, find, fold, fold_text, strip_suffix

# capitals and small letters that Turkish lower casing maps one to one, and what folding claims to make equal
LETTERS = "abcçdefgğhıijklmnoöprsştuüvyzâîûəqwxäëéабвгдй"
PHRASES = st.text(alphabet=LETTERS + "0123456789' -", min_size=1, max_size=25).map(str.strip).filter(bool)


def turkish_upper(text: str) -> str:
    return text.replace("i", "İ").replace("ı", "I").upper()


@pytest.mark.parametrize(
    "written",
    [
        "TÜRKİYE’NİN",
        "türkiye`nin",
        "Tu\u0308rki\u0307ye'nin",
        "Tür\u00adki\u200bye'nin",
        "\ufeffTürkiye‘nin",
        "TÜRKİYEʼNİN",
    ],
)
def test_writings_of_a_word_fold_alike(written: str) -> None:
    assert fold_text(written) == "türkiye'nin"


def test_case_is_turkish() -> None:
    assert fold_text("IĞDIR İZMİR Iğdır") == "ığdır izmir ığdır"
    assert dotless(fold_text("DİYARBAKIR")) == "diyarbakir"


def test_quotes_dashes_and_blanks() -> None:
    assert fold_text("“a” «b» „c‟ ‹d›") == '"a" "b" "c" \'d\''
    assert fold_text("10–11—12−13‑14") == "10-11-12-13-14"
    assert fold_text("5\u00a0\u2009milyar\r\n \tdolar") == "5 milyar dolar"


def test_left_over_marks() -> None:
    assert fold_text("i\u0307stanbul Росси\u0301я") == "istanbul россия"
    assert fold_text("की") == "की"
    assert fold_text(unicodedata.normalize("NFD", "각")) == "각"


def test_span_takes_in_what_belongs_to_the_last_character_only() -> None:
    raw = "\u200bTu\u0308rk\u00ad\u200b iye"
    folded = fold(raw)
    assert folded.text == "türk iye"
    assert folded.raw_span(0, 4) == (1, 8)
    assert folded.raw_span(1, 2) == (2, 4)
    assert folded.raw_span(4, 5) == (8, 9)
    assert folded.raw_span(8, 8) == (len(raw), len(raw))


def test_span_where_folded_and_raw_characters_do_not_pair() -> None:
    decomposing = fold("x\u0958y")  # one raw character, two folded ones
    assert [decomposing.raw_span(i, i + 1) for i in range(4)] == [(0, 1), (1, 2), (1, 2), (2, 3)]
    vowel_sign = fold("x\u0915\u0940y")  # a mark that is a letter of its own keeps its own place
    assert [vowel_sign.raw_span(i, i + 1) for i in range(4)] == [(0, 1), (1, 2), (2, 3), (3, 4)]


@given(st.text(max_size=60))
@settings(deadline=None)
def test_folded_characters_tile_the_raw_text(raw: str) -> None:
    folded = fold(raw)
    spans = [folded.raw_span(index, index + 1) for index in range(len(folded.text))]
    assert all(start < end for start, end in spans)
    # each begins where the one before ends, or is the same part for characters that come of one
    assert all(other == one or other[0] == one[1] for one, other in pairwise(spans))
    assert not spans or spans[-1][1] == len(raw)
    assert not spans or folded.raw_span(0, len(spans)) == (spans[0][0], len(raw))


@given(st.text(max_size=60))
@settings(deadline=None)
def test_the_quick_way_and_the_careful_way_agree(raw: str) -> None:
    # a zero-width character at the end makes fold go character by character
    quick, careful = fold(raw), fold(raw + "\u200b")
    assert quick.text == careful.text
    for index in range(len(quick.text) - 1):
        assert quick.raw_span(index, index + 1) == careful.raw_span(index, index + 1)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_folding_twice_changes_nothing_in_composed_letters(raw: str) -> None:
    once = fold_text(raw)
    assert fold_text(once) == once


DAMAGES: dict[str, Callable[[str], str]] = {
    "case": turkish_upper,
    "apostrophe": lambda text: text.replace("'", "’"),
    "dash": lambda text: text.replace("-", "–"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "no-break": lambda text: text.replace(" ", "\u00a0"),
    "wrapped": lambda text: text.replace(" ", " \n "),
    "zero-width": lambda text: "\u200b".join(text),
}


@pytest.mark.parametrize("damage", DAMAGES)
@given(before=st.text(max_size=20), phrase=PHRASES, after=st.text(max_size=20))
@settings(deadline=None, max_examples=60)
def test_a_damaged_phrase_is_found_where_it_is(damage: str, before: str, phrase: str, after: str) -> None:
    damaged = DAMAGES[damage](phrase)
    raw = f"{before} | {damaged} | {after}"
    start = len(before) + 3
    found = find(fold(raw), phrase)
    assert (start, start + len(damaged)) in found
    assert all(fold_text(raw[a:b]) == fold_text(phrase) for a, b in found)


@given(digits=st.integers(10, 10**6), other=st.integers(10, 10**6))
@settings(deadline=None)
def test_other_digits_are_never_accepted(digits: int, other: int) -> None:
    text = fold(f"{other} milyon, %{other},{digits} ve {digits}.{other} ile 1{digits} TL'lik {digits}{other}")
    assert find(text, f"{digits} milyon") == ([(0, len(f"{digits} milyon"))] if digits == other else [])
    assert find(text, str(digits)) == ([(0, len(str(other)))] if digits == other else [])


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("Türkiye", "Türkiye'nin TÜRKİYE’YE Türkiyenin Türkiyede türkiyeli", 5),
        ("Türkiye", "Türkiyat Türkiyem'in Türkiyeyım", 1),
        ("Nijer", "Nijerya Nijerin Nijer'de", 2),
        ("Dominik", "Dominika Dominike", 1),
        ("ABD", "ABDnin ABD'ye ABDlilerin ABDx", 3),
        ("Ticaret Bakanlığı", "TİCARET BAKANLIĞI'NDAN Ticaret Bakanlığında Ticaret\nBakanlığınca", 3),
        ("Çin", "Çin'in, için, Çine, çinko", 2),
        ("22", "22,3 1.22 22'de 22 2022 22.", 3),
        ("F-1", "F-16 F-1", 1),
        ("", "metin", 0),
        ("...", "bir... iki", 1),
    ],
)
def test_find_keeps_to_words_and_suffixes(phrase: str, text: str, found: int) -> None:
    spans = find(fold(text), phrase)
    assert len(spans) == found
    assert all(fold_text(text[start:end]) == fold_text(phrase) for start, end in spans)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("Türkiye’nin", "Türkiye"),
        ("TÜRKİYE'NİN", "TÜRKİYE"),
        ("2025'te", "2025"),
        ("8'inci", "8"),
        ("ABD'deki", "ABD"),
        ("O'Neill", "O'Neill"),
        ("d'Estaing", "d'Estaing"),
        ("Kur'an", "Kur'an"),
        ("Kur'an'ın", "Kur'an"),
        ("Bakan", "Bakan"),
        ("", ""),
    ],
)
def test_strip_suffix(word: str, stem: str) -> None:
    assert strip_suffix(word) == stem


@pytest.mark.parametrize(
    "piece",
    ["a\u0301\u0323", "\u0301\u0323", " ", "\u200b", "\u0915\u0940", "\u212b\u0301", "i\u0307", "ᄀ\u1161\u11a8"],
)
def test_folding_takes_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        fold(text)
        return time.process_time() - started

    seconds(1000)
    assert seconds(200_000) < max(20 * seconds(50_000), 1.0)
