"""Text folded for comparison, with an exact map back to the raw text.

Two writings of the same words fold to the same string: ``TÜRKİYE’NİN``, ``Türkiye'nin`` and a decomposed
``Türkiye'nin`` are all ``türkiye'nin``. What is folded:

- Unicode NFC (UAX #15), then Turkish lower case, one code point each: ``İ`` → ``i``, ``I`` → ``ı``, the rest by
  ``str.lower``. Where dotted and dotless i must not differ (English, capitals typed on a foreign keyboard), compare
  `dotless` forms; they are as long as the folded text, so the offsets stay valid.
- Every apostrophe and single quote → ``'``, every double quote and guillemet → ``"``, every dash and minus → ``-``.
- Every run of white space, line breaks included → one space.
- Zero-width characters, soft hyphens, direction marks, variation selectors and byte order marks vanish.
- A mark over or under a letter (canonical combining class ≥ 200) that NFC cannot compose vanishes: the dot that other
  programs leave behind when they lower ``İ`` (``i̇``), a stress mark (``Росси́я``). Marks of a lower class (vowel signs,
  viramas, Arabic vowel points) spell words in their scripts and stay.

Not undone: ligatures, full-width letters and other compatibility forms (NFKC), case pairs of unequal length (``ß``).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache

_SINGLE_QUOTES = "'`´‘’‚‛′‵ʹʻʼʽˈ‹›＇ꞌ"
_DOUBLE_QUOTES = '"“”„‟«»″‶〝〞＂'
_DASHES = "-‐‑‒–—―−⁃﹘﹣－"
_SAME = (
    dict.fromkeys(_SINGLE_QUOTES, "'")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | {"İ": "i", "I": "ı", "ς": "σ"}
)
_INVISIBLE = frozenset(
    chr(code)
    for first, last in (
        (0x00AD, 0x00AD),  # soft hyphen
        (0x034F, 0x034F),  # combining grapheme joiner
        (0x061C, 0x061C),  # Arabic letter mark
        (0x180B, 0x180E),  # Mongolian variation selectors and vowel separator
        (0x200B, 0x200F),  # zero-width space and joiners, direction marks
        (0x202A, 0x202E),  # direction embeddings
        (0x2060, 0x206F),  # word joiner, invisible operators, direction isolates
        (0xFE00, 0xFE0F),  # variation selectors
        (0xFEFF, 0xFEFF),  # byte order mark, zero-width no-break space
    )
    for code in range(first, last + 1)
)
# Stream-Safe Text Format (UAX #15): no real letter has more marks, and sorting an endless run of them is not linear
_MAX_MARKS = 30
_COMPOSES_CLASS = 200
_SHORT = 400
_LONG = 20_000  # longer texts are not remembered
_PLACEHOLDER = "\0"  # stands for what is folded with its neighbours


class _FoldTable(dict[int, str]):
    """A character's fold, for `str.translate`: one character, the placeholder for one that `_is_hard`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if _is_hard(char):
            folded = _PLACEHOLDER
        else:
            folded = " " if char.isspace() else _lower(unicodedata.normalize("NFC", char))
        self[code] = folded
        return folded


def _is_hard(char: str) -> bool:
    """Whether the character cannot be folded alone: a mark, a zero-width or a decomposing one."""
    return char in _INVISIBLE or _joins(char) or len(unicodedata.normalize("NFC", char)) != 1


def _lower(char: str) -> str:
    same = _SAME.get(char)
    if same is not None:
        return same
    lower = char.lower()
    return _SAME.get(lower, lower) if len(lower) == 1 else char


def _joins(char: str) -> bool:
    """Whether NFC may compose the character with the one before it: marks, and the later letters of a Hangul block."""
    return unicodedata.category(char)[0] == "M" or "\u1161" <= char <= "\u11c2"


_TABLE = _FoldTable()


