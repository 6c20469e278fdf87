"""Settings: the same for every call, fit for other processes, and silent about secrets."""

from __future__ import annotations

import asyncio
import inspect
import pickle
import typing
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from ozetle import Budget, Cache, Event, Options, Settings, Summarizer, asummarize, summarize, translate_many
from ozetle.llm.recordings import Recordings
from ozetle.settings import settings_of
from tests.test_own import DeskEvent


def test_the_calls_take_what_the_settings_have() -> None:
    hints = typing.get_type_hints(Options)
    names = {field.name for field in fields(Settings)}
    assert set(hints) == names - {"model"} | {"settings"}
    of_settings = typing.get_type_hints(Settings)
    assert {name: hints[name] for name in names - {"model"}} == {name: of_settings[name] for name in names - {"model"}}
    assert all(field.default is not MISSING for field in fields(Settings))


def test_settings_are_held_and_single_ones_replaced() -> None:
    held = Settings(model="a", base_url="http://h/v1", strategy="whole")
    assert settings_of(None, settings=held) == held
    assert settings_of("b", settings=held, strategy="stepwise") == Settings(
        model="b", base_url="http://h/v1", strategy="stepwise"
    )
    assert settings_of(None) == Settings()
    summarizer = Summarizer(settings=held, cache=False)
    assert (summarizer.choice.name, summarizer.strategy, summarizer.cache.mode) == ("a", "whole", "off")


@pytest.mark.parametrize("call", [Summarizer, summarize, asummarize, translate_many])
def test_a_setting_that_does_not_exist_is_named(call: typing.Any) -> None:
    arguments = () if call is Summarizer else ("Heyetler görüştü.",)
    with pytest.raises(TypeError, match="modell"):
        _run(call(*arguments, modell="x", cache=False))


def _run(result: object) -> None:
    if inspect.iscoroutine(result):
        asyncio.run(result)


def test_settings_reach_another_process(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite", mode="refresh") as cache:
        settings = Settings(model="m", api_key="sk-secret", cache=cache, event=DeskEvent, glossary={"a": "b"})
        there = pickle.loads(pickle.dumps(settings))
    assert isinstance(there.cache, Cache)
    with there.cache as opened:
        assert (opened.path, opened.mode) == (tmp_path / "c.sqlite", "refresh")
        assert list(opened.keys()) == []
    assert (there.event, there.api_key, there.glossary) == (DeskEvent, "sk-secret", {"a": "b"})


@pytest.mark.parametrize("unique", ["budget", "recordings"])
def test_what_counts_in_one_process_is_not_handed_to_another_in_silence(unique: str, tmp_path: Path) -> None:
    settings = Settings(budget=Budget(5)) if unique == "budget" else Settings(cache=Recordings(tmp_path, "none"))
    with pytest.raises(TypeError, match="process"):
        pickle.dumps(settings)


@pytest.mark.parametrize(
    "base_url", ["https://user:planted@host:8/v1", "user:planted@host", "http://[planted", "https://planted@h"]
)
def test_secrets_are_not_shown(base_url: str) -> None:
    settings = Settings(model="m", base_url=base_url, api_key="sk-planted", event=Event)
    assert "planted" not in repr(settings)
    assert "model='m'" in repr(settings)
    assert "event" not in repr(settings)  # it is the default
    assert repr(Settings()) == "Settings()"
