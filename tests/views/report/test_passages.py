from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles import Article
from ozetle.digests.digest import Evidence
from ozetle.views.report.passages import Texts, passages_of
from tests.views.report.samples import digest, event, figure

TEXT = "Bakan 😀 geldi. Heyet 3 milyon dolar istedi. Toplantı bitti."


def test_passages_begin_and_end_with_evidence_and_figures() -> None:
    came = event(TEXT, "Bakan 😀 geldi.")
    asked = event(TEXT, "Heyet 3 milyon dolar istedi.", figures=(figure(TEXT, "3 milyon dolar", "3000000"),))
    assert passages_of(TEXT, [came, asked]) == [
        ("Bakan 😀 geldi.", [0], []),
        (" ", [], []),
        ("Heyet ", [1], []),
        ("3 milyon dolar", [1], ["1-0"]),
        (" istedi.", [1], []),
        (" Toplantı bitti.", [], []),
    ]


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


@given(st.lists(st.lists(spans, min_size=1, max_size=3), max_size=4))
def test_passages_join_to_the_text_and_each_event_keeps_its_evidence(all_spans: list[list[list[int]]]) -> None:
    events = [
        event(
            TEXT,
            TEXT,
            evidence=tuple(Evidence(sentence=1, start=start, end=end, quote=TEXT[start:end]) for start, end in some),
        )
        for some in all_spans
    ]
    passages = passages_of(TEXT, events)
    assert "".join(text for text, _, _ in passages) == TEXT
    at = 0
    for text, numbers, _ in passages:
        for place in range(at, at + len(text)):
            assert numbers == [
                number for number, some in enumerate(all_spans) if any(start <= place < end for start, end in some)
            ]
        at += len(text)


def test_a_text_is_found_by_source_then_by_id_if_every_offset_fits() -> None:
    made = digest(TEXT, [event(TEXT, "Toplantı bitti.")], article={"id": "a.txt", "source": "gün/a.txt"})
    other = Article(text="Başka bir günün haberi, adı aynı.", id="a.txt", source="dün/a.txt")
    assert Texts([other, Article(text=TEXT, id="a.txt", source="arşiv/a.txt")]).of(made) == TEXT
    assert Texts([Article(text=TEXT, id="b", source="gün/a.txt")]).of(made) == TEXT
    assert Texts([other]).of(made) is None
    assert Texts([Article(text=TEXT, id="c.txt")]).of(made) is None
    shifted = Article(text=f" {TEXT}", id="a.txt", source="gün/a.txt")
    assert Texts([shifted]).of(made) is None


def test_a_digest_of_a_line_without_any_event_has_the_text_of_its_own_line() -> None:
    lines = [Article(text=text, id=f"a.jsonl:{n}", source="a.jsonl") for n, text in enumerate(("Bir.", "İki."), 1)]
    second = digest("İki.", article={"id": "a.jsonl:2", "source": "a.jsonl"})
    unknown = digest("Üç.", article={"id": "a.jsonl:3", "source": "a.jsonl"})
    assert Texts(lines).of(second) == "İki."
    assert Texts(lines).of(unknown) is None
    assert Texts(lines[:1]).of(digest("Bir.", article={"id": "x", "source": "a.jsonl"})) == "Bir."
