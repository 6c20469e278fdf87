"""What a date phrase says, before it is known which days are meant, and how a reference date settles it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ozetle.facts import calendar_periods as cal
from ozetle.facts.calendar_periods import Period


@dataclass(slots=True)
class Context:
    """What settles an incomplete date.

    Attributes:
        reference: the day of publication, or None.
        tense: -1 where the sentence speaks of the past, 1 of the future, 0 where it does not tell.
        year: the year that an earlier date of the text carries over, or None.
        previous: the last period read before, for "the same period".
        used: whether the reference, the carried year or the period before was needed.
    """

    reference: date | None
    tense: int = 0
    year: int | None = None
    previous: Period | None = None
    used: bool = field(default=False)

    def today(self) -> date | None:
        """The reference; notes that it was needed."""
        self.used = True
        return self.reference


@dataclass(frozen=True, slots=True)
class Expression:
    """Base of all date expressions."""

    def resolve(self, context: Context) -> Period | None:
        """The days meant, or None where the context does not settle them.

        Raises:
            OverflowError, ValueError: the days lie outside the calendar.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Point(Expression):
    """A date as far as it is given: any of year, month, day, weekday, absolute or counted from the reference."""

    year: int | None = None
    year_shift: int | None = None
    month: int | None = None
    month_shift: int | None = None
    day: int | None = None
    weekday: int | None = None
    week_shift: int | None = None
    near: int | None = None  # -1 the last, 0 this, 1 the coming one, 2 that of the next week ("gelecek pazar")

    def resolve(self, context: Context) -> Period | None:
        """The day, month or year; a missing year is the nearest one that suits the sentence's tense."""
        if self.month_shift is not None:
            today = context.today()
            if today is None:
                return None
            month = cal.unit_of(cal.shift(today.replace(day=1), "m", self.month_shift), "m")
            return month if self.day is None else cal.exact_day(month.first.year, month.first.month, self.day)
        if self.month is not None:
            return self._in_month(context, self.month)
        if self.weekday is not None or self.day is not None:
            return self._without_month(context)
        if self.week_shift is not None:
            today = context.today()
            return None if today is None else cal.week_of(cal.shift(today, "w", self.week_shift))
        year = self._year(context)
        return None if year is None else cal.year(year)

    def _year(self, context: Context) -> int | None:
        if self.year is not None:
            return self.year
        today = context.today()
        return None if today is None or self.year_shift is None else today.year + self.year_shift

    def _in_month(self, context: Context, month: int) -> Period | None:
        if self.year is not None or self.year_shift is not None:
            year = self._year(context)
            return None if year is None else self._on(year, month)
        if context.year is not None:
            context.used = True
            return self._on(context.year, month)
        today = context.today()
        if today is None:
            return None
        found = [self._on(year, month) for year in range(max(1, today.year - 1), min(9999, today.year + 1) + 1)]
        candidates = [period for period in found if period is not None]
        if self.weekday is not None:
            candidates = [period for period in candidates if period.first.isoweekday() == self.weekday] or candidates
        return _closest(candidates, today, self.near if self.near is not None else context.tense)

    def _on(self, year: int, month: int) -> Period | None:
        return cal.month(year, month) if self.day is None else cal.exact_day(year, month, self.day)

    def _without_month(self, context: Context) -> Period | None:
        today = context.today()
        if today is None:
            return None
        if self.day is not None:
            months = [cal.shift(today.replace(day=1), "m", step) for step in range(-12, 13)]
            found = [cal.exact_day(start.year, start.month, self.day) for start in months]
            candidates = [period for period in found if period is not None]
            if self.weekday is not None:
                candidates = [period for period in candidates if period.first.isoweekday() == self.weekday]
            return _closest(candidates, today, context.tense)
        assert self.weekday is not None
        if self.week_shift is not None or self.near == 2:
            week = cal.week_of(cal.shift(today, "w", 1 if self.week_shift is None else self.week_shift))
            return cal.day(week.first + timedelta(days=self.weekday - 1))
        ahead = (self.weekday - today.isoweekday()) % 7
        behind = (today.isoweekday() - self.weekday) % 7
        if self.near == 1:
            return cal.day(today + timedelta(days=ahead or 7))
        if self.near == -1:
            return cal.day(today - timedelta(days=behind or 7))
        return cal.day(today - timedelta(days=behind) if context.tense < 0 else today + timedelta(days=ahead))


