from __future__ import annotations

import json
import random
import subprocess
import sys
import textwrap
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles import Language, detect_language
from ozetle.facts.languages import primary_subtag

SENTENCES: dict[str, list[str]] = {
    "tr": [
        "Ticaret Bakanı, geçen ay ihracatın yüzde dört arttığını ve yeni pazarlara açılacaklarını söyledi.",
        "İki ülke gelecek yıl yeni bir sınır kapısı açacak ve başkentte bir anlaşma imzalayacak.",
        "Heyet, organize sanayi bölgesindeki fabrikaları gezdikten sonra valiyle görüştü.",
    ],
    "az": [
        "İqtisadiyyat naziri bildirib ki, ötən ay ixracın həcmi dörd faiz artıb.",
        "İki ölkə gələn il yeni sərhəd keçid məntəqəsi açacaq və paytaxtda saziş imzalayacaq.",
        "Нахчыванда кечирилән ҝөрүшдә тәрәфләр тиҹарәт әлагәләринин инкишафыны мүзакирә едибләр.",
    ],
    "sq": [
        "Ministri i Ekonomisë tha se eksportet u rritën me katër për qind muajin e kaluar në të gjithë vendin.",
        "Dy vendet do të hapin vitin e ardhshëm një pikë të re kufitare dhe do të nënshkruajnë një marrëveshje.",
    ],
    "en": [
        "The trade minister said on Tuesday that exports had risen by four per cent over the past month.",
        "The two countries will open a new border gate next year and sign an agreement in the capital.",
    ],
    "de": [
        "Der Handelsminister erklärte am Dienstag, die Ausfuhren seien im vergangenen Monat um vier Prozent gestiegen.",
        "Die beiden Länder wollen im nächsten Jahr einen neuen Grenzübergang eröffnen und ein Abkommen unterzeichnen.",
    ],
    "fr": [
        "Le ministre du Commerce a déclaré mardi que les exportations avaient augmenté de quatre pour cent en un mois.",
        "Les deux pays ouvriront un nouveau poste frontière l'année prochaine et signeront un accord dans la capitale.",
    ],
    "ru": [
        "Министр торговли заявил во вторник, что экспорт за последний месяц вырос на четыре процента.",
        "В будущем году обе страны откроют новый пограничный переход и подпишут соглашение в столице.",
    ],
    "uk": [
        "Міністр торгівлі заявив у вівторок, що експорт за останній місяць зріс на чотири відсотки.",
        "Наступного року обидві країни відкриють новий пункт пропуску та підпишуть угоду в столиці.",
    ],
    "kk": [
        "Сауда министрі өткен айда экспорт көлемі төрт пайызға өскенін және жаңа нарықтар ашылғанын айтты.",
        "Екі ел келесі жылы жаңа шекара бекетін ашып, елордада келісімге қол қояды.",
    ],
    "ky": [
        "Соода министри өткөн айда экспорттун көлөмү төрт пайызга өскөнүн жана жаңы базарлар ачылганын билдирди.",
        "Эки өлкө келерки жылы жаңы чек ара бекетин ачып, борбор шаарда келишимге кол коет.",
    ],
    "uz": [
        "Savdo vaziri oʻtgan oyda eksport hajmi toʻrt foizga oshganini va yangi bozorlar ochilganini maʼlum qildi.",
        "Ikki davlat kelgusi yilda yangi chegara punktini ochadi va poytaxtda shartnoma imzolaydi.",
        "Савдо вазири ўтган ойда экспорт ҳажми тўрт фоизга ошганини ва янги бозорлар очилганини айтди.",
    ],
    "tk": [
        "Söwda ministri geçen aýda eksportyň möçberiniň dört göterim artandygyny we täze bazarlar açylandygyny aýtdy.",
        "Iki döwlet indiki ýylda täze serhet geçelgesini açar we paýtagtda ylalaşyga gol çeker.",
    ],
    "tt": [
        "Сәүдә министры узган айда экспорт күләме дүрт процентка артканын һәм яңа базарлар ачылганын әйтте.",
        "Ике ил киләсе елда яңа чик узу урынын ачачак һәм башкалада килешү имзалаячак.",
    ],
    "crh": [
        "Ticaret naziri keçken ayda ihracatnıñ dört faiz artqanını ve yañı bazarlarnıñ açılğanını bildirdi.",
        "Eki memleket kelecek yıl yañı sıñır qapısını açacaq ve paytahtta añlaşma imzalaycaq.",
    ],
    "ar": [
        "قال وزير التجارة يوم الثلاثاء إن الصادرات ارتفعت بنسبة أربعة في المئة خلال الشهر الماضي.",
        "سيفتتح البلدان معبراً حدودياً جديداً في العام المقبل ويوقعان اتفاقية في العاصمة.",
    ],
    "fa": [
        "وزیر بازرگانی روز سه‌شنبه گفت که صادرات در ماه گذشته چهار درصد افزایش یافته است.",
        "دو کشور سال آینده گذرگاه مرزی تازه‌ای باز می‌کنند و در پایتخت توافق‌نامه‌ای امضا خواهند کرد.",
    ],
    "bs": [
        "Ministar vanjske trgovine BiH saopćio je da je izvoz prošle sedmice porastao za dvije hiljade tona.",
        "Dvije zemlje će prije kraja godine otvoriti novi granični prijelaz, saopćeno je u Sarajevu.",
    ],
    "hr": [
        "Ministar gospodarstva priopćio je da je izvoz prošli tjedan porastao za četiri tisuće tona.",
        "Dvije će zemlje u listopadu otvoriti novi granični prijelaz i potpisati europski sporazum.",
    ],
    "sr": [
        "Predsednik je saopštio da je izvoz prošle nedelje porastao za četiri odsto i da će rasti u celoj zemlji.",
        "Две земље ће следеће године отворити нови гранични прелаз и потписати споразум у главном граду.",
    ],
    "bg": [
        "Министърът на търговията заяви във вторник, че износът се е увеличил с четири процента през миналия месец.",
        "Двете страни ще открият нов граничен пункт догодина и ще подпишат споразумение в столицата.",
    ],
    "mk": [
        "Министерот за трговија изјави дека извозот минатиот месец пораснал за четири проценти во целата земја.",
        "Двете земји следната година ќе отворат нов граничен премин и ќе потпишат договор во главниот град.",
    ],
    "el": [
        "Ο υπουργός Εμπορίου δήλωσε την Τρίτη ότι οι εξαγωγές αυξήθηκαν κατά τέσσερα τοις εκατό τον περασμένο μήνα.",
        "Οι δύο χώρες θα ανοίξουν του χρόνου νέα συνοριακή πύλη και θα υπογράψουν συμφωνία.",
    ],
    "ro": [
        "Ministrul comerțului a declarat marți că exporturile au crescut cu patru la sută în ultima lună.",
        "Cele două țări vor deschide anul viitor un nou punct de trecere a frontierei și vor semna un acord.",
    ],
    "zh": [
        "商务部长星期二表示，上个月出口增长了百分之四，并将开拓新的市场。",
        "兩國明年將開放新的邊境口岸，並在首都簽署協議。",
    ],
    "ja": [
        "貿易相は火曜日、先月の輸出が四パーセント増加したと述べた。",
        "両国は来年、新しい国境検問所を開設し、首都で協定に署名する。",
    ],
}
# News lines written for this test, a dozen or more a language
LINES: dict[str, list[str]] = json.loads(Path(__file__).with_name("language_lines.json").read_text("utf-8"))
TABLE = [(code, sentence) for lines in (SENTENCES, LINES) for code, those in lines.items() for sentence in those]
SOUTH_SLAVIC = {"bs", "hr", "sr"}


