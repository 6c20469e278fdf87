from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ozetle.errors import CacheError
from ozetle.llm.cache import Cache, FailedAttempt
from tests.llm.cache.recordings import WHEN, an_entry, files
from tests.llm.server import chat_completion


@pytest.mark.parametrize("text", ["", "{}", "[1]", "null", "{", '{"key": 1}', "\x00"])
def test_a_damaged_entry_file_is_named_and_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / f"{an_entry().key}.json"
    path.write_text(text)
    with Cache(tmp_path) as cache:
        with pytest.raises(CacheError, match=path.name):
            cache.get(an_entry().key)
        with pytest.raises(CacheError, match=path.name):
            list(cache.list())
    assert path.read_text() == text


def test_a_file_that_is_no_entry_is_no_surprise_to_counting(tmp_path: Path) -> None:
    (tmp_path / f"{an_entry().key}.json").write_text('{"request": 1}')
    with Cache(tmp_path) as cache, pytest.raises(CacheError, match=an_entry().key):
        cache.models()


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("recorded in February")
    (tmp_path / "notes.json").write_text("{")
    with Cache(tmp_path) as cache:
        cache.put(an_entry())
        assert cache.stats().entries == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["README.md", "notes.json", f"{an_entry().key}.json"]
    )


def test_a_failing_disk_is_an_error_and_leaves_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    with Cache(tmp_path) as cache:
        cache.put(an_entry(content="old"))
        before = files(tmp_path)
        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(CacheError, match="No space left"):
            cache.put(an_entry(content="new"))
    assert files(tmp_path) == before


def test_the_folder_reads_well(tmp_path: Path) -> None:
    content = json.dumps({"headline": "Iğdır'da şölen", "events": []}, ensure_ascii=False, indent=2)
    refused = FailedAttempt(when=WHEN, reason="bozuk", response=chat_completion("İlk\nyanıt"))
    with Cache(tmp_path) as cache:
        cache.put(an_entry("Birinci satır.\nİkinci satır, ığüşöç.", content=content, failed=(refused,)))
    path = next(tmp_path.iterdir())
    text = path.read_text(encoding="utf-8")
    for line in [
        '          "Birinci satır.",\n          "İkinci satır, ığüşöç."\n',
        '              "headline": "Iğdır\'da şölen",\n',
        '              "İlk",\n',
        '  "created": "2026-02-03T04:05:06Z",\n',
    ]:
        assert line in text
    assert "\\n" not in text
    assert text.endswith("}\n")
    assert list(json.loads(text)) == ["key", "request", "response", "created", "model", "usage", "failed"]


def test_writing_the_same_entry_gives_the_same_bytes(tmp_path: Path) -> None:
    with Cache(tmp_path / "a") as first, Cache(tmp_path / "b") as second:
        first.put(an_entry())
        second.put(next(first.list()))
    assert files(tmp_path / "a") == files(tmp_path / "b")
