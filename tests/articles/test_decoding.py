from __future__ import annotations

import codecs

import pytest

from ozetle.articles.decoding import declared_charset, decode
from ozetle.errors import ArticleError

TEXT = (
    "Ticaret Bakanlığı, Iğdır'daki sınır kapısının genişletileceğini açıkladı.\r\n"
    "Görüşmelerde şirketlerin payı ve öncelikli ürünler ele alındı.\r"
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1254", "iso-8859-9", "utf-16", "utf-32"])
def test_turkish_in_every_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Министр заявил, что экспорт вырос на три процента и переговоры продолжатся в Москве.", "cp1251"),
        ("قال الوزير إن الصادرات ارتفعت بنسبة ثلاثة في المئة وإن المحادثات ستستمر الأسبوع المقبل.", "cp1256"),
        (
            "Der Minister erklärte, dass die Ausfuhren gestiegen seien; über Weiteres werde später entschieden.",
            "cp1252",
        ),
    ],
)
def test_other_languages(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_byte_order_mark_stays_so_that_offsets_count_the_file_s_characters() -> None:
    assert decode(codecs.BOM_UTF8 + b"Bir.") == "\ufeffBir."


def test_utf8_comes_before_a_wrong_declaration() -> None:
    assert decode("ışık".encode(), declared="iso-8859-9") == "ışık"


def test_declared_encoding_is_read_as_browsers_read_it() -> None:
    assert decode(b"\xfe\x93\xe7\x94", declared="ISO-8859-9") == "ş“ç”"


@pytest.mark.parametrize("declared", ["no-such-set", "", "utf-8", "base64"])
def test_useless_declarations(declared: str) -> None:
    assert decode(TEXT.encode("cp1254"), declared=declared) == TEXT


def test_a_file_cut_inside_a_character() -> None:
    data = TEXT.encode() + "ş".encode()[:1]
    assert decode(data) == TEXT + "\ufffd"


def test_charset_of_a_page() -> None:
    assert declared_charset(b'<html><head><meta charset="windows-1254"></head>') == "windows-1254"
    page = b'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-9">'
    assert declared_charset(page) == "iso-8859-9"
    assert declared_charset(b"<p>charset=x</p>") is None


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (bytes(range(256)), "binary"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "office"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"ab\x00\x00cd", "binary"),
    ],
)
def test_binary_files_are_refused(data: bytes, what: str) -> None:
    with pytest.raises(ArticleError, match=what) as caught:
        decode(data)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "Kısa bir yazı: ışık.",
        "Şirketin genel müdürü, “Öncelik ihracat” dedi…",
        "Çin'e giden heyet, güneş enerjisi şirketleriyle görüştü. Görüşmelere 14 şirket katıldı; ürünler ilgi gördü.",
    ],
)
def test_short_turkish_texts_in_the_old_code_page(text: str) -> None:
    assert decode(text.encode("cp1254")) == text


@pytest.mark.parametrize(
    "text", ["Er sagte, dass es später über größere Hürden gehe.", "Müller sprach über größere Mengen für Köln."]
)
def test_western_texts_are_not_taken_for_turkish(text: str) -> None:
    assert decode(text.encode("cp1252")) == text
