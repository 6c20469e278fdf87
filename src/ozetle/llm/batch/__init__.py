"""Requests in OpenAI's batch format: written to a folder, answered by a server in its own time, collected into a cache.

A folder holds shards (`requests-001.jsonl` …), each at most what one batch takes, and `batch.json`, which says what has
become of each. The format is that of https://platform.openai.com/docs/guides/batch; others write results in it too.
"""

from __future__ import annotations

from ozetle.llm.batch.collecting import BatchCollected, collect, collect_files
from ozetle.llm.batch.folder import BatchFile, BatchFolder
from ozetle.llm.batch.server import BatchServer, choice_of
from ozetle.llm.batch.submitting import refresh, submit
from ozetle.llm.batch.writing import MOST_BYTES, MOST_REQUESTS, BatchWriter

__all__ = [
    "MOST_BYTES",
    "MOST_REQUESTS",
    "BatchCollected",
    "BatchFile",
    "BatchFolder",
    "BatchServer",
    "BatchWriter",
    "choice_of",
    "collect",
    "collect_files",
    "refresh",
    "submit",
]
