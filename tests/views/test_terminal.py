from __future__ import annotations

import io
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ozetle.articles import Article, Language
from ozetle.digests.digest import (
    ArticleInfo,
    Digest,
    Event,
    EventDate,
    EventFigure,
    Evidence,
    Facts,
    Instrument,
    Participant,
    Place,
    Provenance,
    Rejection,
)
from ozetle.extracting.prompts import PromptInfo
from ozetle.reading import read
from ozetle.reasons import Refusal, RejectionCode
from ozetle.usage import Usage
from ozetle.views.terminal import clean, render, render_facts, render_languages

TURKISH = Language(code="tr", confidence=0.99, method="langdetect")
HOSTILE = "[red]kızıl[/red] \x1b[31mESC\x1b]0;başlık\x07 {{7*7}} \u202eters\u202c \x9b2J [link=http://x]b[/link]"
EVENT = Event(
    type="agreement_signed",
    status="occurred",
    headline="Türkiye ile Kırgızistan protokol imzaladı.",
    date=EventDate(text="13 Şubat", first=date(2026, 2, 13), last=date(2026, 2, 13), precision="day", basis="resolved"),
    place=Place(text="Bişkek", country="KG"),
    countries=("TR", "XN"),
    participants=(
        Participant(
            kind="person",
            name="Ayşe Örnek",
            title="Ticaret Bakanı",
            organisation=None,
            country="TR",
            role="signatory",
            start=0,
            end=10,
        ),
    ),
    figures=(
        EventFigure(
            text="1 milyar 250,5 milyon dolar",
            value=Decimal("1250500000"),
            unit="currency",
            currency="USD",
            measure="ticaret hacmi",
            start=0,
            end=27,
        ),
        EventFigure(text="%3,9", value=Decimal("3.9"), unit="percent", currency=None, measure=None, start=0, end=4),
    ),
    instruments=(Instrument(kind="protocol", name="Eylem Protokolü", start=0, end=15),),
    evidence=(Evidence(sentence=4, start=0, end=9, quote="İmza atıldı."),),
)


def digest(*events: Event, **changed: Any) -> Digest:
    provenance = Provenance(
        model="local/deneme",
        strategy="whole",
        prompt=PromptInfo(id="whole", version="1", sha256="0" * 64),
        schema_sha256="0" * 64,
        cache=changed.pop("cache", "hit"),
        requests=3,
        repairs=0,
        truncated=changed.pop("truncated", False),
        usage=Usage(),
        wall_s=12.345,
        ozetle="0",
    )
    whole = Digest(
        article=ArticleInfo(id="haber.txt", source="haber.txt", title="Başlık", published=date(2026, 2, 13), url=None),
        language=TURKISH,
        summary="Kısa özet.",
        translation=None,
        events=events,
        facts=Facts(figures=(), dates=(), countries=()),
        rejected=(),
        provenance=provenance,
    )
    return whole.model_copy(update=changed)


def shown(whole: Digest, width: int = 100, *, colour: bool = False) -> str:
    stream = io.StringIO()
    render(whole, Console(file=stream, width=width, force_terminal=colour, color_system="standard" if colour else None))
    return re.sub(" +\n", "\n", stream.getvalue())


def test_shows_what_an_event_is_made_of() -> None:
    text = shown(digest(EVENT))

    assert "Başlık\n13 Şubat 2026 · Türkçe · haber.txt\n\nÖzet\n  Kısa özet.\n\nOlaylar (1)\n\n1. " in text
    assert "1. imzalanan belge · gerçekleşti" in text
    assert "Türkiye ile Kırgızistan protokol imzaladı." in text
    lines = [re.sub(r"\s{2,}", " | ", line.strip()) for line in text.splitlines()]
    assert "tarih | 13 Şubat 2026 (“13 Şubat”)" in lines
    assert "yer | Bişkek (Kırgızistan)" in lines
    assert "ülkeler | Türkiye, Kuzey Kıbrıs" in lines
    assert "kişiler | Ayşe Örnek, Ticaret Bakanı, Türkiye — imzacı" in lines
    assert "rakamlar | 1 milyar 250,5 milyon dolar (= 1.250.500.000 USD) — ticaret hacmi" in lines
    assert "%3,9" in lines
    assert "belgeler | protokol: Eylem Protokolü" in lines
    assert "[4] | “İmza atıldı.”" in lines
    assert lines[-2] == "local/deneme (whole) · önbellekten · 12,3 sn"


def test_absent_parts_leave_no_label() -> None:
    bare = EVENT.model_copy(
        update={"date": None, "place": None, "countries": (), "participants": (), "figures": (), "instruments": ()}
    )

    text = shown(digest(bare))

    assert not re.search("tarih|yer|ülkeler|kişiler|taraflar|rakamlar|belgeler|None", text)


