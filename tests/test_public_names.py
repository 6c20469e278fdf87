"""What is public: the names, and every type that a public call returns."""

from __future__ import annotations

import inspect
import subprocess
import sys
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from types import ModuleType
from typing import Any

from pydantic import BaseModel

import ozetle
import ozetle.errors

VERBS = {
    *("summarize", "asummarize", "summarize_many", "asummarize_many"),
    *("translate", "atranslate", "translate_many", "atranslate_many"),
    *("detect_language", "load", "merge", "read_digests"),
}
PUBLIC = VERBS | {
    "AnswerRejected",
    "Article",
    "ArticleInfo",
    "ArticleTranslation",
    "BatchCollected",
    "BatchFile",
    "BatchStatus",
    "BatchWritten",
    "Batches",
    "Budget",
    "Cache",
    "CacheStats",
    "ConflictingValue",
    "Contradiction",
    "Dialect",
    "DialectLearned",
    "Digest",
    "DryRun",
    "Entry",
    "EntryInfo",
    "ErrorType",
    "Flag",
    "FlagCode",
    "Event",
    "EventDate",
    "EventFigure",
    "EventType",
    "Evidence",
    "FactFigure",
    "Facts",
    "FailedAttempt",
    "Failure",
    "FailureInfo",
    "FailureProvenance",
    "Instrument",
    "LabelledSentence",
    "Language",
    "LoadFailure",
    "MergedEvent",
    "MergedFigure",
    "MergedInstrument",
    "MergedParticipant",
    "Message",
    "Mode",
    "ModelChoice",
    "ModelEvent",
    "ModelOptions",
    "Options",
    "OzetleError",
    "Participant",
    "Place",
    "Profile",
    "PromptInfo",
    "Provenance",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionFailed",
    "RecordedAnswer",
    "Rejection",
    "RejectionCode",
    "Report",
    "Request",
    "RequestRetried",
    "Selection",
    "Settings",
    "Summarizer",
    "Taxonomy",
    "Term",
    "TimeOuts",
    "TranslatedSentence",
    "Translation",
    "Unanswered",
    "Usage",
    "Words",
    "__version__",
    "facts",
    "views",
}
PLACES: tuple[ModuleType, ...] = (ozetle, ozetle.facts, ozetle.views, ozetle.errors)


def test_the_public_names_are_these() -> None:
    assert set(ozetle.__all__) == PUBLIC
    assert all(getattr(ozetle, name) is not None for name in PUBLIC)
    assert sorted(ozetle.views.__all__) == list(ozetle.views.__all__)
    assert all(callable(getattr(ozetle.views, name)) for name in ozetle.views.__all__)


def test_every_type_that_a_public_call_returns_is_public() -> None:
    public = {id(value) for place in PLACES for value in vars(place).values()}
    public |= {id(getattr(place, name)) for place in PLACES for name in getattr(place, "__all__", ())}
    hidden = {
        f"{kind.__module__}.{kind.__qualname__}, of {call}"
        for call, kind in returned()
        if id(kind) not in public and kind.__module__.startswith("ozetle.")
    }
    assert not hidden


def returned() -> Iterator[tuple[str, type]]:
    """The classes that public calls return, with those that their fields hold."""
    for place in PLACES[:-1]:
        for name in place.__all__:
            found = getattr(place, name)
            if inspect.isclass(found):
                for method, function in inspect.getmembers(found, callable):
                    if not method.startswith("_") and method in own_names(found):
                        yield from ((f"{name}.{method}", kind) for kind in returned_by(function))
                for method, value in inspect.getmembers(found, lambda value: isinstance(value, property)):
                    if method in own_names(found):
                        yield from ((f"{name}.{method}", kind) for kind in returned_by(value.fget))
                yield from ((name, kind) for kind in held(found, set()))
            elif inspect.isfunction(found):
                yield from ((name, kind) for kind in returned_by(found))


def own_names(found: type) -> set[str]:
    """What a class has, but for what it has of a library's own classes."""
    return {name for part in found.__mro__ if part.__module__.startswith("ozetle.") for name in vars(part)}


def returned_by(function: Any) -> Iterator[type]:
    plain = inspect.unwrap(function)
    hint = plain.__annotations__.get("return")
    if isinstance(hint, str):
        hint = eval(hint, {**imported_for_types(), **plain.__globals__})
    for kind in classes(hint):
        yield from held(kind, set())


def imported_for_types() -> dict[str, Any]:
    """What annotations may name that is imported for type checkers only."""
    found = {name: getattr(ozetle, name) for name in ozetle.__all__}
    return found | {name: getattr(ozetle.facts, name) for name in ozetle.facts.__all__}


def held(kind: type, known: set[type]) -> Iterator[type]:
    if kind in known:
        return
    known.add(kind)
    yield kind
    if not kind.__module__.startswith("ozetle."):
        return
    if issubclass(kind, BaseModel):
        annotations = [field.annotation for field in kind.model_fields.values()]
    elif is_dataclass(kind) or issubclass(kind, tuple):
        annotations = list(typing.get_type_hints(kind, localns=imported_for_types()).values())
    else:
        return
    for annotation in annotations:
        for inner in classes(annotation):
            yield from held(inner, known)


def classes(hint: Any) -> Iterator[type]:
    if isinstance(hint, typing.TypeVar):
        yield from classes(hint.__bound__)
    elif typing.get_args(hint):
        for part in (typing.get_origin(hint), *typing.get_args(hint)):
            if part is not hint:
                yield from classes(part)
    elif inspect.isclass(hint):
        parametrised = getattr(hint, "__pydantic_generic_metadata__", {}).get("origin")  # Digest[OwnEvent]
        yield parametrised or hint


def test_importing_costs_nothing_heavy() -> None:
    code = (
        "import sys, ozetle; heavy = {'openai', 'instructor', 'langdetect', 'py3langid', 'numpy', 'trafilatura', "
        "'pydantic', 'babel', 'rich', 'typer'} & set(sys.modules); print(sorted(heavy))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"
