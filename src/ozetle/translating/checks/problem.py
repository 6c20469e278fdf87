"""What can be wrong with a translation."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Code = Literal[
    "missing",
    "untranslated",
    "language",
    "script",
    "markup",
    "repeated",
    "added",
    "incomplete",
    "figure",
    "date",
    "name",
    "order",
]
_LONGEST_DETAIL = 160
_LONGEST_QUOTE = 48


class Problem(BaseModel):
    """One thing wrong with the translation of one sentence.

    Attributes:
        code: what kind of thing.
        detail: one English clause of at most 160 characters that says what to mend.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    detail: str


def problem(code: Code, detail: str) -> Problem:
    """A problem with its detail on one line and short enough."""
    line = " ".join(detail.split())
    return Problem(code=code, detail=line if len(line) <= _LONGEST_DETAIL else line[: _LONGEST_DETAIL - 1] + "…")


def quoted(text: str) -> str:
    """The text in quotation marks, cut where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + '…'}”"
