"""Finds date phrases in a list of tokens and says what they mean, as expressions to be resolved later.

A small hand-written parser: at each token the readers that suit it are tried and the longest phrase wins. No
reader looks further back or ahead than a phrase can be long, so the whole is linear in the number of tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ozetle.facts.date_counting import CountReader
from ozetle.facts.date_expressions import Between, Expression, Fixed, Point
from ozetle.facts.date_points import SEPARATING, UNITS, Read
from ozetle.facts.date_relations import (
    Counted,
    Near,
    Part,
    Season,
    ThisYears,
    Until,
    Weekend,
    WeekOf,
)
from ozetle.facts.date_tokens import Token

_EDGES = {"b": "start", "o": "middle", "E": "end"}
_WHOLE = {"L": Point(year_shift=0), "A": Point(month_shift=0), "H": Near("w", 0)}
_NO_DATE_BEHIND = frozenset({"her", "hər", "every", "jeden", "çdo", "каждый"})
# "6 Şubat depremleri", "15 Temmuz darbe girişimi": remembered days of other years
_REMEMBERED = ("deprem", "darbe", "saldiri", "şehit", "demokrasi", "muhtira", "zafer", "süreci", "ruhu")
_NOT_BEFORE = ("namaz", "hutbe")  # "Cuma namazı"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date phrase: tokens from `first` to `last`, both inclusive, and what they mean."""

    first: int
    last: int
    meaning: Expression


def find_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """All date phrases, in order, not overlapping."""
    parser = _PhraseReader(tokens)
    phrases: list[Phrase] = []
    index = 0
    while index < len(tokens):
        found = parser.phrase(index) if tokens[index].kind not in "x,-." else None
        if found is None:
            index += 1
            continue
        meaning, end = found
        phrases.append(Phrase(index, end - 1, meaning))
        index = end
    return phrases


