"""A prompt of your own: label.md takes the place of prompts/stepwise-label.md.

A capable model is asked once an article (strategy "whole"): for it, start from a copy of prompts/whole.md.

python examples/own/prompt.py                     an example, from recorded answers
OZETLE_MODEL=openai/gpt-4.1-mini python examples/own/prompt.py article.txt
ozetle summarize article.txt --prompt examples/own/label.md --strategy stepwise
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ozetle import Cache, Summarizer

HERE = Path(__file__).parent

article = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "articles" / "imza.txt"
# without a model of yours, the answers recorded for the examples
cache = None if "OZETLE_MODEL" in os.environ else Cache(HERE / "recorded", mode="replay")

digest = Summarizer(prompt=HERE / "label.md", strategy="stepwise", cache=cache).summarize(article)

for event in digest.events:
    print(f"{event.type}: {event.headline}")
print("prompt:", digest.provenance.prompt)
