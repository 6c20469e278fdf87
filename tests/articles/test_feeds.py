from __future__ import annotations

import html
import io
import re
import time
import tracemalloc
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles import Article, LoadFailure, load, load_one
from ozetle.articles.feeds import begins_feed, read_items
from ozetle.articles.pages import text_of_html
from ozetle.errors import ArticleError

CONTENT = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
DC = "xmlns:dc='http://purl.org/dc/elements/1.1/'"


def rss(*items: str, channel: str = "", attributes: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0' {CONTENT} {DC} {attributes}><channel>{channel}{inside}</channel></rss>"


def atom(*entries: str, attributes: str = "") -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f"<feed xmlns='http://www.w3.org/2005/Atom' {attributes}><title>Haberler</title>{inside}</feed>"


def found_in(feed: str | bytes) -> list[Article | LoadFailure]:
    return list(load(io.BytesIO(feed.encode() if isinstance(feed, str) else feed)))


def articles(feed: str | bytes) -> list[Article]:
    found = found_in(feed)
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def shown(feed: str | bytes) -> list[str]:
    """Texts of articles, messages of failures."""
    return [str(one.error) if isinstance(one, LoadFailure) else one.text for one in found_in(feed)]


def described(fragment: str) -> str:
    """The text of an item with that description."""
    [text] = shown(rss(f"<description>{escape(fragment)}</description>"))
    return text


# the three formats


def test_rss_2() -> None:
    item = """<title>Fuar &amp;quot;açıldı&amp;quot;</title><link> https://ornek.example/1 </link>
    <guid isPermaLink="false">fuar-1</guid><pubDate>Sun, 15 Mar 2026 23:30:00 -0500</pubDate>
    <description>Kısa.</description>
    <content:encoded><![CDATA[<p>Bakan fuarı <b>açtı</b>.</p>\n<p>İki gün&nbsp;sürecek.</p>]]></content:encoded>"""
    [article] = articles(rss(item, channel="<title>Haberler</title><language>tr_TR</language>"))
    assert article == Article(
        text="Bakan fuarı açtı.\n\nİki gün sürecek.",
        id="fuar-1",
        source="-",
        title='Fuar "açıldı"',
        published=date(2026, 3, 15),
        url="https://ornek.example/1",
        language="tr-TR",
    )


def test_rss_1() -> None:
    feed = f"""<?xml version="1.0"?>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {DC}>
      <channel rdf:about="https://ornek.example/"><title>Haberler</title><dc:language>az</dc:language>
        <items><rdf:Seq><rdf:li resource="https://ornek.example/1"/></rdf:Seq></items></channel>
      <item rdf:about="https://ornek.example/1"><title>Sərgi</title><link>https://ornek.example/1</link>
        <description>Nazir sərgini açdı.</description><dc:date>2026-03-05T00:10+04:00</dc:date></item>
      <item rdf:about="https://ornek.example/2"><title>Fair</title><link>https://ornek.example/2</link>
        <description>The minister opened it.</description><dc:language>en</dc:language></item>
    </rdf:RDF>"""
    first, second = articles(feed)
    assert (first.text, first.title, first.id, first.url) == (
        "Nazir sərgini açdı.",
        "Sərgi",
        "https://ornek.example/1",
        "https://ornek.example/1",
    )
    assert (first.published, first.language, second.language) == (date(2026, 3, 5), "az", "en")


def test_atom() -> None:
    entry = """<source><id>baska</id><title>Başka</title><published>2020-01-01T00:00:00Z</published></source>
    <id>tag:ornek.example,2026:1</id><title type="html">Fuar &lt;i&gt;açıldı&lt;/i&gt;</title>
    <link rel="self" href="https://ornek.example/1.atom"/><link href="https://ornek.example/1"/>
    <published>2026-03-05T23:50:00+03:00</published><updated>2026-03-09T00:00:00Z</updated>
    <summary>Kısa.</summary><content type="html">&lt;p&gt;Bakan açtı.&lt;/p&gt;&lt;p&gt;Bitti.&lt;/p&gt;</content>"""
    [article] = articles(atom(entry, attributes="xml:lang='tr'"))
    assert article == Article(
        text="Bakan açtı.\n\nBitti.",
        id="tag:ornek.example,2026:1",
        source="-",
        title="Fuar açıldı",
        published=date(2026, 3, 5),
        url="https://ornek.example/1",
        language="tr",
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<content>5 &lt; 7 ve <![CDATA[<p>]]> yazdı.</content>", "5 < 7 ve <p> yazdı."),
        ("<content type='text'>Bir.\n  İki.</content>", "Bir.\n  İki."),
        ("<content type='text/html'>Bir.&lt;br&gt;İki.</content>", "Bir.\nİki."),
        (
            "<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'>\n<x:p>Bir &lt;b&gt; "
            "<x:b>iki</x:b>.</x:p><x:script>var a</x:script><x:ul><x:li>üç</x:li></x:ul></x:div></content>",
            "Bir <b> iki.\n\n- üç",
        ),
        ("<content type='image/png'>aGFiZXI=</content><summary>Özet.</summary>", "Özet."),
        ("<content src='https://ornek.example/1'/><summary type='html'>&lt;p&gt;Özet.</summary>", "Özet."),
    ],
)
def test_types_of_atom_text(content: str, text: str) -> None:
    assert shown(atom(content)) == [text]


