from __future__ import annotations

from typing import Any

from ozetle.extracting.draft import Draft, draft_schema
from ozetle.extracting.fields import CHOICE_KEY
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.llm.wire_schema import strict_schema


def test_the_wire_schema_offers_the_taxonomys_choices() -> None:
    taxonomy = default_taxonomy()
    schema = draft_schema(Draft, taxonomy)
    event = schema["$defs"]["DraftEvent"]["properties"]
    assert event["type"]["enum"] == taxonomy.ids("types")
    assert event["status"]["enum"] == taxonomy.ids("statuses")
    assert schema["$defs"]["DraftParticipant"]["properties"]["role"]["enum"] == taxonomy.ids("roles")
    assert CHOICE_KEY not in str(schema)


def test_evidence_is_answered_before_the_claim() -> None:
    assert next(iter(strict_schema(draft_schema(Draft, default_taxonomy()))["$defs"]["DraftEvent"]["properties"])) == (
        "sentences"
    )


def test_another_taxonomy_gives_another_schema() -> None:
    taxonomy = default_taxonomy()
    fewer = taxonomy.model_copy(update={"types": taxonomy.types[:2]})
    assert draft_schema(Draft, fewer)["$defs"]["DraftEvent"]["properties"]["type"]["enum"] == [
        "joint_mechanism_meeting",
        "bilateral_meeting",
    ]


def test_weak_models_ways_of_writing_sentence_numbers_are_taken() -> None:
    answer: dict[str, Any] = {"events": [{"sentences": ["S3", "4", 5, "[6]"], "type": "other", "surprise": 1}]}
    assert Draft.model_validate(answer).events[0].sentences == [3, 4, 5, 6]