def right(found: str, code: str) -> bool:
    """Many lines are good Bosnian, Croatian and Serbian at once: any of the three is right."""
    return found == code or {found, code} <= SOUTH_SLAVIC


def test_full_sentences() -> None:
    wrong = [(code, found, line) for code, line in TABLE if not right(found := detect_language(line).code, code)]
    assert wrong == []


@pytest.mark.parametrize("code", LINES)
def test_first_six_words(code: str) -> None:
    lines = SENTENCES.get(code, []) + LINES[code]
    found = {line: detect_language(" ".join(line.split()[:6])).code for line in lines}
    wrong = {line: one for line, one in found.items() if not right(one, code)}
    assert len(wrong) <= 0.05 * len(lines), wrong


def test_bosnian_croatian_serbian() -> None:
    assert detect_language("Premijer je u ponedeljak saopštio da će se cene promeniti posle izbora.").code == "sr"
    assert detect_language("Premijer je u ponedjeljak priopćio da će se cijene promijeniti idućeg tjedna.").code == "hr"
    assert detect_language("Iz Federacije BiH je saopćeno da će se cijene promijeniti iduće sedmice.").code == "bs"
    split_votes = detect_language(paragraphs(LINES["hr"] + LINES["hr"]))
    assert (split_votes.code, split_votes.mixed) == ("hr", ())
    assert split_votes.confidence > 0.9
    no_telling = "Ministar je najavio nova radna mjesta i da će fabrika raditi."
    assert detect_language(no_telling).code in {"hr", "bs"}
    assert detect_language(no_telling, declared="bs").code == "bs"


