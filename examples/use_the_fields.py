"""Summarise a folder from a program and work with the fields: who met whom, which figures, with which quote."""

from __future__ import annotations

from pathlib import Path

from ozetle import Digest, summarize_many

articles = Path(__file__).parent / "articles"

for result in summarize_many([articles], ordered=True):
    if not isinstance(result, Digest):
        print(f"failed: {result}")
        continue
    print(f"{result.article.id} ({result.language.code}, {result.article.published})")
    for event in result.events:
        people = [f"{person.name} ({person.role})" for person in event.participants if person.kind == "person"]
        when = event.date.start if event.date else "no date"
        print(f"  {event.type}, {event.status}, {when}: {', '.join(people) or 'no names'}")
        for figure in event.figures:
            print(f"    {figure.value} {figure.currency or figure.unit}, in the article: {figure.text!r}")
        for piece in event.evidence:
            print(f"    [{piece.sentence}] characters {piece.start} to {piece.end}: {piece.quote[:60]}…")
