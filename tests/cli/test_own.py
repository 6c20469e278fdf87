"""`--event`, `--taxonomy` and `--prompt` on the command line; the answers are written by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ozetle.cli import app
from tests.llm.server import FakeServer, completion
from tests.test_own import OWN, TEXT, WHOLE, prompt_file, taxonomy_file

EVENTS = """
from __future__ import annotations

from typing import Literal

from pydantic import Field

from ozetle import Event, EventFigure, Words


class DeskEvent(Event):
    ministry: Words | None = Field(None, description="the ministry in charge")
    budget: EventFigure | None = Field(None, description="what it costs")
    sector: Literal["tarım", "enerji"] | None = Field(None, description="the sector concerned")


class Loose(Event):
    size: int = 3


thing = 3
"""


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "my_events.py"
    path.write_text(EVENTS, encoding="utf-8")
    return path


def test_a_file_of_ones_own_events_is_all_that_is_needed(tmp_path: Path, events: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    with FakeServer([completion(json.dumps(WHOLE))]) as server:
        result = CliRunner().invoke(
            app,
            [
                *("summarize", str(article), "--model", "test", "--base-url", server.base_url, "--strategy", "whole"),
                *("--no-cache", "--event", f"{events}:DeskEvent"),
            ],
        )
    assert result.exit_code == 0, result.output
    event = json.loads(result.stdout)["events"][0]
    assert event["ministry"]["text"] == OWN["ministry"]
    assert event["sector"] == OWN["sector"]


def test_taxonomy_and_prompt_are_used(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    answer = {"events": [{"sentences": [1], "type": "credit", "headline": "Kredi programı başlatıldı."}], "summary": ""}
    with FakeServer([completion(json.dumps(answer))]) as server:
        result = CliRunner().invoke(
            app,
            [
                *("summarize", str(article), "--model", "test", "--base-url", server.base_url, "--strategy", "whole"),
                *("--no-cache", "--taxonomy", str(taxonomy_file(tmp_path)), "--prompt", str(prompt_file(tmp_path))),
            ],
        )
        (asked,) = server.received
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["events"][0]["type"] == "credit"
    assert "credit: ihracatçılara verilen kredi" in asked.body["messages"][0]["content"]


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("DeskEvent", "Name file and class"),
        ("missing.py:DeskEvent", "there is no file missing.py. Name file and class"),
        ("my_events.py:Missing", "has no subclass of ozetle.Event named Missing. It has DeskEvent, Loose."),
        ("empty.py:Missing", "has no subclass of ozetle.Event named Missing. It has none at all."),
        ("my_events.py:thing", "has no subclass of ozetle.Event named thing"),
        ("my_events.py:Loose", "field size of Loose cannot be asked for"),
        ("broken.py:DeskEvent", "cannot be executed: SyntaxError"),
        ("leaving.py:DeskEvent", "cannot be executed: SystemExit: 0"),
    ],
)
def test_what_is_no_class_of_events_is_said_in_one_line(
    tmp_path: Path, events: Path, monkeypatch: pytest.MonkeyPatch, named: str, reason: str
) -> None:
    (tmp_path / "broken.py").write_text("class DeskEvent(", encoding="utf-8")
    (tmp_path / "empty.py").write_text("from ozetle import Event", encoding="utf-8")
    (tmp_path / "leaving.py").write_text("raise SystemExit(0)", encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(
        app, ["summarize", "a.txt", "--model", "test", "--base-url", "http://127.0.0.1:9/v1", "--event", named]
    )
    assert result.exit_code == 2
    assert reason in result.stderr
    assert "Traceback" not in result.output


def test_a_prompt_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    asked = ("--model", "test", "--base-url", "http://127.0.0.1:9/v1", "--prompt", "yok.md")
    result = CliRunner().invoke(app, ["summarize", str(tmp_path / "a.txt"), *asked])
    assert result.exit_code == 2
    assert result.stderr == "error: prompt yok.md cannot be read: no such file or directory\n"
