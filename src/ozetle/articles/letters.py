"""How many letters a text has, in which script, and which language a script gives away."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from typing import NamedTuple

_ONE_LANGUAGE = {
    "ARMENIAN": "hy", "ETHIOPIC": "am", "GEORGIAN": "ka", "GREEK": "el", "GUJARATI": "gu", "GURMUKHI": "pa",
    "HANGUL": "ko", "HEBREW": "he", "KANNADA": "kn", "KHMER": "km", "LAO": "lo",
    "MALAYALAM": "ml", "MYANMAR": "my", "SINHALA": "si", "TAMIL": "ta", "TELUGU": "te", "THAI": "th",
}  # fmt: skip

_JAPANESE_FORMS = frozenset("々働込峠畑枠円圧駅価気拡検験済単読売両労県権総応図対発関変実戦歳経帰郷戻歩毎渋渉焼")

# A letter of these scripts says more than one of an alphabet that writes every vowel
_WEIGHT = {"CJK": 3.0, "HANGUL": 3.0, "ARABIC": 1.5, "HEBREW": 1.5}


class Letters(NamedTuple):
    """The letters of a text.

    Attributes:
        number: how many, a Chinese character counting for three, an Arabic letter for one and a half.
        script: the first word of Unicode's name for most of them ("LATIN"); "CJK" for kana too; "" without letters.
        share: the share that is in this script.
        kana: whether Japanese syllables stand among them.
    """

    number: float
    script: str
    share: float
    kana: bool


@cache
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0].split("-")[0]


def count_letters(text: str) -> Letters:
    """Count the letters of a text by script."""
    scripts: Counter[str] = Counter()
    for character, count in Counter(text).items():
        if character.isalpha():
            scripts[_script_of(character)] += count
    if not scripts:
        return Letters(0, "", 0.0, False)
    kana, chinese = scripts["HIRAGANA"] + scripts["KATAKANA"], scripts["CJK"]
    for name in ("HIRAGANA", "KATAKANA", "CJK"):
        del scripts[name]
    scripts["CJK"] = kana + chinese
    weights = {name: count * _WEIGHT.get(name, 1.0) for name, count in scripts.items()}
    number = sum(weights.values())
    script = max(weights, key=lambda name: weights[name])
    return Letters(number, script, weights[script] / number, kana * 20 > chinese)


def lowered(text: str) -> str:
    """The text in lower case if most of it is in capitals; I becomes ı where other letters show Turkic spelling."""
    if 2 * sum(map(str.isupper, text)) <= sum(map(str.isalpha, text)):
        return text
    if any(letter in text for letter in "İĞŞƏ"):
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def language_of_script(text: str, letters: Letters) -> str | None:
    """The language of a script that only one language of the news uses, or None.

    Chinese characters are Japanese where kana stand among them, or forms that Japan alone simplified so.
    """
    if letters.script == "CJK":
        return "ja" if letters.kana or not _JAPANESE_FORMS.isdisjoint(text) else "zh"
    return _ONE_LANGUAGE.get(letters.script)