@pytest.mark.parametrize("code", ["tr", "az", "sq", "en", "de", "ru", "kk", "tk"])
def test_articles(code: str) -> None:
    latin = [sentence for sentence in SENTENCES[code] if code != "az" or sentence.isascii() or "ә" not in sentence]
    found = detect_language("\n\n".join(latin * 5))
    assert (found.code, found.mixed, found.note) == (code, (), None)
    assert found.confidence > 0.9


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TİCARET BAKANI: İHRACAT GEÇEN AY YÜZDE DÖRT ARTTI", "tr"),
        ("TİCARET BAKANI DEMİR AÇIKLADI", "tr"),
        ("İQTİSADİYYAT NAZİRİ YENİ LAYİHƏ HAQQINDA MƏLUMAT VERİB", "az"),
        ("МИНИСТР ТОРГОВЛИ ЗАЯВИЛ О РОСТЕ ЭКСПОРТА", "ru"),
        ("TICARET BAKANI DEMIR ANKARADA ACIKLAMALARDA BULUNDU", "tr"),
        ("ҚАЗАҚСТАН ПРЕЗИДЕНТІ АНКАРАҒА РЕСМИ САПАРМЕН КЕЛДІ", "kk"),
        ("EXPORTS ROSE BY FOUR PER CENT LAST MONTH, MINISTER SAYS", "en"),
    ],
)
def test_capitals(text: str, code: str) -> None:
    assert detect_language(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "12.03.2026 16:01",
        "https://ornek.example/bir/uzun/adres",
        "bilgi.iletisim@ornek-bakanlik.example ve #gundemdekiler @ornekhesap",
        "123 456 789 012 345 678 901 234 567 890",
        "Merhaba",
        "TCMB faiz",
        "北京",
        "\ud800" * 30,
        "a" * 500,
    ],
)
def test_too_little_to_tell(text: str) -> None:
    assert detect_language(text) == Language(code="und", confidence=0.0, method="none")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ticaret Bakani Demir aciklamalarda bulundu", "tr"),
        ("Iki ulke arasindaki gorusmelerde yeni bir anlasma imzalandi", "tr"),
        (unicodedata.normalize("NFD", "Görüşmede iki ülke arasındaki ticaret hacmi ele alındı"), "tr"),
        (unicodedata.normalize("NFD", "Nazir ötən ay ixracın həcminin artdığını bildirib"), "az"),
        ("Gö\u200brüş\u00adme\u200cde iki ül\ufeffke ara\u2060sındaki ti\u200bcaret hacmi ele alındı", "tr"),
        ("\x00\x07\x1b Görüşmede iki ülke \x00 arasındaki \x08 ticaret hacmi ele alındı", "tr"),
        ("وزير بازرگاني گفت كه صادرات كشور در ماه گذشته افزايش يافته است", "fa"),  # typed with Arabic kaf and yeh
        ("据报道@ornekhesap：两国明年将开放新的边境口岸。", "zh"),  # no space around the address
        ("Посол відповів: «Обидві сторони готові підписати угоду»", "uk"),  # little beside the quotation
        ("It is up to them to act now", "en"),  # five or more words are enough, however short
    ],
)
def test_written_otherwise(text: str, code: str) -> None:
    assert detect_language(text).code == code


