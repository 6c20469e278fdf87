"""The examples run as they are, on the recorded answers beside them, and write nothing there."""

from __future__ import annotations

import ast
import asyncio
import csv
import io
import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import CodeType
from typing import Any, NamedTuple

import pytest

from ozetle import Cache, Digest, Summarizer
from tests.cli.commands import ANSWER, ARTICLE, HAND_WRITTEN, command
from tests.conftest import REPOSITORY
from tests.llm.server import FakeServer, chat_completion

EXAMPLES = REPOSITORY / "examples"
SCRIPTS = sorted(str(path.relative_to(EXAMPLES)) for path in (*EXAMPLES.glob("*.py"), *EXAMPLES.glob("own/*.py")))
REPLAYING = [name for name in SCRIPTS if name != "ollama.py"]
ASKING = [name for name in REPLAYING if name not in ("replay.py", "own/prompt.py")]  # its labels are no whole answer


class Told(NamedTuple):
    """How a script ended, and what it said."""

    status: int
    stdout: str
    stderr: str


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(REPOSITORY)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def script(name: str, *arguments: str | Path, **settings: str) -> Told:
    """Run a script within this process, which has imported already what takes most of the time."""
    status = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [name, *map(str, arguments)])
        for setting, value in settings.items():
            patch.setenv(setting, value)
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            try:
                runpy.run_path(str(EXAMPLES / name), run_name="__main__")
            except SystemExit as ended:  # as the interpreter does it
                status = 1
                print(ended.code, file=sys.stderr)
    return Told(status, out.getvalue(), err.getvalue())


def files() -> set[tuple[Path, int]]:
    """What lies beside the scripts, and when it was written."""
    found = (
        path
        for folder in ("", "articles", "feeds", "own", "own/recorded", "recorded")
        for path in (EXAMPLES / folder).iterdir()
    )
    return {(path, path.stat().st_mtime_ns) for path in found if path.is_file()}


# as they stand


@pytest.mark.parametrize("name", REPLAYING)
def test_each_script_runs_as_it_stands(name: str) -> None:
    before = files()
    told = script(name)
    assert told.stderr == ""
    assert told.status == 0
    assert len(told.stdout.splitlines()) >= 6
    assert files() == before


