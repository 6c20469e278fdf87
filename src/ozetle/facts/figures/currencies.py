"""Money: what stands behind (or before) an amount and makes it one of a currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ozetle.facts.figures.amounts import Amount
from ozetle.facts.numbers.cardinals import read_cardinal
from ozetle.facts.numbers.lexicon import Lexicon
from ozetle.facts.numbers.parts import EXACT
from ozetle.facts.numbers.tokens import SYMBOL, WORD, Tokens
from ozetle.facts.tables import load_table

# as written, glued to an amount with a currency sign: "$5M", "$1.2bn"
_LETTERS = {"k": 3, "K": 3, "m": 6, "M": 6, "b": 9, "B": 9, "T": 12, "bn": 9, "Bn": 9, "BN": 9, "mn": 6, "tn": 12}


_DASHED = frozenset({"-", ".", ","})


@dataclass(frozen=True)
class Money:
    """A currency behind an amount.

    Attributes:
        currency: ISO 4217, None when the text leaves it open.
        last: the token behind it.
        factor: what the amount is to be multiplied by ("5M $").
        minor: what the minor unit adds ("50 lira 30 kuruş").
    """

    currency: str | None
    last: int
    factor: Decimal = Decimal(1)
    minor: Decimal = Decimal(0)


class _Table(NamedTuple):
    """The tables of data/figures_currencies.json."""

    nouns: dict[str, dict[str, str]]
    symbols: dict[str, str]
    dollars: dict[str, str]
    codes: frozenset[str]
    small_codes: frozenset[str]
    word_codes: frozenset[str]
    rivals: frozenset[str]


@cache
def _table() -> _Table:
    table = load_table("figures", "currencies")
    return _Table(
        nouns=table["nouns"],
        symbols=table["symbols"],
        dollars=table["dollar_letters"],
        codes=frozenset(table["codes"].split()),
        small_codes=frozenset(table["small_letter_codes"].split()),
        word_codes=frozenset(table["word_codes"]["codes"].split()),
        rivals=frozenset(table["rivals"]["nouns"]),
    )


def may_be_mark(text: str) -> bool:
    """Whether a token's text can be a currency sign, the letters before one, or a code."""
    table = _table()
    if text in table.symbols or text in table.dollars:
        return True
    return len(text) < 4 and (text in table.small_codes or text.upper() in table.codes)


