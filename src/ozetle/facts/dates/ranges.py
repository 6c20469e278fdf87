"""Reads stretches named by their ends: "10-11 Haziran 2025", "ocak ile ekim arası", "4'ünden 22'sine kadar"."""

from __future__ import annotations

from ozetle.facts.dates.expressions import Between, Expression, Fixed, Point
from ozetle.facts.dates.part_parser import PartReader
from ozetle.facts.dates.points import Read


class RangeReader(PartReader):
    """Reads single dates, those counted or cut from them, and stretches between two."""

    def stretch(self, index: int) -> Read | None:
        """ "10-11 Haziran 2025", "ocak-ekim", "4'ünden 22'sine kadar", "2 Ekim ve 22 Ekim arası"."""
        left = self._side(index)
        if left is None:
            return None
        first, end = left
        case, kind = self.cases[end - 1], self.kinds[end]
        if kind in "-v" or (kind == "K" and not case and self._goes_on(first, end)):  # "10. bis 12. Mai"
            if self.kinds[end : end + 3] == "-d-" or (
                self.kinds[end : end + 3] == "-M-" and _in_a_row(first, Point(month=self.tokens[end + 1].value))
            ):  # "2-3-4 Mart", "eylül-ekim-kasım"
                end += 2
            return self._closed(first, self._side(end + 1), dash=True)
        if kind == "|":
            return self._season_year(first, end)
        if case == "abl":
            right = self._side(end)
            if right is None or self.cases[right[1] - 1] not in {"dat", "until"}:
                return None
            return self._closed(first, (right[0], right[1] + (self.kinds[right[1]] == "K")), worded=True)
        if kind != "V" and case != "ins":
            return None
        right = self._side(end + (kind == "V"))
        if right is None:
            return None
        if self.kinds[right[1]] == "X" or self.kinds[right[1] : right[1] + 2] in {"PX", "pX"}:
            return self._closed(first, right, worded=True)
        word = self.tokens[end].key if kind == "V" else ""
        dates = self.kinds[right[1]] == "p" and word != "ve"  # "3 ile 5 Mart tarihlerinde"
        return self._closed(first, right, dash=True) if dates or _in_a_row(first, right[0]) else None

    def _goes_on(self, first: Expression, until: int) -> bool:
        """Whether "until" stands between two dates: "10. bis 12. Mai", "Januar bis November"; not in "May by June"."""
        return _is_bare_day(first) or (
            isinstance(first, Point)
            and first.monthly
            and self.tokens[until].key != "by"
            and self.kinds[until + 1] in "Md#"
        )

    def _season_year(self, first: Expression, slash: int) -> Read | None:
        """ "2024/2025 sezonu", "2025/26"."""
        if (
            not isinstance(first, Point)
            or first.year is None
            or first.month is not None
            or slash + 1 >= len(self.tokens)
        ):
            return None
        token = self.tokens[slash + 1]
        if len(token.key) not in {2, 4} or token.value not in {first.year + 1, (first.year + 1) % 100}:
            return None
        return Between(first, Point(year=first.year + 1)), slash + 2

    def _side(self, index: int) -> Read | None:
        """One side of a range; a bare number is a day there."""
        atom = self.atom(index)
        if atom is not None:
            return atom
        token = self.tokens[index] if index < len(self.tokens) else None
        if token is not None and token.kind == "d":
            end = index + 1
            year = self.kinds[end] == "," and self.kinds[end + 1] == "Y"
            if year or (self.kinds[end] == "Y" and self.kinds[index - 1] == "-"):  # "March 3-5, 2026"
                return Point(year=self.tokens[end + year].value, day=token.value), end + year + 1
            return Point(day=token.value), end
        if token is not None and token.kind == "/" and token.date is not None and token.date[1] <= 12:
            return Point(month=token.date[1], day=token.date[2]), index + 1
        return None

    def _closed(
        self, first: Expression, right: Read | None, *, dash: bool = False, worded: bool = False
    ) -> Read | None:
        if right is None or not _fit(first, right[0], dash=dash):
            return None
        end = right[1]
        end += self.kinds[end] == "P" or self.kinds[end : end + 2] == "pX"  # "döneminde", "tarihleri arasında"
        end += self.kinds[end] == "X"
        return Between(first, right[0], worded), end

    def between(self, index: int) -> Read | None:
        """ "midis janarit dhe nëntorit 2025", "between 3 and 5 May"."""
        left = self._side(index + 1) if self.kinds[index] == "<" else None
        if left is None or self.kinds[left[1]] not in "VvK-":
            return None
        return self._closed(left[0], self._side(left[1] + 1))


def _fit(first: Expression, last: Expression, *, dash: bool) -> bool:
    """Whether two dates can be the ends of one range."""
    if not (isinstance(first, Point) and isinstance(last, Point)):
        return isinstance(first, Fixed) and isinstance(last, Fixed)
    if _is_bare_day(first):
        return last.day is not None and not _is_bare_day(last)
    if _is_bare_day(last):
        return first.day is not None
    if first.weekday is not None and first.day is None and dash:
        return last.weekday is not None
    if first.year is not None and last.year is not None and first.month is None and last.month is None:
        return 0 < last.year - first.year <= 100
    return True


def _is_bare_day(point: Expression) -> bool:
    return (
        isinstance(point, Point)
        and point.day is not None
        and point.month is None
        and point.month_shift is None
        and point.weekday is None
    )


def _in_a_row(first: Expression, last: Expression) -> bool:
    """Whether two days or months follow each other and so are one stretch: "17 ve 18 Şubat", "ekim ve kasım"."""
    if not (isinstance(first, Point) and isinstance(last, Point)):
        return False
    return first in (Point(day=(last.day or 0) - 1), Point(month=(last.month or 0) - 1)) and (
        first.day is not None or last.day is None
    )
