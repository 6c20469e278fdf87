"""Asks once more for the Turkish texts of a draft that may not be shown, with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from ozetle.errors import OzetleError
from ozetle.extracting.draft import Draft
from ozetle.extracting.fields import TurkishText, marked_fields
from ozetle.extracting.prompts import prompt
from ozetle.extracting.session import ArticleSession
from ozetle.reasons import Refusal
from ozetle.turkish.soundness import Judge

MAX_TOKENS = 2000
_MAX_TEXTS = 20
_SHOWN = 400  # characters of a refused text


class _Text(BaseModel):
    model_config = ConfigDict(extra="ignore")

    number: int
    text: str


class _Texts(BaseModel):
    model_config = ConfigDict(extra="ignore")

    texts: list[_Text]


async def reworded(draft: Draft, judge: Judge, session: ArticleSession, article: str) -> Draft:
    """Return the draft with what the model could mend of its headlines, summary and measures.

    One request, and only if a text is refused. What the model does not mend stays as it was, and is taken out later
    by name. Nothing that happens to this request costs the draft, except what would stop the whole run.

    Args:
        draft: a model's answer about the article.
        judge: what says whether a text about the article may be shown.
        session: the way to the model.
        article: the article as the model was shown it.
    """
    refused = [*_refused(draft, judge)][:_MAX_TEXTS]
    if not refused:
        return draft
    listed = [
        f"{number}. {' '.join(text.split())[:_SHOWN]}\n   wrong: {why.english}"
        for number, (_, text, _, why) in enumerate(refused, 1)
    ]
    try:
        answer = await session.ask(
            prompt("whole-repair"),
            _Texts,
            _schema(refused),
            max_tokens=MAX_TOKENS,
            optional=True,
            again=True,
            texts="\n".join(listed),
            article=article,
        )
    except OzetleError as error:
        if error.stops_run:
            raise
        return draft
    mended: dict[str, str] = {}
    for item in answer.texts:
        if 1 <= item.number <= len(refused):
            path, _, field, _ = refused[item.number - 1]
            if _problem(item.text, judge, field) is None:
                mended.setdefault(path, item.text)
    changed: Draft = _replaced(draft, "", lambda path, text, _: mended.get(path, text))
    return changed


def _refused(draft: Draft, judge: Judge) -> Iterator[tuple[str, str, TurkishText, Refusal]]:
    """Yield path, text, field and refusal of each text that may not be shown."""
    found: list[tuple[str, str, TurkishText]] = []

    def note(path: str, text: str, field: TurkishText) -> str:
        found.append((path, text, field))
        return text

    _replaced(draft, "", note)
    for path, text, field in found:
        why = _problem(text, judge, field)
        if why is not None:
            yield path, text, field, why


def _problem(text: str, judge: Judge, field: TurkishText) -> Refusal | None:
    return judge.field_problem(text, max_length=field.max_length, sentences=field.sentences)


def _replaced(part: Any, path: str, change: Callable[[str, str, TurkishText], str]) -> Any:
    """Return a part of a draft with each of its Turkish texts changed; empty ones are left alone."""
    if isinstance(part, list):
        return [_replaced(item, f"{path}[{number}]", change) for number, item in enumerate(part)]
    if not isinstance(part, BaseModel):
        return part
    update: dict[str, Any] = {}
    for name, _, marker in marked_fields(type(part)):
        value, where = getattr(part, name), f"{path}.{name}".lstrip(".")
        if marker is None:
            update[name] = _replaced(value, where, change)
        elif isinstance(marker, TurkishText) and isinstance(value, str) and value.strip():
            update[name] = change(where, value, marker)
    return part.model_copy(update=update)


def _schema(refused: list[tuple[str, str, TurkishText, Refusal]]) -> dict[str, Any]:
    longest = max(field.max_length for _, _, field, _ in refused)
    text = {
        "type": "object",
        "properties": {
            "number": {"type": "integer", "minimum": 1, "maximum": len(refused)},
            "text": {"type": "string", "maxLength": longest},
        },
        "required": ["number", "text"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"texts": {"type": "array", "items": text, "maxItems": len(refused)}},
        "required": ["texts"],
        "additionalProperties": False,
    }
