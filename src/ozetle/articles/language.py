"""In which language an article is written.

A script that one language alone writes decides. Otherwise py3langid's probabilities are multiplied by what the text's
common words, endings and letters say (`language_words`); where that is not sure either, langdetect has a say about the
languages it has a profile of (it has none of Azerbaijani, Kazakh, Kyrgyz, Turkmen, Uzbek, Tatar and Crimean Tatar, and
calls them Turkish). A declared language is believed unless the text plainly contradicts it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from typing import Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, field_validator

from ozetle.articles.detectors import (
    LANGUAGES,
    has_langdetect_profile,
    langdetect_probabilities,
    py3langid_probabilities,
)
from ozetle.articles.language_words import persian_letters, told_apart, words_and_letters
from ozetle.articles.letters import Letters, count_letters, language_of_script, lowered
from ozetle.facts.languages import primary_subtag

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
    """Disagreements among what is declared, what is detected and what the model says, in English."""
    mixed: tuple[str, ...] = ()
    """The two languages, larger part first, of a text that is half in one and half in another."""

    @field_validator("code")
    @classmethod
    def _without_region(cls, code: str) -> str:
        return primary_subtag(code)

    def with_opinion(self, code: str | None) -> Self:
        """Return the same with a note if a model's own opinion, an ISO 639-1 code or None, is another one."""
        told = primary_subtag(code or "")
        told = _SAME.get(told, told)
        close = any({told, self.code} <= group for group in _CLOSE)
        if not _CODE.fullmatch(told) or told in (self.code, *self.mixed) or close:
            return self
        said = f"the model says {told}"
        return self.model_copy(update={"note": f"{self.note}; {said}" if self.note else said})


FEWEST_LETTERS = 18
"""With fewer letters the language is not told; see `Letters.number` for how they count."""

_SURE_LETTERS = 12  # are enough for five short words ("It is not for us") of which the detectors are sure
_SURE_WORDS = 5
_FEWEST_DIFFERENT = 5  # "aaaaa…" is no language
_UNDETERMINED = Language(code="und", confidence=0.0, method="none")

_MAX_CHARACTERS = 20_000  # of a text are looked at, from
_SAMPLES = 12  # places evenly spread
_FEW_PIECES = 3  # of these are read by the detectors,
_PIECES = 6  # or so many if one of them is not sure,
_MANY_PIECES = 24  # or so many if the first do not agree,
_PIECE_CHARACTERS = 66  # so long each

_LEAST_PROBABILITY = 1e-3  # of py3langid, which words and letters may overrule
_NOT_KNOWN = 0.05  # for Azerbaijani in Cyrillic letters, which py3langid has not learnt
_SURE = 0.9
_UNSURE = 0.5  # below this probability langdetect is asked too
_LANGDETECT_WEIGHT = 0.2
_LEAST_CONFIDENCE = 0.3
_SURE_OF_PIECE = 0.8
_MIXED_SHARE = 0.3  # of the letters, in the smaller half
_MIXED_LETTERS = 60  # in each half
_PIECE_LETTERS = 20  # in a piece that counts for a half
_CONTRADICTING_LETTERS = 40  # or more overrule the declared language, if sure,
_MANY_LETTERS = 200  # and so many
_SURE_OF_MANY = 0.6  # if so sure: unsure pieces lower the confidence of a long text
_LONG_LINE = 60

# Languages that stand for one another: told apart by nothing that a few sentences show, or by name only
_SAME = {
    "nb": "no", "nn": "no", "sh": "sr", "iw": "he", "in": "id", "cmn": "zh", "yue": "zh", "azj": "az", "azb": "az",
    "als": "sq", "prs": "fa", "pes": "fa", "arb": "ar", "mo": "ro", "fil": "tl", "ckb": "ku", "kmr": "ku",
}  # fmt: skip
_NO_LANGUAGE = frozenset(("und", "mul", "zxx"))  # undetermined, several, none (ISO 639-2)
_CODE = re.compile("[a-z]{2,3}")
_CLOSE = (frozenset({"bs", "hr", "sr"}), frozenset({"id", "ms"}))

