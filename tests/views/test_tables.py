from __future__ import annotations

import csv
import io
import logging
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from ozetle.digests.digest import ArticleTranslation, Digest, Evidence, Instrument, Participant, Place
from ozetle.errors import ConfigurationError
from ozetle.reasons import FlagCode
from ozetle.translating.flag import flag
from ozetle.translating.translation import TranslatedSentence, Translation
from ozetle.views.export import export_tables
from ozetle.views.tables.csv import harmless_text, plain_text, write_csv
from ozetle.views.tables.layout import EVENTS, FIGURES, TABLES, TRANSLATIONS
from ozetle.views.tables.parquet import write_parquet
from ozetle.views.tables.table import storable
from tests.views.digests import PROVENANCE, digest, digests, event, figure, when

FULL = digest(
    event("İlk olay."),
    event(
        "Türkiye ile Kazakistan protokol imzaladı.",
        type="agreement_signed",
        date=when(date(2026, 2, 13)),
        place=Place(text="Astana", country="KZ"),
        countries=("TR", "KZ"),
        participants=(
            Participant(
                kind="person", name="Ayşe Örnek", title="Bakan", organisation=None, country="TR", role="signatory",
                start=0, end=10,
            ),
        ),
        figures=(
            figure("-3,5 milyon dolar", "-3500000"),
            figure("%3,9", "3.9", upper=Decimal("4.25"), unit="percent", currency=None, measure="artış"),
        ),
        instruments=(Instrument(kind="protocol", name="Eylem Protokolü", start=5, end=20),),
    ),
)  # fmt: skip


def written(table_name: str, *given: Digest, excel: bool = False) -> str:
    table = next(table for table in TABLES if table.name == table_name)
    stream = io.StringIO()
    write_csv(table, given, stream, excel=excel)
    return stream.getvalue()


def read(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    csv.field_size_limit(10**9)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def test_an_event_is_a_row_keyed_by_article_and_number() -> None:
    rows = list(EVENTS.rows([FULL]))

    assert [(row["article_id"], row["event"]) for row in rows] == [("haber.txt", 1), ("haber.txt", 2)]
    assert rows[0]["date_first"] is None
    assert rows[0]["countries"] is None
    assert rows[1]["type_label"] == "imzalanan belge"
    assert rows[1]["date_last"] == date(2026, 2, 13)
    assert rows[1]["countries"] == "TR;KZ"
    assert rows[1]["place_country"] == "KZ"


def test_an_events_row_has_the_first_sentence_it_rests_on_on_one_line() -> None:
    pieces = tuple(Evidence(sentence=1, start=0, end=len(quote), quote=quote) for quote in ("a\nb  c", "d"))
    assert [row["quote"] for row in EVENTS.rows([digest(event(evidence=pieces), event(evidence=()))])] == [
        "a b c",
        None,
    ]
    assert EVENTS.columns[-1].name == "quote"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_have_the_documented_columns_and_kinds(table: object) -> None:
    kinds = {"text": str, "integer": int, "number": Decimal, "date": date}
    translated = FULL.model_copy(
        update={
            "translation": Translation(
                sentences=(
                    TranslatedSentence(
                        number=1, source="a", text="b", flags=(flag(FlagCode.DATE_MISSING, source="x"),)
                    ),
                )
            ),
        }
    )
    for row in next(each for each in TABLES if each is table).rows([translated]):
        columns = next(each for each in TABLES if each is table).columns
        assert list(row) == [column.name for column in columns]
        for column in columns:
            assert row[column.name] is None or isinstance(row[column.name], kinds[column.kind])


def test_a_translation_has_a_row_a_sentence() -> None:
    sentence = TranslatedSentence(
        number=3,
        source="Një.",
        text="Bir.",
        flags=(flag(FlagCode.DATE_MISSING, source="1; 2"), flag(FlagCode.NAME_MISSING, source="x")),
    )
    translation = ArticleTranslation(
        sentences=(sentence,), article=FULL.article, source_language=FULL.language, provenance=PROVENANCE
    )
    assert [row["flags"] for row in TRANSLATIONS.rows([translation])] == ["date_missing;name_missing"]


def test_csv_has_plain_numbers_iso_dates_and_empty_cells() -> None:
    figures, events = read(written("figures", FULL)), read(written("events", FULL))

    assert [row["value"] for row in figures] == ["-3500000", "3.9"]
    assert [row["upper"] for row in figures] == ["", "4.25"]
    assert figures[0]["text"] == "'-3,5 milyon dolar"
    assert [row["date_first"] for row in events] == ["", "2026-02-13"]


def test_csv_for_excel_has_a_byte_order_mark_semicolons_and_a_decimal_comma() -> None:
    text = written("figures", FULL, excel=True)

    assert text.startswith("\ufeffarticle_id;event;")
    assert [row["value"] for row in read(text, ";")] == ["-3500000", "3,9"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+HYPERLINK()", "'+HYPERLINK()"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("＝1", "'＝1"),
        ("  =1", "'  =1"),
        ("'=1", "''=1"),
        ("-2,5", "-2,5"),
        ("+3.000", "+3.000"),
        ("-2+3", "'-2+3"),
        ("5-3", "5-3"),
        ("'söz'", "'söz'"),
        ("", ""),
    ],
)
def test_texts_that_a_spreadsheet_would_run_get_an_apostrophe(text: str, cell: str) -> None:
    assert harmless_text(text) == cell
    assert plain_text(cell) == text