def _closest(candidates: list[Period], today: date, tense: int) -> Period | None:
    """The candidate nearest to today among those that suit the tense."""
    suiting = [
        period for period in candidates if tense == 0 or (period.last >= today if tense > 0 else period.first <= today)
    ]

    def distance(period: Period) -> tuple[int, bool]:
        if period.first <= today <= period.last:
            return 0, False
        return min(abs((period.first - today).days), abs((period.last - today).days)), period.first < today

    return min(suiting, key=distance, default=None)


@dataclass(frozen=True, slots=True)
class Fixed(Expression):
    """Days that need no reference: a numeric date, a decade."""

    period: Period

    def resolve(self, context: Context) -> Period | None:
        """The days themselves."""
        return self.period


@dataclass(frozen=True, slots=True)
class Between(Expression):
    """From the beginning of one date to the end of another; what one lacks the other supplies."""

    first: Expression
    last: Expression

    def resolve(self, context: Context) -> Period | None:
        """The days from the first date's first to the last date's last."""
        first, last = self.first, self.last
        if isinstance(first, Point) and isinstance(last, Point):
            first, last = _shared(first, last)
            if first.month is not None and last.month is not None and not _dated(first) and not _dated(last):
                return self._without_year(first, last, context)
        start, end = first.resolve(context), last.resolve(context)
        if start is None or end is None:
            return None
        if start.first > end.last:
            return self._across_years(first, last, start, end)
        years = start.precision == end.precision == "year" and start.first.year == end.first.year
        return Period(start.first, end.last, "year" if years else "range")

    @staticmethod
    def _without_year(first: Point, last: Point, context: Context) -> Period | None:
        """The stretch nearest to the reference that suits the sentence's tense."""
        if context.year is not None:
            context.used = True
            return _stretch(first, last, context.year)
        today = context.today()
        if today is None:
            return None
        found = [_stretch(first, last, year) for year in range(max(1, today.year - 2), min(9998, today.year + 2))]
        return _closest([period for period in found if period is not None], today, context.tense)

    @staticmethod
    def _across_years(first: Expression, last: Expression, start: Period, end: Period) -> Period | None:
        """ "30 Aralık-2 Ocak 2026" begins in 2025; "kasım-şubat" ends in the year after."""
        if not (isinstance(first, Point) and isinstance(last, Point)) or first.month is None or last.month is None:
            return None
        if first.year is not None and last.year is not None and first.year != last.year:
            return None
        if start.first.year - end.last.year > 1:
            return None
        return Period(cal.shift(start.first, "y", -1), end.last, "range")


def _dated(point: Point) -> bool:
    return point.year is not None or point.year_shift is not None


def _stretch(first: Point, last: Point, year: int) -> Period | None:
    """From one day or month to another, the first in that year, the last in the same or the next."""
    start, end = (_settled(point, year) for point in (first, last))
    if end is not None and start is not None and end.last < start.first:
        end = _settled(last, year + 1)
    return None if start is None or end is None else Period(start.first, end.last, "range")


def _settled(point: Point, year: int) -> Period | None:
    return replace(point, year=year, weekday=None).resolve(Context(None))


def _shared(first: Point, last: Point) -> tuple[Point, Point]:
    if first.month is None and first.month_shift is None and first.day is not None:
        first = replace(first, month=last.month, month_shift=last.month_shift)
    if last.month is None and last.month_shift is None and last.day is not None:
        last = replace(last, month=first.month, month_shift=first.month_shift)
    if first.month is not None and last.month is not None:
        if first.year is None and first.year_shift is None:
            first = replace(first, year=last.year, year_shift=last.year_shift)
        elif last.year is None and last.year_shift is None:
            year = (
                None
                if first.year is None
                else first.year + ((last.month, last.day or 0) < (first.month, first.day or 0))
            )
            last = replace(last, year=year, year_shift=first.year_shift)
    return first, last
