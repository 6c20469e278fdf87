"""An article in Turkish, sentence by sentence."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from ozetle.translating.flag import Flag


class TranslatedSentence(BaseModel):
    """A sentence and its Turkish translation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    """The sentence's number among the article's content sentences, from 1."""
    source: str
    """The sentence as the article has it, on one line."""
    text: str
    """The translation; empty where the model gave none, which is flagged."""
    flags: tuple[Flag, ...]
    """What the checks found wrong with it; empty if sound."""


class Translation(BaseModel):
    """A Turkish translation with one sentence for each content sentence of the article, in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Literal["tr"] = "tr"
    sentences: tuple[TranslatedSentence, ...]

    @property
    def text(self) -> str:
        """The whole translation, a space between the sentences."""
        return " ".join(sentence.text for sentence in self.sentences if sentence.text)

    @property
    def flagged(self) -> tuple[TranslatedSentence, ...]:
        """The sentences in which the checks found something wrong."""
        return tuple(sentence for sentence in self.sentences if sentence.flags)

    def sound(self, number: int) -> str | None:
        """Return the translation of the sentence of that number if nothing is wrong with it, else None."""
        found = self.sentences[number - 1] if 1 <= number <= len(self.sentences) else None
        return found.text if found is not None and found.text and not found.flags else None
