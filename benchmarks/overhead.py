"""Articles a second against a server that answers at once: this library, the bare openai client, plain instructor.

All three send the same request, schema included, and the server runs in a process of its own. They take turns, so that
whatever else the machine does meets all of them. Beside the rate stands the time of this process's own core, which says
more where cores are shared.

python benchmarks/overhead.py [ARTICLES] [CONCURRENCY]
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import BaseModel
from server import instant_server

from ozetle import Article, Digest, Summarizer
from ozetle.extracting.draft import Draft
from ozetle.llm.vendors.openai import request_body

ROUNDS = 4
WARM_UP = 50  # articles: imports, tables, connections

TEXT = (
    "date 2026-03-05 Ticaret Bakanı Ayşe Demir, Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi. "
    "İki ülke arasındaki ticaret 2025 yılında yüzde 4,5 artışla 8,2 milyar dolara çıktı. "
    "Demir, ticaretin 15 milyar dolara ulaşmasını hedeflediklerini söyledi. "
    "Görüşmenin ardından Türkiye ile Mısır arasında Gümrük İş Birliği Protokolü imzalandı."
)


def articles(count: int) -> list[Article]:
    return [Article.from_text(f"{TEXT} Görüşmeye {number + 2} firma katıldı.") for number in range(count)]


async def with_ozetle(base_url: str, count: int, at_once: int) -> int:
    summarizer = Summarizer("instant", base_url=base_url, strategy="whole", cache=False)
    results = summarizer.asummarize_many(articles(count), concurrency=at_once)
    return len([result async for result in results if isinstance(result, Digest)])


def body(base_url: str) -> dict[str, Any]:
    """What this library sends for one article."""
    summarizer = Summarizer("instant", base_url=base_url, strategy="whole", cache=False)
    (request,) = summarizer.unanswered(articles(1)[0])
    return request_body(request, summarizer.choice)


async def each(count: int, at_once: int, ask: Callable[[], Awaitable[object]]) -> int:
    turns = asyncio.Semaphore(at_once)

    async def one() -> None:
        async with turns:
            await ask()

    await asyncio.gather(*(one() for _ in range(count)))
    return count


async def with_openai(base_url: str, count: int, at_once: int) -> int:
    import openai

    request = await asyncio.to_thread(body, base_url)
    async with openai.AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0, timeout=300) as client:
        return await each(count, at_once, lambda: client.chat.completions.create(**request))


async def with_instructor(base_url: str, count: int, at_once: int) -> int:
    import instructor
    import openai

    request = await asyncio.to_thread(body, base_url)
    del request["response_format"]  # instructor makes its own of the model
    model: type[BaseModel] = Draft
    async with openai.AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0, timeout=300) as bare:
        client = instructor.from_openai(bare, mode=instructor.Mode.JSON_SCHEMA)
        return await each(count, at_once, lambda: client.chat.completions.create(**request, response_model=model))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    at_once = int(sys.argv[2]) if len(sys.argv) > 2 else 64
    ways = {"openai": with_openai, "instructor": with_instructor, "ozetle": with_ozetle}
    seconds = dict.fromkeys(ways, 0.0)
    core = dict.fromkeys(ways, 0.0)
    with instant_server() as base_url:
        for run in ways.values():
            asyncio.run(run(base_url, WARM_UP, at_once))
        for _ in range(ROUNDS):
            for name, run in ways.items():
                started, worked = time.perf_counter(), time.process_time()
                asyncio.run(run(base_url, count // ROUNDS, at_once))
                seconds[name] += time.perf_counter() - started
                core[name] += time.process_time() - worked
    done = count // ROUNDS * ROUNDS
    for name in ways:
        rate, each_ms = done / seconds[name], 1000 * core[name] / done
        print(f"{name:12} {done} articles  {seconds[name]:6.1f} s  {rate:7.1f} articles/s  {each_ms:6.2f} ms each")


if __name__ == "__main__":
    main()
