"""Whether a translation is in Turkish, wholly, and not left in the source's language."""

from __future__ import annotations

import re

from ozetle.articles import detect_language
from ozetle.facts.folding import fold_text
from ozetle.reasons import FlagCode
from ozetle.translating.checks.lexicon import function_words, meanings
from ozetle.translating.checks.reading import SentenceReading, Word
from ozetle.translating.flag import Flag, flag

_OWN_LETTERS = frozenset("ğı")
_SPARE_LETTERS = frozenset("qwx")
_TURKISH_ENDING = re.compile(
    r"(?:l[ae]r(?:[ıi](?:n[ıi]?)?)?(?:[dt][ae]n?|[ae]|[ıi]n|l[ae])?|[ıiuü]yor(?:l[ae]r|du)?|[dt][ıiuü](?:l[ae]r|k|m)?|m[ıiuü]ş(?:t[ıiuü]r?)?"
    r"|[ae]c[ae][kğ](?:t[ıi]r|[ıi]n[ıi]?|l[ae]r)?|n[ıiuü]n|[ıiuü]n[dt][ae]n?|[dt][ae]n|[dt][ae](?:ki)?|m[ae]s[ıi](?:n[ıiae]|n[dt][ae]n?)?|m[ae]k(?:t[ae]|t[ae]d[ıi]r)?"
    r"|s[ıiuü](?:n[ıiuüae]|n[dt][ae]n?)?|[ıiuü]n[ıiuüae]|l[ıiuü]k?|s[ıiuü]z|l[ıiuü][kğ][ıiuü]?n?[ıiuüae]?|c[ıiuü]|yl[ae]|y[ae]|[ae]r[ae]k|[dt]ığ[ıi]\w*|[dt]iğ[ıi]\w*|[ıiuü]l[ae]n|[ıiuü]p|[ıiuü])$"
)
_UNTURKISH = re.compile(r"[qwx]|th|ck|ph|sch|tion|ee|oo|ll(?![ae]r)|ss$|^(?:st|sp|sch|str|wh|kn|gj|xh|nj)|ə")
_MAX_SHARED = 0.6
_MAX_SHARED_AZ = 0.75
_FOREIGN_ENOUGH = 3
_LONG_WORD = 4
_LONGEST_NAME = 4
_LEAST_TURKISH = 0.4


def language_problem(source: SentenceReading, text: SentenceReading) -> Flag | None:
    """Left in the source language, wholly or in a word, or written in another one than Turkish."""
    found = _sentence_problem(source, text)
    left = next((word for word in text.words if _is_left_word(word, source)), None)
    if found is None and left is not None:
        return flag(FlagCode.UNTRANSLATED_WORDS, words=left.text)
    return found


def _sentence_problem(source: SentenceReading, text: SentenceReading) -> Flag | None:
    words = [word for word in text.words if len(word.plain) > 1]
    lower = [word for word in words if not word.capital]
    if not lower or (len(lower) < 3 and len(words) > 6):
        lower = [word for word in words if word.plain not in _names(source)] or lower
    copied = _copied(source, text, lower)
    if copied:
        return copied
    azerbaijani = [word for word in text.words if _is_azerbaijani(word, source)]
    if azerbaijani:
        own = source.language == "az"
        code = FlagCode.UNTRANSLATED_AZERBAIJANI if own else FlagCode.LANGUAGE_AZERBAIJANI
        return flag(code, words=azerbaijani[0].text)
    opening = [word for word in words[:1] if word.capital and word not in lower]
    foreign = [word for word in (*opening, *lower) if _foreign(word.text) and not _inside_name(text, word)]
    turkish = [word for word in lower if is_turkish(word)]
    if not lower or (not foreign and 2 * len(turkish) >= len(lower)):
        return None
    many = len(foreign) >= _LEAST_TURKISH * len(turkish) or len(foreign) >= _FOREIGN_ENOUGH
    if foreign and many and (len(foreign) > 1 or 2 * len(turkish) <= len(lower)):
        return flag(FlagCode.LANGUAGE_WORDS, words=foreign[0].text)
    judged = {*lower, *(word for word in words[:1] if word.plain not in _names(source))}
    if not any(map(is_turkish, judged)) and len(judged) > 1:
        return flag(FlagCode.LANGUAGE_NOT_TURKISH)
    detected = detect_language(text.text)
    few = bool(foreign) or len(turkish) <= _LEAST_TURKISH * len(lower)
    if detected.code not in ("tr", "und") and few and detected.confidence > 0.5:
        own = detected.code == source.language
        code = FlagCode.UNTRANSLATED_LANGUAGE if own else FlagCode.LANGUAGE_OTHER
        return flag(code, language=detected.code)
    return None


