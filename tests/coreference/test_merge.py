"""Which reports of several articles are of one event, and what they say together."""

from __future__ import annotations

import gc
import json
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ozetle.coreference.clusters import candidates
from ozetle.coreference.mentions import mention_of
from ozetle.coreference.merge import MergedEvent, merge
from ozetle.digests.digest import Digest, Event
from tests.coreference.reports import Half, digest_of, reports


class OwnEvent(Event):
    """An event with a field of one's own."""

    sector: str | None = None


Mention = tuple[str, int]
T = TypeVar("T")

MEETING: dict[str, Any] = {
    "id": "a",
    "language": "tr",
    "published": "2026-03-12",
    "text": ["Ticaret Bakanı Ayşe Demir, 12 Mart 2026'da Bakü'de Azerbaycan Ekonomi Bakanı Elçin Rzayev ile görüştü."],
    "events": [
        {
            "type": "bilateral_meeting",
            "date": "12 Mart 2026",
            "place": "Bakü",
            "countries": ["AZ"],
            "people": ["Ayşe Demir|visitor", "Elçin Rzayev|host"],
        }
    ],
}


@pytest.fixture(scope="module")
def tuning() -> list[Digest]:
    return [digest_of(report) for report in reports("tuning")]


def retold(id: str, text: str, published: str = "2026-03-12", language: str = "tr", **changed: Any) -> Digest:
    """Another article about the meeting; what is changed in its event."""
    event = MEETING["events"][0] | changed
    return digest_of({"id": id, "language": language, "published": published, "text": [text], "events": [event]})


def told_by(event: MergedEvent) -> set[str]:
    return {report.article.id for report in event.reports}


# --- how well, on the test set


def found_and_gold(half: Half) -> tuple[dict[Mention, str], dict[Mention, str]]:
    """Of each mention the id of the merged event, and the gold event."""
    told = reports(half)
    gold = {(report["id"], index): event["gold"] for report in told for index, event in enumerate(report["events"])}
    merged = merge(map(digest_of, told))
    found = {(report.article.id, report.index): event.id for event in merged for report in event.reports}
    assert found.keys() == gold.keys()
    return found, gold


def pairwise(found: Mapping[Mention, str], gold: Mapping[Mention, str]) -> tuple[float, float]:
    """Precision and recall of the pairs of mentions that are joined."""
    ours, theirs = (
        {pair for pair in combinations(sorted(labels), 2) if labels[pair[0]] == labels[pair[1]]}
        for labels in (found, gold)
    )
    return len(ours & theirs) / len(ours), len(ours & theirs) / len(theirs)


def b_cubed(found: Mapping[Mention, str], gold: Mapping[Mention, str]) -> tuple[float, float]:
    """Precision and recall of each mention's cluster, averaged over the mentions.

    Bagga and Baldwin, Algorithms for Scoring Coreference Chains (1998).
    """

    def cluster(labels: Mapping[Mention, str], mention: Mention) -> set[Mention]:
        return {other for other in labels if labels[other] == labels[mention]}

    pairs = [(cluster(found, mention), cluster(gold, mention)) for mention in gold]
    precision = sum(len(ours & theirs) / len(ours) for ours, theirs in pairs)
    recall = sum(len(ours & theirs) / len(theirs) for ours, theirs in pairs)
    return precision / len(pairs), recall / len(pairs)


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_reports_of_one_event_are_joined_and_others_are_not(half: Half) -> None:
    labels = found_and_gold(half)

    scores = {"pairwise": pairwise(*labels), "b_cubed": b_cubed(*labels)}
    print(half, {name: [round(value, 3) for value in values] for name, values in scores.items()})
    assert all(precision >= 0.95 and recall >= 0.85 for precision, recall in scores.values()), scores


def test_the_scores_are_those_of_the_definitions() -> None:
    gold = {("a", 0): "x", ("b", 0): "x", ("c", 0): "x", ("d", 0): "y"}
    found = {("a", 0): "1", ("b", 0): "1", ("c", 0): "2", ("d", 0): "2"}

    assert pairwise(found, gold) == (1 / 2, 1 / 3)
    assert b_cubed(found, gold) == pytest.approx(((1 + 1 + 1 / 2 + 1 / 2) / 4, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4))


