from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.commands import ANSWER, ARTICLE, HOSTILE, asking, assert_one_line, lines, run
from tests.llm.server import FakeServer, Received, Reply, error


def test_summarize_writes_a_line_for_each_article_in_order(server: FakeServer, folder: Path) -> None:
    done = run("summarize", folder, *asking(server), "--concurrency", "4")

    results = lines(done.stdout)
    assert [result["article"]["id"] for result in results] == [
        "1.txt", "2.txt", "3.txt", "a", "4.jsonl:2", "b"
    ]  # fmt: skip
    assert ["error" in result for result in results] == [False, False, True, False, True, False]
    assert done.exit_code == 1
    assert re.fullmatch(r"4 done, \d from cache, 2 failed", done.stderr.splitlines()[-1])
    assert [line.startswith("error: ") for line in done.stderr.splitlines()] == [False, True, True, False, False]
    assert re.fullmatch(r"\d requests, \d+ tokens", done.stderr.splitlines()[-2])


def test_a_digest_holds_what_the_article_bears_out(server: FakeServer, article: Path) -> None:
    done = run("summarize", article, *asking(server))

    (digest,) = lines(done.stdout)
    (event,) = digest["events"]
    assert done.exit_code == 0
    assert event["evidence"][0]["quote"] == ARTICLE.splitlines()[0]
    assert event["participants"][0]["name"] == "Ayşe Örnek"
    assert digest["provenance"]["model"] == "deneme"
    assert digest["provenance"]["cache"] == "miss"


def test_the_first_line_says_who_answers(server: FakeServer, article: Path, tmp_path: Path) -> None:
    with_login = server.base_url.replace("//", "//user:secret@")
    done = run(
        "summarize", article, "--base-url", with_login, "-m", "deneme", "--strategy", "whole", "--cache", tmp_path / "c"
    )

    said = f"model deneme at {server.base_url} (whole), cache {tmp_path / 'c'}"
    assert done.stderr.splitlines() == [said, "1 request, 120 tokens", "1 done, 0 from cache, 0 failed"]
    assert "secret" not in done.output


def test_the_cache_answers_the_second_time(server: FakeServer, article: Path, tmp_path: Path) -> None:
    cache = ["--cache", str(tmp_path / "answers")]
    run("summarize", article, *asking(server), *cache)

    again = run("summarize", article, *asking(server), *cache)
    replayed = run("summarize", article, *cache, "--replay", "--strategy", "whole")
    refreshed = run("summarize", article, *asking(server), *cache, "--refresh")
    without = run("summarize", article, *asking(server), "--no-cache")

    caches = [lines(done.stdout)[0]["provenance"]["cache"] for done in (again, replayed, refreshed, without)]
    assert caches == ["hit", "hit", "miss", "off"]
    assert len(server.received) == 3
    assert "(replay)" in replayed.stderr
    assert "no cache" in without.stderr


def test_a_json_array(server: FakeServer, folder: Path) -> None:
    done = run("summarize", folder, *asking(server), "--format", "json")

    assert [len(result) for result in json.loads(done.stdout)] == [9, 9, 4, 9, 4, 9]


def test_limit_counts_articles(server: FakeServer, folder: Path) -> None:
    done = run("summarize", folder, *asking(server), "--limit", "2")

    assert [result["article"]["id"] for result in lines(done.stdout)] == ["1.txt", "2.txt"]
    assert done.exit_code == 0


@pytest.mark.parametrize("command", ["summarize", "translate"])
def test_the_day_of_publication_that_is_given(command: str, server: FakeServer, article: Path, tmp_path: Path) -> None:
    dated = tmp_path / "dated.jsonl"
    dated.write_text(json.dumps({"text": ARTICLE, "published": "2026-03-05"}), encoding="utf-8")

    done = run(command, article, dated, *asking(server), "--published", "2026-03-13")

    assert [result["article"]["published"] for result in lines(done.stdout)] == ["2026-03-13", "2026-03-05"]


def test_stdin_is_read(server: FakeServer) -> None:
    done = run("summarize", "-", *asking(server), input=ARTICLE)

    assert lines(done.stdout)[0]["article"]["source"] == "-"