@given(digests)
def test_csv_gives_every_value_back(hostile: Digest) -> None:
    for excel in (False, True):
        for table in TABLES:
            stream = io.StringIO(newline="")
            write_csv(table, [hostile], stream, excel=excel)
            text = stream.getvalue().encode().decode("utf-8-sig")
            for row, cells in zip(table.rows([hostile]), read(text, ";" if excel else ","), strict=True):
                for column in table.columns:
                    value, cell = row[column.name], cells[column.name]
                    if isinstance(value, str):
                        assert plain_text(cell) == storable(value)
                        assert cell[:1] not in "=@\t\r\n" or not cell
                    elif isinstance(value, Decimal):
                        assert Decimal(cell.replace(",", ".")) == value
                    else:
                        assert cell == ("" if value is None else str(value))


@given(digests)
def test_parquet_holds_whatever_a_digest_says(tmp_path_factory: pytest.TempPathFactory, hostile: Digest) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path_factory.mktemp("tables") / "events.parquet"
    write_parquet(EVENTS, [hostile], path)

    found = parquet.read_table(path).to_pylist()
    assert found == [
        {name: storable(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
        for row in EVENTS.rows([hostile])
    ]


def test_parquet_keeps_types_nulls_and_meanings(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    counts = export_tables([FULL, FULL], tmp_path / "a" / "b", "parquet")
    table = parquet.read_table(tmp_path / "a" / "b" / "figures.parquet")

    assert counts["figures"] == 4
    assert [str(field.type) for field in table.schema][:6] == [
        "string", "int64", "int64", "string", "decimal128(38, 9)", "decimal128(38, 9)",
    ]  # fmt: skip
    assert table.schema.field("currency").metadata == {b"description": b"ISO 4217"}
    assert table.column("value").to_pylist() == [Decimal(-3500000), Decimal("3.9")] * 2
    assert table.column("measure").to_pylist() == [None, "artış"] * 2
    dates = parquet.read_table(tmp_path / "a" / "b" / "events.parquet").column("date_first")
    assert dates.to_pylist() == [None, date(2026, 2, 13)] * 2


def test_a_number_too_long_for_parquet_is_null_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    values = ["1e30", "0.0000000001", "99999999999999999999999999999.999999999"]
    long = digest(event(figures=tuple(figure("çok", value) for value in values)))
    with caplog.at_level(logging.WARNING):
        write_parquet(FIGURES, [long], tmp_path / "f.parquet")

    assert parquet.read_table(tmp_path / "f.parquet").column("value").to_pylist() == [None, None, Decimal(values[2])]
    assert "left empty: 2" in caplog.text


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigurationError, match=r'pip install "ozetle\[tables\]"'):
        export_tables([FULL], tmp_path, "parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.measurement
def test_digests_are_not_held_in_memory(tmp_path: Path) -> None:
    def many(count: int) -> Iterator[Digest]:
        for number in range(count):
            yield FULL.model_copy(update={"summary": f"{number:1000}"})

    def most_memory(count: int) -> int:
        tracemalloc.start()
        assert export_tables(many(count), tmp_path)["events"] == 2 * count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    most_memory(1)  # what is imported and built once
    assert most_memory(800) < most_memory(100) + 100_000


def test_what_breaks_off_leaves_the_tables_that_were_there(tmp_path: Path) -> None:
    export_tables([FULL], tmp_path)
    before = (tmp_path / "events.csv").read_bytes()

    def broken() -> Iterator[Digest]:
        yield FULL
        raise KeyboardInterrupt

    for form in ("csv", "parquet"):
        with pytest.raises(KeyboardInterrupt):
            export_tables(broken(), tmp_path, form)
    assert (tmp_path / "events.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{table.name}.csv" for table in TABLES)


def test_a_folder_that_cannot_be_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "dosya").write_text("")
    with pytest.raises(ConfigurationError, match=r"cannot write into .*dosya"):
        export_tables([FULL], tmp_path / "dosya")
