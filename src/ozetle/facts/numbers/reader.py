"""Numbers of any kind in a text: cardinals, decimals, fractions, powers, signs."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from pydantic import BaseModel, ConfigDict

from ozetle.facts.folding import is_typed_in_ascii
from ozetle.facts.numbers.cardinals import Cardinal, read_cardinal
from ozetle.facts.numbers.lexicon import Lexicon, lexicon
from ozetle.facts.numbers.parts import EXACT, MOST_DIGITS, digits_value, plain, times
from ozetle.facts.numbers.tokens import DIGITS, WORD, Tokens

_LARGEST_EXPONENT = 300
_ROUNDED = Context(prec=28, traps=[])
# as written: "m" is metre
_MULTIPLIERS = {"k": 3, "K": 3, "M": 6, "b": 9, "B": 9, "G": 9, "T": 12}


class Number(BaseModel):
    """A number in a text.

    Attributes:
        text: as written, without an apostrophe suffix.
        start: offset of its first code point in the raw text.
        end: offset behind its last.
        value: what it is worth; fractions and powers are rounded to 28 digits.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    start: int
    end: int
    value: Decimal


def read_numbers(text: str, language: str = "tr") -> list[Number]:
    """Every number of a text, in order: cardinals, decimals, fractions and powers, whatever they count.

    Turkish "bir" counts; dates and telephone numbers give their groups of digits. Digits glued to letters ("F16",
    "29km") and strings of digits and separators longer than 40 are none. For amounts, percentages and counts see
    `figures.read_figures`.

    Args:
        text: any text.
        language: its BCP 47 code, for number words and separators.
    """
    words = lexicon(language, ascii_only=is_typed_in_ascii(text))
    tokens = Tokens(text, decimal=words.decimal, apostrophe_in_words=words.apostrophe_in_words)
    numbers: list[Number] = []
    index = 0
    while index < tokens.size:
        found = _number_at(tokens, index, words)
        if found is None:
            numbers += _digit_groups(tokens, index)
            index += 1
            continue
        value, start, last = found
        numbers.append(_number(tokens, start, tokens[last - 1].end, value))
        index = last
    return numbers


def _number(tokens: Tokens, start: int, end: int, value: Decimal) -> Number:
    first, last = tokens.folded.raw_span(start, end)
    return Number(text=tokens.folded.raw[first:last], start=first, end=last, value=plain(value))


def _digit_groups(tokens: Tokens, index: int) -> list[Number]:
    """The groups of a token that is no one number: "192.168.1.2", "12.04.2025"."""
    token = tokens[index]
    if token.kind != DIGITS or _in_word(tokens, index, index + 1):
        return []
    if token.end - token.start > MOST_DIGITS:
        return []
    groups = re.finditer(r"\d+", token.text)
    return [_number(tokens, token.start + m.start(), token.start + m.end(), Decimal(m.group())) for m in groups]


def _in_word(tokens: Tokens, first: int, last: int) -> bool:
    """Whether letters are glued to the number on either side."""
    before, behind = tokens[first - 1].kind, tokens[last].kind
    return (before == WORD and tokens.glued(first)) or (behind == WORD and tokens.glued(last))


def _number_at(tokens: Tokens, index: int, words: Lexicon) -> tuple[Decimal, int, int] | None:
    """Value, folded start and last token (exclusive) of the number that begins at a token, its sign included."""
    first, negative = index, False
    if tokens[index].text == "-":
        if not _is_sign(tokens, index):
            return None
        index, negative = index + 1, True
    elif tokens[index].text in words.minus and tokens.joined(index + 1):
        index, negative = index + 1, True
    if tokens[index].kind not in (DIGITS, WORD):
        return None
    start = tokens[first].start
    number = read_cardinal(tokens, index, words)
    found = _power(tokens, index, words) or _fraction(tokens, index, number, words) or _simple(tokens, number, words)
    if found is None or _in_word(tokens, first, found[1]):
        return None
    value, last = found
    return (EXACT.minus(value) if negative else value), start, last


def _is_sign(tokens: Tokens, index: int) -> bool:
    """A dash is a sign when it is glued to its number and to nothing before, or opens the text."""
    if index == 0:
        return True
    return tokens.glued(index + 1) and (not tokens.glued(index) or tokens[index - 1].text == "(")


