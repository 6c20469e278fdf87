from __future__ import annotations

import pytest

from ozetle.articles.boilerplate import Reason, credit

BOILERPLATE: list[tuple[Reason, str]] = [
    ("separator", "* * *"),
    ("date", "05.03.2026 16:01"),
    ("time", "16:25"),
    ("section", "SON DAKİKA"),
    ("section", "Ana Sayfa > Ekonomi > Dış Ticaret"),
    ("section", "3 saat önce"),
    ("section", "İqtisadiyyat"),
    ("tags", "Etiketler: fuar, ihracat, Konya"),
    ("tags", "#fuar #ihracat"),
    ("source", "Kaynak: AA"),
    ("source", "Haberin kaynağı: Anadolu Ajansı"),
    ("source", "(DHA)"),
    ("source", "AA - Ankara"),
    ("source", "Burimi: ATSH"),
    ("source", "Mənbə: Report"),
    ("source", "www.ornek.com.tr"),
    ("byline", "Haber: Ayşe YILMAZ"),
    ("byline", "Haber-Kamera: Ali Veli ve Can Er"),
    ("byline", "Muhabir: Ayşe Yılmaz"),
    ("byline", "By Jane Doe"),
    ("byline", "Nga Arta Hoxha"),
    ("dateline", "Bakı, 5 mart, AZƏRTAC"),
    ("dateline", "ANKARA (AA)"),
    ("photo", "Fotoğraf: Ticaret Bakanlığı"),
    ("photo", "Foto: Ali Veli / AA"),
    ("embed", "https://t.co/abc"),
    ("embed", "(05.03.2026) pic.twitter.com/abc"),
    ("embed", "— T.C. Bir Bakanlık (@birbakanlik) March 5, 2026"),
    ("embed", "Bu gönderiyi Instagram'da gör"),
    ("comments", "Yorumlar (12)"),
    ("comments", "Sizin düşünceleriniz neler ?"),
    ("comments", "Sitede yer alan yorumların hukuki sorumluluğu yazarlarına aittir."),
    ("comments", "Küfür ve hakaret içeren yorumlar onaylanmamaktadır."),
    ("legal", "© 2019 Haber Limanı"),
    ("legal", "Tüm hakları saklıdır."),
    ("legal", "İçerik kaynak gösterilmeden kopyalanamaz."),
    ("legal", "Sitemizde size daha iyi hizmet verebilmek için çerezler kullanılmaktadır."),
    ("legal", "Bütün hüquqlar qorunur."),
    ("share", "Facebook'ta Paylaş"),
    ("share", "Bizi Google News'te takip edin"),
    ("share", "WhatsApp kanalımıza katılın, haberler cebinize gelsin"),
    ("share", "Na ndiqni në Facebook"),
    ("related", "İLGİLİ HABERLER"),
    ("related", "Lexo edhe: Eksportet u rritën"),
]

CONTENT = [
    "Bakan, ekonomi yönetiminin kararlılığını vurguladı.",
    "Kaynakların verimli kullanılması için yeni bir kurul oluşturuldu.",
    "Kurul, izinsiz kullanılan markalar için dava açtı.",
    "Fuarda fotoğraf ve video üreticileri de yer aldı.",
    "Heyet, Anadolu Ajansı genel müdürüyle de görüştü.",
    "Bakanlık, ihracatçıları bizzat yerinde takip edecek.",
    "Şirket, çerez ve kuruyemiş ihracatını yüzde 12 artırdı.",
    "Yorumcular bu kararın piyasayı rahatlatacağını düşünüyor.",
    "Haber: Bakan Ankara'da yeni destek paketini açıkladı.",
    "By the end of the year exports will rise.",
    "Reuters'a konuşan yetkili, anlaşmanın imzalanacağını söyledi.",
    "Tüm hakları savunan dernek bir bildiri yayımladı.",
    "Toplantı 05.03.2026 tarihinde saat 16:25'te başladı.",
    "Trend olan ürünler arasında halı da var.",
    "Türkiye, Gürcistan ve Azerbaycan yarın toplanıyor.",
    "Nga viti i kaluar eksportet u rritën.",
    "AA muhabirine konuşan Demir, hedeflerini anlattı.",
]


@pytest.mark.parametrize(("reason", "text"), BOILERPLATE)
def test_boilerplate(reason: Reason, text: str) -> None:
    assert credit(text) == reason


@pytest.mark.parametrize("text", CONTENT)
def test_content(text: str) -> None:
    assert credit(text) is None


def test_long_lines_are_text() -> None:
    assert credit("Kaynak: AA " + "uzun " * 200) is None