def test_names_keep_their_letters_in_other_languages() -> None:
    assert (
        detect_language("The president of Azerbaijan, İlham Əliyev, said on Monday that exports had risen.").code
        == "en"
    )
    assert detect_language("Министр Қасымжанов заявил, что поставки из Өскемена выросли в прошлом году.").code == "ru"


def test_quotations_and_headlines_in_another_language_do_not_count() -> None:
    english = SENTENCES["en"]
    text = (
        f"{english[0][:40]}\n\nBakan, soruları yanıtladı ve dedi ki: “{english[0]} {english[1]} {english[0]}” "
        "Toplantıya katılan iş insanları da yeni yatırımlar için görüşmelerin süreceğini belirtti. Heyet yarın dönüyor."
    )
    found = detect_language(text)
    assert found.code == "tr"
    assert found.confidence > 0.9


def paragraphs(lines: list[str]) -> str:
    return "\n\n".join(" ".join(lines[number : number + 3]) for number in range(0, len(lines), 3))


@pytest.mark.parametrize("copies", [1, 4])
@pytest.mark.parametrize("pair", [("tr", "az"), ("tr", "ru"), ("sq", "tr"), ("en", "tr"), ("kk", "ru"), ("ar", "tr")])
def test_half_and_half(pair: tuple[str, str], copies: int) -> None:
    first, second = (LINES[code] * copies for code in pair)
    assert set(detect_language(paragraphs(first) + "\n\n" + paragraphs(second)).mixed) == set(pair)
    for few in (paragraphs(first) + "\n\n" + paragraphs(second[: 2 * copies]), paragraphs(second[:2] + first)):
        found = detect_language(few)
        assert (found.code, found.mixed) == (pair[0], ())


def test_the_larger_part_of_a_mixed_text_comes_first() -> None:
    found = detect_language(paragraphs(LINES["tr"] * 3) + "\n\n" + paragraphs(LINES["en"] * 2))
    assert (found.code, found.mixed) == ("tr", ("tr", "en"))


def test_a_paragraph_in_another_language_is_not_a_half() -> None:
    quotation = " ".join(LINES["en"][:2])
    assert (
        detect_language("\n\n".join([paragraphs(LINES["tr"][:6]), quotation, paragraphs(LINES["tr"][6:])])).mixed == ()
    )
    quoted = "\n\n".join([paragraphs(LINES["tr"]), f"“{' '.join(LINES['en'])}”"])
    assert detect_language(quoted).mixed == ()


TURKISH = " ".join(SENTENCES["tr"])


@pytest.mark.parametrize("declared", ["tr", "tr-TR", "tr_TR", "TR"])
def test_declared_and_true(declared: str) -> None:
    found = detect_language(TURKISH, declared=declared)
    assert (found.code, found.method, found.note) == ("tr", "declared", None)


def test_declared_and_contradicted() -> None:
    found = detect_language(TURKISH, declared="en-US")
    assert (found.code, found.note) == ("tr", "declared en, detected tr")
    assert found.method != "declared"


@pytest.mark.parametrize("line", LINES["az"])
def test_azerbaijani_declared_turkish_is_azerbaijani(line: str) -> None:
    found = detect_language(line, declared="tr")
    assert (found.code, found.note) == ("az", "declared tr, detected az")


def test_one_unsure_piece_does_not_leave_a_long_text_to_its_declaration() -> None:
    names = "Nizami, Rasim, Elçin, Orxan, Tural, Anar, Kamran, Murad, Samir, Ruslan, Emin, Rauf, Zaur, Vüqar, Toğrul."
    found = detect_language(f"{paragraphs(LINES['az'])}\n\n{names}", declared="tr")
    assert (found.code, found.note) == ("az", "declared tr, detected az")


@pytest.mark.parametrize(
    ("declared", "code"), [("tur", "tr"), ("eng", "tr"), ("ota", "tr"), ("gag", "tr"), ("TUR", "tr")]
)
def test_codes_of_three_letters_never_beat_a_sure_detection(declared: str, code: str) -> None:
    assert detect_language(TURKISH, declared=declared).code == code


@pytest.mark.parametrize(
    ("declared", "code"), [("tur", "tr"), ("sqi", "sq"), ("alb", "sq"), ("aze", "az"), ("ota", "ota")]
)
def test_codes_of_three_letters_where_nothing_tells(declared: str, code: str) -> None:
    assert detect_language("1.250", declared=declared).code == code


