"""Cardinal numbers: digits by the language's separators, number words, and scale words between them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, cast

from ozetle.facts.numbers.digits import grouped_digits, said_decimals
from ozetle.facts.numbers.followers import goes_on_behind_point, is_distributive, is_ordinal, is_shared_out
from ozetle.facts.numbers.lexicon import DISTRIBUTIVES, Atom, Lexicon, NumberWord
from ozetle.facts.numbers.parts import EXACT, PartialSum, digits_value
from ozetle.facts.numbers.tokens import DIGITS, SYMBOL, WORD, Tokens


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
        if not words.opens_number(token.text):
            return None
    elif token.kind != DIGITS:
        return None
    elif _is_complete(tokens, index, words):
        # the commonest case, without the reader's state
        value = digits_value(token.text, words.decimal, words.group, loose=loose)
        grouped = value is not None and value >= 1000 and not token.text.isdecimal()
        return Cardinal(index, index + 1, value, value, 1, True, False, grouped, False) if value is not None else None
    at, was_loose, cardinal = tokens.recent
    if at != index or was_loose != loose:
        cardinal = _Reader(tokens, index, words, loose).read()
        tokens.recent = (index, loose, cardinal)
    return cast(Cardinal | None, cardinal)


def _is_complete(tokens: Tokens, index: int, words: Lexicon) -> bool:
    """Whether the digits at a token cannot go on with what follows them."""
    following = tokens[index + 1]
    if following.kind == WORD:
        return not words.goes_on(following.text)
    if following.kind == SYMBOL:
        return following.text != "'" or tokens[index + 2].text not in DISTRIBUTIVES
    return len(tokens[index].text) > 3 or (len(following.text) < 3 and tokens[index + 2].text != "/")


class _Reader:
    __slots__ = (
        "digits", "first", "grouped", "inflected", "lead", "loose", "position", "scale", "sum", "tokens", "worded",
        "words",
    )  # fmt: skip

    def __init__(self, tokens: Tokens, index: int, words: Lexicon, loose: bool) -> None:
        self.tokens, self.words, self.loose = tokens, words, loose
        self.first = self.position = index
        self.sum = PartialSum()
        self.lead: Decimal | None = None
        self.scale = 1
        self.digits = self.worded = self.grouped = self.inflected = False

    def read(self) -> Cardinal | None:
        while self._step() and not self.inflected and self.tokens.joined(self.position):
            pass
        if self.position == self.first or (self.worded and is_ordinal(self.tokens, self.position, self.words)):
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
        text = token.text
        if self.position == self.first and (text in self.words.alone or text in self.words.articles):
            return self._take_alone(text)
        word = self.words.number_word(text)
        if word is not None:
            return self._take_word(word)
        if text in self.words.decimal_words:
            return self._take_decimals()
        if text[:3] in self.words.half_starts and self.position != self.first and self._take_half():
            return True
        if text in self.words.parts:
            return self._take_part(self.words.parts[text])
        if self.loose and self.digits and text in self.words.short_scales:
            return self._take_short_scale(10 ** self.words.short_scales[text])
        if self.digits and text in self.words.odd and self._scales_behind():
            return self._take(self.sum)  # "260 küsur milyar"
        factor = self.words.misspelt_scale(text) if self.loose and self.sum.part is not None else None
        if factor is not None and self._is_money_behind():
            return self._take_short_scale(factor)
        return self._skip_connector(text)

    def _scales_behind(self) -> bool:
        word = self.words.number_word(self.tokens[self.position + 1].text)
        return word is not None and word.atoms[0].kind == "scale"

    def _is_money_behind(self) -> bool:
        """Whether a currency stands behind the token, so that it can only be a scale word."""
        following = self.position + 1
        noun = self.words.look_up(self.words.nouns, self.tokens.words(following))
        if self.tokens[self.first - 1].text in _CURRENCY_SIGNS:
            return True
        return self.tokens.joined(following) and (noun is not None or self.tokens[following].text in _CURRENCY_SIGNS)

    def _take_alone(self, text: str) -> bool:
        """A word that is an amount by itself ("миллион", "полмиллиона"), or the article of "a million"."""
        value = self.words.alone.get(text)
        if value is None and self.tokens[self.position + 1].text in self.words.parts and self.words.part_of:
            self.position += 1  # "a quarter of a million"
            taken = self._take_part(self.words.parts[self.tokens[self.position].text])
            self.position -= not taken
            return taken
        if value is None:
            return self._take_part(Decimal(1))
        scale = next(factor for factor in _SCALES if value >= factor or factor == 1000)
        self.worded, self.scale, self.lead = True, scale, EXACT.divide(value, Decimal(scale))
        whole = self.lead == self.lead.to_integral_value()
        return self._take(PartialSum(value, None, 0, scale if whole else 0))

    def _take_half(self) -> bool:
        """ "üç buçuk", "two and a half million", "një milion e gjysmë"."""
        found = self.words.look_up(self.words.and_half, self.tokens.words(self.position))
        part = self.sum.part
        if found is None or (part is not None and part != part.to_integral_value()):
            return False
        halves = self.words.and_half.values
        self.inflected = self.words.endings == "turkic" and self.tokens[self.position].text not in halves
        count = self.tokens.behind(self.position, found[1]) - self.position
        if part is not None:
            return self._take(self.sum._replace(part=EXACT.add(part, Decimal("0.5")), room=0), count)
        half = Decimal(min(self.sum.limit, 10**18) // 2)
        return self.sum.limit > 0 and self._take(PartialSum(EXACT.add(self.sum.total, half), None, 0, 0), count)

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
        if self.words.ones_first and (tens := self._tens_behind_ones(word.atoms[0])):
            self.worded = True
            return self._take(tens)
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

    def _tens_behind_ones(self, atom: Atom) -> PartialSum | None:
        """Twenty behind five: Arabic says the ones first."""
        part = self.sum.part
        if part is None or self.sum.room or atom.kind != "add" or atom.value not in range(20, 100, 10):
            return None
        ones = 0 < part % 100 < 10 and part == part.to_integral_value()
        return self.sum._replace(part=EXACT.add(part, Decimal(atom.value))) if ones else None

    def _may_end(self, word: NumberWord) -> bool:
        """Whether an inflected number word is a number: "beş milyondan" is, "altında" and "milyonlarca" are not."""
        last = word.atoms[-1]
        if word.ending in DISTRIBUTIVES:
            return self.loose and is_shared_out(self.tokens, self.position + 1, self.words)
        if re.match("l[ae]r", word.ending):
            return False
        if self.position == self.first and len(word.atoms) == 1:
            # "yüzde ellisi"
            return self.tokens[self.first - 1].text in self.words.percent_before
        if last.kind != "add":
            return True
        return self.sum.room > last.value and not word.ending.startswith("nd") and word.ending != "na"

    def _take_digits(self) -> bool:
        if self.sum.part is not None or self.sum.limit == 0:
            return False
        text, count = self.tokens[self.position].text, 1
        if self.loose:
            text, count = grouped_digits(self.tokens, self.position, self.words)
        value = digits_value(text, self.words.decimal, self.words.group, loose=self.loose)
        if value is None:
            return False
        if self.loose and value == value.to_integral_value() and (half := self._common_fraction(count)):
            return self._take(PartialSum(self.sum.total, EXACT.add(value, half), 0, self.sum.limit), count + 3)
        if self.loose and is_distributive(self.tokens, self.position + count, self.words):
            count += 2
        following = self.tokens[self.position + count].text
        atoms = self.words.number_word(following)
        scaled = (atoms is not None and atoms.atoms[0].kind == "scale") or following in self.words.short_scales
        if self.sum.total and not scaled and (value >= 1000 or value != value.to_integral_value()):
            return False
        if scaled and self.words.groups_by_blanks and _POINTED.fullmatch(text):
            value = Decimal(text)
        self.digits = True
        self.grouped |= count > 1 or (value >= 1000 and not text.isdecimal())
        return self._take(PartialSum(self.sum.total, value, 0, self.sum.limit), count)

    def _common_fraction(self, count: int) -> Decimal | None:
        """The "1/2" of "2 1/2 million"."""
        tokens, at = self.tokens, self.position + count
        one, slash, two = tokens[at], tokens[at + 1], tokens[at + 2]
        glued = slash.text == "/" and tokens.glued(at + 1) and tokens.glued(at + 2)
        if not (glued and one.text.isdecimal() and two.text in ("2", "3", "4", "5", "8")) or tokens.glued(at):
            return None
        scaled = self.words.number_word(tokens[at + 3].text)
        if scaled is None or scaled.atoms[0].kind != "scale" or int(one.text) >= int(two.text):
            return None
        self.digits = True
        return EXACT.divide(Decimal(one.text), Decimal(two.text))

    def _take_part(self, part: Decimal) -> bool:
        """ "yarım milyon", "half a million"; outside amounts and in percentages "yarım" alone, and "üç çeyrek"."""
        if self.sum.part is None and not self.sum.total:
            behind = self.position + 1
            of = self.tokens[behind].text in self.words.part_of
            behind += of
            skipped = self.tokens[behind].text in self.words.articles or self.tokens.hyphen(behind)
            following = self.words.number_word(self.tokens[behind + skipped].text)
            alone = self.tokens[self.first - 1].text in self.words.percent_before or not self.loose
            kind = following.atoms[0].kind if following else ""
            if not (alone or kind == "scale" or (kind == "hundred" and part == 1)):
                return False
            self.worded = True
            return self._take(self.sum._replace(part=part), 1 + of + (skipped and following is not None))
        whole = self.sum.part
        scaled = self._part_of_scale()
        if self.loose and whole is not None and scaled:  # "three quarters of a billion"
            return self._take(self.sum._replace(part=EXACT.multiply(whole, part), room=0), scaled)
        if self.loose or whole is None or self.sum.total or part == Decimal("0.5") or whole >= 10:
            return False
        return self._take(self.sum._replace(part=EXACT.multiply(whole, part), limit=0, room=0))

    def _part_of_scale(self) -> int:
        """How many tokens lead from a part to the scale word it is of: "quarters of a" million; 0 where none does."""
        behind = self.position + 1
        if self.tokens[behind].text not in self.words.part_of:
            return 0
        behind += 1 + (self.tokens[behind + 1].text in self.words.articles)
        word = self.words.number_word(self.tokens[behind].text)
        return behind - self.position if word is not None and word.atoms[0].kind == "scale" else 0

    def _take_short_scale(self, factor: int) -> bool:
        part, new = self.sum.part, self.sum.push(Atom("scale", factor))
        if part is None or new is None:
            return False
        if self.lead is None:
            self.lead, self.scale = part, factor
        point = self.position + 1
        pointed = (
            self.tokens[point].text == "."
            and self.tokens.glued(point)
            and goes_on_behind_point(self.tokens, point + 1, self.words)
        )
        return self._take(new, 2 if pointed else 1)

    def _take_decimals(self) -> bool:
        """The decimals said in words: "üç nokta beş", "yüz nokta sıfır üç"."""
        if self.position == self.first or self.sum.value != self.sum.value.to_integral_value():
            return False
        said, index = said_decimals(self.tokens, self.position + 1, self.words)
        if not said:
            return False
        value = EXACT.add(self.sum.value, Decimal("0." + said))
        return self._take(PartialSum(Decimal(0), value, 0, self.sum.limit), index - self.position)

    def _skip_connector(self, text: str) -> bool:
        """Goes over "and" and hyphens between number words when the number goes on behind them."""
        words = self.words
        if text != "-" and text not in words.connectors and text not in words.adds and text not in words.of:
            return False
        if text in self.words.adds and self.sum.part is None and self.tokens[self.position + 1].kind == DIGITS:
            self.position += 1
            if self._take_digits():
                return True
            self.position -= 1
            return False
        if text in self.words.of and self.sum.part is not None:  # Romanian "20 de milioane"
            word = self.words.number_word(self.tokens[self.position + 1].text)
            new = self.sum.push(word.atoms[0]) if word and word.atoms[0].kind == "scale" else None
            if new is None or word is None:
                return False
            self.lead, self.scale = self.lead or self.sum.part, word.atoms[0].value
            return self._take(new, 2)
        hyphen = self.tokens.hyphen(self.position)
        if not self.worded or not (hyphen or text in self.words.connectors):
            return False
        word = self.words.number_word(self.tokens[self.position + 1].text)
        if word is None or word.ending or len(word.atoms) > 1 or (self.sum.part is None and hyphen):
            return False
        new = self.sum.push(word.atoms[0]) if word.atoms[0].kind == "add" else None
        return new is not None and self._take(new, 2)


_CURRENCY_SIGNS = frozenset("$€£₺¥₽") | {"usd", "eur", "gbp"}
_SCALES = (10**18, 10**15, 10**12, 10**9, 10**6, 10**3)
# one point, three digits behind it
_POINTED = re.compile(r"\d{1,3}\.\d{3}")