class Currencies:
    """Reads the currencies of one text."""

    def __init__(self, tokens: Tokens, words: Lexicon) -> None:
        table = _table()
        self._tokens, self._words = tokens, words
        self._nouns, self._symbols, self._dollars = table.nouns, table.symbols, table.dollars
        self._codes, self._small_codes, self._word_codes = table.codes, table.small_codes, table.word_codes
        self._rivals = table.rivals
        self._named: dict[str, str | None] = {}

    def before_number(self, index: int) -> tuple[str, int] | None:
        """The currency sign or code at a token, and the token behind it: "$", "US$", "USD"."""
        sign = self._sign(index)
        if sign is not None:
            return sign
        code = self._code(index)
        return (code, index + 1) if code else None

    def is_label(self, index: int, amount: Amount) -> bool:
        """Whether a code at a token, and the number behind it, are a name or a label: "COP31", "RON 95", "TOP 100"."""
        token = self._tokens[index]
        code = token.text.upper()
        money = amount.scaled or amount.lower.grouped or amount.value >= 1000 or amount.value % 1 != 0
        if token.kind != WORD or money or token.text in self._small_codes or self._sign(index) is not None:
            return False
        return code in self._word_codes or self._tokens.glued(index + 1)

    def letter(self, amount: Amount) -> tuple[Decimal, int]:
        """The factor of a letter glued to the amount ("$5M"), and the token behind the amount."""
        token = self._tokens[amount.last]
        if amount.scaled or len(token.text) > 2 or not self._tokens.glued(amount.last):
            return Decimal(1), amount.last
        power = _LETTERS.get(self._tokens.raw(token.start, token.end), 0)
        return Decimal(10**power), amount.last + (1 if power else 0)

    def after_number(self, amount: Amount) -> Money | None:
        """The currency behind an amount, its minor unit included."""
        if amount.lower.inflected or not self._tokens.joined(amount.last):
            return None
        factor, index = self.letter(amount)
        if index > amount.last and self._tokens.joined(index):
            sign = self.before_number(index)
            return Money(sign[0], sign[1], factor) if sign else None
        index = amount.last
        sign = self._sign(index)
        if sign is not None:
            return self._with_minor(*self._canadian(*sign))
        if self._tokens[index].text in _DASHED and self._tokens.glued(index):
            return self._dashed(index)
        code = self._code(index)
        if code is not None:
            return self._with_minor(code, index + 1)
        words = self._tokens.words(index)
        noun = self._noun(words, amount)
        if noun is not None:
            return self._with_minor(noun[0], self._tokens.behind(index, noun[1]))
        minor = self._words.look_up(self._words.minor, words)
        if minor is None:
            return None
        currency = self._words.minor.values[minor[0]]
        return Money(currency, self._tokens.behind(index, minor[1]), Decimal("0.01") if currency else Decimal(1))

    def _dashed(self, index: int) -> Money | None:
        """The currency behind the dash of a bill: "1.500,-TL", "500.-TL", "20,00-TL"."""
        dash = index + (self._tokens[index].text != "-")
        if self._tokens[dash].text != "-" or not (self._tokens.glued(dash) and self._tokens.glued(dash + 1)):
            return None
        found = self._sign(dash + 1)
        code = self._code(dash + 1)
        return Money(found[0], found[1]) if found else Money(code, dash + 2) if code else None

    def _sign(self, index: int) -> tuple[str, int] | None:
        """ "$", "€", "US$", "hk $", "A$"."""
        token = self._tokens[index]
        if token.kind == SYMBOL and token.text in self._symbols:
            return self._symbols[token.text], index + 1
        if token.text in self._dollars and self._tokens[index + 1].text == "$" and self._tokens.joined(index + 1):
            return self._dollars[token.text], index + 2
        return None

    def _canadian(self, currency: str, last: int) -> tuple[str, int]:
        """ "5 $ c" is an amount of Canadian dollars."""
        letter = currency == "USD" and self._tokens[last].text == "c" and self._tokens.joined(last)
        ends = letter and not (self._tokens.glued(last + 1) and self._tokens[last + 1].text in "'.")
        return ("CAD", last + 1) if ends else (currency, last)

    def _code(self, index: int) -> str | None:
        token = self._tokens[index]
        if token.kind != WORD or len(token.text) > 3:
            return None
        code = token.text.upper()
        if token.text in self._small_codes:
            return {"TL": "TRY"}.get(code, code)
        if not self._tokens.upper(index):
            return None
        if code not in self._codes:
            return self._words.codes.get(code)
        if code in self._word_codes and (self._shouted(index - 1) or self._shouted(index + 1)):
            return None
        return code

    def _shouted(self, index: int) -> bool:
        return self._tokens.upper(index) and len(self._tokens[index].text) > 3

    def _noun(self, words: list[str], amount: Amount) -> tuple[str | None, int] | None:
        """The currency that the words begin with, and how many words it takes: "Kanada doları", "dollarë amerikanë"."""
        behind = amount.last + len(words)
        if words and self._tokens[behind].text == "$" and self._tokens.joined(behind):  # "5 Kanada $"
            country = self._words.country(words)
            return (self._of_country("dollar", country), len(words) + 1) if country else None
        for count in range(len(words)):
            found = self._words.look_up(self._words.nouns, words[count : count + 1])
            if found is None or (count == 0 and found[0] in self._words.nouns_of_countries):
                continue
            noun = self._words.nouns.values[found[0]]
            if count:
                country = self._words.country(words[:count])
                return (self._of_country(noun, country), count + 1) if country else None
            if self._words.country_follows:
                for more in (2, 1):
                    country = self._words.country(words[1 : 1 + more]) if len(words) > more else None
                    if country in self._nouns[noun]:
                        return self._nouns[noun][country], 1 + more
            if found[0] in self._words.weak_nouns and not amount.scaled:
                return None
            if amount.yearlike and len(words) > 1 and words[1] in self._words.exchange_rate:
                return None
            return self._bare(noun), 1
        return None

    def _of_country(self, noun: str, country: str) -> str | None:
        """The country's currency of that name; the only one of that name, whatever the country ("Japon yeni")."""
        codes = self._nouns[noun]
        return codes.get(country) or (codes["bare"] if list(codes) == ["bare"] else None)

    def _bare(self, noun: str) -> str | None:
        """What the noun means without a country: of two neighbours' currencies the one whose country the text names."""
        if noun not in self._rivals:
            return self._nouns[noun].get("bare")
        if noun not in self._named:
            by_country = {country: code for country, code in self._nouns[noun].items() if country != "bare"}
            named = {code for country, code in by_country.items() if self._names(country)}
            self._named[noun] = self._nouns[noun]["bare"] if not named else named.pop() if len(named) == 1 else None
        return self._named[noun]

    def _names(self, country: str) -> bool:
        stems = [re.escape(stem) for stem, code in self._words.countries.items() if code == country]
        return bool(stems) and re.search(rf"(?<!\w)(?:{'|'.join(stems)})", self._tokens.key) is not None

    def _with_minor(self, currency: str | None, last: int) -> Money:
        """Adds "30 kuruş" to "50 lira", "ve 50 sent" to "5 dolar"."""
        if not self._tokens.joined(last):
            return Money(currency, last)
        at = last + (self._tokens[last].text in self._words.and_minor and self._tokens.joined(last + 1))
        part = read_cardinal(self._tokens, at, self._words)
        if part is None or not 0 < part.value < 100 or part.value != part.value.to_integral_value() or part.inflected:
            return Money(currency, last)
        found = self._words.look_up(self._words.minor, self._tokens.words(part.last))
        if found is None or self._words.minor.values[found[0]] not in (None, currency):
            return Money(currency, last)
        return Money(currency, self._tokens.behind(part.last, found[1]), minor=EXACT.scaleb(part.value, Decimal(-2)))
