"""What a date phrase says, before it is known which days are meant, and how a reference date settles it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ozetle.facts.dates import periods as cal
from ozetle.facts.dates.periods import Period

_MONTH = 31  # days
# the longest period, in days, from which a unit is counted: the quarter before a quarter, not before a year
_LONGEST = {"m": 31, "q": 92, "h": 184, "y": 366, "w": 7}


@dataclass(slots=True)
class Context:
    """What settles an incomplete date.

    Attributes:
        reference: the day of publication, or None.
        tense: -1 where the sentence speaks of the past, 1 of the future, 0 where it does not tell.
        year: the year that an earlier date of the text carries over, or None.
        previous: the last period read before, for "the same period".
        recent: whether it stands in the same sentence or in the one before.
        used: whether the reference, the carried year or the period before was needed.
    """

    reference: date | None
    tense: int = 0
    year: int | None = None
    previous: Period | None = None
    recent: bool = False
    used: bool = field(default=False)

    def today(self) -> date | None:
        """The reference; notes that it was needed."""
        self.used = True
        return self.reference

    def named(self, unit: str) -> Period | None:
        """The period just named, if units of that length can be counted from it; notes that it was needed."""
        period = self.previous if self.recent else None
        if period is None or period.precision in {"day", "unknown"}:
            return None
        if (period.last - period.first).days > _LONGEST.get(unit, 0):
            return None
        self.used = True
        return period


class Expression:
    """Base of all date expressions."""

    __slots__ = ()

    def resolve(self, context: Context) -> Period | None:
        """The days meant, or None where the context does not settle them.

        Raises:
            OverflowError, ValueError: the days lie outside the calendar.
        """
        raise NotImplementedError


@dataclass(slots=True, unsafe_hash=True)
class Point(Expression):
    """A date as far as it is given: any of year, month, day, weekday, absolute or counted from the reference.

    Not frozen, so that it can be filled while it is read; after that it is not changed.
    """

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
            return self._in_month(context)
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

    def _in_month(self, context: Context) -> Period | None:
        if self.dated:
            year = self._year(context)
            return None if year is None else self.on(year)
        if context.year is not None:
            context.used = True
            return self.on(context.year)
        today = context.today()
        if today is None:
            return None
        found = [self.on(year) for year in range(max(1, today.year - 1), min(9999, today.year + 1) + 1)]
        candidates = [period for period in found if period is not None]
        if self.weekday is not None:
            candidates = [period for period in candidates if period.first.isoweekday() == self.weekday] or candidates
        return _closest(candidates, today, self.near if self.near is not None else context.tense)

    @property
    def dated(self) -> bool:
        """Whether it says its year."""
        return self.year is not None or self.year_shift is not None

    @property
    def monthly(self) -> bool:
        """Whether it says its month."""
        return self.month is not None or self.month_shift is not None

    @property
    def empty(self) -> bool:
        """Whether it says nothing yet."""
        return not (self.dated or self.monthly or self.day is not None or self.weekday is not None) and (
            self.week_shift is None
        )

    def on(self, year: int) -> Period | None:
        """The month, or its day, in a year of its own or another."""
        assert self.month is not None
        return cal.month(year, self.month) if self.day is None else cal.exact_day(year, self.month, self.day)

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
class Listed(Expression):
    """A day or month of a list whose last item says, or tells by its tense, in which year all of them lie."""

    item: Point
    last: Point

    def resolve(self, context: Context) -> Period | None:
        """The item in the last one's year, or in the year before where it would come behind it: "aralık ve ocak"."""
        last = self.last.resolve(context)
        if last is None:
            return None
        behind = (self.item.month or 0, self.item.day or 0) > (self.last.month or 0, self.last.day or 0)
        return self.item.on(last.first.year - behind)


@dataclass(frozen=True, slots=True)
class Fixed(Expression):
    """Days that need no reference: a numeric date, a decade."""

    period: Period

    def resolve(self, context: Context) -> Period | None:
        """The days themselves."""
        return self.period


