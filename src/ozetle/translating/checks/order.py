"""Whether each translation stands beside its own sentence: swapped, shifted and repeated ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from ozetle.reasons import FlagCode
from ozetle.translating.checks.form import expected_length
from ozetle.translating.checks.reading import SentenceReading
from ozetle.translating.flag import Flag, flag

WINDOW = 12
"""How many sentences away a translation is looked for."""

_VALUE, _VALUE_MISSING = 2.5, 1.2
_COUNTRY, _COUNTRY_MISSING = 1.5, 0.7
_MEANING, _SOUND, _NAME, _TERM = 1.0, 0.8, 1.5, 2.0
_QUESTION, _QUOTED = 2.0, 0.6
_LENGTH = 1.2
_MARGIN = 0.9
_MARGIN_OF_MISSING = 1.2
_ELSEWHERE = 4.0  # how much better a text must suit another sentence to be flagged on its own
_SAME_WORDS = 0.85
_FEWEST_WORDS = 3

_NEVER_DOUBLED = 7  # letters; Turkish doubles shorter words ("yavaş yavaş", "tekrar tekrar")


def agreement(source: SentenceReading, text: SentenceReading) -> float:
    """How much speaks for a text's being the translation of a source; comparable between texts of one article."""
    score = _MEANING * len(source.meanings & text.meanings)
    score += _SOUND * len(source.sounds & text.sounds) + _NAME * len(source.name_sounds & text.name_sounds)
    for ours, theirs, found, missing in (
        (source.values, text.values, _VALUE, _VALUE_MISSING),
        (source.places, text.places, _COUNTRY, _COUNTRY_MISSING),
    ):
        common = len(ours & theirs)
        score += found * common - missing * (len(ours) + len(theirs) - 2 * common)
    score += _QUESTION * (source.asks == text.asks) + _QUOTED * (source.quotes == text.quotes)
    return score - _LENGTH * abs(log((len(text.text) + 8) / (expected_length(source) + 8)))


def order_problems(
    sources: Sequence[SentenceReading], texts: Sequence[SentenceReading | None], glossary: Mapping[str, str]
) -> dict[int, Flag]:
    """The sentences whose translations stand beside another sentence, by index.

    Two texts are swapped when they suit each other's sentences better than their own. A text that suits another
    sentence near it far better than its own is misplaced even if that one's translation is right too.
    """
    ours = [source.terms(glossary) for source in sources]
    theirs = [text.terms(glossary.values()) if text else frozenset() for text in texts]
    scores: dict[tuple[int, int], float] = {}
    for j, text in enumerate(texts):
        if text is not None:
            for i in range(max(0, j - WINDOW), min(len(sources), j + WINDOW + 1)):
                scores[i, j] = agreement(sources[i], text) + _TERM * len(ours[i] & theirs[j])
    found: dict[int, Flag] = {}
    for (i, j), score in scores.items():
        if i == j or sources[i].folded == sources[j].folded:
            continue
        own = scores[j, j]
        if texts[i] is None:
            if score > own + _MARGIN_OF_MISSING:
                found[j] = _misplaced(sources[i])
            continue
        other = scores[i, i]
        if i < j and score + scores[j, i] > own + other + _MARGIN:
            found[i] = found.get(i) or _misplaced(sources[j])
            found[j] = found.get(j) or _misplaced(sources[i])
        elif score > own + _ELSEWHERE and j not in found:
            found[j] = _misplaced(sources[i])
    return found


def _misplaced(other: SentenceReading) -> Flag:
    return flag(FlagCode.ORDER_OTHER, words=other.text)


def repetition_problem(
    index: int, sources: Sequence[SentenceReading], texts: Sequence[SentenceReading | None]
) -> Flag | None:
    """A translation that says again what one near it says, though the sources differ; or that says a thing twice."""
    text = texts[index]
    if text is None:
        return None
    words = [word.plain for word in text.words]
    for size in (1, 4):
        parts = [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]
        for i, part in enumerate(parts):
            doubled = size > 1 or len(part[0]) >= _NEVER_DOUBLED or parts[i + 2 : i + 3] == [part]
            if doubled and parts[i + size : i + size + 1] == [part]:
                return flag(FlagCode.REPEATED_WORDS, words=" ".join(part))
    for other in range(max(0, index - WINDOW), min(len(texts), index + WINDOW + 1)):
        before = texts[other]
        if before is None or other == index or len(before.words) < _FEWEST_WORDS:
            continue
        theirs = [word.plain for word in before.words]
        same = _overlap(words, theirs)
        if same >= _SAME_WORDS and _overlap(
            [word.plain for word in sources[index].words], [word.plain for word in sources[other].words]
        ) < min(_SAME_WORDS, same):
            own = agreement(sources[index], text)
            if own < agreement(sources[other], text) or (index > other and before.folded == text.folded):
                return flag(FlagCode.REPEATED_SENTENCE, words=sources[other].text)
        if (
            len(words) > len(theirs) > _FEWEST_WORDS
            and before.folded.rstrip(".!?") in text.folded
            and sources[other].folded.rstrip(".!?") not in sources[index].folded
        ):
            return flag(FlagCode.REPEATED_TRANSLATION, words=before.text)
    return None


def _overlap(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of the words of both that are common to them."""
    one, two = set(ours), set(theirs)
    return len(one & two) / len(one | two) if one or two else 0.0
