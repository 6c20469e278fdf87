from __future__ import annotations

import json
from pathlib import Path

import pytest

from ozetle.extracting.status import status_of
from ozetle.extracting.taxonomy import default_taxonomy

CASES = [json.loads(line) for line in Path(__file__).with_name("status_cases.jsonl").read_text("utf-8").splitlines()]
TYPES = {type_.id: type_ for type_ in default_taxonomy().types}


@pytest.mark.parametrize("case", CASES, ids=[f"{case['lang']}-{case['text'][:40]}" for case in CASES])
def test_a_sentence_gives_its_status(case: dict[str, str]) -> None:
    assert status_of([case["text"]], case["lang"], TYPES[case["type"]]) == case["want"]
