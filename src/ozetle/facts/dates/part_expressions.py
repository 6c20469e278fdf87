"""Date expressions cut from another period: its third quarter, its first ten months, its beginning, its last Friday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ozetle.facts.dates import periods as cal
from ozetle.facts.dates.expressions import Context, Expression
from ozetle.facts.dates.periods import Period


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
        if self.unit in {"h", "q"} and not self.count:
            return _fraction(whole, 2 if self.unit == "h" else 4, self.number)
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


def _fraction(whole: Period, parts: int, number: int) -> Period | None:
    """The nth of equal parts: of years in a decade or century, of months in a year or half, halves of a month."""
    position = number - 1 if number > 0 else parts + number
    if not 0 <= position < parts:
        return None
    days = (whole.last - whole.first).days + 1
    if 28 <= days <= 31 and parts == 2:
        middle = whole.first + timedelta(days=14)
        return (
            Period(middle + timedelta(days=1), whole.last, "range")
            if position
            else whole._replace(last=middle, precision="range")
        )
    end = whole.last + timedelta(days=1)
    months = (end.year - whole.first.year) * 12 + end.month - whole.first.month
    if whole.first.day != 1 or end.day != 1 or months % parts:
        return None
    start = cal.shift(whole.first, "m", position * (months // parts))
    return Period(start, cal.shift(start, "m", months // parts) - timedelta(days=1), "range")


def _edge(whole: Period, which: str) -> Period:
    """Beginning, middle or end: thirds of a decade, months of a year, halves of a month, days of a week."""
    days = (whole.last - whole.first).days + 1
    if days < 4:
        return whole
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


@dataclass(frozen=True, slots=True)
class EdgeOfNow(Expression):
    """Beginning or end of the reference's year, month or week: "yıl sonunda", "yılbaşında", "hafta başından bu yana".

    Attributes:
        unit: "L", "A" or "H".
        which: "start", "middle" or "end".
        since: whether the stretch from there to the reference is meant.
    """

    unit: str
    which: str
    since: bool = False

    def resolve(self, context: Context) -> Period | None:
        """This year's, month's or week's; the next one's where the sentence speaks of the future and it is over."""
        today = context.today()
        if today is None:
            return None
        unit = {"L": "y", "A": "m", "H": "w"}[self.unit]
        edge = _edge(cal.unit_of(today, unit), self.which)
        if context.tense > 0 and edge.last < today:
            return _edge(cal.unit_of(cal.shift(today, unit, 1), unit), self.which)
        return Period(edge.first, today, "range") if self.since else edge
