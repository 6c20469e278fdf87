"""Whole translations against a real server whose answers are written by hand, and damaged on purpose."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ozetle import Article, Budget, Cache, Summarizer
from ozetle.digests.digest import ArticleTranslation
from ozetle.errors import CacheMissError, ConfigurationError
from ozetle.llm.models import Strategy
from ozetle.reasons import FlagCode
from tests.llm.server import FakeServer, Received, Reply, completion, error
from tests.translating.server import PAIRS, Items, asked, is_repair, question, translating

LANGUAGES = sorted({article["language"] for article in PAIRS})


def article(language: str) -> Article:
    found = next(article for article in PAIRS if article["language"] == language)
    text = "\n\n".join(pair["source"] for pair in found["pairs"])
    return Article.from_text(text, published=date.fromisoformat(found["published"]))


def wanted(language: str) -> list[str]:
    found = next(article for article in PAIRS if article["language"] == language)
    return [pair["tr"] for pair in found["pairs"]]


def translated(
    server: FakeServer, language: str = "sq", strategy: Strategy = "whole", **more: object
) -> ArticleTranslation:
    settings = {"cache": False} | more
    summarizer = Summarizer("test", base_url=server.base_url, strategy=strategy, **settings)  # type: ignore[arg-type]
    return summarizer.translate(article(language))


@pytest.mark.parametrize("strategy", ["whole", "stepwise"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_its_turkish(language: str, strategy: Strategy) -> None:
    with FakeServer([translating()]) as server:
        translation = translated(server, language, strategy)
    assert [sentence.text for sentence in translation.sentences] == wanted(language)
    assert [sentence.number for sentence in translation.sentences] == [1, 2, 3, 4, 5, 6]
    assert translation.source_language.code == language
    assert not translation.flagged
    assert translation.provenance.requests == len(server.received) == (1 if strategy == "whole" else 6)


def test_only_the_sentences_that_fail_are_asked_for_again_with_the_reason() -> None:
    def wrong(items: Items) -> Items:
        return [item | ({"text": "The parties signed a memorandum."} if item["number"] == 2 else {}) for item in items]

    with FakeServer([translating(wrong, again=False)]) as server:
        translation = translated(server)
    assert not translation.flagged
    _, repair = server.received
    assert list(asked(repair)) == [1]
    content = question(repair)
    assert "    refused: The parties signed a memorandum.\n    wrong: " in content
    assert translation.provenance.repairs == 1
    assert translation.sentences[1].text == wanted("sq")[1]


def test_what_still_fails_is_kept_and_flagged() -> None:
    def wrong(items: Items) -> Items:
        return [item | {"text": item["text"].replace("7,4", "4,7")} for item in items]

    with FakeServer([translating(wrong)]) as server:
        translation = translated(server)
    (flagged,) = translation.flagged
    assert flagged.number == 3
    assert "4,7" in flagged.text
    assert FlagCode.FIGURE_MISSING in {flag.code for flag in flagged.flags}
    assert translation.sound(3) is None
    assert translation.sound(2) == wanted("sq")[1]
    assert len(server.received) == 2


@pytest.mark.parametrize("strategy", ["whole", "stepwise"])
@pytest.mark.parametrize(("second", "kept"), [("8,3", "4,7"), ("8,3 ve 9,1", "4,7"), ("7,4", "7,4")])
def test_of_two_translations_the_second_one_is_taken_only_if_less_is_wrong(
    strategy: Strategy, second: str, kept: str
) -> None:
    """The first one has 4,7 in place of 7,4; as many faults in the second one are no reason to take it."""

    def reply(received: Received) -> Reply:
        figure = second if is_repair(received) else "4,7"
        return translating(lambda items: [item | {"text": item["text"].replace("7,4", figure)} for item in items])(
            received
        )

    with FakeServer([reply]) as server:
        translation = translated(server, strategy=strategy)
    third = translation.sentences[2]
    assert third.text == wanted("sq")[2].replace("7,4", kept)
    assert bool(third.flags) is (kept != "7,4")
    assert translation.flagged == ((third,) if third.flags else ())


def dropped(items: Items) -> Items:
    return [item for item in items if item["number"] != 2]


def dropped_and_renumbered(items: Items) -> Items:
    kept = [item for item in items if item["number"] != 2]
    return [item | {"number": number} for number, item in enumerate(kept, 1)]


def added(items: Items) -> Items:
    more = {"number": 0, "text": "Toplantıda turizm alanı da ele alındı."}
    return [item | {"number": number} for number, item in enumerate([items[0], more, *items[1:]], 1)]


def nothing(items: Items) -> Items:
    return []


@pytest.mark.parametrize("damage", [dropped, dropped_and_renumbered, added, nothing])
def test_an_answer_with_other_sentences_is_asked_for_again(damage: object) -> None:
    with FakeServer([translating(damage, again=False)]) as server:  # type: ignore[arg-type]
        translation = translated(server)
    assert [sentence.text for sentence in translation.sentences] == wanted("sq")
    assert not translation.flagged


@pytest.mark.parametrize("damage", [dropped, dropped_and_renumbered, added, nothing])
def test_a_server_that_keeps_dropping_or_adding_sentences_is_flagged(damage: object) -> None:
    with FakeServer([translating(damage)]) as server:  # type: ignore[arg-type]
        translation = translated(server)
    assert len(translation.sentences) == 6
    for sentence, right in zip(translation.sentences, wanted("sq"), strict=True):
        assert sentence.flags or sentence.text == right
    assert translation.flagged or damage is dropped  # asked for alone, the sentence is not dropped


def test_an_unusable_answer_costs_its_own_sentences_alone() -> None:
    bad = completion("no JSON")

    def reply(received: object) -> object:
        hopeless = any("memorandum" in text for text in asked(received).values())  # type: ignore[arg-type]
        return bad if hopeless else translating()(received)  # type: ignore[arg-type]

    with FakeServer([reply]) as server:  # type: ignore[list-item]
        translation = translated(server, strategy="stepwise")
    first, second, *others = translation.sentences
    assert [sentence.text for sentence in (first, *others)] == wanted("sq")[:1] + wanted("sq")[2:]
    assert second.text == ""
    assert [flag.code for flag in second.flags] == [FlagCode.MISSING]


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("strategy", ["whole", "stepwise"])
def test_what_stays_unusable_is_counted_and_paid_for_once(tmp_path: Path, strategy: Strategy, again: bool) -> None:
    """`again`: the first answer can be used, though it is wrong, and the second cannot."""

    def wrong(items: Items) -> Items:
        return [item | {"text": item["text"].replace("7,4", "4,7")} for item in items]

    def reply(received: Received) -> Reply:
        of_interest = any("7,4" in text for text in asked(received).values())
        unusable = of_interest and (is_repair(received) or not again)
        return completion("no JSON") if unusable else translating(wrong)(received)

    path = tmp_path / "recorded"
    with FakeServer([reply]) as server:
        budget = Budget()
        live = translated(server, strategy=strategy, cache=Cache(path), budget=budget)
        sent = len(server.received)
        assert live.flagged
        assert sent == budget.requests == live.provenance.requests
        assert live.provenance.usage == budget.usage
        expected = (1 if strategy == "whole" else 6) + 3 if again else None
        assert expected in (None, sent)
        for mode in ("normal", "replay"):
            found = translated(server, strategy=strategy, cache=Cache(path, mode))
            assert len(server.received) == sent
            assert found.sentences == live.sentences
            assert (found.provenance.cache, found.provenance.requests, found.provenance.repairs) == ("hit", 0, 0)
            assert found.provenance.usage == live.provenance.usage
        translated(server, strategy=strategy, cache=Cache(path, "refresh"))
        assert len(server.received) == 2 * sent


def test_a_digest_of_a_foreign_article_has_its_translation() -> None:
    def reply(received: object) -> object:
        if received.body["response_format"]["json_schema"]["name"] == "whole":  # type: ignore[attr-defined]
            return completion('{"events": [], "summary": ""}')
        return translating()(received)  # type: ignore[arg-type]

    with FakeServer([reply]) as server:  # type: ignore[list-item]
        summarizer = Summarizer("test", base_url=server.base_url, strategy="whole", cache=False)
        digest = summarizer.summarize(article("en"))
        without = Summarizer("test", base_url=server.base_url, strategy="whole", cache=False, translate=False)
        assert without.summarize(article("en")).translation is None
    assert digest.translation is not None
    assert [sentence.text for sentence in digest.translation.sentences] == wanted("en")
    assert digest.provenance.requests == 2
    assert digest.provenance.prompt is not None
    assert digest.provenance.prompt.id == "translate+whole"


def test_a_turkish_article_is_its_own_translation_and_nothing_is_asked() -> None:
    text = "Ticaret Bakanı Ayşe Demir, Kahire'de Mısırlı mevkidaşıyla görüştü. Görüşmede ticaret ele alındı."
    with FakeServer([error(500)]) as server:
        summarizer = Summarizer("test", base_url=server.base_url, cache=False)
        translation = summarizer.translate(text)
    assert translation.text == text
    assert not server.received
    assert translation.provenance.prompt is None


def test_terms_countries_and_the_users_glossary_are_given_where_they_occur(tmp_path: Path) -> None:
    terms = tmp_path / "terms.json"
    terms.write_text('{"homolog": "mevkidaş", "anije": "gemi"}', encoding="utf-8")
    with FakeServer([translating()]) as server:
        translated(server, glossary=terms)
    line = next(line for line in server.received[0].body["messages"][-1]["content"].split("\n") if line[:6] == "Terms:")
    assert "homolog = mevkidaş" in line
    assert "memorandum mirëkuptimi = mutabakat zaptı" in line
    assert "= Kosova" in line
    assert "gemi" not in line


@pytest.mark.parametrize("content", ["", "[1]", '{"a": 1}', "{"])
def test_a_glossary_that_is_none_is_named(tmp_path: Path, content: str) -> None:
    terms = tmp_path / "terms.json"
    terms.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"terms\.json"):
        Summarizer("test", base_url="http://127.0.0.1:9/v1", cache=False, glossary=terms)


def test_translations_are_recorded_and_replayed_like_summaries(tmp_path: Path) -> None:
    with FakeServer([translating()]) as server:
        live = translated(server, cache=Cache(tmp_path / "recorded"))
    again = Summarizer(cache=Cache(tmp_path / "recorded", "replay"), strategy="whole").translate(article("sq"))
    assert again.sentences == live.sentences
    assert (again.provenance.cache, again.provenance.requests) == ("hit", 0)
    with pytest.raises(CacheMissError, match="not recorded"):
        Summarizer(cache=Cache(tmp_path / "recorded", "replay"), strategy="whole").translate(article("az"))


def test_sentences_that_are_turkish_already_are_not_asked_for() -> None:
    turkish = "Bakan, iki ülke arasındaki ticaretin önümüzdeki yıl daha da artacağını düşündüklerini söyledi."
    foreign = article("sq")
    with FakeServer([translating()]) as server:
        summarizer = Summarizer("test", base_url=server.base_url, strategy="whole", cache=False)
        translation = summarizer.translate(f"{foreign.text}\n\n{turkish}")
    assert translation.sentences[-1].text == turkish
    assert not translation.sentences[-1].flags
    assert turkish not in asked(server.received[0]).values()
