"""Summarise a folder from a program and work with the fields: who met whom, which figures, with which quote.

python examples/use_the_fields.py              the example articles, from recorded answers
OZETLE_MODEL=openai/gpt-4.1-mini python examples/use_the_fields.py news/
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ozetle import Cache, Digest, summarize_many

HERE = Path(__file__).parent

news = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "articles"
# without a model of yours, the answers recorded for the examples
cache = None if "OZETLE_MODEL" in os.environ else Cache(HERE / "recorded", mode="replay")

for result in summarize_many([news], cache=cache, ordered=True):
    if not isinstance(result, Digest):
        print(f"left out: {result}", file=sys.stderr)
        continue
    print(f"{result.article.id} ({result.language.code}, {result.article.published})")
    for event in result.events:
        people = [f"{person.name} ({person.role})" for person in event.participants if person.kind == "person"]
        when = event.date.first if event.date else "no date"
        print(f"  {event.type}, {event.status}, {when}: {', '.join(people) or 'no names'}")
        for figure in event.figures:
            print(f"    {figure.value} {figure.currency or figure.unit}, in the article: {figure.text!r}")
        for piece in event.evidence:
            print(f"    [{piece.sentence}] characters {piece.start} to {piece.end}: {piece.quote[:60]}…")
