"""Figures and numbers: values, units, spans, and what is no figure."""

from __future__ import annotations

import itertools
import time
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.facts import Figure, Number, read_figures, read_numbers


def shown(figure: Figure) -> str:
    """A figure in one line: text = value[..upper] unit[ counted][ bound]."""
    value = format(figure.value, "f") + (f"..{figure.upper:f}" if figure.upper is not None else "")
    unit = figure.currency or figure.unit
    return " ".join(filter(None, [f"{figure.text} = {value} {unit}", figure.counted, figure.bound]))


def read(text: str, language: str = "tr") -> list[str]:
    figures = read_figures(text, language)
    assert all(text[figure.start : figure.end] == figure.text for figure in figures)
    return [shown(figure) for figure in figures]


def cases(block: str) -> list[tuple[str, list[str]]]:
    """Texts, each with its figures on the indented lines behind it; \\n stands for a line break."""
    found: list[tuple[str, list[str]]] = []
    for line in dedent(block).strip().splitlines():
        if line.startswith(" "):
            found[-1][1].append(line.strip().replace(r"\n", "\n"))
        else:
            found.append((line.replace(r"\n", "\n"), []))
    return found


@pytest.mark.parametrize(
    ("text", "figures"),
    cases(
        r"""
        İhracat 2 milyar 345 milyon dolarla rekor kırdı.
            2 milyar 345 milyon dolarla = 2345000000 USD
        1 milyar 250 milyon 300 bin dolar
            1 milyar 250 milyon 300 bin dolar = 1250300000 USD
        Toplam 18,7 milyar dolar oldu.
            18,7 milyar dolar = 18700000000 USD
        Bedeli 1.250,75 TL'dir.
            1.250,75 TL = 1250.75 TRY
        on iki milyon avroluk hibe
            on iki milyon avroluk = 12000000 EUR
        50 MİLYAR DOLARLIK HEDEF
            50 MİLYAR DOLARLIK = 50000000000 USD
        iki buçuk milyon euro, yarım milyar lira
            iki buçuk milyon euro = 2500000 EUR
            yarım milyar lira = 500000000 TRY
        üç virgül beş milyar dolar
            üç virgül beş milyar dolar = 3500000000 USD
        48,2 milyon $'lık, $5 milyon, 3 €, ₺500
            48,2 milyon $ = 48200000 USD
            $5 milyon = 5000000 USD
            3 € = 3 EUR
            ₺500 = 500 TRY
        USD 5 milyon ve 10 bin EUR
            USD 5 milyon = 5000000 USD
            10 bin EUR = 10000 EUR
        hk $ 20, 15 C$, 7 $ c, US$ 3
            hk $ 20 = 20 HKD
            15 C$ = 15 CAD
            7 $ c = 7 CAD
            US$ 3 = 3 USD
        $5M, $1.2B, €3bn
            $5M = 5000000 USD
            $1.2B = 1200000000 USD
            €3bn = 3000000000 EUR
        80 tl 5 kuruş, 3 dolar 50 sent'e, 40 kuruş
            80 tl 5 kuruş = 80.05 TRY
            3 dolar 50 sent = 3.5 USD
            40 kuruş = 0.4 TRY
        5 milyon ABD doları, 3 Kanada doları
            5 milyon ABD doları = 5000000 USD
            3 Kanada doları = 3 CAD
        10 milyon Kırgız somu ile 4 Özbekistan somu
            10 milyon Kırgız somu = 10000000 KGS
            4 Özbekistan somu = 4 UZS
        2 bin somoni, 30 tenge, 40 yuanı, 7 manat
            2 bin somoni = 2000 TJS
            30 tenge = 30 KZT
            40 yuanı = 40 CNY
            7 manat = 7 AZN
        5 İsviçre frangı, 5 Japon yeni, 6 Mısır lirası
            5 İsviçre frangı = 5 CHF
            5 Japon yeni = 5 JPY
            6 Mısır lirası = 6 EGP
        9 milyon Birleşik Arap Emirlikleri dirhemi
            9 milyon Birleşik Arap Emirlikleri dirhemi = 9000000 AED
        2.5 milyar dolar, 1,250,000 dolar, 50,000 USD
            2.5 milyar dolar = 2500000000 USD
            1,250,000 dolar = 1250000 USD
            50,000 USD = 50000 USD
        18,5 milyar 300 milyon dolar
            18,5 milyar = 18500000000 count
            300 milyon dolar = 300000000 USD
        5'er bin dolar, ikişer milyon avro, birkaç bin lira
            5'er bin dolar = 5000 USD
            ikişer milyon avro = 2000000 EUR
        2 milyon yeni konut, 100 marka
            2 milyon yeni konut = 2000000 count konut
            100 marka = 100 count marka
        4 milyar\n859 milyon dolar
            4 milyar\n859 milyon dolar = 4859000000 USD
        5 dolar ve 50 sent, 5 lira ve 25 kuruş'a
            5 dolar ve 50 sent = 5.5 USD
            5 lira ve 25 kuruş = 5.25 TRY
        500.-TL, 1.500,00-TL, 30.000,-TL
            500.-TL = 500 TRY
            1.500,00-TL = 1500 TRY
            30.000,-TL = 30000 TRY
        100 Kanada $'ı, 3 milyon ABD $
            100 Kanada $ = 100 CAD
            3 milyon ABD $ = 3000000 USD
        TL 100, € 5, 5 €'luk, 3,5M$, 5 mn $, 5mlr TL
            TL 100 = 100 TRY
            € 5 = 5 EUR
            5 € = 5 EUR
            3,5M$ = 3500000 USD
            5 mn $ = 5000000 USD
            5mlr TL = 5000000000 TRY
        beş buçuk milyonu, üç buçuk milyarın üzerinde, 3 buçuk milyon
            beş buçuk milyonu = 5500000 count
            üç buçuk milyarın = 3500000000 count over
            3 buçuk milyon = 3500000 count
        ikiyüzellibin dolar, 250bin dolar, bin beş yüz liraya
            ikiyüzellibin dolar = 250000 USD
            250bin dolar = 250000 USD
            bin beş yüz liraya = 1500 TRY
        sıfır virgül beş milyon TL, yirmi altı virgül üç milyar doların
            sıfır virgül beş milyon TL = 500000 TRY
            yirmi altı virgül üç milyar doların = 26300000000 USD
        12 milyar 345,6 milyon dolar, 145 000 avro, 1.234.567,89 TL
            12 milyar 345,6 milyon dolar = 12345600000 USD
            145 000 avro = 145000 EUR
            1.234.567,89 TL = 1234567.89 TRY
        varili 85,4 dolar; 2.300 dolar/ton; 1 dolar 32,5 lira
            85,4 dolar = 85.4 USD
            2.300 dolar = 2300 USD
            1 dolar = 1 USD
            32,5 lira = 32.5 TRY
        """
    ),
)
def test_money(text: str, figures: list[str]) -> None:
    assert read(text) == figures


