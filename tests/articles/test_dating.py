from __future__ import annotations

import time
from datetime import date

import pytest

from ozetle.articles.dating import date_line, find_dates, parse_date, read_published
from ozetle.articles.text import lines

BODY = "Bakan, 17 Haziran 2020'de açılan fuarın 3 Mayıs 2021 tarihinde biteceğini söyledi."


def published(text: str) -> tuple[date, str] | None:
    read = read_published(text, lines(text))
    return (read.day, text[read.start : read.end]) if read else None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f" date 2026-03-05 {BODY}", "2026-03-05"),
        (f"date 2026-03-05Başlık burada\n\n{BODY}", "2026-03-05"),
        (f"\ufeff date 2026-03-05 Haber: Ali KAYA\n{BODY}", "2026-03-05"),
        (f"Başlık\n05.03.2026 16:01\n{BODY}", "05.03.2026"),
        (f"Başlık\n5 Mart 2026 Perşembe\n{BODY}", "5 Mart 2026"),
        (f"Başlık\n5 MART 2026, 09.30\n{BODY}", "5 MART 2026"),
        (f"Başlık\nGiriş Tarihi: 05.03.2026 09:12 Güncelleme: 07.03.2026 10:00\n{BODY}", "05.03.2026"),
        (f"Başlık\nGüncelleme: 07.03.2026 10:00 Yayınlanma: 05/03/2026\n{BODY}", "05/03/2026"),
        (f"{BODY}\nSon güncelleme 05.03.2026 10:00", "05.03.2026"),
        (f"Ekonomi servisi | Son güncelleme: 05.03.2026 10:00\n{BODY}", "05.03.2026"),
        (f"Haber Merkezi | Yayınlanma: 5 Mart 2026 - 10:44\n{BODY}", "5 Mart 2026"),
        (f"Başlıq\n5 mart 2026 18:21\n{BODY}", "5 mart 2026"),
        (f"Titulli\nPublikuar më 5 mars 2026\n{BODY}", "5 mars 2026"),
        (f"Titulli\nPublikuar: 5 mars 2026, 14:20\n{BODY}", "5 mars 2026"),
        (f"Title\nPublished: March 5, 2026 at 4:10 pm\n{BODY}", "March 5, 2026"),
        (f"Titel\nVeröffentlicht am 5. März 2026\n{BODY}", "5. März 2026"),
        (f"Заголовок\n5 марта 2026 г., 12:40\n{BODY}", "5 марта 2026"),
        (f"标题\n2026年3月5日\n{BODY}", "2026年3月5日"),
        (f"{BODY}\nYeni plan hazır\n(05.03.2026) pic.twitter.com/AbC123", "05.03.2026"),
        (f"{BODY}\n— T.C. Bir Bakanlık (@birbakanlik) March 5, 2026", "March 5, 2026"),
        (f"{BODY}\n— Bir (@bir) March 1, 2026\n{BODY}\n— İki (@iki) 5 Mart 2026", "5 Mart 2026"),
    ],
)
def test_where_pages_put_the_date(text: str, read: str | None) -> None:
    expected = None if read is None else (date(2026, 3, 5), read)
    assert published(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "2 Şubat 2026 altın fiyatları ne kadar oldu\n" + BODY,
        "Yönetmelik 05.03.2026 tarihinde yürürlüğe girecek ve 06.03.2026 günü uygulanacak.",
        "© 2019 Haber Limanı",
        " date 2026-02-31 " + BODY,
        "",
        "16:25\n" + BODY,
        "ANKARA, 5 Mart (AA) - Bakan konuştu.",
    ],
)
def test_dates_of_the_running_text_are_not_taken(text: str) -> None:
    assert published(text) is None


def test_dates_of_other_articles_at_the_end_are_not_taken() -> None:
    others = "".join(f"Başka bir haber {day}\n0{day}.01.2026\n" for day in range(1, 4))
    assert published(f"{BODY}\n" * 25 + others) is None
    assert published(f"05.03.2026 10:00\n{BODY}\n" + others) == (date(2026, 3, 5), "05.03.2026")


def test_prefix_comes_before_a_date_line() -> None:
    assert published(f" date 2026-03-04 Başlık\n05.03.2026 10:00\n{BODY}") == (date(2026, 3, 4), "2026-03-04")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-05T23:30:00+03:00", date(2026, 3, 5)),
        ("2026-03-05 10:00", date(2026, 3, 5)),
        ("Thu, 05 Mar 2026 10:00:00 GMT", date(2026, 3, 5)),
        ("05.03.2026 10:00", date(2026, 3, 5)),
        ("3/25/2026", date(2026, 3, 25)),
        ("20260305", date(2026, 3, 5)),
        ("2026-03", None),
        ("dün", None),
        ("", None),
    ],
)
def test_metadata_values(value: str, day: date | None) -> None:
    assert parse_date(value) == day


@pytest.mark.parametrize(
    "line", ["05.03.2026", "Perşembe, 5 Mart 2026 - 16:01", "Son Güncelleme: 05.03.2026 16.01 TSİ"]
)
def test_date_lines(line: str) -> None:
    assert date_line(line) == "date"


@pytest.mark.parametrize("line", ["16:25", "Saat: 09:05", "23:59:01"])
def test_time_lines(line: str) -> None:
    assert date_line(line) == "time"


@pytest.mark.parametrize(
    "line", ["5 Mart 2026 fuarı", "2026", "Fuar 5 Mart 2026'da açılıyor.", "3-1", "12", "4.30 avro"]
)
def test_other_lines(line: str) -> None:
    assert date_line(line) is None


def test_impossible_days_are_no_dates() -> None:
    assert not list(find_dates("31.02.2026 45 Mart 2026 2026-13-01"))


def test_linear() -> None:
    text = "date 2026-03-05 1.1.2026 5 Mart " * 8_000
    began = time.perf_counter()
    list(find_dates(text))
    read_published(text, lines(text))
    assert time.perf_counter() - began < 5
