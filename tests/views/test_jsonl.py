from __future__ import annotations

import json

import pytest

from ozetle.digests.digest import ArticleInfo, Digest, Failure, FailureInfo, FailureProvenance
from ozetle.errors import ConfigurationError
from ozetle.views.jsonl import from_line, to_block, to_line
from tests.views.test_terminal import EVENT, HOSTILE, digest

FAILURE = Failure(
    article=ArticleInfo(id="a", source="a", title=None, published=None, url=None),
    error=FailureInfo(type="ArticleError", message="a: boş\u2028", retryable=False),
    provenance=FailureProvenance(model=None, ozetle="0"),
)
AWKWARD = digest(EVENT, summary=HOSTILE + "\u2028\u2029\x85\n\r satır \U0001f600")


@pytest.mark.parametrize("result", [AWKWARD, FAILURE], ids=["digest", "failure"])
def test_a_result_survives_the_way_to_a_line_and_back(result: Digest | Failure) -> None:
    line = to_line(result)

    assert from_line(line) == result
    assert len(line.splitlines()) == 1
    assert not [char for char in line if ord(char) < 32 or 127 <= ord(char) < 160]
    assert "satır \U0001f600" in line if result is AWKWARD else "boş" in line


def test_a_line_is_what_the_model_says_of_itself() -> None:
    assert json.loads(to_line(AWKWARD)) == AWKWARD.model_dump(mode="json")
    assert json.loads(to_block(AWKWARD)) == AWKWARD.model_dump(mode="json")
    assert json.loads(to_line(AWKWARD))["events"][0]["figures"][0]["value"] == "1250500000"


def test_a_mapping_of_models_is_a_line_too() -> None:
    assert json.loads(to_line({"article": FAILURE.article, "figures": (EVENT.figures[1],)})) == {
        "article": FAILURE.article.model_dump(mode="json"),
        "figures": [EVENT.figures[1].model_dump(mode="json")],
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "not a digest"),
        ("null", "not a digest"),
        ('{"article": 3}', "not a digest: article"),
        ('{"error": {}}', "not a failure: article"),
    ],
)
def test_another_line_is_refused_with_the_place(line: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        from_line(line)

    assert "\n" not in str(caught.value)


def test_a_line_of_another_schema_version_is_refused_with_the_way_to_make_it_anew() -> None:
    content = json.loads(to_line(AWKWARD))
    old = {name: value for name, value in content.items() if name != "schema_version"}
    for event in old["events"]:
        event["date"] = {
            "text": None,
            "start": "2026-02-13",
            "end": "2026-02-13",
            "precision": "day",
            "basis": "explicit",
        }

    with pytest.raises(ConfigurationError, match=r"schema version 1.*ozetle summarize"):
        from_line(json.dumps(old))
    with pytest.raises(ConfigurationError, match=r"schema version 1.*ozetle summarize"):
        Digest.model_validate(old)
    with pytest.raises(ConfigurationError, match=r"schema version 3.*newer"):
        from_line(json.dumps(content | {"schema_version": 3}))


@pytest.mark.parametrize("value", ["1e999999999", "NaN", "Infinity", "1" * 2001])
def test_a_number_that_no_view_could_write_is_no_digest(value: str) -> None:
    line = to_line(AWKWARD).replace('"value":"1250500000"', f'"value":"{value}"')
    assert value in line
    with pytest.raises(ConfigurationError, match="not a digest: events"):
        from_line(line)
