from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.digests.digest import Digest, EventFigure, FactFigure, Facts
from ozetle.views.bulletin import Bulletin, bulletin_of
from ozetle.views.bulletin_pages import bulletin_html, bulletin_markdown
from ozetle.views.terminal import clean
from tests.views.commonmark import kinds, links, shown
from tests.views.digests import digest, digests, event, figure, when

HOSTILE = "<script>alert(1)</script> **x** [a](javascript:alert(1)) | `b` &amp;\n# c"


def titles(made: Bulletin) -> list[str]:
    return [section.title for section in made.sections]


def grouped(made: Bulletin) -> dict[str, list[str]]:
    return {group.title: [line.text for line in group.lines] for section in made.sections for group in section.groups}


def test_sections_are_countries_with_turkiye_first() -> None:
    several = [
        digest(event("a", countries=tuple(pair.split())), id=str(number))
        for number, pair in enumerate(
            ["KZ KG", "UZ", "", "AZ GE TR", "TR", "UZ TR", "TR CZ", "AZ", "CL TR", "TR SD"]
        )
    ]  # fmt: skip
    assert titles(bulletin_of(several)) == [
        "Türkiye – Çekya",
        "Türkiye – Özbekistan",
        "Türkiye – Sudan",
        "Türkiye – Şili",
        "Türkiye",
        "Çok taraflı",
        "Kazakistan – Kırgızistan",
        "Azerbaycan",
        "Özbekistan",
        "Ülkesi belirtilmeyenler",
    ]


def test_an_event_without_its_pair_joins_the_only_one_of_its_article() -> None:
    one = digest(event("a", countries=("TR", "KZ")), event("b", countries=("KZ",)), event("c"))
    other = digest(event("d", countries=("AZ",)), event("e"), id="2")
    two = digest(
        event("f", countries=("TR", "KZ")), event("g", countries=("TR", "AZ")), event("h", countries=("TR",)), id="3"
    )
    made = bulletin_of([one, other, two])

    lines = {section.title: [line.text for line in section.groups[0].lines] for section in made.sections}
    assert lines == {
        "Türkiye – Azerbaycan": ["g"],
        "Türkiye – Kazakistan": ["f", "a", "b", "c"],
        "Türkiye": ["h"],
        "Azerbaycan": ["d", "e"],
    }


def test_groups_are_what_happened_was_signed_counts_was_said_and_is_coming() -> None:
    made = bulletin_of(
        [
            digest(
                event("beklenen sonra", status="planned", date=when(date(2026, 6, 1), date(2026, 6, 30), "month")),
                event("beklenen tarihsiz", status="planned", type="agreement_signed"),
                event("beklenen önce", status="planned", date=when(date(2026, 5, 4))),
                event("hedef", status="targeted", type="target_set"),
                event("öngörü", status="expected", type="economic_statistic"),
                event("ertelenen", status="postponed"),
                event("iptal", status="cancelled", type="agreement_signed"),
                event("olmayan", status="denied"),
                event("veri", type="economic_statistic"),
                event("imza", type="agreement_signed"),
                event("olay"),
            )
        ]
    )
    assert list(grouped(made).items()) == [
        ("Neler oldu", ["olay"]),
        ("İmzalananlar", ["imza"]),
        ("Rakamlar", ["veri"]),
        ("Açıklamalar, hedefler ve öngörüler", ["hedef", "öngörü"]),
        ("Ertelenen, iptal edilen ve gerçekleşmeyenler", ["ertelenen", "iptal", "olmayan"]),
        ("Beklenenler", ["beklenen önce", "beklenen sonra", "beklenen tarihsiz"]),
    ]
    coming = made.sections[0].groups[-1].lines
    assert [line.lead for line in coming] == ["4 Mayıs 2026", "Haziran 2026", "tarihi belli değil"]