@dataclass(frozen=True, slots=True)
class Between(Expression):
    """From the beginning of one date to the end of another; what one lacks the other supplies.

    A last date coarser than the first is a point in time too, if they are parted by words: "1 Şubat'tan mart ayına
    kadar" ends where March begins.
    """

    first: Expression
    last: Expression
    worded: bool = False

    def resolve(self, context: Context) -> Period | None:
        """The days from the first date's first to the last date's last."""
        first, last, up_to = self.first, self.last, False
        if isinstance(first, Point) and isinstance(last, Point):
            up_to = self.worded and _is_coarser(last, first)
            first, last = _shared(first, last)
            if first.month is not None and last.month is not None and not first.dated and not last.dated:
                return _without_year(first, last, up_to, context)
        start, end = first.resolve(context), last.resolve(context)
        if start is None or end is None:
            return None
        stretch = Period(start.first, end.last, "range")
        if stretch.first > stretch.last:
            if not (isinstance(first, Point) and isinstance(last, Point)):
                return None
            return _across_years(first, last, stretch)
        if up_to:
            return stretch._replace(last=end.first - timedelta(days=1)) if end.first > start.last else None
        years = start.precision == end.precision == "year" and start.first.year == end.first.year
        return stretch._replace(precision="year") if years else stretch


def _is_coarser(last: Point, first: Point) -> bool:
    if last.month is None:
        return last.dated and last.day is None and first.month is not None
    return last.day is None and first.day is not None and first.month is not None


def _across_years(first: Point, last: Point, stretch: Period) -> Period | None:
    """ "30 Aralık-2 Ocak 2026" begins in 2025; "kasım-şubat" ends in the year after."""
    if first.month is None or last.month is None:
        return None
    if first.year is not None and last.year is not None and first.year != last.year:
        return None
    if stretch.first.year - stretch.last.year > 1:
        return None
    return stretch._replace(first=cal.shift(stretch.first, "y", -1))


def _without_year(first: Point, last: Point, up_to: bool, context: Context) -> Period | None:
    """The stretch nearest to the reference that suits the sentence's tense."""
    if context.year is not None:
        context.used = True
        return _stretch(first, last, up_to, context.year)
    today = context.today()
    if today is None:
        return None
    stretches = [
        _stretch(first, last, up_to, year) for year in range(max(1, today.year - 2), min(9998, today.year + 2))
    ]
    candidates = [period for period in stretches if period is not None]
    found = _closest(candidates, today, context.tense)
    if context.tense == 0 and found is not None and found.first > today and (found.last - found.first).days > _MONTH:
        return max((period for period in candidates if period.last < today), default=found)
    return found


def _stretch(first: Point, last: Point, up_to: bool, year: int) -> Period | None:
    """From one day or month to another, the first in that year, the last in the same or the next."""
    start, end = first.on(year), last.on(year)
    if end is not None and start is not None and end.last < start.first:
        end = last.on(year + 1)
    if start is None or end is None:
        return None
    if up_to and end.first > start.last:
        return Period(start.first, end.first - timedelta(days=1), "range")
    return Period(start.first, end.last, "range")


def _shared(first: Point, last: Point) -> tuple[Point, Point]:
    if first.month is None and first.month_shift is None and first.day is not None:
        first = replace(first, month=last.month, month_shift=last.month_shift)
    if last.month is None and last.month_shift is None and last.day is not None:
        last = replace(last, month=first.month, month_shift=first.month_shift)
    if first.month is not None and last.month is not None and first.dated != last.dated:
        if last.dated:
            first = replace(first, year=last.year, year_shift=last.year_shift)
        else:
            year = (
                None
                if first.year is None
                else first.year + ((last.month, last.day or 0) < (first.month, first.day or 0))
            )
            last = replace(last, year=year, year_shift=first.year_shift)
    return first, last
