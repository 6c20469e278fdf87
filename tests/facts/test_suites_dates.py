"""The public halves of the shared date suites, where they lie beside the repository.

Both are scored strictly. Conventions of Recognizers-Text that the reader does not follow, because the news is read
otherwise (see `facts.dates`), count as misses: "ocak ile ağustos arası" and "2014-2018" end with the first day of the
last month or year; "iki hafta içinde" is one day, "iki gün sonra" a stretch; "geçen gün" and "son gün" are yesterday.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ozetle.facts.dates.reader import DateMention, read_dates

SUITES = Path(__file__).parents[2] / ".." / "shared" / "suites"
pytestmark = pytest.mark.skipif(not SUITES.is_dir(), reason="the shared suites are not beside the repository")


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SUITES / name).read_text(encoding="utf-8").splitlines()]


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


def ends(mention: DateMention, end: date) -> bool:
    """Whether a mention ends there: the suite's end is inclusive or exclusive."""
    return mention.last is not None and mention.last in {end, end - timedelta(days=1)}


def fits(mention: DateMention, wanted: dict[str, str]) -> bool:
    if not wanted:  # a season, which the suite does not resolve
        return mention.first is not None
    if "date" in wanted:
        if wanted["date"] == "0001-01-01":
            return mention.basis == "unresolved"
        return mention.first == mention.last == day(wanted["date"])
    first = "startDate" not in wanted or mention.first == day(wanted["startDate"])
    return first and ("endDate" not in wanted or ends(mention, day(wanted["endDate"])))


def test_recognizers_dates() -> None:
    found = total = 0
    for case in cases("date_tr_ms.jsonl"):
        mentions = read_dates(case["input"], day(case["reference"]))
        for expected in case["expected"]:
            total += 1
            found += any(
                mention.start < expected["end"]
                and mention.end > expected["start"]
                and (fits(mention, expected["past"]) or fits(mention, expected["future"]))
                for mention in mentions
            )
    assert found / total >= 0.80, f"{found} of {total}"


def last_day(start: date, grain: str) -> date:
    months = {"Month": 1, "Quarter": 3, "Year": 12}
    if grain not in months:
        return start + timedelta(days=6 if grain == "Week" else 0)
    year, month = divmod(start.year * 12 + start.month - 1 + months[grain], 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def test_duckling_dates_without_holidays() -> None:
    found = total = 0
    for case in cases("time_tr_duckling.jsonl"):
        expected = case["expected"]
        if expected["holiday"]:
            continue
        total += 1
        start = day(expected["start"])
        end = day(expected["end"]) - timedelta(days=1) if expected["end"] else last_day(start, expected["grain"])
        mentions = read_dates(case["input"], day(case["reference"]))
        found += any((mention.first, mention.last) == (start, end) for mention in mentions)
    assert found / total >= 0.80, f"{found} of {total}"


def test_gold_dates_that_the_articles_carry() -> None:
    gold = json.loads((SUITES.parent / "gold" / "seeds.json").read_text(encoding="utf-8"))
    for article in gold["articles"]:
        raw = (SUITES.parent / "seeds" / article["file"]).read_bytes().decode("utf-8")
        published = article["dateline"]["date"]
        mentions = read_dates(raw, day(published) if published else None, article["language"])
        found = {(str(mention.first), str(mention.last)) for mention in mentions}
        for event in article["events"]:
            wanted = event["date"]
            if wanted["text"] and wanted["text"] != "aktualisht":  # "now" is no date
                assert (str(wanted["start"]), str(wanted["end"])) in found, wanted
