"""Cached articles a second in one process: from their texts to their digests, and what others do with such an answer.

python benchmarks/replay.py FOLDER CACHE [ROUNDS]     for example examples/articles examples/recorded

- ozetle: every answer is recorded; read, looked up, parsed, grounded, translations checked.
- instructor with its DiskCache: one answer an article, with what the digest holds, looked up and parsed as `Draft`.
- langextract: its resolver and its alignment of each sentence of the digest's evidence, verbatim and in order, in
  chunks of the default size; nothing is looked up.

The others stop there: what they give is not read, resolved or grounded as a digest is. What is not installed is left
out. The texts come again in every round, so that each library has whatever it remembers of them.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ozetle import Cache, Digest, Summarizer
from ozetle.articles import Article, load
from ozetle.extracting.draft import Draft
from ozetle.llm.vendors.openai import request_body

Round = Callable[[], object]


def with_ozetle(summarizer: Summarizer, articles: Sequence[Article]) -> Round:
    def one_round() -> None:
        digests = [result for result in summarizer.summarize_many(articles) if isinstance(result, Digest)]
        assert len(digests) == len(articles), "an answer is not recorded"

    return one_round


def with_instructor(articles: Sequence[Article], digests: Sequence[Digest], folder: str) -> Round:
    import instructor
    from instructor.cache import DiskCache
    from openai.types.chat import ChatCompletion

    answers = iter([_draft(digest) for digest in digests])

    def answer_once(**_: Any) -> ChatCompletion:
        message = {"role": "assistant", "content": next(answers)}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        return ChatCompletion.model_validate(
            {"id": "", "object": "chat.completion", "created": 0, "model": "", "choices": [choice]}
        )

    create: Any = instructor.patch(create=answer_once, mode=instructor.Mode.JSON_SCHEMA)
    prompts = _prompts(articles)
    cache = DiskCache(folder)

    def one_round() -> None:
        for prompt in prompts:
            create(model="recorded", messages=prompt, response_model=Draft, cache=cache)

    return one_round


def with_langextract(articles: Sequence[Article], digests: Sequence[Digest]) -> Round:
    from langextract.chunking import ChunkIterator
    from langextract.core.data import Document
    from langextract.core.format_handler import FormatHandler
    from langextract.core.tokenizer import RegexTokenizer
    from langextract.resolver import Resolver

    resolver = Resolver(FormatHandler(use_fences=False))
    tokenizer = RegexTokenizer()
    work: list[tuple[str, Any]] = []
    for article, digest in zip(articles, digests, strict=True):
        document = Document(article.text)
        evidence = {one.start: (one.end, event) for event in digest.events for one in event.evidence}
        chunks: Iterable[Any] = ChunkIterator(document.tokenized_text, 1000, tokenizer, document)
        for chunk in chunks:
            first, end = chunk.char_interval.start_pos, chunk.char_interval.end_pos
            found = [
                {
                    "event": article.text[start : min(stop, end)],
                    "event_attributes": {"type": event.type, "status": event.status},
                }
                for start, (stop, event) in sorted(evidence.items())
                if first <= start < end
            ]
            work.append((json.dumps({"extractions": found}, ensure_ascii=False), chunk))

    def one_round() -> None:
        for answer, chunk in work:
            extractions = resolver.resolve(answer)
            place = (chunk.token_interval.start_index, chunk.char_interval.start_pos)
            list(resolver.align(extractions, chunk.chunk_text, *place, tokenizer_inst=tokenizer))

    return one_round


def _draft(digest: Digest) -> str:
    """A model's whole answer with what a digest holds, as JSON."""
    given = digest.model_dump(mode="json", include={"summary"}) | {"language": digest.language.code, "events": []}
    for event in digest.events:
        given["events"].append(
            event.model_dump(mode="json", include={"type", "status", "headline", "countries", "participants"})
            | {
                "sentences": [one.sentence for one in event.evidence],
                "date": "P",
                "place": event.place.text if event.place else None,
                "figures": [{"figure": f"F{n}", "measure": one.measure} for n, one in enumerate(event.figures, 1)],
                "instruments": [{"kind": one.kind, "name": one.name} for one in event.instruments],
            }
        )
    return Draft.model_validate(given).model_dump_json()


def _prompts(articles: Sequence[Article]) -> list[list[dict[str, str]]]:
    """What this library would ask about each article at once, so that the keys of both are of the same texts."""
    summarizer = Summarizer("recorded", base_url="http://localhost", strategy="whole", cache=False, translate=False)
    asked = (request for article in articles for request in summarizer.unanswered(article))
    return [request_body(request, summarizer.choice)["messages"] for request in asked]


def _installed(*modules: str) -> bool:
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    for name in missing:
        print(f"{name} is not installed: left out")
    return not missing


def main() -> None:
    folder, cache = Path(sys.argv[1]), Path(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    articles = [found for found in load(folder) if isinstance(found, Article)]
    summarizer = Summarizer(cache=Cache(cache, "replay"), strategy="stepwise")
    digests = [summarizer.summarize(article) for article in articles]
    characters = sum(len(article.text) for article in articles) / len(articles)
    events = sum(len(digest.events) for digest in digests) / len(digests)
    print(f"{len(articles)} articles, on average {characters:.0f} characters, {events:.1f} events; {rounds} rounds")
    with tempfile.TemporaryDirectory() as cached:
        ways = {"ozetle": with_ozetle(summarizer, articles)}
        if _installed("diskcache"):
            ways["instructor"] = with_instructor(articles, digests, cached)
        if _installed("langextract"):
            ways["langextract"] = with_langextract(articles, digests)
        for name, one_round in ways.items():
            one_round()  # imports; fills instructor's cache
            started, used = time.perf_counter(), time.process_time()
            for _ in range(rounds):
                one_round()
            seconds, used = time.perf_counter() - started, time.process_time() - used
            done = rounds * len(articles)
            each = 1000 * used / done
            print(f"{name:12} {done / seconds:8.1f} articles/s, {each:6.1f} ms of the processor each", flush=True)


if __name__ == "__main__":
    main()