def test_figures_are_in_turkish_and_said_once() -> None:
    trade = figure("1,5 milyar dolara", "1500000000", measure="ticaret hacmi")
    firms = figure("300 firms", "300", unit="count", currency=None)
    turkish = event("Hacim 2 milyar dolara çıktı.", figures=(trade, trade, figure("2 milyar dolara", "2000000000")))
    lines = [
        bulletin_of([digest(turkish)]).sections[0].groups[0].lines[0],
        bulletin_of([digest(event(figures=(trade, firms)), language="en")]).sections[0].groups[0].lines[0],
        bulletin_of([digest(event(figures=(firms,)))]).sections[0].groups[0].lines[0],
    ]
    assert [line.beside for line in lines] == [
        ("ticaret hacmi: 1,5 milyar dolar",),
        ("ticaret hacmi: 1,5 milyar dolar",),
        (),
    ]


def beside(one: EventFigure, counted: str | None, language: str) -> tuple[str, ...]:
    known = {"text": one.text, "value": one.value, "unit": "count", "currency": None, "start": 0, "end": one.end}
    facts = Facts(figures=(FactFigure(**known, counted=counted),), dates=(), countries=())
    told = digest(event("Toplantı yapıldı.", figures=(one,)), language=language).model_copy(update={"facts": facts})
    return bulletin_of([told]).sections[0].groups[0].lines[0].beside


@pytest.mark.parametrize(
    ("text", "counted", "language", "measure", "words"),
    [
        ("3 bini aşkın Türk sermayeli şirket", "şirket", "tr", None, ("3 bini aşkın Türk sermayeli şirket",)),
        ("3 bin ilimizde", "il", "tr", None, ("3.000 il",)),
        ("3,000 companies", "companies", "en", None, ("3.000 şirket",)),
        ("3,000 lanterns", "lanterns", "en", None, ()),
        ("3 bin", None, "tr", None, ()),
        ("3,000 lanterns", "lanterns", "en", "fener sayısı", ("fener sayısı: 3.000",)),
    ],
)
def test_a_count_says_what_it_counts_or_is_left_out(
    text: str, counted: str | None, language: str, measure: str | None, words: tuple[str, ...]
) -> None:
    assert beside(figure(text, "3000", unit="count", currency=None, measure=measure), counted, language) == words


def test_a_figure_that_the_headline_has_in_other_words_is_not_repeated() -> None:
    amounts = (figure("$8.95 billion", "8950000000"), figure("4.5 percent", "4.5", unit="percent", currency=None))
    told = event("Türkiye–Kazakistan: ekonomik veri (8,95 milyar dolar).", figures=amounts)
    assert bulletin_of([digest(told, language="en")]).sections[0].groups[0].lines[0].beside == ("yüzde 4,5",)


@pytest.mark.parametrize(
    ("headline", "countries", "lead", "text"),
    [
        (
            "Türkiye–ABD: resmî ziyaret (Ömer Örnek), Mayıs 2026.",
            ("US", "TR"),
            "Mayıs 2026",
            "Resmî ziyaret (Ömer Örnek).",
        ),
        ("Türkiye: ikili görüşme.", ("TR",), "Mayıs 2026", "İkili görüşme."),
        ("Forum mayısta yapılacak.", ("TR",), "Mayıs 2026", "Forum mayısta yapılacak."),
        (
            "Türkiye, Irak, Mısır: tanıtım etkinliği, Mayıs 2026.",
            ("TR", "IQ", "EG"),
            "Mayıs 2026",
            "Türkiye, Irak, Mısır: tanıtım etkinliği.",
        ),
        ("Üç ülke forum yapacak.", ("TR", "IQ", "EG"), "Mayıs 2026; Türkiye, Irak, Mısır", "Üç ülke forum yapacak."),
    ],
)
def test_a_line_does_not_repeat_its_section_and_lead(
    headline: str, countries: tuple[str, ...], lead: str, text: str
) -> None:
    day = when(date(2026, 5, 1), date(2026, 5, 31), "month")
    quoted = event("Source.").evidence
    told = event(headline, countries=countries, date=day, status="planned", evidence=quoted)
    (line,) = bulletin_of([digest(told, language="en")]).sections[0].groups[0].lines
    assert (line.lead, line.text) == (lead, text)


def test_the_article_s_own_sentence_stays_whole() -> None:
    told = event("Türkiye: forum düzenlenecek, Mayıs 2026.", countries=("TR",), status="planned")
    (line,) = bulletin_of([digest(told)]).sections[0].groups[0].lines
    assert line.text == "Türkiye: forum düzenlenecek, Mayıs 2026."