def test_money_whose_currency_is_open() -> None:
    assert read("20 milyon frank, 34 sent, 100 dinar") == [
        "20 milyon frank = 20000000 currency", "34 sent = 34 currency", "100 dinar = 100 currency",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("country", "code"),
    [("Bişkek'te Kırgızistan", "KGS"), ("Özbekistan", "UZS"), ("Ankara", "KGS"), ("Kırgızistan ile Özbekistan", None)],
)
def test_neighbours_that_share_a_word_for_their_money(country: str, code: str | None) -> None:
    [figure] = read_figures(f"{country} hükümeti 5 milyon som ayırdı.")
    assert (figure.unit, figure.currency) == ("currency", code)


@pytest.mark.parametrize(
    ("text", "figures"),
    cases(
        r"""
        %3,9 % 4,1 yüzde 5,2'lik
            %3,9 = 3.9 percent
            % 4,1 = 4.1 percent
            yüzde 5,2 = 5.2 percent
        binde 5, ‰ 3, yüzde on iki buçuk, yüzde yüz
            binde 5 = 5 permille
            ‰ 3 = 3 permille
            yüzde on iki buçuk = 12.5 percent
            yüzde yüz = 100 percent
        -%2,1 ve %-2,2 ve eksi yüzde 3
            -%2,1 = -2.1 percent
            %-2,2 = -2.2 percent
            eksi yüzde 3 = -3 percent
        yüzde 5,2'den 4,8'e geriledi
            yüzde 5,2 = 5.2 percent
            4,8 = 4.8 percent
        yüzde sıfır virgül beş, yüzde yarım, yüzde 5 buçuk, yüzde beş buçuğa
            yüzde sıfır virgül beş = 0.5 percent
            yüzde yarım = 0.5 percent
            yüzde 5 buçuk = 5.5 percent
            yüzde beş buçuğa = 5.5 percent
        yüzde üçlük, yüzde ellisi, yüzde beşe, binde üçü, yüzde yüzü
            yüzde üçlük = 3 percent
            yüzde ellisi = 50 percent
            yüzde beşe = 5 percent
            binde üçü = 3 permille
            yüzde yüzü = 100 percent
        2 yüzde puan, 25 baz puanlık
            2 yüzde puan = 2 puan
            25 baz puanlık = 25 baz puan
        payının% 2'si, %3.9
            % 2 = 2 percent
            %3.9 = 3.9 percent
        faiz 250 baz puan, 1,5 puan
            250 baz puan = 250 baz puan
            1,5 puan = 1.5 puan
        3 bin 500 ton, 29km, 250 bin m², 500 MW'lık
            3 bin 500 ton = 3500 ton
            29km = 29 km
            250 bin m² = 250000 m²
            500 MW = 500 megavat
        100 bin varil, 3 milyon kilovatsaat, 2 milyar metreküp
            100 bin varil = 100000 varil
            3 milyon kilovatsaat = 3000000 kilovatsaat
            2 milyar metreküp = 2000000000 m³
        """
    ),
)
def test_percentages_and_quantities(text: str, figures: list[str]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    cases(
        r"""
        31 ilde, 17 ilimizde, 2.400 şirket, 12 ülkeden
            31 ilde = 31 count il
            17 ilimizde = 17 count il
            2.400 şirket = 2400 count şirket
            12 ülkeden = 12 count ülke
        5 Türk şirketi, 3 yeni proje, 40 kadın girişimci
            5 Türk şirketi = 5 count şirket
            3 yeni proje = 3 count proje
            40 kadın girişimci = 40 count girişimci
        50'den fazla ülke, 3 bini aşkın firma, 20'ye yakın okul
            50'den fazla ülke = 50 count ülke over
            3 bini aşkın firma = 3000 count firma over
            20'ye yakın okul = 20 count okul about
        on iki firma, bin 200 kişi, 3 000 öğrenci
            on iki firma = 12 count firma
            bin 200 kişi = 1200 count kişi
            3 000 öğrenci = 3000 count öğrenci
        4 bin 250 fıskiye, nüfusu 85 milyonu aştı, 12.500'den
            4 bin 250 fıskiye = 4250 count fıskiye
            85 milyonu = 85000000 count over
            12.500 = 12500 count
        20 uçağın, 46 kitabı
            20 uçağın = 20 count uçak
            46 kitabı = 46 count kitap
        """
    ),
)
def test_counts(text: str, figures: list[str]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    cases(
        r"""
        5-6 milyar dolar
            5-6 milyar dolar = 5000000000..6000000000 USD
        900 bin–1 milyon ton
            900 bin–1 milyon ton = 900000..1000000 ton
        %5-6, %7-%8, yüzde 5 ila 6
            %5-6 = 5..6 percent
            %7-%8 = 7..8 percent
            yüzde 5 ila 6 = 5..6 percent
        5 ile 6 milyar dolar arasında
            5 ile 6 milyar dolar = 5000000000..6000000000 USD
        10-15 firma
            10-15 firma = 10..15 count firma
        beş altı milyar dolar, on beş yirmi firma
            beş altı milyar dolar = 5000000000..6000000000 USD
            on beş yirmi firma = 15..20 count firma
        """
    ),
)
def test_ranges(text: str, figures: list[str]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("yaklaşık 5 milyar dolar", "about"), ("en az 5 milyon dolar", "over"), ("en fazla 5 dolar", "under"),
        ("5 milyar doların üzerinde", "over"), ("yüzde 5'in altında", "under"), ("5 milyar dolar", None),
    ],
)  # fmt: skip
def test_bounds(text: str, bound: str | None) -> None:
    assert [figure.bound for figure in read_figures(text)] == [bound]


