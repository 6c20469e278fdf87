"""Cardinal numbers: digits by the language's separators, number words, and scale words between them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ozetle.facts.figure_lexicon import DISTRIBUTIVES, Atom, Lexicon, NumberWord
from ozetle.facts.figure_tokens import DIGITS, SYMBOL, WORD, Token, Tokens
from ozetle.facts.number_parts import EXACT, MOST_DIGITS, PartialSum, digits_value


class Cardinal(NamedTuple):
    """A cardinal number between the tokens `first` and `last` (exclusive).

    Attributes:
        value: its value.
        lead: the value of its first part, without the scale word.
        scale: the first part's scale word as a factor, 1 without one.
        digits: whether it is written with digits.
        words: whether it is written with words.
        grouped: whether its digits carry group separators.
        inflected: whether an ending is glued to its last word.
    """

    first: int
    last: int
    value: Decimal
    lead: Decimal
    scale: int
    digits: bool
    words: bool
    grouped: bool
    inflected: bool


def read_cardinal(tokens: Tokens, index: int, words: Lexicon, *, loose: bool = False) -> Cardinal | None:
    """The longest cardinal number that begins at a token, None when none does.

    Args:
        tokens: the text.
        index: where to begin.
        words: the language.
        loose: also accept groups parted by blanks ("3 000"), shortened scale words ("5 mn") and, where it is the only
            possible reading, the other decimal convention ("3.9" or "1,250,000" in Turkish).
    """
    token = tokens[index]
    if token.kind == WORD:
        if words.number_word(token.text) is None and token.text not in words.parts:
            return None
    elif token.kind != DIGITS:
        return None
    elif _is_complete(token.text, tokens[index + 1], words):
        # the commonest case, without the reader's state
        value = digits_value(token.text, words.decimal, words.group, loose=loose)
        grouped = value is not None and value >= 1000 and not token.text.isdecimal()
        return Cardinal(index, index + 1, value, value, 1, True, False, grouped, False) if value is not None else None
    return _Reader(tokens, index, words, loose).read()


def _is_complete(digits: str, following: Token, words: Lexicon) -> bool:
    """Whether the digits cannot go on with the token that follows them."""
    if following.kind == WORD:
        return not words.goes_on(following.text)
    if following.kind == SYMBOL:
        return following.text != "'"
    return len(digits) > 3 or len(following.text) < 3


class _Reader:
    def __init__(self, tokens: Tokens, index: int, words: Lexicon, loose: bool) -> None:
        self.tokens, self.words, self.loose = tokens, words, loose
        self.first = self.position = index
        self.sum = PartialSum()
        self.lead: Decimal | None = None
        self.scale = 1
        self.digits = self.worded = self.grouped = self.inflected = False

    def read(self) -> Cardinal | None:
        while not self.inflected and (self.position == self.first or self.tokens.joined(self.position)):
            if not self._step():
                break
        if self.position == self.first or self._is_ordinal():
            return None
        return Cardinal(
            self.first, self.position, self.sum.value, self.lead or self.sum.value, self.scale,
            self.digits, self.worded, self.grouped, self.inflected,
        )  # fmt: skip

    def _step(self) -> bool:
        token = self.tokens[self.position]
        if token.kind == DIGITS:
            return self._take_digits()
        if token.kind != WORD:
            return self._skip_connector(token.text)
        word = self.words.number_word(token.text)
        if word is not None:
            return self._take_word(word)
        text = token.text
        if text in self.words.decimal_words:
            return self._take_decimals()
        part = self.sum.part
        if text in self.words.and_half and part is not None and part == part.to_integral_value():
            return self._take(self.sum._replace(part=EXACT.add(part, Decimal("0.5")), room=0))
        if text in self.words.parts:
            return self._take_part(self.words.parts[text])
        if self.loose and self.digits and text in self.words.short_scales:
            return self._take_short_scale(10 ** self.words.short_scales[text])
        return self._skip_connector(text)

    def _take(self, new: PartialSum, count: int = 1) -> bool:
        self.sum = new
        self.position += count
        return True

    def _take_word(self, word: NumberWord) -> bool:
        if word.ending and not self._may_end(word):
            return False
        # "5 milyon altı" is below five million
        if self.digits and len(word.atoms) == 1 and word.atoms[0].value == 6:
            return False
        new: PartialSum | None = self.sum
        for atom in word.atoms:
            part = new.part if new else None
            if atom.kind == "scale" and part is None and self.words.endings != "turkic":
                return False
            new = new.push(atom) if new else None
            if new is None or (atom.kind == "hundred" and self.digits and part is not None and not self.worded):
                return False
            if atom.kind == "scale" and self.lead is None:
                self.lead, self.scale = part if part is not None else Decimal(1), atom.value
        if new is None:
            return False
        self.worded, self.inflected = True, word.ending not in DISTRIBUTIVES and bool(word.ending)
        return self._take(new)

    def _may_end(self, word: NumberWord) -> bool:
        """Whether an inflected number word is a number: "beş milyondan" is, "altında" and "milyonlarca" are not."""
        last = word.atoms[-1]
        if word.ending in DISTRIBUTIVES:
            return self._is_shared_out(self.position + 1)
        if re.match("l[ae]r", word.ending):
            return False
        if self.position == self.first and len(word.atoms) == 1:
            return False
        if last.kind != "add":
            return True
        return self.sum.room > last.value and not word.ending.startswith("nd") and word.ending != "na"

    def _is_shared_out(self, index: int) -> bool:
        """Whether a scale word, a currency or a unit follows a distributive: "5'er bin", "ikişer ton"."""
        if not self.loose or not self.tokens.joined(index):
            return False
        word = self.words.number_word(self.tokens[index].text)
        following = self.tokens.words(index)
        return (word is not None and word.atoms[0].kind == "scale") or any(
            self.words.look_up(table, following) for table in (self.words.nouns, self.words.units)
        )

    def _take_digits(self) -> bool:
        if self.sum.part is not None or self.sum.limit == 0:
            return False
        text, count = self._digits()
        value = digits_value(text, self.words.decimal, self.words.group, loose=self.loose)
        if value is None:
            return False
        if self._is_distributive(self.position + count):
            count += 2
        following = self.tokens[self.position + count].text
        atoms = self.words.number_word(following)
        scaled = (atoms is not None and atoms.atoms[0].kind == "scale") or following in self.words.short_scales
        if self.sum.total and not scaled and (value >= 1000 or value != value.to_integral_value()):
            return False
        self.digits = True
        self.grouped |= count > 1 or (value >= 1000 and not text.isdecimal())
        return self._take(self.sum._replace(part=value, room=0), count)

    def _is_distributive(self, index: int) -> bool:
        """Whether the suffix of "5'er bin" stands at a token."""
        suffix = index + 1
        if self.tokens[index].text != "'" or self.tokens[suffix].text not in DISTRIBUTIVES:
            return False
        return self.tokens.glued(index) and self.tokens.glued(suffix) and self._is_shared_out(suffix + 1)

    def _digits(self) -> tuple[str, int]:
        """The digits at the position, with the groups that blanks part ("3 000 000"), and how many tokens they take."""
        tokens, at = self.tokens, self.position
        text = tokens[at].text
        if not self.loose or len(text) > 3 or not text.isdecimal() or text[0] == "0" or self._beside_digits(at - 1, at):
            return text, 1
        groups, last = text, at + 1
        while self._is_group(last) and len(groups) < MOST_DIGITS:
            groups, last = groups + tokens[last].text[:3], last + 1
        decimals = tokens[last - 1].text[3:] if last > at + 1 else ""
        if last == at + 1 or self._beside_digits(last, last):
            return text, 1
        return groups + decimals, last - at

    def _is_group(self, index: int) -> bool:
        token, before = self.tokens[index], self.tokens[index - 1]
        parted = token.kind == DIGITS and before.end + 1 == token.start and self.tokens.same_line(index)
        if not parted or "," in before.text:
            return False
        return len(token.text) == 3 or (token.text[3:4] == self.words.decimal and token.text[4:].isdecimal())

    def _beside_digits(self, index: int, right: int) -> bool:
        """Whether digits stand directly beside, as in a telephone number."""
        gap = self.tokens[right].start - self.tokens[right - 1].end
        return gap <= 1 and self.tokens[index].kind == DIGITS

    def _take_part(self, part: Decimal) -> bool:
        """ "yarım milyon", and outside amounts "yarım", "üç çeyrek"."""
        if self.position == self.first:
            following = self.words.number_word(self.tokens[self.position + 1].text)
            if self.loose and not (following and following.atoms[0].kind == "scale"):
                return False
            self.worded = True
            return self._take(self.sum._replace(part=part))
        whole = self.sum.part
        if self.loose or whole is None or self.sum.total or part == Decimal("0.5") or whole >= 10:
            return False
        return self._take(self.sum._replace(part=EXACT.multiply(whole, part), limit=0, room=0))

    def _take_short_scale(self, factor: int) -> bool:
        part, new = self.sum.part, self.sum.push(Atom("scale", factor))
        if part is None or new is None:
            return False
        if self.lead is None:
            self.lead, self.scale = part, factor
        point = self.position + 1
        pointed = self.tokens[point].text == "." and self.tokens.glued(point) and self._goes_on(point + 1)
        return self._take(new, 2 if pointed else 1)

    def _goes_on(self, index: int) -> bool:
        """Whether the amount goes on behind the point of a shortened scale word ("5 Mio. Euro")."""
        if not self.tokens.joined(index):
            return False
        phrases = (self.words.nouns, self.words.units, self.words.counted)
        following = self.tokens.words(index)
        return (
            not self.tokens.capital(index)
            or (self.tokens.upper(index) and len(self.tokens[index].text) == 3)
            or any(self.words.look_up(table, following) for table in phrases)
        )

    def _take_decimals(self) -> bool:
        """The decimals said in words: "üç nokta beş", "yüz nokta sıfır üç"."""
        if self.position == self.first or self.sum.value != self.sum.value.to_integral_value():
            return False
        said, index = "", self.position + 1
        while self.tokens.joined(index) and len(said) < MOST_DIGITS:
            word = self.words.number_word(self.tokens[index].text)
            if word is None or word.ending or word.atoms[-1].kind == "scale":
                break
            inner, last = PartialSum(), index
            while word and not word.ending and self.tokens.joined(last):
                atom = word.atoms[0]
                new = inner.push(atom) if len(word.atoms) == 1 and atom.kind != "scale" else None
                if new is None:
                    break
                inner, last = new, last + 1
                word = self.words.number_word(self.tokens[last].text)
            if last == index:
                break
            said, index = said + format(inner.value, "f"), last
        if not said:
            return False
        value = EXACT.add(self.sum.value, Decimal("0." + said))
        return self._take(PartialSum(Decimal(0), value, 0, self.sum.limit), index - self.position)

    def _skip_connector(self, text: str) -> bool:
        """Goes over "and" and hyphens between number words when the number goes on behind them."""
        hyphen = text == "-" and self.tokens.glued(self.position) and self.tokens.glued(self.position + 1)
        if not self.worded or not (hyphen or text in self.words.connectors):
            return False
        word = self.words.number_word(self.tokens[self.position + 1].text)
        if word is None or word.ending or len(word.atoms) > 1 or (self.sum.part is None and hyphen):
            return False
        new = self.sum.push(word.atoms[0]) if word.atoms[0].kind == "add" else None
        return new is not None and self._take(new, 2)

    def _is_ordinal(self) -> bool:
        """Whether an ordinal's last word follows ("yirmi beşinci"): then this is no cardinal."""
        token = self.tokens[self.position]
        return (
            self.words.endings == "turkic"
            and self.worded
            and token.kind == WORD
            and self.tokens.joined(self.position)
            and (match := _ORDINAL.search(token.text)) is not None
            and any(self.words.number_word(token.text[: match.start() + more] or "?") for more in (0, 1))
        )


# folded and dotless; "üçüncü", "altıncı", Azerbaijani the same
_ORDINAL = re.compile(r"[iuü]?nc[iuü]\w{0,6}$")