def is_turkish(word: Word) -> bool:
    """Whether a word of small letters looks Turkish: its letters, or its ending."""
    folded = fold_text(word.text)
    if folded in function_words("tr"):
        return True
    if _UNTURKISH.search(folded):
        return False
    return _is_known(word) or (len(folded) > _LONG_WORD - 1 and _TURKISH_ENDING.search(folded) is not None)


def _is_known(word: Word) -> bool:
    """Whether a word is surely Turkish: by letters that only Turkish has, or by the lexicon."""
    folded = fold_text(word.text)
    known = folded in function_words("tr") or not _OWN_LETTERS.isdisjoint(folded)
    return known or bool(meanings(word.plain, "tr", _LONG_WORD))


def _names(source: SentenceReading) -> frozenset[str]:
    return frozenset(word.plain for word in source.words if word.capital and not meanings(word.plain, source.language))


def _foreign(text: str) -> bool:
    return fold_text(text) in function_words("foreign")


def _is_azerbaijani(word: Word, source: SentenceReading) -> bool:
    """Whether a word is Azerbaijani: its letters, or that Turkish writes it otherwise; names keep their letters."""
    if "ə" in word.plain:
        return not word.capital or bool(meanings(word.plain, "az"))
    if word.capital:
        return False
    if source.language == "az" and not _SPARE_LETTERS.isdisjoint(word.plain):
        return True
    return fold_text(word.text) in function_words("az")


def _is_left_word(word: Word, source: SentenceReading) -> bool:
    """Whether a word is one of the source's language that the lexicon knows, and no Turkish one.

    A capitalised one must stand in the source likewise, and not among other capitalised words, as in a company's name.
    """
    if len(word.plain) < _LONG_WORD or meanings(word.plain, "tr") or is_turkish(word):
        return False
    if word.capital:
        return word.plain in _lonely_capitals(source) and bool(meanings(word.plain, source.language, _LONG_WORD))
    return len(word.plain) > _LONG_WORD and bool(meanings(word.plain, source.language, _LONG_WORD))


def _lonely_capitals(source: SentenceReading) -> frozenset[str]:
    """The capitalised words of a sentence that belong to no name that was read from it."""
    named = [(mention.start, mention.end) for mention in source.names]
    return frozenset(
        word.plain
        for word in source.words
        if word.capital and not any(start <= word.start < end for start, end in named)
    )


def _inside_name(text: SentenceReading, word: Word) -> bool:
    """Whether a small word joins two capitalised ones, as in "Bank of America"."""
    index = text.words.index(word)
    around = text.words[max(0, index - 2) : index], text.words[index + 1 : index + 3]
    return all(any(other.capital for other in side) for side in around)


def _copied(source: SentenceReading, text: SentenceReading, lower: list[Word]) -> Flag | None:
    """What shows that the translation, or a part of it, is the source itself."""
    if not any(meanings(word.plain, source.language) or not word.capital for word in source.words):
        return None
    if text.folded == source.folded and any(len(word.plain) > 2 for word in lower):
        return flag(FlagCode.UNTRANSLATED_COPY)
    own = {word.plain for word in source.words}
    long = [word for word in lower if len(word.plain) > 2]
    shared = [word for word in long if word.plain in own]
    most = _MAX_SHARED_AZ if source.language == "az" else _MAX_SHARED
    if len(long) > 2 and len(shared) > most * len(long):
        return flag(FlagCode.UNTRANSLATED_MOSTLY)
    if source.language != "az":
        run = _run(source, text)
        if run:
            return flag(FlagCode.UNTRANSLATED_WORDS, words=run)
    return None


def _run(source: SentenceReading, text: SentenceReading) -> str | None:
    """The longest run of words that stands in the source too, unless it is a name or Turkish."""
    theirs = [word.plain for word in source.words]
    places: dict[str, list[int]] = {}
    for place, plain in enumerate(theirs):
        places.setdefault(plain, []).append(place)
    words = text.words
    for first, word in enumerate(words):
        for place in places.get(word.plain, ()):
            if first and place and words[first - 1].plain == theirs[place - 1]:
                continue
            size = 1
            while (
                first + size < len(words)
                and place + size < len(theirs)
                and words[first + size].plain == theirs[place + size]
            ):
                size += 1
            part = words[first : first + size]
            if size > 1 and any(_is_left_over(part, index) for index in range(size)):
                return text.text[part[0].start : part[-1].start + len(part[-1].text)]
    return None


def _is_left_over(part: list[Word], index: int) -> bool:
    """Whether a word of a run from the source is a word of its language and no part of a name."""
    word = part[index]
    if word.capital or _is_known(word):
        return False
    joins = 0 < index < len(part) - 1 and part[index - 1].capital and part[index + 1].capital
    if _foreign(word.text):
        return not joins or len(part) > _LONGEST_NAME
    return len(word.plain) >= _LONG_WORD and not joins