def test_declared_and_no_telling() -> None:
    assert detect_language("Merhaba", declared="az").code == "az"
    close = detect_language(SENTENCES["hr"][0], declared="bs")
    assert (close.code, close.method, close.note) == ("bs", "declared", None)
    unknown = detect_language(TURKISH, declared="os")
    assert (unknown.code, unknown.note) == ("os", "declared os, detected tr")
    assert detect_language("Merhaba dünya", declared="und").code == "und"
    for useless in ("", "  ", "x", "??", "und"):
        assert detect_language(TURKISH, declared=useless).code == "tr"


def test_close_codes_are_one_language() -> None:
    assert detect_language(SENTENCES["zh"][0] * 3, declared="zh-Hant-TW").method == "declared"
    assert detect_language(SENTENCES["fa"][0], declared="prs").code == "fa"


@given(st.text(max_size=300), st.none() | st.text(max_size=8))
def test_anything_has_an_answer(text: str, declared: str | None) -> None:
    found = detect_language(text, declared=declared)
    assert 0 <= found.confidence <= 1
    assert found.code
    assert found == detect_language(text, declared=declared)


def test_sixteen_threads_at_first_use() -> None:
    texts = [lines[0] for lines in (SENTENCES | LINES).values()][:16]
    script = textwrap.dedent(
        """
        import sys, threading
        from ozetle.articles import detect_language
        assert not {"langdetect", "py3langid", "numpy"} & set(sys.modules)
        texts, names = sys.argv[1:], "Волга Ока Кама Дон Нева Висла Одра"  # unsure: langdetect is asked
        start, answers = threading.Barrier(16), {}
        def ask(number):
            start.wait()
            answers[number] = [detect_language(text).code for text in (texts[number], texts[number][:30], names)]
        threads = [threading.Thread(target=ask, args=[number]) for number in range(16)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        again = {n: [detect_language(text).code for text in (texts[n], texts[n][:30], names)] for n in range(16)}
        assert answers == again, (answers, again)
        assert {"langdetect", "py3langid"} <= set(sys.modules)
        print("same")
        """
    )
    done = subprocess.run([sys.executable, "-c", script, *texts], capture_output=True, text=True, check=False)
    assert done.stdout == "same\n", done.stderr


@pytest.mark.measurement
@pytest.mark.parametrize("text", ["a" * 2_000_000, "a@" * 500_000, "“" * 500_000, "ab " * 500_000, "\n" * 500_000])
def test_only_a_sample_is_looked_at(text: str) -> None:
    detect_language(TURKISH)
    began = time.perf_counter()
    detect_language(text)
    assert time.perf_counter() - began < 1


@pytest.mark.measurement
def test_a_line_takes_less_than_a_millisecond() -> None:
    lines = [line for _, line in TABLE]
    random.Random(0).shuffle(lines)
    for line in lines:
        detect_language(line)
    began = time.thread_time()
    for line in lines:
        detect_language(line)
    assert (time.thread_time() - began) / len(lines) < 0.001


@pytest.mark.parametrize(
    ("opinion", "note"),
    [
        ("az", "the model says az"),
        ("AZ-Latn", "the model says az"),
        ("tr", None),
        ("tr-TR", None),
        (None, None),
        ("?", None),
    ],
)
def test_a_models_own_opinion_is_recorded_where_it_differs(opinion: str | None, note: str | None) -> None:
    turkish = Language(code="tr", confidence=0.99, method="py3langid")
    assert turkish.with_opinion(opinion).note == note
    noted = turkish.model_copy(update={"note": "declared en"})
    assert noted.with_opinion("az").note == "declared en; the model says az"


def test_a_neighbour_that_nothing_tells_apart_is_no_disagreement() -> None:
    assert Language(code="hr", confidence=0.9, method="py3langid").with_opinion("bs").note is None


@pytest.mark.parametrize("tag", ["tr", "tr-TR", "tr_TR", "TR", " tr ", "tr-Latn-TR"])
def test_a_language_is_kept_without_region_and_script(tag: str) -> None:
    assert primary_subtag(tag) == Language(code=tag, confidence=1.0, method="declared").code == "tr"
