from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ozetle.llm.cache import Cache, Entry, FailedAttempt, Selection
from ozetle.llm.cache.jsonl import BadLine, read_lines, to_line
from tests.llm.cache.recordings import WHEN, an_entry, answer_of
from tests.llm.server import chat_completion

CONTENTS: st.SearchStrategy[Any] = (
    st.text(max_size=30)
    | st.text('\n\r\t \x00\u2028ığ"\\{}[]', max_size=10)
    | st.sampled_from(['{"a": 1}', '{"a":1}', '{"a":1 }', '{\n  "a": [\n    1\n  ]\n}', "{}", "[]", '["a"]'])
    | st.sampled_from(
        ['{"a":1,"a":2}', '{"a":1.0}', '{"a":1e5}', '{"a":"\\u00fc"}', '{"a":NaN}', "\n", "", "a\n", "{\n"]
    )
    | st.sampled_from(['{"json": 1, "style": "compact"}', '[{"type": "text", "text": "parça"}]'])
    | st.none()
    | st.just([{"type": "text", "text": "parça"}])
    | st.just([])
)
EXTRAS = st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=4))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), CONTENTS, CONTENTS, EXTRAS)
def test_any_entry_survives_both_stores(
    tmp_path: Path, text: str, content: Any, reasoning: Any, extra: dict[str, Any]
) -> None:
    response = chat_completion(content, reasoning_content=reasoning) | {"usage": extra}
    entry = an_entry(text, response=response, failed=(FailedAttempt(when=WHEN, reason=text, response=response),))
    for name in ("both.sqlite", "both"):
        with Cache(tmp_path / name) as cache:
            cache.put(entry)
            assert cache.get(entry.key) == answer_of(entry)
            assert entry.request.key == entry.key


ENTRIES = st.builds(
    lambda text, content, model, age: an_entry(
        text, content, request_model=model, created=WHEN - timedelta(days=age, microseconds=age)
    ),
    st.sampled_from(["Bir.", "İki.", "Üç.", "Dört."]),
    st.sampled_from(["a", "b\nc", '{"d": 1}', None]),
    st.sampled_from(["openai/x", "local/y"]),
    st.integers(0, 5),
)


class AnyStore(RuleBasedStateMachine):
    """Whatever is done to a cache, of either kind, it holds what a dictionary would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.numbers = count()
        self.expected: dict[str, Entry] = {}
        self.caches = [Cache(self.folder / "c.sqlite"), Cache(self.folder / "c")]

    def teardown(self) -> None:
        for cache in self.caches:
            cache.close()
        shutil.rmtree(self.folder)

    @rule(entry=ENTRIES, replace=st.booleans())
    def put(self, entry: Entry, replace: bool) -> None:
        new = replace or entry.key not in self.expected
        assert [cache.put(entry, replace=replace) for cache in self.caches] == [new, new]
        if new:
            self.expected[entry.key] = entry

    @rule(entries=st.lists(ENTRIES, max_size=4), replace=st.booleans())
    def put_all(self, entries: list[Entry], replace: bool) -> None:
        new = 0
        for entry in entries:
            if replace or entry.key not in self.expected:
                self.expected[entry.key] = entry
                new += 1
        assert [cache.put_all(entries, replace=replace) for cache in self.caches] == [new, new]

    @rule(entry=ENTRIES)
    def get(self, entry: Entry) -> None:
        expected = self.expected.get(entry.key)
        for cache in self.caches:
            assert cache.get(entry.key) == (expected and answer_of(expected))
            assert cache.entry(entry.key) == expected

    @rule(age=st.integers(0, 6), model=st.sampled_from([None, "openai/x"]), dry_run=st.booleans())
    def prune(self, age: int, model: str | None, dry_run: bool) -> None:
        before = WHEN - timedelta(days=age)
        gone = [
            key
            for key, entry in self.expected.items()
            if entry.created < before and model in (None, entry.request.model)
        ]
        selection = Selection(before=before, model=model, prompt="label")
        assert [cache.prune(selection, dry_run=dry_run) for cache in self.caches] == [len(gone)] * 2
        for key in () if dry_run else gone:
            del self.expected[key]

    @rule(changed=st.lists(ENTRIES, max_size=3), replace=st.booleans())
    def carry_over(self, changed: list[Entry], replace: bool) -> None:
        """Export each into the other kind, in which something stands already."""
        lines = [[to_line(entry) for entry in cache.list()] for cache in self.caches]
        assert lines[0] == lines[1]
        kinds: list[Callable[[int], Path]] = [
            lambda number: self.folder / str(number),
            lambda number: self.folder / f"{number}.sqlite",
        ]
        known = {entry.key: entry for entry in changed}
        self.expected = known | self.expected if replace else self.expected | known
        for position, (cache, kind) in enumerate(zip(self.caches, kinds, strict=True)):
            cache.close()
            self.caches[position] = Cache(kind(next(self.numbers)))
            self.caches[position].put_all(changed)
            found = list(read_lines(line.encode() for line in lines[position]))
            self.caches[position].put_all([entry for entry in found if isinstance(entry, Entry)], replace=replace)
            assert not [line for line in found if isinstance(line, BadLine)]
        self.caches.reverse()  # the SQLite one first again

    @rule()
    def open_again(self) -> None:
        for position, cache in enumerate(self.caches):
            cache.close()
            self.caches[position] = Cache(cache.path)

    @invariant()
    def same(self) -> None:
        expected = [self.expected[key] for key in sorted(self.expected)]
        for cache in self.caches:
            assert list(cache.list()) == expected
            assert [info[:2] for info in cache.infos()] == [(entry.key, entry.created) for entry in expected]
            assert cache.stats().entries == len(expected)


TestAnyStore = AnyStore.TestCase
TestAnyStore.settings = settings(max_examples=12, stateful_step_count=12)


def test_a_lone_surrogate_becomes_the_replacement_character(tmp_path: Path) -> None:
    for name in ("c.sqlite", "c"):
        with Cache(tmp_path / name) as cache:
            cache.put(an_entry(content="a\ud800b"))
            found = cache.get(an_entry().key)
            assert found is not None
            assert found.response["choices"][0]["message"]["content"] == "a\ufffdb"
            assert "\ufffd" in to_line(next(cache.list()))