class Folded:
    """A folded text that knows where each of its characters comes from.

    Attributes:
        raw: the text as it was given.
        text: the folded text.
    """

    def __init__(self, raw: str, text: str, starts: Sequence[int]) -> None:
        self.raw = raw
        self.text = text
        # the raw start of each folded character, then the raw length: a folded character's raw part ends where the next
        # one's begins, because what vanishes always belongs to the character before it
        self._starts = starts

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the folded characters from `start` to `end` (exclusive).

        Marks and zero-width characters that belong to the last character are inside; those before the first are not.
        Where several folded characters come from the same raw ones, the raw part is taken whole.
        """
        starts = self._starts
        first = starts[start]
        if end <= start:
            return first, first
        last = starts[end - 1]
        while starts[end] == last and end < len(starts) - 1:
            end += 1
        return first, starts[end]

    def at(self, position: int) -> int:
        """The first folded character that comes from where that raw character does."""
        starts = self._starts
        return bisect_left(starts, starts[bisect_right(starts, position) - 1])

    @cached_property
    def loose(self) -> tuple[str, Sequence[int]]:
        """The text folded further, and where in `text` each character stands: dotless, words without apostrophes.

        An apostrophe counts as inside a word between a letter or digit and a letter.
        """
        places = array("L")
        begin = 0
        for match in _INNER_APOSTROPHE.finditer(self.text):
            places.extend(range(begin, match.start()))
            begin = match.end()
        places.extend(range(begin, len(self.text)))
        return loosened(self.text), places


def loosened(folded: str) -> str:
    """A folded text with ``i`` for ``ı`` and without the apostrophes inside words."""
    return dotless(_INNER_APOSTROPHE.sub("", folded))


def fold(text: str) -> Folded:
    """Fold a text as the module describes; linear in its length, whatever it holds.

    The last few texts are remembered: the readers of figures, dates, countries and names fold the same one.
    """
    return _fold_again(text) if len(text) <= _LONG else _fold(text)


@lru_cache(maxsize=8)
def _fold_again(text: str) -> Folded:
    return _fold(text)


def _fold(text: str) -> Folded:
    folded = text.translate(_TABLE)
    hard = "".join(char for char in set(text) if _is_hard(char)) if _PLACEHOLDER in folded else ""
    return _fold_clusters(text, folded, hard) if hard else _without_runs_of_blanks(text, folded, range(len(text) + 1))


def _fold_clusters(text: str, singly: str, hard: str) -> Folded:
    """Folds the clusters of a text in which some characters cannot be folded alone; `singly` is what the others become.

    A cluster is a character with the joining and vanishing ones behind it.
    """
    joining = re.escape("".join(char for char in hard if char in _INVISIBLE or _joins(char)))
    cluster = f"(?s:.)[{joining}]{{1,{_MAX_MARKS}}}|" if joining else ""
    pieces: list[str] = []
    starts = array("L")
    begin = 0
    for match in re.finditer(f"{cluster}[{re.escape(hard)}]", text):
        start, end = match.span()
        if begin < start:
            pieces.append(singly[begin:start])
            starts.extend(range(begin, start))
        characters, offsets = _fold_cluster(match[0])
        pieces.append(characters)
        for offset in offsets:
            starts.append(start + offset)
        begin = end
    pieces.append(singly[begin:])
    starts.extend(range(begin, len(text) + 1))
    return _without_runs_of_blanks(text, "".join(pieces), starts)


def _without_runs_of_blanks(text: str, folded: str, starts: range | array[int]) -> Folded:
    """Finishes a fold: of each run of blanks the first stays."""
    if "  " not in folded:
        return Folded(text, folded, starts)
    pieces: list[str] = []
    kept = array("L")
    begin = 0
    for run in re.finditer("  +", folded):
        pieces.append(folded[begin : run.start() + 1])
        kept.extend(starts[begin : run.start() + 1])
        begin = run.end()
    pieces.append(folded[begin:])
    kept.extend(starts[begin:])
    return Folded(text, "".join(pieces), kept)


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> tuple[str, tuple[int, ...]]:
    """The folded characters of a cluster, and where in it each comes from."""
    kept = [i for i, char in enumerate(cluster) if char not in _INVISIBLE]
    raw = "".join(cluster[i] for i in kept)
    composed = unicodedata.normalize("NFC", raw)
    origins = kept if composed == raw else kept[:1] * len(composed)
    folded = [
        (" " if char.isspace() else _lower(char), origin)
        for char, origin in zip(composed, origins, strict=True)
        if unicodedata.combining(char) < _COMPOSES_CLASS
    ]
    return "".join(char for char, _ in folded), tuple(origin for _, origin in folded)


def fold_text(text: str) -> str:
    """The folded text without its map; words and names, which come again and again, are remembered."""
    return _fold_short(text) if len(text) <= _SHORT else fold(text).text


@lru_cache(maxsize=16_384)
def _fold_short(text: str) -> str:
    return _fold(text).text


_TURKISH_LETTERS = re.compile("[ğışçöüĞİŞÇÖÜ]")
_IN_ASCII = str.maketrans("ğışçöüâîû", "giscouaiu")


def in_ascii(word: str) -> str:
    """A folded word as it is typed without Turkish letters: "yüzde beş" is "yuzde bes"."""
    return word.translate(_IN_ASCII)


def is_typed_in_ascii(text: str) -> bool:
    """Whether a Turkish text does without ğ, ı, ş, ç, ö and ü, as on a foreign keyboard."""
    return _TURKISH_LETTERS.search(text) is None


def dotless(folded: str) -> str:
    """A folded text with ``i`` for ``ı``, of the same length."""
    return folded.replace("ı", "i")


_BACK, _FRONT = frozenset("aıouâû"), frozenset("eiöüəî")
_VOWELS = "aıoueiöüəâîû"
_LONGEST_SUFFIX = 16
_INNER_APOSTROPHE = re.compile(r"(?<=\w)'(?=[^\W\d_])")
# The order of Turkish nominal suffixes (Göksel & Kerslake, Turkish: A Comprehensive Grammar, 2005, chapters 6 and 8).
# V and C stand for "behind a vowel" and "behind a consonant", H and A for the vowels that harmony chooses.
_DERIVATION = "lH[kğq]?|sHz|[cç]H"
_POSSESSIVE = "V(?:sH|[mn](?:Hz)?)|CH(?:[mn](?:Hz)?)?"
_CASE = "V(?:[yn]H|[yn]A|nHn|ndAn?|ylA|ncA)|C(?:H|A|Hn|lA)|[dt]An?|[cç]A"
_COPULA = "[dt]Hr|Vy?[dt]H|C[dt]H|V?y?mHş|Vy?ken|Cken"
_ENDING = f"(?:{_DERIVATION}){{0,2}}(?:lAr)?(?:{_POSSESSIVE})?(?:(?:{_CASE})(?:ki(?:lAr)?(?:{_CASE})?)?)?(?:{_COPULA})?"


def _ending(pattern: str, vowels: str) -> str:
    parts = {"V": f"(?<=[{vowels}])", "C": f"(?<![{_VOWELS}])", "H": "[ıiuü]", "A": "[aeə]"}
    return "".join(parts.get(char, char) for char in pattern)


_SUFFIX = re.compile(_ending(_ENDING, _VOWELS) + "$")
_SUFFIX_AFTER_APOSTROPHE = re.compile(_ending(f"(?:(?:V|C)H?ncH|ş?[ae]r)?{_ENDING}", _VOWELS + "'") + "$")


def is_turkish_ending(word: str, ending: str) -> bool:
    """Whether the folded ending may be Turkish or Azerbaijani suffixes of the folded word; harmony is not asked."""
    # the pattern looks back at the word's last letter
    return len(ending) <= _LONGEST_SUFFIX and _SUFFIX.match(word[-1:] + ending, 1) is not None


def find(text: Folded, phrase: str) -> list[tuple[int, int]]:
    """Raw spans of every occurrence of a phrase, which is folded like the text.

    An occurrence stands at word boundaries; a Turkish suffix may follow, with an apostrophe of any kind or glued
    ("Türkiye'nin", "Türkiyenin"), and is not part of the span. A glued suffix must suit the word: its vowels, and its
    buffer letter ("Nijer" is not in "Nijerya"); behind an acronym any does ("ABDnin"). A number is never found inside a
    longer one ("22" is not in "22,3").

    Where the phrase does not occur so, it is looked for with ``i`` for ``ı`` and without the apostrophes inside words:
    "Türkiyenin" finds "Türkiye’nin", "ISTANBUL" finds "İstanbul".
    """
    wanted = fold_text(phrase).strip()
    if not wanted:
        return []
    acronym = phrase.split()[-1].isupper()
    exact = _occurrences(text, wanted, text.text, range(len(text.text)), acronym)
    return exact or _occurrences(text, loosened(wanted), *text.loose, acronym)


def _occurrences(
    text: Folded, wanted: str, searched: str, places: Sequence[int], acronym: bool
) -> list[tuple[int, int]]:
    """Raw spans where `wanted` is in `searched`, whose characters stand at `places` in the folded text."""
    folded = text.text
    spans: list[tuple[int, int]] = []
    begin = 0
    while (at := searched.find(wanted, begin)) >= 0:
        start, end = places[at], places[at + len(wanted) - 1] + 1
        glued = start > 0 and _is_word(folded[start]) and _is_word(folded[start - 1])
        if not glued and not _inside_number(folded, start, end) and _ends_word(folded, start, end, acronym):
            spans.append(text.raw_span(start, end))
            begin = at + len(wanted)
        else:
            begin = at + 1
    return spans


def strip_suffix(word: str) -> str:
    """The word without its apostrophe suffix: "Türkiye’nin" → "Türkiye", "2025'te" → "2025"; "O'Neill" stays.

    The suffix must be a Turkish one, in small letters unless the word is in capitals.
    """
    for position in range(len(word) - 1, 0, -1):
        if word[position] in _SINGLE_QUOTES:
            stem, suffix = word[:position], word[position + 1 :]
            if len(suffix) > _LONGEST_SUFFIX or not (suffix.islower() or stem.isupper() or suffix.isupper()):
                return word
            return stem if _SUFFIX_AFTER_APOSTROPHE.match("'" + fold_text(suffix), 1) else word
    return word


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def _inside_number(text: str, start: int, end: int) -> bool:
    """Whether the text goes on as the same number: "22" in "22,3" or in "1.022"."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (text[start].isdecimal() and len(before) == 2 and before[0].isdecimal() and before[1] in ".,:/") or (
        text[end - 1].isdecimal() and len(after) == 2 and after[1].isdecimal() and after[0] in ".,:/"
    )


