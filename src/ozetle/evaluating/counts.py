"""Counts that are added up before they are divided: shares, and precision and recall."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, computed_field

_DIGITS = 3


class Counts(BaseModel):
    """Numbers that are added up over articles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __add__(self, other: Self) -> Self:
        return type(self)(**{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields})


class Share(Counts):
    """How many are right."""

    right: int = 0
    total: int = 0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def share(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return ratio(self.right, self.total)


class Retrieval(Counts):
    """What was found of what was to be found."""

    gold: int = 0
    """How many are to be found."""
    found: int = 0
    """How many of those were found."""
    predicted: int = 0
    """How many were put out."""
    right: int = 0
    """How many of those are right; more than found where optional ones are among them."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def precision(self) -> float | None:
        """The share of what was put out that is right; None if nothing was put out."""
        return ratio(self.right, self.predicted)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def recall(self) -> float | None:
        """The share of what was to be found that was found; None if nothing was to be found."""
        return ratio(self.found, self.gold)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None if either is None."""
        if not self.predicted or not self.gold:
            return None
        precision, recall = self.right / self.predicted, self.found / self.gold
        return round(2 * precision * recall / (precision + recall), _DIGITS) if precision and recall else 0.0


def ratio(part: int, whole: int) -> float | None:
    """Return a share rounded to three digits; None of nothing."""
    return round(part / whole, _DIGITS) if whole else None
