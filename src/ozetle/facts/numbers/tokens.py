"""The tokens figures are read from: numbers as written, words, single symbols."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from ozetle.facts.folding import Folded, dotless, fold

# Digits with separators between them, four or more groups in a chain ("1-222-333-4444", which is no one number) too;
# letters with their marks, or "m2"; any other single character, of an ornament ("-----") the whole run.
_PATTERN = (
    r"(?P<d>\d+(?:[.,٫٬]\d+)*(?:(?:[-/]\d+){3,})?)"
    r"|(?P<w>[ck]?m[23](?!\w)|[^\W\d_]+(?:[\u0300-\u036f\u064b-\u065f\u0670]+[^\W\d_]*)*)"
    r"|(?P<s>([^\s\w])\4{3,}|\S)"
)
# ".25", ",08": digits without a whole part, by the sign that parts decimals
_LEADING = {mark: rf"(?P<d>(?:(?<![^\s($€£₺%-])\{mark}(?=\d))?" for mark in ".,"}
# "o'n besh", "п'ять": where suffixes have no apostrophe, one between letters is a letter
_WITH_APOSTROPHES = _PATTERN.replace(r"(?:[\u0300", r"(?:(?<=[^\W\d_])'(?=[^\W\d_])[^\W\d_]*|[\u0300")


@cache
def _tokens(decimal: str, *, apostrophes: bool) -> re.Pattern[str]:
    return re.compile((_WITH_APOSTROPHES if apostrophes else _PATTERN).replace("(?P<d>", _LEADING[decimal]))


_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LONGEST_PHRASE = 4
_MARGIN = 8
DIGITS, WORD, SYMBOL = "d", "w", "s"


class Token(NamedTuple):
    """A token; offsets are of the folded text, `text` is folded and dotless."""

    kind: str
    text: str
    start: int
    end: int


class Tokens(list[Token]):
    """The tokens of a text, then a few that are empty: an index just before or behind the text gives an empty symbol.

    Attributes:
        size: how many tokens the text has.
        folded: the folded text.
        key: the folded text, dotless; what the tokens' offsets index.
        recent: what `read_cardinal` read last, and from where: the readers of ranges and units ask for it again.
    """

    def __init__(self, text: str, *, decimal: str = ",", apostrophe_in_words: bool = False) -> None:
        self.folded: Folded = fold(text)
        self.key = dotless(self.folded.text)
        # by tuple.__new__, which takes half the time of the class itself
        new = tuple.__new__
        pattern = _tokens(decimal, apostrophes=apostrophe_in_words)
        super().__init__(
            [
                new(Token, (match.lastgroup, match[0], match.start(), match.end()))
                for match in pattern.finditer(self.key)
            ]
        )
        self.size = len(self)
        # the words asked for last: several tables are searched for the same ones
        self._phrase: tuple[int, list[str]] = (-1, [])
        self.recent: tuple[int, bool, Any] = (-1, False, None)
        # how many line breaks a blank of the folded text stands for, by its offset, for blanks that have any
        self._breaks: dict[int, int] = {}
        for found in _LINE_BREAK.finditer(text):
            place = self.folded.at(found.start())
            if self.key[place] == " ":
                self._breaks[place] = self._breaks.get(place, 0) + 1
        beyond = len(self.key)
        # neither glued nor joined to anything; negative indices reach them too
        self.extend([Token(SYMBOL, "", beyond + 3, beyond + 1)] * _MARGIN)

    def raw(self, start: int, end: int) -> str:
        """The raw text of a folded span."""
        first, last = self.folded.raw_span(start, end)
        return self.folded.raw[first:last]

    def glued(self, index: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return self[index - 1].end == self[index].start

    def joined(self, index: int) -> bool:
        """Whether this token may go on with what the one before began: glued, or behind blanks of the same line.

        A wrapped line goes on in small letters or digits; a new paragraph never does.
        """
        before, token = self[index - 1], self[index]
        if before.end == token.start:
            return True
        if before.end + 1 != token.start:
            return False
        breaks = self._breaks.get(before.end, 0)
        return breaks == 0 or (breaks == 1 and not self.capital(index))

    def same_line(self, index: int) -> bool:
        """Whether no line break stands between this token and the one before."""
        before, token = self[index - 1], self[index]
        return before.end >= token.start or before.end not in self._breaks

    def words(self, index: int) -> list[str]:
        """Up to four words that go on from what stands before the token; a hyphen between two is passed over."""
        if index == self._phrase[0]:
            return self._phrase[1]
        words: list[str] = []
        self._phrase = (index, words)
        while self[index].kind == WORD and len(words) < _LONGEST_PHRASE and self.joined(index):
            words.append(self[index].text)
            index += 2 if self.hyphen(index + 1) else 1
        return words

    def behind(self, index: int, count: int) -> int:
        """The token behind as many words as `words` gave."""
        for number in range(count):
            index += 2 if self.hyphen(index + 1) and number < count - 1 else 1
        return index

    def hyphen(self, index: int) -> bool:
        """Whether a hyphen stands at the token, glued on both sides."""
        return self[index].text == "-" and self.glued(index) and self.glued(index + 1)

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        token = self[index]
        return token.kind == WORD and self.raw(token.start, token.start + 1)[:1].isupper()

    def upper(self, index: int) -> bool:
        """Whether the token is written in capitals only."""
        token = self[index]
        return token.kind == WORD and self.raw(token.start, token.end).isupper()
