"""In which language an article is written.

Letters and script come first, then py3langid's model; where that is not sure, langdetect has a say about the languages
it has a profile of (it has none of Azerbaijani, Kazakh, Kyrgyz, Turkmen, Uzbek, Tatar and Crimean Tatar, and calls them
Turkish). A declared language is believed unless the text plainly contradicts it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from ozetle.articles.detectors import (
    LANGUAGES,
    has_langdetect_profile,
    langdetect_probabilities,
    py3langid_best,
    py3langid_ranking,
)
from ozetle.articles.letters import (
    Letters,
    count_letters,
    language_of_letters,
    language_of_script,
    lowered,
    told_apart,
    written_otherwise,
)

Method = Literal["declared", "script", "letters", "py3langid", "langdetect", "none"]


class Language(BaseModel):
    """The language of a text and how it was found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    """BCP 47, without region and script ("az" for Azerbaijani in either script); "und" when it cannot be told."""
    confidence: float
    """From 0 to 1."""
    method: Method
    """What decided."""
    note: str | None = None
    """A disagreement between what is declared and what is detected, in English."""
    mixed: tuple[str, ...] = ()
    """The two languages, larger part first, of a text that is half in one and half in another."""


FEWEST_LETTERS = 18
"""With fewer letters the language is not told; see `Letters.number` for how they count."""

_FEWEST_DIFFERENT = 5  # "aaaaa…" is no language
_UNDETERMINED = Language(code="und", confidence=0.0, method="none")

_MOST_CHARACTERS = 800  # looked at, from the beginning, the middle and the end
_SURE = 0.9
_UNSURE = 0.35  # below this probability langdetect is asked too
_LANGDETECT_WEIGHT = 0.2
_LEAST_CONFIDENCE = 0.2
_MIXED_SHARE = 0.3  # of the letters, in the smaller half
_MIXED_LETTERS = 60  # in each half
_SEGMENT_LETTERS = 30  # in a piece that counts for a half
_CONTRADICTING_LETTERS = 60
_LONG_LINE = 60

# Languages that stand for one another: told apart by nothing that a few sentences show, or by name only
_SAME = {
    "nb": "no", "nn": "no", "sh": "sr", "iw": "he", "in": "id", "cmn": "zh", "yue": "zh", "azj": "az", "azb": "az",
    "als": "sq", "prs": "fa", "pes": "fa", "arb": "ar", "mo": "ro", "fil": "tl", "ckb": "ku", "kmr": "ku",
}  # fmt: skip
_CLOSE = (frozenset({"bs", "hr", "sr"}), frozenset({"id", "ms"}))

_NOISE = re.compile(r"https?://\S+|\bwww\.\S+|\b[\w.+-]{1,64}@[\w.-]+|[@#]\w+|\b\w+\.(?:com|net|org)\b")
_QUOTED = re.compile(r"“[^“”\n]{20,}”|«[^«»\n]{20,}»|„[^„“”\n]{20,}[“”]|\"[^\"\n]{20,}\"")
_SENTENCE_END = re.compile(r"(?<=[.!?…؟。！？])\s*(?=\S)")


def detect_language(text: str, *, declared: str | None = None) -> Language:
    """The language of a text, by its body: headlines, addresses and long quotations count only if there is little else.

    Args:
        text: any text; an article's sentences, or its raw text.
        declared: what the page or file says, a BCP 47 tag.

    The answer is the same on every call and in every thread. A declared language that the text contradicts, surely and
    over at least 60 letters, gives way, and the note says so; where the detector does not know the declared language or
    cannot be sure, the declared one stands.
    """
    detected = _detect(text)
    stated = _primary(declared)
    if stated is None:
        return detected
    if detected.code == "und":
        return Language(code=stated, confidence=0.5, method="declared")
    if _same(stated, detected.code):
        return Language(code=stated, confidence=1.0, method="declared", mixed=detected.mixed)
    note = f"declared {stated}, detected {detected.code}"
    if stated in detected.mixed:
        return Language(code=stated, confidence=0.5, method="declared", note=note, mixed=detected.mixed)
    known = stated in LANGUAGES or detected.method in {"script", "letters"}
    if known and detected.confidence >= _SURE and count_letters(text).number >= _CONTRADICTING_LETTERS:
        return detected.model_copy(update={"note": note})
    return Language(code=stated, confidence=0.5, method="declared", note=note)


class _Guess(NamedTuple):
    code: str
    confidence: float
    method: Method


