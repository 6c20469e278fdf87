"""Which day, month or stretch a date without a year is, by the verb it goes with; parts of a year named in words."""

from __future__ import annotations

from datetime import date

import pytest

from ozetle.facts.dates.reader import read_dates
from tests.facts.growth import grows_linearly

REFERENCE = date(2025, 11, 13)  # a Thursday
LAST_MONDAY, NEXT_MONDAY = date(2025, 11, 10), date(2025, 11, 17)
LAST_FRIDAY, NEXT_FRIDAY = date(2025, 11, 7), date(2025, 11, 14)


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("tr", "Bakan pazartesi günü görüştü.", [LAST_MONDAY]),
        ("tr", "Bakan pazartesi günü görüşecek.", [NEXT_MONDAY]),
        ("tr", "Pazartesi günü Roma'ya gelen heyet cuma günü dönecek.", [LAST_MONDAY, NEXT_FRIDAY]),
        ("tr", "Heyetin pazartesi günü Roma'ya gitmesi bekleniyor.", [NEXT_MONDAY]),
        ("tr", "Toplantı pazartesi gününe ertelendi.", [NEXT_MONDAY]),
        ("az", "Nazirin bazar ertəsi nəzərdə tutulan səfəri ləğv edilib.", [NEXT_MONDAY]),
        ("sq", "Takimi u shty për të hënën.", [NEXT_MONDAY]),
        ("en", "The talks were postponed to Monday.", [NEXT_MONDAY]),
        ("ru", "Визит перенесён на понедельник.", [NEXT_MONDAY]),
        ("az", "Komissiya bazar ertəsi toplaşıb.", [LAST_MONDAY]),
        ("az", "Komissiya bazar ertəsi toplaşacaq.", [NEXT_MONDAY]),
        ("sq", "Komisioni u mblodh të hënën në Shkup.", [LAST_MONDAY]),
        ("sq", "Të hënën, ministri vizitoi Shkupin.", [LAST_MONDAY]),
        ("sq", "Ministri do të vizitojë Shkupin të hënën.", [NEXT_MONDAY]),
        ("sq", "Ministri deklaroi të hënën se forumi do të mbahet të premten.", [LAST_MONDAY, NEXT_FRIDAY]),
        ("en", "The commission met on Monday in Skopje.", [LAST_MONDAY]),
        ("en", "The spokesman said Monday that sales rose.", [LAST_MONDAY]),
        ("en", "The protocol will also be officially signed on Monday.", [NEXT_MONDAY]),
        ("en", "The forum is expected to be opened on Monday.", [NEXT_MONDAY]),
        ("en", "The United States will open the fair on Monday.", [NEXT_MONDAY]),
        ("en", "On Monday, envoys met in Skopje.", [LAST_MONDAY]),
        ("en", "Envoys said that on Monday the council will convene.", [NEXT_MONDAY]),
        ("en", "He arrived on Monday and will leave on Friday.", [LAST_MONDAY, NEXT_FRIDAY]),
        ("en", "The council met on Thursday.", [REFERENCE]),
        ("ru", "Комиссия собралась в понедельник.", [LAST_MONDAY]),
        ("ru", "В понедельник стороны подписали протокол.", [LAST_MONDAY]),
        ("ru", "Протокол будет подписан в понедельник.", [NEXT_MONDAY]),
        ("ru", "Посол сообщил в понедельник, что форум пройдёт в пятницу.", [LAST_MONDAY, NEXT_FRIDAY]),
        ("de", "Der Ausschuss traf sich am Montag in Skopje.", [LAST_MONDAY]),
        ("de", "Am Montag wurde das Protokoll unterzeichnet.", [LAST_MONDAY]),
        ("de", "Das Protokoll wird am Montag unterzeichnet.", [NEXT_MONDAY]),
        ("ar", "التقى السفير نظيره يوم الاثنين", [LAST_MONDAY]),
        ("ar", "سيلتقي السفير نظيره يوم الاثنين", [NEXT_MONDAY]),
        ("ar", "أعلن السفير الاثنين أن المنتدى سيعقد يوم الجمعة", [LAST_MONDAY, NEXT_FRIDAY]),
    ],
)
def test_a_weekday_is_the_last_or_the_next_one_by_the_verb_of_its_clause(
    language: str, text: str, days: list[date]
) -> None:
    mentions = read_dates(text, REFERENCE, language)
    assert [(mention.first, mention.last) for mention in mentions] == [(day, day) for day in days]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Exports grew in May.", date(2025, 5, 1)),
        ("The fair will be held in May.", date(2026, 5, 1)),
        ("Stocks fell in December.", date(2024, 12, 1)),
        ("Prices, which fell sharply in the spring, are seen higher. The fair will open in May.", date(2026, 5, 1)),
    ],
)
def test_a_month_in_english_follows_the_verb_before_it(text: str, first: date) -> None:
    assert [mention.first for mention in read_dates(text, REFERENCE, "en")][-1] == first


