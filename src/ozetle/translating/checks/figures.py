"""Whether a translation has the figures and numbers of its source, with the same values, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ozetle.facts import DateMention, Figure, Number
from ozetle.facts.numbers.lexicon import LANGUAGES
from ozetle.facts.tables import key_of
from ozetle.reasons import FlagCode
from ozetle.translating.checks.dates import matched_dates, years
from ozetle.translating.checks.lexicon import currencies
from ozetle.translating.checks.reading import SentenceReading
from ozetle.translating.flag import Flag, flag

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_FRACTION = re.compile(
    r"\b(?:iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yüz)[dt][ea] (?:bir|iki|üç|dört|beş|yedi|dokuz)|\bçeyre[kğ]|\byarı"
)
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?!\d)")
_NOON = 12
_KINDS = ("currency", "percent", "permille")
_VAGUE = frozenset(map(Decimal, (0, 1, 2, 100, 1000)))
_MAX_WORDED = 20
_MAX_DIGITS, _YEAR_DIGITS = 40, 4
_TWO, _HUNDRED = Decimal(2), Decimal(100)
_UNITS = ("", "bir", "iki", "üç", "dör", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_FIRST_YEAR, _LAST_YEAR = 1000, 2200


def figure_problems(source: SentenceReading, text: SentenceReading) -> Iterator[Flag]:
    """Figures and numbers that differ by value, currency or unit, on either side."""
    theirs, ours = text.valued, source.valued
    loose = source.language not in LANGUAGES
    said = {abs(value) for value, _ in theirs} | text.other_values
    meant = {abs(value) for value, _ in ours} | source.other_values
    hours = _hours(text)
    fraction = _FRACTION.search(text.text) is not None
    dated = matched_dates(source, text)
    for value, mention in ours:
        if not _must_be_said(abs(value), mention, dated[0]) or (fraction and not _DIGIT.search(mention.text)):
            continue
        if abs(value) in hours or abs(value) + _NOON in hours:
            continue
        if not _DIGIT.search(mention.text) and _is_worded(abs(value), text):
            continue
        if abs(value) not in said and not (loose and _same_digits(value, said)):
            yield flag(FlagCode.FIGURE_MISSING, source=mention.text)
        elif isinstance(mention, Figure) and (other := _other_unit(value, mention, theirs)):
            yield flag(FlagCode.FIGURE_CHANGED, source=mention.text, translation=other.text)
    for digits in sorted(_unread_numbers(source) - said):
        yield flag(FlagCode.FIGURE_MISSING, source=str(digits))
    yield from _word_problems(source, text)
    clock = _clock(text) if hours and all({hour, hour - _NOON, hour + _NOON} & meant for hour in hours) else set()
    for value, mention in theirs:
        if not _is_said_outright(abs(value), mention) or abs(value) in meant or abs(value) in clock:
            continue
        if (loose and (_same_digits(value, meant) or value <= _MAX_WORDED)) or _within(mention, dated[1]):
            continue
        if value in years(source.dates):
            continue
        yield flag(FlagCode.FIGURE_ADDED, translation=mention.text)


def _must_be_said(value: Decimal, mention: Figure | Number, dated: Sequence[DateMention]) -> bool:
    if _within(mention, dated) and not _FIRST_YEAR <= value <= _LAST_YEAR:
        return False
    if isinstance(mention, Figure) or _DIGIT.search(mention.text):
        return True
    # a number word: "two sides" may become "the sides", and "hundreds" are no hundred
    return value not in _VAGUE and value == value.to_integral_value()


def _is_worded(value: Decimal, text: SentenceReading) -> bool:
    """Whether a Turkish number word with any suffix stands in the text: "yedisi", "üçüncüsü"."""
    if value >= _HUNDRED or value != value.to_integral_value():
        return False
    tens, units = divmod(int(value), 10)
    words = " ".join(["", *(word.plain for word in text.words)])
    return all(f" {key_of(stem)}" in words for stem in (_TENS[tens], _UNITS[units]) if stem)


def _is_said_outright(value: Decimal, mention: Figure | Number) -> bool:
    if _DIGIT.search(mention.text):
        return True
    return value > 1000 or (isinstance(mention, Figure) and mention.unit in _KINDS)


def _within(mention: Figure | Number, dates: Sequence[DateMention]) -> bool:
    return any(day.start <= mention.start and mention.end <= day.end for day in dates)


def _same_digits(value: Decimal, others: set[Decimal]) -> bool:
    """Whether another value differs by a power of ten only: the scale words of the language are not known."""
    return any(_significant(value) == _significant(other) for other in others)


def _significant(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "").strip("0")


def _other_unit(value: Decimal, mention: Figure, theirs: list[tuple[Decimal, Figure | Number]]) -> Figure | None:
    """The figure of the same value in another currency, or in per cent for money, if none agrees."""
    same = [other for amount, other in theirs if abs(amount) == abs(value)]
    if mention.unit not in _KINDS or not all(isinstance(other, Figure) and other.unit in _KINDS for other in same):
        return None
    clashing = [other for other in same if isinstance(other, Figure) and not _agree(mention, other)]
    return clashing[0] if clashing and len(clashing) == len(same) else None


def _agree(one: Figure, other: Figure) -> bool:
    if one.unit != other.unit:
        return False
    return one.currency is None or other.currency is None or one.currency == other.currency


def _unread_numbers(sentence: SentenceReading) -> set[Decimal]:
    """Numbers that stand outside figures, other numbers and dates: "G20", "F-16", "XII", and the years of dates."""
    spans = [(mention.start, mention.end) for _, mention in sentence.valued]
    days = [(day.start, day.end) for day in sentence.dates]
    found = set(sentence.romans)
    for digits in _DIGITS.finditer(sentence.text):
        if len(digits[0]) > _MAX_DIGITS or any(start <= digits.start() < end for start, end in spans):
            continue
        dated = any(start <= digits.start() < end for start, end in days)
        if not dated or len(digits[0]) == _YEAR_DIGITS:
            found.add(Decimal(int(digits[0])))
    return found


def _word_problems(source: SentenceReading, text: SentenceReading) -> Iterator[Flag]:
    """What only clashes show: "two" that became "seven", dollars that became euros in a figure not read as one."""
    lost = [mention for value, mention in source.valued if value == _TWO and value not in text.values | text.ordinals]
    if lost and source.language in LANGUAGES and _FRACTION.search(text.text) is None:
        for value, mention in text.valued:
            if _TWO < value <= _MAX_WORDED and not _DIGIT.search(mention.text) and value not in source.values:
                yield flag(FlagCode.FIGURE_CHANGED, source=lost[0].text, translation=mention.text)
                break
    ours, theirs = source.meanings & currencies(), text.meanings & currencies()
    if ours - theirs and theirs - ours:
        yield flag(FlagCode.FIGURE_CURRENCY)


def _hours(text: SentenceReading) -> set[Decimal]:
    return {Decimal(found[1]) for found in _CLOCK.finditer(text.text)}


def _clock(text: SentenceReading) -> set[Decimal]:
    """The parts of times of day and what they give when read as decimals."""
    parts = {Decimal(part) for found in _CLOCK.finditer(text.text) for part in found.groups()}
    return parts | {Decimal(f"{found[1]}.{found[2]}") for found in _CLOCK.finditer(text.text)}
