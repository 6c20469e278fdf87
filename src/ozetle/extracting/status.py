"""The status that an article's own words give an event: by Turkish verbs, and by tables in other languages."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from ozetle.extracting.taxonomy import FIGURE_CUE, EventType
from ozetle.facts.folding import fold_text
from ozetle.turkish.verbs import Modality, modality

OCCURRED = "occurred"
_STATUSES = {
    Modality.HAPPENED: OCCURRED,
    Modality.TO_COME: "planned",
    Modality.FORECAST: "planned",
    Modality.AIMED_AT: "targeted",
    Modality.WISHED: "stated",
    Modality.POSTPONED: "postponed",
    Modality.CANCELLED: "cancelled",
    Modality.DENIED: "denied",
}
_TOKEN = re.compile(r"[^\W_]+")
_VERB_LAST = frozenset({"az", "tk", "kk", "ky", "uz", "tt"})  # what says that it is to come stands behind it
_NEAR = 7  # words between a negation and what it negates
_BESIDE = 2  # words between it and what it negates if that is putting off: "was not postponed"
_OPENING = 6  # words in which a negation is looked for where no word of the event is known


@dataclass(frozen=True)
class _Words:
    """Of one language: beginnings of words, those of a whole word with a space behind it."""

    denied: tuple[str, ...] = ()
    postponed: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    wished: tuple[str, ...] = ()
    aimed_at: tuple[str, ...] = ()
    forecast: tuple[str, ...] = ()
    to_come: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    """Words in which the negation is a suffix: "imzalanmayıb"."""


def status_of(sentences: Sequence[str], language: str, type_: EventType) -> str:
    """Return the status of an event of a type as the sentences that report it have it.

    Where they differ, what has happened wins over what was planned for it, and what was called off, put off or denied
    later wins over both; a sentence with no word of the event counts only where no sentence has one.

    Args:
        sentences: in the order of the article.
        language: primary subtag of the article's language.
        type_: the type; a status that it cannot have gives way to the first one it can have.
    """
    cues = type_.cue_words.get(language, ())
    own = [sentence for sentence in sentences if any(cue in normal_words(sentence) for cue in cues)]
    read = [_modality(sentence, language, cues) for sentence in own or sentences]
    stopped = [kind for kind in read if kind in (Modality.POSTPONED, Modality.CANCELLED, Modality.DENIED)]
    if stopped and read[-1] is not Modality.HAPPENED:
        return type_.fitting_status(_STATUSES[stopped[-1]])
    found = Modality.HAPPENED if Modality.HAPPENED in read or not read else read[0]
    return type_.fitting_status(_STATUSES[found])


def _modality(sentence: str, language: str, cues: Sequence[str]) -> Modality:
    if language == "tr":
        return modality(sentence, tuple(cue.strip() for cue in cues))
    words = _words(language)
    text = normal_words(sentence)
    undone = False  # "was not postponed": the negation is not the event's
    for kind in (Modality.CANCELLED, Modality.POSTPONED):
        stopping = _place_of(text, getattr(words, kind.value))
        if stopping is not None:
            undone = _has(_last_words(text[:stopping], _BESIDE), words.denied)
            if not undone:
                return kind
    places = [place for cue in cues if cue.strip() != FIGURE_CUE and (place := text.rfind(cue)) >= 0]
    if FIGURE_CUE in "".join(cues):
        places += [found.start() for found in re.finditer(r" \d", text)]
    if not undone and _is_negated(text, words, min(places, default=None)):
        return Modality.DENIED
    before = text[: max(places)] + " " if places and language not in _VERB_LAST else text
    for kind in (Modality.WISHED, Modality.AIMED_AT, Modality.FORECAST, Modality.TO_COME):
        if _has(before, getattr(words, kind.value)):
            return kind
    return Modality.HAPPENED


def _is_negated(text: str, words: _Words, place: int | None) -> bool:
    """Whether a negation stands near the event's word, or in the beginning of the sentence where there is none."""
    if any(cue in text for cue in words.negated):
        return True
    if place is None:
        near = " ".join(text.split(" ")[: _OPENING + 1]) + " "
    else:
        near = _last_words(text[:place], _NEAR) + " ".join(text[place:].split(" ")[1 : _NEAR + 1]) + " "
    return _has(near, words.denied)


def _last_words(text: str, number: int) -> str:
    return f" {' '.join(text.split(' ')[-number:])} "


def _place_of(text: str, cues: tuple[str, ...]) -> int | None:
    return min((place for cue in cues if (place := text.find(f" {cue}")) >= 0), default=None)


def _has(text: str, cues: tuple[str, ...]) -> bool:
    return any(f" {cue}" in text for cue in cues)


@lru_cache(maxsize=256)
def normal_words(sentence: str) -> str:
    """Return the folded words of a text, each between spaces, so that a cue matches only where a word begins."""
    return f" {' '.join(_TOKEN.findall(fold_text(sentence)))} "


@cache
def _words(language: str) -> _Words:
    content = resources.files(__package__).joinpath("data", "status_words.json").read_text(encoding="utf-8")
    table = json.loads(content)["languages"].get(language, {})
    return _Words(**{kind: tuple(cues.split("|")) for kind, cues in table.items()})


def has_negation(sentences: Sequence[str], language: str) -> bool:
    """Return whether sentences of a language other than Turkish deny anything, or say that it was put or called off.

    True where the language has no table: then nothing can be held against it.
    """
    words = _words(language)
    if not words.denied:
        return True
    texts = [normal_words(sentence) for sentence in sentences]
    stopping = words.denied + words.cancelled + words.postponed
    return any(_has(text, stopping) or any(cue in text for cue in words.negated) for text in texts)
