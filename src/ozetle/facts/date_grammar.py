"""Finds date phrases in a list of tokens and says what they mean, as expressions to be resolved later.

A small hand-written parser: at each token the readers below are tried and the longest phrase wins. No reader looks back
or further ahead than a phrase can be long, so the whole is linear in the number of tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ozetle.facts import calendar_periods as cal
from ozetle.facts.date_expressions import (
    Between,
    Counted,
    Expression,
    Fixed,
    Last,
    Near,
    Part,
    Point,
    Same,
    Season,
    WeekOf,
    Weekend,
    Within,
)
from ozetle.facts.date_tokens import Token

_UNIT = {"G": "d", "H": "w", "A": "m", "L": "y", "Q": "q", "h": "h", "c": "c", "e": "e", "j": "j"}
_SEPARATE = {"abl", "loc", "dat", "ki", "ins"}  # behind these cases a new phrase begins
_EDGES = {"b": "start", "o": "middle", "E": "end"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date phrase: tokens from `first` to `last`, and what they mean."""

    first: int
    last: int
    meaning: Expression


@dataclass(frozen=True, slots=True)
class _Found:
    meaning: Expression
    end: int  # the token behind the phrase


def find_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """All date phrases, in order, not overlapping."""
    parser = _Parser(tokens)
    phrases: list[Phrase] = []
    index = 0
    while index < len(tokens):
        found = parser.phrase(index) if tokens[index].kind not in "x,-." else None
        if found is None:
            index += 1
            continue
        phrases.append(Phrase(index, found.end - 1, found.meaning))
        index = found.end
    return phrases