def test_text_for_people_in_a_file(server: FakeServer, folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    done = run("summarize", folder, *asking(server), "--format", "text", "-o", output)

    text = output.read_text(encoding="utf-8")
    assert done.stdout == ""
    assert text.count("ikili görüşme · gerçekleşti") == 4
    assert "3.txt" in done.stderr
    assert "3.txt" not in text
    assert "Bakan [red]Ayşe Örnek[/red] \ufffd[31mBişkek'te\ufffd[0m görüştü {{7*7}} {% if %}." in re.sub(
        r"\s+", " ", text
    )
    assert "\x1b" not in text


def test_hostile_text_reaches_the_model_and_the_digest_as_it_is(server: FakeServer, tmp_path: Path) -> None:
    path = tmp_path / "kotu.txt"
    path.write_text(HOSTILE, encoding="utf-8")

    done = run("summarize", path, *asking(server))

    assert "\x1b" not in done.stdout
    quote = lines(done.stdout)[0]["events"][0]["evidence"][0]["quote"]
    assert quote == HOSTILE.splitlines()[0]
    sent = server.received[0].body["messages"][-1]["content"]
    assert "{{7*7}} {% if %}" in sent
    assert "{types} yaz" in sent


def test_output_file_is_overwritten_and_filled_line_by_line(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("old\n", encoding="utf-8")
    seen: list[int] = []

    def answer(_: Received) -> Reply:
        seen.append(len(output.read_text(encoding="utf-8").splitlines()))
        return ANSWER

    with FakeServer([answer]) as server:
        done = run("summarize", article, article, *asking(server), "-o", output, "--no-cache", "--concurrency", "1")

    assert done.stdout == ""
    assert len(lines(output.read_text(encoding="utf-8"))) == 2
    assert seen[0] == 0
    assert seen[1] == 1


# what goes wrong


def test_a_missing_path_is_wrong_usage_unless_others_are_there(
    server: FakeServer, article: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "yok.txt"

    alone, beside = run("summarize", missing), run("summarize", missing, article, *asking(server))

    assert alone.exit_code == 2
    assert alone.stdout == ""
    assert_one_line(alone.stderr, "yok.txt", "no such file")
    assert beside.exit_code == 1
    assert [list(result)[2] for result in lines(beside.stdout)] == ["error", "language"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [""],
        ["haber.txt", "--format", "xlsx"],
        ["haber.txt", "--limit", "0"],
        ["haber.txt", "--concurrency", "-1"],
        ["haber.txt", "--replay", "--refresh"],
        ["haber.txt", "--no-cache", "--cache", "c"],
        ["haber.txt", "--strategy", "best"],
        ["haber.txt", "--no-such-option"],
    ],
)
def test_wrong_usage(arguments: list[str], article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(article.parent)

    done = run("summarize", *arguments)

    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Usage: " in done.stderr
    assert "Traceback" not in done.stderr


def test_no_model_to_be_had_names_the_ways_to_one(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    done = run("summarize", article)

    assert done.exit_code == 2
    assert_one_line(done.stderr, "OPENAI_API_KEY", "--base-url", "ozetle[local]")


def test_what_stops_the_run_before_anything_is_written(article: Path) -> None:
    with FakeServer([error(401, "bad key", code="invalid_api_key")]) as server:
        done = run("summarize", article, article, *asking(server))

    assert done.exit_code == 2
    assert done.stdout == ""
    assert "error: " in done.stderr


def test_what_stops_the_run_after_something_was_written(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE + "Başka bir cümle daha var.\n", encoding="utf-8")
    with FakeServer([ANSWER, error(401, "bad key", code="invalid_api_key")]) as server:
        done = run("summarize", article, other, *asking(server), "--concurrency", "1", "--format", "json")

    assert done.exit_code == 1
    assert len(json.loads(done.stdout)) == 1
    assert "stopped: 1 done, 0 from cache, 0 failed" in done.stderr


def test_a_request_that_is_rejected_fails_its_article_only(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE + "Başka bir cümle daha var.\n", encoding="utf-8")
    with FakeServer([error(400, "too long", code="context_length_exceeded"), ANSWER]) as server:
        done = run("summarize", article, other, *asking(server), "--concurrency", "1")

    first, second = lines(done.stdout)
    assert done.exit_code == 1
    assert first["error"]["type"] == "RequestRejectedError"
    assert first["provenance"]["model"] == "deneme"
    assert second["events"]


def test_a_replay_of_what_is_not_recorded_names_the_article(server: FakeServer, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Bu haber hiç sorulmadı, kaydı da yok.", encoding="utf-8")
    cache = ["--cache", str(tmp_path / "answers")]
    run("summarize", article, *asking(server), *cache)

    done = run("summarize", other, article, *cache, "--replay", "--strategy", "whole")

    failure, digest = lines(done.stdout)
    assert done.exit_code == 1
    assert failure["error"]["type"] == "CacheMissError"
    assert str(other) in failure["error"]["message"]
    assert digest["provenance"]["cache"] == "hit"


def test_an_output_that_cannot_be_or_lies_among_the_input(server: FakeServer, folder: Path, tmp_path: Path) -> None:
    inside = run("summarize", folder, *asking(server), "-o", folder / "out.jsonl")
    same = run("summarize", folder / "1.txt", *asking(server), "-o", folder / "1.txt")
    nowhere = run("summarize", folder, *asking(server), "-o", tmp_path / "no" / "out.jsonl")

    assert [done.exit_code for done in (inside, same, nowhere)] == [2, 2, 2]
    assert (folder / "1.txt").read_text(encoding="utf-8") == ARTICLE
    assert not server.received
    assert_one_line(nowhere.stderr.splitlines()[-1], "cannot write", "-o")


def test_an_unexpected_fault_is_one_line_unless_debugged(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr("ozetle.digests.schemas.published_schemas", broken)
    quiet = run("schema")
    monkeypatch.setenv("OZETLE_DEBUG", "1")
    loud = run("schema")

    assert quiet.exit_code == 2
    assert_one_line(quiet.stderr, "unexpected ZeroDivisionError: a b", "OZETLE_DEBUG=1")
    assert isinstance(loud.exception, ZeroDivisionError)


def test_several_articles_of_a_file_are_told_apart_in_errors(tmp_path: Path) -> None:
    file = tmp_path / "haberler.jsonl"
    records = [{"id": "a1", "text": ARTICLE}, {"text": ARTICLE}, {"id": "a3", "text": ""}]
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    with FakeServer([error(400, "no")]) as server:
        done = run("summarize", file, tmp_path / "b.txt", *asking(server), "--no-cache")

    said = [line.removeprefix(f"error: {tmp_path}/") for line in done.stderr.splitlines() if "error: " in line]
    assert [line.split(": ")[0] for line in said] == [
        "haberler.jsonl (a1)", "haberler.jsonl:2", "haberler.jsonl:3", "b.txt"
    ]  # fmt: skip


def test_failures_have_the_ids_that_articles_have(server: FakeServer, tmp_path: Path) -> None:
    folder = tmp_path / "haber"
    (folder / "alt").mkdir(parents=True)
    (folder / "alt" / "bosluk.txt").write_text(" ", encoding="utf-8")
    (folder / "bosluk.txt").write_text(" ", encoding="utf-8")
    (folder / "x.json").write_text("[{}]", encoding="utf-8")
    missing = tmp_path / "yok.txt"
    done = run("summarize", folder, folder / "bosluk.txt", missing, *asking(server))

    found = [line["article"] for line in lines(done.stdout)]
    assert [article["id"] for article in found] == [
        "bosluk.txt", "x.json[0]", "alt/bosluk.txt", "bosluk.txt", "yok.txt"
    ]  # fmt: skip
    assert [article["source"] for article in found] == [
        *(f"{folder}/{name}" for name in ("bosluk.txt", "x.json[0]", "alt/bosluk.txt", "bosluk.txt")),
        str(missing),
    ]


@pytest.mark.parametrize("command", ["summarize", "translate", "detect", "facts"])
def test_empty_folders_and_missing_files_are_nothing_to_run(server: FakeServer, tmp_path: Path, command: str) -> None:
    empty = tmp_path / "leer"
    (empty / "inner").mkdir(parents=True)
    (empty / "inner" / "photo.jpg").write_bytes(b"x")
    options = asking(server) if command in ("summarize", "translate") else []
    alone = run(command, empty, *options)
    both = run(command, empty, tmp_path / "yok.txt", *options)

    assert (alone.exit_code, alone.stdout) == (2, "")
    assert_one_line(alone.stderr, str(empty), "the folder holds no articles")
    assert (both.exit_code, both.stdout) == (2, "")
    assert len(both.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("summarize", "--format", "xml"), "'xml' is not one of 'text', 'jsonl'"),
        (("summarize", "--limit", "a"), "it should be a valid integer"),
        (("summarize", "--limit", "0"), "it should be greater than or equal to 1"),
        (("bulletin", "--from", "dün"), "'dün' is no day: write YYYY-MM-DD"),
        (("schema", "foo"), "'foo' is not one of 'digest'"),
    ],
)
def test_values_that_options_do_not_take_are_said_plainly(article: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, *([] if arguments[0] == "schema" else [article]))
    assert done.exit_code == 2
    assert f"': {said}" in " ".join(done.stderr.replace("│", " ").split())


def test_a_slow_run_into_a_pipe_says_that_it_is_alive(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ozetle.cli.meter._SECONDS_TO_FIRST_LINE", 0.1)
    monkeypatch.setattr("ozetle.cli.meter._SECONDS_A_LINE", 30)
    with FakeServer([replace(ANSWER, delay=0.6)]) as server:
        done = run("summarize", article, *asking(server), "--no-cache")

    assert done.stderr.splitlines()[1:] == [
        "0 done, 0 from cache, 0 failed; 0 s; 1 request, 0 tokens",
        "1 request, 120 tokens",
        "1 done, 0 from cache, 0 failed",
    ]
