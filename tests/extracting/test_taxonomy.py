from __future__ import annotations

import json
from pathlib import Path

import pytest

from ozetle.errors import ConfigurationError
from ozetle.extracting.taxonomy import default_taxonomy, read_taxonomy

CONTRACT_TYPES = [
    "joint_mechanism_meeting",
    "bilateral_meeting",
    "official_visit",
    "promotion_event",
    "agreement_signed",
    "decision_adopted",
    "proposal_made",
    "target_set",
    "economic_statistic",
    "support_programme",
    "project_cooperation",
    "trade_measure",
    "official_statement",
    "other",
]


def test_default_taxonomy_has_the_contracts_types_and_statuses() -> None:
    taxonomy = default_taxonomy()
    assert taxonomy.ids("types") == CONTRACT_TYPES
    assert taxonomy.ids("statuses") == [
        "occurred",
        "planned",
        "stated",
        "targeted",
        "expected",
        "postponed",
        "cancelled",
        "denied",
    ]
    assert len(taxonomy.ids("roles")) == 19


def test_roles_of_types_are_roles() -> None:
    taxonomy = default_taxonomy()
    roles = set(taxonomy.ids("roles"))
    assert all(set(type_.roles) <= roles and type_.roles for type_ in taxonomy.types)


@pytest.mark.parametrize(
    ("sentence", "language", "type_", "allowed"),
    [
        ("Mutabakat zaptı İMZALANDI.", "tr", "agreement_signed", True),
        ("Toplantıda ortak politikalar ele alındı.", "tr", "agreement_signed", False),
        ("Komisyonun toplantısı yapıldı.", "tr", "joint_mechanism_meeting", True),
        ("Dy ministrat nënshkruan një marrëveshje.", "sq", "agreement_signed", True),
        ("Ministri vizitoi fabrikën.", "sq", "agreement_signed", False),
        ("Nazirlər protokol imzaladılar.", "az", "agreement_signed", True),
    ],
)
def test_candidates_follow_the_words_of_the_sentence(sentence: str, language: str, type_: str, allowed: bool) -> None:
    candidates = default_taxonomy().candidates(sentence, language, has_figure=False)
    assert (type_ in candidates) is allowed


def test_a_statistic_needs_a_figure_or_a_rank() -> None:
    taxonomy = default_taxonomy()
    assert "economic_statistic" in taxonomy.candidates("Ticaret 5 milyar dolara çıktı.", "tr", has_figure=True)
    assert "economic_statistic" not in taxonomy.candidates("Ticaret geliştirilecek.", "tr", has_figure=False)


def test_a_cue_matches_only_where_a_word_begins() -> None:
    assert "official_visit" not in default_taxonomy().candidates("Ön görüşler derlendi.", "tr", has_figure=False)
    assert "bilateral_meeting" not in default_taxonomy().candidates("Öngörüşler.", "tr", has_figure=False)


def test_a_language_without_cues_is_not_restricted() -> None:
    assert default_taxonomy().candidates("何か", "ja", has_figure=False) == CONTRACT_TYPES


def test_own_taxonomy_is_read_and_malformed_ones_are_named(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    own = default_taxonomy().model_dump(mode="json") | {"name": "energy"}
    path.write_text(json.dumps(own), encoding="utf-8")
    assert read_taxonomy(path).name == "energy"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"desk\.json"):
        read_taxonomy(path)
    with pytest.raises(ConfigurationError, match=r"missing\.json"):
        read_taxonomy(tmp_path / "missing.json")
