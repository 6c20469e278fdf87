"""Inflected names of other languages brought back to the nominative: Токаева, Erdoganit, Bayramovun, Erdogans.

`nominatives` gives every form that a word may be a case of, for comparison; `nominative_name` decides for one, only
where a rule is safe: a Russian surname in -ова may be a man's in the genitive or a woman's, and stays unless a given
name beside it tells.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ozetle.facts.name_forms.spelling import script_of, spell, without_accents
from ozetle.facts.name_forms.table import first_names, given_names, people, words
from ozetle.facts.tables import key_of

SLAVIC = frozenset({"ru", "uk", "be", "bg", "sr", "mk"})
_SHORTEST = 3
_CONSONANTS = "бвгджзклмнпрстфхцчшщћђџљњјќѓѕґ"
_VOWELS = "аеёиоуыэюяіїє"
# surnames that are declined like adjectives or in a way of their own: stem, then the ending
_OV = re.compile(r"(?P<stem>\w+(?:[оеёє]в|[ії]в|[иыі]н))(?P<ending>а|у|ым|им|ом|е|ой|ою|ої|ій|ові|еві|і)")
_SKY = re.compile(r"(?P<stem>\w+[сц]ь?к)(?P<ending>ого|ому|им|ом|ою|ой|ую|ої|у|ій)")
_WOMEN_ENDINGS = frozenset({"ой", "ою", "ої", "ій", "ую"})
_BOTH_ENDINGS = frozenset({"а", "у"})
# behind a consonant of the nominative; behind -й or -ь; behind -а or -я
_HARD = ("а", "у", "ом", "ем", "е", "ові", "еві", "і")
_SOFT = ("я", "ю", "ем", "ём", "е", "єм", "єві")
_SOFT_ROOT = ("ы", "и", "е", "у", "ю", "ой", "ей", "ою", "ею", "і", "ії")
# surnames of women in Latin letters: never a man's in a case
_WOMAN = re.compile(r"\w+(?:ova|eva|yeva|skaya|ska)")
_TURKIC = {
    "az": re.compile("n?[iuü]n|[ny]?[aə]|[ny]?[iuü]|d[aə]n?|y?l[aə]"),
    "crh": re.compile("n?[iuü]ñ|[ny]?[iuü]|[gğqk][aе]|[dt][ae]n?"),
    "tk": re.compile("n?[yiuü]ň|n?[yiuü]|[ae]|[dnt][ae]n?"),
    "uz": re.compile("ning|ni|ga|da|dan"),
    "kk": re.compile("[ндт][ыі]ң|[ндт][ыі]|[ғқгк][ае]|[дт][ае]н?|[мбп]ен"),
    "ky": re.compile("[ндт][ыиуү]н|[ндт][ыиуү]|[гк][аеоө]|[дт][аеоө]н?"),
    "tt": re.compile("н[ыеи]ң|н[ыеи]|[гк][аәе]|[дт][аәе]н?"),
    "uz_cyrillic": re.compile("нинг|ни|га|да|дан"),
    "az_cyrillic": re.compile("н?[ыиуү]н|[нј]?[аә]|[нј]?[ыиуү]|д[аә]н?|ј?л[аә]"),
}
_TURKIC_LANGUAGES = frozenset(key.split("_")[0] for key in _TURKIC)
_TURKIC_SURNAME = re.compile(r"\w+(?:[oe]v|[oe]w|zad[aəe]|zoda|[оеё]в|зад[аә])")
_DECLINED_WOMAN = re.compile(r"\w+(?:[oe]va|[oe]wa|[оеё]ва)")
_ALBANIAN = ("it", "in", "ut", "un", "i", "u", "s", "së", "n", "të")
_ARABIC_CLITICS = frozenset("وبلكف")


@lru_cache(maxsize=4096)
def nominatives(word: str, language: str, gender: str | None = None) -> tuple[str, ...]:
    """The word and every form of which it may be a case; all keys.

    Args:
        word: the word's key.
        language: base language code.
        gender: "male" or "female" where the given name tells, else None.
    """
    script = script_of(word)
    if script == "cyrillic" and language in SLAVIC:
        found = _slavic(word, gender)
    elif script == "cyrillic":
        found = _turkic(word, language if language in {"kk", "ky", "tt"} else f"{language}_cyrillic")
    elif script == "greek":
        found = (
            [word, word + "σ"] if word[-1] in "αηοε" else [word, word[:-2] + "οσ"] if word.endswith("ου") else [word]
        )
    elif script == "arabic":
        found = _arabic(word)
    elif script == "latin":
        found = _latin(word, language)
    else:
        found = [word]
    return tuple(dict.fromkeys(found))


def _slavic(word: str, gender: str | None) -> list[str]:
    for pattern in (_OV, _SKY):
        match = pattern.fullmatch(word)
        if match is not None:
            return _surname(word, match["stem"], match["ending"], gender, adjective=pattern is _SKY)
    found = [word]
    for ending in _HARD if gender != "female" else ():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and word[-len(ending) - 1] in _CONSONANTS:
            found.append(word[: -len(ending)])
    for ending in _SOFT if gender != "female" else ():
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _SHORTEST - 1:
            found.append(stem + ("й" if stem[-1] in _VOWELS else "ь"))
    for ending in _SOFT_ROOT:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _SHORTEST - 1:
            found += [stem + "а", stem + "я"]
    return found


def _surname(word: str, stem: str, ending: str, gender: str | None, *, adjective: bool) -> list[str]:
    man = stem + "ий" if adjective else stem
    woman = stem + ("ая" if adjective and stem[-2] != "ь" else "а")
    if ending in _WOMEN_ENDINGS:
        return [word, woman]
    if ending not in _BOTH_ENDINGS or adjective:
        return [word, man]
    women = [woman]
    return {"male": [man], "female": women, None: [word, man, *women]}[gender]


def _turkic(word: str, language: str) -> list[str]:
    pattern = _TURKIC.get(language)
    found = [word]
    if pattern is not None:
        found += [
            word[:end]
            for end in range(len(word) - 1, max(_SHORTEST, len(word) - 4) - 1, -1)
            if pattern.fullmatch(word, end)
        ]
    return found


def _latin(word: str, language: str) -> list[str]:
    if language in _TURKIC:
        found = _turkic(word, language)
        # "Bayramova" is a woman, "Fidana" may be one; a dative is taken off where nothing speaks against it
        keep = word in given_names() or _WOMAN.fullmatch(word) is not None
        return [word] if keep and word[-1] in "aə" else found
    found = [word]
    if language == "sq" and not _WOMAN.fullmatch(word):
        for ending in _ALBANIAN:
            stem = word[: -len(ending)]
            if word.endswith(ending) and len(stem) >= _SHORTEST:
                found.append(stem)
        if word.endswith(("it", "in", "ut", "un")):
            found.append(word[:-1])  # "Kurtit" is of Kurti
        if word.endswith(("ës", "ën")):
            found += [word[:-2] + "a", word[:-2] + "ë"]
    if language in {"de", "sv", "da", "no", "nl"} and word.endswith("s") and word[-2:-1] != "s" and len(word) > 4:
        found.append(word[:-1])
    return found


def _arabic(word: str) -> list[str]:
    found = [word]
    if word[0] in _ARABIC_CLITICS and len(word) > _SHORTEST:
        found.append(word[1:])
    if word.startswith("لل") and len(word) > _SHORTEST + 1:
        found.append(word[2:])
    return [*found, *(form[2:] for form in found if form.startswith("ال") and len(form) > _SHORTEST + 1)]


def gender_of(given: str, language: str) -> tuple[str | None, str]:
    """What a Slavic text's given name tells, "male", "female" or None, and its nominative; keys.

    A name that the tables of Turkish given names have without its ending ("Нурлана": Nurlan) is a man's in a case.
    """
    for form in _slavic(given, None):
        if form in first_names("male"):
            return "male", form
        if form in first_names("female"):
            return "female", form
    if key_of(spell(given, language)) not in given_names():
        for form in _slavic(given, "male")[1:]:
            if form[-1] in _CONSONANTS + "йь" and key_of(spell(form, language)) in given_names():
                return "male", form
    return None, given


@lru_cache(maxsize=16_384)
def is_cyrillic_given(word: str, language: str) -> bool:
    """Whether a word's key is a given name in Cyrillic letters, perhaps in a case."""
    if script_of(word) != "cyrillic":
        return False
    if gender_of(word, language)[0] is not None:
        return True
    forms = _slavic(word, None)
    return any(form in words() or key_of(spell(form, language)) in given_names() for form in forms)


