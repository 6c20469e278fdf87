"""The event types a desk follows, as data: ids, Turkish labels and definitions, and the words that point to them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ozetle.errors import ConfigurationError
from ozetle.facts.folding import fold_text

ChoiceList = Literal["types", "statuses", "roles", "participant_kinds", "instrument_kinds"]

_WORD = re.compile(r"[^\W_]+")
FIGURE_CUE = "{figure}"
"""The cue that stands for "a figure was read here"."""
NONE = "none"
"""What small models answer where a sentence reports no event; no type can have that id."""
STATUSES = ("occurred", "planned", "stated", "targeted", "expected", "postponed", "cancelled", "denied")
"""The statuses; tense is read, and dates are chosen, by what they mean."""
ALWAYS: dict[ChoiceList, str] = {
    "types": "other", "roles": "attendee", "participant_kinds": "person", "instrument_kinds": "other",
}  # fmt: skip
"""The ids that every list has: what stands in for an answer that is none of the choices."""


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

    def cued_by(self, words: str, language: str) -> bool:
        """Return whether one of the choice's cues is among some words, or it has none for the language."""
        return bool(_allowed([self], _words(words), language))


class EventType(Term):
    """A kind of event.

    Attributes:
        cues: see `Term`; `{figure}` stands for "a figure was read here".
        beside: the types of which a sentence that reports this one may report another event.
        roles: the roles that take part in such an event, the usual one first; empty = any.
        statuses: the statuses such an event can have; empty = any.
        plover, plover_future, cameo: the nearest codes of the PLOVER and CAMEO event ontologies, or None.
        noun: what a headline made of parts calls such an event, if not by its label; `{documents}` stands for the kinds
            of its documents.
        nouns: the same by status, where one has a noun of its own.
        between_two: what such an event is of two people, behind their names.
    """

    beside: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    plover: str | None = None
    plover_future: str | None = None
    cameo: str | None = None
    noun: str | None = None
    nouns: dict[str, str] = Field(default_factory=dict)
    between_two: str | None = None

    def fitting_status(self, status: str) -> str:
        """Return a status if such an event can have it, else expected for planned, else the first that it can have."""
        if not self.statuses or status in self.statuses:
            return status
        if status == "planned" and "expected" in self.statuses:  # nobody plans a statistic
            return "expected"
        return self.statuses[0]


class LabelledSentence(BaseModel):
    """A sentence and the types of events it reports; none if it reports no event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentence: str
    events: tuple[str, ...]


class Taxonomy(BaseModel):
    """The choices that the model may make.

    Attributes:
        examples: what small models are shown besides the prompt's own examples, as far as those fit the types.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    types: tuple[EventType, ...]
    statuses: tuple[Term, ...]
    roles: tuple[Term, ...]
    participant_kinds: tuple[Term, ...]
    instrument_kinds: tuple[Term, ...]
    examples: tuple[LabelledSentence, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known = {name: self.ids(name) for name in get_args(ChoiceList)}
        for name, ids in known.items():
            if len(set(ids)) < len(ids):
                raise ValueError(f"an id stands twice in {name}")
            unfit = next((given for given in ids if not given.strip() or len(given.splitlines()) > 1), None)
            if unfit is not None:
                raise ValueError(f"{name} has the id {unfit!r}: it must be one line, and not empty")
        if NONE in known["types"]:
            raise ValueError(f"types has the id {NONE}, which means that there is no event")
        if sorted(known["statuses"]) != sorted(STATUSES):
            raise ValueError(f"the statuses must be {', '.join(STATUSES)}; their labels and definitions are free")
        for name, needed in ALWAYS.items():
            if needed not in known[name]:
                raise ValueError(f"{name} lacks the id {needed}")
        for kind in self.types:
            for field, name in (
                *(("beside", "types"), ("roles", "roles")),
                *(("statuses", "statuses"), ("nouns", "statuses")),
            ):
                unknown = sorted(set(getattr(kind, field)) - set(known[name]))
                if unknown:
                    raise ValueError(f"type {kind.id}: {field} has the unknown id {unknown[0]}")
        for example in self.examples:
            unknown = sorted(set(example.events) - set(known["types"]))
            if unknown:
                raise ValueError(f"an example has the unknown type {unknown[0]}")
        return self

    @cached_property
    def as_json(self) -> str:
        """The whole taxonomy as JSON, keys sorted."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)

    def ids(self, choices: ChoiceList) -> list[str]:
        """Return the ids of one list of choices, in its order."""
        return [term.id for term in getattr(self, choices)]

    def event_type(self, id: str) -> EventType | None:  # noqa: A002 (the field's name)
        """Return the type of that id, or None."""
        return next((kind for kind in self.types if kind.id == id), None)

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
    path = Path(__file__).with_name("taxonomy.json")
    return Taxonomy.model_validate_json(path.read_bytes())


def read_taxonomy(path: Path) -> Taxonomy:
    """Read a desk's own taxonomy from a JSON file of the form of `taxonomy.json`.

    Only `name` and `types` are needed, and of a type only `id`, `label` and `definition`. Lists that the file does not
    have are those of the default taxonomy, and so are the entries that every list must have (`other`, `attendee` …).

    Raises:
        ConfigurationError: the file cannot be read or is not a taxonomy.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(content, dict) or not content.get("types"):
            raise ValueError("it has no types")
        taxonomy = Taxonomy.model_validate(_completed(content))
        taxonomy.as_json.encode()  # a lone surrogate can be sent to no model
        return taxonomy
    except OSError as error:
        raise ConfigurationError(f"taxonomy {path} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"{where}: {first['msg']}" if where else first["msg"]
    except (ValueError, RecursionError) as error:
        reason = str(error)
    raise ConfigurationError(
        f"taxonomy {path} is malformed: {reason}",
        remedy='The least it needs is {"name": …, "types": [{"id": …, "label": …, "definition": …}]}.',
    )


def _completed(content: dict[str, Any]) -> dict[str, Any]:
    """Return a file's content with what it leaves out taken from the default taxonomy."""
    default = default_taxonomy().model_dump(mode="json")
    completed = {name: terms for name, terms in default.items() if name != "examples"} | content
    for name, needed in ALWAYS.items():
        terms = completed[name]
        if isinstance(terms, list) and all(isinstance(term, dict) and term.get("id") != needed for term in terms):
            completed[name] = [*terms, *(_free(term) for term in default[name] if term["id"] == needed)]
    return completed


def _free(term: dict[str, Any]) -> dict[str, Any]:
    """A term of the default taxonomy without what refers to other terms, which another taxonomy may not have."""
    return {name: value for name, value in term.items() if name not in ("beside", "roles", "statuses")}
