"""The reports of `reports.json` as digests: what is drafted of each event is grounded in the report's text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from ozetle.articles import Article
from ozetle.digests.digest import ArticleInfo, Digest, Facts, Provenance
from ozetle.extracting.draft import Draft
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.grounding.grounding import ground
from ozetle.reading import Reading, read
from ozetle.usage import Usage

Half = Literal["tuning", "held_out"]

PROVENANCE = Provenance(
    model="test",
    strategy="whole",
    prompt=None,
    schema_sha256="0" * 64,
    cache="off",
    requests=1,
    repairs=0,
    truncated=False,
    usage=Usage(),
    wall_s=0.0,
    ozetle="0",
)


def reports(half: Half) -> list[dict[str, Any]]:
    """One half of the set."""
    content = json.loads(Path(__file__).with_name("reports.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = content[half]
    return found


def digest_of(report: Mapping[str, Any]) -> Digest:
    """Read the report's text and ground its events in it; every claim of theirs must hold."""
    article = Article.from_text(
        " ".join(report["text"]),
        id=report["id"],
        published=date.fromisoformat(report["published"]) if report["published"] else None,
        language=report["language"],
    )
    reading = read(article)
    draft = Draft.model_validate({"events": [_drafted(event, reading) for event in report["events"]]})
    grounded = ground(draft, reading, default_taxonomy())
    assert not grounded.rejected, (report["id"], grounded.rejected)
    assert len(grounded.events) == len(report["events"]), report["id"]
    return Digest(
        article=ArticleInfo.of(article),
        language=reading.language,
        summary=grounded.summary,
        translation=None,
        events=grounded.events,
        facts=Facts(figures=(), dates=(), countries=()),
        rejected=(),
        provenance=PROVENANCE,
    )


def _drafted(event: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    status = event.get("status", "occurred")
    return {
        "sentences": event.get("sentences", [1]),
        "type": event["type"],
        "status": status,
        "headline": event.get("headline", ""),
        "date": _date_id(event.get("date", "P" if status == "occurred" else None), reading),
        "place": event.get("place"),
        "countries": event.get("countries", []),
        "participants": [
            *({"kind": "person", "name": name, "role": role} for name, role in _pairs(event.get("people", ()))),
            *({"kind": "organisation", "name": name, "role": role} for name, role in _pairs(event.get("orgs", ()))),
        ],
        "figures": [
            {"figure": _id(reading.figures, "F", text), "measure": measure}
            for text, measure in event.get("figures", {}).items()
        ],
        "instruments": [{"kind": kind, "name": name} for kind, name in _pairs(event.get("instruments", ()))],
    }


def _pairs(texts: Iterable[str]) -> Iterable[list[str]]:
    return (text.split("|") for text in texts)


def _date_id(text: str | None, reading: Reading) -> str | None:
    return text if text in (None, "P") else _id(reading.dates, "D", text)


def _id(mentions: Iterable[Any], letter: str, text: str) -> str:
    for number, mention in enumerate(mentions, 1):
        if text in mention.text or mention.text in text:
            return f"{letter}{number}"
    raise AssertionError((text, [mention.text for mention in mentions]))
