"""Events with fields of your own; each annotation says how its field is checked against the article.

python examples/own/events.py                    an example, from recorded answers
OZETLE_MODEL=openai/gpt-4.1-mini python examples/own/events.py article.txt
ozetle summarize article.txt --event examples/own/events.py:MeetingEvent
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pydantic import Field

from ozetle import Cache, Event, EventFigure, Summarizer, Words

HERE = Path(__file__).parent


class MeetingEvent(Event):
    """What a desk that prepares meetings wants to know besides."""

    body: Words | None = Field(None, title="kurul", description="the joint commission or council")
    goal: EventFigure | None = Field(None, title="hedef", description="the amount that is aimed at")


if __name__ == "__main__":
    article = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "articles" / "ziyaret.txt"
    # without a model of yours, the answers recorded for the examples
    cache = None if "OZETLE_MODEL" in os.environ else Cache(HERE / "recorded", mode="replay")

    for event in Summarizer(event=MeetingEvent, cache=cache).summarize(article).events:
        print(event.headline)
        print("    kurul:", event.body and (event.body.text, event.body.start, event.body.end))
        print("    hedef:", event.goal and (event.goal.text, event.goal.value, event.goal.currency))
