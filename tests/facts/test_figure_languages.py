"""Figures of news in the languages besides Turkish: values, decimal conventions, scale words and their inflection."""

from __future__ import annotations

import pytest

from ozetle.facts import read_figures


def values(text: str, language: str) -> list[str]:
    """Each figure as value[..upper] unit, in base units."""
    figures = read_figures(text, language)
    assert all(text[figure.start : figure.end] == figure.text for figure in figures)
    return [
        f"{figure.value:f}{'' if figure.upper is None else f'..{figure.upper:f}'} {figure.currency or figure.unit}"
        for figure in figures
    ]


LANGUAGES = {
    "ar": """
        بلغ حجم التبادل التجاري 5.2 مليار دولار العام الماضي | 5200000000 USD
        بلغت الصادرات ٥٫٢ مليارات دولار | 5200000000 USD
        ارتفع السعر يوم الاثنين إلى 74.5 دولارا | 74.5 USD
        صعدت الأسهم الاثنين إلى 74.5 مليون ليرة تركية | 74500000 TRY
        شاركت ٣٬٥٠٠ شركة في المعرض | 3500 count
        وصلت القيمة إلى 1,250,000 ليرة تركية | 1250000 TRY
        قيمة العقد 1.250.000 يورو | 1250000 EUR
        استثمر الصندوق ملياري دولار ومليوني يورو | 2000000000 USD | 2000000 EUR
        ثلاثة مليارات و200 مليون دولار | 3200000000 USD
        خمسة وعشرون مليون ريال سعودي | 25000000 SAR
        مليار ونصف المليار درهم إماراتي | 1500000000 AED
        بمليون دولار، ونصف مليون يورو | 1000000 USD | 500000 EUR
        ارتفع 3.5 في المئة و12 بالمئة و٢٥٪ وخمسة بالمئة | 3.5 percent | 12 percent | 25 percent | 5 percent
        بين 5 و7 مليارات دولار، 50 مليوناً من الدولارات | 5000000000..7000000000 USD | 50000000 USD
        عشرة آلاف طن، 46 دولة، 15 ألف زائر | 10000 ton | 46 count | 15000 count
    """,
    "ru": """
        Товарооборот достиг 8,95 миллиарда долларов | 8950000000 USD
        Экспорт составил 2.345 млрд долларов США | 2345000000 USD
        Импорт вырос до 1 234,5 млн евро | 1234500000 EUR
        Выделен миллиард рублей и полмиллиона тенге | 1000000000 RUB | 500000 KZT
        Речь о полутора миллиардах лир и двух с половиной миллионах манатов | 1500000000 TRY | 2500000 AZN
        Пять миллиардов триста миллионов долларов | 5300000000 USD
        500 тыс. долл. и 20 млрд руб. | 500000 USD | 20000000000 RUB
        Рост на 4,5 процента, или 0,3 процентного пункта | 4.5 percent | 0.3 puan
        от 5 до 7 миллиардов долларов, между 5 и 7 млн евро | 5000000000..7000000000 USD | 5000000..7000000 EUR
        Приехали 15 тыс. человек из 46 стран | 15000 count | 46 count
        Завезли 3 000 тонн и 30 млрд кубометров | 3000 ton | 30000000000 m³
        Заработали миллиарды долларов за 3 дня 2025 года |
    """,
    "az": """
        Ticarət dövriyyəsi 8,95 milyard ABŞ dollarına çatıb | 8950000000 USD
        İdxal 1.250.000 manat olub | 1250000 AZN
        İxrac 1 milyard 200 milyon manat təşkil edib | 1200000000 AZN
        iki yarım milyard dollar, yarım milyon avro | 2500000000 USD | 500000 EUR
        5 mlrd. dollar və 300 mln. avro | 5000000000 USD | 300000000 EUR
        2 min 500 ton, 12 milyon tona qədər | 2500 ton | 12000000 ton
        3,2 faiz artıb, 12 faizə düşüb | 3.2 percent | 12 percent
        35 milyon türk lirəsi, on beş milyon manatlıq layihə | 35000000 TRY | 15000000 AZN
        120 Türkiyə şirkəti və 46 ölkədən 3500 nəfər | 120 count | 46 count | 3500 count
        5-6 milyard dollar, 16 milyard kubmetr qaz | 5000000000..6000000000 USD | 16000000000 m³
        2025-ci ildə 10-cu iclas |
    """,
    "sq": """
        Vëllimi arriti 8,95 miliardë dollarë | 8950000000 USD
        Vlera është 1.250.000 euro | 1250000 EUR
        2 milionë e 500 mijë euro | 2500000 EUR
        një milion e gjysmë euro, gjysmë milioni lekë | 1500000 EUR | 500000 ALL
        dy milionë e gjysmë dollarë | 2500000 USD
        një miliard dollarë dhe 300 mln lekë | 1000000000 USD | 300000000 ALL
        njëzet e pesë milionë euro, dyqind mijë lekë | 25000000 EUR | 200000 ALL
        12 për qind, 3,5 përqind, 4,2% | 12 percent | 3.5 percent | 4.2 percent
        10 milionë lira turke, 5 milionë franga zvicerane | 10000000 TRY | 5000000 CHF
        midis 5 dhe 7 milionë euro, 5 deri në 7 milionë euro | 5000000..7000000 EUR | 5000000..7000000 EUR
        3.000 kompani nga 46 shtete | 3000 count | 46 count
        vlera prej 2 miliardë eurosh | 2000000000 EUR
    """,
    "en": """
        Trade reached $8.95 billion | 8950000000 USD
        It cost 2,345 dollars, or 2.345 billion lira | 2345 USD | 2345000000 TRY
        a million dollars, half a million euros, a billion and a half yen | 1000000 USD | 500000 EUR | 1500000000 JPY
        two and a half million euros | 2500000 EUR
        between 5 and 7 billion dollars, $5-7 billion | 5000000000..7000000000 USD | 5000000000..7000000000 USD
        five billion three hundred million dollars | 5300000000 USD
        €3.5m, 7.5 bn USD, US$300K, £1.2bn | 3500000 EUR | 7500000000 USD | 300000 USD | 1200000000 GBP
        5 dollars and 50 cents | 5.5 USD
        to raise trade from $5.2 billion to $15 billion | 5200000000 USD | 15000000000 USD
        $5 billion to $7 billion in loans | 5000000000..7000000000 USD
        twenty-five companies, a hundred firms, a thousand people | 25 count | 100 count | 1000 count
        12.5 percent, three per cent, 0.3 percentage points | 12.5 percent | 3 percent | 0.3 puan
        millions of dollars, hundreds of companies, in 2025 |
    """,
    "de": """
        Das Handelsvolumen erreichte 8,95 Milliarden Dollar | 8950000000 USD
        Der Preis liegt bei 1.250.000 Euro, nicht bei 1.250 Euro | 1250000 EUR | 1250 EUR
        7,5 Mrd. US-Dollar und 3,5 Mio. Euro | 7500000000 USD | 3500000 EUR
        eine halbe Million Euro, anderthalb Milliarden Dollar | 500000 EUR | 1500000000 USD
        zweieinhalb Millionen Euro | 2500000 EUR
        fünfundzwanzig Unternehmen, zweihundertzwölf Firmen | 25 count | 212 count
        dreihunderttausend Euro, zweitausendfünfhundert Menschen | 300000 EUR | 2500 count
        fünf Milliarden dreihundert Millionen Dollar | 5300000000 USD
        12,5 Prozent, 0,3 Prozentpunkte | 12.5 percent | 0.3 puan
        zwischen 5 und 7 Milliarden Euro, 5 bis 7 Mio. Euro | 5000000000..7000000000 EUR | 5000000..7000000 EUR
        1,2 Billionen Euro, 15 Millionen türkische Lira | 1200000000000 EUR | 15000000 TRY
    """,
    "fr": """
        Le commerce a atteint 8,95 milliards de dollars | 8950000000 USD
        1 234,5 millions d'euros, 3 000 entreprises | 1234500000 EUR | 3000 count
        2.345 milliards de dollars | 2345000000 USD
        un million et demi d'euros, un demi-million de dollars | 1500000 EUR | 500000 USD
        12,5 %, 12 pour cent | 12.5 percent | 12 percent
        entre 5 et 7 millions d’euros | 5000000..7000000 EUR
        8,95 milliards de livres turques, 100 dirhams marocains | 8950000000 TRY | 100 MAD
        mille personnes de 46 pays, 2 millions de touristes | 1000 count | 46 count | 2000000 count
        5 000 tonnes, vingt-cinq usines | 5000 ton | 25 count
        3 points de pourcentage | 3 puan
    """,
    "uk": """
        Товарообіг сягнув 8,95 мільярда доларів | 8950000000 USD
        1 234,5 млн євро, 20 млрд грн | 1234500000 EUR | 20000000000 UAH
        2.345 млрд доларів США | 2345000000 USD
        мільярд гривень, півмільйона євро | 1000000000 UAH | 500000 EUR
        півтора мільйона лір, два з половиною мільйони доларів | 1500000 TRY | 2500000 USD
        п'ять мільйонів доларів | 5000000 USD
        12 відсотків, 3,5 відсотка | 12 percent | 3.5 percent
        між 5 і 7 млн євро | 5000000..7000000 EUR
        15 тис. осіб із 46 країн | 15000 count | 46 count
        1,2 мільйона тонн | 1200000 ton
    """,
    "bs": """
        Razmjena je dostigla 8,95 milijardi dolara | 8950000000 USD
        1.234,5 miliona eura, 3.000 kompanija | 1234500000 EUR | 3000 count
        milijardu dolara, pola miliona eura | 1000000000 USD | 500000 EUR
        milion i po eura | 1500000 EUR
        2 miliona i 500 hiljada eura | 2500000 EUR
        15 miliona KM, 2 miliona konvertibilnih maraka, 15 km | 15000000 BAM | 2000000 BAM | 15 km
        12,5 posto, 12 odsto, 3 procenta | 12.5 percent | 12 percent | 3 percent
        između 5 i 7 miliona eura | 5000000..7000000 EUR
        8,95 milijardi turskih lira | 8950000000 TRY
        100 hiljada tona iz 46 zemalja | 100000 ton | 46 count
    """,
    "hr": "1,2 milijuna eura, 100 tisuća tona | 1200000 EUR | 100000 ton",
    "sr": "1,2 miliona evra, 5 milijardi dinara | 1200000 EUR | 5000000000 RSD",
    "bg": """
        Стокообменът достигна 8,95 милиарда долара | 8950000000 USD
        7,5 млрд. долара, 1 234,5 млн. евро | 7500000000 USD | 1234500000 EUR
        2.345 млрд. лева | 2345000000 BGN
        милион и половина лева, половин милион евро | 1500000 BGN | 500000 EUR
        20 милиона лв. | 20000000 BGN
        12,5 процента, 12 на сто, 5% | 12.5 percent | 12 percent | 5 percent
        между 5 и 7 милиона евро | 5000000..7000000 EUR
        8,95 милиарда турски лири | 8950000000 TRY
        3000 фирми от 46 държави | 3000 count | 46 count
        15 хил. тона, 2 процентни пункта | 15000 ton | 2 puan
    """,
    "ro": """
        Comerțul a ajuns la 8,95 miliarde de dolari | 8950000000 USD
        1.234,5 milioane euro, 3.000 de companii | 1234500000 EUR | 3000 count
        20 de milioane de euro | 20000000 EUR
        un milion și jumătate de lei | 1500000 RON
        jumătate milion euro, 100 mil. euro | 500000 EUR | 100000000 EUR
        12,5 la sută, 5% | 12.5 percent | 5 percent
        între 5 și 7 milioane de euro | 5000000..7000000 EUR
        8,95 miliarde de lire turcești | 8950000000 TRY
        15 mii de tone, 2 milioane și 500 de mii de lei | 15000 ton | 2500000 RON
        46 de țări, 2 puncte procentuale | 46 count | 2 puan
    """,
    "el": """
        Το εμπόριο έφτασε τα 8,95 δισεκατομμύρια δολάρια | 8950000000 USD
        1.234,5 εκατ. ευρώ, 3.000 εταιρείες | 1234500000 EUR | 3000 count
        5 δισ. ευρώ, ένα εκατομμύριο δολάρια | 5000000000 EUR | 1000000 USD
        ενάμισι εκατομμύριο ευρώ | 1500000 EUR
        12,5%, 12 τοις εκατό | 12.5 percent | 12 percent
        μεταξύ 5 και 7 εκατομμυρίων ευρώ | 5000000..7000000 EUR
        8,95 δισ. τουρκικές λίρες | 8950000000 TRY
        15 χιλιάδες τόνοι | 15000 ton
        46 χώρες, 200 επιχειρήσεις | 46 count | 200 count
        2 ποσοστιαίες μονάδες | 2 puan
    """,
    "kk": """
        Тауар айналымы 8,95 миллиард доллар болды | 8950000000 USD
        1 234,5 млн еуро, 2.345 млрд теңге | 1234500000 EUR | 2345000000 KZT
        миллиард доллар, жарты миллион теңге | 1000000000 USD | 500000 KZT
        бір жарым миллион доллар | 1500000 USD
        5 миллиард АҚШ долларына, 20 миллиард теңгеге | 5000000000 USD | 20000000000 KZT
        12,5 пайыз, 12 пайызға | 12.5 percent | 12 percent
        2,5 миллиард түрік лирасы | 2500000000 TRY
        3 мың тонна, 15 мың адам | 3000 ton | 15000 count
        46 ел, 200-ден астам компания | 46 count | 200 count
        бес миллиард үш жүз миллион доллар | 5300000000 USD
    """,
    "ky": """
        Соода жүгүртүү 8,95 миллиард долларга жетти | 8950000000 USD
        1 234,5 млн евро, 300 млн сомго | 1234500000 EUR | 300000000 KGS
        2.345 млрд сом | 2345000000 KGS
        миллиард доллар, бир жарым миллион сом | 1000000000 USD | 1500000 KGS
        жарым миллион евро | 500000 EUR
        5 миллиард АКШ долларына | 5000000000 USD
        12,5 пайыз, 12 пайызга | 12.5 percent | 12 percent
        3 миң тонна, 15 миң адам | 3000 ton | 15000 count
        46 өлкө, 10 млн теңге | 46 count | 10000000 KZT
        беш миллиард үч жүз миллион доллар | 5300000000 USD
    """,
    "uz": """
        Savdo aylanmasi 8,95 milliard dollarga yetdi | 8950000000 USD
        1 234,5 mln yevro, 20 milliard so'm | 1234500000 EUR | 20000000000 UZS
        2.345 mlrd so‘m | 2345000000 UZS
        milliard dollar, bir yarim million so'm | 1000000000 USD | 1500000 UZS
        o'n besh million dollar, to'rt yuz kishi | 15000000 USD | 400 count
        5 milliard AQSH dollariga | 5000000000 USD
        12,5 foiz, 12 foizga | 12.5 percent | 12 percent
        3 ming tonna, 15 ming kishi | 3000 ton | 15000 count
        46 davlat, kamida 200 korxona | 46 count | 200 count
        2,5 milliard turk lirasi | 2500000000 TRY
    """,
    "tk": """
        Söwda dolanyşygy 8,95 milliard dollara ýetdi | 8950000000 USD
        1.250.000 manat, 300 mln ýewro | 1250000 TMT | 300000000 EUR
        milliard dollar, ýarym million manat | 1000000000 USD | 500000 TMT
        bir ýarym million dollar | 1500000 USD
        5 milliard ABŞ dollaryna | 5000000000 USD
        12,5 göterim, 12 göterime | 12.5 percent | 12 percent
        3 müň tonna | 3000 ton
        on bäş million manat | 15000000 TMT
        46 döwlet, 15 müň adam | 46 count | 15000 count
        bäş milliard üç ýüz million dollar | 5300000000 USD
    """,
}
CASES = [
    (language, *(part.strip() for part in line.split("|")))
    for language, block in LANGUAGES.items()
    for line in block.strip().splitlines()
]


