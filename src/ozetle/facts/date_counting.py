"""Reads dates counted from another day: "iki gün önce", "son üç ay", "bugünden itibaren iki hafta içinde"."""

from __future__ import annotations

import re

from ozetle.facts.date_points import UNITS, PointReader, Read
from ozetle.facts.date_relations import Counted, Last, Same, Within

_MOST_AMOUNTS = 4  # "2 yıl 1 ay 1 hafta 21 gün"
_FROM_SOMETHING = re.compile(r"\w{2}[dt][ae]n$")


class CountReader(PointReader):
    """Reads single dates, and those counted from them."""

    def amounts(self, index: int) -> tuple[tuple[tuple[int, str], ...], int] | None:
        """ "2 yıl 1 ay 21 gün"."""
        amounts: list[tuple[int, str]] = []
        while self.kind(index) in "dn" and self.kind(index + 1) in UNITS and len(amounts) < _MOST_AMOUNTS:
            if self.tokens[index].value > 10_000 or self.tokens[index].case:
                break
            amounts.append((self.tokens[index].value, UNITS[self.kind(index + 1)]))
            index += 2
            if self.kind(index) == "," and self.kind(index + 1) in "dn" and self.kind(index + 2) in UNITS:
                index += 1
        return (tuple(amounts), index) if amounts else None

    def counted(self, index: int) -> Read | None:
        """ "iki gün önce", "bir ay sonra", "üç hafta içinde"."""
        found = self.amounts(index)
        if found is None or self.kind(index - 1) in "d-":
            return None  # "bir iki gün sonra", "5-6 gün içinde" tell no day
        amounts, end = found
        if self.kind(end) in "AB" and index > 0 and _FROM_SOMETHING.search(self.tokens[index - 1].key):
            return None  # "forumdan bir hafta önce": counted from something that is no date
        kind, key = self.kind(end), self.tokens[end].key if end < len(self.tokens) else ""
        if kind in "AB" or (kind == "R" and key in {"sonraki", "önceki"}):
            return Counted(amounts, -1 if kind == "B" or key == "önceki" else 1), end + 1
        return (Within(amounts), end + 1) if kind == "I" else None

    def last_units(self, index: int) -> Read | None:
        """ "son üç ay", "geçen 3 yıl", "önümüzdeki iki hafta", "gelecek 3 yıl içinde"."""
        kind = self.kind(index)
        sign = -1 if kind == "l" else self.tokens[index].value if kind == "R" else 0
        found = self.amounts(index + 1) if sign else None
        if found is None:
            return None
        amounts, end = found
        inside = self.kind(end) in "IT"
        if sign > 0 and inside:
            return Within(amounts), end + 1
        return (Last(*amounts[0], sign), end + inside) if len(amounts) == 1 else None

    def from_anchor(self, index: int) -> Read | None:
        """ "bugünden iki gün sonra", "dünden iki gün önce", "18 Aralık'tan itibaren 10 gün boyunca"."""
        atom = self.atom(index)
        if atom is None or self.case(atom[1] - 1) != "abl":
            return None
        anchor, end = atom
        since = self.kind(end) == "F"
        found = self.amounts(end + since)
        if found is None:
            return None
        amounts, end = found
        kind = self.kind(end)
        if kind in "BA" and not since:
            return Counted(amounts, -1 if kind == "B" else 1, anchor), end + 1
        if kind in "TI" and since:
            return Within(amounts, None if anchor == Counted(((0, "d"),), 1) else anchor), end + 1
        return None

    def same(self, index: int) -> Read | None:
        """ "geçen yılın aynı dönemi", "bir önceki yılın aynı ayına", "the same period last year"."""
        at = self.relation(index)
        if at >= 0 and self.kinds[at + 1 : at + 3] == "L~":
            unit, steps, end = self.kind(at + 3), self.tokens[at].value, at + 4
        elif self.kind(index) == "~" and self.kinds[index + 2 : index + 4] in {"RL", "LR"}:
            unit, end = self.kind(index + 1), index + 4
            steps = self.tokens[index + 2 if self.kind(index + 2) == "R" else index + 3].value
        else:
            return None
        return (Same(steps, UNITS.get(unit)), end) if steps and unit in "PAQGHhL" and unit != "$" else None
