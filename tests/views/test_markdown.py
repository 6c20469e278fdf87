from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given

from ozetle.digests.digest import ArticleTranslation, Digest, EventDate, Instrument, Participant, Rejection
from ozetle.reasons import FlagCode, Refusal, RejectionCode
from ozetle.translating.flag import flag
from ozetle.translating.translation import TranslatedSentence, Translation
from ozetle.turkish.collation import turkish_key
from ozetle.views import phrases
from ozetle.views.markdown import escape, link, to_markdown
from ozetle.views.terminal import clean
from tests.views.commonmark import kinds, links, shown, tokens
from tests.views.digests import NASTY, PROVENANCE, digest, digests, event, figure, texts, when

SHOWN = {"text", "softbreak", "paragraph_open", "paragraph_close", "inline"}
STRUCTURE = SHOWN | {
    f"{kind}_{side}"
    for kind in (
        "heading", "bullet_list", "list_item", "strong", "em", "link", "blockquote", "table", "thead", "tbody", "tr",
        "th", "td",
    )
    for side in ("open", "close")
}  # fmt: skip
SENTENCES = Translation(
    sentences=(
        TranslatedSentence(
            number=1,
            source="Një | dy.",
            text="Bir | iki.",
            flags=(flag(FlagCode.DATE_ADDED, translation="3 | 4"), flag(FlagCode.MISSING)),
        ),
        TranslatedSentence(number=2, source="Tre.", text="", flags=(flag(FlagCode.MISSING),)),
    )
)


@given(texts)
@example("1) x")
@example("a\\|b")
def test_an_escaped_text_is_shown_as_it_is(text: str) -> None:
    expected = clean(text)
    if not expected:
        return
    assert shown(escape(text)) == expected
    assert kinds(escape(text)) <= SHOWN
    assert shown(f"- {escape(text)}") == expected
    assert shown(f"**{escape(text)}**") == expected
    table = f"| a |\n|--|\n| {escape(text)} |"
    assert shown(table) == f"a\n{expected}"


@pytest.mark.parametrize("text", ["http://x.example", "www.x.example", "WWW.x.example", "a@b.example"])
def test_a_bare_address_is_no_link(text: str) -> None:
    # GitHub makes links of these three where nothing is escaped in them
    assert "http://" not in escape(text)
    assert "www." not in escape(text).lower()
    assert "@" not in escape(text).replace("\\@", "")


def test_links_lead_to_web_addresses_only() -> None:
    assert link("a]b", "https://x.example/ü(1)?a=1&copy;=<2>") == (
        r"[a\]b](<https://x.example/%C3%BC%281%29?a=1&amp;copy;=%3C2%3E>)"
    )
    assert links(link("a]b", "https://x.example/?a=1&copy;=2")) == ["https://x.example/?a=1&copy;=2"]
    for address in ("javascript:alert(1)", "data:text/html,x", "//x.example", "http://", "http://[", "x", "", None):
        assert link("a", address) == "a"


@given(digests)
def test_a_page_has_no_structure_but_its_own_whatever_a_digest_says(hostile: Digest) -> None:
    page = to_markdown(hostile)

    assert kinds(page) <= STRUCTURE
    assert all(address.startswith(("http://", "https://")) for address in links(page))
    assert len(links(page)) <= 1
    headings = [token.tag for token in tokens(page) if token.type == "heading_open"]
    assert headings.count("h1") == 1
    assert headings.count("h3") == len(hostile.events)
    for told in hostile.events:
        assert clean(told.headline) in shown(page)