class _PhraseReader(CountReader):
    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        date, amount = (self._standing, self._range, self.from_anchor), (self.counted, self._part_before)
        # by the kind of the first token
        self._readers: dict[str, tuple[Callable[[int], Read | None], ...]] = {
            **dict.fromkeys("YZMmWwD#/C", date),
            **dict.fromkeys("LAH", (*date, self._edge_of_now, self._part_before)),
            **dict.fromkeys("dO", (*date, *amount, self.same)),
            **dict.fromkeys("Qh", (self._part_before,)),
            **dict.fromkeys("fl", (self._standing, self.last_units, self._part_before)),
            "n": (*date, *amount),
            "R": (*date, self.same, self.last_units),
            "~": (self.same,),
            "<": (self._between,),
            "K": (self._until,),
        }

    def phrase(self, index: int) -> Read | None:
        """The longest date phrase that begins at a token."""
        if index and self._is_habit(index):
            return None
        found = [result for reader in self._readers.get(self.kinds[index], ()) if (result := reader(index)) is not None]
        longest = max(found, key=lambda result: result[1], default=None)
        if longest is not None and self.kind(longest[1]) == "K" and self.case(longest[1] - 1) == "dat":
            return Until(longest[0]), longest[1] + 1  # "2028'e kadar"
        return longest

    def _until(self, index: int) -> Read | None:
        """ "deri në vitin 2025", "until March 2026"."""
        found = self._standing(index + 1) or self.atom(index + 1)
        return None if found is None or isinstance(found[0], Until) else (Until(found[0]), found[1])

    def _is_habit(self, index: int) -> bool:
        """ "her geçen gün", "her yıl ekim ayında"."""
        if self.tokens[index - 1].key in _NO_DATE_BEHIND:
            return True
        return index > 1 and self.kind(index - 1) in "LAHG" and self.tokens[index - 2].key in _NO_DATE_BEHIND

    # --- a date and its parts

    def _standing(self, index: int) -> Read | None:
        """A date that stands alone, or its parts: "2025'in üçüncü çeyreğinde", "mayısın ilk cuması"."""
        atom = self.atom(index)
        if atom is None:
            return self._part_of_now(index)
        meaning, end = atom
        parted = self._parts(meaning, end)
        if parted is not None:
            return parted
        if not self._can_stand(meaning, index, end):
            return None
        return meaning, end + (self.kind(end) == "T")

    def _parts(self, whole: Expression, index: int) -> Read | None:
        if isinstance(whole, Point) and whole.weekday is not None and whole.day is None:
            return None
        found = step = self._part(whole, index)
        while step is not None:
            found = step
            step = None if self.case(found[1] - 1) in SEPARATING else self._part(*found)
        return found

    def _part(self, whole: Expression, index: int) -> Read | None:
        kind, following, before = self.kind(index), self.kind(index + 1), self.case(index - 1)
        if before in SEPARATING and not (before == "ki" and kind in _EDGES):
            return None
        if kind in _EDGES:
            hearth = self.kind(index - 1) == "M" and not before and self.tokens[index].key == "başi"  # "ocak başı"
            return None if hearth else (Part(whole, _EDGES[kind]), index + 1)
        if kind == "S" and isinstance(whole, Point) and whole.month is None:
            return Season(self.tokens[index].value, whole), index + 1
        if kind == "g" and following == "k":
            return Part(whole, "rest"), index + 2
        if kind == "H" and isinstance(whole, Point) and whole.day is not None and self.case(index):
            return WeekOf(whole), index + 1
        chosen = self._choice(index)
        if chosen is None and isinstance(whole, Point) and whole.month is None and self._is_month_count(index):
            chosen = self._unit_of_choice(index, 1, self.tokens[index].value)
        return None if chosen is None else (replace(chosen[0], whole=whole), chosen[1])

    def _is_month_count(self, index: int) -> bool:
        """ "(bu yılın) 10 ayında", "(bu yılın) 9 aylık döneminde"."""
        if self.kind(index) != "d" or not 2 <= self.tokens[index].value <= 12:
            return False
        return self.kind(index + 1) == "a" or (self.kind(index + 1) == "A" and self.case(index + 1) != "")

    def _choice(self, index: int) -> tuple[Part, int] | None:
        """ "ilk 10 ay", "son çeyrek", "üçüncü haftası", "ilk cuma günü", as a part of a whole not yet known."""
        kind, number, count = self.kind(index), 0, 0
        if kind == "O":
            number = self.tokens[index].value
        elif kind in "fl":
            number = 1 if kind == "f" else -1
            if self.kind(index + 1) == "d":
                index, count = index + 1, self.tokens[index + 1].value
        if not number:
            return None
        return self._unit_of_choice(index, number, count)

    def _unit_of_choice(self, index: int, number: int, count: int) -> tuple[Part, int] | None:
        """What is chosen, behind the token that says which: "… çeyrek", "… cuma günü", "… 9 aylık dönem"."""
        unit = self.kind(index + 1)
        if unit == "a" and count:
            return Part(Point(), "m", number, count), index + 2 + (self.kind(index + 2) == "P")
        if unit == "W" and not count:
            end = index + 2 + (self.kind(index + 2) == "G")
            return Part(Point(), f"W{self.tokens[index + 1].value}", number), end
        if unit in ("Q", "h", "H", "A", "G"):
            end = index + 2 + (unit == "Q" and self.kind(index + 2) == "L")
            return Part(Point(), UNITS[unit], number, count), end
        return None

    def _part_of_now(self, index: int) -> Read | None:
        """Parts of the reference's year, month or week: "üçüncü çeyrekte", "yılın ilk yarısında", "ayın 15'inde"."""
        kind = self.kind(index)
        if kind in "Ofl":
            return self._part_of_this_year(index)
        if kind == "d" and self.case(index) == "poss" and self.kind(index + 1) == "H" and self.case(index + 1):
            return WeekOf(Point(day=self.tokens[index].value)), index + 2
        if kind not in _WHOLE or self.case(index) != "gen":
            return None
        if kind == "A" and self.kind(index + 1) == "d" and self.case(index + 1):
            return Point(month_shift=0, day=self.tokens[index + 1].value), index + 2
        return self._parts(_WHOLE[kind], index + 1)

    def _part_of_this_year(self, index: int) -> Read | None:
        """ "üçüncü çeyrekte", "ilk 9 ayda": the year left out. "İlk ay" and "son gün" may be of anything."""
        chosen = self._choice(index)
        if chosen is None or chosen[0].unit not in {"q", "m"} or (chosen[0].unit == "m" and not chosen[0].count):
            return None
        part, end = chosen
        if part.unit == "m" and (
            part.number < 0 or not 2 <= part.count <= 11 or self.case(end - 1) not in {"loc", "poss"}
        ):
            return None
        return ThisYears(replace(part, whole=_WHOLE["L"])), end

    def _part_before(self, index: int) -> Read | None:
        """Other languages have the part first: "the first ten months of 2025", "tremujori i tretë i vitit 2025"."""
        chosen = self._choice(index)
        if chosen is None and self.kind(index) in "QhH" and self.kind(index + 1) in "Of":
            number = self.tokens[index + 1].value if self.kind(index + 1) == "O" else 1
            chosen = Part(Point(), UNITS[self.kind(index)], number), index + 2
        if chosen is None or not (self.kind(chosen[1]) in "YL" or self.relation(chosen[1]) >= 0):
            return None
        found = self.point(chosen[1])
        if found is None or found[0].month is not None or found[0].weekday is not None:
            return None
        return replace(chosen[0], whole=found[0]), found[1]

    def _edge_of_now(self, index: int) -> Read | None:
        """ "yıl sonunda", "ay başında", "hafta sonu", "yıl boyunca": of the reference's year, month or week."""
        kind, following = self.kind(index), self.kind(index + 1)
        if kind not in _WHOLE or self.case(index) not in {"", "gen"} or self.kind(index - 1) in "RYdnOfl~":
            return None
        if kind == "H" and following == "E" and not self.case(index):
            return Weekend(_WHOLE["H"]), index + 2
        if following in _EDGES:
            return Part(_WHOLE[kind], _EDGES[following]), index + 2
        if following == "T" and kind != "H":
            return _WHOLE[kind], index + 2
        return (_WHOLE["H"], 1) if kind == "H" and len(self.tokens) == 1 else None

    # --- which dates may stand alone

    def _can_stand(self, meaning: Expression, index: int, end: int) -> bool:
        """Whether a date may stand alone, or needs a companion to be told from a number, a name or a common noun."""
        if isinstance(meaning, Counted) and self.case(end - 1) == "dat" and self.kind(end) == "K":
            return False  # "bugüne kadar" names no day
        if not isinstance(meaning, Point):
            return True
        kinds, alone = self.kinds[index:end], len(self.tokens) == 1
        token = self.tokens[index]
        if meaning.month is not None or meaning.month_shift is not None:
            following = self.tokens[end].key if end < len(self.tokens) else ""
            if meaning.day is not None and meaning.year is None and following.startswith(_REMEMBERED):
                return False
            asof = following.startswith("itibari")
            return kinds != "M" or alone or token.prefixed or asof or token.case in {"loc", "abl", "dat", "ki"}
        if meaning.weekday is not None:
            if kinds not in {"W", "w"}:
                return True
            return alone or (kinds == "W" and self._is_weekday(index))
        if meaning.day is not None:
            return False
        return "L" in kinds or "Z" in kinds or alone or token.suffixed or bool(token.case) or token.prefixed

    def _is_weekday(self, index: int) -> bool:
        """Whether a bare word is a weekday: "pazar" is a market more often, and "cuma namazı" a prayer."""
        key, following = self.tokens[index].key, self.tokens[index + 1].key if index + 1 < len(self.tokens) else ""
        market = key.startswith("pazar") and not key.startswith("pazartesi")
        return not market and not following.startswith(_NOT_BEFORE)

    # --- ranges

    def _range(self, index: int) -> Read | None:
        """ "10-11 Haziran 2025", "ocak-ekim", "4'ünden 22'sine kadar", "2 Ekim ve 22 Ekim arası"."""
        left = self._side(index)
        if left is None:
            return None
        first, end = left
        case, kind = self.case(end - 1), self.kind(end)
        if kind == "-":
            if self.kinds[end : end + 3] == "-d-":  # "2-3-4 Mart"
                end += 2
            return self._closed(first, self._side(end + 1), dash=True)
        if case == "abl":
            right = self._side(end)
            if right is None or self.case(right[1] - 1) != "dat":
                return None
            return self._closed(first, (right[0], right[1] + (self.kind(right[1]) == "K")))
        if kind != "V" and case != "ins":
            return None
        right = self._side(end + (kind == "V"))
        if right is None:
            return None
        if self.kind(right[1]) == "X" or self.kinds[right[1] : right[1] + 2] in {"PX", "pX"}:
            return self._closed(first, right)
        # "17 ve 18 Şubat" are two days in a row; "5 ve 12 Şubat" are not one stretch
        days = isinstance(first, Point) and isinstance(right[0], Point) and first == Point(day=(right[0].day or 0) - 1)
        return self._closed(first, right, dash=True) if days else None

    def _side(self, index: int) -> Read | None:
        """One side of a range; a bare number is a day there."""
        atom = self.atom(index)
        if atom is not None:
            return atom
        token = self.tokens[index] if index < len(self.tokens) else None
        if token is not None and token.kind == "d":
            end = index + 1
            year = self.kind(end) == "," and self.kind(end + 1) == "Y"
            if year or (self.kind(end) == "Y" and self.kind(index - 1) == "-"):  # "March 3-5, 2026"
                return Point(year=self.tokens[end + year].value, day=token.value), end + year + 1
            return Point(day=token.value), end
        if token is not None and token.kind == "/" and token.date is not None and token.date[1] <= 12:
            return Point(month=token.date[1], day=token.date[2]), index + 1
        return None

    def _closed(self, first: Expression, right: Read | None, *, dash: bool = False) -> Read | None:
        if right is None or not _fit(first, right[0], dash=dash):
            return None
        end = right[1]
        end += self.kind(end) == "P" or self.kinds[end : end + 2] == "pX"  # "döneminde", "tarihleri arasında"
        end += self.kind(end) == "X"
        return Between(first, right[0]), end

    def _between(self, index: int) -> Read | None:
        """ "midis janarit dhe nëntorit 2025", "between 3 and 5 May"."""
        left = self._side(index + 1) if self.kind(index) == "<" else None
        if left is None or self.kind(left[1]) not in "VK-":
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


def _is_bare_day(point: Point) -> bool:
    return point.day is not None and point.month is None and point.month_shift is None and point.weekday is None
