from __future__ import annotations

import json
from pathlib import Path

from ozetle.views.jsonl import to_line
from tests.cli.commands import assert_one_line, run
from tests.views.report.samples import digest, event, failure

TEXT = "Bakan geldi. Kimsenin özetlemediği bir cümle daha."


def written(folder: Path, name: str = "digests.jsonl") -> Path:
    made = digest(TEXT, [event(TEXT, "Bakan geldi.")], article={"id": "haber.txt", "source": "eski/haber.txt"})
    file = folder / name
    file.write_text(f"{to_line(made)}\n\n{to_line(failure('bozuk.txt', 'blank'))}\n", encoding="utf-8")
    return file


def test_a_page_of_several_files(tmp_path: Path) -> None:
    one, other, page = written(tmp_path), written(tmp_path, "other.jsonl"), tmp_path / "report.html"
    done = run("report", one, other, "-o", page, "--title", "Haftanın <haberleri>")
    assert done.exit_code == 0, done.stderr
    assert_one_line(done.stderr, "4 articles", str(page), "MB")
    html = page.read_text(encoding="utf-8")
    assert "<h1>Haftanın &lt;haberleri&gt;</h1>" in html
    index = json.loads(html.split('id="index">')[1].split("</script>")[0])
    assert len(index["articles"]) == len(index["failures"]) == 2
    assert "Kimsenin" not in html.split('id="index">')[1].split('id="article-0"')[1]


def test_the_whole_text_of_the_articles(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "haber.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    done = run("report", written(tmp_path), "--articles", folder)
    assert done.exit_code == 0, done.stderr
    assert " Kimsenin özetlemediği bir cümle daha." in done.stdout
    assert "empty.txt: the file is empty" in done.stderr


def test_other_articles_are_no_use(tmp_path: Path) -> None:
    other = tmp_path / "haber.txt"
    other.write_text("Başka bir haber.", encoding="utf-8")
    done = run("report", written(tmp_path), "--articles", other, "-o", tmp_path / "x.html")
    assert done.exit_code == 0
    assert "no digest is of an article in" in done.stderr


def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path) -> None:
    digests = written(tmp_path)
    bad, empty, latin = tmp_path / "bad.jsonl", tmp_path / "empty.jsonl", tmp_path / "latin.jsonl"
    bad.write_text(digests.read_text("utf-8") + "{}\n", "utf-8")
    empty.write_text("\n")
    latin.write_bytes(b"\n\xfd")
    for arguments, parts in {
        (tmp_path / "none.jsonl",): ("none.jsonl", "No such file"),
        (bad,): ("bad.jsonl:4", "not a digest"),
        (empty,): ("empty.jsonl", "no digest"),
        (latin,): ("latin.jsonl:2", "not UTF-8"),
        (digests, "-o", digests): ("also read",),
        (digests, "-o", tmp_path / "no" / "x.html"): ("cannot write",),
        (digests, "--articles", tmp_path / "nowhere"): ("nowhere",),
    }.items():
        done = run("report", *arguments)
        assert done.exit_code == 2, arguments
        for part in parts:
            assert part in done.stderr
        assert "Traceback" not in done.stderr
    assert digests.read_text("utf-8").startswith('{"schema_version"')


def test_from_stdin(tmp_path: Path) -> None:
    done = run("report", "-", input=written(tmp_path).read_text("utf-8"))
    assert done.exit_code == 0
    assert done.stdout.startswith("<!DOCTYPE html>")
