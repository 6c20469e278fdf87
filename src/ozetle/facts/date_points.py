"""Reads single dates from tokens: "12 Ocak 2016 Pazartesi", "geçen yılın mayısı", "bu hafta", "dün", "1990'lar"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ozetle.facts import calendar_periods as cal
from ozetle.facts.date_expressions import Expression, Fixed, Point
from ozetle.facts.date_relations import Counted, Near, Season, Weekend
from ozetle.facts.date_tokens import Token

UNITS = {"G": "d", "H": "w", "A": "m", "L": "y", "Q": "q", "h": "h", "c": "c", "e": "e", "j": "j"}
SEPARATING = frozenset({"abl", "loc", "dat", "ki", "ins"})  # behind these cases a new phrase begins
_ONE = frozenset({"bir", "1"})
# a number behind a month is its day before these: "Mart 3, 2015", "Kasım 19 ile 20 arası", "July 29 last year"
_AFTER_DAY = frozenset("YVX-$WRL.,")
_LOOK_AHEAD = 16  # no phrase is read further than this behind the last token it takes

Read = tuple[Expression, int]  # what was read, and the token behind it


class PointReader:
    """Reads single dates; the tokens' kinds are the alphabet of the grammar (see data/date_words.json)."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        # the end marks spare every look ahead its check; index -1 finds one too
        self.kinds = "".join([token.kind for token in tokens]) + "$" * _LOOK_AHEAD
        self._atoms: dict[int, Read | None] = {}

    def kind(self, index: int) -> str:
        """The kind of a token, "$" before the first and behind the last."""
        return self.kinds[index]

    def case(self, index: int) -> str:
        """The case of a token's suffix."""
        return self.tokens[index].case if 0 <= index < len(self.tokens) else ""

    def atom(self, index: int) -> Read | None:
        """A single date of any kind, without what may follow it."""
        if index not in self._atoms:
            self._atoms[index] = self._atom(index)
        return self._atoms[index]

    def _atom(self, index: int) -> Read | None:
        kind = self.kind(index)
        if kind == "#":
            when = self.tokens[index].date
            period = cal.exact_day(*when) if when else None
            if period is None:
                return None
            weekday = self.kind(index + 1) == "W" and not self.tokens[index].case
            return Fixed(period), index + 1 + weekday + (weekday and self.kind(index + 2) == "G")
        if kind == "D":
            return self._day_word(index)
        if kind in "CO":
            found = self._decade_or_century(index)
            if found is not None:
                return found
        if kind in "Rd" and (near := self._near(index)) is not None:
            return near
        return self.point(index)

    def point(self, index: int) -> tuple[Point, int] | None:
        """Year, month, day and weekday side by side in any order, as far as they go."""
        point, position = Point(), index
        while (step := self._slot(point, position)) is not None:
            point, position = step
            weekly = self.case(position - 1) in {"ki", "dat"} and point.week_shift is not None  # "geçen haftaki pazar"
            if self.case(position - 1) in SEPARATING and not (weekly and self.kind(position) == "W"):
                break
        return (point, position) if position > index else None

    def relation(self, index: int) -> int:
        """The token of a relation ("geçen", "bir önceki"), or -1."""
        if self.kind(index) == "d" and self.tokens[index].key in _ONE:
            index += 1
        return index if self.kind(index) == "R" else -1

    def _slot(self, point: Point, index: int) -> tuple[Point, int] | None:
        """The point with one thing more, and the token behind it."""
        kind, dated = self.kind(index), point.year is not None or point.year_shift is not None
        if kind in "YnLZ" and not dated:
            return self._year(point, index)
        if kind == "," and point != Point() and self.kind(index + 1) in "WY":
            return self._slot(point, index + 1) if self.kind(index + 1) == "Y" or point.day is not None else None
        if kind in "Rd" and (step := self._related(point, index, dated=dated)) is not None:
            return step
        if kind in "Mm" and point.month is None and point.month_shift is None:
            return self._month(point, index)
        if kind in "dO" and point.day is None and point.month is None and self.kind(index + 1) in "Mm":
            return replace(point, day=self.tokens[index].value), index + 1
        if (
            kind == "O"
            and dated
            and point.month is None
            and self.kind(index + 1) == "A"
            and self.tokens[index].value < 13
        ):
            return replace(point, month=self.tokens[index].value), index + 2
        if kind == "d" and point.day is None and self._is_day(point, index):
            return replace(point, day=self.tokens[index].value), index + 1
        if kind == "H" and point == Point() and self.case(index) == "dat" and self.kind(index + 1) == "W":
            return replace(point, week_shift=1), index + 1  # "haftaya salı"
        if kind in "Ww" and point.weekday is None:
            follows = self.kind(index + 1) == "G" and self.case(index) not in SEPARATING
            return replace(point, weekday=self.tokens[index].value), index + 1 + follows
        if kind == "G" and point.day is not None and point.month is not None and self.case(index) in {"poss", "loc"}:
            return point, index + 1
        return None

    def _year(self, point: Point, index: int) -> tuple[Point, int] | None:
        """ "2025", "2025 yılı", "247 yılı", "viti 2025", "viti i kaluar"."""
        kind, following, token = self.kind(index), self.kind(index + 1), self.tokens[index]
        if kind == "Y":
            return replace(point, year=token.value), index + 1 + (following == "L")
        if kind == "Z":
            return replace(point, year_shift=token.value), index + 1
        if kind == "n":
            if token.value >= 100 and following == "L" and self.case(index + 1):
                return replace(point, year=token.value), index + 2
            return None
        if following == "R":
            return replace(point, year_shift=self.tokens[index + 1].value), index + 2
        if following == "Y" and not token.case:
            return replace(point, year=self.tokens[index + 1].value), index + 2
        return None

    def _related(self, point: Point, index: int, *, dated: bool) -> tuple[Point, int] | None:
        """ "geçen yıl", "bir önceki ay", "gelecek hafta çarşamba", "gelecek pazar", "önümüzdeki mart"."""
        index = self.relation(index)
        if index < 0:
            return None
        token, following = self.tokens[index], self.kind(index + 1)
        if following == "L":
            return None if dated else (replace(point, year_shift=token.value), index + 2)
        if point.month is not None or point.month_shift is not None or point.day is not None:
            return None
        if following == "A":
            return replace(point, month_shift=token.value), index + 2
        if following == "H" and point.weekday is None and self.kind(index + 2) == "W":
            return replace(point, week_shift=token.value), index + 2
        if point != Point():
            return None
        if following == "W":
            near = 2 if token.key.startswith(("gelecek", "next")) else token.value
            weekday = self.tokens[index + 1].value
            return replace(point, weekday=weekday, near=near), index + 2 + (self.kind(index + 2) == "G")
        if following == "M":
            month = self.tokens[index + 1].value
            return replace(point, month=month, near=token.value or None), index + 2 + (self.kind(index + 2) == "A")
        return None

    def _month(self, point: Point, index: int) -> tuple[Point, int] | None:
        if self.kind(index) == "m" and point.day is None and self.kind(index + 1) not in "dY":
            return None
        token = self.tokens[index]
        follows = self.kind(index + 1) == "A" and point.day is None and not token.case
        return replace(point, month=token.value), index + 1 + follows

    def _is_day(self, point: Point, index: int) -> bool:
        """Whether a number is a day: "Mart 3, 2015", "gelecek ayın 20'si", "Perşembe 21'i", "2018 2-7 Şubat"."""
        token = self.tokens[index]
        if point.month_shift is not None:
            return bool(token.case)
        if point.month is not None:
            return self.kind(index - 1) in "Mm" and (bool(token.case) or self.kind(index + 1) in _AFTER_DAY)
        if point.weekday is not None:
            return bool(token.case)
        return point.year is not None and self.kinds[index + 1 : index + 3] == "-d" and self.kind(index + 3) in "Mm"

    def _day_word(self, index: int) -> Read | None:
        """ "dün", "bugünden", "dünden önceki gün", "evvelsi gün"."""
        token = self.tokens[index]
        base = Counted(((abs(token.value), "d"),), 1 if token.value >= 0 else -1)
        if token.case == "abl" and self.kinds[index + 1 : index + 3] == "RG":
            return Counted(((1, "d"),), self.tokens[index + 1].value, base), index + 3
        return base, index + 1 + (abs(token.value) == 2 and self.kind(index + 1) == "G")

    def _decade_or_century(self, index: int) -> Read | None:
        """ "1970'ler", "70'lerde", "21. yüzyıl" (which begins in 2000, as in everyday language)."""
        value = self.tokens[index].value
        if self.kind(index) == "C":
            value += 0 if value >= 100 else 1900 if value >= 20 else 2000
            years = index + 1 < len(self.tokens) and self.tokens[index + 1].key.startswith("yil")
            if value % 10 or not 1000 <= value <= 2990 or (self.case(index) == "li" and not years):
                return None  # "doksanlı yaşlarda" is no decade
            return Fixed(cal.Period(cal.year(value).first, cal.year(value + 9).last, "range")), index + 1 + years
        if self.kind(index + 1) != "c" or not 2 <= value <= 30:
            return None
        return Fixed(cal.Period(cal.year(100 * value - 100).first, cal.year(100 * value - 1).last, "range")), index + 2

    def _near(self, index: int) -> Read | None:
        """ "geçen hafta", "bu çeyrek", "gelecek bahar", "bu hafta sonu", "gelecek haftadan sonraki hafta"."""
        start, index = index, self.relation(index)
        if index < 0:
            return None
        steps, following = self.tokens[index].value, self.kind(index + 1)
        if following == "H":
            return self._near_week(index, steps)
        if following == "G":
            # "önceki gün" is the day before yesterday; "bir önceki gün" and "geçen gün" tell no day
            same = self.tokens[index].key == "önceki" and start == index
            return (Counted(((2, "d"),), -1), index + 2) if same else None
        if following == "S" and not self.case(index + 1):
            return Season(self.tokens[index + 1].value, None, steps), index + 2
        if following in {"Q", "h", "e", "c"}:
            whole = following == "Q" and self.kind(index + 2) == "L" and not self.case(index + 2)
            return Near(UNITS[following], steps), index + 2 + whole
        return None

    def _near_week(self, index: int, steps: int) -> Read | None:
        case, kinds = self.case(index + 1), self.kinds[index + 2 : index + 4]
        if case == "abl" and kinds == "RH":
            return Near("w", steps + self.tokens[index + 2].value), index + 4
        if kinds[:1] == "E" and case != "gen":
            return Weekend(Near("w", steps)), index + 3
        return None if kinds[:1] == "W" else (Near("w", steps), index + 2)
