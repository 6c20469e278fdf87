"""Finds date phrases in a list of lexemes and says what they mean, as expressions to be resolved later.

A small hand-written parser: at each token the readers that suit it are tried and the longest phrase wins. No
reader looks further back or ahead than a phrase can be long, so the whole is linear in the number of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ozetle.facts.dates.expressions import Between, Expression, Listed, Point
from ozetle.facts.dates.points import Read
from ozetle.facts.dates.ranges import RangeReader
from ozetle.facts.dates.relations import Counted, Until
from ozetle.facts.dates.tokens import Lexeme
from ozetle.facts.tables import load_table

_BEGINS = re.compile(r"[^x,\-.|$()]")  # kinds with which a phrase can begin
_JOINS = frozenset("-VvK|")  # kinds that stand between the two dates of a stretch
_NO_DATE_BEHIND = frozenset({"her", "hər", "every", "jeden", "çdo", "каждый"})
# "6 Şubat depremleri", "15 Temmuz darbe girişimi": remembered days of other years
_REMEMBERED = ("deprem", "darbe", "saldiri", "şehit", "demokrasi", "muhtira", "zafer", "süreci", "ruhu")
_LONGEST_LIST = 12  # tokens
# "22'sinde yapılacak" is a day, "şirketlerin 22'sinde", "yüzde 22'sinde" a share
_SHARE_REACH = 6  # tokens
_SHARES = frozenset({"yüzde", "binde", "%", "sadece", "yalnizca", "tam", "toplam"})
_GENITIVE = re.compile(r"\w(?:n?[iuü]n|l[ae]rd[ae]n)$")
_NOT_BEFORE = ("namaz", "hutbe")  # "Cuma namazı"
_DAYS_LISTED = re.compile(r"(?:[dO]\.?,){0,11}[dO]\.?(?:,?V|,)(?=[dO][Mm])")
_DAYS_BEHIND = re.compile("M(?:d,){0,11}d,?Vd(?:,?Y)?(?![Mm])")
_MONTHS_LISTED = re.compile("(?:M,){1,11}(?:M?,?V)?(?=M)|M,?V(?=M)")
# "2035 hedefi": nouns that a bare year stands before
_PLANNED = (
    "hedef", "vizyon", "strateji", "eylem", "bütçe", "bilanço", "ihracat", "ithalat", "büyüme", "enflasyon", "tahmin",
    "beklenti", "rapor", "sezon", "verileri", "rakamlari", "sonuçlari", "programi", "plani", "zirve",
)  # fmt: skip
_WEEKDAYS = re.compile(r"\([Ww](?:[-,VvK][Ww]){1,6}\)")
_NAMELY = frozenset({"yani", "namely", "nämlich"})
_WITH = frozenset({"ile", "ilə"})
_OUR_YEARS = 1700, 2500  # other calendars count fewer, or more
_ERA_REACH = 4  # tokens


@cache
def _proper_names() -> dict[str, re.Pattern[str]]:
    table = load_table("dates", "proper_names")
    return {name: re.compile(pattern) for name, pattern in table.items() if name != "about"}


class Phrase(NamedTuple):
    """A date phrase: tokens from `first` to `last`, both inclusive, and what they mean."""

    first: int
    last: int
    meaning: Expression


def _longest(first: Read | None, second: Read | None) -> Read | None:
    """The one that reaches further; the first where both reach as far."""
    return second if first is None or (second is not None and second[1] > first[1]) else first


def find_phrases(lexemes: Sequence[Lexeme]) -> Iterator[Phrase]:
    """All date phrases, in order, not overlapping."""
    parser = _PhraseReader(lexemes)
    index = 0
    while (begin := _BEGINS.search(parser.kinds, index)) is not None:
        index = begin.start()
        listed = parser.listed(index)
        if listed:
            yield from listed
            index = listed[-1].last + 1
            parser.forget()
            continue
        found = parser.phrase(index)
        if found is None:
            index += 1
            continue
        meaning, end = found
        if not parser.names_something(index, meaning, end):
            yield Phrase(index, end - 1, meaning)
        parser.forget()
        index = end


class _PhraseReader(RangeReader):
    def listed(self, index: int) -> list[Phrase]:
        """The days or months of a list, each a phrase: "5, 12 ve 19 Mart", "ocak, şubat ve mart aylarında"."""
        kind = self.kinds[index]
        if kind in "dO":
            found = _DAYS_LISTED.match(self.kinds, index)
            last = self.point(found.end()) if found else None
            if found is None or last is None or last[0].day is None or last[0].month is None:
                return []
            places = [place for place in range(index, found.end()) if self.kinds[place] in "dO"]
            return self._items(places, found.end(), last, "day")
        if kind == "M" and (found := _DAYS_BEHIND.match(self.kinds, index)):  # "March 5, 12 and 19, 2026"
            places = [place for place in range(index + 1, found.end()) if self.kinds[place] == "d"]
            year = next(
                (self.tokens[place].value for place in range(index, found.end()) if self.kinds[place] == "Y"), None
            )
            point = Point(year=year, month=self.tokens[index].value, day=self.tokens[places[-1]].value)
            items = self._items(places[:-1], places[-1], (point, found.end()), "day")
            return [items[0]._replace(first=index), *items[1:]] if items else []
        year = kind == "Y" and self.kinds[index + 1] in "LM"
        first = index + year + (year and self.kinds[index + 1] == "L")
        found = _MONTHS_LISTED.match(self.kinds, first)
        last = self.point(found.end()) if found else None
        if found is None or last is None or last[0].month is None or last[0].day is not None:
            return []
        point, end = last
        end += self.kinds[end] in "PA"
        if year:
            point = replace(point, year=self.tokens[index].value)
        places = [place for place in range(first, found.end()) if self.kinds[place] == "M"]
        shown = (
            point.dated
            or len(places) > 1
            or self.tokens[first].link
            or self.kinds[end - 1] in "PA"
            or self.cases[end - 1]
        )
        if not shown:
            return []
        items = self._items(places, found.end(), (point, end), "month")
        return [items[0]._replace(first=index), *items[1:]] if items else []

    def _items(self, places: list[int], at: int, last: tuple[Point, int], field: str) -> list[Phrase]:
        """A phrase for each item; nothing where they may be amounts, or are one stretch: "17 ve 18 Mart"."""
        point, end = last
        values = [*(self.tokens[place].value for place in places), getattr(point, field)]
        rising = all(one < other for one, other in pairwise(values))
        amounts = field == "day" and not rising
        stretch = self.tokens[at - 1].key in _WITH  # "3 ile 5 Mart"
        if amounts or stretch or (len(values) == 2 and values[1] - values[0] == 1):
            return []
        items = [Listed(replace(point, **{field: self.tokens[place].value}), point) for place in places]
        return [
            *(Phrase(place, place, item) for place, item in zip(places, items, strict=True)),
            Phrase(at, end - 1, point),
        ]

    def names_something(self, index: int, meaning: Expression, end: int) -> bool:
        """Whether a phrase is no date of ours: "Çarşamba ilçesi", "Dokuz Eylül Üniversitesi", "Kara Cuma", "MÖ 300"."""
        before = " ".join(token.key for token in self.tokens[max(0, index - _ERA_REACH) : index])
        behind = " ".join(token.key for token in self.tokens[end : end + _ERA_REACH])
        names = _proper_names()
        if names["eras_before"].search(before) or names["eras_behind"].match(behind):
            return True
        year = meaning.year if isinstance(meaning, Point) else None
        if year is not None and not _OUR_YEARS[0] <= year < _OUR_YEARS[1] and names["calendars_before"].search(before):
            return True
        if not isinstance(meaning, Point) or meaning.dated or (meaning.month is None and meaning.weekday is None):
            return False
        if meaning.weekday is not None and (
            names["sales_before"].search(before) or names["sales_behind"].match(behind)
        ):
            return True
        if self.cases[end - 1] not in {"", "poss"}:
            return False
        return bool(names["places_before"].search(before) or names["places_behind"].match(behind))

    def phrase(self, index: int) -> Read | None:
        """The longest date phrase that begins at a token."""
        kind = self.kinds[index]
        if kind in "dn" and self.kinds[index + 1] in "x,.$()" and not self.cases[index]:
            return None  # nothing that makes a number a date
        if index and self._is_habit(index):
            return None
        longest: Read | None = None
        for reader in _READERS.get(kind, ()):
            longest = _longest(longest, reader(self, index))
        if longest is None:
            return None
        meaning, end = longest
        end = self._behind_weekdays(end)
        longest = meaning, end
        if self.cases[end - 1] == "until" and not isinstance(meaning, Between):
            return Until(meaning), end  # "2030-cu ilədək"
        noun = self.kinds[end] == "t" and not self.cases[end - 1]  # "31 Aralık 2026 tarihine kadar"
        if self.kinds[end + noun] == "K" and self.cases[end + noun - 1] == "dat":
            return Until(meaning), end + noun + 1  # "2028'e kadar"
        return longest

    def _behind_weekdays(self, end: int) -> int:
        """The token behind the weekdays of a date just read: "(perşembe-cumartesi)", ", yani pazartesi günü"."""
        if found := _WEEKDAYS.match(self.kinds, end):
            return found.end()
        at = end + (self.kinds[end] == "t")
        at += self.kinds[at] == ","
        namely = at < len(self.tokens) and self.tokens[at].key in _NAMELY
        if not namely or self.kinds[at + 1] not in "Ww":
            return end
        return at + 2 + (self.kinds[at + 2] == "G")

    def _until(self, index: int) -> Read | None:
        """ "deri në vitin 2025", "until March 2026"."""
        found = self._standing(index + 1) or self.atom(index + 1)
        return None if found is None or isinstance(found[0], Until) else (Until(found[0]), found[1])

    def _is_habit(self, index: int) -> bool:
        """ "her geçen gün", "her yıl ekim ayında"."""
        if self.tokens[index - 1].key in _NO_DATE_BEHIND:
            return True
        return index > 1 and self.kinds[index - 1] in "LAHG" and self.tokens[index - 2].key in _NO_DATE_BEHIND

    # --- a date and its parts

    def _date(self, index: int) -> Read | None:
        """A date, a part of it, a stretch that begins with it or a day counted from it: what is longest."""
        standing, atom = self._standing(index), self.atom(index)
        case, following = (self.cases[atom[1] - 1], self.kinds[atom[1]]) if atom is not None else ("", "-")
        stretch = self.stretch(index) if following in _JOINS or case in {"abl", "ins"} else None
        counted = self.from_anchor(index) if case == "abl" else None
        return _longest(_longest(standing, stretch), counted)

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
        listed = isinstance(meaning, Point) and self.kinds[index:end] in {"M", "Y"} and self.kinds[end] == "P"
        return meaning, end + (listed or self.kinds[end] == "T")

    # --- which dates may stand alone

    def _can_stand(self, meaning: Expression, index: int, end: int) -> bool:
        """Whether a date may stand alone, or needs a companion to be told from a number, a name or a common noun."""
        if isinstance(meaning, Counted) and self.cases[end - 1] == "dat" and self.kinds[end] == "K":
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
            cased = token.case in {"loc", "abl", "dat", "ki", "until"}
            return kinds != "M" or alone or bool(token.link) or asof or cased or self._is_listed("M", end)
        if meaning.weekday is not None:
            if kinds not in {"W", "w"}:
                return True
            return alone or (kinds == "W" and self._is_weekday(index))
        if meaning.day is not None:
            return False
        following = self.tokens[end].key if end < len(self.tokens) else ""
        if self.kinds[index - 1] == "F":
            return True  # "seit 2010"
        bracketed = self.kinds[index - 1] == "(" and self.kinds[end] == ")"
        if kinds == "Y" and 1900 <= token.value < 2100 and (bracketed or following.startswith(_PLANNED)):
            return True
        marked = "L" in kinds or "Z" in kinds or token.suffixed or bool(token.case) or bool(token.link)
        return marked or alone or (kinds == "Y" and self._is_listed("Y", end))

    def _is_listed(self, kind: str, end: int) -> bool:
        """Whether a bare month or year leads a list that shows what it is: "ocak, şubat ve mart aylarında"."""
        limit = end + _LONGEST_LIST
        while self.kinds[end] in ",V" and self.kinds[end + 1] == kind and end < limit:
            end += 2
        return self.kinds[end] == "P" or self.kinds[end] == {"M": "A", "Y": "L"}[kind]

    def _bare_day(self, index: int) -> Read | None:
        """ "22'sinde yapılacak": a day alone, if a verb follows and no word before says of what it may be a share."""
        token = self.tokens[index]
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if token.kind != "d" or not token.possessed or following is None or not following.tense:
            return None
        for before in reversed(self.tokens[max(0, index - _SHARE_REACH) : index]):
            if before.key in ".,":
                break
            if before.kind in "dnNY" or before.key in _SHARES or before.case == "gen" or _GENITIVE.search(before.key):
                return None
        return Point(day=token.value), index + 1

    def _is_weekday(self, index: int) -> bool:
        """Whether a bare word is a weekday: "pazar" is a market more often, and "cuma namazı" a prayer."""
        key, following = self.tokens[index].key, self.tokens[index + 1].key if index + 1 < len(self.tokens) else ""
        market = key.startswith("pazar") and not key.startswith("pazartesi")
        return not market and not following.startswith(_NOT_BEFORE)


# by the kind of a phrase's first token
_READERS: dict[str, tuple[Callable[[_PhraseReader, int], Read | None], ...]] = {
    **dict.fromkeys("ZMmWwD#/CJq", (_PhraseReader._date,)),
    "Y": (_PhraseReader._date, _PhraseReader.same),
    **dict.fromkeys("LAH", (_PhraseReader._date, _PhraseReader._edge_of_now, _PhraseReader._part_before)),
    **dict.fromkeys(
        "dO",
        (
            _PhraseReader._date,
            _PhraseReader.counted,
            _PhraseReader._part_before,
            _PhraseReader.same,
            _PhraseReader._bare_day,
        ),
    ),
    **dict.fromkeys("Qh", (_PhraseReader._standing, _PhraseReader._part_before)),
    **dict.fromkeys("Sszy", (_PhraseReader._standing,)),
    **dict.fromkeys("fl", (_PhraseReader._standing, _PhraseReader.last_units, _PhraseReader._part_before)),
    "n": (_PhraseReader._date, _PhraseReader.counted, _PhraseReader._part_before),
    "R": (_PhraseReader._date, _PhraseReader.same, _PhraseReader.last_units),
    "~": (_PhraseReader.same,),
    "<": (_PhraseReader.between,),
    "K": (_PhraseReader._until,),
    "I": (_PhraseReader.within,),
    "u": (_PhraseReader._part_before,),
}