def test_the_nearest_language_counts() -> None:
    feed = rss(
        "<description>Bir.</description>",
        "<description xml:lang='en'>Two.</description>",
        channel="<title xml:lang='fr'>x</title><language>tr</language>",
    ).replace("<item><description xml", "<item xml:lang='de'><description xml")
    assert [one.language for one in articles(feed)] == ["tr", "en"]
    assert [one.language for one in articles(feed.replace(" xml:lang='en'", ""))] == ["tr", "de"]
    assert [one.language for one in articles(rss("<description>x</description>", attributes="xml:lang='sq'"))] == ["sq"]
    assert [
        one.language for one in articles(rss("<description>x</description>", channel="<language>?</language>"))
    ] == [None]


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ("<pubDate>Fri, 13 Feb 26 23:01 EST</pubDate>", date(2026, 2, 13)),
        ("<pubDate>13.02.2026 16:01</pubDate>", date(2026, 2, 13)),
        ("<pubDate>Cum, 13 Şub 2026 16:01:00 +0300</pubDate>", date(2026, 2, 13)),
        ("<pubDate>Fri, 99 Feb 2026 16:01:00 +0300</pubDate>", None),
        ("<pubDate>Mon, 02 Feb 99999999999999 18:40:00 GMT</pubDate>", None),
        ("<pubDate>dün</pubDate><dc:date>2026-02-13</dc:date>", date(2026, 2, 13)),
        ("<pubDate/>", None),
    ],
)
def test_days(dates: str, day: date | None) -> None:
    assert [one.published for one in articles(rss(f"<description>Bakan geldi.</description>{dates}"))] == [day]


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ("<link>javascript:alert(1)</link>", None),
        ("<link>/haber/1</link><guid>https://ornek.example/1</guid>", "https://ornek.example/1"),
        ("<guid isPermaLink='false'>https://ornek.example/1</guid>", None),
        ("<link>ftp://ornek.example/1</link>", None),
    ],
)
def test_addresses_are_of_the_web(links: str, url: str | None) -> None:
    assert [one.url for one in articles(rss(f"<description>Bakan geldi.</description>{links}"))] == [url]


