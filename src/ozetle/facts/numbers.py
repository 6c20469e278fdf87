"""Numbers as a language writes them: digits, words, both mixed, decimals, fractions, powers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from pydantic import BaseModel, ConfigDict

from ozetle.facts.figure_lexicon import Lexicon, NumberWord, lexicon
from ozetle.facts.figure_tokens import DIGITS, SYMBOL, WORD, Tokens

# longer digit strings are identifiers, not numbers
_MOST_DIGITS = 40
_LARGEST_EXPONENT = 300
_EXACT = Context(prec=400, traps=[])
_ROUNDED = Context(prec=28, traps=[])
_MULTIPLIERS = {"k": 3, "K": 3, "M": 6, "b": 9, "B": 9, "G": 9, "T": 12}


class Number(BaseModel):
    """A number in a text.

    Attributes:
        text: as written, without an apostrophe suffix.
        start: offset of the first code point in the raw text.
        end: offset behind the last.
        value: what it is worth; periodic fractions are rounded to 28 digits.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    start: int
    end: int
    value: Decimal


@dataclass(frozen=True)
class Cardinal:
    """A cardinal number between the tokens `first` and `last` (exclusive).

    Attributes:
        value: its value.
        lead: the value of its first part, without the scale word.
        scale: the scale word's value, 1 without one.
        written: "digits", "words", or "mixed".
        grouped: whether its digits carry group separators.
        inflected: whether an ending is glued to its last word.
    """

    first: int
    last: int
    value: Decimal
    lead: Decimal
    scale: int
    written: str
    grouped: bool
    inflected: bool


