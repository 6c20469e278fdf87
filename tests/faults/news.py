"""What the tests of faults share: numbered articles, one request each, and which of them a server was asked about."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ozetle.llm.cache import Cache, CacheMode
from tests.llm.server import FakeServer, Received, completion

EMPTY = json.dumps({"language": "tr", "events": [], "summary": ""})
ANSWER = completion(EMPTY)
_NUMBER = re.compile(r"Bu, (\d+)\. haberdir")


def text(number: int) -> str:
    """An article whose digest takes one request of the strategy `whole`."""
    return f"Bu, {number}. haberdir."


def folder_of(path: Path, number: int) -> Path:
    """A new folder of so many articles, counted from 0."""
    path.mkdir()
    for one in range(number):
        (path / f"{one:03}.txt").write_text(text(one), encoding="utf-8")
    return path


def names_in(folder: Path) -> list[str]:
    """The articles of a folder, in their order."""
    return sorted(path.name for path in folder.iterdir())


def number_in(messages: str) -> int:
    """Which article a request is about."""
    found = _NUMBER.search(messages)
    assert found, messages
    return int(found[1])


def number_of(received: Received) -> int:
    """Which article a request is about."""
    return number_in(str(received.body["messages"]))


def asked(server: FakeServer | Iterable[Received]) -> Counter[int]:
    """How often a server was asked about each article."""
    return Counter(map(number_of, server.received if isinstance(server, FakeServer) else server))


def recorded(path: Path, mode: CacheMode = "normal") -> set[int]:
    """The articles whose answers a cache holds; to replay it would have to hold some."""
    with Cache(path, mode) as cache:
        return {number_in(str(entry.request.messages)) for entry in cache.list()}
