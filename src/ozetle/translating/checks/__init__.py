"""Checks of a translated sentence against its source, without a model."""

from ozetle.translating.checks.run import problems

__all__ = ["problems"]
