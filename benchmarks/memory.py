"""Peak memory of a run over an endless source, in a process of its own.

python benchmarks/memory.py [ARTICLES]
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator

from server import instant_server

from ozetle import Article, Digest, Summarizer


def articles(count: int) -> Iterator[Article]:
    for number in range(count):
        yield Article.from_text(f"Bakan Ayşe Demir, Kahire'de {number + 2} firmanın temsilcileriyle görüştü.")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with instant_server() as base_url:
        summarizer = Summarizer("instant", base_url=base_url, strategy="whole", cache=False)
        done = 0
        for result in summarizer.summarize_many(articles(count), concurrency=64):
            done += isinstance(result, Digest)
            if done in (1000, count // 2, count):
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(f"{done} articles: at most {peak:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
