"""Language tags."""

from __future__ import annotations

import re

_SEPARATOR = re.compile("[-_]")


def primary_subtag(tag: str) -> str:
    """Return the language of a tag, without region and script: "tr" of "tr-TR", "tr_TR" or "TR" (RFC 5646, 2.2.1)."""
    return _SEPARATOR.split(tag.strip(), maxsplit=1)[0].lower()
