from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import asking, lines, on_terminal, run
from tests.llm.server import FakeServer
from tests.translating.server import PAIRS, Items, translating

ALBANIAN = next(article for article in PAIRS if article["language"] == "sq")
SOURCES = [pair["source"] for pair in ALBANIAN["pairs"]]
TURKISH = [pair["tr"] for pair in ALBANIAN["pairs"]]


def one_wrong(items: Items) -> Items:
    return [item | {"text": item["text"].replace("7,4", "4,7")} for item in items]


@pytest.fixture
def translator() -> Iterator[FakeServer]:
    with FakeServer([translating()]) as running:
        yield running


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "lajm.txt"
    path.write_text("\n\n".join(SOURCES), encoding="utf-8")
    return path


def test_translate_writes_a_line_for_each_article(translator: FakeServer, foreign: Path) -> None:
    turkish = foreign.with_name("haber.txt")
    turkish.write_text("Bakan, Ankara'da mevkidaşıyla görüştü. Görüşmede ticaret ele alındı.", encoding="utf-8")
    done = run("translate", foreign, turkish, foreign.with_name("yok.txt"), *asking(translator))

    first, second, third = lines(done.stdout)
    assert done.exit_code == 1
    assert first["article"]["id"] == "lajm.txt"
    assert first["language"] == "tr"
    assert first["source_language"]["code"] == "sq"
    assert [sentence["text"] for sentence in first["sentences"]] == TURKISH
    assert [sentence["source"] for sentence in first["sentences"]] == SOURCES
    assert [sentence["text"] for sentence in second["sentences"]] == [
        "Bakan, Ankara'da mevkidaşıyla görüştü.",
        "Görüşmede ticaret ele alındı.",
    ]
    assert "error" in third
    assert len(translator.received) == 1


def test_flags_are_in_the_result_the_text_and_the_report(foreign: Path) -> None:
    with FakeServer([translating(one_wrong)]) as server:
        as_lines = run("translate", foreign, *asking(server), "--no-cache")
        as_text = run("translate", foreign, *asking(server), "--no-cache", "--format", "text")

    (told,) = lines(as_lines.stdout)
    assert [sentence["number"] for sentence in told["sentences"] if sentence["flags"]] == [3]
    for done in (as_lines, as_text):
        assert done.exit_code == 0
        flagged, counts = done.stderr.splitlines()[-2:]
        assert flagged == "1 of 6 translated sentences are flagged: read with care"
        assert counts == "1 done, 0 from cache, 0 failed"
    assert "⚠ kaynaktaki “7,4 për qind” rakamı çeviride yok; " in as_text.stdout
    assert "6 cümleden 1 tanesi denetimden geçmedi" in as_text.stdout


def test_sources_and_translations_stand_one_under_the_other_on_a_terminal(
    translator: FakeServer, foreign: Path
) -> None:
    _, shown = on_terminal("translate", foreign, *asking(translator))
    assert shown.index("[2]") < shown.index("nënshkruan") < shown.index("mutabakat zaptı") < shown.index("[3]")


def test_a_digest_has_the_translation_unless_it_is_not_wanted(foreign: Path) -> None:
    def reply(received: Any) -> Any:
        if received.body["response_format"]["json_schema"]["name"] == "whole":
            from tests.llm.server import completion

            return completion('{"events": [], "summary": ""}')
        return translating()(received)

    with FakeServer([reply]) as server:
        (with_it,) = lines(run("summarize", foreign, *asking(server), "--no-cache").stdout)
        (without,) = lines(run("summarize", foreign, *asking(server), "--no-cache", "--no-translate").stdout)
        text = run("summarize", foreign, *asking(server), "--no-cache", "--format", "text").stdout
    assert [sentence["text"] for sentence in with_it["translation"]["sentences"]] == TURKISH
    assert without["translation"] is None
    assert "Çeviri" in text


def test_a_glossary_is_shown_to_the_model(translator: FakeServer, foreign: Path) -> None:
    terms = foreign.with_name("terms.json")
    terms.write_text(json.dumps({"homolog": "muadil"}), encoding="utf-8")
    done = run("translate", foreign, *asking(translator), "--glossary", terms)
    assert done.exit_code == 0
    assert "homolog = muadil" in translator.received[0].body["messages"][1]["content"]


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    path = tmp_path / "reference.json"
    path.write_text(json.dumps({"articles": [{"file": "lajm.txt", "sentences": TURKISH}]}), encoding="utf-8")
    return path


def test_translations_are_scored_against_a_reference(
    translator: FakeServer, foreign: Path, reference: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    assert run("translate", foreign, *asking(translator), "--no-cache", "-o", good).exit_code == 0
    with FakeServer([translating(one_wrong)]) as server:
        assert run("translate", foreign, *asking(server), "--no-cache", "-o", bad).exit_code == 0

    done = run("evaluate", "--translation", reference, good, bad)

    (told,) = lines(done.stdout)
    right, wrong = (told["runs"][str(name)]["total"] for name in (good, bad))
    assert right["chrf"] == 100.0
    assert right["figures"]["share"] == 1.0
    assert right["flagged"]["right"] == 0
    assert 90 < wrong["chrf"] < 100
    assert wrong["figures"]["right"] == wrong["figures"]["total"] - 1
    assert (wrong["flagged"]["right"], wrong["flagged"]["total"]) == (1, 6)
    shown = run("evaluate", "--translation", reference, good, bad, "--format", "text").stdout
    assert "100.0" in shown


def test_an_article_that_a_run_lacks_scores_as_missing(translator: FakeServer, foreign: Path, reference: Path) -> None:
    other = foreign.with_name("other.jsonl")
    assert run("translate", foreign, *asking(translator), "--no-cache", "-o", other).exit_code == 0
    wanted = {"articles": [{"file": "lajm.txt", "sentences": TURKISH}, {"file": "absent.txt", "sentences": ["Yok."]}]}
    reference.write_text(json.dumps(wanted), encoding="utf-8")
    (told,) = lines(run("evaluate", "--translation", reference, other).stdout)
    scores = told["runs"][str(other)]
    assert (scores["total"]["missing"], scores["total"]["articles"]) == (1, 2)
    assert scores["articles"]["absent.txt"]["chrf"] == 0.0


def test_a_reference_with_other_sentences_is_refused(translator: FakeServer, foreign: Path, reference: Path) -> None:
    run("translate", foreign, *asking(translator), "--no-cache", "-o", foreign.with_name("t.jsonl"))
    reference.write_text(json.dumps({"articles": [{"file": "lajm.txt", "sentences": ["Bir."]}]}), encoding="utf-8")
    done = run("evaluate", "--translation", reference, foreign.with_name("t.jsonl"))
    assert done.exit_code == 2
    assert "lajm.txt: the reference has 1 sentences, the translation 6" in done.stderr


def test_sentences_that_were_not_translated_are_not_counted(foreign: Path) -> None:
    turkish = foreign.with_name("haber.txt")
    turkish.write_text("Bakan, Ankara'da mevkidaşıyla görüştü. Görüşmede ticaret ele alındı.", encoding="utf-8")
    with FakeServer([translating(one_wrong)]) as server:
        done = run("translate", foreign, turkish, *asking(server), "--no-cache")
    assert "1 of 6 translated sentences are flagged" in done.stderr
