from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ozetle.errors import ConfigurationError
from ozetle.llm.cache import Cache, Selection
from tests.llm.cache.recordings import KINDS, WHEN, an_entry


@KINDS
def test_pruning_takes_what_meets_all_conditions(tmp_path: Path, name: str) -> None:
    old = WHEN - timedelta(days=30)
    entries = {
        "question": an_entry("0"),
        "old": an_entry("1", created=old),
        "old of x": an_entry("2", created=old, request_model="x"),
        "x": an_entry("3", request_model="x"),
    }
    cases: list[tuple[Selection, set[str]]] = [
        (Selection(before=WHEN), {"old", "old of x"}),
        (Selection(before=WHEN, model="x"), {"old of x"}),
        (Selection(model="x"), {"x", "old of x"}),
        (Selection(prompt="label"), set(entries)),
        (Selection(prompt="labe"), set()),
        (Selection(request=lambda request: request.key == entries["x"].key), {"x"}),
        (Selection(before=WHEN, request=lambda request: request.key == entries["x"].key), set()),
        (Selection(damaged=True), set()),
        (Selection(), set(entries)),
    ]
    with Cache(tmp_path / name) as cache:
        for selection, gone in cases:
            cache.put_all(entries.values())
            assert cache.prune(selection, dry_run=True) == len(gone)
            assert cache.stats().entries == len(entries)
            assert cache.prune(selection) == len(gone)
            assert {entry.key for key, entry in entries.items() if key not in gone} == set(cache.keys())
        with pytest.raises(ConfigurationError, match="damaged"):
            cache.prune(Selection(damaged=True, model="x"))


@KINDS
def test_replay_and_off_remove_nothing(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        cache.put(an_entry())
    with Cache(tmp_path / name, "replay") as cache:
        assert cache.prune(Selection(), dry_run=True) == 1
        assert cache.prune(Selection()) == 0
        assert cache.stats().entries == 1
    assert Cache(mode="off").prune(Selection()) == 0


def test_a_damaged_file_of_a_folder_can_be_removed(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put_all([an_entry("iyi"), an_entry("bozuk")])
        (tmp_path / f"{an_entry('bozuk').key}.json").write_text("<<<<<<< HEAD")
        assert cache.prune(Selection(damaged=True)) == 1
        assert list(cache.list()) == [an_entry("iyi")]
