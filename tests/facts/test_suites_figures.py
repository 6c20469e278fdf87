"""Recall on public test sets and on the seeds, where they lie next to the repository."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ozetle.facts import read_figures, read_numbers

SHARED = Path(__file__).parents[2] / ".." / "shared"
SUITES = SHARED / "suites"
pytestmark = pytest.mark.skipif(not SUITES.is_dir(), reason="the shared test sets are not there")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SUITES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def decimal(value: str) -> Decimal:
    return Decimal(value.rstrip("%").replace(",", "."))


def test_money() -> None:
    """Span, value and ISO code exact; a bare "dolar" without a number (one row) is no figure here."""
    expected = found = extra = 0
    for row in rows("money_tr"):
        read = {(f.start, f.end, f.value, f.currency) for f in read_figures(row["input"]) if f.unit == "currency"}
        wanted = {
            (one["start"], one["end"], None if one["value"] is None else Decimal(str(one["value"])), one["iso"])
            for one in row["expected"]
        }
        expected, found, extra = expected + len(wanted), found + len(wanted & read), extra + len(read - wanted)
    assert found >= 0.98 * expected
    assert extra == 0


def test_percent() -> None:
    """Span and value exact; "210'un yüzdesi" (of 210 the per cent), one row, is no percentage."""
    cases = [row for row in rows("number_tr") if row["type"] == "percent"]
    right = sum(
        [(f.start, f.end, f.value) for f in read_figures(row["input"])]
        == [(one["start"], one["end"], decimal(one["value"])) for one in row["expected"]]
        for row in cases
    )
    assert right >= len(cases) - 1


def test_numbers() -> None:
    """Span and value of every number of a row, values to 14 digits as the suite has them."""
    for row in rows("number_tr"):
        if row["type"] != "number":
            continue
        read = read_numbers(row["input"])
        assert [(n.start, n.end) for n in read] == [(one["start"], one["end"]) for one in row["expected"]], row["input"]
        for number, one in zip(read, row["expected"], strict=True):
            assert abs(number.value - decimal(one["value"])) <= abs(number.value) * Decimal("1e-14"), row["input"]


def test_every_gold_figure_is_read() -> None:
    articles = json.loads((SHARED / "gold" / "seeds.json").read_text(encoding="utf-8"))["articles"]
    for article in articles:
        text = (SHARED / "seeds" / article["file"]).read_bytes().decode("utf-8")
        read = read_figures(text, article["language"])
        assert all(text[figure.start : figure.end] == figure.text for figure in read)
        pairs = {(figure.value, figure.currency or figure.unit) for figure in read}
        wanted = [figure for event in article["events"] for figure in event["figures"] if figure["unit"] != "rank"]
        gold = {
            (Decimal(one["value"]), one.get("currency") or ("percent" if one["unit"] == "percent" else "count"))
            for one in wanted
        }
        assert gold == pairs, article["file"]
