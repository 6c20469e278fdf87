"""Counted things: what stands behind an amount when it counts, and how exact the text says a figure is."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal, cast

from ozetle.facts.figures.amounts import Amount, Context
from ozetle.facts.numbers.lexicon import Lexicon
from ozetle.facts.numbers.tokens import DIGITS, WORD, Tokens

# dotless: what a verb form or an adverb ends in, which no counted noun does
_NO_NOUN = re.compile(r"(?:arak|erek|iyor|uyor|[dt][iuü]|m[iuü]s|acak|ecek|ken|[dt]ir|lar\w*|ler\w*|ince|nca)$")
# dotless: "8'inci", "20'nci"
_ORDINAL_SUFFIX = re.compile(r"(?:[iuü]?n)?c[iuü]")
# dotless: the possessive of the third person, with or without a case behind it
_POSSESSIVE = re.compile(r"s?[iuü](?:n\w*)?$")
# dotless: "sermayeli", "sektörel", "üretimdeki"
_ADJECTIVE = re.compile(r"\w{4}(?:l[iuü]|s[iuü]z|s[ae]l|[dt][ae]ki)$")
# the cases that can be told from a word's own ending: "yatırımcıdan", "fıskiyenin"
_SAFE_CASE = re.compile(r"(?<=\w{4})(?:(?<=[aıoueiöü])y[ıiuü]|[dt][ae]n|(?<=[aıoueiöü])n[ıiuü]n)$")
# dotless: plurals, and what makes another noun of the noun ("bankacı", "köylü")
_OTHER_WORD = re.compile(r"l[ae]r|[cç][iuü]|s[iuü]z|l[iuü](?![kğq])")
# dotless: the possessive of a compound's last noun, with or without a case behind it
_COMPOUND = re.compile(r"s?[iuü](?:n[iuüae]\w*|yl[ae])?$")
_LEAST_IN_WORDS = 10
_OPPOSITE = {"over": "under", "under": "over"}


@dataclass(frozen=True)
class Thing:
    """A counted thing: its name without suffix, None when nothing is named, and the token behind it."""

    name: str | None
    last: int


class CountedThings:
    """Reads the counted things of one text."""

    def __init__(self, tokens: Tokens, words: Lexicon, context: Context) -> None:
        self._tokens, self._words, self._context = tokens, words, context
        self._stops = (words.not_counted, words.months, words.labels, words.identified)

    def counted_by(self, amount: Amount) -> Thing | None:
        """What an amount without a unit counts; None when it is no figure."""
        number, large = amount.last_cardinal, amount.scaled or amount.lower.grouped
        if not (large or self._context.is_countable(amount.first)):
            return None
        if self._tokens[amount.last].kind == WORD and self._tokens.glued(amount.last):
            return None  # "5G", "3D"
        suffix = self._has_suffix(amount.last)
        if suffix and _ORDINAL_SUFFIX.match(self._tokens[amount.last + 1].text):
            return None
        if number.inflected or suffix:
            thing = self._behind_bound(amount, amount.last + 2 if suffix else amount.last)
        else:
            words = self._tokens.words(amount.last)
            if words and (words[0] in self._words.identified or self._words.look_up(self._words.durations, words)):
                return None
            thing = self._thing(amount, words, amount.last)
            if thing is None and words and self._stands_alone(amount) and self._may_be_noun(words[0], amount.last):
                token = self._tokens[amount.last]
                thing = Thing(_SAFE_CASE.sub("", self._tokens.raw(token.start, token.end)), amount.last + 1)
        if thing is None and self._stands_alone(amount):
            return Thing(None, amount.last)
        return thing

    def _is_stop(self, words: list[str]) -> bool:
        """Whether the first of the words cannot belong to a counted thing."""
        return bool(words) and any(words[0] in stops for stops in self._stops)

    def _has_suffix(self, index: int) -> bool:
        """Whether a suffix behind its mark stands at the token: "'den", Azerbaijani "-dən"."""
        mark, glued = self._tokens[index].text, self._tokens.glued
        return mark != "" and mark in self._words.suffix_marks and glued(index) and glued(index + 1)

    def _behind_bound(self, amount: Amount, index: int) -> Thing | None:
        """ "50'den fazla ülke", "3 bini aşkın firma", "50'den az olmayan ülke"."""
        if self._tokens[index].text not in self._words.after or not self._tokens.joined(index):
            return None
        index += 2 if self._is_negated(index) else 1
        return self._thing(amount, self._tokens.words(index), index)

    def _thing(self, amount: Amount, words: list[str], index: int) -> Thing | None:
        """The thing of the table that the words name, with at most two adjectives before it."""
        if not amount.value or (not amount.lower.digits and amount.value < _LEAST_IN_WORDS):
            return None
        for skipped in range(min(3, len(words))):
            word, at = words[skipped], self._tokens.behind(index, skipped)
            found = self._words.look_up(self._words.counted, words[skipped:])
            if self._is_stop([word]):
                return None
            if found is not None:
                return self._named(amount, found, words[skipped:], at, plain=skipped == 0)
            if word not in self._words.adjectives and not self._tokens.capital(at) and not _ADJECTIVE.search(word):
                return None
        return None

    def _named(self, amount: Amount, found: tuple[str, int], words: list[str], at: int, *, plain: bool) -> Thing | None:
        stem, count = found
        ending = words[count - 1][len(stem.split()[-1].rstrip("-")) :]
        if amount.yearlike and not (plain and not ending and stem in self._words.counted_after_year):
            return None
        turkic = self._words.endings == "turkic"
        if self._is_name(amount) and (not turkic or _POSSESSIVE.match(ending)):
            return None
        last = self._tokens.behind(at, count)
        if not turkic:
            return Thing(self._tokens.raw(self._tokens[at].start, self._tokens[last - 1].end), last)
        # the counted noun is the last of a compound ("500 kadın girişimci", "10 şirket temsilcisi"), not what a verb
        # takes ("5 ülke anlaşma imzaladı")
        while not ending and not self._is_stop(words[count:]):
            more = self._words.look_up(self._words.counted, words[count:])
            if more is None:
                break
            further = words[count + more[1] - 1][len(more[0].split()[-1].rstrip("-")) :]
            if not (_COMPOUND.match(further) or (not further and stem in self._words.adjectives)):
                break
            stem, count, ending = more[0], count + more[1], further
        if _OTHER_WORD.match(ending):
            return None
        return Thing(cast(str, self._words.counted.values[stem]), self._tokens.behind(at, count))

    def _is_name(self, amount: Amount) -> bool:
        """Whether the number may belong to a name before it: "ISO 9001 belgesi", "Boeing 737 uçağı"."""
        before, tokens = amount.first - 1, self._tokens
        if amount.scaled or amount.lower.grouped or self._words.language == "de":  # German nouns are all capitalised
            return False
        named = tokens.capital(before) and tokens.joined(amount.first) and tokens[before - 1].text != "'"
        return named and tokens[before].text not in self._words.openers

    def _may_be_noun(self, word: str, index: int) -> bool:
        """Whether the word behind a large Turkish number can be a noun that the table does not have."""
        if self._words.endings != "turkic" or len(word) < 3 or self._tokens.capital(index) or self._tokens.glued(index):
            return False
        known = word in self._words.after or word in self._words.minus or self._is_stop([word])
        return not known and not _NO_NOUN.search(word) and self._words.number_word(word) is None

    def _stands_alone(self, amount: Amount) -> bool:
        """Whether the number is complete by itself: "85 milyon", "12.500'den"; "bin" alone is none."""
        tokens, last = self._tokens, amount.last
        if not (amount.scaled or amount.lower.grouped):
            return False
        if not (amount.lower.digits or amount.last_cardinal.scale > 1000):
            return False
        if not self._context.is_countable(amount.first):
            return False
        if tokens[last].text in self._words.months or tokens[last].text in self._words.identified:
            return False
        if not tokens.glued(last):
            return True
        return tokens[last].text in ".,;:!?)]'\"…" and not (tokens.glued(last + 1) and tokens[last + 1].kind == DIGITS)

    def bound(self, first: int, number_last: int, last: int) -> Literal["over", "about", "under"] | None:
        """What the words around a figure say about its exactness: "en az 5", "5 milyar doların üzerinde".

        A negation turns it round: "no more than 5" is 5 or less, "5'ten az olmayan" 5 or more.
        """
        if any(self._tokens[at].text in self._words.odd for at in range(first + 1, number_last)):
            return "about"  # "260 küsur milyar"
        before = self._bound_before(first)
        if before:
            kind = self._words.before[before]
            negated = bool(self._phrase_before(first - len(before), self._words.not_before))
        else:
            behind = next(filter(None, map(self._bound_behind, (number_last, last))), None)
            if behind is None:
                return None
            kind = self._words.after[self._tokens[behind].text]
            negated = self._is_negated(behind)
        return cast(Literal["over", "about", "under"], _OPPOSITE.get(kind, kind) if negated else kind)

    def _bound_before(self, index: int) -> tuple[str, ...]:
        """The phrase of the table in front of the token that says how exact the figure is."""
        if self._tokens[index - 1].text not in self._words.before_last:
            return ()
        return self._phrase_before(index, self._words.before)

    def _phrase_before(self, index: int, phrases: Container[tuple[str, ...]]) -> tuple[str, ...]:
        """The longest of the phrases that leads up to the token; nothing if none does."""
        for count in range(self._words.longest_before, 0, -1):
            words = tuple(self._tokens[at].text for at in range(index - count, index))
            if words in phrases and all(map(self._tokens.joined, range(index - count + 1, index + 1))):
                return words
        return ()

    def _bound_behind(self, index: int) -> int | None:
        """The token, behind a suffix perhaps, that says how exact the figure before it is."""
        if self._has_suffix(index) and self._tokens[index + 1].kind == WORD:
            index += 2
        return index if self._tokens[index].text in self._words.after and self._tokens.joined(index) else None

    def _is_negated(self, index: int) -> bool:
        """Whether a negation stands behind the token: "fazla olmayan", "az değil"."""
        return self._tokens.joined(index + 1) and self._tokens[index + 1].text.startswith(self._words.not_after)
