from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ozetle.errors import ConfigurationError
from ozetle.extracting.prompts import prompt, prompts_folder
from ozetle.llm.cache import Cache, Entry, Selection
from ozetle.llm.cache.pruning import _fits_template, is_stale
from ozetle.llm.request import Message, Request
from tests.llm.cache.recordings import KINDS, WHEN, an_entry

PROMPTS = sorted(path.stem for path in prompts_folder().glob("*.md"))
NAMES = {id: sorted(set(re.findall(r"{(\w+)}", "".join(turn.content for turn in prompt(id).turns)))) for id in PROMPTS}


def made_with(messages: tuple[Message, ...], name: str) -> Request:
    return Request(model="local/tiny", messages=messages, name=name, answer_schema={}, parameters={})


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(PROMPTS), st.data())
def test_what_was_asked_with_the_installed_prompt_is_never_stale(id: str, data: st.DataObject) -> None:
    words = st.text(max_size=20) | st.sampled_from(["{article}", prompt(id).turns[0].content[-40:], "\n", "=== user"])
    messages = prompt(id).messages(**{name: data.draw(words) for name in NAMES[id]})
    assert not is_stale(made_with(messages, id))


@pytest.mark.parametrize("id", PROMPTS)
def test_another_text_of_the_prompt_is_stale(id: str) -> None:
    messages = prompt(id).messages(**dict.fromkeys(NAMES[id], "bir şey"))
    system = messages[0].content
    changes = [
        (Message(role="system", content=system.replace(" ", "  ", 1)), *messages[1:]),
        (Message(role="system", content=system[:-1]), *messages[1:]),
        (Message(role="system", content=f"{system} Kısa yaz."), *messages[1:]),
        (Message(role="user", content=system), *messages[1:]),
        messages[1:],
        (*messages, Message(role="user", content="Peki?")),
    ]
    for changed in changes:
        assert is_stale(made_with(changed, id))


@pytest.mark.parametrize("name", ["label", "", "../whole", "whole.md"])
def test_of_a_prompt_that_is_not_installed_nothing_is_known(name: str) -> None:
    assert not is_stale(made_with((Message(role="user", content="?"),), name))


@settings(deadline=None, max_examples=200)
@given(st.text("ab", max_size=8), st.lists(st.sampled_from(["a", "b", "ab", "{x}"]), max_size=5).map("".join))
@example("aba", "aba{x}ba")  # the beginning and the end must not overlap
@example("abab", "{x}ab{x}ab")
def test_a_template_fits_as_a_regular_expression_would(text: str, template: str) -> None:
    pattern = ".*".join(map(re.escape, template.split("{x}")))
    assert _fits_template(text, template) == bool(re.fullmatch(pattern, text, re.DOTALL))


def stale_and_fresh() -> tuple[Entry, Entry]:
    id = PROMPTS[0]
    messages = prompt(id).messages(**dict.fromkeys(NAMES[id], "bir şey"))
    fresh, stale = made_with(messages, id), made_with((Message(role="system", content="Eski."), *messages[1:]), id)
    return an_entry(key=stale.key, request=stale), an_entry(key=fresh.key, request=fresh)


@KINDS
def test_pruning_takes_what_meets_all_conditions(tmp_path: Path, name: str) -> None:
    stale, fresh = stale_and_fresh()
    old = WHEN - timedelta(days=30)
    entries = {
        "stale": stale,
        "fresh": fresh,
        "old": an_entry("1", created=old),
        "old of x": an_entry("2", created=old, request_model="x"),
        "x": an_entry("3", request_model="x"),
    }
    cases: list[tuple[Selection, set[str]]] = [
        (Selection(before=WHEN), {"old", "old of x"}),
        (Selection(before=WHEN, model="x"), {"old of x"}),
        (Selection(model="x"), {"x", "old of x"}),
        (Selection(prompt="label"), {"old", "old of x", "x"}),
        (Selection(prompt="labe"), set()),
        (Selection(stale=True), {"stale"}),
        (Selection(stale=True, model="x"), set()),
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
