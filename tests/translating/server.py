"""A model for translations: answers with hand-written Turkish, and damages it on purpose."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.llm.server import Received, Reply, completion

PAIRS = json.loads(Path(__file__).with_name("pairs.json").read_text(encoding="utf-8"))
"""Articles of sentences with their Turkish, written for this project."""

TURKISH = {pair["source"]: pair["tr"] for article in PAIRS for pair in article["pairs"]}
_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)

Items = list[dict[str, Any]]


def one_by_one(received: Received) -> bool:
    """Whether the request is for a single sentence."""
    return bool(received.body["response_format"]["json_schema"]["name"] == "stepwise-translate")


def question(received: Received) -> str:
    """The message with the sentences: examples stand before it, what was wrong with an answer behind it."""
    mine = [message["content"] for message in received.body["messages"] if message["role"] == "user"]
    return str(mine[3 if one_by_one(received) else 0])


def asked(received: Received) -> dict[int, str]:
    """The sentences that a request asks for, by their number in it."""
    content = question(received)
    if one_by_one(received):
        return {1: content.split("\n")[-1]}
    return {int(number): text for number, text in _LINE.findall(content)}


def is_repair(received: Received) -> bool:
    """Whether the request asks again."""
    return re.search(r"^ *wrong: ", question(received), re.IGNORECASE | re.MULTILINE) is not None


def translating(
    damage: Callable[[Items], Items] = lambda items: items, *, again: bool = True
) -> Callable[[Received], Reply]:
    """Return a behaviour that answers with the Turkish of each sentence, damaged.

    Args:
        damage: changes the answer's items.
        again: whether what is asked again is damaged too.
    """

    def reply(received: Received) -> Reply:
        items = [{"number": number, "text": TURKISH[source]} for number, source in asked(received).items()]
        if again or not is_repair(received):
            items = damage(items)
        if one_by_one(received):
            answer: dict[str, Any] = {"turkish": items[0]["text"]} if items else {}
        else:
            answer = {"sentences": items}
        return completion(json.dumps(answer, ensure_ascii=False))

    return reply
