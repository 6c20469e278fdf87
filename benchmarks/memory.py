"""Peak memory of a run over articles from a generator, against a server in a process of its own.

python benchmarks/memory.py [ARTICLES]      without a number 100,000; the peak so far is printed on the way

The peak is the largest resident set that the system counted for this process since it began (getrusage).
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator

from server import instant_server

from ozetle import Article, Digest, Summarizer


def articles(count: int) -> Iterator[Article]:
    for number in range(count):
        yield Article.from_text(f"Bakan Ayşe Demir, Kahire'de {number + 2} firmanın temsilcileriyle görüştü.")


def peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes; on macOS bytes
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    started = time.monotonic()
    with instant_server() as base_url:
        summarizer = Summarizer("instant", base_url=base_url, strategy="whole", cache=False)
        for done, result in enumerate(summarizer.summarize_many(articles(count), concurrency=64), 1):
            assert isinstance(result, Digest), result
            if done in (1_000, 10_000, 100_000, count):
                seconds = time.monotonic() - started
                print(f"{done:,} articles: at most {peak_megabytes():.0f} MB, {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
