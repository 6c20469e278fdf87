"""Numbers of every kind: their values and spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.facts import read_numbers


@given(number=st.integers(0, 10**15))
def test_number_words_are_read_back(number: int) -> None:
    words = in_words(number)
    assert [figure.value for figure in read_numbers(words)] == [number]
    assert [figure.value for figure in read_numbers(words.replace(" ", ""))] == [number]


def in_words(number: int) -> str:
    """Turkish cardinal of a number, written apart."""
    ones = ["", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"]
    tens = ["", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"]
    words: list[str] = []
    for power, scale in ((15, "katrilyon"), (12, "trilyon"), (9, "milyar"), (6, "milyon"), (3, "bin"), (0, "")):
        part = number // 10**power % 1000
        hundred = [ones[part // 100] if part >= 200 else "", "yüz" if part >= 100 else ""]
        below = [tens[part // 10 % 10], "" if scale == "bin" and part == 1 else ones[part % 10]]
        words += [*hundred, *below, scale] if part else []
    return " ".join(filter(None, words)) or "sıfır"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("üç bölü sekiz, beşte iki, 7/8, 2 1/4", "0.375 0.4 0.875 2.25"),
        ("iki tam beşte dört; yarım düzine; bir buçuk; üç çeyrek", "2.8 6 1.5 0.75"),
        ("eksi yüz beş nokta sıfır yedi", "-105.07"),
        ("2,5e3 4^-1 10k 3,2 G ,25", "2500 0.25 10000 3200000000 0.25"),
        ("444 0000 ve 1-222-3333/4444", "444 0 1 222 3333 4444"),
        ("yirmibin, yirmi beşinci, altında, 12.04.2024", "20000 12 4 2024"),
        ("f16 29km 1e999999 9^999999", "9 999999"),
    ],
)
def test_numbers(text: str, values: str) -> None:
    numbers = read_numbers(text)
    assert [format(number.value, "f") for number in numbers] == values.split()
    assert all(text[number.start : number.end] == number.text for number in numbers)
