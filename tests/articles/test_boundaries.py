"""Sentence boundaries: "|" in a case marks where a new sentence begins."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles.boundaries import LONGEST, sentence_spans
from ozetle.articles.text import SPACE

CASES = {
    "plain Turkish": "Bakan dün geldi. |Heyet bugün dönüyor! |Görüşme ne zaman? |Henüz belli değil.",
    "ordinal before a capital": "Komisyonun 12. Dönem Toplantısı Ankara'da yapıldı. |Taraflar memnun.",
    "ordinal before a country": "Martta 2. Arnavutluk–Türkiye Forumu düzenlenecek. |Katılım yüksek.",
    "ordinal before a lower case": "Kanunun 29. maddesi değişti. |Karar yayımlandı.",
    "day range": "Fuar 8.–12. Eylül günlerinde açık. |Giriş ücretsiz.",
    "year ends": "Hacim yüzde 5 arttı, hedef yıl 2025. |Bakan bunu açıkladı.",
    "year before a name": "Hedef yıl 2025. |Konya ve Bursa hazırlanıyor. |Tutar 12500. |Toplam bu.",
    "year before a lower case": "Bu, 2025. yılın ilk toplantısı oldu. |Heyet döndü.",
    "Republic": "T.C. Ticaret Bakanlığı duyurdu. |Başvurular başladı.",
    "titles": "Prof. Dr. Ali Kaya ile Av. Ayşe Er konuştu. |Doç. Dr. Can Ak dinledi.",
    "glued titles": "Toplantıyı Prof.Dr.Ali Kaya yönetti. |Salon doluydu.",
    "company": "Deniz Ticaret A.Ş. ihaleyi aldı. |Kuzey San. ve Tic. Ltd. Şti. ikinci oldu.",
    "company ends": "İhaleyi alan firma Deniz A.Ş. |Bu karar kesin.",
    "etc. inside": "Çay, fındık vb. ürünler satıldı. |Talep arttı.",
    "etc. ends": "Çay, fındık, incir vb. |Satışlar sürüyor.",
    "number sign": "Hangar No. 5 açıldı. |Dosya No. 12 kapandı.",
    "initials": "M. Kemal Öz ve A. B. Çelik imzaladı. |Tören bitti.",
    "Roman": "II. Karma Komisyon toplandı. |XIV. Oturum ertelendi.",
    "decimals and times": "Oran 3.5 oldu, saat 14.30'da açıklandı. |Tutar 1.250,75 TL.",
    "addresses": "Ayrıntı www.ornek.com.tr adresinde. |Başvuru bilgi@ornek.com üzerinden.",
    "host in a sentence": "Haber Ornek.com'da çıktı. |Kaynak belirtilmedi.",
    "forgotten space": "Bakan konuştu.|Heyet dinledi. |Toplantı bitti.",
    "attribution stays": 'Elçi, "Anlaşmaya hazırız." dedi. |Toplantı sürdü.',
    "attribution stays after a question": 'Elçi, "Ne bekliyoruz?" diye sordu. |Salon sustu.',
    "quotation of two sentences": 'Elçi "Fuar büyüyor. |Katılım rekor kırdı." ifadelerini kullandı. |Tören bitti.',
    "unbalanced quote": 'Heyet saraya geldi." |Görüşme iki saat sürdü.',
    "curly quotes": "Başkan, “Yatırım sürecek.” dedi. |“Hedef büyük.” |Toplantı bitti.",
    "ellipsis": "Görüşmeler sürüyor... |Sonuç bekleniyor… |Karar yarın.",
    "ellipsis inside": "Biz de... elbette geleceğiz. |Hazırız.",
    "brackets": "Anlaşma imzalandı (bkz. Ek 2). |Metin yayımlandı.",
    "credit after a sentence": "Heyet döndü. |(AA)",
    "list number": "1. Gümrük vergisi indirilecek. |Bu kesin.",
    "digits begin": "Ziyaret sürdü. |2025 yılında hacim arttı.",
    "Azerbaijani": "Nazir çıxış etdi. |“Azər-Ticarət” MMC və s. şirkətlər qatıldı. |Görüş 12. |Bu, son idi.",
    "Albanian": "Kryeministri mbërriti. |Z. Hoxha nënshkroi marrëveshjen nr. 5. |Ai u largua.",
    "English": "Mr. Smith of Acme Inc. met Dr. Jones at 5 p.m. |They signed. |He was 46. |The U.S. team left.",
    "English no": "The answer was no. |The talks ended.",
    "German": "Am 3. Oktober traf Dr. Weber z. B. die Delegation. |Danach reiste sie ab. |Es war spät.",
    "Russian": "Встреча прошла в 2025 г. |В ней участвовали 12. |Экспорт вырос на 5 млн руб. и т.д. |Итоги подвели.",
    "Arabic": "هل تم التوقيع؟ |نعم، وقع الوزير الاتفاق. |وصل د. محمد إلى أنقرة.",
    "Chinese": "部长抵达北京。|双方签署协议！|下一次会议何时举行？|尚未确定。",
    "Chinese quotation": "他说:“我们准备好了。”|会议结束。",
}


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_boundaries(case: str) -> None:
    expected = [part.strip() for part in case.split("|")]
    assert sentences(case.replace("|", "")) == expected


def test_only_the_given_part_is_looked_at() -> None:
    text = "Bir. İki. Üç. Dört."
    assert [text[s:e] for s, e in sentence_spans(text, 5, 13)] == ["İki.", "Üç."]


def test_endless_sentence_is_cut_at_commas() -> None:
    text = "madde " * 300 + ", " + "sayı " * 600
    pieces = sentences(text)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert pieces[0].endswith(",")
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(
    st.text(
        alphabet=st.sampled_from("aAbBçÇİı1 2..!?\"”“'’()-–。؟\xa0\n…:") | st.characters(codec="utf-8"), max_size=200
    )
)
def test_nothing_is_lost(text: str) -> None:
    spans = list(sentence_spans(text, 0, len(text)))
    position = 0
    for start, end in spans:
        assert start < end
        assert not text[position:start].strip(SPACE)
        assert text[start:end] == text[start:end].strip(SPACE)
        position = end
    assert not text[position:].strip(SPACE)


@pytest.mark.measurement
@pytest.mark.parametrize("unit", ["a", ". ", ".", '."', "1.", "a.A", "(", "Dr. ", "Bir cümle. ", "。", "“a. ", "? A"])
def test_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.perf_counter()
    list(sentence_spans(text, 0, len(text)))
    assert time.perf_counter() - began < 5
