"""Loads the word tables in `data/` of each wing: JSON files that say in "about" what they hold and whence it comes."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from ozetle.facts.folding import dotless, fold_text


@cache
def load_table(wing: str, name: str) -> dict[str, Any]:
    """The table `<wing>/data/<name>.json` as it stands; read once."""
    content = resources.files(__package__).joinpath(wing, "data", f"{name}.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(content)
    return table


def key_of(word: str) -> str:
    """The form in which words are looked up: folded and dotless."""
    return dotless(fold_text(word))


def word_set(words: str | list[str]) -> frozenset[str]:
    """The keys of whitespace-separated words."""
    text = words if isinstance(words, str) else " ".join(words)
    return frozenset(key_of(text).split())