def _ends_word(text: str, start: int, end: int, acronym: bool) -> bool:
    word = text[start:end]
    tail_end = end
    while tail_end < len(text) and tail_end <= end + _LONGEST_SUFFIX and _is_word(text[tail_end]):
        tail_end += 1
    suffix = text[end:tail_end]
    if not suffix or not _is_word(word[-1]):
        return True
    if len(suffix) > _LONGEST_SUFFIX or not suffix.isalpha():
        return False
    if acronym or word[-1].isdecimal():
        return _SUFFIX_AFTER_APOSTROPHE.match("'" + suffix, 1) is not None and _in_harmony(suffix, "")
    return is_turkish_ending(word, suffix) and _in_harmony(suffix, word)


def _in_harmony(suffix: str, word: str) -> bool:
    """Whether the suffix's vowels are all back or all front, as the word's last vowel is."""
    vowels = [char for char in suffix.replace("ki", "") if char in _VOWELS]
    vowels += [char for char in reversed(word) if char in _VOWELS][:1]
    return all(char in _BACK for char in vowels) or all(char in _FRONT for char in vowels)


def capitalised(text: str) -> str:
    """Return a Turkish text with a capital at its beginning: "ikili görüşme" is "İkili görüşme"."""
    return {"i": "İ", "ı": "I"}.get(text[:1], text[:1].upper()) + text[1:]
