from __future__ import annotations

import time
from datetime import date

import pytest

from ozetle.articles.article import Article
from ozetle.articles.dating import date_line, find_dates, parse_date, read_published
from ozetle.articles.sentences import split
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


SENTENCE = "Ticaret Bakanı dün temaslarda bulundu."


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"ANKARA, 5 Mart 2026 (AA) – {SENTENCE}", "5 Mart 2026"),
        (f"ANKARA, 5 Mart 2026 (AA) {SENTENCE}", "5 Mart 2026"),
        (f"ANKARA (AA) - 5 Mart 2026 - {SENTENCE}", "5 Mart 2026"),
        (f"(AA) - 5 Mart 2026 – {SENTENCE}", "5 Mart 2026"),
        ("Yeni hat açıldı\n\n(AA) - 5 Mart 2026\n\n" + BODY, "5 Mart 2026"),
        (f"ANKARA - 5 Mart 2026 - {SENTENCE}", "5 Mart 2026"),
        (f"ANKARA 5 Mart 2026 (ÖHA) - {SENTENCE}", "5 Mart 2026"),
        (f"ÖHA - ANKARA, 5 Mart 2026 - {SENTENCE}", "5 Mart 2026"),
        (f"ANKARA/ÖHA, 05.03.2026 - {SENTENCE}", "05.03.2026"),
        (f"ANKARA, 5 Mart 2026 Perşembe, 14:30 (AA) - {SENTENCE}", "5 Mart 2026"),
        (f"*Hanoi, 5 Mart 2026* — {SENTENCE}", "5 Mart 2026"),
        (f"**Hanoi, 5 Mart 2026 —** {SENTENCE}", "5 Mart 2026"),
        (f"Hanoi, 5 Mart 2026. {SENTENCE}", "5 Mart 2026"),
        ("New York, 5 Mart 2026 – 12 ülkenin bakanı dün toplandı.", "5 Mart 2026"),
        (f"Bakü, Azerbaycan, 5 Mart 2026 – {SENTENCE}", "5 Mart 2026"),
        (f"Bakan Bakü'ye gitti\n\nBAKÜ, 5 Mart 2026 (ÖHA) – {SENTENCE}\n{BODY}", "5 Mart 2026"),
        (f"Bakan nereye gitti?\n{SENTENCE}\nBAKÜ, 5 Mart 2026 – {SENTENCE}\n{BODY}", "5 Mart 2026"),
        (f"Başlık burada\nAnkara, 5 Mart 2026\n{BODY}", "5 Mart 2026"),
        (f"Başlık burada\nAnkara (Anadolu) - 5 Mart 2026\n{BODY}", "5 Mart 2026"),
        (f"[ANKARA, 5 Mart 2026] {SENTENCE}", "5 Mart 2026"),
        (f"(Ankara, 5 Mart 2026) - {SENTENCE}", "5 Mart 2026"),
        ("BAKI, 5 mart 2026 - Nazir dünən Tiflisdə olub.", "5 mart 2026"),
        ("Bakı, 5 mart 2026-cı il – Nazir dünən Tiflisdə olub.", "5 mart 2026"),
        ("Bakı, 5 mart 2026, AZƏRTAC\nNazir dünən Tiflisdə olub.", "5 mart 2026"),
        ("Bakı. 5 mart 2026. REPORT: Nazir dünən Tiflisdə olub.", "5 mart 2026"),
        ("Prishtinë, 5 mars 2026 - Ministri ishte dje në Tiranë.", "5 mars 2026"),
        ("PRISHTINË, më 5 mars 2026 (ATSH) – Ministri ishte dje në Tiranë.", "5 mars 2026"),
        ("London, 5 March 2026 - The minister was in Oslo yesterday.", "5 March 2026"),
        ("LONDON (5 March 2026) – The minister was in Oslo yesterday.", "5 March 2026"),
        ("WASHINGTON, D.C., March 5, 2026 /Newswire/ -- The deal was signed yesterday.", "March 5, 2026"),
        ("WASHINGTON, March 5, 2026—The deal was signed yesterday.", "March 5, 2026"),
        ("Frankfurt am Main, 5. März 2026 (dpa) - Die Bank hob gestern den Zins an.", "5. März 2026"),
        ("Berlin, den 5. März 2026 – Die Ministerin war gestern in Wien.", "5. März 2026"),
        ("Paris, le 5 mars 2026 – La ministre était hier à Rome.", "5 mars 2026"),
        ("АСТАНА, 5 марта 2026 – Министр вчера посетил Ташкент.", "5 марта 2026"),
        ("АСТАНА, 5 марта 2026 г. /АА/. Министр вчера посетил Ташкент.", "5 марта 2026"),
        ("Киев, 5 марта 2026 года. Министр вчера посетил Ташкент.", "5 марта 2026"),
        ("أنقرة، 5 مارس 2026 – زار الوزير أمس باكو.", "5 مارس 2026"),
    ],
)
def test_datelines(text: str, read: str) -> None:
    assert published(text) == (date(2026, 3, 5), read)


