"""Translate the foreign items of a folder into Turkish, sentence by sentence; what the checks doubt is marked.

python examples/translate_foreign.py           the example articles, from recorded answers of the small embedded
                                               model, which cannot really translate: see what the checks find
OZETLE_MODEL=openai/gpt-4.1-mini python examples/translate_foreign.py news/
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ozetle import Article, Cache, Failure, detect_language, load, translate_many

HERE = Path(__file__).parent

news = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "articles"
# without a model of yours, the answers recorded for the examples
cache = None if "OZETLE_MODEL" in os.environ else Cache(HERE / "recorded", mode="replay")

loaded = load(news)
foreign = (item for item in loaded if not isinstance(item, Article) or detect_language(item.text).code != "tr")
for result in translate_many(foreign, cache=cache, ordered=True):
    if isinstance(result, Failure):
        print(f"left out: {result}", file=sys.stderr)
        continue
    doubtful = [sentence for sentence in result.sentences if sentence.flags]
    print(f"{result.article.title} ({result.source_language.code})")
    print(f"{len(doubtful)} of {len(result.sentences)} sentences to be read with care\n")
    for sentence in result.sentences:
        print(f"[{sentence.number}] {sentence.source}\n    {sentence.text}")
        for flag in sentence.flags:
            print(f"    ⚠ {flag}")
    print()
