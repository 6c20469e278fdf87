"""The words of a text with what the readers of names ask about them: folded form, capitals, suffix, gap before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ozetle.facts.folding import dotless, fold

# a word, or initials with their dots ("T.C.", "A.Ş."), then a suffix behind an apostrophe; runs on folded text
_STEM = r"(?P<stem>(?:[^\W\d_]\.){2,}|[^\W\d_](?:\w|[\u0300-\u036f\u064b-\u065f\u0670])*)"
_WORD = re.compile(_STEM + r"(?:'(?P<suffix>[^\W\d_]+))?")
# where an apostrophe stands behind a word cut short ("l'Allemagne")
_ELIDED_WORD = re.compile(_STEM + "(?P<suffix>)")


@dataclass(slots=True, frozen=True)
class Word:
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

    With `elisions` what stands behind an apostrophe is a word and no suffix, as in French.
    """
    folded = fold(text)
    keys = dotless(folded.text)
    words: list[Word] = []
    before = 0
    for match in (_ELIDED_WORD if elisions else _WORD).finditer(keys):
        first, stem_last, last = match.start(), match.end("stem"), match.end()
        start, end = folded.raw_span(first, last)
        stem_end = end if stem_last == last else folded.raw_span(first, stem_last)[1]
        initial = text[start]
        capital = initial.isupper() or initial.istitle()
        words.append(
            Word(
                key=match["stem"],
                suffix=match["suffix"] or "",
                start=start,
                stem_end=stem_end,
                end=end,
                capital=capital,
                upper=capital and stem_end - start > 1 and text[start:stem_end].isupper(),
                gap=text[before:start],
            )
        )
        before = end
    return words