def test_the_set_is_large_enough() -> None:
    told = [*reports("tuning"), *reports("held_out")]
    gold = [event["gold"] for report in told for event in report["events"]]

    assert len({report["id"] for report in told}) == len(told) >= 45
    assert sum(gold.count(event) > 1 for event in set(gold)) >= 15
    assert {"tr", "sq", "az", "en", "ru"} <= {report["language"] for report in told}


# --- what never depends on chance


@settings(max_examples=15)
@given(data=st.data())
def test_the_order_of_the_digests_does_not_matter(tuning: list[Digest], data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(tuning), min_size=1, unique_by=lambda digest: digest.article.id))
    shuffled = data.draw(st.permutations(some))

    assert merge(shuffled) == merge(some)


def test_every_report_is_kept_once_with_its_evidence(tuning: list[Digest]) -> None:
    merged = merge(tuning)

    kept = sorted(
        (report.article.id, report.index, report.event.evidence) for event in merged for report in event.reports
    )
    told = sorted((digest.article.id, i, event.evidence) for digest in tuning for i, event in enumerate(digest.events))
    assert kept == told
    assert len({event.id for event in merged}) == len(merged)


def test_events_come_by_date_and_each_report_by_publication(tuning: list[Digest]) -> None:
    merged = merge(tuning)

    days = [event.date.first for event in merged if event.date and event.date.first]
    published = [[report.article.published for report in event.reports] for event in merged]
    assert days == sorted(days)
    assert all(None not in some and some == sorted(some, key=str) for some in published)
    assert all(event.date is None for event in merged[len(days) :])


def test_a_digest_that_comes_twice_counts_once(tuning: list[Digest]) -> None:
    assert merge([*tuning, *tuning]) == merge(tuning)


def test_an_id_stays_as_long_as_the_reports_do(tuning: list[Digest]) -> None:
    meeting = retold("b", "Ayşe Demir, Bakü'de Azerbaycan Ekonomi Bakanı Elçin Rzayev ile görüştü.", date="P")
    (alone,) = merge([digest_of(MEETING)])
    beside = {event.id for event in merge([digest_of(MEETING), *tuning])}
    (both,) = merge([digest_of(MEETING), meeting])

    assert alone.id in beside
    assert both.id != alone.id


def test_two_events_of_one_digest_are_never_joined() -> None:
    event = MEETING["events"][0]
    twice = {**MEETING, "text": [*MEETING["text"], "İki bakan aynı gün yeniden görüştü."]}
    twice["events"] = [event, {"type": "bilateral_meeting", "sentences": [2], "people": ["Ayşe Demir|host"]}]
    other = retold("b", "Ayşe Demir, Bakü'de Azerbaycan Ekonomi Bakanı Elçin Rzayev ile görüştü.", date="P")

    assert [len(event.reports) for event in merge([digest_of(twice), other])] in ([2, 1], [1, 2])


def test_nothing_comes_of_nothing() -> None:
    assert merge([]) == []


def test_a_thousand_copies_of_one_report_are_one_event() -> None:
    digest = digest_of(MEETING)
    copies = [
        digest.model_copy(update={"article": digest.article.model_copy(update={"id": f"copy-{number}"})})
        for number in range(1000)
    ]

    (event,) = merge(copies)
    assert len(event.reports) == 1000


def test_fields_of_ones_own_are_kept() -> None:
    digest, other = (
        digest_of(MEETING),
        retold("b", "Ayşe Demir, Bakü'de Elçin Rzayev ile görüştü.", date="P", countries=[]),
    )
    (event,) = digest.events
    own = OwnEvent(**dict(event), sector="enerji")
    digests = [digest.model_copy(update={"events": (own,)}), other]

    (merged,) = merge(digests)
    assert merged.reports[0].event is own
    assert [report["event"].get("sector") for report in json.loads(merged.model_dump_json())["reports"]] == [
        "enerji", None
    ]  # fmt: skip
    assert merged.id != merge([digest, other])[0].id


def test_the_headline_is_of_a_report_that_is_up_to_date() -> None:
    announced = retold(
        "a-plan",
        "Ayşe Demir, mart ayında Bakü'de Azerbaycan Ekonomi Bakanı Elçin Rzayev ile görüşecek.",
        published="2026-03-12",
        status="planned",
        date="mart ayında",
    )

    (event,) = merge([announced, retold("b", "Elçin Rzayev, Ayşe Demir'i Bakü'de kabul etti.", date="P", countries=[])])
    assert event.status == "occurred"
    assert event.headline == "Elçin Rzayev, Ayşe Demir'i Bakü'de kabul etti."