@pytest.mark.parametrize(
    "text",
    [
        "Ankara, 9 Mart 2026'da imzalanan anlaşmanın ardından harekete geçti.",
        "ANKARA, 9 Mart 2026’DA İMZALANAN ANLAŞMAYI AÇIKLADI.",
        "Bakü, 12 Nisan 2026 tarihinde bir zirveye ev sahipliği yapacak.",
        "Ankara, 9 Mart 2026 - 12 Mart 2026 tarihleri arasında fuara ev sahipliği yapacak.",
        "İZMİR, 9 Mart 2026 – 12 Nisan 2026 ARASINDA FUARA HAZIR.",
        "Ankara, 5-9 Mart 2026 - Fuar dün açıldı.",
        "Ankara, 9 Mart 2026, yani seçimden bir gün önce - hazırdı.",
        "Ankara, 9 Mart 2026 – anlaşmanın imzalandığı gün – kalabalıktı.",
        "Bakanlık, 9 Mart 2026 (AA) tarihli haberi yalanladı.",
        "2 Şubat 2026 (Pazartesi) altın fiyatları ne kadar oldu?",
        "9 Mart 2026 - Dünya Kadınlar Günü'nün ertesi günü.",
        "Dünya Kupası, 11 Haziran 2026 – Maç takvimi\n" + BODY,
        "Dünya Kadınlar Günü, 8 Mart 2026\n" + BODY,
        "Komisyonun 17 numaralı kararı, 9 Mart 2026 - Yürürlükte.",
        f"{SENTENCE} {SENTENCE}\nKurul toplandı.\nANKARA, 9 Mart 2026 (AA) – {SENTENCE}",
        f"{SENTENCE} ANKARA, 9 Mart 2026 (AA) – {SENTENCE}",
        "ANKARA, 31 Şubat 2026 (AA) – Bakan konuştu.",
        "ANKARA, 9 Mart (AA) – Bakan konuştu.",
        "ANKARA (AA) - 9 Mart 2026 tarihli Resmi Gazete'de yayımlandı.",
        "Bakı 12 aprel 2026-cı ildə sammitə ev sahibliyi edəcək.",
        "Bakı, 12 aprel 2026-cı ildə keçiriləcək sammitə hazırlaşır.",
        "Prishtinë, 9 mars 2026, do të jetë nikoqire e samitit.",
        "(Ankara, 9 Mart 2026) tarihli belge yayımlandı.",
        "Bolat (9 Mart 2026) şöyle dedi.",
        "In London, 4 March 2026 - the day of the vote - was quiet.",
        "On Monday, March 9, 2026 – Weeks after the vote – ministers met.",
        "London, March 4, 2026, was the day of the vote.",
        "London, 4 March 2026 to 6 March 2026: The fair is open.",
        "Am Montag, 9. März 2026 – Wochen danach – traf man sich.",
        "Москва, 9 марта 2026 года подписавшая договор, молчит.",
        "Berlin, 9. November 1989 – Die Mauer fällt.",
        "New York, 11. September 2001 – Zwei Türme. Am 11. September 2021 war es zwanzig Jahre her.",
    ],
)
def test_no_datelines(text: str) -> None:
    assert published(text) is None


def test_a_dateline_gives_way_to_what_the_page_says() -> None:
    text = f"Başlık\nYayınlanma: 05.03.2026 10:00\nANKARA, 4 Mart 2026 (AA) – {SENTENCE}"
    assert published(text) == (date(2026, 3, 5), "05.03.2026")
    assert published(text.replace("Yayınlanma: ", "")) == (date(2026, 3, 5), "05.03.2026")
    assert published(f"date 2026-03-05 ANKARA, 4 Mart 2026 (AA) – {SENTENCE}") == (date(2026, 3, 5), "2026-03-05")


def test_a_dateline_comes_before_an_update_and_a_tweet_but_not_after_an_update() -> None:
    text = (
        f"ANKARA, 5 Mart 2026 (AA) – {SENTENCE}\nEkonomi | Son güncelleme: 07.03.2026 10:00\n— Bir (@bir) March 6, 2026"
    )
    assert published(text) == (date(2026, 3, 5), "5 Mart 2026")
    assert published(text.replace("5 Mart", "9 Mart")) == (date(2026, 3, 7), "07.03.2026")


def test_a_dateline_never_overrides_what_is_known() -> None:
    article = Article.from_text(f"ANKARA, 5 Mart 2026 (AA) – {SENTENCE}", published=date(2026, 3, 4))
    assert (article.published, article.published_span) == (date(2026, 3, 4), None)


def test_a_dateline_changes_no_sentence() -> None:
    text = f"Bakan Bakü'ye gitti\n\nBAKÜ, 5 Mart 2026 (AA) – {SENTENCE} Kurul yarın toplanıyor."
    read, known = Article.from_text(text), Article.from_text(text, published=date(2020, 1, 1))
    assert read.published == date(2026, 3, 5)
    assert split(read) == split(known)


@pytest.mark.measurement
@pytest.mark.parametrize(
    "piece", ["ANKARA, ", "A. ", " ", "(AA) - ", "5 Mart 2026 ", "\"'", "ANKARA, 5 Mart 2026 (AA", "*_ "]
)
def test_datelines_take_linear_time(piece: str) -> None:
    text = f"ANKARA, 5 Mart 2026{piece * 50_000}x"
    began = time.perf_counter()
    read_published(text, lines(text))
    assert time.perf_counter() - began < 5


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


@pytest.mark.measurement
def test_linear() -> None:
    text = "date 2026-03-05 1.1.2026 5 Mart " * 8_000
    began = time.perf_counter()
    list(find_dates(text))
    read_published(text, lines(text))
    assert time.perf_counter() - began < 5
