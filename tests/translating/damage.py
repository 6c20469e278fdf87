"""Damages a sound translation in one way at a time, seeded; every damage says which sentences it spoils."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Damaged(NamedTuple):
    """A damaged translation.

    Attributes:
        texts: the translations, one for each source.
        spoilt: the indices of the sentences that must be flagged.
    """

    texts: list[str | None]
    spoilt: tuple[int, ...]


class Bilingual(NamedTuple):
    """The sentences of one article, their sound translations, English ones, and the people each translation names."""

    sources: list[str]
    texts: list[str]
    english: list[str]
    names: list[list[str]]


Damage = Callable[[Bilingual, random.Random], Iterator[Damaged]]

_SCALES = {"milyar": "milyon", "milyon": "milyar", "trilyon": "milyar", "bin ": "milyon "}
_SCALED = re.compile(r"(?<=\d )(?:milyar|milyon|trilyon|bin )")
_NAMES = ("Orhan Pekdemir", "Viktor Halvorsen", "Selin Karaduman")
_INVENTED = (
    "Bu adım iki halkın kardeşliğini daha da pekiştirecek.",
    "Konuya ilişkin ayrıntılar ilerleyen günlerde paylaşılacak.",
    "Uzmanlar gelişmeyi tarihî bir dönüm noktası olarak değerlendirdi.",
)


def _with(texts: Sequence[str], index: int, text: str | None) -> list[str | None]:
    changed: list[str | None] = list(texts)
    changed[index] = text
    return changed


def drop(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    for index in range(len(pairs.texts)):
        yield Damaged(_with(pairs.texts, index, rng.choice([None, "", " "])), (index,))


def digit(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    """Every digit of every text once, made another one."""
    for index, text in enumerate(pairs.texts):
        for found in re.finditer(r"\d", text):
            other = rng.choice([d for d in "123456789" if d != found[0]])
            yield Damaged(_with(pairs.texts, index, text[: found.start()] + other + text[found.end() :]), (index,))


def scale(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    for index, text in enumerate(pairs.texts):
        for found in _SCALED.finditer(text):
            other = _SCALES[found[0]]
            yield Damaged(_with(pairs.texts, index, text[: found.start()] + other + text[found.end() :]), (index,))


def untranslated(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    for index, source in enumerate(pairs.sources):
        yield Damaged(_with(pairs.texts, index, source), (index,))


def swap(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    for one in range(len(pairs.texts)):
        for other in range(one + 1, len(pairs.texts)):
            texts: list[str | None] = list(pairs.texts)
            texts[one], texts[other] = texts[other], texts[one]
            yield Damaged(texts, (one, other))


def shift(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    """A sentence left out, and all that follow move up: the last one is missing."""
    for index in range(len(pairs.texts) - 1):
        texts = [*pairs.texts[:index], *pairs.texts[index + 1 :], None]
        yield Damaged(texts, tuple(range(index, len(texts))))


def add(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    """A sentence of its own behind or before the translation, in the same item."""
    for index, text in enumerate(pairs.texts):
        more = rng.choice(_INVENTED)
        yield Damaged(_with(pairs.texts, index, rng.choice([f"{text} {more}", f"{more} {text}"])), (index,))


def english(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    for index, text in enumerate(pairs.english):
        yield Damaged(_with(pairs.texts, index, text), (index,))
    yield Damaged(list(pairs.english), tuple(range(len(pairs.english))))


def name(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    """Another person in the place of one whom the source names."""
    for index, (text, names) in enumerate(zip(pairs.texts, pairs.names, strict=True)):
        for one in names:
            yield Damaged(_with(pairs.texts, index, text.replace(one, rng.choice(_NAMES))), (index,))


def repeat(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    """The sentence before once more, alone or in front."""
    for index in range(1, len(pairs.texts)):
        before = pairs.texts[index - 1]
        yield Damaged(_with(pairs.texts, index, rng.choice([before, f"{before} {pairs.texts[index]}"])), (index,))


def cut(pairs: Bilingual, rng: random.Random) -> Iterator[Damaged]:
    """Cut off behind a word, or within one."""
    for index, text in enumerate(pairs.texts):
        words = text.split()
        kept = " ".join(words[: rng.randint(max(1, len(words) // 3), len(words) - 1)])
        yield Damaged(_with(pairs.texts, index, rng.choice([kept, kept[:-1]]).rstrip(".")), (index,))


NAMED_BY_ISSUE: dict[str, Damage] = {
    "drop": drop,
    "digit": digit,
    "scale": scale,
    "untranslated": untranslated,
    "swap": swap,
    "add": add,
    "english": english,
}
OTHERS: dict[str, Damage] = {"name": name, "repeat": repeat, "cut": cut, "shift": shift}
