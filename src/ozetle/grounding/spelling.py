"""What an article writes for a name that was given with a small slip: other accents, a letter wrong in a long word.

A slip is forgiven only where nothing else can be meant. A changed letter more often makes another name than a misspelt
one (Rusya and Prusya, Nijer and Nijerya, Slovakya and Slovenya, Ahmet and Mehmet, a 2nd and a 12th session), so:

- words of fewer than six letters, and everything with a digit, must be equal but for accents;
- a longer word may have one letter wrong, missing, added or swapped with its neighbour, one of ten letters two; but
  never the first letter, and never by being cut or prolonged (Demir, Demirel);
- in several words at least one must be equal, and two slips is the most; a single word needs eight letters;
- a word that is known to be right is no slip of another: given names, towns, titles, what organisations are called
  (Bakanlığı and Başkanlığı);
- the words must name no country that the article's do not; a person must be one whom the article was read to name;
- whatever else in the article would do as well makes the match ambiguous, and then there is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ozetle.facts import read_countries
from ozetle.facts.folding import dotless, find, fold_text, is_turkish_ending
from ozetle.facts.names.lexicon import lexicon
from ozetle.reading import Reading

_WORD = re.compile(r"[^\W_]+")
_LONGEST_PHRASE = 200  # characters
_MAX_SLIPS = 2
_SLIP_LETTERS, _TWO_SLIPS_LETTERS, _ALONE_LETTERS = 6, 10, 8
_FEWEST_LETTERS = 4  # Cin is not Çin
_LONGEST_GAP = 3
_LEFT_OUT = _MAX_SLIPS + 1  # what a name without its middle names costs: any other match is better


class Spellings:
    """Finds an article's own writing of a name; the article's words are indexed at the first question that needs it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._language = reading.language.code
        self._words: list[tuple[str, int, int, int]] = []  # plain form, start and end in the folded text, sentence
        self._places: dict[str, list[int]] | None = None

    def of_person(self, name: str) -> str | None:
        """Return the full name, as the article has it, of the one person read from it who can be meant; or None.

        Middle names may be left out where the first and the last are equal.
        """
        wanted = _plain_words(name)
        found: dict[str, tuple[int, str]] = {}
        for mention in self._reading.names if wanted else ():
            if mention.kind != "organisation":
                costs = [_name_cost(wanted, _plain_words(text)) for text in {mention.text, mention.name}]
                cost = min((cost for cost in costs if cost is not None), default=None)
                if cost is not None and (cost in (0, _LEFT_OUT) or not self._is_right(name, mention.name)):
                    key = plain(mention.name)
                    found[key] = min(found.get(key, (cost, mention.name)), (cost, mention.name))
        return _only(list(found.values())) or self._of_words(wanted)

    def of_words(self, phrase: str) -> str | None:
        """Return the words of one content sentence that the phrase stands for, as the article writes them; or None.

        A slip is not forgiven in words that touch a person's name.
        """
        wanted = _plain_words(phrase)
        return self._of_words(wanted) or self._of_words(wanted, phrase)

    def _of_words(self, wanted: list[str], slipped: str | None = None) -> str | None:
        """Return the words that differ in their accents only or, of a phrase that may hold slips, in its slips."""
        slips = slipped is not None
        if sum(map(len, wanted)) < _FEWEST_LETTERS:
            return None
        folded = self._reading.folded
        found: dict[str, tuple[int, str]] = {}
        for first in self._windows(wanted, slips):
            match = self._match(wanted, first, slips)
            if match is None:
                continue
            start, end = folded.raw_span(*match[1:])
            written = folded.raw[start:end]
            if (start, end) not in find(folded, written):  # a suffix that does not suit the word, part of a number
                continue
            if slipped is None or (not self._touches_person(start, end) and self._agree(slipped, written)):
                found.setdefault(plain(written), (match[0], written))
        return _only(list(found.values()))

    def _windows(self, wanted: list[str], slips: bool) -> Iterator[int]:
        """Yield the words at which the phrase may begin: where one of its words stands, or one like a lone word."""
        places = self._indexed()
        last = len(wanted) - 1
        seen: set[int] = set()
        if slips and last == 0:
            if len(wanted[0]) >= _ALONE_LETTERS:
                for word, begins in places.items():
                    if word[0] == wanted[0][0] and abs(len(word) - len(wanted[0])) <= 1:
                        yield from begins
            return
        for offset, word in enumerate(wanted):
            for at in places.get(word, ()):
                first = at - offset
                if first >= 0 and first + last < len(self._words) and first not in seen:
                    seen.add(first)
                    yield first

    def _match(self, wanted: list[str], first: int, slips: bool) -> tuple[int, int, int] | None:
        """Return the cost, start and end (folded) of the words from `first` on as the wanted ones, or None."""
        window = self._words[first : first + len(wanted)]
        if window[0][3] != window[-1][3]:
            return None
        text = self._reading.folded.text
        total = 0
        end = window[-1][2]
        for position, (word, (found, _, stop, _)) in enumerate(zip(wanted, window, strict=True)):
            cost = 0 if word == found else _slips(word, found) if slips else None
            if cost is None and position == len(wanted) - 1 and _is_inflected(word, found):
                cost, end = 0, stop - (len(found) - len(word))
            if cost is None:
                return None
            total += cost
            if position:
                gap = text[window[position - 1][2] : window[position][1]]
                digits = word[0].isdecimal() and wanted[position - 1][-1].isdecimal()
                if len(gap) > _LONGEST_GAP or (digits and gap.strip()):
                    return None
        alone = len(wanted) == 1
        return (total, window[0][1], end) if total <= (1 if alone else _MAX_SLIPS) else None

    def _indexed(self) -> dict[str, list[int]]:
        if self._places is None:
            self._places = {}
            folded = self._reading.folded
            sentences = iter(self._reading.content)
            sentence = next(sentences, None)
            for match in _WORD.finditer(folded.text):
                start = folded.raw_span(*match.span())[0]
                while sentence is not None and sentence.end <= start:
                    sentence = next(sentences, None)
                if sentence is None:
                    break
                if sentence.start <= start:
                    word = match[0].translate(_BASES)
                    self._places.setdefault(word, []).append(len(self._words))
                    self._words.append((word, *match.span(), sentence.start))
        return self._places

    def _touches_person(self, start: int, end: int) -> bool:
        return any(
            mention.kind == "person" and mention.start < end and start < mention.end for mention in self._reading.names
        )

    def _agree(self, phrase: str, written: str) -> bool:
        """Whether the phrase names no other country, and no word of it that differs is known to be right."""
        named = [{mention.code for mention in read_countries(text, self._language)} for text in (phrase, written)]
        return named[0] <= named[1] and not self._is_right(phrase, written)

    def _is_right(self, phrase: str, written: str) -> bool:
        known = lexicon(self._language)
        keys = {word: plain(word) for word in _WORD.findall(dotless(fold_text(phrase)))}
        others = set(_plain_words(written))
        return any(
            key not in others
            and (word in known.given or known.is_city(word) or known.is_title(word) or known.organisation_head(word))
            for word, key in keys.items()
        )