# HTML to text


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("Bakan\n  geldi.\n\n\n\nKonuştu.", "Bakan\ngeldi.\n\nKonuştu."),
        ("Bakan &ccedil;ok <b>konuştu</b>.\nGitti.", "Bakan çok konuştu.\nGitti."),
        ("<p>Bakan\ngeldi.<p>Konuştu.", "Bakan geldi.\n\nKonuştu."),
        ("Bir.<br/>İki.<br><br>\n<BR>Üç.", "Bir.\nİki.\n\nÜç."),
        ("<div><div><h2>Ara</h2></div><p></p>Bir.</div>", "Ara\n\nBir."),
        ("<ul><li>bir<li><p>iki</p></li><li></li></ul>son", "- bir\n\n- iki\n\nson"),
        ("<table><tr><th>Yıl</th><th>Tutar</th></tr><tr><td>2025</td><td></td><td>8,95</td></tr></table>",
         "Yıl | Tutar\n\n2025 | | 8,95"),
        ("Bir.<script>if (a<b) '</p>'</script><style>p{}</style><iframe src=x>y</iframe> İki.", "Bir. İki."),
        ("<p onclick='x()'>Bir <img src=x alt='a>b' onerror=y>iki.<!-- yorum --></p>", "Bir iki."),
        ("5 < 7 & 3 <3", "5 < 7 & 3 <3"),
        ("<![CDATA[x]]><?php y ?>Bir.", "Bir."),
        ("<meta charset=iso-8859-9>Işık, ğ.", "Işık, ğ."),
        ("</p></div>Bir.</body></html>İki.", "Bir.İki."),
    ],
)  # fmt: skip
def test_text_of_html(fragment: str, text: str) -> None:
    assert described(fragment) == text


def test_unescaped_markup_is_read_as_markup() -> None:
    assert shown(rss("<description>Bakan <p>geldi</p>&nbsp;<p>gitti</p></description>")) == ["Bakan\n\ngeldi\n\ngitti"]


def test_deep_and_large_html() -> None:
    assert described("<div>" * 20_000 + "içeride" + "</div>" * 20_000 + "sonra") == "içeride\n\nsonra"
    assert len(text_of_html("Bakan geldi. " * 900_000)) == 11_699_999


# which of the texts, which ids


def test_an_item_without_text_is_a_failure_and_costs_no_other() -> None:
    feed = rss(
        "<title>Bir</title><description>Bir.</description>",
        "<title>İki</title><link>https://ornek.example/2</link><description> <![CDATA[<img src='x'>]]> </description>",
        "<description/><content:encoded> </content:encoded><description>Üç.</description>",
    )
    assert shown(feed) == ["Bir.", "-:2: the item has only a title and a link. Fetch the page and give that.", "Üç."]


def test_elements_of_other_namespaces_are_not_taken_for_the_item_s() -> None:
    other = "xmlns:o='http://ornek.example/o'"
    item = (
        f"<o:title {other}>Yanlış</o:title><o:description {other}>Yanlış.</o:description><description>D.</description>"
    )
    [article] = articles(rss(item))
    assert (article.title, article.text) == (None, "D.")


def test_ids(tmp_path: Path) -> None:
    path = tmp_path / "akis.xml"
    text = "<description>Bakan geldi.</description>"
    path.write_text(
        rss(
            f"{text}<guid>a\n b</guid><link>https://ornek.example/1</link>",
            f"{text}<guid>a b</guid>",
            f"{text}<link>https://ornek.example/3</link>",
            text,
            "<guid>c</guid>",
        )
    )
    found = list(load(path))
    assert [one.id for one in found if isinstance(one, Article)] == [
        "a b",
        "akis.xml:2",
        "https://ornek.example/3",
        "akis.xml:4",
    ]
    assert isinstance(found[-1], LoadFailure)
    assert found[-1].source == f"{path}:5"


# which files are feeds