@pytest.mark.parametrize(
    "text",
    [
        "Komisyonun 7. Dönem toplantısı, 3. Uluslararası Forum, sekizinci tur, 9'uncu zirve, yirmi beşinci yıl",
        "14.03.2024 11:45, 3/4/2024, saat 16.30'da, 12 Mart 2024, 2024 yılı, 2023 verileri, 5-9 Mayıs, 2025-2026",
        "10 ayda, 3 gün, 2 bin yıllık, 5 yıllık plan, 24 saat, 45 yaşında",
        "maç 2-1 bitti; F-16, 5G, G20, COVID-19, T-129, 3+1 daire, ISO 9001 belgesi, Boeing 737 uçağı",
        "4857 sayılı Kanun, 5 bin 271 sayılı Kanun, 2024/15 sayılı Genelge, madde 5, No: 12, Sayfa 3",
        "0312 444 55 66, +90 (532) 444 55 66, 444 0 555, TR12 0006 2000 0001",
        "https://ornek.com/5-milyon-dolar @hesap5 #100milyon www.ornek.com/200kişi ornek.com.tr/5-kişi",
        "iki ülke, bir gün, yüz yüze, bin bir gece, birlik, altında, ikili, milyonlarca dolar, yüz milyonlarca avro",
        "192.168.1.2, 1.1.1.1, 1 , 8500 mark, 3/4'ü, üçte biri, 29'u kadın, 2025\nDolar yükseldi",
        "1. sırada\n2) ikinci\n100 bininci ziyaretçi, 5 bin 100'üncü üye, 29 ile",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    cases(
        r"""
        az: 7,5 milyard dollar, 4,2 faiz, 200-dən çox şirkət, 2-ci iclas
            7,5 milyard dollar = 7500000000 USD
            4,2 faiz = 4.2 percent
            200-dən çox şirkət = 200 count şirkət over
        sq: 7,5 miliardë dollarë, rreth 2.000 kompani, 12 për qind
            7,5 miliardë dollarë = 7500000000 USD
            2.000 kompani = 2000 count kompani about
            12 për qind = 12 percent
        en: $7.5 billion, over 2,000 companies, 12.5 percent, 2 to 3 million euros
            $7.5 billion = 7500000000 USD
            2,000 companies = 2000 count companies over
            12.5 percent = 12.5 percent
            2 to 3 million euros = 2000000..3000000 EUR
        de: 7,5 Milliarden US-Dollar, 5 Mio. Euro, 12,5 Prozent, am 12. März
            7,5 Milliarden US-Dollar = 7500000000 USD
            5 Mio. Euro = 5000000 EUR
            12,5 Prozent = 12.5 percent
        ru: 7,5 млрд долларов, 100 тыс. тонн, 2 000 компаний, 3 млн долларов США
            7,5 млрд долларов = 7500000000 USD
            100 тыс. тонн = 100000 ton
            2 000 компаний = 2000 count компаний
            3 млн долларов США = 3000000 USD
        fr: 5 %, 100 EUR, €5 millions, environ 2024
            5 % = 5 percent
            100 EUR = 100 EUR
            €5 millions = 5000000 EUR
        es: $3 mil, 20 USD
            20 USD = 20 USD
        zh: 增长5%，$5亿，100 USD
            5% = 5 percent
            100 USD = 100 USD
        """
    ),
)
def test_other_languages(text: str, figures: list[str]) -> None:
    language, _, text = text.partition(": ")
    assert read(text, language) == figures


@pytest.mark.parametrize("language", ["tr", "az", "sq", "en", "de", "ru", "xx", "", "tr-TR", "zh_Hant"])
def test_any_language_code_is_taken(language: str) -> None:
    assert read("$5", language) == ["$5 = 5 USD"]


UNITS = {"milyar": 10**9, "milyon": 10**6, "bin": 10**3}


@given(
    lead=st.integers(2, 999),
    decimals=st.integers(0, 99),
    scale=st.sampled_from(sorted(UNITS)),
    currency=st.sampled_from([("dolar", "USD"), ("avroluk", "EUR"), ("liradan", "TRY"), ("$", "USD")]),
    damage=st.sampled_from(
        [str, str.capitalize, lambda text: unicodedata.normalize("NFD", text), lambda text: text.replace(" ", "\u00a0")]
    ),
)
def test_value_and_span_of_any_amount(
    lead: int, decimals: int, scale: str, currency: tuple[str, str], damage: Callable[[str], str]
) -> None:
    written = f"{lead},{decimals:02} {scale} {currency[0]}"
    text = f"Hacim {damage(written)} oldu."
    [figure] = read_figures(text)
    assert figure.value == Decimal(f"{lead}.{decimals:02}") * UNITS[scale]
    assert (figure.start, figure.end, figure.currency) == (6, 6 + len(damage(written)), currency[1])


PIECES = """
    5 12,5 1.250 2024 milyar bin yüzde % - . , ' dolar $ TL ton il fazla / : bir buçuk nokta ila ile arasında kuruş
    eksi ABD c k e ^ ( yarım ½ \u0307 \u200b
"""
SOME_PIECES = st.lists(
    st.tuples(st.sampled_from([*PIECES.split(), "\n"]), st.sampled_from(["", " ", "  "])), max_size=14
)


@given(SOME_PIECES)
def test_any_text_is_read_without_an_error_and_in_order(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + blank for piece, blank in pieces)
    readings: list[Sequence[Figure | Number]] = [read_numbers(text)]
    readings += [read_figures(text, language) for language in ("tr", "az", "en")]
    for found in readings:
        assert all(text[one.start : one.end] == one.text for one in found)
        assert all(one.end <= other.start for one, other in pairwise(found))
        assert all(one.value.is_finite() and "E" not in str(one.value) for one in found)


def test_the_callers_decimal_context_does_not_matter() -> None:
    with localcontext(prec=3):
        [figure] = read_figures("1 milyar 234 milyon 567 bin 891 dolar")
    assert figure.value == 1234567891


@pytest.mark.measurement
@pytest.mark.parametrize(
    "piece",
    ["1.1", "1", "1 ", "5-", "%", "%-", "milyar ", "yüz ", "bin milyon milyar ", "5 milyar dolar ", "bir bin ", "on",
     "üç nokta bir ", "%5-", "1 000 ", "hk $ ", "a", "a.b", "@a", "'", "5'", "1e9^", "1/2/", "beş altı ", " ", "1\n",
     "Türkiye "],
)  # fmt: skip
def test_reading_takes_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = f"{piece * (length // len(piece))} {next(numbers)}"  # another each time: texts are remembered
        started = time.process_time()
        read_figures(text)
        read_numbers(text)
        return time.process_time() - started

    numbers = itertools.count()
    seconds(100)
    # a busy machine may disturb one measurement, not all
    assert any(seconds(12_000) <= max(6 * seconds(3_000), 0.05) for _ in range(5))


def test_a_chain_of_digits_is_no_number_and_ornaments_hide_none() -> None:
    assert read_numbers("1.1." * 40) == read_numbers("5-" * 40 + "5") == []
    assert read("----- 5 milyon dolar ====== %%%%%% ....5 milyon dolar") == [
        "5 milyon dolar = 5000000 USD", "5 milyon dolar = 5000000 USD",
    ]  # fmt: skip


def test_absurdly_long_digits_are_no_numbers() -> None:
    digits = "7" * 5000
    for text in (f"{digits} dolar", f"1,{digits} milyar TL", f"%{digits}", f"1,{'777,' * 999}777 avro"):
        assert read(text) == []
    assert read_numbers(f"{digits} 1,{digits}") == []
