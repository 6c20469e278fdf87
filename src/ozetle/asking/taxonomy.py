"""The event types a desk follows, as data: ids, Turkish labels and definitions, and the words that point to them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ozetle.errors import ConfigurationError
from ozetle.facts.folding import fold_text

ChoiceList = Literal["types", "statuses", "roles", "participant_kinds", "instrument_kinds"]

_WORD = re.compile(r"[^\W_]+")
FIGURE_CUE = "{figure}"
"""The cue that stands for "a figure was read here"."""


class Term(BaseModel):
    """One choice: the id that digests carry, and what it is called and means in Turkish.

    Attributes:
        cues: per language, word beginnings of which one stands in nearly every sentence of which the choice is true;
            a language that is not listed is not restricted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    label: str
    definition: str = ""
    cues: dict[str, tuple[str, ...]] = {}

    @cached_property
    def cue_words(self) -> dict[str, tuple[str, ...]]:
        """The cues in the form in which `Taxonomy.candidates` looks for them in a sentence."""
        return {
            language: tuple(f" {cue}" if cue == FIGURE_CUE else _words(cue) for cue in cues)
            for language, cues in self.cues.items()
        }


class EventType(Term):
    """A kind of event.

    Attributes:
        cues: see `Term`; `{figure}` stands for "a figure was read here".
        beside: the types of which a sentence that reports this one may report another event.
        roles: the roles that take part in such an event, the usual one first; empty = any.
        statuses: the statuses such an event can have; empty = any.
        plover, plover_future, cameo: the nearest codes of the PLOVER and CAMEO event ontologies, or None.
    """

    beside: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    plover: str | None = None
    plover_future: str | None = None
    cameo: str | None = None


class Taxonomy(BaseModel):
    """The choices that the model may make."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    types: tuple[EventType, ...]
    statuses: tuple[Term, ...]
    roles: tuple[Term, ...]
    participant_kinds: tuple[Term, ...]
    instrument_kinds: tuple[Term, ...]

    @cached_property
    def as_json(self) -> str:
        """The whole taxonomy as JSON, keys sorted."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)

    def ids(self, choices: ChoiceList) -> list[str]:
        """Return the ids of one list of choices, in its order."""
        return [term.id for term in getattr(self, choices)]

    def label(self, choices: ChoiceList, id: str) -> str:  # noqa: A002 (the field's name)
        """Return the Turkish label of an id, or the id itself when it is unknown."""
        return next((term.label for term in getattr(self, choices) if term.id == id), id)

    def candidates(self, sentence: str, language: str, *, has_figure: bool) -> list[str]:
        """Return the types that a sentence's own words allow, in the taxonomy's order.

        Args:
            sentence: the sentence as the article has it.
            language: its ISO 639 code.
            has_figure: whether a figure was read from it.
        """
        return _allowed(self.types, _words(sentence) + (f" {FIGURE_CUE}" if has_figure else ""), language)

    def likeliest_status(self, sentence: str, language: str, type_: str) -> str:
        """Return the first status of a type that the sentence has a cue of, else the first the type can have."""
        known = next((kind.statuses for kind in self.types if kind.id == type_), ()) or tuple(self.ids("statuses"))
        shown = _allowed([status for status in self.statuses if language in status.cues], _words(sentence), language)
        return next((status for status in shown if status in known), known[0])

    def shown_roles(self, sentence: str, language: str) -> list[str]:
        """Return the roles of which a sentence has a cue, in the taxonomy's order."""
        return _allowed([role for role in self.roles if language in role.cues], _words(sentence), language)


def _allowed(terms: Sequence[Term], words: str, language: str) -> list[str]:
    """Return the ids of the terms that have a cue among the words, or no cues for the language."""
    return [term.id for term in terms if language not in term.cues or _has_one(words, term.cue_words[language])]


def _has_one(words: str, cues: tuple[str, ...]) -> bool:
    for cue in cues:  # noqa: SIM110 - asked some thousand times an article, and `any` takes twice as long
        if cue in words:
            return True
    return False


@lru_cache(maxsize=256)
def _words(sentence: str) -> str:
    """The folded words, each behind one space, so that a cue matches only where a word begins."""
    return " " + " ".join(_WORD.findall(fold_text(sentence)))


@cache
def default_taxonomy() -> Taxonomy:
    """Return the taxonomy of trade and economic diplomacy (DESIGN: "Event types of the default taxonomy")."""
    return read_taxonomy(Path(__file__).with_name("taxonomy.json"))


def read_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy from a JSON file of the form of `taxonomy.json`.

    Raises:
        ConfigurationError: the file cannot be read or is not a taxonomy.
    """
    try:
        return Taxonomy.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigurationError(f"taxonomy {path} cannot be read: {error.strerror}") from None
    except (ValueError, ValidationError) as error:
        raise ConfigurationError(f"taxonomy {path} is malformed: {str(error).splitlines()[0]}") from None