def nominative_name(name: list[str], language: str) -> list[str]:
    """The words of a name in the nominative where that is certain; else as they are.

    Args:
        name: the words as the text has them, given name first.
        language: base language code.
    """
    if language not in SLAVIC:
        return [*name[:-1], _turkic_surname(name[-1], language)]
    if script_of("".join(name)) != "cyrillic":
        return name
    last = key_of(name[-1])
    if len(name) == 1:
        return [_cased(name[0], _surname_alone(last))]
    gender, given = gender_of(key_of(name[0]), language)
    if gender is not None or _is_sure(last):
        surname = nominatives(last, language, gender)[-1] if _is_declined_surname(last) else last
    else:
        surname = last
    if gender == "male" and given != key_of(name[0]):
        surname = _case_pairs(key_of(name[0]), surname) or surname
    return [_cased(name[0], given), *name[1:-1], _cased(name[-1], surname)]


def _is_declined_surname(key: str) -> bool:
    return _OV.fullmatch(key) is not None or _SKY.fullmatch(key) is not None


def _is_sure(key: str) -> bool:
    """Whether the case of a surname tells by itself whether a man or a woman has it."""
    match = _OV.fullmatch(key)
    return _SKY.fullmatch(key) is not None if match is None else match["ending"] not in _BOTH_ENDINGS


