"""Turkish case endings behind a proper name without an apostrophe, stricter than for common words.

Vowel harmony of four vowels, no derivation and no possessive: Kaya is not in "Kayalı", Demir not in "Demirel"; and the
whole must not be another person's name: Emin is not in "Emine", Petrov not in "Petrova".
"""

from __future__ import annotations

import re

from ozetle.facts.folding import dotless
from ozetle.facts.name_forms.table import given_names

_VOWELS = "aıoueiöüâîû"
_HIGH = {"a": "ı", "â": "i", "ı": "ı", "e": "i", "i": "i", "î": "i", "o": "u", "u": "u", "û": "ü", "ö": "ü", "ü": "ü"}
_LOW = {"ı": "a", "u": "a", "i": "e", "ü": "e"}
# H and A stand for the vowels that harmony chooses (Göksel & Kerslake, Turkish: A Comprehensive Grammar, 2005, ch. 3)
_BEHIND_VOWEL = "yH|yA|nHn(?:ki)?|[dt]A(?:n|ki)?|ylA|ncA|[dt]Hr"
_BEHIND_CONSONANT = "H|A|Hn(?:ki)?|[dt]A(?:n|ki)?|lA|cA|[dt]Hr"
_PATTERNS = {
    (behind, high): re.compile(endings.replace("H", high).replace("A", _LOW[high]))
    for behind, endings in (("vowel", _BEHIND_VOWEL), ("consonant", _BEHIND_CONSONANT))
    for high in _LOW
}
_MANS_NAME = ("ov", "ev", "in", "ın", "skiy", "sk")


def ends_name(word: str, end: int) -> bool:
    """Whether nothing, or a Turkish case ending, follows the first `end` letters of a folded word."""
    stem, ending = word[:end], word[end:]
    if not ending:
        return True
    vowel = next((char for char in reversed(stem) if char in _VOWELS), None)
    if vowel is None or dotless(word) in given_names() or (ending == "a" and stem.endswith(_MANS_NAME)):
        return False
    behind = "vowel" if stem[-1] in _VOWELS else "consonant"
    return _PATTERNS[behind, _HIGH[vowel]].fullmatch(ending) is not None
