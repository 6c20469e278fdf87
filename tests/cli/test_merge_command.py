from __future__ import annotations

import json
from pathlib import Path

import pytest

from ozetle.digests.digest import Digest, Failure, FailureInfo, FailureProvenance
from ozetle.views.jsonl import to_line
from tests.cli.commands import assert_one_line, lines, on_terminal, run
from tests.coreference.reports import digest_of


def report(id: str, day: str, text: str) -> Digest:
    event = {"type": "bilateral_meeting", "date": day, "place": "Bakü", "countries": ["AZ"],
             "people": ["Ayşe Demir|visitor", "Elçin Rzayev|host"]}  # fmt: skip
    return digest_of({"id": id, "language": "tr", "published": "2026-03-12", "text": [text], "events": [event]})


@pytest.fixture
def digests() -> list[Digest]:
    return [
        report("a", "12 Mart 2026", "Ayşe Demir, 12 Mart 2026'da Bakü'de Azerbaycanlı bakan Elçin Rzayev ile görüştü."),
        report("b", "P", "Azerbaycan Ekonomi Bakanı Elçin Rzayev, Ayşe Demir'i Bakü'de kabul etti."),
        report("c", "2 Mart 2026", "Ayşe Demir, 2 Mart 2026'da Bakü'de Azerbaycanlı bakan Elçin Rzayev ile buluştu."),
    ]


@pytest.fixture
def file(digests: list[Digest], tmp_path: Path) -> Path:
    path = tmp_path / "digests.jsonl"
    path.write_text("".join(f"{to_line(digest)}\n" for digest in digests), encoding="utf-8")
    return path


def test_each_event_is_one_line(file: Path) -> None:
    done = run("merge", file)

    assert done.exit_code == 0
    assert [[report["article"]["id"] for report in event["reports"]] for event in lines(done.stdout)] == [
        ["c"],
        ["a", "b"],
    ]
    assert_one_line(done.stderr, "3 reports of 2 events", "1 told by several", "0 with contradictions")


def test_an_array_and_a_file(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.json"

    done = run("merge", file, "--format", "json", "-o", out)

    assert (done.exit_code, done.stdout) == (0, "")
    assert json.loads(out.read_text(encoding="utf-8")) == lines(run("merge", file).stdout)


def test_files_are_joined_in_whatever_order(digests: list[Digest], file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text("".join(f"{to_line(digest)}\n" for digest in reversed(digests)), encoding="utf-8")

    assert run("merge", other, file).stdout == run("merge", file).stdout


def test_stdin_is_read(file: Path) -> None:
    assert run("merge", "-", input=file.read_bytes()).stdout == run("merge", file).stdout


def test_the_text_names_every_source(file: Path) -> None:
    shown = run("merge", file, "--format", "text").stdout

    assert "12 Mart 2026 · Bakü · AZ" in shown
    assert "[1] a, 2026-03-12" in shown
    assert "[2] b, 2026-03-12" in shown
    assert shown.count("“") == 3


def test_the_text_shows_contradictions(digests: list[Digest], tmp_path: Path) -> None:
    (event,) = digests[1].events
    assert event.place is not None
    moved = event.model_copy(update={"place": event.place.model_copy(update={"text": "Ankara"})})
    path = tmp_path / "digests.jsonl"
    told = [digests[0], digests[1].model_copy(update={"events": (moved,)})]
    path.write_text("".join(f"{to_line(digest)}\n" for digest in told), encoding="utf-8")

    assert "çelişki, yer: Bakü [1]; Ankara [2]" in run("merge", path, "--format", "text").stdout


def test_contradicting_amounts_are_written_as_turkish_does(tmp_path: Path) -> None:
    def signed(id: str, amount: str) -> Digest:
        text = f"Ayşe Demir ile Elçin Rzayev, 12 Mart 2026'da {amount} avroluk Enerji Protokolü'nü imzaladı."
        event = {"type": "agreement_signed", "date": "12 Mart 2026", "instruments": ["protocol|Enerji Protokolü"],
                 "people": ["Ayşe Demir|signatory", "Elçin Rzayev|signatory"], "figures": {amount: None}}  # fmt: skip
        return digest_of({"id": id, "language": "tr", "published": "2026-03-12", "text": [text], "events": [event]})

    path = tmp_path / "digests.jsonl"
    path.write_text(
        "".join(f"{to_line(signed(id, amount))}\n" for id, amount in [("a", "45 milyon"), ("b", "1.234,5")]),
        encoding="utf-8",
    )
    assert "⚠" not in run("merge", path, "--format", "text").stdout  # of other scales: not of one thing

    path.write_text(
        "".join(f"{to_line(signed(id, amount))}\n" for id, amount in [("a", "1.834"), ("b", "1.234,5")]),
        encoding="utf-8",
    )
    assert "çelişki, rakam: 1.834 EUR [1]; 1.234,5 EUR [2]" in run("merge", path, "--format", "text").stdout


def test_articles_cannot_steer_the_terminal(digests: list[Digest], tmp_path: Path) -> None:
    article = digests[0].article.model_copy(update={"title": "[red]Haber[/red] \x1b[31mBakü\x1b]0;başlık\x07"})
    (event,) = digests[0].events
    hostile = digests[0].model_copy(
        update={"article": article, "events": (event.model_copy(update={"headline": "[bold]\x1b[2J{{7*7}}"}),)}
    )
    path = tmp_path / "digests.jsonl"
    path.write_text(to_line(hostile) + "\n", encoding="utf-8")

    shown = run("merge", path, "--format", "text").stdout
    assert "[red]Haber[/red]" in shown
    assert "{{7*7}}" in shown
    assert "\x1b" not in shown
    assert "\x1b[31m" not in on_terminal("merge", path)[1]


def test_failed_articles_are_passed_over_and_bad_lines_told(digests: list[Digest], tmp_path: Path) -> None:
    failure = Failure(
        article=digests[0].article,
        error=FailureInfo(type="AnswerError", message="no answer", retryable=True),
        provenance=FailureProvenance(model=None, ozetle="0"),
    )
    path = tmp_path / "digests.jsonl"
    path.write_text(f"{to_line(failure)}\n{{bad\n{to_line(digests[0])}\n", encoding="utf-8")

    done = run("merge", path)

    assert done.exit_code == 1
    assert len(lines(done.stdout)) == 1
    assert f"{path}:2: " in done.stderr
    assert "1 failed articles" in done.stderr


@pytest.mark.parametrize("content", ["", "not a digest\n"])
def test_nothing_is_overwritten_where_there_is_no_digest(content: str, tmp_path: Path) -> None:
    path, out = tmp_path / "digests.jsonl", tmp_path / "events.jsonl"
    path.write_text(content, encoding="utf-8")
    out.write_text("old", encoding="utf-8")

    done = run("merge", path, "-o", out)

    assert done.exit_code == 2
    assert out.read_text(encoding="utf-8") == "old"


def test_the_digests_are_not_overwritten(file: Path) -> None:
    before = file.read_bytes()

    done = run("merge", file, "-o", file)

    assert done.exit_code == 2
    assert file.read_bytes() == before


def test_it_is_in_the_help() -> None:
    assert "--format" in run("merge", "--help").stdout
    assert "merge" in run("--help").stdout
