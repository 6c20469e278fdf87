"""Figures: amounts of money, percentages, physical quantities and counted things, read without a model."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from ozetle.facts.figures.amounts import Amount, Context, read_amounts
from ozetle.facts.figures.counted_things import CountedThings
from ozetle.facts.figures.currencies import Currencies, may_be_mark
from ozetle.facts.folding import is_typed_in_ascii
from ozetle.facts.numbers.lexicon import Lexicon, Phrases, lexicon
from ozetle.facts.numbers.parts import EXACT, plain, times
from ozetle.facts.numbers.tokens import DIGITS, SYMBOL, WORD, Tokens

# dotless: the suffixes "from" and "to" of a Turkish number
_FROM, _TO = frozenset({"den", "dan", "ten", "tan"}), frozenset({"e", "a", "ye", "ya"})
_ENDS = frozenset(".;:!?()")
_MOST_BETWEEN = 6  # tokens
_STOPS = frozenset(".,;:!?()/")
Bound = Literal["over", "about", "under"]
_MARKS = {"%": "percent", "‰": "permille", "٪": "percent"}


class Figure(BaseModel):
    """A figure in a text.

    Attributes:
        text: as written: sign, number, unit or counted thing; an apostrophe suffix is outside, a glued one inside.
        start: offset of its first code point in the raw text.
        end: offset behind its last.
        value: in base units ("224,6 milyar dolar" is 224600000000); of a range the lower end.
        unit: "currency", "percent", "permille", "count", or a physical unit by its Turkish name or symbol ("ton").
        currency: ISO 4217 code; None for other units and for money whose currency the text leaves open ("20 frank").
        upper: the upper end of a range, else None.
        counted: what a count counts, without suffix; None where nothing is named ("85 milyon") and for other units.
        bound: "over", "about" or "under" when the text says so ("en az", "yaklaşık", "altında"), else None.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    currency: str | None = None
    upper: Decimal | None = None
    counted: str | None = None
    bound: Bound | None = None


class _Found(NamedTuple):
    """A figure between tokens; `first` is its first token, `last` the token behind it."""

    first: int
    last: int
    amount: Amount
    unit: str
    value: Decimal
    upper: Decimal | None
    currency: str | None = None
    counted: str | None = None


def read_figures(text: str, language: str = "tr") -> list[Figure]:
    """Every figure of a text, in order and without overlaps.

    Dates, times, durations, years, ordinals, scores, telephone and list numbers, product names and addresses are none.

    Args:
        text: any text; the offsets index it as it is.
        language: its BCP 47 code. Turkish is complete; ar, az, bg, bs, de, el, en, fr, hr, kk, ky, ro, ru, sq, sr, tk,
            uk and uz have their number and scale words, currencies, percent words and the commonest units and counted
            things; of any other language digits with symbols, ISO codes and percent signs are read.
    """
    return _Reader(text, language).read()


@lru_cache(maxsize=20_000)
def _may_open(text: str, words: Lexicon) -> bool:
    """Whether a figure can begin with the word or symbol."""
    return text in _MARKS or text in words.percent_before or may_be_mark(text) or words.opens_number(text)


