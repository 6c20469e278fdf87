"""What stands behind a number and decides how it is read: ordinals, distributives, points of abbreviations."""

from __future__ import annotations

import re

from ozetle.facts.numbers.lexicon import DISTRIBUTIVES, Lexicon
from ozetle.facts.numbers.tokens import WORD, Tokens

# folded and dotless; "üçüncü", "altıncı", Azerbaijani the same
_ORDINAL = re.compile(r"[iuü]?nc[iuü]\w{0,6}$")


def is_ordinal(tokens: Tokens, index: int, words: Lexicon) -> bool:
    """Whether the word at a token makes the number words before it an ordinal ("yirmi beşinci")."""
    token = tokens[index]
    return (
        words.endings == "turkic"
        and token.kind == WORD
        and (match := _ORDINAL.search(token.text)) is not None
        and tokens.joined(index)
        and any(words.number_word(token.text[: match.start() + more] or "?") for more in (0, 1))
    )


def is_distributive(tokens: Tokens, index: int, words: Lexicon) -> bool:
    """Whether the suffix of "5'er bin" stands at a token."""
    suffix = index + 1
    if tokens[index].text != "'" or tokens[suffix].text not in DISTRIBUTIVES:
        return False
    return tokens.glued(index) and tokens.glued(suffix) and is_shared_out(tokens, suffix + 1, words)


def is_shared_out(tokens: Tokens, index: int, words: Lexicon) -> bool:
    """Whether a scale word, a currency or a unit follows a distributive: "5'er bin", "ikişer ton"."""
    if not tokens.joined(index):
        return False
    word, following = words.number_word(tokens[index].text), tokens.words(index)
    scaled = word is not None and word.atoms[0].kind == "scale"
    return scaled or any(words.look_up(table, following) for table in (words.nouns, words.units))


def goes_on_behind_point(tokens: Tokens, index: int, words: Lexicon) -> bool:
    """Whether the amount goes on behind the point of a shortened scale word ("5 Mio. Euro")."""
    if not tokens.joined(index):
        return False
    following = tokens.words(index)
    return (
        not tokens.capital(index)
        or (tokens.upper(index) and len(tokens[index].text) in (2, 3))
        or any(words.look_up(table, following) for table in (words.nouns, words.units, words.counted))
    )
