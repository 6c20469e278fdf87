"""Reads dates cut from another period: "2025'in üçüncü çeyreğinde", "ilk on ayda", "yıl sonunda", "mayıs başı"."""

from __future__ import annotations

from dataclasses import replace

from ozetle.facts.dates.counting import CountReader
from ozetle.facts.dates.expressions import Expression, Point
from ozetle.facts.dates.part_expressions import EdgeOfNow, Part, ThisYears, WeekOf
from ozetle.facts.dates.points import SEPARATING, THIS, UNITS, Read
from ozetle.facts.dates.relations import Season, Weekend

_PARTS = frozenset("boESgkIHOfld")  # kinds with which a part can begin
_EDGES = {"b": "start", "o": "middle", "E": "end"}
_EDGES_BEFORE = {"s": "start", "y": "middle", "z": "end"}
# "the first six months of the project" are none of the year's
_GENITIVE = frozenset({"of", "des", "der", "e", "i", "të", "së", "من"})
# prepositions of time that are no linking words, because they stand before amounts as well: "over 2000 lorries"
_THROUGHOUT = frozenset({"over", "for", "across", "throughout"})


class PartReader(CountReader):
    """Reads single dates, those counted from them, and their parts."""

    def _parts(self, whole: Expression, index: int) -> Read | None:
        if isinstance(whole, Point) and whole.weekday is not None and whole.day is None:
            return None
        found = step = self._part(whole, index)
        while step is not None:
            found = step
            step = None if self.cases[found[1] - 1] in SEPARATING else self._part(*found)
        return found

    def _part(self, whole: Expression, index: int) -> Read | None:
        kind = self.kinds[index]
        if kind not in _PARTS:
            return None
        before = self.cases[index - 1]
        if before in SEPARATING and not (before == "ki" and kind in _EDGES) and not self._is_months_of(whole, index):
            return None
        if kind in _EDGES:
            if isinstance(whole, Point) and whole.day is not None:
                return None  # a day has no end
            hearth = self.kinds[index - 1] == "M" and not before and self.tokens[index].key == "başi"  # "ocak başı"
            return None if hearth else (Part(whole, _EDGES[kind]), index + 1)
        if kind == "S" and isinstance(whole, Point) and whole.month is None:
            return Season(self.tokens[index].value, whole), index + 1
        if (rest := self._rest(index)) >= 0:
            return Part(whole, "rest"), rest
        if kind == "H" and isinstance(whole, Point) and whole.day is not None and self.cases[index]:
            return WeekOf(whole), index + 1
        chosen = self._choice(index)
        if chosen is None and isinstance(whole, Point) and whole.month is None and self._is_month_count(index):
            chosen = self._unit_of_choice(index, 1, self.tokens[index].value)
        return None if chosen is None else (replace(chosen[0], whole=whole), chosen[1])

    def _is_months_of(self, whole: Expression, index: int) -> bool:
        """ "2025'te ilk 8 ayda"."""
        year = isinstance(whole, Point) and whole.month is None and whole.dated
        return year and self.kinds[index] == "f" and self.kinds[index + 1] == "d" and self.kinds[index + 2] in "Aa"

    def _rest(self, index: int) -> int:
        """The token behind "(yılın) geri kalanında", "ilerleyen aylarında", "(bu ay) içinde daha sonra", or -1."""
        if self.kinds[index] == "g":
            return index + 2 if self.kinds[index + 1] == "k" else -1
        if self.kinds[index] == "k" and not self.tokens[index].key.startswith("kalani"):
            return index + 1
        if self.kinds[index] == "I":
            index += 1 + (index + 1 < len(self.tokens) and self.tokens[index + 1].key == "daha")
            return index + 1 if self.kinds[index] == ">" else -1
        return -1

    def _is_month_count(self, index: int) -> bool:
        """ "(bu yılın) 10 ayında", "(bu yılın) 9 aylık döneminde"."""
        if self.kinds[index] != "d" or not 2 <= self.tokens[index].value <= 12:
            return False
        return self.kinds[index + 1] == "a" or (self.kinds[index + 1] == "A" and self.cases[index + 1] != "")

    def _choice(self, index: int) -> tuple[Part, int] | None:
        """ "ilk 10 ay", "son çeyrek", "üçüncü haftası", "ilk cuma günü", as a part of a whole not yet known."""
        kind, number, count = self.kinds[index], 0, 0
        if kind == "O":
            number = self.tokens[index].value
        elif kind in "fl":
            number = 1 if kind == "f" else -1
            if self.kinds[index + 1] == "d":
                index, count = index + 1, self.tokens[index + 1].value
        if not number:
            return None
        return self._unit_of_choice(index, number, count)

    def _unit_of_choice(self, index: int, number: int, count: int) -> tuple[Part, int] | None:
        """What is chosen, behind the token that says which: "… çeyrek", "… cuma günü", "… 9 aylık dönem"."""
        unit = self.kinds[index + 1]
        if unit == "a" and count:
            return Part(Point(), "m", number, count), index + 2 + (self.kinds[index + 2] == "P")
        if unit == "W" and not count:
            end = index + 2 + (self.kinds[index + 2] == "G")
            return Part(Point(), f"W{self.tokens[index + 1].value}", number), end
        if unit in ("Q", "h", "H", "A", "G"):
            end = index + 2 + (unit == "Q" and self.kinds[index + 2] == "L")
            return Part(Point(), UNITS[unit], number, count), end
        return None

    def _part_of_now(self, index: int) -> Read | None:
        """Parts of the reference's year, month or week: "üçüncü çeyrekte", "yılın ilk yarısında", "ayın 15'inde"."""
        kind = self.kinds[index]
        if kind in "Ofl":
            return self._part_of_this_year(index)
        if kind in _EDGES_BEFORE:
            return self._edge_before(index)
        if kind == "S":
            return (Season(self.tokens[index].value), index + 2) if self.kinds[index + 1] == "P" else None
        if kind == "d" and self.cases[index] == "poss" and self.kinds[index + 1] == "H" and self.cases[index + 1]:
            return WeekOf(Point(day=self.tokens[index].value)), index + 2
        if kind not in THIS or self.cases[index] != "gen":
            return None
        if kind == "A" and self.kinds[index + 1] == "d" and self.cases[index + 1]:
            return Point(month_shift=0, day=self.tokens[index + 1].value), index + 2
        return self._parts(THIS[kind], index + 1)

    def _edge_before(self, index: int) -> Read | None:
        """ "end of 2025", "early March", "fin mars 2026", "në fund të vitit"."""
        which, kind = _EDGES_BEFORE[self.kinds[index]], self.kinds[index + 1]
        found = self.point(index + 1)
        if found is not None:
            return (Part(found[0], which), found[1]) if found[0].day is None and found[0].weekday is None else None
        return (EdgeOfNow(kind, which), index + 2) if kind in THIS else None

    def _part_of_this_year(self, index: int) -> Read | None:
        """ "üçüncü çeyrekte", "ilk 9 ayda": the year left out. "İlk ay" and "son gün" may be of anything."""
        chosen = self._choice(index)
        if chosen is None or chosen[0].unit not in {"q", "m"} or (chosen[0].unit == "m" and not chosen[0].count):
            return None
        part, end = chosen
        adverbial = self.cases[end - 1] in {"loc", "poss"} or self._is_prepositional(index, end)
        if part.unit == "m" and (part.number < 0 or not 2 <= part.count <= 11 or not adverbial):
            return None
        return ThisYears(replace(part, whole=THIS["L"])), end

    def _is_prepositional(self, index: int, end: int) -> bool:
        """Whether a preposition stands before a phrase and nothing in the genitive behind: "in the first months"."""
        before, following = self.tokens[index].link, self.tokens[end].link if end < len(self.tokens) else ""
        if before == "the":
            before = "" if index == 0 or self.tokens[index - 1].key not in _THROUGHOUT else before
        return before not in {"", *_GENITIVE} and following not in _GENITIVE

    def _part_before(self, index: int) -> Read | None:
        """Other languages have the part first: "the first ten months of 2025", "tremujori i tretë i vitit 2025"."""
        found = self._part_named_first(index)
        if found is None:
            return None
        part, end = found
        if self.kinds[end] in "YL" or self.relation(end) >= 0:
            point = self.point(end)
            if point is not None:
                if point[0].month is not None or point[0].weekday is not None:
                    return None
                return replace(part, whole=point[0]), point[1]
        if part.number < 0 or part.unit not in {"m", "h", "q"} or self.tokens[index].case:
            return None
        this_year = ThisYears(replace(part, whole=THIS["L"]))
        if self.kinds[end] == "L":
            return this_year, end + 1  # "the first half of the year"
        if self.kinds[index : index + 2] == "dA" and end == index + 2:
            return None  # "за 11 месяцев"
        half_year = part.unit == "h" and self.tokens[index + (self.kinds[index] != "h")].value == 1
        whole_known = half_year or part.unit == "q" or (part.unit == "m" and 2 <= part.count <= 11)
        return (this_year, end) if whole_known and self._is_prepositional(index, end) else None

    def _part_named_first(self, index: int) -> tuple[Part, int] | None:
        """The part before its whole is named: "first half", "muajt e parë", "11-mujorin e parë", "11 месяцев"."""
        kinds = self.kinds[index : index + 4]
        if kinds[:1] == "u":
            return Part(Point(), "m", 1, self.tokens[index].value), index + 1 + (kinds[1:2] == "f")
        if kinds == "d-af":
            return Part(Point(), "m", 1, self.tokens[index].value), index + 4
        chosen = self._choice(index)
        if chosen is None and self.kinds[index] == "d" and self.kinds[index + 1] == "f":  # "les dix premiers mois"
            chosen = self._unit_of_choice(index + 1, 1, self.tokens[index].value)
        if chosen is None and self.kinds[index] in "QhH" and self.kinds[index + 1] in "Of":
            number = self.tokens[index + 1].value if self.kinds[index + 1] == "O" else 1
            chosen = Part(Point(), UNITS[self.kinds[index]], number), index + 2
        if chosen is None and self.kinds[index : index + 3] in {
            "Adf",
            "dAf",
        }:  # "الأشهر التسعة الأولى", "nëntë muajt e parë"
            count = self.tokens[index + (self.kinds[index] == "A")].value
            chosen = Part(Point(), "m", 1, count), index + 3
        if chosen is None and kinds[:2] == "dA" and 2 <= self.tokens[index].value <= 11 and self.tokens[index].link:
            chosen = Part(Point(), "m", 1, self.tokens[index].value), index + 2
        return chosen

    def _edge_of_now(self, index: int) -> Read | None:
        """ "yıl sonunda", "ay başında", "hafta sonu", "yıl boyunca": of the reference's year, month or week."""
        kind, following = self.kinds[index], self.kinds[index + 1]
        if kind not in THIS or self.cases[index] not in {"", "gen"} or self.kinds[index - 1] in "RYdnOfl~":
            return None
        if (rest := self._rest(index + 1)) >= 0:
            return Part(THIS[kind], "rest"), rest
        if kind == "H" and following == "E" and not self.cases[index]:
            return Weekend(THIS["H"]), index + 2
        if following in _EDGES:
            since = following == "b" and self.kinds[index + 2] == "F"
            return EdgeOfNow(kind, _EDGES[following], since), index + 2 + since
        if following in "TI" and (kind != "H" or following == "I") and not self.cases[index]:
            return THIS[kind], index + 2
        return (THIS["H"], 1) if kind == "H" and len(self.tokens) == 1 else None