def test_a_script_runs_in_a_process_of_its_own() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OZETLE_CACHE"}
    told = subprocess.run(
        [sys.executable, "examples/one_text.py"], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout == script("one_text.py").stdout


@pytest.mark.parametrize("name", ASKING)
def test_each_script_asks_a_model_of_yours_about_your_articles(name: str, tmp_path: Path) -> None:
    news, empty = tmp_path / "news", tmp_path / "news" / "bos.txt"
    news.mkdir()
    (news / "haber.txt").write_text(ARTICLE, encoding="utf-8")
    given: list[str | Path] = [news]
    if name == "one_text.py" or name.startswith("own/"):
        given = [news / "haber.txt"]
    elif name == "daily_bulletin.py":
        given = [feed(tmp_path, ARTICLE)]
    elif name == "translate_foreign.py":
        (news / "haber.txt").write_text("Gulf states signed a deal on Monday, the ministers said.", encoding="utf-8")
    if given == [news]:
        empty.write_text("", encoding="utf-8")
    before = files()

    with FakeServer([ANSWER]) as server:
        settings = {"OZETLE_MODEL": "deneme", "OZETLE_BASE_URL": server.base_url}
        told = script(name, *given, OZETLE_CACHE=str(tmp_path / "answers"), **settings)

    assert told.status == 0, told.stderr
    assert told.stdout
    assert server.received
    assert all("deneme" in asked.body["model"] for asked in server.received)
    assert re.fullmatch(rf"left out: .*{empty.name}.*\n" if empty.exists() else "", told.stderr)
    assert files() == before


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_is_short_says_what_it_does_and_is_in_the_list(name: str) -> None:
    source = (EXAMPLES / name).read_text(encoding="utf-8")
    described = ast.get_docstring(ast.parse(source)) or ""
    code = [line for line in source.partition(described)[2].splitlines()[1:] if line.strip()]
    assert 10 <= len(code) <= 40
    assert f"\npython examples/{name}" in described
    assert f"`python examples/{name}" in (EXAMPLES / "README.md").read_text(encoding="utf-8")


# what comes out of some


def test_the_spreadsheet_is_what_excel_opens(tmp_path: Path) -> None:
    told = script("folder_to_spreadsheet.py", EXAMPLES / "articles", tmp_path / "tables")
    text = (tmp_path / "tables" / "figures.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert text.startswith("\ufeff")
    assert "3,9" in {row["value"] for row in rows}
    assert f"{len(rows):4} rows in {tmp_path / 'tables' / 'figures.csv'}" in told.stdout


def test_the_bulletin_is_of_the_newest_day_and_names_its_sources(tmp_path: Path) -> None:
    page = tmp_path / "bulletin.html"
    told = script("daily_bulletin.py", EXAMPLES / "feeds" / "ekonomi.xml", page)
    assert told.stdout.startswith("# Bülten: 2 Şubat 2026\n\n2 haber, ")
    assert "https://haber.example.org/en/2026/02/economic-ties" in told.stdout
    assert "Nahçıvan" not in told.stdout  # another day's
    assert "&#39;" not in told.stdout
    assert "<h1>Bülten: 2 Şubat 2026</h1>" in page.read_text(encoding="utf-8")


def test_the_bulletin_reads_a_feed_from_its_address(tmp_path: Path) -> None:
    content = (EXAMPLES / "feeds" / "ekonomi.xml").read_bytes()
    with serving({"/rss": content}) as address:
        told = script("daily_bulletin.py", f"{address}/rss")
    assert told.status == 0, told.stderr
    assert told.stdout == script("daily_bulletin.py").stdout


@pytest.mark.parametrize("entity", ['"bomb"', 'SYSTEM "file:///etc/hostname"'])
def test_the_bulletin_expands_no_entities(entity: str, tmp_path: Path) -> None:
    path = feed(tmp_path, "&e;", doctype=f"<!DOCTYPE rss [<!ENTITY e {entity}>]>")
    told = script("daily_bulletin.py", path)
    assert told.status == 1
    assert told.stdout == ""
    assert "DOCTYPE" in told.stderr


def test_what_the_checks_doubt_in_a_translation_is_marked() -> None:
    told = script("translate_foreign.py")
    assert [line for line in told.stdout.splitlines() if line.endswith((" (sq)", " (az)", " (en)"))]
    assert "(tr)" not in told.stdout
    doubted = sum(int(found) for found in re.findall(r"^(\d+) of \d+ sentences", told.stdout, re.MULTILINE))
    assert told.stdout.count("⚠") >= doubted > 0


# Ollama


@contextmanager
def serving(pages: dict[str, bytes]) -> Iterator[str]:
    """A real HTTP server on loopback with these pages, asked for by GET or POST; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body or b"")

        do_POST = do_GET  # noqa: N815 - the name http.server calls

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def ollama(*models: str) -> dict[str, bytes]:
    listed = {"object": "list", "data": [{"id": model, "object": "model"} for model in models]}
    answer = chat_completion(json.dumps(HAND_WRITTEN, ensure_ascii=False))
    return {"/v1/models": json.dumps(listed).encode(), "/v1/chat/completions": json.dumps(answer).encode()}


def ask_ollama(address: str, *arguments: str | Path, **settings: str) -> Told:
    return script("ollama.py", *arguments, OZETLE_BASE_URL=f"{address}/v1", **settings)


def test_ollama_answers(tmp_path: Path) -> None:
    article = tmp_path / "haber.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    with serving(ollama("gemma3:12b", "qwen2.5:7b")) as address:
        told = ask_ollama(address, "qwen2.5:7b", article, OZETLE_CACHE=str(tmp_path / "answers"))
    assert told.status == 0, told.stderr
    assert "- Ticaret Bakanı Ayşe Örnek, Bişkek'te görüştü." in told.stdout
    assert "ollama/qwen2.5:7b: " in told.stdout


def test_ollama_is_not_running_or_something_else_is() -> None:
    with serving({"/v1/models": b"<html>"}) as address:
        another = ask_ollama(address)
    nobody = ask_ollama(address)
    for told in (another, nobody):
        assert told.status == 1
        assert told.stdout == ""
        assert re.fullmatch(rf"No Ollama answers at {address}/v1 \(.*\)\. Start it: ollama serve\n", told.stderr)


def test_ollama_lacks_the_model() -> None:
    with serving(ollama("gemma3:12b")) as address:
        told = ask_ollama(address)
    assert told.status == 1
    assert told.stderr == "Ollama has no qwen2.5:7b, only: gemma3:12b. Get it: ollama pull qwen2.5:7b\n"


# the notebook


def parts_of(source: str) -> tuple[CodeType, CodeType | None]:
    """A cell as Jupyter runs it: its statements, and the last one, if it is an expression whose value is shown."""
    tree = ast.parse(source)
    shown: CodeType | None = None
    if isinstance(tree.body[-1], ast.Expr):
        shown = compile(ast.Expression(tree.body[-1].value), "cell", "eval", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        tree.body.pop()
    return compile(tree, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), shown


async def run_cell(source: str, names: dict[str, Any]) -> tuple[str, Any]:
    """What a cell prints, and the value it shows."""
    values: list[Any] = []
    with redirect_stdout(io.StringIO()) as printed:
        for part in filter(None, parts_of(source)):
            value = eval(part, names)
            values.append(await value if asyncio.iscoroutine(value) else value)
    return printed.getvalue(), values[-1] if len(values) > 1 else None


def test_the_notebook_runs_top_to_bottom_and_shows_what_it_did_show(monkeypatch: pytest.MonkeyPatch) -> None:
    path = EXAMPLES / "notebook.ipynb"
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    monkeypatch.chdir(EXAMPLES)  # where Jupyter runs it

    async def run_all() -> list[tuple[str, Any]]:
        names: dict[str, Any] = {}
        return [await run_cell("".join(cell["source"]), names) for cell in cells]

    assert len(cells) >= 5
    for cell, (printed, value) in zip(cells, asyncio.run(run_all()), strict=True):
        outputs = [output.get("text") or output["data"]["text/plain"] for output in cell["outputs"]]
        shown = printed + ("" if value is None else repr(value))
        recorded = "".join("".join(text) for text in outputs)
        assert "".join(recorded.split()) == "".join(shown.split()), f"run {path.name} in Jupyter again, and save it"
    assert path.stat().st_size < 10_000


# the articles and their recordings


def test_all_eight_digests_are_shown_at_once_without_a_model() -> None:
    asked = command("summarize", "articles", "--cache", "recorded", "--replay")
    told = subprocess.run(asked, cwd=EXAMPLES, capture_output=True, text=True, check=False)
    digests = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.returncode == 0, told.stderr
    assert len(digests) == 8
    assert all(digest["provenance"]["cache"] == "hit" and digest["events"] for digest in digests)
    assert {digest["language"]["code"] for digest in digests} == {"tr", "sq", "az", "en"}


def test_every_recorded_digest_is_grounded_in_its_article() -> None:
    summarizer = Summarizer(cache=Cache(EXAMPLES / "recorded", mode="replay"))
    for digest in summarizer.summarize_many([EXAMPLES / "articles"], ordered=True):
        assert isinstance(digest, Digest)
        text = (EXAMPLES / "articles" / digest.article.id).read_text(encoding="utf-8")
        assert digest.article.published is not None
        for event in digest.events:
            for piece in event.evidence:
                assert text[piece.start : piece.end] == piece.quote
            for part in event.participants:
                assert text[part.start : part.end] == part.name
        keys = [(event.type, event.status, event.evidence) for event in digest.events]
        assert len(set(map(repr, keys))) == len(keys)


def test_recordings_hold_no_secret() -> None:
    for path in (EXAMPLES / "recorded").glob("*.json"):
        text = path.read_text(encoding="utf-8").lower()
        assert "authorization" not in text
        assert "api_key" not in text


def feed(folder: Path, text: str, doctype: str = "") -> Path:
    """An RSS feed of one item."""
    path = folder / "feed.xml"
    item = f"<title>T</title><description>{text}</description><pubDate>Mon, 02 Feb 2026 18:40:00 +0300</pubDate>"
    path.write_text(f"{doctype}<rss><channel><item>{item}</item></channel></rss>", encoding="utf-8")
    return path


def test_every_item_of_the_feed_is_recorded() -> None:
    summarizer = Summarizer(cache=Cache(EXAMPLES / "recorded", mode="replay"))
    results = list(summarizer.summarize_many([EXAMPLES / "feeds" / "ekonomi.xml"]))
    assert len(results) == 3
    assert all(isinstance(result, Digest) for result in results)


def test_the_list_names_the_fields_that_the_own_event_has() -> None:
    fields = runpy.run_path(str(EXAMPLES / "own" / "events.py"))["MeetingEvent"].__annotations__
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    row = next(line for line in listed.splitlines() if "`python examples/own/events.py" in line)
    assert fields.keys() == set(re.findall(r"`(\w+)`", row))
