"""Recorded answers as JSON lines, one entry a line, to share them or to check them in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from ozetle.llm.cache.entries import Entry
from ozetle.llm.request import encodable


@dataclass(frozen=True)
class BadLine:
    """A line that is no entry: its number, counted from 1, and what is wrong with it."""

    number: int
    reason: str


def to_line(entry: Entry) -> str:
    """Return an entry as one line, without its line break. The same entry gives the same line."""
    return encodable(json.dumps(entry.content(), ensure_ascii=False, separators=(",", ":")))


def read_lines(lines: Iterable[bytes]) -> Iterator[Entry | BadLine]:
    """Yield the entry in each line, or what is wrong with the line; empty lines are passed over.

    An entry must stand under the hash of its own request, or it would answer another question than was asked.
    """
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if text:
            yield _read(number, text)


def _read(number: int, text: bytes) -> Entry | BadLine:
    try:
        entry = Entry.model_validate_json(text)
        key = entry.request.key
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, problem["loc"]))
        return BadLine(number, f"no recorded answer: {where}{': ' if where else ''}{problem['msg']}")
    except ValueError as error:  # a request that has no canonical form, with NaN in it for example
        return BadLine(number, f"no recorded answer: {error}")
    if key != entry.key:
        return BadLine(number, f"the key {entry.key[:12]}… is not that of its request")
    return entry
