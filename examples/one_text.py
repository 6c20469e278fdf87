"""Summarise one text and print what happened.

python examples/one_text.py            asks the model that is configured (see README, "Choose a model")
"""

from __future__ import annotations

from pathlib import Path

from ozetle import summarize

text = (Path(__file__).parent / "articles" / "ziyaret.txt").read_text(encoding="utf-8")

digest = summarize(text)

print(digest.summary)
for event in digest.events:
    print(f"- {event.headline}")