def test_a_digest_as_a_page() -> None:
    told = event(
        "Türkiye ile Kazakistan protokol imzaladı.",
        type="agreement_signed",
        date=when(date(2026, 5, 1), date(2026, 5, 31), "month"),
        countries=("TR", "KZ"),
        participants=(
            Participant(
                kind="person", name="Ayşe Örnek", title="Bakan", organisation=None, country="TR", role="signatory",
                start=0, end=10,
            ),
        ),
        figures=(figure("1,5 milyar dolar", "1500000000", measure="ticaret hacmi"),),
        instruments=(Instrument(kind="protocol", name="Eylem Protokolü", start=5, end=20),),
    )  # fmt: skip
    whole = digest(told).model_copy(
        update={
            "translation": SENTENCES,
            "rejected": (Rejection.of("events[0]", "Ali", Refusal(RejectionCode.NO_EVIDENCE)),),
        }
    )
    lines = to_markdown(whole).split("\n")

    assert lines[0] == "# Haberin başlığı"
    assert "13 Şubat 2026 · Türkçe · [https\\://haber.example/1](<https://haber.example/1>)" in lines
    assert "### 1\\. imzalanan belge · gerçekleşti" in lines
    assert "**Türkiye ile Kazakistan protokol imzaladı.**" in lines
    for line in (
        "- tarih: Mayıs 2026",
        "- ülkeler: Türkiye, Kazakistan",
        "- kişiler: Ayşe Örnek, Bakan, Türkiye — imzacı",
        "- rakamlar: 1,5 milyar dolar (= 1.500.000.000 USD) — ticaret hacmi",
        "- belgeler: protokol: Eylem Protokolü",
        "> “Türkiye ile Kazakistan protokol imzaladı.” \\[1\\]",
        "| 1 | Një \\| dy. | Bir \\| iki. ⚠ *çevirideki “3 \\| 4” tarihi kaynakta yok; çeviri yok* |",
        "| 2 | Tre. | (çeviri yok) ⚠ *çeviri yok* |",
        "- Ali: haberden dayanağı gösterilmemiş",
        "*local/deneme (whole)*",
    ):
        assert line in lines


def test_a_translation_as_a_page() -> None:
    base = digest(language="sq")
    page = to_markdown(
        ArticleTranslation(
            sentences=SENTENCES.sentences, article=base.article, source_language=base.language, provenance=PROVENANCE
        )
    )
    assert "· Arnavutça ·" in page
    assert "## Olaylar" not in page
    assert shown(page).count("Një | dy.") == 1


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 2, 13), date(2026, 2, 13), "13 Şubat 2026"),
        (date(2025, 6, 10), date(2025, 6, 11), "10–11 Haziran 2025"),
        (date(2025, 6, 28), date(2025, 7, 2), "28 Haziran – 2 Temmuz 2025"),
        (date(2025, 12, 28), date(2026, 1, 2), "28 Aralık 2025 – 2 Ocak 2026"),
        (date(2025, 5, 1), date(2025, 5, 31), "Mayıs 2025"),
        (date(2024, 2, 1), date(2024, 2, 28), "1–28 Şubat 2024"),
        (date(2025, 4, 1), date(2025, 6, 30), "Nisan–Haziran 2025"),
        (date(2025, 11, 1), date(2026, 1, 31), "Kasım 2025 – Ocak 2026"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
    ],
)
def test_periods_in_words(first: date, last: date, words: str) -> None:
    assert phrases.period(first, last) == words


def test_dates_say_what_they_rest_on() -> None:
    resolved = EventDate(text="dün", first=date(2026, 2, 1), last=date(2026, 2, 1), precision="day", basis="resolved")
    unknown = EventDate(text="yakında", first=None, last=None, precision="unknown", basis="unresolved")
    assert phrases.date_details(resolved) == "1 Şubat 2026 (“dün”)"
    assert phrases.date_details(when(date(2026, 2, 1), basis="publication")) == "1 Şubat 2026 (yayın günü)"
    assert phrases.date_details(unknown) == "“yakında” (çözülemedi)"


def test_figures_in_words() -> None:
    assert phrases.value(figure("x", "1250.75", upper=Decimal(2000))) == "1.250,75–2.000 USD"
    assert phrases.value(figure("x", "3.9", unit="percent", currency=None)) == "%3,9"
    assert phrases.value(figure("x", "1e40")) == ""


def test_texts_are_sorted_by_the_turkish_alphabet() -> None:
    in_order = ["10", "2 ay", "alan", "âlem", "Cibuti", "Çad", "Dağ", "Irak", "İran", "Oman", "Özbekistan", "Suudi",
                "Şili", "Umman", "Ürdün", "wat", "Yemen", "Ελλάδα"]  # fmt: skip
    assert sorted(frozenset(in_order), key=turkish_key) == in_order
    assert sorted(frozenset(NASTY), key=turkish_key) == sorted(NASTY, key=turkish_key)


def test_reasons_are_turkish() -> None:
    whys = (
        Refusal(RejectionCode.CUT_OFF),
        Refusal(RejectionCode.VALIDATOR, {"event": "CropEvent", "message": "too much"}),
    )
    rejected = tuple(Rejection.of("summary", "Ali", why) for why in whys)
    lines = to_markdown(digest(event()).model_copy(update={"rejected": rejected})).split("\n")
    assert "- Ali: yarıda kesilmiş" in lines
    assert "- Ali: CropEvent sınıfı kabul etmedi: too much" in lines
