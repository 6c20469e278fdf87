"""`--format html`: the page that `ozetle report` makes, straight from the run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.commands import ANSWER, ARTICLE, asking, assert_one_line, on_terminal, run
from tests.llm.server import FakeServer, error

UNSUMMARISED = "İki ülke arasındaki ticaret hacmi yüzde 3,9 artarak 1,5 milyar dolara çıktı."


def part(page: str, name: str) -> Any:
    """The data of a page: its index, or what it shows of an article."""
    return json.loads(page.split(f'id="{name}">')[1].split("</script>")[0])


def test_the_page_of_a_run_is_the_report_of_its_digests(server: FakeServer, folder: Path, tmp_path: Path) -> None:
    cache = ["--cache", str(tmp_path / "answers")]
    page = tmp_path / "page.html"

    done = run("summarize", folder, *asking(server), *cache, "--format", "html", "-o", page)
    run("summarize", folder, *asking(server), *cache, "-o", tmp_path / "digests.jsonl")
    reported = run("report", tmp_path / "digests.jsonl", "--articles", folder)

    html = page.read_text(encoding="utf-8")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert html.startswith("<!DOCTYPE html>")
    assert html.endswith("</html>\n")
    assert part(html, "index") == part(reported.stdout, "index")
    assert [article["id"] for article in part(html, "index")["articles"]] == ["1.txt", "2.txt", "a", "b"]
    assert ["3.txt" in failure["source"] for failure in part(html, "index")["failures"]] == [True, False]
    assert done.stderr.count("error: ") == 2


def test_the_page_has_the_whole_text_of_articles_and_of_stdin(server: FakeServer, article: Path) -> None:
    from_file = run("summarize", article, *asking(server), "--format", "html")
    from_stdin = run("summarize", "-", *asking(server), "--format", "html", input=ARTICLE)

    for done in (from_file, from_stdin):
        passages = part(done.stdout, "article-0")["passages"]
        assert done.exit_code == 0
        assert "".join(text for text, *_ in passages) == ARTICLE
        assert any(UNSUMMARISED in text and not events for text, events, _ in passages)


def test_articles_are_kept_for_a_page_only(server: FakeServer, article: Path) -> None:
    from ozetle.cli.inputs import Inputs

    kept, forgotten = Inputs([str(article)] * 3, limit=2, keep=True), Inputs([str(article)])
    assert [*kept] == kept.articles
    assert len(kept.articles) == 2
    assert [*forgotten] != forgotten.articles == []


def test_the_page_of_a_run_that_stops_has_what_was_done(article: Path, tmp_path: Path) -> None:
    other, page = tmp_path / "other.txt", tmp_path / "page.html"
    other.write_text(ARTICLE + "Başka bir cümle daha var.\n", encoding="utf-8")
    with FakeServer([ANSWER, error(401, "bad key", code="invalid_api_key")]) as server:
        done = run(
            "summarize", article, other, *asking(server), "--concurrency", "1", "--format", "html", "-o", page
        )  # fmt: skip

    assert done.exit_code == 1
    assert [found["id"] for found in part(page.read_text("utf-8"), "index")["articles"]] == ["haber.txt"]


def test_a_page_that_has_no_room_is_no_half_page(article: Path, server: FakeServer) -> None:
    done = run("summarize", article, *asking(server), "--format", "html", "-o", "/dev/full")

    assert done.exit_code in (1, 2)
    assert_one_line(done.stderr.splitlines()[-1], "cannot write /dev/full", "another file for -o")


def test_a_terminal_gets_no_page(server: FakeServer, article: Path) -> None:
    code, shown = on_terminal("summarize", article, *asking(server), "--format", "html")

    assert code == 2
    assert "-o report.html" in shown
    assert "<!DOCTYPE" not in shown
    assert not server.received


def test_a_translation_has_no_page(server: FakeServer, article: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"

    done = run("translate", article, *asking(server), "--format", "html", "-o", page)

    assert done.exit_code == 2
    assert "ozetle summarize --format html" in " ".join(done.stderr.replace("│", " ").split())
    assert not page.exists()
    assert not server.received


def test_events_told_once_have_no_page(tmp_path: Path) -> None:
    done = run("merge", tmp_path / "digests.jsonl", "--format", "html")

    assert done.exit_code == 2
    assert "'html' is not one of 'text', 'jsonl', 'json'" in " ".join(done.stderr.replace("│", " ").split())
