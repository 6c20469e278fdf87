"""What stands around langextract in the comparison; langextract itself need not be installed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from with_langextract import EXAMPLES, as_result

from ozetle import Article
from ozetle.evaluating.events import evaluate
from ozetle.evaluating.gold import Gold
from ozetle.extracting.taxonomy import default_taxonomy

TEXT = "Bakan Ayşe Demir Tunus'a geldi. Demir, protokolü Tunus'ta imzaladı. Ziyaret iki gün sürdü."


def extraction(words: str | None, kind: Any = "agreement_signed", status: str = "occurred") -> Any:
    """An extraction as langextract returns it; None: its words were not found in the text."""
    start = TEXT.index(words) if words else -1
    span = SimpleNamespace(start_pos=start, end_pos=start + len(words)) if words else None
    return SimpleNamespace(char_interval=span, attributes={"type": kind, "status": status})


def events(*extractions: Any) -> list[tuple[str, list[str]]]:
    result = as_result(Article.from_text(TEXT, id="a.txt"), extractions)
    return [(event.type, [quote.quote for quote in event.evidence]) for event in result.events]


def test_the_evidence_is_the_sentence_that_holds_the_span() -> None:
    (event,) = as_result(Article.from_text(TEXT, id="a.txt"), [extraction("protokolü")]).events

    (quote,) = event.evidence
    assert quote.quote == "Demir, protokolü Tunus'ta imzaladı."
    assert TEXT[quote.start : quote.end] == quote.quote
    assert (event.type, event.status) == ("agreement_signed", "occurred")


def test_a_span_over_two_sentences_has_both_as_evidence() -> None:
    ((_, evidence),) = events(extraction("geldi. Demir"))

    assert evidence == ["Bakan Ayşe Demir Tunus'a geldi.", "Demir, protokolü Tunus'ta imzaladı."]


def test_extractions_of_one_type_in_one_sentence_are_one_event() -> None:
    found = events(extraction("protokolü"), extraction("imzaladı"), extraction("Demir, p", "bilateral_meeting"))

    assert [kind for kind, _ in found] == ["agreement_signed", "bilateral_meeting"]


def test_extractions_without_a_span_or_a_type_are_left_out() -> None:
    without_attributes = SimpleNamespace(char_interval=extraction("geldi").char_interval, attributes=None)

    assert events(extraction(None), extraction("geldi", None), without_attributes) == []


def test_a_result_is_scored_like_a_digest() -> None:
    start = TEXT.index("Demir, p")
    quote = {"start": start, "end": start + 34, "quote": TEXT[start : start + 34]}
    wanted = {"acceptable_types": ["agreement_signed"], "core": True, "status": "occurred", "evidence": [quote]}
    gold = Gold.model_validate({"articles": [{"file": "a.txt", "events": [wanted]}]})
    result = as_result(Article.from_text(TEXT, id="a.txt"), [extraction("imzaladı"), extraction("geldi", "other")])

    scores = evaluate(gold, [result]).total

    assert (scores.events.found, scores.events.predicted, scores.status.right) == (1, 2, 1)


def test_the_examples_are_verbatim_in_order_and_without_overlaps() -> None:
    for text, extractions in EXAMPLES:
        end = 0
        for _, _, words in extractions:
            end = text.index(words, end) + len(words)


def test_the_examples_show_every_type_with_statuses_it_can_have() -> None:
    kinds = {kind.id: kind for kind in default_taxonomy().types}
    shown = [(kind, status) for _, extractions in EXAMPLES for kind, status, _ in extractions]

    assert {kind for kind, _ in shown} == kinds.keys() - {"other"}
    assert all(status in kinds[kind].statuses for kind, status in shown if kinds[kind].statuses)
