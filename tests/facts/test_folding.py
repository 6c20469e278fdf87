"""Folding: what becomes equal, and that every offset leads back to the raw text."""

from __future__ import annotations

import json
import random
import re
import time
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.facts.folding import dotless, find, fold, fold_text, loosened, strip_suffix

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
def test_folded_characters_tile_the_raw_text(raw: str) -> None:
    folded = fold(raw)
    spans = [folded.raw_span(index, index + 1) for index in range(len(folded.text))]
    assert all(start < end for start, end in spans)
    # each begins where the one before ends, or is the same part for characters that come of one
    assert all(other == one or other[0] == one[1] for one, other in pairwise(spans))
    assert not spans or spans[-1][1] == len(raw)
    assert not spans or folded.raw_span(0, len(spans)) == (spans[0][0], len(raw))


@given(st.text(max_size=60))
def test_the_quick_way_and_the_careful_way_agree(raw: str) -> None:
    # a zero-width character at the end makes fold go character by character
    quick, careful = fold(raw), fold(raw + "\u200b")
    assert quick.text == careful.text
    for index in range(len(quick.text) - 1):
        assert quick.raw_span(index, index + 1) == careful.raw_span(index, index + 1)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_in_composed_letters(raw: str) -> None:
    once = fold_text(raw)
    assert fold_text(once) == once


def turkish_lower(text: str) -> str:
    return text.replace("İ", "i").replace("I", "ı").lower()


def each(characters: str, replacement: str) -> Callable[[str], str]:
    return lambda text: re.sub(f"[{characters}]", replacement, text)


