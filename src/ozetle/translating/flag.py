"""What the checks found wrong with the translation of a sentence."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from ozetle.reasons import FlagCode

_LONGEST_WORDS = 48  # characters


class Flag(BaseModel):
    """One thing wrong with the translation of one sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: FlagCode
    """What is wrong."""
    data: dict[str, str] = Field(default_factory=dict)
    """What the reason names: words of the source or of the translation, shortened where they are long."""
    reason: str
    """The code's English sentence, with the data: one clause that says what to mend."""

    @property
    def turkish_reason(self) -> str:
        """The code's Turkish sentence, with the data."""
        return self.code.in_turkish(self.data)


def flag(code: FlagCode, **data: str) -> Flag:
    """Return a flag with its data, each on one line and short."""
    short = {name: _short(words) for name, words in data.items()}
    return Flag(code=code, data=short, reason=code.in_english(short))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_WORDS else line[: _LONGEST_WORDS - 1] + "…"
