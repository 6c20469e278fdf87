"""Whether a translation is Turkish, whole and nothing but a translation, judged by its letters and words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ozetle.articles.boundaries import sentence_spans
from ozetle.facts.folding import fold_text
from ozetle.reasons import FlagCode
from ozetle.translating.checks.reading import SentenceReading
from ozetle.translating.flag import Flag, flag

_TURKISH_LETTERS = frozenset("abcçdefgğhıijklmnoöprsştuüvyzâîû")
_SPARE_LETTERS = frozenset("qwx")
_FOREIGN_SIGNS = frozenset("،؛؟٪。、，")
_OWN_LETTERS = frozenset("ğı")
_CLOSERS = "\"'”’»“)]›"
_ENDS = (".", "!", "?", "…", "؟", "۔", "。", ":", ";")
_MARKUP = re.compile(
    r"```|</?[a-zA-Z][^<>]*>|\*\*|^\s*#{1,6}\s|[{}]|\\[nu\"]|&(?:[a-z]+|#\d+);|^\s*\[|\]\s*$|^\s*[-*•]\s"
    r"|\"(?:text|tr|translation|sentence|number|çeviri|metin)\"\s*:|<\||\|>|^\s*\||\[/?INST\]"
)
_NUMBERED = re.compile(r"^\s*(?:[\[(<#]?\s*[Ss]?\s*(\d{1,3})\s*[\])>:.|–-]+\s+|[\[(](\d{1,3})[\])])(?=\S)")
_LABEL = re.compile(
    r"^\s*(?:((?:the )?(?:turkish )?translation"
    r"|(?:işte )?çeviri(?:si)?|tercüme(?:si)?|türkçe(?:si)?(?: çevirisi)?|turkish"
    r"|cümle(?: \d+)?|sentence(?: \d+)?)|source|kaynak|output|çıktı|not|note)\s*(?:\(.{0,20}\))?\s*[:=]",
    re.IGNORECASE,
)
_LABEL_REACH = 40
_LINES = re.compile(r"[\n\r\u2028\u2029]")

# Characters of a Turkish translation for one of the source, from translations of news
_LENGTH = {"sq": 0.94, "az": 0.99, "en": 0.98, "ru": 0.98, "de": 0.94, "ar": 1.24, "zh": 3.0, "ja": 2.1, "ko": 1.9}
_SPREAD = 25  # characters that any sentence may be longer or shorter than expected
_LONGEST, _SHORTEST = 1.65, 0.48


def expected_length(source: SentenceReading) -> float:
    """How many characters a Turkish translation has on average."""
    return _LENGTH.get(source.language, 1.0) * len(source.text)


def script_problem(source: SentenceReading, text: SentenceReading) -> Flag | None:
    """A letter that Turkish does not write, outside names that the source writes likewise."""
    for char in text.text:
        if char.isascii():
            continue
        if (char.isalpha() and not unicodedata.name(char, "").startswith("LATIN")) or char in _FOREIGN_SIGNS:
            return flag(FlagCode.SCRIPT_FOREIGN, words=_around(text.text, char))
        if unicodedata.category(char) == "Nd" or char == "\ufffd":
            return flag(FlagCode.SCRIPT_SIGN, words=char)
    names = {word.plain for word in source.words if word.capital}
    for word in text.words:
        strange = {char for char in fold_text(word.text) if char.isalpha() and char not in _TURKISH_LETTERS}
        if not strange or (word.capital and (strange <= _SPARE_LETTERS or _begins_like(word.plain, names))):
            continue
        if (
            strange <= _SPARE_LETTERS
            and source.language != "az"
            and _begins_like(word.plain, {w.plain for w in source.words})
        ):
            continue
        return flag(FlagCode.SCRIPT_LETTERS, words=word.text)
    return None


def _around(text: str, char: str) -> str:
    return next((word for word in text.split() if char in word), char)


def _begins_like(word: str, names: set[str]) -> bool:
    """Whether a word is one of the names, or one with a suffix."""
    return any(word[:1] == name[:1] and word.startswith(name[: max(3, len(name) - 2)]) for name in names)


def markup_problem(source: SentenceReading, text: SentenceReading) -> Flag | None:
    """Markup, JSON, a sentence number or a label that the source does not have."""
    raw = text.text.strip()
    for pattern in (_MARKUP, _LINES):
        found = pattern.search(raw)
        if found and not pattern.search(source.text.strip()):
            signs = found[0].strip()
            return flag(FlagCode.MARKUP_SIGNS, words=signs) if signs else flag(FlagCode.MARKUP_LINES)
    label = _LABEL.match(raw)
    if label and (label[1] or ":" not in source.text[:_LABEL_REACH]):
        return flag(FlagCode.MARKUP_LABEL, words=label[0])
    numbered = _NUMBERED.match(raw)
    if numbered and not re.match(r"\W*\d", source.text) and not _is_ordinal(source, numbered[0], raw[numbered.end() :]):
        return flag(FlagCode.MARKUP_NUMBER, words=numbered[0])
    return None


def _is_ordinal(source: SentenceReading, number: str, rest: str) -> bool:
    """Whether a Turkish sentence that begins with "7. " has brought a number of the source to its front."""
    plain = re.fullmatch(r"\s*(\d+)\.\s*", number)
    if plain is None:
        return False
    meant = int(plain[1]) in source.values | source.ordinals
    return meant and int(plain[1]) not in SentenceReading(rest, "tr", None).values


def completeness_problem(source: SentenceReading, text: SentenceReading) -> Flag | None:
    """Cut off, or much shorter than its source."""
    raw, whole = text.text.strip().rstrip(_CLOSERS), source.text.strip().rstrip(_CLOSERS)
    if raw.endswith(("...", "…")) and not whole.endswith(("...", "…")):
        return flag(FlagCode.INCOMPLETE_END)
    if whole.endswith(_ENDS) and not raw.endswith(_ENDS):
        return flag(FlagCode.INCOMPLETE_AFTER, words=_last_words(raw))
    if len(text.text) < _SHORTEST * expected_length(source) - _SPREAD / 2 and len(source.words) > 3:
        return flag(FlagCode.INCOMPLETE_SHORT)
    return None


def _last_words(text: str) -> str:
    return " ".join(text.split()[-3:])


def addition_problem(source: SentenceReading, text: SentenceReading) -> Flag | None:
    """Much longer than its source, or with a sentence of its own that the source does not bear out."""
    length = expected_length(source)
    if len(text.text) > _LONGEST * length + _SPREAD:
        return flag(FlagCode.ADDED_LENGTH)
    ours, theirs = list(sentences(text.text)), list(sentences(source.text))
    if len(ours) <= len(theirs):
        return None
    long = len(text.text) > 1.15 * length + 8
    for part in ours:
        if long or not _borne_out(source, SentenceReading(part, "tr", text.published, source.language)):
            return flag(FlagCode.ADDED_WORDS, words=ours[-1] if long else part)
    return None


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text of one line."""
    flat = " ".join(text.split())
    for start, end in sentence_spans(flat, 0, len(flat)):
        yield flat[start:end]


def _borne_out(source: SentenceReading, part: SentenceReading) -> bool:
    """Whether a part of a translation shares a meaning, a name or a number with the source."""
    return bool(source.meanings & part.meanings or source.sounds & part.sounds or source.values & part.values)