@pytest.mark.parametrize(("language", "text", "expected"), [(case[0], case[1], case[2:]) for case in CASES])
def test_values(language: str, text: str, expected: tuple[str, ...]) -> None:
    assert values(text, language) == [value for value in expected if value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "1.234,5 Millionen Euro"), ("ru", "1 234,5 млн евро"), ("en", "1,234.5 million euros"),
        ("ar", "1,234.5 مليون يورو"), ("ar", "١٬٢٣٤٫٥ مليون يورو"), ("fr", "1 234,5 millions d'euros"),
        ("az", "1.234,5 milyon avro"), ("sq", "1.234,5 milionë euro"), ("tr", "1.234,5 milyon avro"),
        ("ro", "1.234,5 milioane de euro"), ("el", "1.234,5 εκατομμύρια ευρώ"), ("hr", "1.234,5 milijuna eura"),
    ],
)  # fmt: skip
def test_the_same_amount_in_each_convention(language: str, text: str) -> None:
    assert values(text, language) == ["1234500000 EUR"]


def test_prefixes_of_arabic_stay_outside_the_digits() -> None:
    text = "و200 مليون دولار"
    [figure] = read_figures(text, "ar")
    assert (figure.start, figure.end) == (1, len(text))


def test_glued_prefixes_take_no_endless_time() -> None:
    for piece in ("ل", "بال", "ولل", "وال"):
        assert values(piece * 2_000, "ar") == []


