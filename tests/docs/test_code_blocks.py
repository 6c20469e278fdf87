"""Every code block of the README and the documentation is run, on recorded answers and the example articles.

A page is read from top to bottom: its blocks share one folder and one Python session. A block with a `title` is written
to a file of that name first. A block of the language `output` is what the block before it prints, line by line; `…`
stands for lines, or for a part of a line, that are left out.
"""

from __future__ import annotations

import asyncio
import inspect
import io
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from ozetle import Cache, Digest, Summarizer
from ozetle.llm import network_guard as live
from ozetle.llm.models import DEFAULT_LOCAL_MODEL
from ozetle.views.jsonl import to_line
from tests.conftest import REPOSITORY
from tests.docs import shell
from tests.docs.blocks import PAGES, Block, blocks
from tests.docs.pages import PAGES as WRITTEN

EXAMPLES = REPOSITORY / "examples"
_ONLY_READ = ("answers", "examples")  # hundreds of files
_MODEL = re.compile(r'(?<=")(?:openai|ollama)/[^"]+(?=")|(?<=model=")[^"]+(?=")')


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the documentation names."""
    folder = tmp_path_factory.mktemp("documentation")
    shutil.copytree(EXAMPLES / "articles", folder / "news")
    shutil.copytree(EXAMPLES / "recorded", folder / "answers")
    shutil.copytree(EXAMPLES / "own" / "recorded", folder / "answers", dirs_exist_ok=True)
    shutil.copytree(EXAMPLES, folder / "examples", ignore=shutil.ignore_patterns("__pycache__", "*.png", "*.svg"))
    visit, foreign = folder / "news" / "ziyaret.txt", folder / "news" / "plan-shqip.txt"
    shutil.copy(visit, folder / "article.txt")
    shutil.copy(foreign, folder / "lajm.txt")
    title, *paragraphs = visit.read_text(encoding="utf-8").strip().split("\n\n")
    heading = title.removeprefix("date 2025-04-12 ")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    (folder / "article.html").write_text(
        f'<html lang="tr"><head><title>{heading}</title><meta property="article:published_time" content="2025-04-12">'
        f"</head><body><article><h1>{heading}</h1>{body}</article></body></html>",
        encoding="utf-8",
    )
    _write_json(folder / "more.jsonl", {"text": visit.read_text(encoding="utf-8"), "id": "visit.txt"})
    _write_json(folder / "terms.json", {"joint board": "ortak kurul"})
    _write_json(folder / "prices.json", {f"local/{DEFAULT_LOCAL_MODEL}": {"prompt": 0.4, "completion": 1.6}})
    _write_json(folder / "reference.json", {"articles": [{"file": "plan-shqip.txt", "sentences": ["…"] * 8}]})
    shutil.copy(EXAMPLES / "gold.json", folder / "gold.json")
    summarizer = Summarizer(cache=Cache(EXAMPLES / "recorded", mode="replay"))
    digests = list(summarizer.summarize_many([folder / "news", folder / "more.jsonl"], ordered=True))
    assert all(isinstance(digest, Digest) for digest in digests)
    lines = [to_line(digest) + "\n" for digest in digests]
    for name, some in {"digests": lines, "monday": lines[:4], "tuesday": lines[4:]}.items():
        (folder / f"{name}.jsonl").write_text("".join(some), encoding="utf-8")
    for name in ("small-model", "large-model"):
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "translations.jsonl").write_text(to_line(summarizer.translate(foreign)) + "\n", encoding="utf-8")
    with Cache(folder / "answers") as recorded, Cache(folder / "answers.sqlite") as file:
        file.put_all(recorded.list())
    shell.run(f"ozetle cache export {folder / 'answers.jsonl'} --cache {folder / 'answers'}")
    return folder


def _copy(library: Path, place: Path) -> None:
    shutil.copytree(library, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_ONLY_READ))


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.fixture
def folder(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of that folder to work in, where no model may be asked live."""
    place = tmp_path / "reader"
    _copy(library, place)
    for name in _ONLY_READ:
        (place / name).symlink_to(library / name)
    monkeypatch.chdir(place)
    monkeypatch.setenv("OZETLE_MODEL", "local")
    monkeypatch.setenv("OZETLE_CACHE", "answers.sqlite")
    monkeypatch.setenv("COLUMNS", "100")
    with live.forbidden("The documentation is tested on recorded answers."):
        yield place


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(REPOSITORY)) for page in PAGES])
def test_every_block_of_a_page_does_what_it_says(page: Path, folder: Path, library: Path) -> None:
    names: dict[str, Any] = {"__name__": "__main__", "TEXT": (folder / "article.txt").read_text(encoding="utf-8")}
    printed = ""
    for block in blocks(page):
        if page.name in WRITTEN:  # a list of commands, not a session
            _copy(library, folder)
        try:
            printed = _do(block, names, printed)
        except Exception as error:
            raise AssertionError(f"{page.name}, line {block.line}: {error}\n{block.content}") from error


def _do(block: Block, names: dict[str, Any], printed: str) -> str:
    """Run or check a block; return what it prints."""
    if block.file:
        Path(block.file).write_text(block.content, encoding="utf-8")
    match block.language:
        case "python":
            return _run_python(block, names)
        case "sh":
            return shell.run(block.content)
        case "output":
            _compare(block.content, printed)
        case "json":
            json.loads(block.content)
        case "toml":
            tomllib.loads(block.content)
        case "text":
            assert not re.search(r"^\s*(ozetle|pip|python|\$) ", block.content, re.MULTILINE), "a command is no text"
        case other:
            raise AssertionError(f"nobody knows how to check a block of {other or 'no language'}")
    return printed


def _run_python(block: Block, names: dict[str, Any]) -> str:
    before = set(names)
    code = compile(_MODEL.sub("local", block.content), f"<line {block.line}>", "exec", dont_inherit=True)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(code, names)
        for name in set(names) - before:
            if name.startswith("test_"):
                _run_test(names[name])
    return printed.getvalue()


def _run_test(test: Any) -> None:
    """Run a test that a page shows, as the pytest plugin would with its recordings in place."""
    with Cache("answers", mode="replay") as recorded:
        result = test(recorded)
        if inspect.iscoroutine(result):
            asyncio.run(result)


def _compare(shown: str, printed: str) -> None:
    there = [line.strip() for line in printed.splitlines()]
    for line in filter(None, map(str.strip, shown.splitlines())):
        pattern = ".*".join(map(re.escape, line.split("…")))
        assert any(re.fullmatch(pattern, one) for one in there), f"this is not printed: {line}\nprinted is:\n{printed}"
