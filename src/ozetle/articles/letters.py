"""What a text's script and letters alone tell of its language.

The alphabets follow Unicode CLDR's exemplar characters. Where single letters decide, only words that begin with a small
letter are looked at: a name keeps its letters in any language ("Ilham Əliyev said …").
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import NamedTuple

_ONE_LANGUAGE = {
    "ARMENIAN": "hy", "ETHIOPIC": "am", "GEORGIAN": "ka", "GREEK": "el", "GUJARATI": "gu", "GURMUKHI": "pa",
    "HANGUL": "ko", "HEBREW": "he", "HIRAGANA": "ja", "KANNADA": "kn", "KATAKANA": "ja", "KHMER": "km", "LAO": "lo",
    "MALAYALAM": "ml", "MYANMAR": "my", "SINHALA": "si", "TAMIL": "ta", "TELUGU": "te", "THAI": "th",
}  # fmt: skip

# A letter of these scripts says more than one of an alphabet that writes every vowel
_WEIGHT = {"CJK": 3.0, "HIRAGANA": 3.0, "KATAKANA": 3.0, "HANGUL": 3.0, "ARABIC": 1.5, "HEBREW": 1.5}

_LEAST_SHARE = 0.015
_SMALL_WORD = re.compile(r"(?<!\w)[^\W\d_A-ZÀ-ÞЀ-Я]\w*")

# (language, at least one of these letters, and at least one of these unless empty, and none of these)
_BY_LETTER: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "CYRILLIC": (
        ("ba", "ҙҫҡ", "", ""),
        ("az", "ҹҝ", "", ""),
        ("az", "әғ", "ј", ""),
        ("tg", "ӣӯҷ", "", ""),
        ("uz", "ў", "қғҳ", "ә"),
        ("be", "ў", "і", ""),
        ("kk", "ұ", "", ""),
        ("kk", "ә", "қі", ""),
        ("kk", "қғ", "ңөү", "һҳҙ"),
        ("uk", "їєґ", "", ""),
        ("sr", "ђћ", "", ""),
        ("mk", "ѓќѕ", "", ""),
    ),
    "LATIN": (
        ("az", "ə", "", ""),
        ("tk", "ň", "ýäşç", ""),
        ("crh", "ñ", "ğşıq", ""),
    ),
}
# Uzbek oʻ and gʻ ("boʻlib", "toʻgʻri"), however the sign is typed; "Beijing's" and "Tokyo'da" are something else
_UZBEK = re.compile(r"(?<!\w)(?=[a-z])\w*?[og][ʻʼ‘’'`](?!s\b)[a-z]")

# Letters that these languages do not write, not even in names, which Cyrillic spells in the language's own letters
_FOREIGN = (
    ("ыэё", {"bg", "mk", "sr", "uk"}),
    ("йяющьъ", {"mk", "sr"}),
    ("јљњџ", {"bg", "ru", "uk", "be", "kk", "ky", "tt", "mn", "uz", "tg", "ba"}),
    ("ієї", {"ru", "bg", "mk", "sr", "ky", "tt", "mn", "uz", "tg", "ba"}),
)

# Words of languages so close that letters and models confuse them
_WORDS: tuple[dict[str, re.Pattern[str]], ...] = (
    {
        "az": re.compile(r"\b(?:вә|үчүн|илә|олан|олуб|едиб|һәмчинин|һаггында|тәрәфиндән|олундуғу\w*|үзрә|даһа)\b"),
        "ba": re.compile(r"\b(?:менән|өсөн|буйынса|йыл\w*)\b"),
        "tt": re.compile(r"\b(?:белән|өчен|һәм|буенча|турында|ел\w*|булган|итте)\b"),
    },
    {
        "bg": re.compile(r"\b(?:от|с|във|със|че|са|ще|като|който|която|което|които|всеки|всички|бъде|си|това|тази)\b"),
        "mk": re.compile(
            r"\b(?:во|со|ги|дека|ќе|како|кој|која|кои|секој|секоја|сите|беше|биде|бидат|ова|оваа|нивн\w+)\b"
        ),
        "sr": re.compile(r"\b(?:је|у|су|са|ће|није|који|које|свак\w+|сви|нико|бити|из|као|њихов\w*|ову|овај|даље)\b"),
    },
    {
        "sr": re.compile(
            r"\b(?:gde|vreme\w*|pre|posle|dve|uvek|ovde|mest[aou]|cel[aeiou]\w*|reč\w*|predsedni\w*|sledeć\w*|dec[aeu]"
            r"|svet[aeu]?|izveštaj\w*|rešen\w*|primen\w*|procen\w*|bezbednost\w*|saopšt\w*|obezbed\w*|zahtev\w*|uspe\w*"
            r"|deo|cen[aeu]|mer[aeu]|hteo|poseduj\w*|spoljn\w+)\b"
        ),
        "hr": re.compile(
            r"\b(?:tko|netko|svatko|nitko|europ\w*|također|tjedan|tjedn\w*|tisuć\w*|tijekom|glede|priopć\w*|izvješ\w*"
            r"|uvjet\w*|siječn\w*|veljač\w*|ožuj\w*|travnj\w*|svibnj\w*|lipnj\w*|srpnj\w*|kolovoz\w*|rujn\w*|listopad\w*"
            r"|studenog\w*|prosin\w*|gospodarst\w*|gospodarsk\w*|sveučiliš\w*|odvjetni\w*|nazočn\w*|sukladno|tvrtk\w*)\b"
        ),
        "bs": re.compile(
            r"\b(?:bih|bosn\w*|hercegov\w*|saopć\w*|historij\w*|lahk\w*|sarajev\w*|(?:evrop\w*|hiljad\w*|sedmic\w*|takođe"
            r"|šta|uslov\w*|juli|juni|august)(?=.*\b(?:gdje|vrijem\w*|prije|poslije|dvije|uvijek|mjest\w*|cijel\w*|riječ\w*"
            r"|predsjed\w*|sljedeć\w*|djec\w*|svijet\w*|rješen\w*|primjen\w*|dio|cijen\w*|mjer\w*|htje\w*)))\b",
            re.DOTALL,
        ),
    },
    {
        "id": re.compile(r"\b(?:bahwa|karena|bisa|perusahaan|uang|kantor|pemerintah indonesia|rupiah|sebuah)\b"),
        "ms": re.compile(r"\b(?:bahawa|kerana|boleh|syarikat|wang|pejabat|hendaklah|ringgit|ialah|mesyuarat)\b"),
    },
)


class Letters(NamedTuple):
    """The letters of a text.

    Attributes:
        number: how many, a Chinese character counting for three, an Arabic letter for one and a half.
        script: the first word of Unicode's name for most of them ("LATIN", "CJK"); "" without letters.
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
    number = sum(count * _WEIGHT.get(script, 1.0) for script, count in scripts.items())
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    script, count = scripts.most_common(1)[0]
    if script in {"HIRAGANA", "KATAKANA", "CJK"}:
        count = kana + scripts["CJK"]
    return Letters(number, script, count / scripts.total(), kana * 20 > scripts["CJK"])