def test_dates_say_how_sure_they_are() -> None:
    def dated(**changed: Any) -> str:
        day = EVENT.date.model_copy(update=changed) if EVENT.date else None
        return shown(digest(EVENT.model_copy(update={"date": day})))

    assert "13 Şubat 2026 (yayın günü)" in dated(basis="publication", text=None)
    assert "tarih     13 Şubat 2026\n" in dated(basis="explicit")
    assert "“13 Şubat” (çözülemedi)" in dated(basis="unresolved", first=None, last=None, precision="unknown")


def test_counts_what_was_rejected_and_says_what_was_cut() -> None:
    rejected = (Rejection.of("events[0].place", "Ay", Refusal(RejectionCode.WORDS_NOT_IN_ARTICLE)),) * 2

    assert "2 iddia" in shown(digest(EVENT, rejected=rejected))
    assert "iddia" not in shown(digest(EVENT))
    assert "kesildi" in shown(digest(EVENT, truncated=True))
    assert "kesildi" not in shown(digest(EVENT))


def test_a_digest_without_events_and_without_a_title() -> None:
    nameless = ArticleInfo(id="0123abcd", source=None, title=None, published=None, url=None)

    text = shown(digest(article=nameless, cache="miss", language=TURKISH.model_copy(update={"code": "und"})))

    assert text.startswith("0123abcd\ntarihsiz · belirsiz dil\n")
    assert "Olay bulunamadı." in text
    assert "3 istek" in text


def test_hostile_text_is_neither_markup_nor_control() -> None:
    piece = EVENT.evidence[0].model_copy(update={"quote": HOSTILE})
    who = EVENT.participants[0].model_copy(update={"name": HOSTILE, "title": HOSTILE, "role": HOSTILE})
    event = EVENT.model_copy(
        update={"evidence": (piece,), "participants": (who,), "headline": HOSTILE, "type": HOSTILE, "status": HOSTILE}
    )
    article = ArticleInfo(id=HOSTILE, source=HOSTILE, title=HOSTILE, published=None, url=None)

    plain = shown(digest(event, article=article, summary=HOSTILE), width=2000)
    coloured = shown(digest(event, article=article, summary=HOSTILE), width=2000, colour=True)

    assert plain.count("[red]kızıl[/red]") == plain.count("{{7*7}}") == plain.count("[link=http://x]b[/link]") == 10
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", plain)
    assert "\x1b[31m" not in coloured  # no style of the view itself is plain red
    assert not re.search("\x1b[^\\[]|[\x07\x9b\u202e]", coloured)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured).split() == plain.split()


def test_a_narrow_terminal_cuts_no_words_off() -> None:
    text = re.sub(r"\s+", "", shown(digest(EVENT), width=40))

    assert "1.250.500.000USD" in text
    assert "“İmzaatıldı.”" in text


@given(st.text())
def test_clean_leaves_one_line_without_controls(text: str) -> None:
    cleaned = clean(text)

    assert not [char for char in cleaned if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert [char for char in text if char.isprintable() and not char.isspace()] == [
        char for char in cleaned if char != "\ufffd" and char.isprintable() and not char.isspace()
    ] or "\ufffd" in text


def test_facts_stand_in_the_order_of_the_text() -> None:
    article = Article.from_text("Kırgızistan'ın ihracatı 13 Şubat 2026'da 1,5 milyar dolara çıktı. [red]\x1b[31m\n")
    stream = io.StringIO()

    render_facts(
        ArticleInfo(id="a", source=None, title=None, published=None, url=None),
        read(article),
        Console(file=stream, width=100),
    )

    text = stream.getvalue()
    rows = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines()]
    assert ["ülke", "Kırgızistan", "Kırgızistan", "0"] in rows
    assert ["tarih", "13 Şubat 2026", "13 Şubat 2026", "24"] in rows
    assert ["rakam", "1,5 milyar dolara", "1.500.000.000 USD", "41"] in rows or [
        "rakam", "1,5 milyar dolar", "1.500.000.000 USD", "41"] in rows  # fmt: skip
    assert [row[0] for row in rows if row[0] in ("ülke", "tarih", "rakam")] == ["ülke", "tarih", "rakam"]
    assert "\x1b" not in text


def test_languages_are_a_table() -> None:
    stream = io.StringIO()
    article = ArticleInfo(id="[red]a", source="[red]a", title=None, published=None, url=None)

    render_languages([(article, TURKISH)], Console(file=stream, width=100))

    assert re.search(r"\[red\]a +Türkçe +tr +0,99 +langdetect", stream.getvalue())