def plain(value: Decimal) -> Decimal:
    """The same value without an exponent and without zeros behind the decimal point."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def read_numbers(text: str, language: str = "tr") -> list[Number]:
    """Every number of a text, in order: cardinals, decimals, fractions and powers, whatever they count.

    Turkish "bir" counts, dates and telephone numbers give their groups of digits. For amounts, percentages and counted
    things use `figures.read_figures`.
    """
    tokens, words = Tokens(text), lexicon(language)
    numbers: list[Number] = []
    index = 0
    while index < len(tokens):
        found = _number_at(tokens, index, words)
        if found is None:
            numbers += _digit_groups(tokens, index)
            index += 1
            continue
        value, first, last = found
        numbers.append(_number(tokens, tokens[first].start, tokens[last - 1].end, value))
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
    groups = [match for match in re.finditer(r"\d+", token.text) if len(match.group()) <= _MOST_DIGITS]
    return [
        _number(tokens, token.start + match.start(), token.start + match.end(), Decimal(match.group())) for match in groups
    ]


def _in_word(tokens: Tokens, first: int, last: int) -> bool:
    """Whether letters are glued to the number on either side ("F16", "29km")."""
    return (tokens.glued(first) and tokens[first - 1].kind == WORD) or (tokens.glued(last) and tokens[last].kind == WORD)


def _number_at(tokens: Tokens, index: int, words: Lexicon) -> tuple[Decimal, int, int] | None:
    """Value, first and last token of the number that begins at a token, its sign included."""
    first, negative = index, False
    if tokens[index].text == "-" and _is_sign(tokens, index):
        index, negative = index + 1, True
    elif tokens[index].text in words.minus and tokens.joined(index + 1):
        index, negative = index + 1, True
    found = _power(tokens, index) or _fraction(tokens, index, words) or _simple(tokens, index, words)
    if found is None or _in_word(tokens, first, found[1]):
        return None
    value, last = found
    return (-value if negative else value), first, last


def _is_sign(tokens: Tokens, index: int) -> bool:
    """A dash is a sign before a glued number and behind no other token; alone with its number also behind a blank."""
    if tokens.glued(index) and index > 0 and tokens[index - 1].text != "(":
        return False
    return tokens.glued(index + 1) or index == 0


def _simple(tokens: Tokens, index: int, words: Lexicon) -> tuple[Decimal, int] | None:
    cardinal = read_cardinal(tokens, index, words)
    if cardinal is None:
        return None
    last, next_token = cardinal.last, tokens[cardinal.last]
    letter = tokens.raw(next_token.start, next_token.end) if len(next_token.text) == 1 else ""
    if letter in _MULTIPLIERS and cardinal.written == "digits" and tokens.joined(last) and not _in_word(tokens, last + 1, last + 1):
        return _times(cardinal.value, 10 ** _MULTIPLIERS[letter]), last + 1
    if next_token.text in words.dozens and tokens.joined(last):
        return _times(cardinal.value, 12), last + 1
    return cardinal.value, last


_POWER = re.compile(r"\^[+-]?\d{1,6}$")


def _power(tokens: Tokens, index: int) -> tuple[Decimal, int] | None:
    """ "1e10", "-127,32e13", "1,1^+23"."""
    token = tokens[index]
    base = _digits_value(token.text, ",", ".") if token.kind == DIGITS else None
    if base is None or not tokens.glued(index + 1) or tokens[index + 1].text not in ("e", "^"):
        return None
    last, sign = index + 2, ""
    if tokens[last].text in ("+", "-") and tokens.glued(last):
        sign, last = tokens[last].text, last + 1
    exponent = tokens[last].text
    if not (tokens.glued(last) and exponent.isdecimal() and len(exponent) <= 3 and int(exponent) <= _LARGEST_EXPONENT):
        return None
    power = Decimal(sign + exponent)
    value = _EXACT.scaleb(base, power) if tokens[index + 1].text == "e" else _ROUNDED.power(base, power)
    return (value, last + 1) if value.is_finite() else None


def _fraction(tokens: Tokens, index: int, words: Lexicon) -> tuple[Decimal, int] | None:
    """ "3/4", "1 4/5", "iki bölü üç", "üçte iki", "sekiz tam sekizde beş"."""
    whole = read_cardinal(tokens, index, words)
    if whole is None:
        return _plain_fraction(tokens, index, words)
    following = whole.last + (tokens[whole.last].text in words.mixed)
    if whole.written == "digits" and tokens.joined(following) and not tokens.glued(following) or following > whole.last:
        part = _plain_fraction(tokens, following, words)
        if part is not None and part[0] < 1 and whole.value == whole.value.to_integral_value():
            return _EXACT.add(whole.value, part[0]), part[1]
    return _plain_fraction(tokens, index, words)


def _plain_fraction(tokens: Tokens, index: int, words: Lexicon) -> tuple[Decimal, int] | None:
    above = read_cardinal(tokens, index, words)
    if above is not None and tokens[above.last].text == "/" and tokens.glued(above.last):
        below, chained = read_cardinal(tokens, above.last + 1, words), tokens[index - 1].text in ("/", "-") and tokens.glued(index)
        ends = below is not None and not (tokens.glued(below.last) and tokens[below.last].text == "/")
        if below is None or chained or not ends or above.written != "digits" or not tokens.glued(above.last + 1):
            return None
        return _divided(above.value, below.value, below.last)
    if above is not None and tokens[above.last].text in words.divided_by:
        below = read_cardinal(tokens, above.last + 1, words)
        return _divided(above.value, below.value, below.last) if below else None
    return None


def _divided(above: Decimal, below: Decimal, last: int) -> tuple[Decimal, int] | None:
    return (_ROUNDED.divide(above, below), last) if below else None


def _times(value: Decimal, factor: int) -> Decimal:
    return _EXACT.multiply(value, Decimal(factor))


def _digits_value(text: str, decimal: str, group: str) -> Decimal | None:
    """The value of digits with separators, or None when they are not one number in this writing."""
    if len(text) > _MOST_DIGITS:
        return None
    text = text.replace("٫", decimal).replace("٬", group)
    whole, _, rest = text.partition(decimal)
    if decimal in rest or group in rest:
        return None
    if group in whole:
        groups = whole.split(group)
        if not 1 <= len(groups[0]) <= 3 or groups[0][0] == "0" or any(len(part) != 3 for part in groups[1:]):
            return None
    return Decimal(whole.replace(group, "") + ("." + rest if rest else ""))


def _loose_value(text: str, words: Lexicon) -> Decimal | None:
    """As `_digits_value`, also for the other convention where it is the only possible reading ("3.9", "1,250,000")."""
    value = _digits_value(text, words.decimal, words.group)
    return value if value is not None else _digits_value(text, words.group, words.decimal)


def read_cardinal(tokens: Tokens, index: int, words: Lexicon, *, loose: bool = False) -> Cardinal | None:
    """The longest cardinal number that begins at a token, None when none does.

    Args:
        tokens: the text.
        index: where to begin.
        words: the language.
        loose: also accept groups parted by blanks ("3 000") and the other decimal convention ("3.9" in Turkish).
    """
    reader = _CardinalReader(tokens, index, words, loose)
    return reader.read()


class _CardinalReader:
    """Reads one cardinal: parts of below a thousand, each perhaps with a scale word, the scales falling."""

    def __init__(self, tokens: Tokens, index: int, words: Lexicon, loose: bool) -> None:
        self.tokens, self.words, self.loose = tokens, words, loose
        self.first = self.position = index
        self.total = Decimal(0)
        self.lead: Decimal | None = None
        self.scale = 1
        self.last_scale: int | None = None
        self.kinds: set[str] = set()
        self.grouped = self.inflected = self.closed = False

    def read(self) -> Cardinal | None:
        while not self.closed and (self.position == self.first or self.tokens.joined(self.position)):
            part = self._part()
            if part is None:
                break
            value, last, bare = part
            scale, last = self._scale(last)
            if self.last_scale is not None and (scale or 1) >= self.last_scale:
                break
            if self.last_scale is not None and not scale and (value >= 1000 or value >= self.last_scale):
                break
            if bare and not scale:
                break
            self._add(value, scale, last)
        if self.position == self.first or self.lead is None:
            return None
        written = "mixed" if len(self.kinds) > 1 else next(iter(self.kinds))
        return Cardinal(self.first, self.position, self.total, self.lead, self.scale, written, self.grouped, self.inflected)

    def _add(self, value: Decimal, scale: int | None, last: int) -> None:
        self.total = _EXACT.add(self.total, _times(value, scale or 1))
        if self.lead is None:
            self.lead, self.scale = value, scale or 1
        self.last_scale = scale
        self.position = last
        self.closed = scale is None or self.inflected or value != value.to_integral_value()
