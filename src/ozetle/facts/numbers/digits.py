"""Digits that several tokens make: groups parted by blanks, and decimals said in words."""

from __future__ import annotations

from ozetle.facts.numbers.lexicon import Lexicon
from ozetle.facts.numbers.parts import MOST_DIGITS, PartialSum
from ozetle.facts.numbers.tokens import DIGITS, Tokens


def grouped_digits(tokens: Tokens, at: int, words: Lexicon) -> tuple[str, int]:
    """The digits at a token, with the groups that blanks part ("3 000 000"), and how many tokens they take."""
    text = tokens[at].text
    if len(text) > 3 or not text.isdecimal() or text[0] == "0" or _beside_digits(tokens, at - 1, at):
        return text, 1
    groups, last = text, at + 1
    while _is_group(tokens, last, words) and len(groups) < MOST_DIGITS:
        groups, last = groups + tokens[last].text[:3], last + 1
    if last == at + 1 or _beside_digits(tokens, last, last):
        return text, 1
    return groups + tokens[last - 1].text[3:], last - at


def _is_group(tokens: Tokens, index: int, words: Lexicon) -> bool:
    token, before = tokens[index], tokens[index - 1]
    parted = token.kind == DIGITS and before.end + 1 == token.start and tokens.same_line(index)
    if not parted or "," in before.text:
        return False
    return len(token.text) == 3 or (token.text[3:4] == words.decimal and token.text[4:].isdecimal())


def _beside_digits(tokens: Tokens, index: int, right: int) -> bool:
    """Whether digits stand directly beside, as in a telephone number."""
    gap = tokens[right].start - tokens[right - 1].end
    return gap <= 1 and tokens[index].kind == DIGITS


def said_decimals(tokens: Tokens, index: int, words: Lexicon) -> tuple[str, int]:
    """The decimals said in words from a token on ("beş", "sıfır üç"), as digits, and the token behind them."""
    said = ""
    while tokens.joined(index) and len(said) < MOST_DIGITS:
        inner, last = PartialSum(), index
        word = words.number_word(tokens[index].text)
        while word and not word.ending and tokens.joined(last):
            atom = word.atoms[0]
            new = inner.push(atom) if len(word.atoms) == 1 and atom.kind != "scale" else None
            if new is None:
                break
            inner, last = new, last + 1
            word = words.number_word(tokens[last].text)
        if last == index:
            break
        said, index = said + format(inner.value, "f"), last
    return said, index