_ADDRESS = re.compile(r"://|www\.|[@#]|\.(?:com|net|org)\b")
_WORD = re.compile(r"[^\s\u2e80-\uffef]+")  # Chinese and Japanese write no spaces around addresses
_QUOTED = re.compile(r"“[^“”\n]{20,}”|«[^«»\n]{20,}»|„[^„“”\n]{20,}[“”]|\"[^\"\n]{20,}\"")
_SENTENCE_END = re.compile(r"(?<=[.!?…؟。！？])\s+|(?<=[。！？])|\n+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_ARABIC_JOINT = re.compile("(?<=[\u0620-\u06ff])\u200c(?=[\u0620-\u06ff])")


def detect_language(text: str, *, declared: str | None = None) -> Language:
    """The language of a text, by its body: headlines, addresses and long quotations count only if there is little else.

    Args:
        text: any text; an article's sentences, or its raw text.
        declared: what the page or file says, a BCP 47 tag.

    The answer is the same on every call and in every thread. A declared language that the text contradicts, surely and
    over at least 40 letters, gives way, and the note says so; where the detector does not know the declared language or
    cannot be sure, the declared one stands. Codes of three letters are read as those of two where there is one; those
    that remain ("ota") never stand against a sure detection.
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
    # a code of three letters, or one that no language has, is a mistake more often than a language of its own
    known = stated in LANGUAGES or detected.method in {"script", "letters"} or not _is_assigned(stated)
    letters = count_letters(text[:_MAX_CHARACTERS]).number
    least = _SURE if letters < _MANY_LETTERS else _SURE_OF_MANY
    if known and detected.confidence >= least and letters >= _CONTRADICTING_LETTERS:
        return detected.model_copy(update={"note": note})
    return Language(code=stated, confidence=0.5, method="declared", note=note)


class _Guess(NamedTuple):
    code: str
    confidence: float
    method: Method


def _detect(text: str) -> Language:
    body = _body(text)
    guesses = _guesses(body, _FEW_PIECES)
    if len({_group(guess.code) for guess, _ in guesses}) > 1 or not all(_counts(*guess) for guess in guesses):
        guesses = _guesses(body, _PIECES)
    if len({_group(guess.code) for guess, number in guesses if _counts(guess, number)}) > 1:
        guesses = _guesses(body, _MANY_PIECES)
    total = sum(number for _, number in guesses)
    if total == 0:
        return _UNDETERMINED
    weights: dict[str, float] = defaultdict(float)
    sure: dict[str, float] = defaultdict(float)
    for guess, number in guesses:
        weights[guess.code] += number * guess.confidence
        sure[guess.code] += number * _counts(guess, number)
    for close in _CLOSE:
        _join(weights, close)
    best = max(weights, key=lambda code: weights[code])
    confidence = min(1.0, weights[best] / total)
    if confidence == 0 or (total < FEWEST_LETTERS and (confidence < _SURE or len(body.split()) < _SURE_WORDS)):
        return _UNDETERMINED
    parts = sorted(sure, key=lambda code: -weights.get(code, 0.0))[:2]
    halves = len(parts) == 2 and sure[parts[1]] >= max(_MIXED_LETTERS, _MIXED_SHARE * total) and not _same(*parts)
    return Language(
        code=best,
        confidence=round(confidence, 4),
        method=max((guess for guess, _ in guesses if guess.code == best), key=lambda guess: guess.confidence).method,
        mixed=tuple(parts) if halves else (),
    )


def _counts(guess: _Guess, letters: float) -> bool:
    """Whether a piece of a text counts for a part in a language of its own."""
    return guess.confidence >= _SURE_OF_PIECE and letters >= _PIECE_LETTERS


def _body(text: str) -> str:
    """What is looked at: long lines if there are any, no long quotations."""
    if len(text) > _MAX_CHARACTERS:
        length = _MAX_CHARACTERS // _SAMPLES
        starts = [number * (len(text) - length) // (_SAMPLES - 1) for number in range(_SAMPLES)]
        text = "\n".join(text[start : start + length] for start in starts)
    unquoted = _QUOTED.sub(" ", text)
    text = unquoted if len(unquoted) >= max(_LONG_LINE, len(text) // 3) else text
    return "\n".join([line for line in text.splitlines() if len(line) >= _LONG_LINE]) or text


def _guesses(body: str, most: int) -> list[tuple[_Guess, float]]:
    """What each of at most so many pieces of the body seems to be, and how many letters it has."""
    pieces = [(piece, count_letters(piece)) for piece in map(_cleaned, _pieces(body, most))]
    different = [letter for letter in set().union(*(piece for piece, _ in pieces)) if letter.isalpha()]
    if len(different) < _FEWEST_DIFFERENT or sum(letters.number for _, letters in pieces) < _SURE_LETTERS:
        return []
    alone = len(pieces) == 1
    return [(_guess(piece, letters, alone=alone), letters.number) for piece, letters in pieces if letters.number]


def _pieces(body: str, most: int) -> list[str]:
    """The sentences of a short body, the shortest together; of a long one so many pieces, evenly spread."""
    if len(body) < 2 * _LONG_LINE:
        return [body]
    if len(body) > most * _PIECE_CHARACTERS:
        return [_piece(body, (2 * number + 1) * len(body) // (2 * most)) for number in range(most)]
    pieces = [""]
    for sentence in _SENTENCE_END.split(body):
        if len(pieces[-1]) >= _LONG_LINE:
            pieces.append("")
        pieces[-1] += " " + sentence
    return pieces


def _piece(body: str, middle: int) -> str:
    """A piece of the body around `middle`, of one sentence if a sentence begins near and is long enough."""
    half = _PIECE_CHARACTERS // 2
    start = middle - half
    if begin := _SENTENCE_END.search(body, max(0, start - half), middle):
        start = begin.end()
    end = _SENTENCE_END.search(body, start + half, start + _PIECE_CHARACTERS)
    return body[start : end.start() if end else start + _PIECE_CHARACTERS]


def _cleaned(piece: str) -> str:
    """Composed letters, nothing invisible, no addresses, no text in capitals."""
    piece = _INVISIBLE.sub("", _ARABIC_JOINT.sub(" ", unicodedata.normalize("NFC", piece)))
    if _ADDRESS.search(piece):
        piece = _WORD.sub(lambda word: "" if _ADDRESS.search(word[0]) else word[0], piece)
    return lowered(piece)


def _guess(text: str, letters: Letters, *, alone: bool) -> _Guess:
    if (language := language_of_script(text, letters)) is not None:
        return _Guess(language, letters.share, "script")
    factors = words_and_letters(text, letters.script)
    ranking = {} if _decided(factors) else _py3langid(text, letters.script, factors)
    odds = {
        language: max(ranking.get(language, 0.0), _LEAST_PROBABILITY) * math.exp(factor)
        for language, factor in (factors or dict.fromkeys(ranking, 0.0)).items()
    }
    total = sum(odds.values())
    for close in _CLOSE:
        _join(odds, close)
    language = max(odds, key=odds.__getitem__)
    probability = odds[language] / total
    method: Method = "py3langid" if ranking and language == max(ranking, key=ranking.__getitem__) else "letters"
    if alone and probability < _UNSURE:  # a slow opinion, and other pieces outvote an unsure one
        probabilities = {one: odd / total for one, odd in odds.items()}
        language, probability, method = _second_opinion(text, language, probabilities, method)
    if language == "zxx" or probability < _LEAST_CONFIDENCE:
        return _Guess("und", 0.0, "none")
    return _Guess(told_apart(language, text), probability, method)


def _join(weights: dict[str, float], close: frozenset[str]) -> None:
    """Give the likeliest of close languages the weight of them all: their votes must not be split."""
    present = sorted(close & weights.keys(), key=lambda one: (weights[one], one))
    if present:
        weights[present[-1]] = sum(weights.pop(one) for one in present)


def _decided(factors: dict[str, float]) -> bool:
    """Whether words and letters speak so clearly for one language that py3langid could not overrule them."""
    highest, second = sorted(factors.values(), reverse=True)[:2] or (0.0, 0.0)
    return highest - second > -math.log(_LEAST_PROBABILITY)


def _py3langid(text: str, script: str, factors: dict[str, float]) -> dict[str, float]:
    if factors.get("fa", 0.0) > factors.get("ar", 0.0):
        text = persian_letters(text)
    ranking = py3langid_probabilities(text, script)
    return ranking | {"az": _NOT_KNOWN} if script == "CYRILLIC" else ranking


def _second_opinion(
    text: str, language: str, probabilities: dict[str, float], method: Method
) -> tuple[str, float, Method]:
    """langdetect's opinion on what is not sure; it has no say where it lacks the language itself."""
    if not has_langdetect_profile(language):
        return language, probabilities[language], method
    opinions = langdetect_probabilities(text)
    joint = {one: p + _LANGDETECT_WEIGHT * opinions.get(one, 0.0) for one, p in probabilities.items()}
    best = max(joint, key=lambda one: joint[one])
    return best, min(1.0, joint[best]), "langdetect" if best != language else method


def _primary(tag: str | None) -> str | None:
    """The language of a BCP 47 tag, without region and script; None for no tag, a broken one, or "und"."""
    code = primary_subtag(tag or "")
    if len(code) == 3:
        code = _two_letters(code)
    return None if code in _NO_LANGUAGE or not _CODE.fullmatch(code) else _SAME.get(code, code)


def _is_assigned(code: str) -> bool:
    """Whether CLDR knows a language of that two-letter code."""
    from babel import Locale

    return len(code) == 2 and code in Locale("en").languages


def _two_letters(code: str) -> str:
    """The ISO 639-1 code of a language given by its ISO 639-2 or -3 code, after the aliases of CLDR; else the same."""
    from babel.core import get_global  # for the few texts that declare such a code

    bibliographic = {"alb": "sq", "ger": "de", "fre": "fr", "per": "fa", "rum": "ro", "gre": "el", "chi": "zh"}
    return str(get_global("language_aliases").get(code, bibliographic.get(code, code)))


def _group(code: str) -> frozenset[str]:
    return next((close for close in _CLOSE if code in close), frozenset({code}))


def _same(one: str, other: str) -> bool:
    """Whether two codes are one language, or so close that a detector's word counts for less than a declaration."""
    return other in _group(one)