@pytest.mark.parametrize(
    "prolog",
    [
        "",
        "\ufeff",
        "\n \n",
        '<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet href="a.xsl"?>\n<!-- <html> -->\n',
        '\n\n<?xml version="1.1" standalone="yes"?>',
        f"<!-- {'uzun ' * 2000} -->",
    ],
)
@pytest.mark.parametrize("name", ["a.xml", "a.RSS", "a.atom", "a", "a.php"])
def test_what_begins_a_feed(tmp_path: Path, prolog: str, name: str) -> None:
    path = tmp_path / name
    for feed in (rss("<description>Işık.</description>"), atom("<content>Işık.</content>")):
        path.write_bytes((prolog + feed).encode())
        assert load_one(path).text == "Işık."


@pytest.mark.parametrize(
    "beginning",
    ["", "<", "<feed>", "<feedback/>", "<rss-reader>", "<rssx>", "haber <rss>", "<!-- <rss> ", "<html><rss>", "<?rss "],
)
def test_what_begins_none(beginning: str) -> None:
    assert not begins_feed(beginning.encode())


@pytest.mark.measurement
def test_telling_takes_no_time() -> None:
    started = time.perf_counter()
    for piece in ("<?a?>", "<!-- -->", " ", "<!--", "<?", "<feed "):
        assert not begins_feed(piece.encode() * 10_000 + b"<a>")
    assert time.perf_counter() - started < 2


