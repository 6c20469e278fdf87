from __future__ import annotations

import importlib.util
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ozetle.errors import ConfigurationError, NoModelError
from ozetle.llm.cache import Cache, Entry
from ozetle.llm.models import DEFAULT_LOCAL_MODEL, DEFAULT_OPENAI_MODEL, choose_model
from ozetle.llm.request import Request
from ozetle.usage import Usage


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OZETLE_MODEL", "OZETLE_BASE_URL", "OZETLE_API_KEY", "OZETLE_LOCAL_MODEL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def install_xllamacpp(monkeypatch: pytest.MonkeyPatch, *, installed: bool) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object() if installed else None)


def recordings(folder: Path, *names: str) -> Cache:
    with Cache(folder) as cache:
        for name in names:
            request = Request(model=name, messages=(), name="x", answer_schema={}, parameters={})
            cache.put(
                Entry(
                    key=request.key,
                    request=request,
                    response={},
                    created=datetime(2026, 1, 1, tzinfo=UTC),
                    model=name,
                    usage=Usage(),
                )
            )
    return Cache(folder, "replay")


def test_the_argument_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OZETLE_MODEL", "ollama/other")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    choice = choose_model("openai/gpt-4.1")
    assert (choice.name, choice.provider, choice.served_name) == ("openai/gpt-4.1", "openai", "gpt-4.1")
    assert choice.base_url == "https://api.openai.com/v1"
    assert choice.api_key_env == "OPENAI_API_KEY"


def test_then_the_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OZETLE_MODEL", "ollama/qwen2.5:7b")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    choice = choose_model()
    assert (choice.name, choice.served_name) == ("ollama/qwen2.5:7b", "qwen2.5:7b")
    assert choice.base_url == "http://localhost:11434/v1"
    assert choice.api_key_env == "OZETLE_API_KEY"


def test_then_openai_if_there_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert choose_model().name == f"openai/{DEFAULT_OPENAI_MODEL}"


def test_then_the_embedded_model_if_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    install_xllamacpp(monkeypatch, installed=True)
    choice = choose_model()
    assert (choice.name, choice.provider, choice.base_url) == (f"local/{DEFAULT_LOCAL_MODEL}", "local", None)


def test_else_an_error_names_the_three_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    install_xllamacpp(monkeypatch, installed=False)
    with pytest.raises(NoModelError) as caught:
        choose_model()
    for way in ("OPENAI_API_KEY", "--base-url", "ollama/", 'pip install "ozetle[local]"'):
        assert way in str(caught.value)
    assert "\n" not in str(caught.value)


def test_local_names_follow_the_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_model("local").name == f"local/{DEFAULT_LOCAL_MODEL}"
    assert choose_model("local/other-q8").name == "local/other-q8"
    monkeypatch.setenv("OZETLE_LOCAL_MODEL", "~/weights/Own.Model-Q8_0.gguf")
    assert choose_model("local").name == "local/Own.Model-Q8_0"
    assert choose_model("local").served_name == "Own.Model-Q8_0"


@pytest.mark.parametrize("model", ["Qwen/Qwen2.5-7B-Instruct", "mistral", "a/b/c"])
def test_any_name_goes_with_a_base_url(model: str) -> None:
    choice = choose_model(model, "http://gpu:8000/v1")
    assert (choice.name, choice.served_name, choice.provider) == (model, model, "compatible")
    assert choice.base_url == "http://gpu:8000/v1"


@pytest.mark.parametrize("model", ["mistral", "gpt-4.1", "openai/", "ollama", " "])
def test_a_name_nobody_serves_is_an_error(model: str) -> None:
    with pytest.raises(ConfigurationError, match="base-url"):
        choose_model(model)


def test_a_base_url_needs_a_model() -> None:
    with pytest.raises(ConfigurationError, match="--model"):
        choose_model(None, "http://gpu:8000/v1")


@pytest.mark.parametrize(
    "url", ["gpu:8000", "ftp://gpu/v1", "http://", "http://gpu:port/v1", "http://gpu/v1?key=secret", "x"]
)
def test_a_base_url_must_be_one(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        choose_model("m", url)
    assert "secret" not in str(caught.value)


def test_base_url_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OZETLE_BASE_URL", "http://gpu:8000/v1")
    assert choose_model("m").base_url == "http://gpu:8000/v1"
    assert choose_model("m", "http://other/v1").base_url == "http://other/v1"
    assert choose_model("ollama/m").base_url == "http://gpu:8000/v1"
    assert choose_model("local").base_url is None
    assert choose_model("local", "http://gpu:8080/v1").base_url == "http://gpu:8080/v1"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.openai.com/v1", "OPENAI_API_KEY"),
        ("https://eu.api.openai.com/v1", "OPENAI_API_KEY"),
        ("http://api.openai.com/v1", "OZETLE_API_KEY"),
        ("https://api.openai.com.evil.example/v1", "OZETLE_API_KEY"),
        ("https://evilapi.openai.com/v1", "OZETLE_API_KEY"),
        ("https://api.openai.com@evil.example/v1", "OZETLE_API_KEY"),
        ("http://localhost:8000/v1", "OZETLE_API_KEY"),
    ],
)
def test_the_openai_key_goes_to_openai_only(url: str, name: str) -> None:
    assert choose_model("openai/gpt-4.1", url).api_key_env == name
    assert choose_model("m", url).api_key_env == name


