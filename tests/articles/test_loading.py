from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles import Article, LoadFailure, load, load_one
from ozetle.errors import ArticleError

HTML = (
    "<!DOCTYPE html><html lang='tr'><head><title>Fuar açıldı</title></head>"
    "<body><article><p>Bakan fuarı açtı.</p></article></body></html>"
)


def loaded(source: str | Path | Article) -> list[str]:
    """Texts of articles, messages of failures."""
    return shown(load(source))


def shown(found: Iterator[Article | LoadFailure]) -> list[str]:
    return [str(one.error) if isinstance(one, LoadFailure) else one.text for one in found]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TXT", "a", "a.haber"])
def test_text_files_keep_every_character(tmp_path: Path, name: str) -> None:
    text = "\ufeff Bakan konuştu.\r\nHeyet döndü.\r"
    path = write(tmp_path / name, text)
    article = load_one(path)
    assert (article.text, article.id, article.source) == (text, name, str(path))


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a"])
def test_html_files(tmp_path: Path, name: str) -> None:
    article = load_one(write(tmp_path / name, HTML))
    assert (article.text, article.title, article.language) == ("Bakan fuarı açtı.", "Fuar açıldı", "tr")


def test_old_turkish_pages(tmp_path: Path) -> None:
    page = HTML.replace("<head>", '<head><meta charset="iso-8859-9">').replace("açtı", "açtı; ışık, çağ, şölen, Iğdır")
    assert "ışık, çağ, şölen, Iğdır" in load_one(write(tmp_path / "a.html", page.encode("cp1254"))).text
    text = "Ticaret Bakanlığı dün Iğdır'da yeni bir sınır kapısının açılışını yaptı."
    assert load_one(write(tmp_path / "a.txt", text.encode("cp1254"))).text == text


LINES = [
    '{"text": "Bir.", "id": "b", "date": "2026-03-05"}',
    "{bozuk",
    "",
    '{"articleBody": "İki.", "headline": "Başlık"}',
    "[1]",
    '{"text": ""}',
    '"metin"',
    '{"text": "Üç."}',
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a"])
def test_bad_lines_do_not_cost_the_good_ones(tmp_path: Path, name: str, newline: str) -> None:
    path = write(tmp_path / name, newline.join(LINES))
    found = list(load(path))
    articles = [one for one in found if isinstance(one, Article)]
    failures = [one for one in found if isinstance(one, LoadFailure)]
    assert [(one.text, one.id) for one in articles] == [("Bir.", "b"), ("İki.", f"{name}:4"), ("Üç.", f"{name}:8")]
    assert articles[0].published == date(2026, 3, 5)
    assert [one.source for one in failures] == [f"{path}:{number}" for number in (2, 5, 6, 7)]
    for failure in failures:
        message = str(failure.error)
        assert message.startswith(f"{failure.source}: ")
        assert "\n" not in message
        assert failure.error.remedy


def test_jsonl_is_read_as_it_is_asked_for(tmp_path: Path) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b'{"text": "Bir."}\n'

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.chunks = endless()
            self.taken = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            chunk = next(self.chunks)
            memoryview(buffer)[: len(chunk)] = chunk  # type: ignore[arg-type]
            self.taken += 1
            return len(chunk)

    raw = Stream()
    articles = load(io.BufferedReader(raw, 64))
    assert [next(articles) for _ in range(3)]
    assert raw.taken < 1000
    articles.close()  # type: ignore[attr-defined]


def test_jsonl_in_utf16(tmp_path: Path) -> None:
    assert loaded(write(tmp_path / "a.jsonl", '{"text": "Işık."}\n{"text": "İki."}\n'.encode("utf-16"))) == [
        "Işık.",
        "İki.",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"text": "Bir."}', ["Bir."]),
        ('\ufeff{\n "text": "Bir."\n}', ["Bir."]),
        ('[{"text": "Bir."}, {"text": "İki."}]', ["Bir.", "İki."]),
        ('{"text": "Bir."}\n{"text": "İki."}', ["Bir.", "İki."]),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a"])
def test_json_files(tmp_path: Path, name: str, content: str, expected: list[str]) -> None:
    assert loaded(write(tmp_path / name, content)) == expected


def test_bad_element_of_a_json_list(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", '[{"text": "Bir."}, {"baslik": "x"}]')
    bir, failure = load(path)
    assert isinstance(bir, Article)
    assert bir.id == "a.json[0]"
    assert isinstance(failure, LoadFailure)
    assert failure.source == f"{path}[1]"


def test_folder(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "B.")
    write(tmp_path / "a.txt", "A.")
    write(tmp_path / "bos.txt", "")
    write(tmp_path / ".gizli.txt", "Gizli.")
    write(tmp_path / ".git" / "x.txt", "Gizli.")
    write(tmp_path / "a_files" / "resim.png", b"\x89PNG")
    write(tmp_path / "a_files" / "betik.js", "var a;")
    write(tmp_path / "alt" / "c.md", "C.")
    write(tmp_path / "d.pdf", b"%PDF-1.4")
    found = list(load(tmp_path))
    assert [one.id for one in found if isinstance(one, Article)] == ["a.txt", "b.txt", "alt/c.md"]
    assert [Path(one.source).name for one in found if isinstance(one, LoadFailure)] == ["bos.txt", "d.pdf"]


def test_empty_folder(tmp_path: Path) -> None:
    [failure] = load(tmp_path)
    assert isinstance(failure, LoadFailure)
    assert "holds no articles" in str(failure.error)


def test_unreadable_folder_and_file(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "A.")
    write(tmp_path / "kapali" / "b.txt", "B.")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("kapali"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    with mock.patch("os.scandir", refuse):
        assert loaded(tmp_path) == [
            "A.",
            f"{tmp_path / 'kapali'}: it may not be read. Give yourself the permission to read it.",
        ]
    with mock.patch.object(Path, "open", side_effect=PermissionError(13, "Permission denied")):
        [message] = loaded(tmp_path / "a.txt")
        assert "may not be read" in message


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b" \r\n\t", "blank"),
        (b"\xef\xbb\xbf", "blank"),
        (bytes(range(256)), "binary"),
        (b"%PDF-1.5", "PDF"),
    ],
)
def test_files_that_hold_no_article(tmp_path: Path, content: bytes, what: str) -> None:
    path = write(tmp_path / "a.txt", content)
    with pytest.raises(ArticleError, match=what) as caught:
        load_one(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["yok.txt", "yok", "a\0b", "x" * 300 + ".txt"])