def _detect(text: str) -> Language:
    body = _body(text)
    number = count_letters(body).number
    if number < FEWEST_LETTERS or sum(map(str.isalpha, set(body))) < _FEWEST_DIFFERENT:
        return _UNDETERMINED
    segments = _segments(body) if number >= 2 * _MIXED_LETTERS else [body]
    guesses = [
        (_guess(segment, letters), letters.number) for segment in segments if (letters := count_letters(segment))
    ]
    weights: dict[str, float] = defaultdict(float)
    sure: dict[str, float] = defaultdict(float)
    for guess, weight in guesses:
        weights[guess.code] += weight * guess.confidence
        if guess.confidence >= _SURE and weight >= _SEGMENT_LETTERS:
            sure[guess.code] += weight
    best = max(weights, key=lambda code: weights[code])
    if weights[best] == 0:
        return _UNDETERMINED
    chosen = max((guess for guess, _ in guesses if guess.code == best), key=lambda guess: guess.confidence)
    parts = sorted(sure, key=lambda code: -sure[code])[:2]
    least = max(_MIXED_LETTERS, _MIXED_SHARE * number)
    halves = len(parts) == 2 and sure[parts[1]] >= least and not _same(*parts)
    return Language(
        code=best,
        confidence=round(min(1.0, weights[best] / number), 4),
        method=chosen.method,
        mixed=tuple(parts) if halves else (),
    )


def _body(text: str) -> str:
    """What is looked at: long lines if there are any, no addresses and long quotations, and not too much of it."""
    text = _sample(text, 4 * _MOST_CHARACTERS)
    text = "\n".join([line for line in text.splitlines() if len(line) >= _LONG_LINE]) or text
    text = _NOISE.sub(" ", _sample(text, 2 * _MOST_CHARACTERS))
    unquoted = _QUOTED.sub(" ", text)
    return lowered(_sample(unquoted if 3 * len(unquoted) >= len(text) else text, _MOST_CHARACTERS))


def _sample(text: str, size: int) -> str:
    """At most `size` characters of the text: its beginning, its middle and its end."""
    if len(text) <= size:
        return text
    third, middle = size // 3, len(text) // 2
    return "\n".join((text[:third], text[middle - third // 2 : middle + third // 2], text[-third:]))


def _segments(body: str) -> list[str]:
    """The body in about three pieces, cut at the ends of sentences and rather at the ends of lines."""
    size = max(_LONG_LINE, len(body) // 3)
    segments = [""]
    for line in body.split("\n"):
        if 2 * len(segments[-1]) >= size:
            segments.append("")
        for sentence in _SENTENCE_END.split(line):
            if len(segments[-1]) >= size:
                segments.append("")
            segments[-1] += " " + sentence
    return segments


def _guess(text: str, letters: Letters) -> _Guess:
    if (language := language_of_script(letters)) is not None:
        return _Guess(language, letters.share, "script")
    if (language := language_of_letters(text, letters.script)) is not None:
        return _Guess(language, 0.99 * letters.share, "letters")
    language, probability = py3langid_best(text)
    if letters.script == "CYRILLIC" and language in (impossible := written_otherwise(text)):
        ranking = [(code, p) for code, p in py3langid_ranking(text) if code not in impossible]
        language, probability = ranking[0][0], ranking[0][1] / sum(p for _, p in ranking)
    method: Method = "py3langid"
    if probability < _UNSURE:
        language, probability, method = _second_opinion(text, language, probability)
    if language == "zxx" or probability < _LEAST_CONFIDENCE:
        return _Guess("und", 0.0, "none")
    return _Guess(told_apart(language, text), probability, method)


def _second_opinion(text: str, language: str, probability: float) -> tuple[str, float, Method]:
    """langdetect's opinion beside py3langid's, when that is not sure; langdetect has no say in languages it lacks."""
    if not has_langdetect_profile(language):
        return language, probability, "py3langid"
    opinions = langdetect_probabilities(text)
    joint = {one: p + _LANGDETECT_WEIGHT * opinions.get(one, 0.0) for one, p in py3langid_ranking(text)[:5]}
    best = max(joint, key=lambda one: joint[one])
    return best, min(1.0, joint[best]), "langdetect" if best != language else "py3langid"


def _primary(tag: str | None) -> str | None:
    """The language of a BCP 47 tag, without region and script; None for no tag, a broken one, or "und"."""
    language = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", tag.strip()) if tag else None
    code = language[1].lower() if language else "und"
    return None if code in {"und", "mul", "zxx"} else _SAME.get(code, code)


def _same(one: str, other: str) -> bool:
    """Whether two codes are one language, or so close that a detector's word counts for less than a declaration."""
    return one == other or any(one in group and other in group for group in _CLOSE)
