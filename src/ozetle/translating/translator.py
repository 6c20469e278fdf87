"""Asks for an article's translation window by window, checks every sentence, and asks again for those that fail."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from ozetle.articles import Sentence, detect_language
from ozetle.errors import AnswerError
from ozetle.extracting.prompts import prompt
from ozetle.extracting.session import ArticleSession, together
from ozetle.extracting.strategies.whole import one_line
from ozetle.llm.models import Strategy
from ozetle.reading import Reading
from ozetle.reasons import FlagCode
from ozetle.translating.checks import problems
from ozetle.translating.flag import Flag, flag
from ozetle.translating.glossary import Glossary, hints, own_examples, own_glossary
from ozetle.translating.translation import TranslatedSentence, Translation

# sentences a request; the embedded model mixes up even three, and copies them rather than translates
_WINDOW: dict[Strategy, int] = {"whole": 12, "stepwise": 1}
_AGAIN: dict[Strategy, int] = {"whole": 6, "stepwise": 1}
_MAX_CHARACTERS = 4000
_CONTEXT = 2  # sentences
_SURELY = 0.9
_LETTERS_TO_TELL = 40
_TOKENS_A_CHARACTER = 1.2  # of the source; twice what Turkish needs in the tokenizers of small models
_TOKENS_MORE = 64


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore")

    number: int
    text: str


class _Several(BaseModel):
    model_config = ConfigDict(extra="ignore")

    sentences: list[_Item]


class _One(BaseModel):
    model_config = ConfigDict(extra="ignore")

    turkish: str


async def translated(
    reading: Reading, session: ArticleSession, strategy: Strategy, glossary: Glossary | None = None
) -> Translation:
    """Translate an article into Turkish; sentences that are Turkish already are kept.

    Args:
        reading: the article.
        session: the way to the model.
        strategy: windows of several sentences, or sentence by sentence with examples.
        glossary: terms and their Turkish that go before the library's own.

    Raises:
        OzetleError: the model cannot be asked. An answer that cannot be used only flags its sentences.
    """
    work = _Work(reading, session, strategy, glossary or {})
    content = reading.content
    kept = {number: _Text(one_line(sentence.text)) for number, sentence in enumerate(content) if _is_turkish(sentence)}
    todo = [number for number in range(len(content)) if number not in kept]
    first = dict(kept)
    for given in await together(work.asked(window) for window in _windows(todo, content, _WINDOW[strategy])):
        first |= given
    wrong = work.problems(first)
    failed = [number for number in todo if wrong[number]]
    second = dict(first)
    refused = {number: _Refused(first[number].text if number in first else "-", wrong[number]) for number in failed}
    again = _windows(failed, content, _AGAIN[strategy])
    for given in await together(work.asked(window, refused) for window in again):
        second |= given
    still_wrong = wrong if second == first else work.problems(second)
    better = {number for number in second if number not in first or len(still_wrong[number]) < len(wrong[number])}
    chosen = {number: second[number] if number in better else first[number] for number in second}
    flags = wrong if chosen == first else still_wrong if chosen == second else work.problems(chosen)
    return Translation(
        sentences=tuple(
            TranslatedSentence(
                number=number + 1,
                source=one_line(sentence.text),
                text=chosen[number].text if number in chosen else "",
                flags=() if number in kept else flags[number],
            )
            for number, sentence in enumerate(content)
        )
    )


def kept(reading: Reading) -> Translation:
    """Return an article as its own translation: it is Turkish, or nobody knows from what to translate."""
    return Translation(
        sentences=tuple(
            TranslatedSentence(number=number, source=one_line(sentence.text), text=one_line(sentence.text), flags=())
            for number, sentence in enumerate(reading.content, 1)
        )
    )


@dataclass(frozen=True)
class _Text:
    """One sentence's translation, and whether it is certain that it belongs to that sentence."""

    text: str
    doubt: Flag | None = None


@dataclass(frozen=True)
class _Refused:
    """A translation that did not pass the checks."""

    text: str
    flags: Sequence[Flag]

    @property
    def reason(self) -> str:
        return "; ".join(flag.reason for flag in self.flags)


