"""Cached articles a second in one process, from their texts to their digests.

python benchmarks/replay.py FOLDER CACHE [ROUNDS]     for example examples/articles examples/recorded
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from ozetle import Cache, Digest, Summarizer
from ozetle.articles import Article, load


def main() -> None:
    folder, cache = Path(sys.argv[1]), Path(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    articles = [found for found in load(folder) if isinstance(found, Article)]
    summarizer = Summarizer(cache=Cache(cache, "replay"), strategy="stepwise")
    for article in articles:
        summarizer.summarize(article)
    started = time.perf_counter()
    results = [result for _ in range(rounds) for result in summarizer.summarize_many(articles)]
    seconds = time.perf_counter() - started
    digests = [result for result in results if isinstance(result, Digest)]
    assert len(digests) == rounds * len(articles), "an answer is not recorded"
    characters = sum(len(article.text) for article in articles) / len(articles)
    print(f"{len(digests)} digests of {characters:.0f} characters on average in {seconds:.1f} s")
    print(f"{len(digests) / seconds:.1f} articles/s, {1000 * seconds / len(digests):.1f} ms each")


if __name__ == "__main__":
    main()