def _surname_alone(key: str) -> str:
    if key in words() or key in people().surnames:
        return key
    forms = nominatives(key, "ru")[1:]
    known = next((form for form in forms if form in people().surnames or form in words()), None)
    return known or (forms[-1] if _is_sure(key) and forms else key)


def _turkic_surname(word: str, language: str) -> str:
    """A surname in -ov or -zadə without a Turkic case: "Bayramovun", "Тоқаевтың"."""
    if language not in _TURKIC_LANGUAGES:
        return word
    word = without_accents(word)
    key = key_of(word)
    if _DECLINED_WOMAN.fullmatch(key):
        return word
    form = next((form for form in nominatives(key, language)[1:] if _TURKIC_SURNAME.fullmatch(form)), key)
    return word if len(key) != len(word) else word[: len(form)]


def _case_pairs(given: str, surname: str) -> str | None:
    """A foreign surname beside a given name in a case: "Хакана Фидана", "Хаканом Фиданом"."""
    for endings in (("а", "я"), ("у", "ю"), ("ом", "ем"), ("е",)):
        if not (given.endswith(endings) and surname.endswith(endings)):
            continue
        ending = next(ending for ending in endings if surname.endswith(ending))
        stem = surname[: -len(ending)]
        if len(stem) < _SHORTEST:
            return None
        if stem[-1] in _VOWELS and ending in {"я", "ю", "ем", "е"}:
            return stem + "й"
        return stem if stem[-1] in _CONSONANTS and ending not in {"я", "ю"} else None
    return None


def _cased(word: str, key: str) -> str:
    """A key with the capitals of the word it comes from; the word itself where it is that word's key."""
    if key == key_of(word):
        return word
    if word.isupper() and len(word) > 1:
        return key.upper()
    return "".join(
        char.upper() if place < len(word) and word[place].isupper() else char for place, char in enumerate(key)
    )