APOSTROPHES, DASHES, QUOTES = "'’‘ʼ`´", "\\-–—−‑", '"“”„«»'
DAMAGES: dict[str, Callable[[str], str]] = {
    "upper": turkish_upper,
    "lower": turkish_lower,
    "english upper": str.upper,
    "english lower": str.lower,
    "typed apostrophe": each(APOSTROPHES, "'"),
    "curly apostrophe": each(APOSTROPHES, "’"),
    "dropped apostrophe": each(APOSTROPHES, ""),
    "hyphen": each(DASHES, "-"),
    "en dash": each(DASHES, "–"),
    "em dash": each(DASHES, "—"),
    "typed quotes": each(QUOTES, '"'),
    "guillemets": each(QUOTES, "»"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "no-break": lambda text: text.replace(" ", "\u00a0"),
    "wrapped": lambda text: text.replace(" ", " \n "),
    "zero-width": lambda text: "\u200b".join(text),
    "soft hyphens": lambda text: "\u00ad".join(text),
}


PARAGRAPHS = (
    "Bakan Ömer Işık’ın başkanlığındaki heyet, İzmir'de “Mavi Liman” projesini ele aldı; iş 10–11 Haziran’da bitti.",
    "ILGAZ İLÇESİNDE 2025'te 1.250 konut yapıldı — Çankırı’nın payı yüzde 4,5 oldu.",
    'Iğdır-Nahçıvan hattında taşınan yük, "beklenenin üzerinde" 46 bin tona, geliri 8,2 milyar TL\'ye çıktı.',
)
RAW = "\n\n".join(PARAGRAPHS)
# where a phrase may begin and end: at words, with the quotes and the suffix that belong to them
BEGINNINGS = [found.start() for found in re.finditer(r"(?<![\w’'.,-])\w|[“\"](?=\w)", RAW)]
ENDS = [found.end() for found in re.finditer(r"\w(?![\w’'.,–-])|(?<=\w)[”\"]", RAW)]


@given(
    start=st.sampled_from(BEGINNINGS),
    length=st.integers(1, 12),
    damages=st.lists(st.sampled_from(sorted(DAMAGES)), max_size=5),
)
def test_a_damaged_quotation_is_found_where_it_stands(start: int, length: int, damages: list[str]) -> None:
    ends = [end for end in ENDS if end > start + 2][:length]
    if not ends:
        return
    quoted = RAW[start : ends[-1]]
    damaged = quoted
    for name in damages:
        damaged = DAMAGES[name](damaged)
    assert (start, ends[-1]) in find(fold(RAW), damaged)
    # and the other way round: a damaged text, a sound phrase
    before = fold(RAW[:start]).raw + " | "
    found = find(fold(f"{before}{damaged} |"), quoted)
    assert found
    assert found[-1][0] == len(before)
    digit = next((i for i, char in enumerate(damaged) if char.isdecimal()), None)
    if digit is not None:
        changed = damaged[:digit] + str((int(damaged[digit]) + 1) % 10) + damaged[digit + 1 :]
        assert find(fold(RAW), changed) == []


SHARED = Path(__file__).parents[2] / ".." / "shared"


@pytest.mark.skipif(not (SHARED / "gold" / "seeds.json").exists(), reason="needs ../shared")
@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damaged_gold_quotation_is_found_where_it_stands(damage: str) -> None:
    gold = json.loads((SHARED / "gold" / "seeds.json").read_text("utf-8"))
    quotes = 0
    for article in gold["articles"]:
        text = fold((SHARED / "seeds" / article["file"]).read_text("utf-8"))
        for quote in (quote for event in article["events"] for quote in event["evidence"]):
            quotes += 1
            found = find(text, DAMAGES[damage](quote["quote"]))
            assert (quote["start"], quote["end"]) in found
            assert len(found) == quote["occurrences"]
            for digit in [i for i, char in enumerate(quote["quote"]) if char.isdecimal()][:2]:
                other = str((int(quote["quote"][digit]) + 1) % 10)
                changed = quote["quote"][:digit] + other + quote["quote"][digit + 1 :]
                assert find(text, DAMAGES[damage](changed)) == []
    assert quotes == 75


@pytest.mark.parametrize("damage", [name for name in DAMAGES if "apostrophe" not in name and "english" not in name])
@given(before=st.text(max_size=20), phrase=PHRASES, after=st.text(max_size=20))
def test_a_damaged_phrase_is_found_where_it_is(damage: str, before: str, phrase: str, after: str) -> None:
    damaged = DAMAGES[damage](phrase)
    raw = f"{before} | {damaged} | {after}"
    start = len(before) + 3
    found = find(fold(raw), phrase)
    assert (start, start + len(damaged)) in found
    assert all(fold_text(raw[a:b]) == fold_text(phrase) for a, b in found)


@given(digits=st.integers(10, 10**6), other=st.integers(10, 10**6))
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
        ("ISTANBUL", "İstanbul'da", 1),
        ("DIYARBAKIR", "Diyarbakır’da Diyarbakırda", 2),
        ("Türkiyenin", "Türkiye’nin TÜRKİYE'NİN", 2),
        ("Kuran", "Kur'an Kuran", 1),
        ("sınır", "sinir sınır", 1),
        ("TL ye", "TL'ye", 0),
        ("1000", "1'000", 0),
        ("Dominik", "Dominika", 0),
        ("22", "22,3 1.22 22'de 22 2022 22.", 3),
        ("F-1", "F-16 F-1", 1),
        ("", "metin", 0),
        ("...", "bir... iki", 1),
    ],
)
def test_find_keeps_to_words_and_suffixes(phrase: str, text: str, found: int) -> None:
    spans = find(fold(text), phrase)
    assert len(spans) == found
    assert all(loosened(fold_text(text[start:end])) == loosened(fold_text(phrase)) for start, end in spans)


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


@pytest.mark.measurement
@pytest.mark.parametrize(
    "piece",
    ["a\u0301\u0323", "\u0301\u0323", " ", "\u00a0", "\u200b", "a\u200b", "’", "a’", "\u0915\u0940", "\u212b\u0301",
     "i\u0307", "ᄀ\u1161\u11a8", "\u0958", unicodedata.normalize("NFD", "Türkiye'nin ölçüsü ")],
)  # fmt: skip
def test_folding_takes_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        fold(text)
        return time.process_time() - started

    seconds(1000)
    assert seconds(1_000_000) < 2.0


@pytest.mark.measurement
def test_folding_takes_linear_time_whatever_the_marks() -> None:
    marks = [chr(code) for code in range(0x300, 0x20D0) if unicodedata.category(chr(code))[0] == "M"]
    text = "".join(random.Random(1).choices(marks, k=300_000))
    started = time.process_time()
    folded = fold(text)
    assert time.process_time() - started < 2.0
    assert folded.raw_span(0, len(folded.text))[1] == len(text)
