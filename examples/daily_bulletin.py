"""Make a bulletin of an RSS or Atom feed's newest day: what happened, was signed and is coming, each with its source.

python examples/daily_bulletin.py              the feed in feeds/, from recorded answers
OZETLE_MODEL=openai/gpt-4.1-mini python examples/daily_bulletin.py https://example.org/rss.xml bulletin.html
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.request import urlopen

from ozetle import Article, Cache, Digest, load, summarize_many
from ozetle.views import bulletin_html, bulletin_markdown, bulletin_of

HERE = Path(__file__).parent

feed = sys.argv[1] if len(sys.argv) > 1 else str(HERE / "feeds" / "ekonomi.xml")
is_address = feed.startswith(("https://", "http://"))
found = list(load(urlopen(feed, timeout=30) if is_address else Path(feed)))
newest = max((item.published for item in found if isinstance(item, Article) and item.published), default=None)
wanted = [item for item in found if not isinstance(item, Article) or item.published == newest]
# without a model of yours, the answers recorded for the examples
cache = None if "OZETLE_MODEL" in os.environ else Cache(HERE / "recorded", mode="replay")

results = list(summarize_many(wanted, cache=cache))
for failure in (result for result in results if not isinstance(result, Digest)):
    print(f"left out: {failure}", file=sys.stderr)
digests = [result for result in results if isinstance(result, Digest)]
if not digests:
    sys.exit(f"There is no bulletin of {feed}.")
print(bulletin_markdown(bulletin_of(digests)))
if len(sys.argv) > 2:
    Path(sys.argv[2]).write_text(bulletin_html(bulletin_of(digests)), encoding="utf-8")
