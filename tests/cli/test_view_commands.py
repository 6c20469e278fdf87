from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from ozetle.digests.digest import ArticleInfo, Failure, FailureInfo, FailureProvenance
from ozetle.views.jsonl import to_block, to_line
from tests.cli.commands import asking, assert_one_line, run
from tests.llm.server import FakeServer
from tests.views.commonmark import shown
from tests.views.digests import digest, event, figure, when

FIRST = digest(
    event("Protokol imzalandı.", type="agreement_signed", countries=("TR", "KZ"), figures=(figure("-5 dolar", "-5"),)),
    event("Forum yapılacak.", status="planned", date=when(date(2026, 5, 1), date(2026, 5, 31), "month")),
    event("Görüşme yapılacak.", status="planned"),
    id="ilk.txt",
    source="haberler/ilk.txt",
)
SECOND = digest(event("=Görüştüler."), id="ikinci.txt", published=date(2026, 3, 1), title="İkinci haber")
FAILED = Failure(
    article=ArticleInfo(id="bozuk.txt", source="bozuk.txt", title=None, published=None, url=None),
    error=FailureInfo(type="ArticleError", message="bozuk.txt: the article is empty", retryable=False),
    provenance=FailureProvenance(model=None, ozetle="0"),
)


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    path = tmp_path / "digests.jsonl"
    path.write_text("\n".join(map(to_line, (FIRST, FAILED, SECOND))) + "\n\n", encoding="utf-8-sig")
    return path


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "damaged.jsonl"
    path.write_bytes(f'{{bad\n{to_line(FIRST)}\n{{"a": 1}}\n'.encode() + b"\xff\n" + to_line(SECOND).encode())
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_export_writes_every_table(digests: Path, tmp_path: Path) -> None:
    done = run("export", digests, "-o", tmp_path / "t")

    assert done.exit_code == 0
    assert done.stdout == ""
    assert "1 failed articles passed over\n" in done.stderr
    assert "2 articles, 4 events, 0 participants, 1 figures" in done.stderr
    assert [row["headline"] for row in table(tmp_path / "t" / "events.csv")][-1] == "'=Görüştüler."
    assert [row["value"] for row in table(tmp_path / "t" / "figures.csv")] == ["-5"]


def test_export_for_excel_and_as_parquet(digests: Path, tmp_path: Path) -> None:
    assert run("export", digests, "-o", tmp_path, "--excel").exit_code == 0
    assert (tmp_path / "events.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle_id;event;")
    assert run("export", digests, "-o", tmp_path, "--format", "parquet").exit_code == 0
    assert (tmp_path / "events.parquet").read_bytes()[:4] == b"PAR1"
    wrong = run("export", digests, "-o", tmp_path, "--format", "parquet", "--excel")
    assert (wrong.exit_code, "--excel is for CSV" in wrong.stderr) == (2, True)


def test_bad_lines_are_said_and_good_ones_written(damaged: Path, tmp_path: Path) -> None:
    done = run("export", damaged, tmp_path / "yok.jsonl", "-o", tmp_path / "t")

    assert done.exit_code == 1
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 4
    for line, part in zip(
        errors, ("damaged.jsonl:1: ", "damaged.jsonl:3: ", "damaged.jsonl:4: ", "yok.jsonl: "), strict=True
    ):
        assert part in line
    assert len(table(tmp_path / "t" / "events.csv")) == 4
    assert "4 unreadable lines or files passed over" in done.stderr


def test_a_file_of_something_else_is_not_told_line_by_line(tmp_path: Path) -> None:
    other = tmp_path / "haber.txt"
    other.write_text("Bir satır.\n" * 500, encoding="utf-8")
    done = run("calendar", other, "-o", tmp_path / "c.ics")

    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) < 15
    assert "500 unreadable" in done.stderr
    assert not (tmp_path / "c.ics").exists()


def test_a_json_array_is_told_at_once(tmp_path: Path) -> None:
    array = tmp_path / "a.json"
    array.write_text(f"[\n{to_block(FIRST)}\n]\n", encoding="utf-8")
    done = run("bulletin", array)
    assert done.exit_code == 2
    assert "it is a JSON array. Write JSON lines with --format jsonl." in done.stderr