def test_paths_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArticleError) as caught:
        load_one(tmp_path / name)
    assert caught.value.remedy == "Check the path."
    assert "\n" not in str(caught.value)


def test_one_article_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="folder"):
        load_one(tmp_path)
    with pytest.raises(ArticleError, match="several"):
        load_one(write(tmp_path / "a.jsonl", '{"text": "Bir."}\n{"text": "İki."}'))
    assert load_one(write(tmp_path / "b.jsonl", '{"text": "Bir."}\n')).text == "Bir."


def test_a_str_is_text_and_an_article_is_itself() -> None:
    assert loaded("Bakan konuştu.") == ["Bakan konuştu."]
    assert loaded(Article.from_text("Bir.")) == ["Bir."]
    assert "empty" in loaded("")[0]
    assert "pathlib.Path" in loaded("haberler/a.txt")[0]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"Bakan konu\xc5\x9ftu.", ["Bakan konuştu."]),
        (HTML.encode(), ["Bakan fuarı açtı."]),
        (b'{"text": "A."}\n{"text": "B."}\n', ["A.", "B."]),
        (b'\n {"text": "A."}', ["A."]),
        (b'{\n"text": "A."\n}', ["A."]),
        (b"<rss><item><description>A.</description></item></rss>", ["A."]),
        (b"[ANKARA] Bakan geldi.", ["[ANKARA] Bakan geldi."]),
        (b"{Not} Bakan geldi.", ["{Not} Bakan geldi."]),
        (b'{"text": "A."', ["-:1: this is not JSON"]),
        (b'{"text": "A."\n{"text": "B."}\n', ["-:1: this is not JSON", "B."]),
        (b"", ["-: the file is empty"]),
    ],
)
def test_stdin(content: bytes, expected: list[str]) -> None:
    found = shown(load(io.BytesIO(content)))
    assert len(found) == len(expected)
    assert all(text.startswith(start) for text, start in zip(found, expected, strict=True))


def test_stdin_long_first_line() -> None:
    content = b"".join(json.dumps({"text": "uzun " * 2000 + str(number)}).encode() + b"\n" for number in range(3))
    found = list(load(io.BytesIO(content)))
    assert [one.text[-1] for one in found if isinstance(one, Article)] == ["0", "1", "2"]
    assert {one.source for one in found if isinstance(one, Article)} == {"-"}


SNIPPETS = st.sampled_from(
    [
        b'{"text":',
        b'"a"}',
        b"\n",
        b"[",
        b"]",
        b"<html>",
        b"<p>",
        b"<rss>",
        b"<item>",
        b"\xff\xfe",
        b"\x00",
        b"\xef\xbb\xbf",
        b'{"@graph":',
        b"\xfe",
    ]
)


@given(
    st.one_of(st.binary(max_size=200), st.lists(SNIPPETS, max_size=12).map(b"".join)),
    st.sampled_from([None, *range(6)]),
)
def test_whatever_the_bytes_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, form: int | None
) -> None:
    if form is None:
        found = list(load(io.BytesIO(data)))
    else:
        suffix = [".txt", ".html", ".jsonl", ".json", ".xml", ""][form]
        found = list(load(write(tmp_path_factory.getbasetemp() / f"any{suffix}", data)))
    assert found
    for one in found:
        if isinstance(one, LoadFailure):
            assert isinstance(one.error, ArticleError)
            assert "\n" not in str(one.error)


def test_a_line_of_jsonl_is_an_article_as_soon_as_it_arrives() -> None:
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb") as stream, os.fdopen(theirs, "wb", buffering=0) as pipe:
        articles = load(stream)
        for number in (1, 2):
            pipe.write(json.dumps({"id": str(number), "text": "Bakan geldi."}).encode() + b"\n")
            found = next(articles)
            assert isinstance(found, Article)
            assert found.id == str(number)
