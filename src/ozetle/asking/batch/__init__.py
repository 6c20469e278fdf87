"""Requests in OpenAI's batch format: written to a folder, answered by a server in its own time, collected into a cache.

A folder holds shards (`requests-001.jsonl` …), each at most what one batch takes, and `batch.json`, which says what has
become of each. The format is that of https://platform.openai.com/docs/guides/batch; others write results in it too.
"""

from __future__ import annotations

from ozetle.asking.batch.collecting import Tally, collect, collect_files
from ozetle.asking.batch.folder import BatchFolder, Shard
from ozetle.asking.batch.server import BatchServer, choice_of
from ozetle.asking.batch.submitting import refresh, submit
from ozetle.asking.batch.writing import MOST_BYTES, MOST_REQUESTS, BatchWriter

__all__ = [
    "MOST_BYTES",
    "MOST_REQUESTS",
    "BatchFolder",
    "BatchServer",
    "BatchWriter",
    "Shard",
    "Tally",
    "choice_of",
    "collect",
    "collect_files",
    "refresh",
    "submit",
]