def test_openai_base_url_is_its_owners_own_will(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://gateway.example/v1")
    choice = choose_model("openai/gpt-4.1")
    assert (choice.base_url, choice.api_key_env) == ("https://gateway.example/v1", "OPENAI_API_KEY")


def test_replay_takes_the_model_of_the_recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("OZETLE_MODEL", "ollama/elsewhere")
    cache = recordings(tmp_path, "local/tiny")
    assert choose_model(cache=cache).name == "local/tiny"
    assert choose_model("openai/gpt-4.1", cache=cache).name == "openai/gpt-4.1"
    assert choose_model(cache=Cache(tmp_path)).name == "ollama/elsewhere"


def test_replay_of_several_models_asks_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = recordings(tmp_path, "local/tiny", "openai/gpt-4.1")
    with pytest.raises(ConfigurationError, match=r"local/tiny, openai/gpt-4\.1.*--model"):
        choose_model(cache=cache)
    monkeypatch.setenv("OZETLE_MODEL", "local/tiny")
    assert choose_model(cache=cache).name == "local/tiny"


def test_replay_needs_no_server(tmp_path: Path) -> None:
    choice = choose_model(cache=recordings(tmp_path, "Qwen/Qwen2.5-7B-Instruct"))
    assert (choice.provider, choice.base_url) == ("compatible", None)


def test_credentials_are_not_shown() -> None:
    choice = choose_model("m", "https://user:hunter22@host:8443/v1")
    assert choice.server == "https://host:8443/v1"
    assert "hunter22" not in repr(choice)
    assert choose_model("local").server == "the embedded model"


@pytest.mark.parametrize("name", ["o1", "o3-mini", "o4-mini-2025-04-16", "gpt-5", "gpt-5-mini", "gpt-5.1", "gpt-10"])
def test_reasoning_models_get_no_temperature_and_their_own_limit(name: str) -> None:
    profile = choose_model(f"openai/{name}").profile
    parameters = profile.parameters(max_tokens=100)
    assert parameters.keys() == {"max_completion_tokens", "reasoning_effort"}
    assert parameters["max_completion_tokens"] > 1000  # the thinking counts too


@pytest.mark.parametrize("name", ["gpt-4.1-mini", "gpt-4o", "gpt-5-chat-latest", "gpt-4o-2024-08-06", "ft:gpt-4o:x"])
def test_other_openai_models_get_the_usual_parameters(name: str) -> None:
    assert choose_model(f"openai/{name}").profile.parameters(max_tokens=100) == {
        "temperature": 0.0,
        "seed": 0,
        "max_tokens": 100,
    }


@pytest.mark.parametrize(
    ("model", "strategy"),
    [
        ("qwen2.5:1.5b", "stepwise"),
        ("llama3.2:3b-instruct", "stepwise"),
        ("gemma3n:e4b", "stepwise"),
        ("Qwen/Qwen2.5-7B-Instruct", "whole"),
        ("qwen3-30b-a3b", "whole"),
        ("mixtral:8x7b", "whole"),
        ("gpt-oss:20b", "whole"),
        ("mistral-large", "whole"),
    ],
)
def test_small_models_go_step_by_step(model: str, strategy: str) -> None:
    assert choose_model(model, "http://gpu/v1").profile.strategy == strategy


def test_profiles_of_the_providers() -> None:
    openai, local = choose_model("openai/gpt-4.1").profile, choose_model("local").profile
    assert (openai.strategy, openai.dialect.strict, openai.keeps_max_length) == ("whole", True, False)
    assert (local.strategy, local.dialect.strict, local.keeps_max_length) == ("stepwise", False, True)
    assert local.concurrency == 1
    schema = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 9}}}
    assert "maxLength" in local.wire_schema(schema)["properties"]["a"]
    assert "maxLength" not in openai.wire_schema(schema)["properties"]["a"]


def test_choosing_is_cheap() -> None:
    code = (
        "import sys; from ozetle.llm.models import choose_model; choose_model('local'); choose_model('openai/x');"
        "print([m for m in sys.modules if m.split('.')[0] in ('openai', 'instructor', 'httpx2', 'xllamacpp')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("gpt-4.1-mini", "openai/gpt-4.1-mini"),
        ("o4-mini", "openai/o4-mini"),
        ("opnai/gpt-4.1", "openai/gpt-4.1"),
        ("Olama/qwen", "ollama/qwen"),
        ("loca", "local"),
        ("qwen2.5:7b", "ollama/qwen2.5:7b"),
        ("mistral", None),
        ("org/mistral", None),
    ],
)
def test_an_unknown_model_is_asked_about_if_it_looks_like_a_known_one(given: str, meant: str | None) -> None:
    with pytest.raises(ConfigurationError) as failed:
        choose_model(given)
    question = f"Did you mean {meant}? " if meant else ""
    assert str(failed.value).startswith(f"unknown model {given!r}. {question}Use openai/NAME")