def test_a_session_is_known_by_its_number_where_nobody_is_named() -> None:
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("a", "Ticaret Bakanı Ayşe Demir, Türkiye-Azerbaycan Karma Ekonomik Komisyonu'nun 14. Dönem Toplantısı'nı "
              "12 Mart 2026'da Bakü'de açtı.", {"people": ["Ayşe Demir|chair"]}),
        ("b", "Bakanlar, 12 Mart 2026'da önce KEK'in 14. Dönem Toplantısı'na başkanlık etti.",
         {"people": [], "place": None, "countries": []}),
    ]  # fmt: skip

    assert len(merge(retold(id, text, type="joint_mechanism_meeting", **changed) for id, text, changed in told)) == 1


def test_a_document_is_known_by_its_amount_in_another_language() -> None:
    turkish = retold(
        "b",
        "Bakanlar, 12 Mart 2026'da 45,7 milyon avroluk Tekstil Parkı Protokolü'nü imzaladı.",
        type="agreement_signed",
        people=[],
        place=None,
        countries=[],
        figures={"45,7 milyon": None},
        instruments=["protocol|Tekstil Parkı Protokolü"],
    )
    albanian = retold(
        "c",
        "Elçin Rzayev dhe Ayşe Demir nënshkruan protokollin për parkun e tekstilit me vlerë 45,7 milionë euro.",
        language="sq",
        type="agreement_signed",
        date="P",
        place=None,
        countries=[],
        figures={"45,7 milionë euro": None},
        instruments=["protocol|protokollin për parkun e tekstilit"],
    )

    assert len(merge([turkish, albanian])) == 1


@pytest.mark.parametrize(
    ("country", "by", "headline"),
    [
        ("AZ", "Azerbajxhani", "Azerbaycan: öneri, 12 Mart 2026."),
        ("US", "SHBA", "ABD: öneri, 12 Mart 2026."),
        ("XN", "TRNC", "Kuzey Kıbrıs: öneri, 12 Mart 2026."),
    ],
)
def test_headlines_made_of_country_and_date_have_no_word_in_common(country: str, by: str, headline: str) -> None:
    """ "Azerbaycan: öneri, 12 Mart 2026." is not what was said."""
    proposals = [
        retold(
            id,
            text,
            language="sq",
            type="proposal_made",
            status="stated",
            date="12 mars 2026",
            people=[],
            place=None,
            countries=[country],
        )
        for id, text in [
            ("a", f"{by} propozoi më 12 mars 2026 ndërtimin e një hekurudhe."),
            ("b", f"{by} propozoi më 12 mars 2026 hapjen e një universiteti."),
        ]
    ]

    assert {event.headline for digest in proposals for event in digest.events} == {headline}
    assert len(merge(proposals)) == 2


def test_no_name_of_its_countries_is_a_word_of_a_headline() -> None:
    text = "ABD, İngiltere ve Azerbaycan çelik kotasını kaldırdı."
    digest = retold("a", text, date=None, place=None, people=[], countries=["US", "GB", "AZ"])

    assert mention_of(digest.article, "tr", digest.events[0]).words == {"celik", "kotas", "kaldi"}


def test_the_comparisons_grow_with_the_number_of_tellings() -> None:
    """However many reports share a day, a country and a person, each is compared with its neighbours only."""

    def compared(number: int) -> int:
        digest = digest_of(MEETING)
        mention = mention_of(digest.article, "tr", digest.events[0])
        return len(candidates([mention] * number))

    assert 1.8 <= compared(2000) / compared(1000) <= 2.2
    assert compared(2000) < 2000 * 50


def test_many_amounts_of_one_measure_are_compared_once() -> None:
    digest = retold("a", "Ayşe Demir, 12 Mart 2026'da Bakü'de Elçin Rzayev ile 200 milyon dolarlık yatırımı görüştü.",
                    countries=[], figures={"200 milyon dolarlık": "yatırım"})  # fmt: skip
    (event,) = digest.events
    (figure,) = event.figures

    def copy(number: int) -> Digest:
        other = figure.model_copy(update={"value": figure.value + number * 40_000_000})
        return digest.model_copy(
            update={
                "article": digest.article.model_copy(update={"id": f"copy-{number:04}"}),
                "events": (event.model_copy(update={"figures": (other,)}),),
            }
        )

    (joined,) = merge(map(copy, range(800)))
    (contradiction,) = joined.contradictions
    assert len(contradiction.values) == 800


