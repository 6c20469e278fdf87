from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.commands import ARTICLE, assert_one_line, lines, run


def test_detect_writes_lines(folder: Path) -> None:
    done = run("detect", folder)

    found = lines(done.stdout)
    assert done.exit_code == 1
    assert [result.get("language", {}).get("code") for result in found] == ["tr", "tr", None, "tr", None, "tr"]
    assert set(found[0]["language"]) >= {"code", "confidence", "method"}
    assert found[0]["article"]["source"] == str(folder / "1.txt")


def test_facts_writes_lines_with_plain_numbers_and_exact_offsets(article: Path) -> None:
    done = run("facts", article)

    (found,) = lines(done.stdout)
    money = next(figure for figure in found["figures"] if figure["unit"] == "currency")
    assert done.exit_code == 0
    assert money["value"] == "1500000000"
    assert money["currency"] == "USD"
    for name in ("figures", "dates", "countries", "names"):
        assert found[name]
        assert all(ARTICLE[item["start"] : item["end"]] == item["text"] for item in found[name])
    assert found["dates"][0]["first"] == "2026-03-12"
    assert "Ayşe Örnek" in [item["text"] for item in found["names"]]


def test_facts_in_a_language_that_is_given() -> None:
    text = "Eksporti arriti 1,5 miliardë euro."

    albanian, wrong = (run("facts", "-", "--language", code, input=text) for code in ("sq", "not a code"))

    (found,) = lines(albanian.stdout)
    assert found["language"]["code"] == "sq"
    assert found["figures"][0]["value"] == "1500000000"
    assert wrong.exit_code == 2
    assert "not a code" in wrong.stderr


def test_the_day_of_publication_that_is_given_is_for_articles_that_tell_none() -> None:
    undated, dated = "Bakan dün Bakü'de konuştu.", "ANKARA, 5 Mart 2026 (AA) – Bakan dün Bakü'de konuştu."

    given, own, wrong = (
        run("facts", "-", "--published", day, input=text)
        for day, text in (("2026-03-09", undated), ("2026-03-09", dated), ("9.3.2026", undated))
    )

    (found,), (kept,) = lines(given.stdout), lines(own.stdout)
    assert (found["article"]["published"], found["dates"][-1]["first"]) == ("2026-03-09", "2026-03-08")
    assert (kept["article"]["published"], kept["dates"][-1]["first"]) == ("2026-03-05", "2026-03-04")
    assert wrong.exit_code == 2
    assert "--published" in wrong.stderr


@pytest.mark.parametrize("command", ["detect", "facts"])
def test_reading_a_missing_path(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path / "yok.txt")

    assert done.exit_code == 2
    assert done.stdout == ""
    assert_one_line(done.stderr, "no such file")


def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    try:
        with open(name, "wb") as file:  # noqa: PTH123 (a name of bytes)
            file.write(ARTICLE.encode())
    except OSError:
        pytest.skip("this file system takes no such name")

    done = run("detect", tmp_path)

    assert done.exit_code == 0
    assert lines(done.stdout)[0]["article"]["source"] == f"{tmp_path}/\ufffd.txt"
