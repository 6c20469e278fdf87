"""Reads dates counted from another day: "iki gün önce", "son üç ay", "bugünden itibaren iki hafta içinde"."""

from __future__ import annotations

import re

from ozetle.facts.dates.points import UNITS, PointReader, Read
from ozetle.facts.dates.relations import Counted, Last, Same, WeekdayCount, Within

_MAX_AMOUNTS = 4  # "2 yıl 1 ay 1 hafta 21 gün"
_FROM_NOW = frozenset({"bundan"})
_FROM_SOMETHING = re.compile(r"\w{2}[dt][ae]n$")


class CountReader(PointReader):
    """Reads single dates, and those counted from them."""

    def amounts(self, index: int) -> tuple[tuple[tuple[int, str], ...], int] | None:
        """ "2 yıl 1 ay 21 gün"."""
        amounts: list[tuple[int, str]] = []
        while self.kinds[index] in "dn" and self.kinds[index + 1] in UNITS and len(amounts) < _MAX_AMOUNTS:
            if self.tokens[index].value > 10_000 or self.tokens[index].case:
                break
            amounts.append((self.tokens[index].value, UNITS[self.kinds[index + 1]]))
            index += 2
            if self.kinds[index] == "," and self.kinds[index + 1] in "dn" and self.kinds[index + 2] in UNITS:
                index += 1
        return (tuple(amounts), index) if amounts else None

    def counted(self, index: int) -> Read | None:
        """ "iki gün önce", "bir ay sonra", "üç hafta içinde", "iki pazar sonra"."""
        if self.kinds[index - 1] in "d-":
            return None  # "bir iki gün sonra", "5-6 gün içinde" tell no day
        if self.kinds[index] == "d" and self.kinds[index + 1] == "W" and self.kinds[index + 2] in ">B":
            sign = 1 if self.kinds[index + 2] == ">" else -1
            return WeekdayCount(self.tokens[index].value, self.tokens[index + 1].value, sign), index + 3
        found = self.amounts(index)
        if found is None:
            return None
        amounts, end = found
        before = self.tokens[index - 1].key if index > 0 else ""
        if self.kinds[end] in ">B" and before not in _FROM_NOW and _FROM_SOMETHING.search(before):
            return None  # "forumdan bir hafta önce": counted from something that is no date
        kind, key = self.kinds[end], self.tokens[end].key if end < len(self.tokens) else ""
        if kind in ">B" or (kind == "R" and key in {"sonraki", "önceki", "onceki"}):
            return Counted(amounts, -1 if kind == "B" or key in {"önceki", "onceki"} else 1), end + 1
        return (Within(amounts), end + 1) if kind == "I" else None

    def within(self, index: int) -> Read | None:
        """ "within five years", "brenda tre viteve", "в течение пяти лет"."""
        found = self.amounts(index + 1)
        return None if found is None or self.kinds[found[1]] in ">B" else (Within(found[0], ahead=True), found[1])

    def last_units(self, index: int) -> Read | None:
        """ "son üç ay", "geçen 3 yıl", "önümüzdeki iki hafta", "gelecek 3 yıl içinde"."""
        kind = self.kinds[index]
        sign = -1 if kind == "l" else self.tokens[index].value if kind == "R" else 0
        found = self.amounts(index + 1) if sign else None
        if found is None:
            return None
        amounts, end = found
        inside = self.kinds[end] in "IT"
        if sign > 0 and inside:
            return Within(amounts), end + 1
        return (Last(*amounts[0], sign), end + inside) if len(amounts) == 1 else None

    def from_anchor(self, index: int) -> Read | None:
        """ "bugünden iki gün sonra", "dünden iki gün önce", "18 Aralık'tan itibaren 10 gün boyunca"."""
        atom = self.atom(index)
        if atom is None or self.cases[atom[1] - 1] != "abl":
            return None
        anchor, end = atom
        since = self.kinds[end] == "F"
        found = self.amounts(end + since)
        if found is None:
            return None
        amounts, end = found
        kind = self.kinds[end]
        if kind in ">B" and not since:
            return Counted(amounts, -1 if kind == "B" else 1, anchor), end + 1
        if kind in "TI" and since:
            return Within(amounts, None if anchor == Counted(((0, "d"),), 1) else anchor), end + 1
        return None

    def same(self, index: int) -> Read | None:
        """ "geçen yılın aynı dönemi", "2024'ün aynı ayına", "the same period last year", "the same month of 2024"."""
        at, kinds = self.relation(index), self.kinds
        year = None
        if at >= 0 and kinds[at + 1 : at + 3] == "L~":
            unit, steps, end = self.kinds[at + 3], self.tokens[at].value, at + 4
        elif kinds[index] == "Y" and "~" in (kinds[index + 1], kinds[index + 2] if kinds[index + 1] == "L" else ""):
            end = index + 3 + (kinds[index + 1] == "L")
            unit, steps, year = self.kinds[end - 1], 1, self.tokens[index].value
        elif kinds[index] == "~" and kinds[index + 2 : index + 4] in {"RL", "LR", "Lr"}:
            unit, end = self.kinds[index + 1], index + 4
            steps = self.tokens[index + 2 if self.kinds[index + 2] == "R" else index + 3].value
        elif kinds[index] == "~" and kinds[index + 2 : index + 5] == "dLB" and self.tokens[index + 2].value == 1:
            unit, steps, end = kinds[index + 1], -1, index + 5  # "the same month a year earlier"
        elif kinds[index] == "~" and kinds[index + 2] in "YL":
            found = self.point(index + 2)
            if found is None or found[0].year is None or found[0].month is not None:
                return None
            unit, steps, year, end = self.kinds[index + 1], 1, found[0].year, found[1]
        else:
            return None
        return (Same(steps, UNITS.get(unit), year), end) if steps and unit in "PAQGHhL" and unit != "$" else None
