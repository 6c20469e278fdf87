"""Articles a second against a server that answers at once: this library, the bare openai client, plain instructor.

python benchmarks/overhead.py [ARTICLES] [CONCURRENCY]
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

from pydantic import BaseModel
from server import instant_server

from ozetle import Article, Digest, Summarizer
from ozetle.asking.connection import request_body
from ozetle.asking.draft import Draft
from ozetle.asking.pending import Pending

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


def messages(base_url: str) -> list[dict[str, str]]:
    """The prompt that this library would send for one article, so that all three send the same."""
    pending = Pending()
    summarizer = Summarizer("instant", base_url=base_url, strategy="whole", cache=False, pending=pending)
    list(summarizer.summarize_many(articles(1)))
    (request,) = pending.requests.values()
    body = request_body(request, summarizer.choice)
    found: list[dict[str, str]] = body["messages"]
    return found


async def each(count: int, at_once: int, ask: Callable[[], Awaitable[object]]) -> int:
    turns = asyncio.Semaphore(at_once)

    async def one() -> None:
        async with turns:
            await ask()

    await asyncio.gather(*(one() for _ in range(count)))
    return count


async def with_openai(base_url: str, count: int, at_once: int) -> int:
    import openai

    prompt = await asyncio.to_thread(messages, base_url)
    async with openai.AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0) as client:
        return await each(
            count,
            at_once,
            lambda: client.chat.completions.create(model="instant", messages=prompt),  # type: ignore[arg-type]
        )


async def with_instructor(base_url: str, count: int, at_once: int) -> int:
    import instructor
    import openai

    prompt = await asyncio.to_thread(messages, base_url)
    model: type[BaseModel] = Draft
    async with openai.AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0) as bare:
        client = instructor.from_openai(bare, mode=instructor.Mode.JSON_SCHEMA)
        return await each(
            count,
            at_once,
            lambda: client.chat.completions.create(model="instant", messages=prompt, response_model=model),  # type: ignore[arg-type]
        )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    at_once = int(sys.argv[2]) if len(sys.argv) > 2 else 64
    with instant_server() as base_url:
        for name, run in (("openai", with_openai), ("instructor", with_instructor), ("ozetle", with_ozetle)):
            asyncio.run(run(base_url, 50, at_once))  # imports and connections
            started = time.perf_counter()
            done = asyncio.run(run(base_url, count, at_once))
            seconds = time.perf_counter() - started
            print(f"{name:12} {done} articles  {seconds:6.1f} s  {done / seconds:7.1f} articles/s")


if __name__ == "__main__":
    main()