@dataclass(frozen=True)
class _Work:
    """Asks and checks; sentences are counted from 0."""

    reading: Reading
    session: ArticleSession
    strategy: Strategy
    glossary: Glossary

    def problems(self, texts: Mapping[int, _Text]) -> list[tuple[Flag, ...]]:
        """What is wrong with each sentence's translation."""
        content, language = self.reading.content, self.reading.language.code
        found = problems(
            [sentence.text for sentence in content],
            [texts[number].text if number in texts else None for number in range(len(content))],
            language,
            published=self.reading.article.published,
            glossary={**own_glossary(language), **self.glossary},
        )
        doubts = [texts[number].doubt if number in texts else None for number in range(len(content))]
        return [told if doubt is None else (*told, doubt) for told, doubt in zip(found, doubts, strict=True)]

    async def asked(self, window: Sequence[int], refused: Mapping[int, _Refused] | None = None) -> dict[int, _Text]:
        """Ask for the translations of neighbouring sentences; those the model does not give are not there.

        Args:
            window: the sentences; only one where sentences are asked for one by one.
            refused: their first translations, and what was wrong with them.
        """
        try:
            return await (self._one if self.strategy == "stepwise" else self._several)(window, refused or {})
        except AnswerError:  # they are asked for again, and are flagged if that fails too
            return {}

    async def _one(self, window: Sequence[int], refused: Mapping[int, _Refused]) -> dict[int, _Text]:
        (number,) = window
        sentence = self.reading.content[number]
        notes = []
        if number in refused:
            notes = [f"Not: {refused[number].text}", f"Wrong: {refused[number].reason}"]
        examples: dict[str, str] = {}
        for place, example in enumerate(own_examples(self.reading.language.code), 1):
            examples[f"source{place}"] = _shown(example.source, example.terms)
            examples[f"turkish{place}"] = json.dumps({"turkish": example.turkish}, ensure_ascii=False)
        answer = await self.session.ask(
            prompt("stepwise-translate"),
            _One,
            _object(turkish={"type": "string"}),
            max_tokens=_limit([sentence]),
            optional=True,
            again=number in refused,
            language=_language_name(self.reading.language.code),
            question=_shown(one_line(sentence.text), self._terms(window), notes),
            **examples,
        )
        text = one_line(answer.turkish)
        return {number: _Text(text)} if text else {}

    async def _several(self, window: Sequence[int], refused: Mapping[int, _Refused]) -> dict[int, _Text]:
        content = self.reading.content
        sentences = [content[number] for number in window]
        before = content[max(0, window[0] - _CONTEXT) : window[0]]
        lines = [
            f"[{place}] {one_line(content[number].text)}"
            + (
                f"\n    refused: {refused[number].text}\n    wrong: {refused[number].reason}"
                if number in refused
                else ""
            )
            for place, number in enumerate(window, 1)
        ]
        item = _object(number={"type": "integer", "minimum": 1, "maximum": len(window)}, text={"type": "string"})
        items = {"type": "array", "items": item, "minItems": len(window), "maxItems": len(window)}
        answer = await self.session.ask(
            prompt("translate-repair" if refused else "translate"),
            _Several,
            _object(sentences=items),
            max_tokens=_limit(sentences),
            optional=True,
            again=bool(refused),
            context=" ".join(one_line(sentence.text) for sentence in before) or "-",
            terms=self._terms(window) or "-",
            language=_language_name(self.reading.language.code),
            sentences="\n".join(lines),
        )
        given = [item for item in answer.sentences if item.text.strip()]
        doubt = _doubt([item.number for item in given], len(window))
        texts = {item.number: _Text(one_line(item.text), doubt) for item in reversed(given)}
        return {number: texts[place] for place, number in enumerate(window, 1) if place in texts}

    def _terms(self, window: Sequence[int]) -> str:
        found = hints([self.reading.content[number] for number in window], self.reading, self.glossary)
        return "; ".join(f"{source} = {turkish}" for source, turkish in found.items())


def _shown(sentence: str, terms: str, notes: Sequence[str] = ()) -> str:
    """A sentence as it is shown alone: the last line, below its terms and what was wrong with its translation."""
    return "\n".join([*([f"Terms: {terms}"] if terms else []), *notes, sentence])


def _doubt(numbers: Sequence[int], wanted: int) -> Flag | None:
    """Why it is uncertain which text is whose: there are more than sentences, or fewer, and perhaps numbered anew."""
    if len(numbers) == len(set(numbers)) <= wanted and (
        len(numbers) == wanted or list(numbers) != [*range(1, len(numbers) + 1)]
    ):
        return None
    code = FlagCode.ADDED_TEXTS if len(numbers) > wanted else FlagCode.ORDER_TEXTS
    return flag(code, given=str(len(numbers)), wanted=str(wanted))


def _windows(numbers: Sequence[int], content: Sequence[Sentence], most: int) -> Iterator[list[int]]:
    """Cut sentences into windows of neighbours."""
    window: list[int] = []
    size = 0
    for number in numbers:
        size += len(content[number].text)
        if window and (len(window) == most or size > _MAX_CHARACTERS):
            yield window
            window, size = [], len(content[number].text)
        window.append(number)
    if window:
        yield window


def _is_turkish(sentence: Sentence) -> bool:
    if sum(map(str.isalpha, sentence.text)) < _LETTERS_TO_TELL:
        return False
    found = detect_language(sentence.text)
    return found.code == "tr" and found.confidence >= _SURELY and not found.mixed


def _language_name(code: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


def _limit(sentences: Sequence[Sentence]) -> int:
    """Tokens that the translation of some sentences may take."""
    return int(sum(len(sentence.text) for sentence in sentences) * _TOKENS_A_CHARACTER) + _TOKENS_MORE * len(sentences)


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