@pytest.mark.parametrize(
    ("first", "last", "articles", "title"),
    [
        (None, None, 4, "Bülten: 9–15 Şubat 2026"),
        (date(2026, 2, 10), None, 2, "Bülten: 10–15 Şubat 2026"),
        (None, date(2026, 2, 10), 2, "Bülten: 9–10 Şubat 2026"),
        (date(2026, 2, 10), date(2026, 2, 10), 1, "Bülten: 10 Şubat 2026"),
        (date(2026, 3, 1), date(2026, 3, 31), 0, "Bülten: Mart 2026"),
    ],
)
def test_articles_are_taken_by_their_day(first: date | None, last: date | None, articles: int, title: str) -> None:
    days = [date(2026, 2, 9), date(2026, 2, 10), date(2026, 2, 15), None]
    made = bulletin_of([digest(event(), id=str(day), published=day) for day in days], first, last)
    assert (made.articles, made.left_out, made.title) == (articles, 4 - articles, title)


def test_a_page_of_markdown() -> None:
    told = event("Protokol imzalandı.", type="agreement_signed", countries=("TR", "KZ"))
    coming = event("Forum yapılacak.", status="planned", date=when(date(2026, 5, 4)), countries=("TR", "KZ", "KG"))
    assert bulletin_markdown(bulletin_of([digest(told, coming)])) == (
        "# Bülten: 13 Şubat 2026\n\n1 haber, 2 olay.\n\n## Türkiye – Kazakistan\n\n### İmzalananlar\n\n"
        "- **Protokol imzalandı.** — [Haberin başlığı](<https://haber.example/1>), 13 Şubat 2026\n\n"
        "## Çok taraflı\n\n### Beklenenler\n\n"
        "- 4 Mayıs 2026; Türkiye, Kazakistan, Kırgızistan: **Forum yapılacak.** — "
        "[Haberin başlığı](<https://haber.example/1>), 13 Şubat 2026\n"
    )


def test_an_empty_bulletin_says_so() -> None:
    assert bulletin_markdown(bulletin_of([])) == "# Bülten\n\nBu günlerde yayımlanmış haber yok.\n"
    assert "1 haber. Haberlerde olay bulunamadı." in bulletin_markdown(bulletin_of([digest()]))


class _Page(HTMLParser):
    """The elements, the addresses and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.lists(digests, max_size=3))
def test_pages_hold_nothing_but_their_own_structure_whatever_a_digest_says(hostile: list[Digest]) -> None:
    made = bulletin_of(hostile)
    markdown, page = bulletin_markdown(made), bulletin_html(made)
    html = _Page(page)

    assert not kinds(markdown) & {"html_block", "html_inline", "image", "code_inline", "fence", "code_block", "hr"}
    assert html.elements <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "section", "ul", "li",
        "strong", "span", "a",
    }  # fmt: skip
    assert not any(name.startswith("on") for name in html.attributes)
    assert html.addresses == links(markdown)
    assert all(address.startswith(("http://", "https://")) for address in html.addresses)
    for told in (told for one in hostile for told in one.events):
        assert clean(told.headline) in shown(markdown)
        assert clean(told.headline) in html.text


def test_a_hostile_article_stays_text() -> None:
    made = bulletin_of([digest(event(HOSTILE), title=HOSTILE, url='https://x.example/"><script>')])
    page = bulletin_html(made)

    assert "<script" not in page
    assert 'href="https://x.example/%22%3E%3Cscript%3E"' in page
    assert "default-src 'none'" in page
    assert shown(bulletin_markdown(made)).count(clean(HOSTILE)) == 2


def test_a_source_without_a_title_is_called_by_its_first_headline() -> None:
    first, second = event("Bakanlar görüştü."), event("Anlaşma imzalandı.", type="agreement_signed")
    made = bulletin_of([digest(first, second, title=None, url=None, id="a.txt", published=None)])
    assert "**Bakanlar görüştü.** — a.txt\n" in bulletin_markdown(made).replace("\\", "")
    assert "**Anlaşma imzalandı.** — Bakanlar görüştü, a.txt\n" in bulletin_markdown(made).replace("\\", "")
    assert "— Bakanlar görüştü, a.txt</span>" in bulletin_html(made)