def test_the_garbage_collector_is_left_as_it_was(tuning: list[Digest]) -> None:
    merge(tuning)
    assert gc.isenabled()

    gc.disable()
    try:
        merge(tuning)
        assert not gc.isenabled()
    finally:
        gc.enable()


# --- near misses


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Ayşe Demir, 19 Mart 2026'da Bakü'de Azerbaycan Ekonomi Bakanı Elçin Rzayev ile görüştü.",
         {"date": "19 Mart 2026", "published": "2026-03-19"}),
        ("Ayşe Demir, 12 Mart 2026'da Bakü'de Azerbaycan Dışişleri Bakanı Kamran Quliyev ile görüştü.",
         {"people": ["Ayşe Demir|visitor", "Kamran Quliyev|host"]}),
        ("Hasan Demir, 12 Mart 2026'da Bakü'de Azerbaycan Ekonomi Bakanı Ramil Rzayev ile görüştü.",
         {"people": ["Hasan Demir|visitor", "Ramil Rzayev|host"]}),
        ("Ayşe Demir, 12 Mart 2026'da Bakü'de Azerbaycan Ekonomi Bakanı Elçin Rzayev ile protokol imzaladı.",
         {"type": "agreement_signed"}),
        ("Ayşe Demir, nisan ayında Bakü'de Azerbaycan Ekonomi Bakanı Elçin Rzayev ile görüşecek.",
         {"date": "nisan ayında", "status": "planned"}),
    ],
    ids=["another day", "another counterpart", "namesakes", "another kind of event", "another month"],
)  # fmt: skip
def test_near_misses_stay_apart(text: str, changed: dict[str, Any]) -> None:
    assert len(merge([digest_of(MEETING), retold("b", text, **changed)])) == 2


@pytest.mark.parametrize("months", [("mayıs", "mayıs"), ("mayıs", "haziran")])
def test_visits_are_one_where_their_months_are_one(months: tuple[str, str]) -> None:
    visits = [
        retold(
            month + str(number),
            f"Ayşe Demir, {month} ayında Azerbaycan'ın başkenti Bakü'ye gidecek.",
            type="official_visit",
            status="planned",
            date=f"{month} ayında",
            people=["Ayşe Demir|visitor"],
        )
        for number, month in enumerate(months)
    ]

    assert len(merge(visits)) == len(set(months))


def test_a_report_that_says_little_does_not_join_two_events() -> None:
    with_rzayev = digest_of(MEETING)
    with_quliyev = retold(
        "b",
        "Ayşe Demir, 12 Mart 2026'da Bakü'de Azerbaycan Dışişleri Bakanı Kamran Quliyev ile görüştü.",
        people=["Ayşe Demir|visitor", "Kamran Quliyev|host"],
    )
    vague = retold(
        "c", "Ayşe Demir, 12 Mart 2026'da Azerbaycan'ın Bakü kentinde görüştü.", people=["Ayşe Demir|visitor"]
    )

    merged = merge([with_rzayev, with_quliyev, vague])
    assert len(merged) == 2
    assert not any({"a", "b"} <= told_by(event) for event in merged)


# --- what reports say together


def test_names_are_one_across_languages_and_the_turkish_article_speaks() -> None:
    english = retold(
        "en",
        "Azerbaijani Economy Minister Elchin Rzayev received Ayse Demir in Baku.",
        language="en",
        date="P",
        place="Baku",
        countries=[],
        people=["Elchin Rzayev|host", "Ayse Demir|visitor"],
    )

    (event,) = merge([english, digest_of(MEETING)])
    assert event.headline == MEETING["text"][0]
    assert [(part.name, part.reports) for part in event.participants] == [
        ("Ayşe Demir", (0, 1)),
        ("Elçin Rzayev", (0, 1)),
    ]
    assert event.place is not None
    assert event.place.text == "Bakü"
    assert event.countries == ("AZ",)


def test_the_more_precise_date_is_taken_and_the_latest_status() -> None:
    announced = retold(
        "plan",
        "Ayşe Demir, mart ayında Bakü'de Azerbaycan Ekonomi Bakanı Elçin Rzayev ile görüşecek.",
        published="2026-03-01",
        status="planned",
        date="mart ayında",
    )

    (event,) = merge([digest_of(MEETING), announced])
    assert [report.article.id for report in event.reports] == ["plan", "a"]
    assert (event.status, event.date and event.date.text) == ("occurred", "12 Mart 2026")
    assert event.contradictions == ()


