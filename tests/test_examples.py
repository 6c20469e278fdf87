"""The examples run as they are, on the recorded answers beside them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ozetle import Cache, Digest, Summarizer
from tests.conftest import REPOSITORY

EXAMPLES = REPOSITORY / "examples"


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    settings = os.environ | {"OZETLE_CACHE": str(EXAMPLES / "recorded"), "OZETLE_MODEL": "local"}
    return subprocess.run(
        [sys.executable, *command], cwd=EXAMPLES, env=settings, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("script", sorted(path.name for path in EXAMPLES.glob("*.py")))
def test_each_example_script_runs(script: str) -> None:
    told = run(script)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip()
    assert "failed" not in told.stdout


def test_all_eight_digests_are_shown_at_once_without_a_model() -> None:
    told = run("-m", "ozetle", "summarize", "articles", "--cache", "recorded", "--replay")
    digests = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.returncode == 0, told.stderr
    assert len(digests) == 8
    assert all(digest["provenance"]["cache"] == "hit" and digest["events"] for digest in digests)
    assert {digest["language"]["code"] for digest in digests} == {"tr", "sq", "az", "en"}


def test_every_recorded_digest_is_grounded_in_its_article() -> None:
    summarizer = Summarizer(cache=Cache(EXAMPLES / "recorded", mode="replay"))
    for digest in summarizer.summarize_many([EXAMPLES / "articles"], ordered=True):
        assert isinstance(digest, Digest)
        text = (EXAMPLES / "articles" / digest.article.id).read_text(encoding="utf-8")
        assert digest.article.published is not None
        for event in digest.events:
            for piece in event.evidence:
                assert text[piece.start : piece.end] == piece.quote
            for part in event.participants:
                assert text[part.start : part.end] == part.name
        keys = [(event.type, event.status, event.evidence) for event in digest.events]
        assert len(set(map(repr, keys))) == len(keys)


def test_recordings_hold_no_secret() -> None:
    for path in (EXAMPLES / "recorded").glob("*.json"):
        text = path.read_text(encoding="utf-8").lower()
        assert "authorization" not in text
        assert "api_key" not in text
