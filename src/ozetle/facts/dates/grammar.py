"""Finds date phrases in a list of lexemes and says what they mean, as expressions to be resolved later.

A small hand-written parser: at each token the readers that suit it are tried and the longest phrase wins. No
reader looks further back or ahead than a phrase can be long, so the whole is linear in the number of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ozetle.facts.dates.expressions import Between, Expression, Point
from ozetle.facts.dates.points import Read
from ozetle.facts.dates.ranges import RangeReader
from ozetle.facts.dates.relations import Counted, Until
from ozetle.facts.dates.tokens import Lexeme

_BEGINS = re.compile(r"[^x,\-.|$]")  # kinds with which a phrase can begin
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
        found = parser.phrase(index)
        if found is None:
            index += 1
            continue
        meaning, end = found
        yield Phrase(index, end - 1, meaning)
        parser.forget()
        index = end


class _PhraseReader(RangeReader):
    def phrase(self, index: int) -> Read | None:
        """The longest date phrase that begins at a token."""
        kind = self.kinds[index]
        if kind in "dn" and self.kinds[index + 1] in "x,.$" and not self.cases[index]:
            return None  # nothing that makes a number a date
        if index and self._is_habit(index):
            return None
        longest: Read | None = None
        for reader in _READERS.get(kind, ()):
            longest = _longest(longest, reader(self, index))
        if longest is None:
            return None
        meaning, end = longest
        if self.cases[end - 1] == "until" and not isinstance(meaning, Between):
            return Until(meaning), end  # "2030-cu ilədək"
        noun = self.kinds[end] == "t" and not self.cases[end - 1]  # "31 Aralık 2026 tarihine kadar"
        if self.kinds[end + noun] == "K" and self.cases[end + noun - 1] == "dat":
            return Until(meaning), end + noun + 1  # "2028'e kadar"
        return longest

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
    **dict.fromkeys("ZMmWwD#/CJ", (_PhraseReader._date,)),
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