BOUNDS = {
    "ar": """
        أكثر من 7 ملايين دولار | over
        ما يزيد على 7 ملايين دولار | over
        ما لا يقل عن 7 ملايين دولار | over
        لا يزيد على 7 ملايين دولار | under
        لا يتجاوز 7 ملايين دولار | under
        ليس أكثر من 7 ملايين دولار | under
    """,
    "az": """
        ən çoxu 7 milyon dollar | under
        ən azı 7 milyon dollar | over
        7 milyon dollardan çox olan layihə | over
        7 milyon dollardan çox olmayan layihə | under
        7 milyon manatdan az olmayaraq | over
        dəyəri 7 milyon manatdan az deyil | over
        50-dən az olmayan şirkət | over
    """,
    "bg": """
        по-малко от 7 млн. лева | under
        не по-малко от 7 млн. лева | over
        не повече от 700 фирми | under
        най-малко 700 фирми | over
    """,
    "de": """
        mehr als 7 Millionen Euro | over
        nicht mehr als 7 Millionen Euro | under
        nicht weniger als 7 Millionen Euro | over
        höchstens 7 Millionen Euro, mindestens 700 Firmen | under | over
        nicht über 700 Firmen | under
        Das ist es nicht. Mehr als 700 Firmen | over
        nicht rund 7 Millionen Euro | about
    """,
    "el": """
        όχι περισσότερα από 7 εκατ. ευρώ | under
        όχι λιγότερες από 700 εταιρείες | over
        το πολύ 7 εκατ. ευρώ | under
    """,
    "en": """
        no more than 7 million | under
        not more than $7 million | under
        not less than $7 million, no less than 7 percent | over | over
        no fewer than 700 companies | over
        it will not be more than 700 companies | under
        they weren't more than 700 companies | under
        "No," he said: more than 700 companies | over
        not only more than $7 million | over
        at most $7 million, at least 700 companies | under | over
    """,
    "fr": """
        plus de 7 millions d'euros | over
        pas plus de 7 millions d'euros | under
        pas moins de 700 entreprises | over
        au-delà de 7 millions d'euros, jusqu’à 700 entreprises | over | under
    """,
    "kk": "200-ден кем емес компания, 7 млн теңгеден артық емес | over | under",
    "ky": "7 млн сомдон ашык эмес, 7 млн сомдон аз эмес | under | over",
    "ro": "nu mai mult de 7 milioane de euro, nu mai puțin de 7 milioane de euro | under | over",
    "ru": """
        более 7 млн долларов, менее 7 млн долларов | over | under
        не более 7 млн долларов, не менее 7 млн долларов | under | over
        не больше 700 компаний, не меньше 700 компаний | under | over
        не менее чем 7 млн евро, не ниже 7 процентов | over | over
    """,
    "sq": """
        më shumë se 7 milionë euro | over
        jo më shumë se 7 milionë euro | under
        jo më pak se 7 milionë euro | over
        nuk janë më pak se 700 kompani | over
        më së shumti 7 milionë euro | under
    """,
    "sr": "ne više od 7 miliona evra, ne manje od 7 miliona evra | under | over",
    "tk": "7 mln manatdan köp däl, 7 mln manatdan az bolmadyk | under | over",
    "tr": """
        en fazla 7 milyon lira, en az 7 milyon lira | under | over
        7 milyon liradan fazla olmayan destek | under
        7 milyon liradan az olmamak üzere | over
        7 milyon dolardan az olmamak kaydıyla | over
        gelirin 7 milyon liradan fazla olması bekleniyor | over
        7 milyondan az olmaya başladı | under
        7 milyon liradan fazla değil | under
        50'den az olmayan ülke | over
        yüzde 5'in altında olmayacak | over
        7 milyona yakın olmayan | about
    """,
    "uk": """
        не більше 7 млн гривень, не менше 7 млн гривень | under | over
        не менш ніж 7 млн гривень | over
    """,
    "uz": "7 mln so'mdan kam bo'lmagan, 7 mln so‘mdan ko‘p emas | over | under",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [(language, line.strip()) for language, block in BOUNDS.items() for line in block.strip().splitlines()],
)
def test_bounds(language: str, line: str) -> None:
    text, *expected = line.split(" | ")
    assert [figure.bound for figure in read_figures(text, language)] == expected
