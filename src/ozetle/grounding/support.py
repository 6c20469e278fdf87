"""Whether a headline says no more than the sentences that report its event bear out.

That each of its words, figures and names is the article's own is checked elsewhere (`ozetle.turkish.soundness`).
Here it is held against the event's own sentences: the acts it tells of (a decision, a signing, sanctions …), whether
they are negated, whether they have happened, and its people, figures and days. Code cannot tell who did what to whom.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib import resources

from ozetle.articles import Sentence
from ozetle.digests.digest import Event, EventFigure
from ozetle.extracting.status import has_negation, normal_words, status_of
from ozetle.extracting.taxonomy import EventType
from ozetle.facts import Figure, NameMention, read_dates, read_figures
from ozetle.facts.folding import fold_text
from ozetle.facts.name_forms.matching import names_agree
from ozetle.reading import Reading, within
from ozetle.reasons import Refusal
from ozetle.reasons import RejectionCode as Code
from ozetle.turkish.verbs import Modality, is_reporting, modality, negated_stems, stopped_by_a_word

_STOPPED = frozenset({"postponed", "cancelled", "denied"})
_OPEN = frozenset({"planned", "expected", "targeted"})
_SAID = frozenset({"proposal_made", "official_statement", "target_set"})  # making or setting it is what happened
_BEFORE = 2  # sentences before the evidence that may name who is meant
_CAPITALISED = re.compile(r"[^\W\d_a-zçğışöü][^\W\d_]*(?:['’][^\W\d_]+)?")
_SHORTEST_STEM = 3


def unsupported(headline: str, event: Event, type_: EventType | None, reading: Reading) -> Refusal | None:
    """Return why the event's own sentences do not bear a headline out, or None where they do.

    Args:
        headline: one Turkish sentence.
        event: the event, its other claims checked.
        type_: its type, or None where the taxonomy does not know it.
        reading: the article.
    """
    sentences = [found for piece in event.evidence if (found := reading.sentence(piece.sentence))]
    told = [sentence.text for sentence in sentences]
    plain = fold_text(headline.strip(" ."))
    if any(plain in fold_text(text) for text in told):
        return None
    language = reading.language.code
    return (
        _other_acts(headline, told, language)
        or _other_polarity(headline, told, language)
        or _other_certainty(headline, told, language, event, type_)
        or _other_people(headline, sentences, reading)
        or _other_figures(headline, event, sentences, reading)
        or _other_days(headline, event, sentences, reading)
    )


def _other_acts(headline: str, told: Sequence[str], language: str) -> Refusal | None:
    """An act of which the sentences have no word; an act that is not known in their language is let pass."""
    said, words = normal_words(headline), "".join(map(normal_words, told))
    for stems in _acts().values():
        own = (*stems.get(language, ()), *stems.get(f"{language}_told", ()))
        found = next((stem for stem in stems["tr"] if f" {stem}" in said), None)
        if found and own and not any(f" {stem}" in words for stem in own):
            return Refusal(Code.ACT_NOT_REPORTED, {"words": _word_with(found, headline)})
    return None


@cache
def _acts() -> dict[str, dict[str, tuple[str, ...]]]:
    content = resources.files(__package__).joinpath("data", "acts.json").read_text(encoding="utf-8")
    acts: dict[str, dict[str, str]] = json.loads(content)["acts"]
    return {
        act: {language: tuple(stems.split("|")) for language, stems in by_language.items()}
        for act, by_language in acts.items()
    }


def _word_with(stem: str, headline: str) -> str:
    """The words of a headline in which a stem was found, as they stand."""
    first = stem.split()[0]
    return next((word.strip(" ,.;:") for word in headline.split() if fold_text(word).startswith(first)), stem)


def _other_polarity(headline: str, told: Sequence[str], language: str) -> Refusal | None:
    """A negation that the sentences do not have, or one of theirs that the headline leaves out."""
    denied = negated_stems(headline)
    if language != "tr":
        borne_out = not denied or has_negation(told, language)
        return None if borne_out else Refusal(Code.OTHER_POLARITY, {"words": min(denied)})
    theirs = set().union(*(negated_stems(text) for text in told))
    stopped = any(stopped_by_a_word(text) for text in told)
    for stem in sorted(denied):
        alike = any(stem[:_SHORTEST_STEM] == other[:_SHORTEST_STEM] for other in theirs)
        otherwise = theirs and not is_reporting(stem) and not any(_has_positive(stem, text) for text in told)
        if not (alike or stopped or otherwise):
            return Refusal(Code.OTHER_POLARITY, {"words": stem})
    said = normal_words(headline)
    for stem in sorted(theirs):
        elsewhere = any(_has_positive(stem, text) for text in told)
        if f" {stem}" in said and not denied and not elsewhere and not stopped_by_a_word(headline):
            return Refusal(Code.OTHER_POLARITY, {"words": stem})
    return None


def _has_positive(stem: str, text: str) -> bool:
    negated = negated_stems(text)
    count = normal_words(text).count(f" {stem}")
    return count > sum(other.startswith(stem) or stem.startswith(other) for other in negated)


def _other_certainty(
    headline: str, told: Sequence[str], language: str, event: Event, type_: EventType | None
) -> Refusal | None:
    """A headline by which something happened that was put off, called off, denied, or is still to come."""
    if type_ is None or type_.id in _SAID:
        return None
    status = status_of(told, language, type_)
    cues = tuple(cue.strip() for cue in type_.cue_words.get("tr", ()))
    happened = modality(headline, cues) is Modality.HAPPENED and not stopped_by_a_word(headline)
    if happened and (status in _STOPPED or (status in _OPEN and event.status in _OPEN)):
        return Refusal(Code.OTHER_CERTAINTY, {"status": status})
    return None


def _other_people(headline: str, sentences: Sequence[Sentence], reading: Reading) -> Refusal | None:
    """A person of the article whom neither the event's sentences name nor those just before them."""
    people = [mention for mention in reading.names if mention.kind == "person"]
    near = {mention.name for mention in _mentions_near(people, sentences, reading)}
    language = reading.language.code
    for word in _CAPITALISED.findall(headline):
        plain = re.split("['’]", word)[0]
        if len(plain) < _SHORTEST_STEM:
            continue
        meant = {mention.name for mention in people if _is_name_word(plain, mention, language)}
        if meant and not meant & near:
            return Refusal(Code.OTHER_PERSON, {"words": word})
    return None