def _simple(tokens: Tokens, cardinal: Cardinal | None, words: Lexicon) -> tuple[Decimal, int] | None:
    if cardinal is None:
        return None
    last, following = cardinal.last, tokens[cardinal.last]
    if following.kind == WORD and tokens.joined(last):
        letter = tokens.raw(following.start, following.end) if len(following.text) == 1 else ""
        if letter in _MULTIPLIERS and cardinal.digits and not cardinal.words and not tokens.glued(last + 1):
            return times(cardinal.value, 10 ** _MULTIPLIERS[letter]), last + 1
        if following.text in words.dozens:
            return times(cardinal.value, 12), last + 1
    return cardinal.value, last


def _power(tokens: Tokens, index: int, words: Lexicon) -> tuple[Decimal, int] | None:
    """ "1e10", "-127,32e13", "1,1^+23"."""
    token, operator = tokens[index], tokens[index + 1].text
    if token.kind != DIGITS or operator not in ("e", "^") or not tokens.glued(index + 1):
        return None
    last, sign = index + 2, ""
    if tokens[last].text in ("+", "-") and tokens.glued(last):
        sign, last = tokens[last].text, last + 1
    exponent, base = tokens[last].text, digits_value(token.text, words.decimal, words.group)
    if base is None or not (tokens.glued(last) and exponent.isdecimal() and len(exponent) <= 3):
        return None
    if int(exponent) > _LARGEST_EXPONENT:
        return None
    power = Decimal(sign + exponent)
    value = EXACT.scaleb(base, power) if operator == "e" else _ROUNDED.power(base, power)
    return (value, last + 1) if value.is_finite() else None


def _fraction(tokens: Tokens, index: int, whole: Cardinal | None, words: Lexicon) -> tuple[Decimal, int] | None:
    """ "3/4", "1 4/5", "iki bölü üç", "üçte iki", "sekiz tam sekizde beş"."""
    if whole is not None:
        following = whole.last
        if tokens[following].kind == DIGITS and tokens[following + 1].kind == DIGITS:
            return None  # a row of numbers
        mixed = tokens[following].text in words.mixed
        following += mixed
        parted = not whole.words and not tokens.glued(following) and not _chained(tokens, index)
        if (mixed or parted) and tokens.joined(whole.last) and whole.value == whole.value.to_integral_value():
            above = read_cardinal(tokens, following, words)
            part = _proper_fraction(tokens, following, above, words)
            if part is not None and part[0] < 1:
                return EXACT.add(whole.value, part[0]), part[1]
    return _proper_fraction(tokens, index, whole, words)


def _proper_fraction(tokens: Tokens, index: int, above: Cardinal | None, words: Lexicon) -> tuple[Decimal, int] | None:
    """A fraction without a whole part, its numerator `above`, which may be larger than the denominator."""
    if above is None or above.inflected:
        return _said_fraction(tokens, index, words)
    slash = above.last
    if tokens[slash].text == "/" and tokens.glued(slash) and tokens.glued(slash + 1) and not above.words:
        below = read_cardinal(tokens, slash + 1, words)
        if below is None or _chained(tokens, index) or (tokens[below.last].text == "/" and tokens.glued(below.last)):
            return None
        return _divided(above.value, below.value, below.last)
    if tokens[slash].text in words.divided_by:
        below = read_cardinal(tokens, slash + 1, words)
        return _divided(above.value, below.value, below.last) if below else None
    return None


def _chained(tokens: Tokens, index: int) -> bool:
    """Whether the digits go on a chain as of a telephone number or a date."""
    return tokens.glued(index) and tokens[index - 1].text in ("/", "-") and tokens.glued(index - 1)


def _said_fraction(tokens: Tokens, index: int, words: Lexicon) -> tuple[Decimal, int] | None:
    """Turkish fractions, the denominator first and in the locative: "üçte iki", "yirmi birde beş"; not "yüzde beş"."""
    last = index
    while last - index < 4 and tokens[last].kind == WORD and (last == index or tokens.joined(last)):
        word = words.number_word(tokens[last].text)
        if word is None:
            return None
        if word.ending in _LOCATIVES and not (last == index and tokens[index].text in words.percent_before):
            below = Decimal(0)
            head = read_cardinal(tokens, index, words) if last > index else None
            if last > index and (head is None or head.last != last + 1):
                return None
            below = head.value if head else Decimal(word.atoms[0].value) if len(word.atoms) == 1 else below
            above = read_cardinal(tokens, last + 1, words) if tokens.joined(last + 1) else None
            return _divided(above.value, below, above.last) if above else None
        if word.ending:
            return None
        last += 1
    return None


# dotless
_LOCATIVES = ("de", "da", "te", "ta")


def _divided(above: Decimal, below: Decimal, last: int) -> tuple[Decimal, int] | None:
    return (_ROUNDED.divide(above, below), last) if below else None
