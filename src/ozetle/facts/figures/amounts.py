"""Amounts: a cardinal or a range of two, and whether it stands where a figure can stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from typing import NamedTuple

from ozetle.facts.numbers.cardinals import Cardinal, read_cardinal
from ozetle.facts.numbers.lexicon import Lexicon
from ozetle.facts.numbers.parts import times
from ozetle.facts.numbers.tokens import DIGITS, WORD, Tokens

# addresses, handles and tags; runs on folded text
_DOMAIN_ENDS = ("com", "org", "net", "edu", "gov", "info", "tr", "az", "al", "ru", "de", "kz", "uz", "kg", "io", "co")
_DOMAIN = rf"\.(?:{'|'.join(_DOMAIN_ENDS)})\b"
_ADDRESS = re.compile(rf"(?:https?://|www\.|pic\.twitter\.com|t\.co/)\S*|[@#]\w+|[\w-]{{1,63}}{_DOMAIN}(?:[./]\S*)?")
# "from $5 billion to $8 billion" tells two amounts, "$5 billion to $8 billion" a range
_FROM = frozenset(("from",))
# what every address has: looked for first, because it is found, or not, in a fraction of the time
_MARKS_OF_ADDRESSES = ("@", "#", "://", "www.", "/", *(f".{end}" for end in _DOMAIN_ENDS))
_SIGN_OF_ADDRESS = re.compile(rf"://|www\.|pic\.twitter\.com|t\.co/|[@#]|{_DOMAIN}")
# scripts written without blanks between words: Thai, Lao, Khmer, Chinese, Japanese, Korean
_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff]")


class Amount(NamedTuple):
    """A number between the tokens `first` and `last` (exclusive), or the range of two.

    Attributes:
        lower: the number, or the lower end of the range.
        value: its value; in "5-6 milyar" the scale word counts for both ends.
        upper: the range's upper end, None without a range.
        closing: the words one of which must follow behind the unit, for "5 ile 6 milyar dolar arasında"; empty if none.
    """

    first: int
    last: int
    lower: Cardinal
    value: Decimal
    upper: Decimal | None
    last_cardinal: Cardinal
    closing: frozenset[str]

    @property
    def scaled(self) -> bool:
        """Whether a scale word belongs to it."""
        return self.last_cardinal.scale > 1

    @property
    def yearlike(self) -> bool:
        """Whether it is written like a year: four digits, 1900 to 2099."""
        number = self.lower
        plain = number.scale == 1 and number.digits and not number.grouped and number.last - number.first == 1
        return plain and 1900 <= number.value < 2100


def read_amounts(tokens: Tokens, index: int, words: Lexicon) -> list[Amount]:
    """The readings of the number that begins at a token: a range, then its lower end alone; none without a number."""
    lower = read_cardinal(tokens, index, words, loose=True)
    if lower is None:
        return []
    single = Amount(index, lower.last, lower, lower.value, None, lower, frozenset())
    spread = None if lower.inflected else _range(tokens, lower, words)
    return [spread, single] if spread else [single]


def _range(tokens: Tokens, lower: Cardinal, words: Lexicon) -> Amount | None:
    sign, start, closing = tokens[lower.last].text, lower.last + 1, frozenset[str]()
    if sign in words.to and tokens[lower.first - 1].text in words.from_:
        return None  # "from 5 to 7 billion" tells two amounts
    if sign == "-":
        if tokens.glued(lower.last) != tokens.glued(start):
            return None
    elif sign in words.range_first and (found := words.look_up(words.range, tokens.words(lower.last))):
        start, closing = tokens.behind(lower.last, found[1]), frozenset(words.range.values[found[0]])
    elif words.between.get(tokens[lower.first - 1].text) == sign:
        pass
    elif not lower.digits and lower.scale == 1 and words.number_word(sign):
        start = lower.last  # "beş altı milyar", "on beş yirmi"
    else:
        return None
    if tokens[start].text in ("%", "‰", "$", "€", "£", "₺") and tokens.glued(start + 1):
        if tokens[lower.first - 2].text in _FROM:
            return None
        start += 1
    if not (tokens.joined(lower.last) and tokens.joined(start)):
        return None
    upper = read_cardinal(tokens, start, words, loose=True)
    if upper is None:
        return None
    value = lower.value
    if lower.scale == 1 and upper.scale > 1 and value < upper.lead:
        value = times(value, upper.scale)
    if value >= upper.value:
        return None
    if start == lower.last and (upper.digits or not 0 < upper.lead - lower.value <= max(Decimal(2), lower.value)):
        return None
    return Amount(lower.first, upper.last, lower, value, upper.value, upper, closing)


class Context:
    """Judges whether the number at a token can begin a figure."""

    def __init__(self, tokens: Tokens, words: Lexicon) -> None:
        self._tokens, self._words = tokens, words
        dotted = any(mark in tokens.key for mark in _MARKS_OF_ADDRESSES)
        has_any = dotted and _SIGN_OF_ADDRESS.search(tokens.key) is not None
        addresses = [match.span() for match in _ADDRESS.finditer(tokens.key)] if has_any else []
        self._starts, self._ends = [start for start, _ in addresses], [end for _, end in addresses]

    def in_address(self, index: int) -> bool:
        """Whether the token is part of a web address, a handle or a tag."""
        start = self._tokens[index].start
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and start < self._ends[at]

    def is_free(self, index: int) -> bool:
        """Whether the number is not the rest of something longer: a code (F-16), a date, a time, a score, a range."""
        tokens, before = self._tokens, self._tokens[index - 1]
        if self.in_address(index):
            return False
        # "birkaç bin": the number has begun before
        begun = before.kind == DIGITS or before.text in self._words.vague
        if begun and tokens[index].kind == WORD and tokens.joined(index):
            return False
        if not tokens.glued(index):
            # "1 , 8500": a number pulled apart
            return not (before.text in (",", ".") and not tokens.glued(index - 1) and tokens[index - 2].kind == DIGITS)
        further = tokens[index - 2].kind if tokens.glued(index - 1) else ""
        if before.kind == WORD and (before.text in self._words.prefixes or _WITHOUT_BLANKS.match(before.text[-1])):
            return True
        if before.kind in (WORD, DIGITS) or before.text in "/_@#*^&\\|":
            return False
        if before.text in "-:'+":
            return further not in (DIGITS, WORD) or (before.text == ":" and further == WORD)
        return True

    def is_countable(self, index: int) -> bool:
        """Whether the number may count things: no label before it ("madde 5"), no other digits beside it."""
        tokens, before = self._tokens, self._tokens[index - 1]
        if before.kind == DIGITS and tokens.same_line(index):
            return False
        if before.text == "." and tokens.glued(index - 1):
            return not (tokens.glued(index) or tokens[index - 2].text in self._words.labels)
        return not (before.text in self._words.labels and tokens.joined(index))

    def is_year(self, amount: Amount) -> bool:
        """Whether the amount is the year of a date: "17 Haziran 2025"."""
        return amount.yearlike and self._tokens[amount.first - 1].text in self._words.months

    def sign(self, index: int) -> int:
        """-1 when a minus sign belongs to the number or percent sign at the token, else 1.

        A dash behind a letter or digit is a hyphen; at the beginning of a line it is a bullet, but not before a percent
        sign.
        """
        tokens = self._tokens
        minus = tokens[index - 1].text == "-" and tokens.glued(index)
        if not minus or (tokens.glued(index - 1) and tokens[index - 2].text != "("):
            return 1
        return -1 if tokens[index].text in "%‰" or (index > 1 and tokens.same_line(index - 1)) else 1