def _mentions_near(
    people: Sequence[NameMention], sentences: Sequence[Sentence], reading: Reading
) -> Iterator[NameMention]:
    """Those in the sentences; where these name nobody ("Bakan, …"), those in the sentences just before them."""
    for sentence in sentences:
        inside = [mention for mention in people if sentence.start <= mention.start < sentence.end]
        first = max((sentence.number or 1) - 1 - _BEFORE, 0)
        start = reading.content[first].start
        yield from inside or (mention for mention in people if start <= mention.start < sentence.end)


@lru_cache(maxsize=4096)
def _agrees(part: str, language: str, word: str) -> bool:
    return names_agree(part, language, word)


def _is_name_word(word: str, mention: NameMention, language: str) -> bool:
    folded = fold_text(word)
    parts = mention.name.split()
    if language == "tr":
        return any(fold_text(part) == folded for part in parts)
    return any(len(part) >= _SHORTEST_STEM and _agrees(part, language, word) for part in parts)


def _other_figures(headline: str, event: Event, sentences: Sequence[Sentence], reading: Reading) -> Refusal | None:
    """A figure that is another sentence's; one that is not the article's at all is refused before."""
    spans = sorted((sentence.start, sentence.end) for sentence in sentences)
    own: list[Figure | EventFigure] = [*within(reading.figures, spans), *event.figures]
    known = {(end, figure.currency or figure.unit) for figure in own for end in (figure.value, figure.upper)}
    for figure in read_figures(headline, "tr"):
        for end in (figure.value, figure.upper):
            if end is not None and (end, figure.currency or figure.unit) not in known:
                return Refusal(Code.FIGURE_OF_ANOTHER_SENTENCE, {"words": figure.text})
    return None


def _other_days(headline: str, event: Event, sentences: Sequence[Sentence], reading: Reading) -> Refusal | None:
    """A date that is another sentence's, neither the event's own nor the day of publication."""
    spans = sorted((sentence.start, sentence.end) for sentence in sentences)
    known = [(mention.first, mention.last) for mention in within(reading.dates, spans)]
    known.append((reading.article.published, reading.article.published))
    if event.date:
        known.append((event.date.first, event.date.last))
    for mention in read_dates(headline, reading.article.published, "tr"):
        first, last = mention.first or mention.last, mention.last or mention.first
        if first is None or last is None:
            continue
        if not any(_is_borne_out(first, last, start or end, end or start) for start, end in known):
            return Refusal(Code.DAY_OF_ANOTHER_SENTENCE, {"words": mention.text})
    return None


def _is_borne_out(first: date, last: date, start: date | None, end: date | None) -> bool:
    """Whether a headline may say a period where the sentences say another: a coarser one, or an end of theirs."""
    if start is None or end is None:
        return False
    return (first <= start and end <= last) or (first == last and first in (start, end))