def test_xml_that_is_no_feed(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<?xml version='1.0'?><urlset><url>x</url></urlset>")
    with pytest.raises(ArticleError, match="no RSS or Atom feed") as caught:
        load_one(path)
    assert caught.value.remedy
    path.write_text("<!DOCTYPE html><html><body><article><p>Bakan fuarı açtı.</p></article></body></html>")
    assert load_one(path).text == "Bakan fuarı açtı."


def test_feeds_in_folders_and_for_one(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_text(rss("<description>B1.</description>", "<description>B2.</description>"))
    (tmp_path / "a.txt").write_text("A.")
    assert [one.text for one in load(tmp_path) if isinstance(one, Article)] == ["A.", "B1.", "B2."]
    with pytest.raises(ArticleError, match=r"several articles\. Use summarize_many"):
        load_one(tmp_path / "b.xml")
    assert "pathlib.Path" in next(str(one.error) for one in load("b.rss") if isinstance(one, LoadFailure))


@pytest.mark.parametrize("empty", [rss(), atom(), "<rss/>"])
def test_a_feed_without_items(empty: str) -> None:
    assert shown(empty) == ["-: the feed has no items. Give one with items or entries."]


# encodings


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", "windows-1254"),  # as servers that convert and forget it
        ("cp1254", "iso-8859-9"),
        ("cp1254", "windows-1254"),
        ("cp1254", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-8", "utf-16"),
        ("gb18030", "gb2312"),
    ],
)
def test_encodings(encoding: str, declared: str) -> None:
    text = "习近平访问了北京" if encoding == "gb18030" else "“Iğdır’da ışık, çağ, şölen, ğüşiöç” – dedi."
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    assert shown((declaration + rss(f"<description>{text}</description>")).encode(encoding)) == [text]


def test_an_encoding_that_shows_late() -> None:
    feed = rss(f"<description>{'a' * 3_000_000}</description>", "<description>Işık</description>")
    declared = "<?xml version='1.0' encoding='windows-1254'?>"
    assert shown((declared + feed).encode("cp1254"))[1] == "Işık"
    assert shown(feed.encode("cp1254"))[1] == "I\ufffd\ufffdk"  # declared as nothing: one damaged character each
    assert shown(feed.encode())[1] == "Işık"


# hostile feeds

ENTITIES = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE rss [<!ENTITY e0 'ha'>{ENTITIES}]>",
        f"<!DOCTYPE rss [<!ENTITY e11 '{'x' * 100_000}'>]>",
        "<!DOCTYPE rss [<!ENTITY e11 SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/a.dtd'>",
        "<!DOCTYPE rss PUBLIC '-//N//DTD RSS 0.91//EN' 'rss-0.91.dtd'>",
        "<!DOCTYPE rss>",
        "<!DOCTYPE rss [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]>",
    ],
)
def test_doctypes_are_refused(doctype: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    item = f"<description>{'&e11;' * 1000}</description>"
    path.write_text(f"<?xml version='1.0'?>\n{doctype}{rss(item)}")
    started = time.perf_counter()
    [failure] = load(path)
    assert isinstance(failure, LoadFailure)
    assert str(failure.error) == (
        f"{path}: the feed has a DOCTYPE, which may define entities that explode or read files. Take the DOCTYPE out."
    )
    assert time.perf_counter() - started < 2


def test_a_doctype_smuggled_past_the_beginning_is_refused() -> None:
    feed = f"<?xml version='1.0' encoding='utf-7'?><rss/>+ADwAIQ-DOCTYPE a [{ENTITIES}]><a>&e11;</a>"
    assert all("ha" not in text for text in shown(feed))
    hidden = (
        f"<?xml version='1.0' encoding='utf-7'?><!-- +AC0ALQA+ADwAIQ-DOCTYPE rss []> --><rss><x>&#{ord('ş')};</x></rss>"
    )
    assert all(str(one).startswith("-: ") for one in shown(hidden))


def test_entities_of_html_that_are_not_declared() -> None:
    assert shown(rss("<title>A &ldquo;B&rdquo;</title><description>&Ccedil;ok&nbsp;iyi &yok;.</description>")) == [
        "Çok iyi &yok;."
    ]


@pytest.mark.parametrize(
    ("rest", "where"),
    [
        ("<item><description>Üç.</item>", "line 2, column 25: mismatched tag"),
        ("<item><description>Üç", "line 2, column 22: no element found"),
        ("<item a=b>", "line 2, column 9: not well-formed (invalid token)"),
        ("<item>a & b</item>", "line 2, column 10: not well-formed (invalid token)"),
    ],
)
def test_what_stands_before_broken_xml_is_kept(rest: str, where: str) -> None:
    whole = rss("<description>Bir.</description>", "<description>İki.</description>")
    feed = whole.removesuffix("</channel></rss>") + "\n" + rest
    assert shown(feed) == [
        "Bir.",
        "İki.",
        f"-: the feed's XML is broken at {where}. Repair it there: only the items before are read.",
    ]


def test_forbidden_characters_cost_nothing() -> None:
    assert shown(rss("<description>Bir\x0biki\x02.\ufffe</description>", "<description>Üç.</description>")) == [
        "Bir iki .",
        "Üç.",
    ]


def test_a_damaged_byte_costs_one_character() -> None:
    feed = rss(f"<description>{'ş' * 100}XX</description>", "<description>Üç.</description>")
    assert shown(feed.encode().replace(b"XX", b"\xff")) == ["ş" * 100 + "\ufffd", "Üç."]


def test_deep_xml() -> None:
    deep = "<x>" * 100_000 + "dip" + "</x>" * 100_000
    assert shown(rss(f"<description>{deep}</description>", f"{deep}<description>Bir.</description>")) == ["dip", "Bir."]
    assert shown(f"<rss>{'<a>' * 100_000}")[0].startswith("-: the feed's XML is broken at line 1")


def test_huge_attributes() -> None:
    assert shown(rss(f"<description a='{'x' * 3_000_000}'>Bir.</description>")) == ["Bir."]
    found = shown(rss("<description>Bir.</description>", f"<description a='{'x' * 20_000_000}'>İki.</description>"))
    assert found == [
        "Bir.",
        "-: a tag or a comment of the feed is longer than 16 MiB. Take it out: only the items before are read.",
    ]


# large feeds


class Endless(io.RawIOBase):
    """A feed of so many items, made while it is read."""

    def __init__(self, items: int) -> None:
        item = "<item><title>Başlık</title><description>" + "Bakan geldi. " * 80 + "</description></item>"
        self._item = item.encode()
        self._left = items
        self._ready = b"<rss><channel>"
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while len(self._ready) < len(view) and self._left:
            self._ready += self._item
            self._left -= 1
            if not self._left:
                self._ready += b"</channel></rss>"
        given, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(given)] = given
        self.taken += len(given)
        return len(given)


