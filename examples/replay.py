"""Replay recorded answers: no network, no key, no model; the same result on every machine.

python examples/replay.py
"""

from __future__ import annotations

from pathlib import Path

from ozetle import Cache, Digest, Summarizer

here = Path(__file__).parent
# recorded once with:  ozetle summarize examples/articles examples/feeds --cache examples/recorded --model local
summarizer = Summarizer(cache=Cache(here / "recorded", mode="replay"))

for result in summarizer.summarize_many([here / "articles"], ordered=True):
    assert isinstance(result, Digest), result
    print(f"{result.article.id}: {len(result.events)} events, asked of {result.provenance.model}")
    print(f"  {result.summary}")
