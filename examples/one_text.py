"""Summarise one article and print what happened, each event with the sentence that says so.

python examples/one_text.py                    an example, from recorded answers
OZETLE_MODEL=openai/gpt-4.1-mini python examples/one_text.py article.txt
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ozetle import Cache, summarize

HERE = Path(__file__).parent

article = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "articles" / "ziyaret.txt"
# without a model of yours, the answers recorded for the examples
cache = None if "OZETLE_MODEL" in os.environ else Cache(HERE / "recorded", mode="replay")

digest = summarize(article, cache=cache)

print(digest.article.title, f"({digest.article.published})\n")
print(digest.summary, "\n")
for event in digest.events:
    when = f"{event.date.first} – {event.date.last}" if event.date else "no date"
    print(f"- {event.type}, {event.status}, {when}")
    print(f"  “{event.evidence[0].quote}”")
