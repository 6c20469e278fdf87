"""Whether models may be asked live: a switch for tests, which should neither pay for answers nor depend on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ozetle.errors import ConfigurationError


@dataclass(frozen=True, eq=False)
class _Rule:
    forbids: bool
    remedy: str = ""


# of the whole process, no context variable: questions may be asked in threads that do not inherit the caller's context
_rules: list[_Rule] = []


@contextmanager
def forbidden(remedy: str = "Replay recorded answers instead.") -> Iterator[None]:
    """Forbid live requests in the whole process while the context is open; recorded answers can still be read.

    Args:
        remedy: what the error tells whoever asks all the same.
    """
    with _rule(_Rule(forbids=True, remedy=remedy)):
        yield


@contextmanager
def allowed() -> Iterator[None]:
    """Allow live requests again inside `forbidden`."""
    with _rule(_Rule(forbids=False)):
        yield


def check(model: str) -> None:
    """Do nothing if a model may be asked live; the context opened last decides.

    Args:
        model: the model about to be asked, for the error message.

    Raises:
        ConfigurationError: live requests are forbidden.
    """
    if _rules and _rules[-1].forbids:
        raise ConfigurationError(
            f"{model} was to be asked live, and live requests are forbidden here", remedy=_rules[-1].remedy
        )


@contextmanager
def _rule(rule: _Rule) -> Iterator[None]:
    _rules.append(rule)
    try:
        yield
    finally:
        _rules.remove(rule)
