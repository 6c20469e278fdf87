"""Periods of the Gregorian calendar and the steps between them. Weeks begin on Monday (ISO 8601)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

Precision = Literal["day", "month", "range", "year", "unknown"]
# the first days of spring, summer, autumn and winter, as Turkish dictionaries and school books have them
_SEASON_STARTS = ((3, 21), (6, 21), (9, 23), (12, 21))


class Period(NamedTuple):
    """A stretch of days, both ends inclusive."""

    first: date
    last: date
    precision: Precision


def day(when: date) -> Period:
    """One day."""
    return Period(when, when, "day")


def exact_day(year: int, month: int, number: int) -> Period | None:
    """The day of that date; None when there is no such date."""
    try:
        return day(date(year, month, number))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def month(year: int, number: int) -> Period:
    """A calendar month."""
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year")


def months(year_number: int, first: int, last: int) -> Period:
    """From the first day of one month to the last day of another in the same year."""
    return Period(month(year_number, first).first, month(year_number, last).last, "range")


def quarter(year_number: int, number: int) -> Period:
    """A quarter, 1 to 4."""
    return months(year_number, 3 * number - 2, 3 * number)


def half(year_number: int, number: int) -> Period:
    """A half year, 1 or 2."""
    return months(year_number, 6 * number - 5, 6 * number)


def season(year_number: int, number: int) -> Period:
    """A season, 1 spring to 4 winter; winter begins in the year before."""
    start_year = year_number - 1 if number == 4 else year_number
    end_month, end_day = _SEASON_STARTS[number % 4]
    first = date(start_year, *_SEASON_STARTS[number - 1])
    return Period(first, date(year_number, end_month, end_day) - timedelta(days=1), "range")


def week_of(when: date) -> Period:
    """The week that holds a day."""
    monday = when - timedelta(days=when.weekday())
    return Period(monday, monday + timedelta(days=6), "range")


def nth_week(period: Period, number: int) -> Period | None:
    """The nth week of a month or year, the first being the one that holds its fourth day (ISO 8601 for years).

    -1 is the last one, which holds the fourth day from the end.
    """
    if number == -1:
        return week_of(period.last - timedelta(days=3))
    first = week_of(period.first + timedelta(days=3)).first
    found = week_of(first + timedelta(weeks=number - 1))
    return found if number >= 1 and found.first <= period.last else None


def nth_weekday(period: Period, weekday: int, number: int) -> Period | None:
    """The nth given weekday (1 Monday to 7 Sunday) of a period; -1 is the last one."""
    if number == -1:
        return day(period.last - timedelta(days=(period.last.isoweekday() - weekday) % 7))
    first = period.first + timedelta(days=(weekday - period.first.isoweekday()) % 7)
    found = first + timedelta(weeks=number - 1)
    return day(found) if number >= 1 and found <= period.last else None


def shift(when: date, unit: str, count: int) -> date:
    """A day moved by a number of units.

    They are d(ays), j (business days), w(eeks), m(onths), q(uarters), h(alf years), y(ears), e (decades), c(enturies).

    A day that the target month does not have becomes its last day.

    Raises:
        OverflowError, ValueError: the result lies outside the years 1 to 9999.
    """
    if unit == "d":
        return when + timedelta(days=count)
    if unit == "w":
        return when + timedelta(weeks=count)
    if unit == "j":
        whole_weeks, rest = divmod(abs(count), 5)
        when += timedelta(weeks=whole_weeks if count > 0 else -whole_weeks)
        while rest:
            when += timedelta(days=1 if count > 0 else -1)
            rest -= when.weekday() < 5
        return when
    total = when.year * 12 + when.month - 1 + count * {"m": 1, "q": 3, "h": 6, "y": 12, "e": 120, "c": 1200}[unit]
    year_number, month_number = divmod(total, 12)
    month_number += 1
    last = calendar.monthrange(year_number, month_number)[1] if 1 <= year_number <= 9999 else 28
    return date(year_number, month_number, min(when.day, last))


def unit_of(when: date, unit: str) -> Period:
    """The calendar unit that holds a day."""
    if unit == "w":
        return week_of(when)
    if unit == "m":
        return month(when.year, when.month)
    if unit == "q":
        return quarter(when.year, (when.month + 2) // 3)
    if unit == "h":
        return half(when.year, 1 if when.month < 7 else 2)
    if unit == "y":
        return year(when.year)
    if unit in {"e", "c"}:
        span = 10 if unit == "e" else 100
        start = when.year - when.year % span
        return Period(date(max(1, start), 1, 1), date(start + span - 1, 12, 31), "range")
    return day(when)
