"""Date expressions counted from another day or cut from another period: "geçen hafta", "üç gün önce", "ilk çeyrek"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ozetle.facts import calendar_periods as cal
from ozetle.facts.calendar_periods import Period
from ozetle.facts.date_expressions import Context, Expression


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

    def resolve(self, context: Context) -> Period | None:
        """From the day on; without an anchor up to the day counted to."""
        start = _anchor(self.anchor, context)
        if start is None:
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
    """The last or next whole units, the one that holds the reference left out: "son üç ay", "önümüzdeki iki yıl"."""

    count: int
    unit: str
    sign: int

    def resolve(self, context: Context) -> Period | None:
        """From the first unit's first day to the last unit's last."""
        today = context.today()
        if today is None or self.count < 1:
            return None
        near = cal.unit_of(cal.shift(today, self.unit, self.sign), self.unit)
        far = cal.unit_of(cal.shift(today, self.unit, self.sign * self.count), self.unit)
        return Period(min(near.first, far.first), max(near.last, far.last), "range")


@dataclass(frozen=True, slots=True)
class Part(Expression):
    """A part of a period: its nth quarter, its first ten months, its last Friday, its end."""

    whole: Expression
    unit: str  # a unit of calendar_periods, "W1".."W7" for a weekday, "start", "middle", "end", "rest"
    number: int = 1  # which one; -1 the last
    count: int = 0  # how many from the beginning (or end), when not one

    def resolve(self, context: Context) -> Period | None:
        """The part's days."""
        whole = self.whole.resolve(context)
        if whole is None:
            return None
        if self.unit == "rest":
            today = context.today()
            return None if today is None else Period(max(today, whole.first), whole.last, "range")
        if self.unit in {"start", "middle", "end"}:
            return _edge(whole, self.unit)
        if self.unit[0] == "W":
            return cal.nth_weekday(whole, int(self.unit[1:]), self.number)
        if self.unit == "w" and not self.count:
            return cal.nth_week(whole, self.number)
        count = self.count or 1
        if self.number < 0:
            start = cal.shift(whole.last + timedelta(days=1), self.unit, -count)
            found = Period(start, whole.last, "range")
        else:
            start = cal.shift(whole.first, self.unit, self.number - 1)
            found = Period(start, cal.shift(start, self.unit, count) - timedelta(days=1), "range")
        if found.first < whole.first or found.last > whole.last:
            return None
        return found._replace(precision="month") if self.unit == "m" and count == 1 else found


def _edge(whole: Period, which: str) -> Period:
    """Beginning, middle or end: thirds of a decade, months of a year, halves of a month, days of a week."""
    days = (whole.last - whole.first).days + 1
    if days > 1000:
        third = (whole.last.year - whole.first.year + 1) // 3
        start = {"start": 0, "middle": third, "end": whole.last.year - whole.first.year + 1 - third}[which]
        years = cal.year(whole.first.year + start), cal.year(whole.first.year + start + third - 1)
        return Period(years[0].first, years[1].last, "range")
    if days > 31:
        if which == "middle":
            centre = cal.unit_of(whole.first + timedelta(days=days // 2), "m")
            return Period(cal.shift(centre.first, "m", -1), centre.last, "range")
        return cal.unit_of(whole.first if which == "start" else whole.last, "m")
    first, last = {
        "start": (0, 14 if days > 7 else 2),
        "middle": (10, 19) if days > 7 else (2, 4),
        "end": (15 if days > 7 else 3, days - 1),
    }[which]
    return Period(whole.first + timedelta(days=first), whole.first + timedelta(days=min(last, days - 1)), "range")


@dataclass(frozen=True, slots=True)
class WeekOf(Expression):
    """The week that holds a day: "16 Eylül haftası"."""

    inner: Expression

    def resolve(self, context: Context) -> Period | None:
        """Monday to Sunday."""
        period = self.inner.resolve(context)
        return None if period is None else cal.week_of(period.first)


@dataclass(frozen=True, slots=True)
class Same(Expression):
    """The period read last, in another year: "geçen yılın aynı dönemi"."""

    steps: int
    unit: str | None

    def resolve(self, context: Context) -> Period | None:
        """The last period moved by whole years; None when its length is not that of the unit asked for."""
        previous = context.previous
        context.used = True
        wanted = {"m": "month", "d": "day", "y": "year"}.get(self.unit or "")
        if previous is None or (wanted is not None and previous.precision != wanted):
            return None
        end = cal.shift(previous.last + timedelta(days=1), "y", self.steps) - timedelta(days=1)
        return Period(cal.shift(previous.first, "y", self.steps), end, previous.precision)


@dataclass(frozen=True, slots=True)
class Until(Expression):
    """Everything up to a date: "2028'e kadar". Resolves to the date itself; the reader leaves its first day open."""

    inner: Expression

    def resolve(self, context: Context) -> Period | None:
        """The date's days."""
        return self.inner.resolve(context)


@dataclass(frozen=True, slots=True)
class ThisYears(Expression):
    """A part of the reference's year that does not say so: "üçüncü çeyrekte", "ilk 9 ayda"."""

    part: Part

    def resolve(self, context: Context) -> Period | None:
        """The part of this year; of the last one where the sentence speaks of the past and the part lies ahead."""
        period, today = self.part.resolve(context), context.reference
        if period is None or today is None:
            return period
        ahead = period.first > today if not self.part.count else period.last > today
        if not ahead or context.tense > 0 or (context.tense == 0 and not self.part.count):
            return period
        return Period(cal.shift(period.first, "y", -1), cal.shift(period.last, "y", -1), period.precision)