class _Reader:
    def __init__(self, text: str, language: str) -> None:
        self.words = lexicon(language, ascii_only=is_typed_in_ascii(text))
        self.tokens = Tokens(text, decimal=self.words.decimal, apostrophe_in_words=self.words.apostrophe_in_words)
        self.context = Context(self.tokens, self.words)
        self.currencies = Currencies(self.tokens, self.words)
        self.things = CountedThings(self.tokens, self.words, self.context)

    def read(self) -> list[Figure]:
        founds: list[_Found] = []
        index = 0
        opening = {text for text in {token[1] for token in self.tokens} if _may_open(text, self.words)}
        for place in [place for place, token in enumerate(self.tokens) if token[0] == DIGITS or token[1] in opening]:
            while place >= index:  # else it belongs to the figure before
                index = max(index, place)
                found, index = self._at(index)
                if found is None:
                    break
                first = self._first_of_two(found)
                if first is not None and not (founds and founds[-1].last > first.first):
                    founds.append(first)
                founds.append(found)
                second = self._second_percent(found, index)
                if second is not None:
                    founds.append(second[0])
                    index = second[1]
        return [self._figure(found) for found in self._with_shared_units(founds)]

    def _first_of_two(self, second: _Found) -> _Found | None:
        """The number that does without its unit in "von 110 auf 10 Prozent", "from 12 to 9 percent"."""
        tokens, link = self.tokens, second.first - 1
        if second.unit not in ("percent", "currency") or tokens[link].text not in self.words.to:
            return None
        number = link - 1
        if tokens[number].kind != DIGITS or tokens[number - 1].text not in self.words.from_:
            return None
        amount = read_amounts(tokens, number, self.words)[-1:]
        if not amount or amount[0].last != link:
            return None
        value = amount[0].value
        if not amount[0].scaled and second.amount.scaled and value < 1000:  # "von 1,1 auf 1,2 Milliarden"
            value = times(value, second.amount.last_cardinal.scale)
        return _Found(number, link, amount[0], second.unit, value, None, second.currency)

    def _with_shared_units(self, founds: list[_Found]) -> list[_Found]:
        """Gives an amount without a unit the currency of the one it is listed with: "4 milyar, … 5 milyar dolar"."""
        for index in range(len(founds) - 2, -1, -1):
            found, following = founds[index], founds[index + 1]
            open_count = found.unit == "count" and found.counted is None and found.amount.scaled
            if open_count and following.unit == "currency" and self._are_listed(found.last, following.first):
                founds[index] = found._replace(unit="currency", currency=following.currency)
        return founds

    def _are_listed(self, begin: int, end: int) -> bool:
        """Whether only a few words, and no other clause, stand between two amounts."""
        between = self.tokens[begin:end]
        links = self.words.to | self.words.lists
        linked = any(token.text in links for token in between) or (bool(between) and between[0].text == "'")
        return linked and len(between) <= _MOST_BETWEEN and not any(token.text in _ENDS for token in between)

    def _at(self, index: int) -> tuple[_Found | None, int]:
        """The figure that begins at a token, and the token to go on with."""
        token = self.tokens[index]
        if token.kind == DIGITS or (token.kind == WORD and self.words.opens_number(token.text)):
            return self._number_first(index)
        found = self._percent_first(index) or self._currency_first(index)
        return found, found.last if found else index + 1

    def _second_percent(self, first: _Found | None, index: int) -> tuple[_Found, int] | None:
        """The second number of "yüzde 5,2'den 4,8'e", which does without a percent sign."""
        tokens = self.tokens
        if first is None or first.unit not in ("percent", "permille") or tokens[index].text != "'":
            return None
        number, suffix = index + 2, index + 4
        if not (tokens[index + 1].text in _FROM and tokens[number].kind == DIGITS and tokens.joined(number)):
            return None
        if not (tokens[number + 1].text == "'" and tokens[suffix].text in _TO and tokens.glued(suffix)):
            return None
        amount = read_amounts(tokens, number, self.words)[-1:]
        if not amount:
            return None
        found = _Found(number, number + 1, amount[0], first.unit, amount[0].value, None)
        return found, found.last

    def _percent_first(self, index: int) -> _Found | None:
        """ "%3,9", "yüzde 3,9", "binde 5"."""
        tokens, token = self.tokens, self.tokens[index]
        if token.kind == SYMBOL:
            unit = _MARKS.get(token.text)
            if unit is None or (tokens.glued(index) and tokens[index - 1].kind == DIGITS):
                return None
        else:
            unit = self.words.percent_before.get(token.text)
        start = index + 1
        negative = tokens[start].text in self.words.minus or (tokens[start].text == "-" and tokens.glued(start + 1))
        start += negative
        if unit is None or not tokens.joined(start) or self.context.in_address(index):
            return None
        for amount in read_amounts(tokens, start, self.words):
            if not self._closed(amount, amount.last):
                continue
            sign = -1 if negative else 1
            upper = amount.upper if amount.upper is None else times(amount.upper, sign)
            return _Found(index, amount.last, amount, unit, times(amount.value, sign), upper)
        return None

    def _currency_first(self, index: int) -> _Found | None:
        """ "$5 milyon", "aud$ 15", "USD 5 milyon"."""
        mark = self.currencies.before_number(index)
        if mark is None or (self.tokens.glued(index) and self.tokens[index - 1].kind in (WORD, DIGITS)):
            return None
        currency, start = mark
        negative = self.tokens[start].text == "-" and self.tokens.glued(start + 1)  # "$-2.5 billion"
        start += negative
        if not self.tokens.joined(start) or self.context.in_address(index) or self.tokens[start].kind != DIGITS:
            return None
        for amount in read_amounts(self.tokens, start, self.words):
            if not self._closed(amount, amount.last):
                continue
            if self.currencies.is_label(index, amount):
                return None
            factor, last = self.currencies.letter(amount)
            if self._is_cut(last):
                return None
            factor = EXACT.minus(factor) if negative else factor
            upper = None if amount.upper is None else EXACT.multiply(amount.upper, factor)
            return _Found(index, last, amount, "currency", EXACT.multiply(amount.value, factor), upper, currency)
        return None

    def _is_cut(self, index: int) -> bool:
        """Whether the amount before the token is not complete: letters glued to it, or what may be a scale word."""
        token = self.tokens[index]
        if token.kind != WORD or not self.tokens.joined(index):
            return False
        return self.tokens.glued(index) or token.text.startswith(self.words.doubtful)

    def _number_first(self, index: int) -> tuple[_Found | None, int]:
        tokens = self.tokens
        following = tokens[index + 1]
        small = following.kind == DIGITS and len(following.text) < 3 and tokens[index].text.isdecimal()
        if small and tokens[index + 2].text != "/":
            return None, index + 1  # a row of small numbers, the quickest to judge
        readings = read_amounts(tokens, index, self.words)
        if not readings:
            word = tokens[index]
            found = None if word.kind == DIGITS else self._percent_first(index)
            return found, found.last if found else index + 1
        if self.context.is_free(index):
            for amount in readings:
                found = self._with_unit(amount)
                if found is not None and self._closed(amount, found.last):
                    return found, found.last
        return None, readings[-1].last

    def _with_unit(self, amount: Amount) -> _Found | None:
        following = self.tokens[amount.last]
        bill = following.text in (".", ",") and self.tokens[amount.last + 1].text == "-"  # "500.-TL"
        ended = following.kind == DIGITS or following.text in _STOPS or following.text in self.words.numbers
        if (ended and not (bill or amount.scaled or amount.lower.grouped)) or self.context.is_year(amount):
            return None
        behind = self._behind_of(amount) if amount.scaled and following.text in self.words.of else None
        found = behind and (self._quantity(behind) or self._money(behind) or self._count(behind))
        return found or self._quantity(amount) or self._percent(amount) or self._money(amount) or self._count(amount)

    def _behind_of(self, amount: Amount) -> Amount:
        """The amount of "5 millions d'euros", with what stands between it and its unit."""
        last = amount.last + 1
        return amount._replace(last=last + (self.tokens[last].text == "'" and self.tokens.glued(last)))

    def _percent(self, amount: Amount) -> _Found | None:
        """ "3,9%", "3,9 percent"."""
        tokens, last = self.tokens, amount.last
        unit = _MARKS.get(tokens[last].text)
        if unit and (tokens.glued(last) or (tokens.joined(last) and tokens[last + 1].kind != DIGITS)):
            return _Found(amount.first, last + 1, amount, unit, amount.value, amount.upper)
        phrase = self._phrase(self.words.percent_after, last)
        if phrase is None:
            return None
        unit = self.words.percent_after.values[phrase[0]]
        return _Found(amount.first, phrase[1], amount, unit, amount.value, amount.upper)

    def _money(self, amount: Amount) -> _Found | None:
        money = self.currencies.after_number(amount)
        if money is None:
            return None
        upper = None if amount.upper is None else EXACT.multiply(amount.upper, money.factor)
        value = EXACT.add(EXACT.multiply(amount.value, money.factor), money.minor)
        return _Found(amount.first, money.last, amount, "currency", value, upper, money.currency)

    def _quantity(self, amount: Amount) -> _Found | None:
        if amount.lower.inflected or (amount.value == 1 and not amount.lower.digits):
            return None
        phrase = self._phrase(self.words.units, amount.last)
        if phrase is None or self.tokens.raw(*self.tokens[amount.last][2:]) in self.words.codes:
            return None
        return _Found(amount.first, phrase[1], amount, self.words.units.values[phrase[0]], amount.value, amount.upper)

    def _count(self, amount: Amount) -> _Found | None:
        thing = self.things.counted_by(amount)
        if thing is None:
            return None
        return _Found(amount.first, thing.last, amount, "count", amount.value, amount.upper, counted=thing.name)

    def _phrase(self, phrases: Phrases, index: int) -> tuple[str, int] | None:
        found = self.words.look_up(phrases, self.tokens.words(index))
        return None if found is None else (found[0], self.tokens.behind(index, found[1]))

    def _closed(self, amount: Amount, last: int) -> bool:
        """Whether the word that a range of its kind must be closed by follows."""
        return not amount.closing or (self.tokens[last].text in amount.closing and self.tokens.joined(last))

    def _figure(self, found: _Found) -> Figure:
        tokens = self.tokens
        start, value, upper = tokens[found.first].start, found.value, found.upper
        said_minus = tokens[found.first - 1].text in self.words.minus and tokens.joined(found.first)
        if found.unit != "count" and (said_minus or self.context.sign(found.first) < 0):
            start, value = tokens[found.first - 1].start, EXACT.minus(value)
            upper = None if upper is None else EXACT.minus(upper)
        first, last = tokens.folded.raw_span(start, tokens[found.last - 1].end)
        return Figure(
            text=tokens.folded.raw[first:last], start=first, end=last, value=plain(value), unit=found.unit,
            currency=found.currency, upper=None if upper is None else plain(upper), counted=found.counted,
            bound=self.things.bound(found.first, found.amount.last, found.last),
        )  # fmt: skip