@pytest.mark.parametrize("command", ["export", "calendar", "bulletin"])
def test_without_a_digest_nothing_is_overwritten(command: str, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text(to_line(FAILED) + "\n")
    target = tmp_path / "out"
    if command != "export":
        target.write_text("önceki", encoding="utf-8")
    done = run(command, tmp_path / "empty.jsonl", "-o", target)

    assert done.exit_code == 2
    assert "there is no digest in" in done.stderr
    assert not target.exists() or target.read_text(encoding="utf-8") == "önceki"


def test_calendar_has_the_planned_events(digests: Path, tmp_path: Path) -> None:
    done = run("calendar", digests, "-o", tmp_path / "p.ics")
    content = (tmp_path / "p.ics").read_bytes()

    assert done.exit_code == 0
    assert "1 planned events; 1 left out, whose date is not known" in done.stderr
    assert content.count(b"BEGIN:VEVENT") == 1
    assert "SUMMARY:Forum yapılacak. (Mayıs 2026 içinde)\r\n".encode() in content


@pytest.mark.parametrize("command", ["calendar", "bulletin"])
def test_a_digest_file_is_never_the_output(command: str, digests: Path) -> None:
    before = digests.read_bytes()
    done = run(command, digests, "-o", digests)
    assert done.exit_code == 2
    assert_one_line(done.stderr, "is one of the digest files")
    assert digests.read_bytes() == before


def test_an_output_that_cannot_be(digests: Path, tmp_path: Path) -> None:
    done = run("calendar", digests, "-o", tmp_path / "yok" / "p.ics")
    assert (done.exit_code, "cannot write" in done.stderr) == (2, True)


def test_bulletin_by_days_and_form(digests: Path, tmp_path: Path) -> None:
    everything = run("bulletin", digests)
    march = run("bulletin", digests, "--from", "2026-03-01", "--to", "2026-03-07")

    assert everything.stdout.startswith("# Bülten: 13 Şubat – 1 Mart 2026\n")
    assert "## Türkiye – Kazakistan" in everything.stdout
    assert march.stdout.startswith("# Bülten: 1–7 Mart 2026\n\n1 haber, 1 olay.\n")
    assert "1 articles left out" in march.stderr
    for name, start in {"b.html": "<!DOCTYPE html>", "b.md": "# Bülten"}.items():
        assert run("bulletin", digests, "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert run("bulletin", digests, "--format", "html").stdout.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("wrong", [["--from", "1.3.2026"], ["--from", "2026-03-02", "--to", "2026-03-01"]])
def test_wrong_days(wrong: list[str], digests: Path) -> None:
    assert run("bulletin", digests, *wrong).exit_code == 2


def test_digests_are_read_from_stdin(digests: Path) -> None:
    done = run("bulletin", "-", input=digests.read_bytes())
    assert (done.exit_code, "2 haber, 4 olay." in done.stdout) == (0, True)


def test_show_prints_all_or_one(digests: Path) -> None:
    everything = run("show", digests)
    assert everything.exit_code == 0
    assert "Haberin başlığı" in everything.stdout
    assert "İkinci haber" in everything.stdout
    assert "1 failed articles passed over" in everything.stderr
    for name in ("ilk.txt", "haberler/ilk.txt"):
        one = run("show", digests, name)
        assert one.exit_code == 0
        assert "Protokol imzalandı." in one.stdout
        assert "İkinci haber" not in one.stdout


def test_show_says_which_ids_there_are(digests: Path) -> None:
    done = run("show", digests, "üçüncü.txt")
    assert (done.exit_code, done.stdout) == (2, "")
    assert_one_line(done.stderr, "no article üçüncü.txt in", "ilk.txt, bozuk.txt, ikinci.txt")


def test_show_tells_why_an_article_failed(digests: Path) -> None:
    done = run("show", digests, "bozuk.txt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert_one_line(done.stderr, "the article is empty")


def test_summarize_writes_markdown_and_csv(server: FakeServer, folder: Path, tmp_path: Path) -> None:
    page = run("summarize", folder, *asking(server), "--format", "md")
    rows = run("summarize", folder, *asking(server), "--format", "csv", "-o", tmp_path / "e.csv")

    assert (page.exit_code, rows.exit_code) == (1, 1)
    assert page.stdout.count("\n---\n") == 3
    assert "Ticaret Bakanı Ayşe Örnek, Bişkek'te görüştü." in shown(page.stdout)
    found = table(tmp_path / "e.csv")
    assert [row["article_id"] for row in found][:1] == ["1.txt"]
    assert found[0]["type"] == "bilateral_meeting"
    assert json.dumps(found[0]["event"]) == '"1"'


def test_translate_writes_a_table_of_sentences(server: FakeServer, article: Path) -> None:
    done = run("translate", article, *asking(server), "--format", "csv")
    assert done.exit_code == 0
    assert done.stdout.startswith("article_id,sentence,source,text,flags\r\n") or done.stdout.startswith(
        "article_id,sentence,source,text,flags\n"
    )