def lowered(text: str) -> str:
    """The text in lower case if most of it is in capitals; I becomes ı where other letters show Turkic spelling."""
    counts = Counter(text)
    capitals = sum(count for character, count in counts.items() if character.isupper())
    if 2 * capitals <= sum(count for character, count in counts.items() if character.isalpha()):
        return text
    if any(letter in counts for letter in "İĞŞƏ"):
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def language_of_script(letters: Letters) -> str | None:
    """The language of a script that only one language of the news uses; kana make Chinese characters Japanese."""
    if letters.script == "CJK":
        return "ja" if letters.kana else "zh"
    return _ONE_LANGUAGE.get(letters.script)


def language_of_letters(text: str, script: str) -> str | None:
    """The language whose own letters stand in the text, or None."""
    rules = _BY_LETTER.get(script)
    if rules is None:
        return None
    words = "".join(_SMALL_WORD.findall(text))
    found = Counter(words)
    least = max(1.0, _LEAST_SHARE * len(words))
    for language, one_of, and_one_of, none_of in rules:
        if (
            sum(found[letter] for letter in one_of) >= least
            and (not and_one_of or any(letter in found for letter in and_one_of))
            and not any(letter in found for letter in none_of)
        ):
            return language
    return "uz" if script == "LATIN" and len(_UZBEK.findall(text)) >= least else None


def written_otherwise(text: str) -> set[str]:
    """The languages that do not write all the letters of a text in Cyrillic."""
    found = set(text.lower())
    return {language for letters, languages in _FOREIGN if found & set(letters) for language in languages}


def told_apart(language: str, text: str) -> str:
    """The one of a few close languages whose words the text has most of; `language` where words do not decide."""
    for words in _WORDS:
        if language in words:
            small = text.lower()
            counts = {name: len(pattern.findall(small)) for name, pattern in words.items()}
            best = max(counts, key=lambda name: counts[name])
            return best if counts[best] > counts[language] else language
    return language
