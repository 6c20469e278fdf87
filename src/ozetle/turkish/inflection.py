"""Dates, figures, countries and lists as Turkish writes them; what headlines and views have in common.

Names of countries, languages and currencies are those of Unicode CLDR, but for the few where news have a shorter one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Protocol

_MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
_SCALES = ((Decimal(10**12), "trilyon"), (Decimal(10**9), "milyar"), (Decimal(10**6), "milyon"))
_MAX_DECIMALS = 3  # "4,859 milyar"; what has more is written out
_LARGEST = 10**18  # beyond it a division may not be exact
_CURRENCIES = {"USD": "dolar", "EUR": "avro", "TRY": "lira"}
_HOME = "TR"
_MAX_COUNTRIES = 4
# what foreign articles count, by how the words for it begin in any of their languages
_COUNTED = {
    beginning: thing
    for thing, beginnings in {
        "şirket": "compan firm kompani şirkət компани unternehmen",
        "kişi": "people person nəfər человек njerëz menschen",
        "ülke": "countr ölkə стран länder",
        "turist": "tourist turist турист",
        "ziyaretçi": "visitor vizitor besucher",
        "proje": "project projekt layihə проект",
        "öğrenci": "student studenti tələbə студент",
        "uçuş": "flight fluturim flüge",
    }.items()
    for beginning in beginnings.split()
}
# codes that CLDR does not name
_OWN_NAMES = {"XN": "Kuzey Kıbrıs", "und": "belirsiz dil"}
_SHORT_NAMES = {
    "AE": "BAE", "CD": "Kongo Demokratik Cumhuriyeti", "CG": "Kongo", "CI": "Fildişi Sahili", "HK": "Hong Kong",
    "MM": "Myanmar", "MO": "Makao", "PS": "Filistin", "US": "ABD",
}  # fmt: skip
# what a year takes in the dative and in the ablative, by its last digit; by its tens, if that is zero; by its hundreds
_DIGIT_ENDINGS = ("", "e den", "ye den", "e ten", "e ten", "e ten", "ya dan", "ye den", "e den", "a dan")
_TENS_ENDINGS = ("", "a dan", "ye den", "a dan", "a tan", "ye den", "a tan", "e ten", "e den", "a dan")
_ROUND_ENDING = "e den"


class Days(Protocol):
    """What has first and last days, inclusive: a date of an event, or one that was read from a text."""

    @property
    def first(self) -> date | None: ...
    @property
    def last(self) -> date | None: ...
    @property
    def precision(self) -> str: ...


class Amount(Protocol):
    """What has a value in base units: a figure of an event, or one that was read from a text."""

    @property
    def value(self) -> Decimal: ...
    @property
    def upper(self) -> Decimal | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def currency(self) -> str | None: ...


def listed(names: Sequence[str]) -> str:
    """Return names as a list: "Ayşe Demir, Karim Fahmi ve Ali Kaya"."""
    return " ve ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def country_name(code: str, *, short: bool = False) -> str:
    """Return the Turkish name of a country by its code, or the code when it is unknown.

    Args:
        code: as in `ozetle.facts.CountryMention`.
        short: whether the name that headlines have will do: "ABD".
    """
    return _SHORT_NAMES.get(code) or _names()[0].get(code, code) if short else _names()[0].get(code, code)


def countries_in_words(codes: Iterable[str]) -> str:
    """Return what a headline begins with, Türkiye first: "Türkiye–Mısır", "Türkiye, Irak, Mısır"."""
    names = [country_name(code, short=True) for code in sorted(codes, key=lambda code: code != _HOME)]
    if len(names) > _MAX_COUNTRIES:
        return f"{', '.join(names[:_MAX_COUNTRIES])} ve {len(names) - _MAX_COUNTRIES} ülke daha"
    return ("–" if len(names) == 2 else ", ").join(names)


def language_name(code: str) -> str:
    """Return the Turkish name of a language by its code (`Language.code`), or the code when it is unknown."""
    return _names()[1].get(code, code)


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Turkish names of the countries and of the languages, by code."""
    from babel import Locale

    turkish = Locale("tr")
    return ({**turkish.territories, **_OWN_NAMES}, {**turkish.languages, **_OWN_NAMES})


@lru_cache(maxsize=256)
def _currency(code: str) -> str:
    from babel import Locale

    return _CURRENCIES.get(code) or str(Locale("tr").currencies.get(code, code))


