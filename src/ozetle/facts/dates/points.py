"""Reads single dates from tokens: "12 Ocak 2016 Pazartesi", "geçen yılın mayısı", "bu hafta", "dün", "1990'lar"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ozetle.facts.dates import periods as cal
from ozetle.facts.dates.expressions import Expression, Fixed, Point
from ozetle.facts.dates.part_expressions import EdgeOfNow
from ozetle.facts.dates.relations import Counted, Near, Previous, Same, Season, Weekend
from ozetle.facts.dates.tokens import Lexeme
from ozetle.facts.tables import word_set

UNITS = {"G": "d", "H": "w", "A": "m", "L": "y", "Q": "q", "h": "h", "c": "c", "e": "e", "j": "j"}
SEPARATING = frozenset({"abl", "loc", "dat", "ki", "ins", "until"})  # behind these cases a new phrase begins
THIS = {"L": Point(year_shift=0), "A": Point(month_shift=0), "H": Near("w", 0)}
_DAYS = {days: Counted(((abs(days), "d"),), 1 if days >= 0 else -1) for days in range(-2, 3)}
_POINT_KINDS = frozenset("YnLZ,RdMmOAHWwG")
_ONE = frozenset({"bir", "1"})
# what one word says: "Vormonat", "Vorquartal", "Vorjahr", "Vorjahresmonat", "Vorjahresquartal", "Vorjahreszeitraum"
_COMPARED = (
    *(Previous(unit, -1) for unit in "mqy"),
    *(Same(-1, unit) for unit in ("m", "q", None)),
)
# plurals of "year" before a round number
_DECADES = frozenset({"années", "vitet", "anii"})
# relations to the period named before, if there is one; all others are to the day of publication
ANAPHORIC = word_set(
    "önceki onceki evvelki sonraki izleyen ertesi əvvəlki sonrakı previous preceding following subsequent "
    "vorangegangenen предыдущего предыдущем предыдущим предыдущими предыдущий предыдущую предыдущей "
    "попереднього mëparshëm mëparshme paraardhës prethodne prethodnog предходната предходния précédent précédente "
    "precedent precedentă προηγούμενο προηγούμενου προηγούμενη السابق السابقة"
)
# a number behind a month is its day before these: "Mart 3, 2015", "Kasım 19 ile 20 arası", "July 29 last year"
_AFTER_DAY = frozenset("YVvX-$WRL.,)")
_LOOK_AHEAD = 16  # no phrase is read further than this behind the last token it takes

Read = tuple[Expression, int]  # what was read, and the token behind it


class PointReader:
    """Reads single dates; the tokens' kinds are the alphabet of the grammar (see data/date_words.json)."""

    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        self.tokens = lexemes
        # the end marks spare every look ahead its check; index -1 finds one too
        self.kinds = "".join([lexeme.kind for lexeme in lexemes]) + "$" * _LOOK_AHEAD
        self.cases = [lexeme.case for lexeme in lexemes] + [""] * _LOOK_AHEAD
        self._atoms: dict[int, Read | None] = {}

    def atom(self, index: int) -> Read | None:
        """A single date of any kind, without what may follow it."""
        if index not in self._atoms:
            self._atoms[index] = self._atom(index)
        return self._atoms[index]

    def forget(self) -> None:
        """Frees the dates read so far, which are not asked for again behind a phrase."""
        self._atoms.clear()

    def _atom(self, index: int) -> Read | None:
        found = self._single(index)
        if found is None or not isinstance(found[0], Point) or self.kinds[found[1]] not in "(,dMmO":
            return found
        return self._beside_weekday(found[0], found[1]) or found

    def _beside_weekday(self, point: Point, end: int) -> Read | None:
        """A weekday and its date are one day: "Cuma (20 Şubat) günü", "Friday, February 20", "20 Şubat (Cuma)"."""
        bracket = self.kinds[end] == "("
        start = end + (self.kinds[end] in "(,")
        if point.weekday is not None and point.day is None:
            other = self._single(start) if self.kinds[start] in "#dMmO" else None
            if other is None or not isinstance(other[0], Point) or not (other[0].day and other[0].month):
                return None
            if other[0].weekday is not None:
                return None
            found, end = replace(other[0], weekday=point.weekday), other[1]
        elif bracket and point.day is not None and point.weekday is None and self.kinds[start] in "Ww":
            found, end = replace(point, weekday=self.tokens[start].value), start + 1
        else:
            return None
        if bracket and self.kinds[end] != ")":
            return None
        end += bracket
        return found, end + (self.kinds[end] == "G")

    def _single(self, index: int) -> Read | None:
        kind = self.kinds[index]
        if kind == "#":
            return self._numeric(index)
        if kind == "D":
            return self._day_word(index)
        if kind == "q":
            return _COMPARED[self.tokens[index].value], index + 1
        if kind == "J":
            since = self.kinds[index + 1] == "F"
            return EdgeOfNow("L", "start", since), index + 1 + since
        if kind == "L" and self.tokens[index].key in _DECADES and self.kinds[index + 1] in "Yn":
            first = self.tokens[index + 1].value
            first += 1900 if first < 100 else 0  # "vitet '90"
            if first % 10 == 0 and first >= 1000:
                return Fixed(cal.Period(cal.year(first).first, cal.year(first + 9).last, "range")), index + 2
        if kind == "C" or (kind == "Y" and self._begins_with(index + 1, ("illər",))):
            found = self._decade(index)
            if found is not None:
                return found
        if kind == "O":
            found = self._century(index)
            if found is not None:
                return found
        if kind in "RdLAQHh" and (previous := self._previous(index)) is not None:
            return previous
        if kind in "RdHQ" and (near := self._near(index)) is not None:
            return near
        return self.point(index)

    def _previous(self, index: int) -> Read | None:
        """ "bir önceki ay", "the previous quarter": counted from the period named before."""
        if self.kinds[index] in "LAQHh":  # "l'année précédente"
            behind = self.kinds[index + 1] == "r" and self.tokens[index + 1].key in ANAPHORIC
            unit = UNITS[self.kinds[index]]
            return (Previous(unit, self.tokens[index + 1].value), index + 2) if behind else None
        at = self.relation(index)
        if at < 0 or self.tokens[at].key not in ANAPHORIC or self.kinds[at + 1] not in "LAQHh":
            return None
        point = self.point(index)
        if point is not None and point[1] > at + 2:
            return None
        return Previous(UNITS[self.kinds[at + 1]], self.tokens[at].value), at + 2

    def _numeric(self, index: int) -> Read | None:
        year, month, day = self.tokens[index].date or (0, 0, 0)
        if cal.exact_day(year, month, day) is None:
            return None
        weekday = self.kinds[index + 1] == "W" and not self.cases[index]
        return Point(year=year, month=month, day=day), index + 1 + weekday + (weekday and self.kinds[index + 2] == "G")

    def point(self, index: int) -> tuple[Point, int] | None:
        """Year, month, day and weekday side by side in any order, as far as they go."""
        point, position = Point(), index
        while (step := self._slot(point, position)) is not None:
            position = step
            weekly = point.week_shift is not None and self.cases[position - 1] in {"ki", "dat"}  # "geçen haftaki pazar"
            if self.cases[position - 1] in SEPARATING and not (weekly and self.kinds[position] == "W"):
                break
        return (point, position) if position > index else None

    def relation(self, index: int) -> int:
        """The token of a relation ("geçen", "bir önceki"), or -1."""
        if self.kinds[index] == "d" and self.tokens[index].key in _ONE:
            index += 1
        return index if self.kinds[index] == "R" else -1

    # each of these adds to the point what stands at the token and returns the token behind it, or None

    def _slot(self, point: Point, index: int) -> int | None:
        kind = self.kinds[index]
        if kind not in _POINT_KINDS:
            return None
        following = self.kinds[index + 1]
        if kind in "YnLZ":
            return None if point.dated else self._year(point, index)
        if kind == ",":
            if point.empty or following not in "WY" or (following == "W" and point.day is None):
                return None
            return self._slot(point, index + 1)
        if kind in "Rd" and (step := self._related(point, index)) is not None:
            return step
        if kind in "Mm":
            return self._month(point, index) if not point.monthly else None
        if kind in "dO":
            return self._day(point, index)
        if kind == "A" and point.empty and following == "r":
            point.month_shift = self.tokens[index + 1].value
            return index + 2
        if kind == "A" and point.empty and following == "M" and not self.cases[index]:
            return self._month(point, index + 1)  # "muaji maj", "le mois de mai"
        if kind == "H" and point.empty and following == "W" and self.cases[index] == "dat":
            point.week_shift = 1
            return index + 1  # "haftaya salı"
        if kind in "Ww" and point.weekday is None:
            point.weekday = self.tokens[index].value
            if following == "r":
                point.near = self.tokens[index + 1].value
                return index + 2
            return index + 1 + (following == "G" and self.cases[index] not in SEPARATING)
        if kind == "G" and point.day is not None and point.month is not None and self.cases[index] in {"poss", "loc"}:
            return index + 1
        return None

    def _year(self, point: Point, index: int) -> int | None:
        """ "2025", "2025 yılı", "247 yılı", "viti 2025", "viti i kaluar"."""
        kind, following, token = self.kinds[index], self.kinds[index + 1], self.tokens[index]
        if kind == "L" and token.key in _DECADES and following == "Y" and self.tokens[index + 1].value % 10 == 0:
            return None  # "les années 1990" is a decade
        if kind == "Y":
            point.year = token.value
            return index + 1 + (following == "L")
        if kind == "Z":
            point.year_shift = token.value
            return index + 1
        if kind == "n":
            if token.value >= 100 and following == "L" and self.cases[index + 1]:
                point.year = token.value
                return index + 2
            return None
        if following in "Rr":
            point.year_shift = self.tokens[index + 1].value
            return index + 2
        if following == "Y" and not token.case:
            point.year = self.tokens[index + 1].value
            return index + 2
        return None

    def _related(self, point: Point, index: int) -> int | None:
        """ "geçen yıl", "bir önceki ay", "gelecek hafta çarşamba", "gelecek pazar", "önümüzdeki mart"."""
        index = self.relation(index)
        if index < 0:
            return None
        token, following = self.tokens[index], self.kinds[index + 1]
        if following == "L":
            if point.dated:
                return None
            point.year_shift = token.value
            return index + 2
        if point.monthly or point.day is not None:
            return None
        if following == "A":
            point.month_shift = token.value
            return index + 2
        if following == "H" and point.weekday is None and self.kinds[index + 2] == "W":
            point.week_shift = token.value
            return index + 2
        if not point.empty:
            return None
        if following == "W":
            point.near = 2 if token.key.startswith(("gelecek", "next")) else token.value
            point.weekday = self.tokens[index + 1].value
            return index + 2 + (self.kinds[index + 2] == "G")
        if following == "M":
            point.month, point.near = self.tokens[index + 1].value, token.value or None
            return index + 2 + (self.kinds[index + 2] == "A")
        return None

    def _month(self, point: Point, index: int) -> int | None:
        token, following = self.tokens[index], self.kinds[index + 1]
        if token.kind == "m" and point.day is None and not (following in "dY" and self._is_figure(index + 1)):
            return None
        point.month = token.value
        if following == "r":
            point.near = self.tokens[index + 1].value or None  # "mars dernier"
            return index + 2
        return index + 1 + (following == "A" and point.day is None and not token.case)

    def _is_figure(self, index: int) -> bool:
        """Whether a number is written in figures; only these stand beside an abbreviation ("3 Mar", not "bir ara")."""
        return self.tokens[index].key[0].isdecimal()

    def _day(self, point: Point, index: int) -> int | None:
        kind, following, value = self.kinds[index], self.kinds[index + 1], self.tokens[index].value
        if following in "Mm" and point.day is None and point.month is None:
            if following == "m" and not self._is_figure(index):
                return None
            point.day = value
            return index + 1
        if kind == "O":
            if point.month is None and following == "A" and value < 13 and point.dated:
                point.month = value
                return index + 2
            return None
        if point.day is None and self._is_day(point, index):
            point.day = value
            return index + 1
        return None

    def _is_day(self, point: Point, index: int) -> bool:
        """Whether a number is a day: "Mart 3, 2015", "gelecek ayın 20'si", "Perşembe 21'i", "2018 2-7 Şubat"."""
        token = self.tokens[index]
        if point.month_shift is not None:
            return bool(token.case)
        if point.month is not None:
            month = self.tokens[index - 1]
            on = month.link == "on" or (index > 1 and self.tokens[index - 2].key == "dated")
            return self.kinds[index - 1] in "MmA" and (bool(token.case) or on or self.kinds[index + 1] in _AFTER_DAY)
        if point.weekday is not None:
            return bool(token.case)
        return point.dated and self.kinds[index + 1 : index + 3] == "-d" and self.kinds[index + 3] in "Mm"

    def _day_word(self, index: int) -> Read | None:
        """ "dün", "bugünden", "dünden önceki gün", "evvelsi gün"."""
        token = self.tokens[index]
        base = _DAYS[token.value]
        if token.case == "abl" and self.kinds[index + 1 : index + 3] == "RG":
            return Counted(((1, "d"),), self.tokens[index + 1].value, base), index + 3
        return base, index + 1 + (abs(token.value) == 2 and self.kinds[index + 1] == "G")

    def _begins_with(self, index: int, beginnings: tuple[str, ...]) -> bool:
        """Whether the word at a token begins with one of these."""
        return index < len(self.tokens) and self.tokens[index].key.startswith(beginnings)

    def _decade(self, index: int) -> Read | None:
        """ "1970'ler", "70'lerde", "1990s", "1990er Jahre", "1990-cı illər"."""
        token = self.tokens[index]
        value = token.value + (0 if token.value >= 100 else 1900 if token.value >= 20 else 2000)
        years = self.kinds[index + 1] == "L" or self._begins_with(index + 1, ("yil", "jahr", "illər"))
        sure = token.value >= 100 or token.suffixed or token.case
        if value % 10 or not 1000 <= value <= 2990 or not (years or (sure and token.case != "li")):
            return None  # "doksanlı yaşlarda" is no decade
        return Fixed(cal.Period(cal.year(value).first, cal.year(value + 9).last, "range")), index + 1 + years

    def _century(self, index: int) -> Read | None:
        """ "21. yüzyıl" (which begins in 2000, as in everyday language)."""
        value = self.tokens[index].value
        if self.kinds[index + 1] != "c" or not 2 <= value <= 30:
            return None
        return Fixed(cal.Period(cal.year(100 * value - 100).first, cal.year(100 * value - 1).last, "range")), index + 2

    def _near(self, index: int) -> Read | None:
        """ "geçen hafta", "bu çeyrek", "gelecek bahar", "bu hafta sonu", "gelecek haftadan sonraki hafta"."""
        if self.kinds[index] in "HQ":
            unit = UNITS[self.kinds[index]]
            return (Near(unit, self.tokens[index + 1].value), index + 2) if self.kinds[index + 1] == "r" else None
        start, index = index, self.relation(index)
        if index < 0:
            return None
        steps, following = self.tokens[index].value, self.kinds[index + 1]
        if following == "H":
            return self._near_week(index, steps)
        if following == "G":
            # "önceki gün" is the day before yesterday; "bir önceki gün" and "geçen gün" tell no day
            same = self.tokens[index].key in {"önceki", "onceki"} and start == index
            return (Counted(((2, "d"),), -1), index + 2) if same else None
        if following == "S" and not self.cases[index + 1]:
            return Season(self.tokens[index + 1].value, None, steps), index + 2
        if following in {"Q", "h", "e", "c"}:
            whole = following == "Q" and self.kinds[index + 2] == "L" and not self.cases[index + 2]
            return Near(UNITS[following], steps), index + 2 + whole
        return None

    def _near_week(self, index: int, steps: int) -> Read | None:
        case, kinds = self.cases[index + 1], self.kinds[index + 2 : index + 4]
        if case == "abl" and kinds == "RH":
            return Near("w", steps + self.tokens[index + 2].value), index + 4
        if kinds[:1] == "E" and case != "gen":
            return Weekend(Near("w", steps)), index + 3
        return None if kinds[:1] == "W" else (Near("w", steps), index + 2)