class _Bases(dict[int, str]):
    """A folded letter without its accents."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        accented = len(parts) > 1 and all(map(unicodedata.combining, parts[1:]))
        self[code] = parts[0] if accented else chr(code)
        return self[code]


_BASES = _Bases({ord("ı"): "i"})


def plain(text: str) -> str:
    """Return a text folded and without accents, of the same length as folded: "Şahin Öztürk" is "sahin ozturk"."""
    return fold_text(text).translate(_BASES)


def _plain_words(text: str) -> list[str]:
    return _WORD.findall(plain(text)) if len(text) <= _LONGEST_PHRASE else []


def _name_cost(wanted: list[str], found: list[str]) -> int | None:
    """How far a person's name is from another, or None if too far: 0 the same but for accents."""
    if wanted == found:
        return 0
    if len(wanted) < 2:
        return None
    if len(wanted) == len(found):
        slips = [_slips(word, other) for word, other in zip(wanted, found, strict=True) if word != other]
        total = sum(slip for slip in slips if slip is not None)
        return total if None not in slips and len(slips) < len(wanted) and total <= _MAX_SLIPS else None
    rest = iter(found)
    left_out = (wanted[0], wanted[-1]) == (found[0], found[-1]) and all(word in rest for word in wanted)
    return _LEFT_OUT if left_out else None


def _slips(word: str, other: str) -> int | None:
    """How many letters a word has wrong, if so few that it can be a slip of the other; else None."""
    shorter = min(len(word), len(other))
    if shorter < _SLIP_LETTERS or word[0] != other[0] or not (word.isalpha() and other.isalpha()):
        return None
    if word.startswith(other) or other.startswith(word):
        return None
    most = _MAX_SLIPS if shorter >= _TWO_SLIPS_LETTERS else 1
    if abs(len(word) - len(other)) > most:
        return None
    distance = edit_distance(word, other)
    return distance if distance <= most else None


def edit_distance(first: str, second: str) -> int:
    """Return how many letters must be inserted, deleted, replaced or swapped with their neighbours.

    Optimal string alignment distance (Boytsov, Indexing methods for approximate dictionary searching, 2011, 2.1).
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, char in enumerate(first, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (char != other))
            if i > 1 and j > 1 and char == second[j - 2] and other == first[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _is_inflected(word: str, found: str) -> bool:
    return found.startswith(word) and word.isalpha() and is_turkish_ending(word, found[len(word) :])


def _only(found: list[tuple[int, str]]) -> str | None:
    """Return the best of some matches, if no other is as good."""
    best = sorted(found)[:2]
    return best[0][1] if best and (len(best) == 1 or best[0][0] < best[1][0]) else None