class _Parser:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._kinds = "".join(token.kind for token in tokens)

    def _kind(self, index: int) -> str:
        return self._kinds[index] if 0 <= index < len(self._kinds) else "$"

    def _case(self, index: int) -> str:
        return self._tokens[index].case if 0 <= index < len(self._tokens) else ""

    def phrase(self, index: int) -> _Found | None:
        """The longest date phrase that begins at a token."""
        if self._kind(index - 1) == "x" and self._tokens[index - 1].key in {"her", "hər", "every", "yüzde", "jeden"}:
            return None
        readers = (
            self._between,
            self._range,
            self._same,
            self._counted,
            self._counted_units,
            self._from_anchor,
            self._units_around,
            self._bare_edge,
            self._standing,
        )
        found = [result for reader in readers if (result := reader(index)) is not None]
        return max(found, key=lambda result: result.end, default=None)

    # --- single dates

    def _point(self, index: int) -> tuple[Point, int] | None:
        """Year, month, day and weekday side by side in any order, as far as they go."""
        point, position = Point(), index
        while True:
            step = self._slot(point, position)
            if step is None:
                break
            point, position = step
            if self._case(position - 1) in _SEPARATE:
                break
        return (point, position) if position > index else None

    def _slot(self, point: Point, index: int) -> tuple[Point, int] | None:
        kind, token = self._kind(index), self._tokens[index] if index < len(self._tokens) else None
        if token is None:
            return None
        dated = point.year is not None or point.year_shift is not None
        if kind == "," and point != Point() and self._kind(index + 1) in "WY":
            if self._kind(index + 1) == "W" and point.day is None:
                return None
            return self._slot(point, index + 1)
        if kind == "Y" and not dated:
            after = index + 1 + (self._kind(index + 1) == "L" and not self._plural(index + 1))
            return replace(point, year=token.value), after
        if kind == "n" and not dated and token.value >= 100 and self._kind(index + 1) == "L" and self._case(index + 1):
            return replace(point, year=token.value), index + 2
        if kind in "Rd" and (step := self._related(point, index, dated)) is not None:
            return step
        if kind == "L" and not dated and self._kind(index + 1) == "R":
            return replace(point, year_shift=self._tokens[index + 1].value), index + 2
        if kind in "Mm" and point.month is None and point.month_shift is None:
            return self._month(point, index)
        if kind in "dO" and point.day is None and point.month is None and self._kind(index + 1) in "Mm":
            return replace(point, day=token.value), index + 1
        if kind == "O" and dated and self._kind(index + 1) == "A" and point.month is None and 1 <= token.value <= 12:
            return replace(point, month=token.value), index + 2
        if kind == "d" and point.day is None and self._is_day(point, index):
            return replace(point, day=token.value), index + 1
        if kind in "Ww" and point.weekday is None:
            after = index + 1 + (self._kind(index + 1) == "G" and not self._case(index) in _SEPARATE)
            return replace(point, weekday=token.value), after
        if kind == "G" and point.day is not None and point.month is not None and self._case(index) in {"poss", "loc"}:
            return point, index + 1
        if kind == "A" and point.month is not None and point.day is None and self._kind(index - 1) == "Y":
            return point, index + 1
        return None

    def _plural(self, index: int) -> bool:
        return False

    def _related(self, point: Point, index: int, dated: bool) -> tuple[Point, int] | None:
        """ "geçen yıl", "bir önceki ay", "bu hafta", "gelecek pazar", "önümüzdeki mart"."""
        if self._kind(index) == "d":
            if self._tokens[index].key not in {"bir", "1"} or self._kind(index + 1) != "R":
                return None
            index += 1
        token, following = self._tokens[index], self._kind(index + 1)
        if following == "L" and not dated:
            return replace(point, year_shift=token.value), index + 2
        if point.month is None and point.month_shift is None and point.day is None:
            if following == "A":
                return replace(point, month_shift=token.value), index + 2
            if following == "H" and point.weekday is None and self._kind(index + 2) == "W":
                return replace(point, week_shift=token.value), index + 2
            if following == "W" and point == Point():
                near = 2 if token.key.startswith(("gelecek", "next")) else token.value
                after = index + 2 + (self._kind(index + 2) == "G")
                return replace(point, weekday=self._tokens[index + 1].value, near=near), after
            if following == "M" and point == Point():
                after = index + 2 + (self._kind(index + 2) == "A")
                return replace(point, month=self._tokens[index + 1].value, near=token.value or None), after
        if following == "L" or not dated and self._kind(index + 1) == "L":
            return None
        return None

    def _month(self, point: Point, index: int) -> tuple[Point, int] | None:
        kind, token = self._kind(index), self._tokens[index]
        if kind == "m" and point.day is None and self._kind(index + 1) not in "dY":
            return None
        after = index + 1
        if self._kind(after) == "A" and point.day is None and not (token.suffixed and token.case):
            after += 1
        return replace(point, month=token.value), after

    def _is_day(self, point: Point, index: int) -> bool:
        """Whether a number behind a month or weekday is its day: "Mart 3, 2015", "ayın 20'si", "Perşembe 21'i"."""
        token, after = self._tokens[index], self._kind(index + 1)
        if point.month_shift is not None:
            return bool(token.case)
        if point.month is None and point.year is not None:
            return self._kinds[index + 1 : index + 3] == "-d" and self._kind(index + 3) in "Mm"
        if point.month is not None:
            if self._kind(index - 1) not in "Mm":
                return False
            return bool(token.case) or after in "YVX-$W" or (after == "," and self._kind(index + 2) == "Y") or after in "RL."
        return point.weekday is not None and token.case in {"poss", "loc", "abl", "dat", "gen"}

    def _atom(self, index: int) -> tuple[Expression, int] | None:
        """A single date of any kind, before what may follow it."""
        kind = self._kind(index)
        if kind == "#":
            when = self._tokens[index].date
            period = cal.exact_day(*when) if when else None
            return None if period is None else (Fixed(period), index + 1)
        if kind == "D":
            return self._day_word(index)
        if kind == "C":
            return self._decade(index)
        if kind == "O" and self._kind(index + 1) == "c":
            century = self._tokens[index].value
            start = cal.year(100 * century - 100 if century > 1 else 1).first
            return Fixed(cal.Period(start, cal.year(100 * century - 1).last, "range")), index + 2
        if kind in "Rd" and (unit := self._near(index)) is not None:
            return unit
        found = self._point(index)
        return found

    def _day_word(self, index: int) -> tuple[Expression, int] | None:
        token = self._tokens[index]
        base: Expression = Counted(((abs(token.value), "d"),), 1 if token.value >= 0 else -1)
        if token.case == "abl" and self._kind(index + 1) == "R" and self._kind(index + 2) == "G":
            step = self._tokens[index + 1].value
            return Counted(((1, "d"),), step, base), index + 3
        if token.value == -2 and self._kind(index + 1) == "G":
            return base, index + 2
        return base, index + 1

    def _decade(self, index: int) -> tuple[Expression, int] | None:
        value = self._tokens[index].value
        if value < 100:
            value += 1900 if value >= 20 else 2000
        if value % 10 or not 1000 <= value <= 2990:
            return None
        span = 10
        return Fixed(cal.Period(cal.year(value).first, cal.year(value + span - 1).last, "range")), index + 1

    def _near(self, index: int) -> tuple[Expression, int] | None:
        """ "geçen hafta", "bu çeyrek", "gelecek bahar", "bu hafta sonu", "gelecek haftadan sonraki hafta"."""
        start = index
        if self._kind(index) == "d":
            if self._tokens[index].key not in {"bir", "1"} or self._kind(index + 1) != "R":
                return None
            index += 1
        if self._kind(index) != "R":
            return None
        steps, following = self._tokens[index].value, self._kind(index + 1)
        if following == "H":
            if self._case(index + 1) == "abl" and self._kind(index + 2) == "R" and self._kind(index + 3) == "H":
                return Near("w", steps + self._tokens[index + 2].value), index + 4
            if self._kind(index + 2) == "E" and self._case(index + 1) != "gen":
                return Weekend(Near("w", steps)), index + 3
            if self._kind(index + 2) == "W":
                return None
            return Near("w", steps), index + 2
        if following == "G":
            # "önceki gün" is the day before yesterday, "bir önceki gün" and "geçen gün" tell no day
            if self._tokens[index].key == "önceki" and start == index:
                return Counted(((2, "d"),), -1), index + 2
            return None
        if following == "S" and not self._case(index + 1):
            return Season(self._tokens[index + 1].value, None, steps), index + 2
        if following in "Qhec" and self._kind(index + 1) != "$":
            after = index + 2 + (following == "Q" and self._kind(index + 2) == "L" and not self._case(index + 2))
            return Near(_UNIT[following], steps), after
        return None

    # --- what follows a date

    def _standing(self, index: int) -> _Found | None:
        """A date that stands alone, with its parts: "2025'in üçüncü çeyreğinde", "mayısın ilk cuması"."""
        atom = self._atom(index)
        if atom is None:
            return self._bare_part(index)
        meaning, end = atom
        parted = self._parts(meaning, end)
        if parted is not None:
            return parted
        if not self._can_stand(meaning, index, end):
            return None
        if self._kind(end) == "T":
            end += 1
        return _Found(meaning, end)

    def _parts(self, whole: Expression, index: int) -> _Found | None:
        if isinstance(whole, Point) and whole.weekday is not None and whole.day is None:
            return None
        step = self._part(whole, index)
        if step is None:
            return None
        meaning, end = step
        while self._case(end - 1) not in _SEPARATE and (step := self._part(meaning, end)) is not None:
            meaning, end = step
        return _Found(meaning, end)

    def _part(self, whole: Expression, index: int) -> tuple[Expression, int] | None:
        kind, following = self._kind(index), self._kind(index + 1)
        if self._case(index - 1) in _SEPARATE - {"ki"} and kind not in "E":
            return None
        if kind in _EDGES and kind != "$":
            return Part(whole, _EDGES[kind]), index + 1
        if kind == "S" and isinstance(whole, Point) and whole.month is None:
            return Season(self._tokens[index].value, whole), index + 1
        if kind == "g" and following == "k":
            return Part(whole, "rest"), index + 2
        if kind == "H" and isinstance(whole, Point) and whole.day is not None and self._case(index):
            return WeekOf(whole), index + 1
        if kind in "fl":
            return self._first_or_last(whole, index)
        if kind == "O" and following != "$":
            number = self._tokens[index].value
            if following in "QhHA":
                after = index + 2 + (following == "Q" and self._kind(index + 2) == "L")
                return Part(whole, _UNIT[following], number), after
            if following == "W":
                return Part(whole, f"W{self._tokens[index + 1].value}", number), index + 2 + (self._kind(index + 2) == "G")
        return None

    def _first_or_last(self, whole: Expression, index: int) -> tuple[Expression, int] | None:
        sign, position, count = (1 if self._kind(index) == "f" else -1), index + 1, 0
        if self._kind(position) == "d":
            count, position = self._tokens[position].value, position + 1
        kind = self._kind(position)
        if kind in "GHAQh" and kind != "$":
            return Part(whole, _UNIT[kind], sign, count), position + 1
        if kind == "W" and not count:
            return Part(whole, f"W{self._tokens[position].value}", sign), position + 1 + (self._kind(position + 1) == "G")
        return None

    def _bare_part(self, index: int) -> _Found | None:
        """A quarter or half year without its year: "üçüncü çeyrekte", "yılın ilk yarısında", "ayın 15'inde"."""
        kind = self._kind(index)
        if kind == "d" and self._case(index) == "poss" and self._kind(index + 1) == "H" and self._case(index + 1):
            return _Found(WeekOf(Point(day=self._tokens[index].value)), index + 2)
        if kind == "O" and self._kind(index + 1) == "Q":
            return _Found(Part(Point(year_shift=0), "q", self._tokens[index].value), index + 2 + (self._kind(index + 2) == "L"))
        if kind in "LAH" and self._case(index) == "gen" and kind != "$":
            whole: Expression = Near("w", 0) if kind == "H" else Point(year_shift=0) if kind == "L" else Point(month_shift=0)
            if kind == "A" and self._kind(index + 1) == "d" and self._case(index + 1):
                return _Found(Point(month_shift=0, day=self._tokens[index + 1].value), index + 2)
            return self._parts(whole, index + 1)
        return None

    def _can_stand(self, meaning: Expression, index: int, end: int) -> bool:
        """Whether a date may stand alone, or needs a companion to be told from a number, a name or a common noun."""
        if isinstance(meaning, Counted) and self._case(end - 1) == "dat" and self._kind(end) == "K":
            return False  # "bugüne kadar" is no day
        if not isinstance(meaning, Point):
            return True
        kinds = self._kinds[index:end]
        if meaning.month is not None or meaning.month_shift is not None:
            if kinds == "M":
                return self._month_alone(index)
            return kinds != "m"
        if meaning.weekday is not None:
            if meaning.day is not None or end - index > 1:
                return True
            return self._weekday_alone(index)
        if meaning.day is not None:
            return False
        return "L" in kinds or self._year_alone(index)

    def _month_alone(self, index: int) -> bool:
        token = self._tokens[index]
        return token.case in {"loc", "abl", "dat", "ki"} or len(self._tokens) == 1

    def _weekday_alone(self, index: int) -> bool:
        token = self._tokens[index]
        if token.kind == "w":
            return len(self._tokens) == 1
        return token.key != "pazar" or len(self._tokens) == 1

    def _year_alone(self, index: int) -> bool:
        token = self._tokens[index]
        if token.suffixed or token.case:
            return True
        return self._kind(index - 1) == "(" or len(self._tokens) == 1

    # --- ranges

    def _range(self, index: int) -> _Found | None:
        """ "10-11 Haziran 2025", "ocak-ekim", "4'ünden 22'sine kadar", "2 Ekim ve 22 Ekim arası"."""
        left = self._side(index)
        if left is None:
            return None
        first, end = left
        case, kind = self._case(end - 1), self._kind(end)
        if kind == "-":
            return self._close(first, self._side(end + 1), index, dash=True)
        if case == "abl":
            right = self._side(end)
            if right is not None and self._case(right[1] - 1) == "dat":
                after = right[1] + (self._kind(right[1]) == "K")
                return self._close(first, (right[0], after), index, dash=False)
            return None
        joined = kind == "V" or case == "ins"
        if joined:
            right = self._side(end + (kind == "V"))
            if right is not None and self._kind(right[1]) == "X":
                return self._close(first, (right[0], right[1] + 1), index, dash=False)
        return None

    def _side(self, index: int) -> tuple[Expression, int] | None:
        """One side of a range; a bare number is a day there."""
        atom = self._atom(index)
        if atom is not None:
            return atom
        token = self._tokens[index] if index < len(self._tokens) else None
        if token is None:
            return None
        if token.kind == "d":
            return Point(day=token.value), index + 1
        if token.kind == "/" and token.date is not None and token.date[1] <= 12 and token.date[2] <= 31:
            return Point(month=token.date[1], day=token.date[2]), index + 1
        return None

    def _close(self, first: Expression, right: tuple[Expression, int] | None, index: int, *, dash: bool) -> _Found | None:
        if right is None:
            return None
        last, end = right
        if not self._fit(first, last, dash=dash):
            return None
        if isinstance(first, Point) and isinstance(last, Point) and dash:
            years = first.year is not None and last.year is not None and first.month is None and last.month is None
            if years and not (first.year or 0) < (last.year or 0) <= (first.year or 0) + 60:
                return None
        if dash and self._kind(end) == "L" and self._kinds[index:end].endswith("Y"):
            end += 1
        end += self._kind(end) in "PX"
        return _Found(Between(first, last), end)

    @staticmethod
    def _fit(first: Expression, last: Expression, *, dash: bool) -> bool:
        """Whether two dates can be the ends of one range."""
        if not (isinstance(first, Point) and isinstance(last, Point)):
            return isinstance(first, Fixed) and isinstance(last, Fixed)
        bare_first = first.day is not None and first.month is None and first.month_shift is None and first.weekday is None
        bare_last = last.day is not None and last.month is None and last.month_shift is None and last.weekday is None
        if bare_first and bare_last:
            return False
        if bare_first:
            return last.day is not None and (last.month is not None or last.month_shift is not None)
        if bare_last:
            return first.day is not None
        if first.weekday is not None and first.day is None and dash:
            return last.weekday is not None
        return True

    def _between(self, index: int) -> _Found | None:
        """ "midis janarit dhe nëntorit 2025", "between 3 and 5 May"."""
        if self._kind(index) != "<":
            return None
        left = self._side(index + 1)
        if left is None or self._kind(left[1]) not in "V-":
            return None
        return self._close(left[0], self._side(left[1] + 1), index + 1, dash=False)

    # --- counting

    def _amounts(self, index: int) -> tuple[tuple[tuple[int, str], ...], int] | None:
        """ "2 yıl 1 ay 21 gün"."""
        amounts: list[tuple[int, str]] = []
        while self._kind(index) in "dn" and self._kind(index + 1) in _UNIT:
            if self._tokens[index].value > 10_000 or self._tokens[index].case:
                break
            amounts.append((self._tokens[index].value, _UNIT[self._kind(index + 1)]))
            index += 2
            if self._kind(index) == "," and self._kind(index + 1) in "dn" and self._kind(index + 2) in _UNIT:
                index += 1
        return (tuple(amounts), index) if amounts else None

    def _counted(self, index: int) -> _Found | None:
        """ "iki gün önce", "bir ay sonra", "üç hafta içinde"."""
        found = self._amounts(index)
        if found is None:
            return None
        amounts, end = found
        kind = self._kind(end)
        if kind == "B":
            return _Found(Counted(amounts, -1), end + 1)
        if kind == "A" or (kind == "R" and self._tokens[end].key == "sonraki"):
            return _Found(Counted(amounts, 1), end + 1)
        if kind == "R" and self._tokens[end].key == "önceki":
            return _Found(Counted(amounts, -1), end + 1)
        if kind == "I":
            return _Found(Within(amounts), end + 1)
        return None

    def _counted_units(self, index: int) -> _Found | None:
        """ "son üç ay", "geçen 3 yıl", "önümüzdeki iki hafta"."""
        kind = self._kind(index)
        if kind not in "Rlf" or kind == "f":
            return None
        sign = -1 if kind == "l" else self._tokens[index].value
        found = self._amounts(index + 1)
        if found is None or sign == 0:
            return None
        amounts, end = found
        inside = self._kind(end) in "IT"
        if len(amounts) > 1:
            return _Found(Within(amounts), end + 1) if sign > 0 and inside else None
        if sign > 0 and inside:
            return _Found(Within(amounts), end + 1)
        return _Found(Last(*amounts[0], sign), end + inside)

    def _from_anchor(self, index: int) -> _Found | None:
        """ "bugünden iki gün sonra", "18 Aralık'tan itibaren 10 gün boyunca", "dünden iki gün önce"."""
        atom = self._atom(index)
        if atom is None:
            return None
        anchor, end = atom
        if self._case(end - 1) != "abl":
            return None
        since = self._kind(end) == "F"
        found = self._amounts(end + since)
        if found is None:
            return None
        amounts, end = found
        kind = self._kind(end)
        if kind in "BA" and not since:
            return _Found(Counted(amounts, -1 if kind == "B" else 1, anchor), end + 1)
        if kind in "TI" and since:
            today = isinstance(anchor, Counted) and anchor.amounts == ((0, "d"),)
            return _Found(Within(amounts, None if today else anchor), end + 1)
        return None

    def _same(self, index: int) -> _Found | None:
        """ "geçen yılın aynı dönemi", "bir önceki yılın aynı ayına", "the same period last year"."""
        start = index
        if self._kind(index) == "d" and self._tokens[index].key in {"bir", "1"}:
            index += 1
        if self._kinds[index : index + 3] == "RL~":
            steps, unit = self._tokens[index].value, self._kind(index + 3)
            if unit in "PAQGHhL" and steps:
                return _Found(Same(steps, _UNIT.get(unit)), index + 4)
        if self._kind(start) == "~":
            unit = self._kind(start + 1)
            if unit in "PAQGHh" and unit != "$" and self._kinds[start + 2 : start + 4] in {"RL", "LR"}:
                steps = self._tokens[start + (2 if self._kind(start + 2) == "R" else 3)].value
                return _Found(Same(steps, _UNIT.get(unit)), start + 4) if steps else None
        return None

    def _bare_edge(self, index: int) -> _Found | None:
        """ "yıl sonunda", "ay başında", "hafta sonu", "yıl boyunca": of the year, month or week of the reference."""
        kind, following = self._kind(index), self._kind(index + 1)
        if kind not in "LAH" or self._case(index) not in {"", "gen"} or self._kind(index - 1) in "RYdnOfl~":
            return None
        whole: Expression = Near(_UNIT[kind], 0) if kind != "L" else Point(year_shift=0)
        if kind == "H" and following == "E" and not self._case(index):
            return _Found(Weekend(whole), index + 2)
        if following in _EDGES:
            return _Found(Part(whole, _EDGES[following]), index + 2)
        if following == "T" and kind in "LA":
            return _Found(whole, index + 2)
        if kind == "H" and following == "$" and index == 0:
            return _Found(whole, 1)
        return None

    def _units_around(self, index: int) -> _Found | None:
        return None
