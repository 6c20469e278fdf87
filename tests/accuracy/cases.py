"""The accuracy net: small inputs with their right values, one row a case, in `cases/*.jsonl`.

    python -m tests.accuracy.cases [KIND | ID | FILE …]   prints the rows that come out otherwise than wanted
    python -m tests.accuracy.cases --write                writes known_failures.txt anew

The right values were written by hand, from what the text says, before the code was run on them. A row has `id`, `kind`
(of fault that it stands for), `call`, `text`, `lang` (Turkish where it is left out) and `want`, by call:

    dates          [[first, last], …] of `read_dates` with `ref`, the day of publication
    article-dates  the same, of an article with that text, published on `ref`
    figures        [[value, currency or unit, counted, bound, upper], …], of which the last ones may be left out
    countries      the codes, in any order, each once
    names          [[name, kind, title], …], of which the last ones may be left out
    language       the code, where `declared` is what a record says of itself
    published      the day of publication that an article's text tells, or null
    status         of the event that the stepwise strategy makes of that sentence when a model answers with its `type`
    checks         whether `turkish` is a sound translation of the text: true (no problem may be found) or false

Lists are whole and in the order of the text. "*" stands for any value. In place of `want` there may be `has` and
`hasnt`: what must be, and what must not be, among what is read.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from ozetle import Article, detect_language, facts
from ozetle.extracting.session import ArticleSession
from ozetle.extracting.strategies import stepwise
from ozetle.extracting.taxonomy import Taxonomy, default_taxonomy
from ozetle.grounding.grounding import ground
from ozetle.llm.cache import Cache
from ozetle.llm.client import Client
from ozetle.llm.models import choose_model
from ozetle.reading import Reading, read
from ozetle.translating.checks import problems

Row = dict[str, Any]
HERE = Path(__file__).parent
KNOWN_FAILURES = HERE / "known_failures.txt"
PUBLISHED = date(2026, 2, 12)


@cache
def rows() -> tuple[Row, ...]:
    """Every row of every file."""
    files = sorted((HERE / "cases").glob("*.jsonl"))
    return tuple(json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines())


@cache
def known_failures() -> tuple[str, ...]:
    """The ids of the rows that are not read right today."""
    return tuple(KNOWN_FAILURES.read_text(encoding="utf-8").split())


def found(row: Row) -> Any:
    """What the code says of a row, in the form of its `want`."""
    text, language = row["text"], row.get("lang", "tr")
    reference = date.fromisoformat(row["ref"]) if row.get("ref") else None
    match row["call"]:
        case "dates":
            return [[_day(one.first), _day(one.last)] for one in facts.read_dates(text, reference, language)]
        case "article-dates":
            return [[_day(one.first), _day(one.last)] for one in _article(text, language, reference).dates]
        case "figures":
            return [
                [str(one.value), one.currency or one.unit, one.counted, one.bound, one.upper and str(one.upper)]
                for one in facts.read_figures(text, language)
            ]
        case "countries":
            return sorted({one.code for one in facts.read_countries(text, language)})
        case "names":
            return [[one.name, one.kind, one.title] for one in facts.read_names(text, language)]
        case "language":
            return detect_language(text, declared=row.get("declared")).code
        case "published":
            return _day(Article.from_text(text).published)
        case "status":
            return _status(_article(text, language, reference or PUBLISHED), row["type"])
        case "checks":
            (of_sentence,) = problems([text], [row["turkish"]], language, published=reference)
            return not of_sentence
    raise ValueError(f"{row['id']}: there is no call {row['call']!r}")


def is_right(row: Row, value: Any) -> bool:
    """Whether that is what the row wants."""
    if "want" not in row:
        has = all(any(_same(wanted, one) for one in value) for wanted in row.get("has", ()))
        return has and not any(_same(unwanted, one) for unwanted in row.get("hasnt", ()) for one in value)
    want = sorted(set(row["want"])) if row["call"] == "countries" else row["want"]
    if isinstance(want, list) and isinstance(value, list):
        return len(want) == len(value) and all(map(_same, want, value))
    return bool(want == value)


def _same(want: Any, value: Any) -> bool:
    if isinstance(want, list):
        return len(want) <= len(value) and all(map(_same, want, value))
    return bool(want == "*" or _number(want) == _number(value))


def _number(value: Any) -> Any:
    try:
        return Decimal(value)
    except (InvalidOperation, TypeError):
        return value


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _article(text: str, language: str, published: date | None) -> Reading:
    return read(Article.from_text(text, id="case", published=published, language=language))


class _Given(Taxonomy):
    """A taxonomy that lets a sentence be of any type, whatever its words."""

    def candidates(self, sentence: str, language: str, *, has_figure: bool) -> list[str]:
        return self.ids("types")


class _Labelled(ArticleSession):
    """A session in which the model has answered with a type; nothing is sent."""

    type: str

    async def ask(self, prompt: Any, answer: Any, schema: Any, **_: Any) -> Any:
        return answer.model_validate({"events": [self.type]})


@cache
def _given() -> tuple[Client, Taxonomy]:
    client = Client(choose_model("test", "http://localhost:1/v1"), Cache(mode="off"))
    return client, _Given.model_validate(default_taxonomy().model_dump())


def _status(reading: Reading, type_: str) -> str | None:
    session = _Labelled(*_given())
    session.type = type_
    events = ground(asyncio.run(stepwise(reading, session)), reading, session.taxonomy).events
    return events[0].status if events else None


def main(arguments: list[str]) -> int:
    """Print what comes out otherwise than wanted; 1 where anything does."""
    wanted = {argument for argument in arguments if not argument.startswith("--")}
    failed = []
    chosen = [row for row in rows() if not wanted or wanted & {row["id"], row["kind"], row["call"]}]
    for row in chosen:
        value = found(row)
        if not is_right(row, value):
            failed.append(row["id"])
            expected = {key: row[key] for key in ("want", "has", "hasnt") if key in row}
            print(f"{row['id']}  {row['text']!r}\n    {expected}\n    read {value}")
    print(f"{len(chosen) - len(failed)} right, {len(failed)} not")
    if "--write" in arguments:
        KNOWN_FAILURES.write_text("\n".join(sorted(failed)) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
