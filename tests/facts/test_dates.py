"""Dates: every form in every language with a table, what is no date, and what settles an incomplete one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.facts.dates.reader import DateMention, read_dates
from tests.facts.growth import grows_linearly

REFERENCE = date(2025, 11, 14)  # a Friday
MONTHS = ["Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"]


def only(text: str, language: str = "tr", reference: date | None = REFERENCE) -> DateMention:
    mentions = read_dates(text, reference, language)
    assert len(mentions) == 1, mentions
    assert text[mentions[0].start : mentions[0].end] == mentions[0].text
    return mentions[0]


def days(mention: DateMention) -> str:
    first, last = mention.first, mention.last
    return f"{first}" if first == last else f"{first}..{last}"


@pytest.mark.parametrize(
    ("text", "found", "expected", "precision"),
    [
        ("Sözleşme 03.02.2026 tarihinde yenilendi.", "03.02.2026", "2026-02-03", "day"),
        ("Sözleşme (03/02/2026) yenilendi.", "03/02/2026", "2026-02-03", "day"),
        ("Sözleşme 2026-02-03'te yenilendi.", "2026-02-03", "2026-02-03", "day"),
        ("Yayın: 2026.02.03 08:15", "2026.02.03", "2026-02-03", "day"),
        ("Gemi 9 Nisan 2024'te yola çıktı.", "9 Nisan 2024", "2024-04-09", "day"),
        ("Gemi 9 Nisan 2024 Salı günü yola çıktı.", "9 Nisan 2024 Salı günü", "2024-04-09", "day"),
        ("GEMİ 9 NİSAN 2024'TE YOLA ÇIKTI", "9 NİSAN 2024", "2024-04-09", "day"),
        ("Gemi 9 Nisan 2024’te yola çıktı.", "9 Nisan 2024", "2024-04-09", "day"),
        ("Fuar 3–6 Mayıs 2026'da kurulacak.", "3–6 Mayıs 2026", "2026-05-03..2026-05-06", "range"),
        ("Fuar 29 Nisan-2 Mayıs 2026'da kurulacak.", "29 Nisan-2 Mayıs 2026", "2026-04-29..2026-05-02", "range"),
        ("Fuar 30 Aralık-2 Ocak 2026'da sürdü.", "30 Aralık-2 Ocak 2026", "2025-12-30..2026-01-02", "range"),
        ("Heyet 11 ve 12 Mart 2026'da Bakü'deydi.", "11 ve 12 Mart 2026", "2026-03-11..2026-03-12", "range"),
        ("Kur Mart 2024'te arttı.", "Mart 2024", "2024-03-01..2024-03-31", "month"),
        ("Kur 2024 Şubat ayında arttı.", "2024 Şubat ayında", "2024-02-01..2024-02-29", "month"),
        ("Kur 2024 yılında arttı.", "2024 yılında", "2024-01-01..2024-12-31", "year"),
        ("Kur 2024'te arttı.", "2024", "2024-01-01..2024-12-31", "year"),
        ("Kur 2024'ün ikinci çeyreğinde arttı.", "2024'ün ikinci çeyreğinde", "2024-04-01..2024-06-30", "range"),
        ("Kur 2024 yılının ilk 7 ayında arttı.", "2024 yılının ilk 7 ayında", "2024-01-01..2024-07-31", "range"),
        ("Kur 2024 yılının ilk yarısında arttı.", "2024 yılının ilk yarısında", "2024-01-01..2024-06-30", "range"),
        ("2024 yılı mart-mayıs döneminde arttı.", "2024 yılı mart-mayıs döneminde", "2024-03-01..2024-05-31", "range"),
        ("Plan 2027-2030 dönemini kapsıyor.", "2027-2030 dönemini", "2027-01-01..2030-12-31", "range"),
        ("Mayıs 2024'ün ilk haftasında", "Mayıs 2024'ün ilk haftasında", "2024-04-29..2024-05-05", "range"),
        ("Haziran 2024'ün son cuma günü", "Haziran 2024'ün son cuma günü", "2024-06-28", "day"),
        ("Kur 1990'larda dalgalandı.", "1990'lar", "1990-01-01..1999-12-31", "range"),
        ("Kur 1990'ların başında dalgalandı.", "1990'ların başında", "1990-01-01..1992-12-31", "range"),
        ("Tesis 2028'e kadar kurulacak.", "2028'e kadar", "None..2028-12-31", "year"),
        ("Kur 2024 yılının 7 ayında arttı.", "2024 yılının 7 ayında", "2024-01-01..2024-07-31", "range"),
        ("2024 yılının ilk 9 aylık döneminde", "2024 yılının ilk 9 aylık döneminde", "2024-01-01..2024-09-30", "range"),
        ("Yayın 9 Nisan 2024SPOR", "9 Nisan 2024", "2024-04-09", "day"),
        ("9 Nisan 2024 itibarıyla", "9 Nisan 2024", "2024-04-09", "day"),
        ("Kur 2010'lu yıllarda arttı.", "2010'lu yıllarda", "2010-01-01..2019-12-31", "range"),
        ("Kur yirmi birinci yüzyılda arttı.", "yirmi birinci yüzyılda", "2000-01-01..2099-12-31", "range"),
        ("Kur 2024 yılının son haftasında arttı.", "2024 yılının son haftasında", "2024-12-23..2024-12-29", "range"),
        ("Kayıt 31.12.19 tarihli.", "31.12.19", "2019-12-31", "day"),
        ("Kur 2024 kışında arttı.", "2024 kışında", "2024-12-21..2025-03-20", "range"),
        ("01.03.2026-15.03.2026 tarihleri", "01.03.2026-15.03.2026", "2026-03-01..2026-03-15", "range"),
        ("Fuar 10-15.03.2026 günleri açık.", "10-15.03.2026", "2026-03-10..2026-03-15", "range"),
        ("Fuar 3 ila 5 Mart 2026'da açık.", "3 ila 5 Mart 2026", "2026-03-03..2026-03-05", "range"),
        ("3 ile 5 Mart 2026 tarihlerinde açık.", "3 ile 5 Mart 2026", "2026-03-03..2026-03-05", "range"),
        ("Mayıs ve Haziran 2026'da açık.", "Mayıs ve Haziran 2026", "2026-05-01..2026-06-30", "range"),
        ("Fındıkta 2024/2025 sezonu bitti.", "2024/2025", "2024-01-01..2025-12-31", "range"),
        ("Fındıkta 2025/26 sezonu başladı.", "2025/26", "2025-01-01..2026-12-31", "range"),
        ("Kasım 2024’ün ikinci yarısında", "Kasım 2024’ün ikinci yarısında", "2024-11-16..2024-11-30", "range"),
        ("21. yüzyılın ilk çeyreğinde", "21. yüzyılın ilk çeyreğinde", "2000-01-01..2024-12-31", "range"),
        ("1990'ların ikinci yarısında", "1990'ların ikinci yarısında", "1995-01-01..1999-12-31", "range"),
        ("Süre 31.12.2026 tarihine kadar uzadı.", "31.12.2026 tarihine kadar", "None..2026-12-31", "day"),
        ("Süre 2027'NİN SONUNA KADAR UZADI", "2027'NİN SONUNA KADAR", "None..2027-12-31", "month"),
        ("1 Şubat'tan Mayıs 2024'e kadar", "1 Şubat'tan Mayıs 2024'e kadar", "2024-02-01..2024-04-30", "range"),
        ("Şubattan Mayıs 2024'e kadar", "Şubattan Mayıs 2024'e kadar", "2024-02-01..2024-05-31", "range"),
        ("1 Şubat-31 Mayıs 2024 dönemi", "1 Şubat-31 Mayıs 2024 dönemi", "2024-02-01..2024-05-31", "range"),
    ],
)
def test_explicit_dates_need_no_reference(text: str, found: str, expected: str, precision: str) -> None:
    mention = only(text, reference=None)
    assert (mention.text, days(mention), mention.precision) == (found, expected, precision)
    assert mention.basis == "explicit"


@pytest.mark.parametrize(
    ("text", "found", "expected", "precision"),
    [
        ("Bakan dün döndü.", "dün", "2025-11-13", "day"),
        ("Bakan önceki gün döndü.", "önceki gün", "2025-11-12", "day"),
        ("Bakan yarın dönüyor.", "yarın", "2025-11-15", "day"),
        ("Bakan geçen hafta döndü.", "geçen hafta", "2025-11-03..2025-11-09", "range"),
        ("Bakan bu hafta sonu dönüyor.", "bu hafta sonu", "2025-11-15..2025-11-16", "range"),
        ("Bakan gelecek hafta çarşamba günü dönüyor.", "gelecek hafta çarşamba günü", "2025-11-19", "day"),
        ("Bakan önümüzdeki ay dönüyor.", "önümüzdeki ay", "2025-12-01..2025-12-31", "month"),
        ("Bakan bir önceki ay döndü.", "bir önceki ay", "2025-10-01..2025-10-31", "month"),
        ("Bakan geçen yıl döndü.", "geçen yıl", "2024-01-01..2024-12-31", "year"),
        ("Bakan geçen yılın 7 Mart'ında döndü.", "geçen yılın 7 Mart", "2024-03-07", "day"),
        ("Bakan bu yılın haziran ayında döndü.", "bu yılın haziran ayında", "2025-06-01..2025-06-30", "month"),
        ("Üretim yıl boyunca arttı.", "yıl boyunca", "2025-01-01..2025-12-31", "year"),
        ("Tesis yıl sonunda açılıyor.", "yıl sonunda", "2025-12-01..2025-12-31", "month"),
        ("Tesis ayın 21'inde açılıyor.", "ayın 21", "2025-11-21", "day"),
        ("Üretim üçüncü çeyrekte arttı.", "üçüncü çeyrekte", "2025-07-01..2025-09-30", "range"),
        ("Üretim yılın ilk yarısında arttı.", "yılın ilk yarısında", "2025-01-01..2025-06-30", "range"),
        ("Üretim ocak-eylül döneminde arttı.", "ocak-eylül döneminde", "2025-01-01..2025-09-30", "range"),
        ("Üretim son üç ayda arttı.", "son üç ayda", "2025-08-01..2025-10-31", "range"),
        ("Üretim ilk çeyrekte arttı.", "ilk çeyrekte", "2025-01-01..2025-03-31", "range"),
        ("Üretim ilk 9 ayda arttı.", "ilk 9 ayda", "2025-01-01..2025-09-30", "range"),
        ("Üretim ilk 11 ayda arttı.", "ilk 11 ayda", "2024-01-01..2024-11-30", "range"),
        ("Üretim son çeyrekte arttı.", "son çeyrekte", "2025-10-01..2025-12-31", "range"),
        ("Üretim dördüncü çeyrekte artacak.", "dördüncü çeyrekte", "2025-10-01..2025-12-31", "range"),
        ("Heyet iki gün önce geldi.", "iki gün önce", "2025-11-12", "day"),
        ("Heyet iki ay önce geldi.", "iki ay önce", "2025-09-14", "unknown"),
        ("Heyet on gün içinde dönüyor.", "on gün içinde", "2025-11-14..2025-11-24", "range"),
        ("Tesis yıl sonuna kadar bitiyor.", "yıl sonuna kadar", "None..2025-12-31", "month"),
        ("Üretim yıl başından bu yana arttı.", "yıl başından bu yana", "2025-01-01..2025-11-14", "range"),
        ("Üretim yılbaşından beri arttı.", "yılbaşından beri", "2025-01-01..2025-11-14", "range"),
        ("Tarife yılbaşında yürürlüğe girecek.", "yılbaşında", "2026-01-01..2026-01-31", "month"),
        ("Üretim son bir yılda arttı.", "son bir yılda", "2024-11-14..2025-11-13", "range"),
        ("Üretim önümüzdeki 3 ayda artacak.", "önümüzdeki 3 ayda", "2025-11-15..2026-02-14", "range"),
        ("Üretim önümüzdeki iki yılda artacak.", "önümüzdeki iki yılda", "2026-01-01..2027-12-31", "range"),
        ("Üretim yılın kalan bölümünde artacak.", "yılın kalan bölümünde", "2025-11-14..2025-12-31", "range"),
        ("Heyet bu ay içinde daha sonra geliyor.", "bu ay içinde daha sonra", "2025-11-14..2025-11-30", "range"),
        ("Haftamızın geri kalanında fuar var.", "Haftamızın geri kalanında", "2025-11-14..2025-11-16", "range"),
        ("Turizm yaz aylarında arttı.", "yaz aylarında", "2025-06-21..2025-09-22", "range"),
        ("Fuar gelecek yıl 15-18 Mart'ta açılıyor.", "gelecek yıl 15-18 Mart", "2026-03-15..2026-03-18", "range"),
        ("Fuar kasım ayının 20'sinde açılıyor.", "kasım ayının 20", "2025-11-20", "day"),
        ("Fuar bu akşam açılacak.", "bu akşam", "2025-11-14", "day"),
        ("Üretim eylül-ekim-kasım döneminde artıyor.", "eylül-ekim-kasım döneminde", "2025-09-01..2025-11-30", "range"),
        ("Fuar 12 Mart sonunda taşındı.", "12 Mart", "2025-03-12", "day"),
        ("Fuar 22'sinde açılacak.", "22", "2025-11-22", "day"),
        ("Fuar yirmi ikisinde açıldı.", "yirmi ikisinde", "2025-10-22", "day"),
        ("Fuar iki pazartesi sonra açılıyor.", "iki pazartesi sonra", "2025-11-24", "day"),
        ("Şirket bundan iki yıl önce kuruldu.", "iki yıl önce", "2023-11-14", "unknown"),
    ],
)
def test_relative_dates_are_counted_from_the_reference(text: str, found: str, expected: str, precision: str) -> None:
    mention = only(text)
    assert (mention.text, days(mention), mention.precision) == (found, expected, precision)
    assert mention.basis == "resolved"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Heyet şubat ayında Bakü'ye gidecek.", "2026-02-01..2026-02-28"),
        ("Şubat ayında imzalanan protokol yürürlükte.", "2025-02-01..2025-02-28"),
        ("Toplantı aralıkta yapılacak.", "2025-12-01..2025-12-31"),
        ("Toplantı aralıkta yapıldı.", "2024-12-01..2024-12-31"),
        ("Fuar 3-5 Mart'ta düzenlenecek.", "2026-03-03..2026-03-05"),
        ("Fuar 3-5 Mart'ta düzenlendi.", "2025-03-03..2025-03-05"),
        ("Bakan pazartesi günü konuştu.", "2025-11-10"),
        ("Bakan pazartesi günü konuşacak.", "2025-11-17"),
        ("Bakan cuma günü konuştu.", "2025-11-14"),
    ],
)
def test_the_verb_that_follows_tells_past_from_future(text: str, expected: str) -> None:
    assert days(only(text)) == expected


def test_a_year_named_before_in_the_sentence_goes_before_the_reference() -> None:
    mentions = read_dates("Hat 2021 yılında yapıldı, ekim ayında açıldı. Ekim ayında yeni hat açıldı.", REFERENCE)
    assert [days(mention) for mention in mentions] == [
        "2021-01-01..2021-12-31",
        "2021-10-01..2021-10-31",
        "2025-10-01..2025-10-31",
    ]


def test_listed_months_and_years_are_read_one_by_one() -> None:
    text = "2022, 2023 ve 2025 yıllarında; ocak, mart ve mayıs aylarında arttı."
    assert [(mention.text, days(mention)) for mention in read_dates(text, REFERENCE)] == [
        ("2022", "2022-01-01..2022-12-31"),
        ("2023", "2023-01-01..2023-12-31"),
        ("2025 yıllarında", "2025-01-01..2025-12-31"),
        ("ocak", "2025-01-01..2025-01-31"),
        ("mart", "2025-03-01..2025-03-31"),
        ("mayıs aylarında", "2025-05-01..2025-05-31"),
    ]


def test_without_a_reference_the_last_year_named_carries_and_nothing_else_does() -> None:
    mentions = read_dates("Mart ayında başladı. 2023 yılında büyüdü. Mayıs ayında, dün ve geçen yıl durdu.")
    assert [(days(m), m.basis) for m in mentions] == [
        ("None", "unresolved"),
        ("2023-01-01..2023-12-31", "explicit"),
        ("2023-05-01..2023-05-31", "resolved"),
        ("None", "unresolved"),
        ("None", "unresolved"),
    ]
    assert all(m.precision == "unknown" for m in mentions if m.basis == "unresolved")


def test_the_same_period_is_the_last_one_read_in_another_year() -> None:
    text = (
        "2024 yılı ocak-mart döneminde geçen yılın aynı dönemine göre; Mayıs 2022'de bir önceki yılın aynı ayına göre."
    )
    assert [days(mention) for mention in read_dates(text)] == [
        "2024-01-01..2024-03-31",
        "2023-01-01..2023-03-31",
        "2022-05-01..2022-05-31",
        "2021-05-01..2021-05-31",
    ]
    text = "Ekim 2025'te, 2023'ün aynı ayına ve 2022 yılının aynı ayına göre arttı."
    assert [days(mention) for mention in read_dates(text)] == [
        "2025-10-01..2025-10-31",
        "2023-10-01..2023-10-31",
        "2022-10-01..2022-10-31",
    ]
    assert only("Kur geçen yılın aynı dönemine göre arttı.").basis == "unresolved"


@pytest.mark.parametrize(
    "text",
    [
        "Ticaret her geçen gün büyüyor, günümüzde iki katına çıktı.",
        "Bir gün herkes görecek; bugünlerde kimse konuşmuyor.",
        "Son dakika gelişmesi saat 16:01'de duyuruldu.",
        "Mayıs Hanım ile Kasım Bey kapıda bekledi.",
        "Buğday ekimi ve ekim alanı genişledi, ocak söndü, kapıda aralık kaldı.",
        "İhracat 2025 kişi, 1.250,75 lira, 3,9 puan ve 2024 ton arttı.",
        "Hollanda pazarında yer bulan firma, pazara yeni ürün sundu.",
        "Cuma namazı kılındı, doksanlı yaşlardaki imam ilk ay geldi.",
        "Bugüne kadar 12. Dönem Toplantısı yapılmadı.",
        "Şirket her yıl ekim ayında, her pazartesi ve her hafta sonu toplanır.",
        "Bir iki gün sonra ya da 5-6 hafta içinde karar çıkar.",
        "6 Şubat depremlerinden sonra ev yapıldı.",
        "Üyelerin 22'sinde görüldü, ülkelerin yüzde 22'sinde azaldı, 46 ilden 12'sinde arttı.",
        "Lütfen bir ara bir not yaz.",
        "Adres 12.04.2025.33, sürüm 1.2.2024.5, oran 13/45/2024.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read_dates(text, REFERENCE) == []


def test_a_day_that_does_not_exist_is_not_resolved() -> None:
    assert only("Tören 31 Haziran 2025'te yapıldı.").basis == "unresolved"
    assert read_dates("Tören 31.06.2025 ve 99.99.2025 günü.", REFERENCE) == []


@pytest.mark.parametrize(
    ("language", "text", "found", "expected"),
    [
        ("az", "Görüş 2024-cü il aprelin 3-də keçirilib.", "2024-cü il aprelin 3", "2024-04-03"),
        ("az", "Görüş ötən il keçirilib.", "ötən il", "2024-01-01..2024-12-31"),
        (
            "az",
            "2024-cü ilin yanvar-iyun aylarında artıb.",
            "2024-cü ilin yanvar-iyun aylarında",
            "2024-01-01..2024-06-30",
        ),
        ("sq", "Takimi u mbajt më 3 prill 2024.", "3 prill 2024", "2024-04-03"),
        ("sq", "Takimi u mbajt më 3 prill të vitit të kaluar.", "3 prill të vitit të kaluar", "2024-04-03"),
        ("sq", "midis shkurtit dhe majit 2024", "midis shkurtit dhe majit 2024", "2024-02-01..2024-05-31"),
        ("sq", "deri në vitin 2027", "deri në vitin 2027", "None..2027-12-31"),
        ("sq", "Takimi u mbajt dje.", "dje", "2025-11-13"),
        ("en", "They met on April 3, 2024.", "April 3, 2024", "2024-04-03"),
        ("en", "They met on 3 April last year.", "3 April last year", "2024-04-03"),
        ("en", "between February and May 2024", "between February and May 2024", "2024-02-01..2024-05-31"),
        ("en", "in the third quarter of 2024", "third quarter of 2024", "2024-07-01..2024-09-30"),
        ("en", "It may rise, and they march on; sales fell in May.", "May", "2025-05-01..2025-05-31"),
        ("de", "Das Treffen am 3. April 2024 war kurz.", "3. April 2024", "2024-04-03"),
        ("de", "am 3. April vergangenen Jahres", "3. April vergangenen Jahres", "2024-04-03"),
        ("ru", "Встреча прошла 3 апреля 2024 года.", "3 апреля 2024 года", "2024-04-03"),
        ("ru", "3 апреля прошлого года", "3 апреля прошлого года", "2024-04-03"),
        ("xx", "03/04/2024", "03/04/2024", "2024-04-03"),
        ("az", "Görüş may ayının 10-da keçirilib.", "may ayının 10", "2025-05-10"),
        ("az", "mayın 3-dən 7-dək", "mayın 3-dən 7", "2026-05-03..2026-05-07"),
        ("az", "2030-cu ilə qədər", "2030-cu ilə qədər", "None..2030-12-31"),
        ("az", "2030-cu ilədək", "2030-cu ilədək", "None..2030-12-31"),
        ("az", "2024-cü ilin III rübündə", "2024-cü ilin III rübündə", "2024-07-01..2024-09-30"),
        ("sq", "gjatë majit", "majit", "2025-05-01..2025-05-31"),
        ("sq", "muajin e kaluar", "muajin e kaluar", "2025-10-01..2025-10-31"),
        ("sq", "nga 10 deri më 12 maj", "nga 10 deri më 12 maj", "2026-05-10..2026-05-12"),
        ("sq", "nëntë muajt e parë të vitit 2024", "nëntë muajt e parë të vitit 2024", "2024-01-01..2024-09-30"),
        ("sq", "në fund të vitit 2024", "fund të vitit 2024", "2024-12-01..2024-12-31"),
        ("en", "by the end of the year", "by the end of the year", "None..2025-12-31"),
        ("en", "10 to 12 May 2026", "10 to 12 May 2026", "2026-05-10..2026-05-12"),
        ("en", "early March 2026", "early March 2026", "2026-03-01..2026-03-15"),
        ("de", "vom 10. bis 12. Mai 2026", "10. bis 12. Mai 2026", "2026-05-10..2026-05-12"),
        ("de", "Ende 2024", "Ende 2024", "2024-12-01..2024-12-31"),
        ("ru", "с 10 по 12 мая 2026 года", "с 10 по 12 мая 2026 года", "2026-05-10..2026-05-12"),
        ("ru", "до конца 2027 года", "до конца 2027 года", "None..2027-12-31"),
        ("ar", "عقد الاجتماع في 15 مارس 2026", "15 مارس 2026", "2026-03-15"),
        ("ar", "في ١٥ كانون الثاني ٢٠٢٦", "١٥ كانون الثاني ٢٠٢٦", "2026-01-15"),
        ("ar", "في 15 كانون الثاني/يناير 2026", "15 كانون الثاني/يناير 2026", "2026-01-15"),
        ("ar", "وفي عام 2025", "عام 2025", "2025-01-01..2025-12-31"),
        ("ar", "اليوم", "اليوم", "2025-11-14"),
        ("ar", "التقى الوزيران أمس", "أمس", "2025-11-13"),
        ("ar", "بين يناير وأكتوبر 2025", "بين يناير وأكتوبر 2025", "2025-01-01..2025-10-31"),
        ("ar", "الأشهر التسعة الأولى من عام 2025", "الأشهر التسعة الأولى من عام 2025", "2025-01-01..2025-09-30"),
        ("ar", "في مارس الماضي", "مارس الماضي", "2025-03-01..2025-03-31"),
        ("ar", "بحلول عام 2030", "بحلول عام 2030", "None..2030-12-31"),
        ("fr", "le 1er mars 2026", "1er mars 2026", "2026-03-01"),
        ("fr", "l'année dernière", "année dernière", "2024-01-01..2024-12-31"),
        ("fr", "jusqu’en 2030", "jusqu’en 2030", "None..2030-12-31"),
        ("fr", "les dix premiers mois de 2025", "dix premiers mois de 2025", "2025-01-01..2025-10-31"),
        ("uk", "15 березня 2026 року", "15 березня 2026 року", "2026-03-15"),
        ("uk", "у п'ятницю", "п'ятницю", "2025-11-14"),
        ("hr", "15. ožujka 2026. godine", "15. ožujka 2026. godine", "2026-03-15"),
        ("sr-Latn", "u oktobru 2025. godine", "oktobru 2025. godine", "2025-10-01..2025-10-31"),
        ("bg", "първите десет месеца на 2025", "първите десет месеца на 2025", "2025-01-01..2025-10-31"),
        ("ro", "trimestrul al treilea din 2025", "trimestrul al treilea din 2025", "2025-07-01..2025-09-30"),
        ("ro", "mai mult, la 15 mai 2026", "15 mai 2026", "2026-05-15"),
        ("el", "από 10 έως 12 Μαΐου 2026", "από 10 έως 12 Μαΐου 2026", "2026-05-10..2026-05-12"),
    ],
)
def test_other_languages(language: str, text: str, found: str, expected: str) -> None:
    mention = only(text, language)
    assert (mention.text, days(mention)) == (found, expected)


@given(
    when=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    form=st.sampled_from(["{d} {m} {y}", "{d:02}.{n:02}.{y}", "{y}-{n:02}-{d:02}", "{d}/{n}/{y}", "{y} yılı {d} {m}"]),
    tail=st.sampled_from(["", "'te imzalandı.", " tarihinde imzalandı", ", sonra", ")", " Cuma"]),
    upper=st.booleans(),
)
def test_every_day_is_read_back_in_every_form(when: date, form: str, tail: str, upper: bool) -> None:
    written = form.format(d=when.day, n=when.month, y=when.year, m=MONTHS[when.month - 1])
    text = f"Belge {written}{tail}"
    text = text.replace("i", "İ").upper() if upper else text
    mention = only(text, reference=None)
    assert (mention.first, mention.last, mention.precision, mention.basis) == (when, when, "day", "explicit")


@given(
    text=st.lists(
        st.sampled_from(
            [
                "geçen",
                "gelecek",
                "bu",
                "önceki",
                "yılın",
                "yıl",
                "ayın",
                "ay",
                "hafta",
                "haftanın",
                "sonu",
                "başında",
                "günü",
                "3",
                "12",
                "31",
                "2025",
                "2024'ün",
                "Mart'ta",
                "ekim",
                "ocak-mayıs",
                "ilk",
                "son",
                "üçüncü",
                "çeyreğinde",
                "pazartesi",
                "dün",
                "bugünden",
                "itibaren",
                "iki",
                "gün",
                "sonra",
                "önce",
                "içinde",
                "aynı",
                "dönemi",
                "kadar",
                "-",
                ",",
                ".",
                "ve",
                "ile",
                "arası",
                "yirmi",
                "bin",
                "yüz",
                "onlarda",
                "kış",
                "12.04.2025",
                "25/10'dan",
                "9999",
                "yılında",
            ]
        ),
        max_size=14,
    ).map(" ".join),
    reference=st.one_of(st.none(), st.dates()),
    language=st.sampled_from(["tr", "az", "sq", "en", "de", "ru", "fr", "ar", "xx-YY", ""]),
)
def test_any_words_give_ordered_mentions_of_the_text(text: str, reference: date | None, language: str) -> None:
    end = 0
    for mention in read_dates(text, reference, language):
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end
        end = mention.end
        assert (mention.last is None) == (mention.basis == "unresolved")
        assert mention.first is None or mention.last is None or mention.first <= mention.last


@given(text=st.text(max_size=80), reference=st.one_of(st.none(), st.dates()))
def test_any_text_keeps_its_offsets(text: str, reference: date | None) -> None:
    for mention in read_dates(text, reference):
        assert text[mention.start : mention.end] == mention.text


@given(reference=st.dates(date(1950, 1, 1), date(2080, 1, 1)), ahead=st.integers(1, 150))
def test_a_day_without_its_year_is_the_one_meant_around_any_reference(reference: date, ahead: int) -> None:
    for when, verb in ((reference + timedelta(days=ahead), "açılacak"), (reference - timedelta(days=ahead), "açıldı")):
        if (when.month, when.day) != (2, 29):
            mention = only(f"Tesis {when.day} {MONTHS[when.month - 1]} günü {verb}.", reference=reference)
            assert mention.first == mention.last == when


# texts that look ahead or back as far as can be, and runs of every kind of character
HOSTILE = {
    "tr": (
        "12 Mart 2026, |ocak-ekim |dün bugün |1.1.2020-|2025'in |geçen yılın |bin |ocak, |2025 ve |2024/2025/"
        "|iki gün |22'sinde |ilk çeyreğinin |10 ile |ocaktan |içinde daha sonra |aynı |ocak/|1|.|1.|1-|1/| |'|1'|a|a'|ı"
        "|acak|dıdı|5, |5 ve |Cuma (|önceki ay |28.02-"
    ),
    "ar": "وفي |و|كانون الثاني/|بين يناير و|١",
    "fr": "d'ici |l'|avant-|fin |le 1er |dix premiers ",
    "sq": "10 deri më |muajt e parë të ",
}


@pytest.mark.measurement
@pytest.mark.parametrize(("language", "unit"), [(code, unit) for code in HOSTILE for unit in HOSTILE[code].split("|")])
def test_reading_is_linear_in_hostile_text(language: str, unit: str) -> None:
    assert grows_linearly(lambda text: read_dates(text, REFERENCE, language), unit)