def test_what_cannot_all_be_right_is_shown() -> None:
    def signed(id: str, day: int, amount: str, town: str) -> dict[str, Any]:
        return {
            "id": id,
            "language": "tr",
            "published": "2026-04-09",
            "text": [f"Ayşe Demir ile Elçin Rzayev, {day} Nisan 2026'da {town}'de {amount} yatırım öngören Enerji "
                     f"Protokolü'nü imzaladı."],
            "events": [{"type": "agreement_signed", "date": f"{day} Nisan 2026", "place": town,
                        "people": ["Ayşe Demir|signatory", "Elçin Rzayev|signatory"], "figures": {amount: "yatırım"},
                        "instruments": ["protocol|Enerji Protokolü"]}],
        }  # fmt: skip

    told = [
        signed("a", 7, "200 milyon dolarlık", "Bakü"),
        signed("b", 8, "250 milyon dolarlık", "Bakü"),
        signed("c", 7, "200 milyon dolarlık", "Bakü"),
    ]

    (event,) = merge(map(digest_of, told))
    shown = {item.field: {version.value: version.reports for version in item.values} for item in event.contradictions}
    assert shown == {
        "date": {"2026-04-07": (0, 2), "2026-04-08": (1,)},
        "figures": {"200000000 USD": (0, 2), "250000000 USD": (1,)},
    }
    assert event.date is not None
    assert event.date.text == "7 Nisan 2026"
    assert [figure.reports for figure in event.figures] == [(0, 2), (1,)]


def test_towns_and_statuses_contradict_too() -> None:
    elsewhere = retold(
        "b",
        "Ayşe Demir ile Azerbaycan Ekonomi Bakanı Elçin Rzayev, 12 Mart 2026'da Ankara'da görüşecek.",
        published="2026-03-13",
        place="Ankara",
        status="planned",
    )

    (event,) = merge([digest_of(MEETING), elsewhere])
    shown = {item.field: [version.value for version in item.values] for item in event.contradictions}
    assert shown == {"place": ["Bakü", "Ankara"], "status": ["occurred", "planned"]}


@pytest.mark.parametrize(
    ("amount", "contradicts"), [("22,43 milyar", False), ("22 milyar", False), ("23 milyar", True)]
)
def test_a_rounded_figure_is_no_contradiction(amount: str, contradicts: bool) -> None:
    def exports(id: str, amount: str) -> dict[str, Any]:
        return {
            "id": id,
            "language": "tr",
            "published": "2025-10-02",
            "text": [f"Türkiye'nin ihracatı Eylül 2025'te {amount} dolar oldu."],
            "events": [{"type": "economic_statistic", "date": "Eylül 2025", "countries": ["TR"],
                        "figures": {f"{amount} dolar": "ihracat"}}],
        }  # fmt: skip

    (event,) = merge(map(digest_of, [exports("a", "22,4 milyar"), exports("b", amount)]))
    assert bool(event.contradictions) is contradicts


def test_a_weekday_taken_for_the_next_one_is_no_contradiction() -> None:
    """ "On Thursday", of what has happened, is not in a week."""
    late = retold(
        "b",
        "Ayşe Demir perşembe günü Bakü'de Azerbaycan Ekonomi Bakanı Elçin Rzayev ile görüştü.",
        date="perşembe günü",
    )
    event = late.events[0]
    assert event.date is not None
    wrong = event.date.model_copy(update={"first": date(2026, 3, 19), "last": date(2026, 3, 19)})
    late = late.model_copy(update={"events": (event.model_copy(update={"date": wrong}),)})

    (joined,) = merge([digest_of(MEETING), late])
    assert joined.contradictions == ()
    assert joined.date is not None
    assert joined.date.text == "12 Mart 2026"


def test_joining_is_stable_when_the_set_grows(tuning: list[Digest]) -> None:
    """Adding articles of other events changes no merged event."""
    gold = {
        (report["id"], i): event["gold"] for report in reports("tuning") for i, event in enumerate(report["events"])
    }
    first = [digest for digest in tuning if digest.article.id.startswith(("kek", "was"))]

    def groups(digests: Sequence[Digest]) -> set[frozenset[Mention]]:
        merged = merge(digests)
        found = [frozenset((report.article.id, report.index) for report in event.reports) for event in merged]
        return {group for group in found if gold[min(group)].startswith(("kek", "was", "ank", "bru"))}

    assert groups(first) == groups(tuning)