def number_in_words(value: Decimal) -> str:
    """Return a number as Turkish writes it: 1.250,75."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def amount_in_words(figure: Amount) -> str:
    """Return an amount in Turkish: "8,95 milyar dolar", "yüzde 4,5", "5–7 milyar avro", "12 km".

    Nothing for a count; see `count_in_words`.
    """
    ends = [end for end in (figure.value, figure.upper) if end is not None]
    if figure.unit == "percent":
        return f"yüzde {'–'.join(map(_plain, ends))}"
    if figure.unit == "permille":
        return f"binde {'–'.join(map(_plain, ends))}"
    if figure.unit == "count":
        return ""
    unit = _currency(figure.currency) if figure.currency else figure.unit
    scaled = [_scaled(end) for end in ends]
    if len({word for _, word in scaled}) == 1:
        number = "–".join(digits for digits, _ in scaled)
        return " ".join(filter(None, (number, scaled[0][1], unit)))
    return f"{' – '.join(' '.join(filter(None, pair)) for pair in scaled)} {unit}"


def count_in_words(figure: Amount, counted: str | None, language: str) -> str:
    """Return a count in Turkish: "3.000 şirket"; nothing where it is not known what Turkish calls what is counted.

    Args:
        figure: a figure whose unit is "count".
        counted: what it counts, as `ozetle.facts.Figure` has it.
        language: the article's, BCP 47.
    """
    thing = counted
    if counted and language != "tr":
        word = counted.lower()
        thing = next((thing for beginning, thing in _COUNTED.items() if word.startswith(beginning)), None)
    ends = [number_in_words(end) for end in (figure.value, figure.upper) if end is not None]
    return f"{'–'.join(ends)} {thing}" if thing else ""


def _scaled(value: Decimal) -> tuple[str, str]:
    """The digits of a number, and the word for its scale, if it is shorter said so."""
    for scale, word in _SCALES:
        if scale <= abs(value) < _LARGEST and value % (scale / 10**_MAX_DECIMALS) == 0:
            return _plain(value / scale), word
    return _plain(value), ""


def _plain(value: Decimal) -> str:
    """A number without zeros at the end of its decimals."""
    text = number_in_words(value)
    return text.rstrip("0").rstrip(",") if "," in text else text


def date_in_words(when: Days | None) -> str:
    """Return a date as `period_in_words` says it; of an open end "2025'e kadar", "1 Mayıs 2026'dan itibaren".

    Nothing for a date that is unknown.
    """
    if when is None:
        return ""
    if when.first and when.last:
        return period_in_words(*sorted((when.first, when.last)))
    if when.last:
        return f"{_open(when.last, when)}'{_endings(when.last.year)[0]} kadar"
    return f"{_open(when.first, when)}'{_endings(when.first.year)[1]} itibaren" if when.first else ""


def _open(day: date, when: Days) -> str:
    """The known end of a date: no more precise than the article has it."""
    words = day_in_words(day)
    return {"year": str(day.year), "month": words.partition(" ")[2]}.get(when.precision, words)


def _endings(year: int) -> list[str]:
    """What a year takes in the dative and in the ablative: "2025'e", "2026'dan"."""
    return (_DIGIT_ENDINGS[year % 10] or _TENS_ENDINGS[year % 100 // 10] or _ROUND_ENDING).split()


@lru_cache(maxsize=4096)
def day_in_words(day: date) -> str:
    """Return a day: "13 Şubat 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def period_in_words(first: date, last: date) -> str:
    """Return the days from first to last as shortly as they can be said.

    "13 Şubat 2026", "10–11 Haziran 2025", "28 Haziran – 2 Temmuz 2025", "Mayıs 2025", "Nisan–Haziran 2025", "2025".
    """
    if first == last:
        return day_in_words(first)
    if is_of_months(first, last):
        return _months(first, last)
    begin, end = day_in_words(first).split(), day_in_words(last).split()
    if begin[2] != end[2]:
        return f"{' '.join(begin)} – {' '.join(end)}"
    if begin[1] != end[1]:
        return f"{begin[0]} {begin[1]} – {' '.join(end)}"
    return f"{begin[0]}–{' '.join(end)}"


def is_of_months(first: date, last: date) -> bool:
    """Tell whether the days from first to last are whole months: a month, a quarter, a year, several of them."""
    return first <= last and first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def _months(first: date, last: date) -> str:
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    begin, end = _MONTHS[first.month - 1], _MONTHS[last.month - 1]
    if first.year != last.year:
        return f"{begin} {first.year} – {end} {last.year}"
    return f"{end} {last.year}" if begin == end else f"{begin}–{end} {last.year}"
