"""The words of a text with what the readers of names ask about them: folded form, capitals, suffix, gap before."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ozetle.facts.folding import dotless, fold

# a word, or initials with their dots ("T.C.", "A.Ş."), then a suffix behind an apostrophe; runs on folded text
_STEM = r"(?P<stem>(?:[^\W\d_]\.){2,}|[^\W\d_](?:\w|[\u0300-\u036f\u064b-\u065f\u0670])*)"
_WORD = re.compile(_STEM + r"(?:'(?P<suffix>[^\W\d_]+))?")
# where an apostrophe stands behind a word cut short ("l'Allemagne")
_ELIDED_WORD = re.compile(_STEM + "(?P<suffix>)")


_LONG = 20_000  # characters; the words of longer texts are not remembered


class Word(NamedTuple):
    """One word of a text; offsets are code points of the raw text.

    Attributes:
        key: the folded word without its apostrophe suffix, dotless (see `folding.dotless`), for table look-ups.
        suffix: what follows the apostrophe, folded and dotless, or "".
        start: where the word begins.
        stem_end: where it ends without the apostrophe and the suffix.
        end: where it ends with them.
        capital: whether it begins with a capital letter.
        upper: whether it has two letters or more and all are capitals.
        gap: the raw text between the word before and this one.
    """

    key: str
    suffix: str
    start: int
    stem_end: int
    end: int
    capital: bool
    upper: bool
    gap: str

    @property
    def spaced(self) -> bool:
        """Whether nothing but blanks on the same line stands between the word before and this one."""
        return self.gap == " " or (self.gap.isspace() and not any(char in self.gap for char in "\n\r\v\f\u2028\u2029"))


def split_words(text: str, *, elisions: bool = False) -> list[Word]:
    """All words of a text in order; numbers and punctuation are left in the gaps. Linear in the text's length.

    With `elisions` what stands behind an apostrophe is a word and no suffix, as in French. The last few texts are
    remembered: the readers of countries and names ask for the words of the same one.
    """
    return list(_split_again(text, elisions)) if len(text) <= _LONG else _split(text, elisions)


@lru_cache(maxsize=8)
def _split_again(text: str, elisions: bool) -> tuple[Word, ...]:
    return tuple(_split(text, elisions))


def _split(text: str, elisions: bool) -> list[Word]:
    folded = fold(text)
    keys = dotless(folded.text)
    words: list[Word] = []
    before = 0
    new = tuple.__new__  # takes half the time of the class itself
    for match in (_ELIDED_WORD if elisions else _WORD).finditer(keys):
        key, suffix = match.groups("")
        first, last = match.span()
        start, end = folded.raw_span(first, last)
        stem_end = folded.raw_span(first, first + len(key))[1] if suffix else end
        capital = text[start].istitle()
        upper = capital and stem_end - start > 1 and text[start:stem_end].isupper()
        words.append(new(Word, (key, suffix, start, stem_end, end, capital, upper, text[before:start])))
        before = end
    return words