@pytest.mark.measurement
def test_memory_stays_flat_and_items_come_as_they_are_read() -> None:
    def peak(items: int) -> int:
        tracemalloc.start()
        try:
            assert sum(1 for _ in read_items(b"", io.BufferedReader(Endless(items)))) == items
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(3_000), peak(12_000)
    assert many < 1.3 * few

    raw = Endless(20_000)
    assert isinstance(next(load(io.BufferedReader(raw))), Article)
    assert raw.taken < 3_000_000


# whatever stands in it

XML_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


def allowed(text: str) -> str:
    """As XML can carry it."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text).replace("\r\n", "\n").replace("\r", "\n")


@given(st.lists(XML_TEXT, min_size=1, max_size=4), st.sampled_from(["rss", "cdata", "content", "text", "xhtml"]))
def test_any_text_comes_out_unchanged(texts: list[str], form: str) -> None:
    texts = [allowed(text) for text in texts]
    markup = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    if form == "rss":
        feed = rss(f"<description>{escape(markup)}</description>")
    elif form == "cdata":
        feed = rss(f"<description>yanlış</description><content:encoded><![CDATA[{markup}]]></content:encoded>")
    elif form == "content":
        feed = atom(f"<content type='html'>{escape(markup)}</content>")
    elif form == "xhtml":
        feed = atom(f"<content type='xhtml'>{markup}</content>")
    else:
        feed = atom(f"<content>{escape(chr(10).join(texts))}</content>")
    [found] = found_in(feed)
    expected = " ".join(texts).split()
    if form == "cdata" and not expected:
        expected = ["yanlış"]
    if isinstance(found, LoadFailure):
        assert not "".join(expected).strip("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
    else:
        assert found.text.split() == expected


SNIPPETS = st.sampled_from(
    [
        *(
            "<rss>",
            "<channel>",
            "<item>",
            "</item>",
            "<description>",
            "</description>",
            "<title>",
            "</title>",
            "<guid>",
        ),
        *("</guid>", "</channel>", "</rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>"),
        *("<content type='xhtml'>", "</content>", "<link href='x'/>", "<p>", "</p>", "<", "&", "&nbsp;", "&#0;"),
        *("<![CDATA[", "]]>", "<!DOCTYPE rss [", "<!ENTITY a 'b'>", "<!--", "-->", "x", "ş", "\x0b", "\n"),
    ]
)


@given(
    st.sampled_from(["<rss>", "<rss><item><description>", "<feed xmlns='http://www.w3.org/2005/Atom'><entry>", ""]),
    st.one_of(st.lists(SNIPPETS, max_size=15).map("".join).map(str.encode), st.binary(max_size=60)),
    st.sampled_from(["utf-8", "utf-16", "cp1254"]),
)
def test_whatever_the_feed_nothing_is_raised(beginning: str, rest: bytes, encoding: str) -> None:
    found = found_in(beginning.encode(encoding) + rest)
    assert found
    for one in found:
        if isinstance(one, LoadFailure):
            assert isinstance(one.error, ArticleError)
            assert "\n" not in str(one.error)


@given(st.dictionaries(st.sampled_from(["type", "rel", "href", "xml:lang", "isPermaLink"]), XML_TEXT), XML_TEXT)
def test_whatever_the_attributes_nothing_is_raised(attributes: dict[str, str], text: str) -> None:
    given = " ".join(f"{name}={quoteattr(allowed(value))}" for name, value in attributes.items())
    fields = "".join(
        f"<{name} {given}>{escape(allowed(text))}</{name}>" for name in ("title", "link", "guid", "pubDate")
    )
    for feed in (rss(fields + "<description>Bir.</description>"), atom(fields + f"<content {given}>Bir.</content>")):
        assert len(found_in(feed)) == 1
