from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path

import pytest

from ozetle.errors import CacheError, ConfigurationError
from ozetle.llm.cache import Cache, FailedAttempt, Selection, sqlite
from ozetle.llm.formats import recorded_fields
from tests.llm.cache.recordings import KINDS, WHEN, an_entry, answer_of, files
from tests.llm.server import chat_completion


@KINDS
def test_what_is_put_is_got_by_this_and_by_the_next_cache(tmp_path: Path, name: str) -> None:
    failed = FailedAttempt(when=WHEN, reason="not JSON", response=chat_completion("çok\nsatırlı"))
    entry = an_entry(failed=(failed, FailedAttempt(when=WHEN, reason="connection reset")))
    with Cache(tmp_path / name) as cache:
        assert cache.get(entry.key) is None
        cache.put(entry)
        assert cache.get(entry.key) == answer_of(entry)
    with Cache(str(tmp_path / name)) as cache:
        assert cache.get(entry.key) == answer_of(entry)
        assert list(cache.list()) == [entry]


@KINDS
def test_putting_again_replaces_unless_told_not_to(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        cache.put(an_entry(content="old"))
        cache.put(an_entry(content="new"), replace=False)
        assert next(cache.list()).response == chat_completion("old")
        cache.put(an_entry(content="new"))
        assert [entry.response for entry in cache.list()] == [chat_completion("new")]


@KINDS
def test_what_is_recorded_can_be_told_apart(tmp_path: Path, name: str) -> None:
    later = WHEN + timedelta(days=1)
    with Cache(tmp_path / name) as cache:
        assert cache.put_all([an_entry("1", request_model="a"), an_entry("2", created=later)]) == 2
        assert cache.put(an_entry("1", request_model="a"), replace=False) is False
        assert cache.put(an_entry("3"), replace=False) is True
        found = {info.key: info[1:] for info in cache.infos()}
        assert list(cache.keys()) == list(found) == sorted(found)
    assert found == {
        an_entry("1", request_model="a").key: (WHEN, "a", "label"),
        an_entry("2").key: (later, "local/tiny", "label"),
        an_entry("3").key: (WHEN, "local/tiny", "label"),
    }


@KINDS
def test_stats_and_models(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        assert cache.stats().entries == 0
        assert cache.models() == set()
        for model, text in [("openai/b", "1"), ("openai/b", "2"), ("local/a", "3")]:
            cache.put(an_entry(text, request_model=model))
        stats = cache.stats()
        assert (stats.entries, stats.models) == (3, {"local/a": 1, "openai/b": 2})
        assert stats.path == str(tmp_path / name)
        assert stats.bytes > 500
        assert cache.models() == {"local/a", "openai/b"}


@KINDS
def test_listing_is_lazy_and_tolerates_changes(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_PAGE", 7)
    with Cache(tmp_path / name) as cache:
        cache.put_all(an_entry(str(number)) for number in range(30))
        for listing in (cache.list, cache.infos):
            seen = set()
            for found in listing():
                cache.put(an_entry("3"))  # neither locked out by the listing nor seen twice in it
                assert found.key not in seen
                seen.add(found.key)
            assert len(seen) == 30
        keys = cache.keys()
        first = next(keys)
        cache.prune(Selection(model="local/tiny"))
        assert [first, *keys] == sorted(an_entry(str(number)).key for number in range(30))[: 7 if "." in name else 30]
        listed = cache.list()
        assert list(listed) == []


@KINDS
def test_replay_reads_and_writes_nothing(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        cache.put(an_entry("bir"))
    before = files(tmp_path)
    with Cache(tmp_path / name, "replay") as cache:
        cache.put(an_entry("iki"))
        assert cache.get(an_entry("iki").key) is None
        assert cache.get(an_entry("bir").key) == answer_of(an_entry("bir"))
        assert cache.models() == {"local/tiny"}
        assert cache.stats().entries == 1
        assert files(tmp_path) == before
    assert files(tmp_path) == before


def test_replay_sees_what_another_connection_has_just_written(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put(an_entry())
        with Cache(tmp_path / "c.sqlite", "replay") as replay:
            assert replay.get(an_entry().key) == answer_of(an_entry())


@pytest.mark.parametrize("name", ["missing.sqlite", "missing"])
def test_replay_needs_something_to_replay(tmp_path: Path, name: str) -> None:
    with pytest.raises(CacheError, match=name):
        Cache(tmp_path / name, "replay")
    assert files(tmp_path) == {}


def test_replay_of_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").touch()
    with pytest.raises(CacheError, match=r"c\.sqlite holds no recorded answers"):
        Cache(tmp_path / "c.sqlite", "replay")
    Cache(tmp_path / "c.sqlite").close()  # to record into it is fine


@KINDS
def test_refresh_asks_anew_and_records(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        cache.put(an_entry(content="old"))
    with Cache(tmp_path / name, "refresh") as cache:
        assert cache.get(an_entry().key) is None
        assert cache.entry(an_entry().key) == an_entry(content="old")
        cache.put(an_entry(content="new"))
    with Cache(tmp_path / name) as cache:
        assert next(cache.list()).response == chat_completion("new")


def test_off_touches_nothing(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite", "off") as cache:
        cache.put(an_entry())
        assert cache.get(an_entry().key) is None
        assert list(cache.list()) == []
        assert cache.stats().entries == 0
        assert cache.path is None
    assert files(tmp_path) == {}


def test_unknown_mode(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="replay"):
        Cache(tmp_path, "record")  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", [".sqlite", ".sqlite3", ".db"])
def test_a_new_path_with_such_a_suffix_is_a_file(tmp_path: Path, suffix: str) -> None:
    with Cache(tmp_path / "deep" / f"c{suffix}") as cache:
        cache.put(an_entry())
    assert (tmp_path / "deep" / f"c{suffix}").read_bytes().startswith(b"SQLite format 3")


def test_a_file_is_known_by_what_it_is_and_a_folder_too(tmp_path: Path) -> None:
    Cache(tmp_path / "c.sqlite").close()
    (tmp_path / "c.sqlite").rename(tmp_path / "answers")
    with Cache(tmp_path / "answers") as cache:
        cache.put(an_entry())
    assert (tmp_path / "answers").is_file()
    (tmp_path / "v1.2").mkdir()
    with Cache(tmp_path / "v1.2") as cache:
        cache.put(an_entry())
    assert (tmp_path / "v1.2" / f"{an_entry().key}.json").is_file()


def test_a_new_path_of_an_unknown_kind_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(CacheError, match=r"cache\.json"):
        Cache(tmp_path / "cache.json")


def test_default_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OZETLE_CACHE", str(tmp_path / "own.sqlite"))
    with Cache() as cache:
        assert cache.path == tmp_path / "own.sqlite"
    monkeypatch.delenv("OZETLE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    with Cache() as cache:
        assert cache.path is not None
        assert cache.path.name == "answers.sqlite"
        assert tmp_path in cache.path.parents


@KINDS
def test_an_unwritable_place_is_an_error_that_names_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CacheError, match="file"):
        Cache(tmp_path / "file" / name)


def test_use_after_close_is_an_error_and_closing_twice_is_not(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite")
    cache.close()
    cache.close()
    with pytest.raises(CacheError):
        cache.get(an_entry().key)


def test_times_are_kept_as_moments(tmp_path: Path) -> None:
    ankara = WHEN.astimezone(timezone(timedelta(hours=3)))
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put(an_entry(created=ankara))
        entry = cache.get(an_entry().key)
        assert entry is not None
        assert entry.created == WHEN


def test_only_what_the_api_defines_is_recorded() -> None:
    completion = chat_completion("x") | {
        "headers": {"authorization": "Bearer planted"},
        "timings": {},
        "_request_id": "r",
    }
    assert recorded_fields(completion) == chat_completion("x")
    entry = an_entry(response=completion, failed=(FailedAttempt(when=WHEN, reason="r", response=completion),))
    assert "planted" not in entry.model_dump_json()
