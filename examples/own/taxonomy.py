"""Event types of your own: taxonomy.json has ids, Turkish labels, definitions, and words that point to them.

python examples/own/taxonomy.py                  an example, from recorded answers
OZETLE_MODEL=openai/gpt-4.1-mini python examples/own/taxonomy.py article.txt
ozetle summarize article.txt --taxonomy examples/own/taxonomy.json
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ozetle import Cache, Summarizer

HERE = Path(__file__).parent

article = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "articles" / "forum.txt"
# without a model of yours, the answers recorded for the examples
cache = None if "OZETLE_MODEL" in os.environ else Cache(HERE / "recorded", mode="replay")

digest = Summarizer(taxonomy=HERE / "taxonomy.json", cache=cache).summarize(article)

labels = digest.provenance.labels.get("types", {})
for event in digest.events:
    print(f"{labels.get(event.type, event.type)}: {event.headline}")
