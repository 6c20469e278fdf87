"""The built wheel, installed in a clean environment: it carries prompts and schemas, and works.

Needs a package index, so it is not part of the default run: `pytest -m wheel`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.wheel


def test_the_wheel_works_in_a_clean_environment(tmp_path: Path) -> None:
    run = {"check": True, "cwd": tmp_path, "capture_output": True, "text": True}
    subprocess.run([sys.executable, "-m", "build", "-q", "--outdir", tmp_path, REPOSITORY], **run)  # type: ignore[call-overload]
    (wheel,) = tmp_path.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], **run)  # type: ignore[call-overload]
    subprocess.run([tmp_path / "env/bin/pip", "install", "-q", wheel], **run)  # type: ignore[call-overload]
    examples = REPOSITORY / "examples"
    ozetle = tmp_path / "env/bin/ozetle"
    told = subprocess.run(  # type: ignore[call-overload]
        [ozetle, "summarize", examples / "articles", "--cache", examples / "recorded", "--replay"], **run
    )
    digests = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(digests) == 8
    assert all(digest["events"] for digest in digests)
    (tmp_path / "digests.jsonl").write_text(told.stdout, encoding="utf-8")
    page = subprocess.run([ozetle, "report", "digests.jsonl"], **run)  # type: ignore[call-overload]
    assert page.stdout.count("<script") == len(digests) + 2  # one for each article, the index, the program
    schema = subprocess.run([ozetle, "schema"], **run)  # type: ignore[call-overload]
    assert json.loads(schema.stdout) == json.loads((REPOSITORY / "schemas/digest.schema.json").read_text("utf-8"))
    packaged = next((tmp_path / "env").rglob("site-packages/ozetle"))
    for folder in ("prompts", "schemas"):
        assert {path.name for path in (REPOSITORY / folder).iterdir()} == {
            p.name for p in (packaged / folder).iterdir()
        }
