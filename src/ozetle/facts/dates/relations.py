"""Date expressions counted from another day or period: "geçen hafta", "üç gün önce", "geçen yılın aynı ayı"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ozetle.facts.dates import periods as cal
from ozetle.facts.dates.expressions import Context, Expression
from ozetle.facts.dates.periods import Period


@dataclass(frozen=True, slots=True)
class Near(Expression):
    """The calendar unit a number of units away from the reference: "geçen hafta", "bu çeyrek"."""

    unit: str
    steps: int

    def resolve(self, context: Context) -> Period | None:
        """The whole unit."""
        today = context.today()
        return None if today is None else cal.unit_of(cal.shift(today, self.unit, self.steps), self.unit)


@dataclass(frozen=True, slots=True)
class Previous(Expression):
    """The unit before or after the period just named: "bir önceki ay", "the following year".

    Where none was named, or a longer one, it is counted from the reference.
    """

    unit: str
    steps: int

    def resolve(self, context: Context) -> Period | None:
        """The whole unit."""
        named = context.named(self.unit)
        start = context.today() if named is None else named.first
        return None if start is None else cal.unit_of(cal.shift(start, self.unit, self.steps), self.unit)


@dataclass(frozen=True, slots=True)
class Weekend(Expression):
    """Saturday and Sunday of a week."""

    week: Expression

    def resolve(self, context: Context) -> Period | None:
        """Both days."""
        week = self.week.resolve(context)
        return None if week is None else Period(week.last - timedelta(days=1), week.last, "range")


@dataclass(frozen=True, slots=True)
class Season(Expression):
    """A season: of a year, or counted from the one that holds or follows the reference."""

    number: int
    year: Expression | None = None
    steps: int = 0

    def resolve(self, context: Context) -> Period | None:
        """The season's days; "2025 kışı" begins in 2025, "bu kış" holds the reference or is next."""
        if self.year is not None:
            year = self.year.resolve(context)
            return None if year is None else cal.season(year.first.year + (self.number == 4), self.number)
        today = context.today()
        if today is None:
            return None
        year_number = today.year + (self.number == 4 and today >= cal.season(today.year + 1, 4).first)
        current = cal.season(year_number, self.number)
        if self.steps < 0 and today > current.last:
            return current
        if self.steps > 0 and today < current.first and current.first.year == today.year:
            return cal.season(year_number + 1, self.number) if self.steps > 1 else current
        return cal.season(year_number + self.steps, self.number)


@dataclass(frozen=True, slots=True)
class Counted(Expression):
    """A number of units before or after a day: "üç gün önce", "bugünden iki gün sonra"."""

    amounts: tuple[tuple[int, str], ...]
    sign: int
    anchor: Expression | None = None

    def resolve(self, context: Context) -> Period | None:
        """The day counted to; of unknown precision where not days were counted."""
        start = _anchor(self.anchor, context)
        if start is None:
            return None
        exact = all(unit in {"d", "j"} for _, unit in self.amounts)
        when = _moved(start, self.amounts, self.sign)
        return Period(when, when, "day" if exact else "unknown")


@dataclass(frozen=True, slots=True)
class Within(Expression):
    """The stretch of some units from a day on: "iki hafta içinde", "18 Aralık'tan itibaren 10 gün"."""

    amounts: tuple[tuple[int, str], ...]
    anchor: Expression | None = None
    ahead: bool = False  # whether the future is meant whatever the verb: "agreed to double it within five years"

    def resolve(self, context: Context) -> Period | None:
        """From the day on; without an anchor up to the day counted to, but None for what took that long in the past."""
        start = _anchor(self.anchor, context)
        if start is None or (self.anchor is None and context.tense < 0 and not self.ahead):
            return None
        end = _moved(start, self.amounts, 1)
        return Period(start, end if self.anchor is None else end - timedelta(days=1), "range")


def _anchor(anchor: Expression | None, context: Context) -> date | None:
    if anchor is None:
        return context.today()
    period = anchor.resolve(context)
    return None if period is None else period.first


def _moved(start: date, amounts: tuple[tuple[int, str], ...], sign: int) -> date:
    for count, unit in sorted(amounts, key=lambda amount: "cehyqmwjd".index(amount[1])):
        start = cal.shift(start, unit, sign * count)
    return start


@dataclass(frozen=True, slots=True)
class Last(Expression):
    """The last or next units: "son üç ay", "önümüzdeki iki yıl".

    They are whole units, without the one that holds the reference; but one unit alone ("son bir yıl"), and coming
    days, weeks and months ("önümüzdeki üç ay"), are counted from the reference, which is left out.
    """

    count: int
    unit: str
    sign: int

    def resolve(self, context: Context) -> Period | None:
        """From the first unit's first day to the last unit's last."""
        if self.count < 1:
            return None
        named = context.named(self.unit) if self.sign < 0 else None
        if named is not None:  # "eylülde son üç ayın en yükseğine": July to September
            unit = cal.unit_of(named.last, self.unit)
            return Period(cal.shift(unit.first, self.unit, 1 - self.count), unit.last, "range")
        today = context.today()
        if today is None:
            return None
        if self.unit in {"d", "j"} or (self.unit in {"w", "m"} if self.sign > 0 else self.count == 1):
            end = cal.shift(today, self.unit, self.sign * self.count)
            first, last = sorted((today + timedelta(days=self.sign), end))
            return Period(first, last, "range")
        near = cal.unit_of(cal.shift(today, self.unit, self.sign), self.unit)
        far = cal.unit_of(cal.shift(today, self.unit, self.sign * self.count), self.unit)
        return Period(min(near.first, far.first), max(near.last, far.last), "range")


@dataclass(frozen=True, slots=True)
class Same(Expression):
    """The period read last, in another year: "geçen yılın aynı dönemi", "2024'ün aynı ayı"."""

    steps: int
    unit: str | None
    year: int | None = None

    def resolve(self, context: Context) -> Period | None:
        """The last period moved by whole years; None when its length is not that of the unit asked for."""
        previous = context.previous
        context.used = True
        wanted = {"m": "month", "d": "day", "y": "year"}.get(self.unit or "")
        if previous is None or (wanted is not None and previous.precision != wanted):
            return None
        steps = self.steps if self.year is None else self.year - previous.first.year
        end = cal.shift(previous.last + timedelta(days=1), "y", steps) - timedelta(days=1)
        return Period(cal.shift(previous.first, "y", steps), end, previous.precision)


@dataclass(frozen=True, slots=True)
class Until(Expression):
    """Everything up to a date: "2028'e kadar". Resolves to the date itself; the reader leaves its first day open."""

    inner: Expression

    def resolve(self, context: Context) -> Period | None:
        """The date's days."""
        return self.inner.resolve(context)


@dataclass(frozen=True, slots=True)
class WeekdayCount(Expression):
    """The nth given weekday from the reference on or back: "iki pazar sonra"."""

    count: int
    weekday: int
    sign: int

    def resolve(self, context: Context) -> Period | None:
        """The day; the reference itself does not count."""
        today = context.today()
        if today is None:
            return None
        step = (self.sign * (self.weekday - today.isoweekday())) % 7 or 7
        return cal.day(today + timedelta(days=self.sign * (step + 7 * (self.count - 1))))