@pytest.mark.parametrize(
    ("language", "text", "found", "months"),
    [
        ("tr", "Yılın ilk on ayında arttı.", "Yılın ilk on ayında", (2025, 1, 10)),
        ("az", "İlin ilk on ayında artıb.", "İlin ilk on ayında", (2025, 1, 10)),
        ("az", "Yanvar-oktyabr aylarında artıb.", "Yanvar-oktyabr aylarında", (2025, 1, 10)),
        ("en", "Sales rose in the first ten months.", "first ten months", (2025, 1, 10)),
        ("en", "Sales rose in the first eleven months of 2024.", "first eleven months of 2024", (2024, 1, 11)),
        ("en", "during the first nine months of the year", "first nine months of the year", (2025, 1, 9)),
        ("en", "in the first half of the year", "first half of the year", (2025, 1, 6)),
        ("en", "in the January-October period", "January-October period", (2025, 1, 10)),
        ("en", "Sales rose over the first ten months.", "first ten months", (2025, 1, 10)),
        ("ru", "за первые десять месяцев", "первые десять месяцев", (2025, 1, 10)),
        ("ru", "за одиннадцать месяцев 2024 года", "одиннадцать месяцев 2024 года", (2024, 1, 11)),
        ("ru", "за 9 месяцев текущего года", "9 месяцев текущего года", (2025, 1, 9)),
        ("ru", "в первом полугодии", "первом полугодии", (2025, 1, 6)),
        ("sq", "Në dhjetë muajt e parë të vitit u rrit.", "dhjetë muajt e parë të vitit", (2025, 1, 10)),
        ("sq", "në nëntëmujorin e parë", "nëntëmujorin e parë", (2025, 1, 9)),
        ("sq", "njëmbëdhjetëmujori i parë i vitit 2024", "njëmbëdhjetëmujori i parë i vitit 2024", (2024, 1, 11)),
        ("sq", "në 11-mujorin e parë të vitit 2024", "11-mujorin e parë të vitit 2024", (2024, 1, 11)),
        ("ar", "خلال الأشهر الأحد عشر الأولى من عام 2024", "الأشهر الأحد عشر الأولى من عام 2024", (2024, 1, 11)),
        ("ar", "خلال الأشهر الـ9 الأولى من العام", "الأشهر الـ9 الأولى من العام", (2025, 1, 9)),
        ("ar", "خلال أول 10 شهرا من العام الجاري", "أول 10 شهرا من العام الجاري", (2025, 1, 10)),
        ("ar", "خلال النصف الأول من العام", "النصف الأول من العام", (2025, 1, 6)),
        ("de", "in den ersten zehn Monaten", "ersten zehn Monaten", (2025, 1, 10)),
        ("de", "Januar bis Oktober", "Januar bis Oktober", (2025, 1, 10)),
        ("fr", "au cours des onze premiers mois de 2024", "onze premiers mois de 2024", (2024, 1, 11)),
    ],
)
def test_a_part_of_a_year_is_read_whether_or_not_the_year_is_named(
    language: str, text: str, found: str, months: tuple[int, int, int]
) -> None:
    (mention,) = read_dates(text, REFERENCE, language)
    assert mention.text == found
    assert mention.first == date(months[0], months[1], 1)
    assert mention.last is not None
    assert (mention.last.year, mention.last.month) == (months[0], months[2])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "in the first six months of the project"),
        ("en", "The first six months were hard."),
        ("en", "within six months"),
        ("de", "in den ersten sechs Monaten des Projekts"),
        ("ar", "خلال الأشهر الستة الأولى من المشروع"),
        ("sq", "në gjashtë muajt e parë të projektit"),
    ],
)
def test_the_first_months_of_something_else_are_none_of_the_years(language: str, text: str) -> None:
    assert [mention for mention in read_dates(text, REFERENCE, language) if mention.first == date(2025, 1, 1)] == []


def test_the_same_period_is_not_the_day_on_which_somebody_spoke() -> None:
    text = "Sales rose in January-September, the envoy said on Monday. That is more than in the same period last year."
    mention = read_dates(text, REFERENCE, "en")[-1]
    assert (mention.first, mention.last) == (date(2024, 1, 1), date(2024, 9, 30))


@pytest.mark.parametrize(
    ("language", "text", "last"),
    [
        ("en", "They agreed to double it within five years.", date(2030, 11, 13)),
        ("sq", "Do të arrihet brenda tre viteve.", date(2028, 11, 13)),
        ("ru", "Стороны намерены удвоить его в течение пяти лет.", date(2030, 11, 13)),
        ("tr", "Hat iki yıl içinde tamamlanacak.", date(2027, 11, 13)),
        ("tr", "Hat iki yıl içinde tamamlandı.", None),
    ],
)
def test_what_is_to_be_done_within_a_time_begins_today(language: str, text: str, last: date | None) -> None:
    (mention,) = read_dates(text, REFERENCE, language)
    assert (mention.first, mention.last) == (REFERENCE if last else None, last)


def test_a_full_stop_behind_an_english_day_ends_the_sentence() -> None:
    mentions = read_dates("It opened on November 4. The fair will close on November 20. Envoys came.", REFERENCE, "en")
    assert [(mention.text, mention.first) for mention in mentions] == [
        ("November 4", date(2025, 11, 4)),
        ("November 20", date(2025, 11, 20)),
    ]


UNITS = "on Monday |met |will |will be signed |, on Monday |within |in the first |six months |du|u |e parë |11-mujorin "


@pytest.mark.measurement
@pytest.mark.parametrize("language", ["en", "sq", "ru", "ar"])
@pytest.mark.parametrize("unit", UNITS.split("|"))
def test_clauses_are_read_in_linear_time(language: str, unit: str) -> None:
    assert grows_linearly(lambda text: read_dates(text, REFERENCE, language), unit)
