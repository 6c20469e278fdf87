"""Fixtures of the command line's tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import ANSWER, ARTICLE, HOSTILE
from tests.llm.server import FakeServer


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer([ANSWER]) as running:
        yield running


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "haber.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four articles, the third empty and the fourth a JSONL file with a bad line between two good ones."""
    path = tmp_path / "haberler"
    path.mkdir()
    (path / "1.txt").write_text(ARTICLE, encoding="utf-8")
    (path / "2.txt").write_text(HOSTILE, encoding="utf-8")
    (path / "3.txt").write_text("", encoding="utf-8")
    good = json.dumps({"id": "a", "text": ARTICLE})
    (path / "4.jsonl").write_text(f"{good}\n{{bad\n{good.replace('a', 'b', 1)}\n", encoding="utf-8")
    return path
