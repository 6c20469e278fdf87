"""The publication date of a plain text: read where pages and feeds put it, never guessed from the running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from ozetle.articles.datelines import LONGEST, beginnings, is_dateline
from ozetle.articles.text import Line, plain, trimmed

# Month names in plain form (see `plain`), each language's twelve in order; "/" parts spellings of one month.
_MONTH_NAMES = (
    "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "oca sub mar nis may haz tem agu eyl eki kas ara",
    "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "janar shkurt mars prill maj qershor korrik gusht shtator tetor nentor/nandor dhjetor",
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep/sept oct nov dec",
    "januar/janner februar marz april mai juni juli august september oktober november dezember",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
)
_MONTHS = {
    name: number
    for names in _MONTH_NAMES
    for number, spellings in enumerate(names.split(), start=1)
    for name in spellings.split("/")
}

_DATE = re.compile(
    r"(?<![\d.])(?:"
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)"
    r"|(?P<numeric>\d{1,2}([./-])\d{1,2}\3\d{4})(?!\d)"
    r"|(?P<day>\d{1,2})\.?\s{0,3}(?P<month>[^\W\d_]{3,12})\.?,?\s{1,3}(?P<year>\d{4})(?!\d)"
    r"|(?P<cjk>\d{4}年\d{1,2}月\d{1,2}日)"
    r")"
    r"|(?<!\w)(?P<month_first>[^\W\d_]{3,12})\.?\s{1,3}(?P<day_after>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(?P<year_after>\d{4})(?!\d)"
)
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?!\d)")
_TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?!\d)")
_CLOCK = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])")

_WORDS = (
    r"(?<!\w)(?:pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar|pzt|sal|car|per|cum|cmt|paz"
    r"|bazar ertesi|cersenbe axsami|cersenbe|cume axsami|cume|senbe|bazar"
    r"|e hene|e marte|e merkure|e enjte|e premte|e shtune|e diel"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
    r"|saat|tsi|utc|gmt|msk|cet|est|[ap]\.?m|at|uhr|ora|ore|um|am|в|г|year|t(?=\d)|z)(?!\w)"
)
_LABEL = (
    r"(?P<published>(?:haber(?:in)? )?(?:yayin(?:lanma|lama|lanis)?|yayimlanma|giris|olusturulma|eklenme|ekleme|haber)"
    r"(?: tarihi| zamani)?|yayinlandi|yayimlandi|tarihi?|tarix|derc (?:edilib|olunub)|yayimlanib|yerlesdirilib"
    r"|publikuar(?: me)?|data(?: e publikimit)?|published(?: on| at)?|posted(?: on)?|(?:publication )?date"
    r"|veroffentlicht(?: am)?|erschienen(?: am)?|datum|publie le|опубликовано|дата(?: публикации)?|размещено)"
    r"|(?P<updated>(?:son )?guncelle(?:me|nme)(?: tarihi)?|guncellendi|yenilenib|perditesuar(?: me)?"
    r"|(?:last )?updated?(?: on| at)?|last modified|aktualisiert(?: am)?|stand|обновлено)"
)
_NO_DATE = re.compile(rf"(?<!\w)(?:{_LABEL})(?!\w)|{_WORDS}|(?<!\w)t(?!\w)|\+\d{{1,2}}(?!\d)")
_DIGIT = re.compile(r"\d")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LABELLED = re.compile(rf"(?:^|(?<=[^\w]))(?:{_LABEL})\s?[:|\-]?\s{{0,3}}$")

# "Son başvuru tarihi", "Doğum tarihi": behind another word these label any date
_BARE_LABEL = re.compile(r"(?:tarihi?|tarix|date|data|datum|дата)(?!\w)")

# what may follow a dateline's date: "года", "-cı il", the weekday, the hour
_AFTER_DATE = re.compile(
    rf"(?:-c[iu] il(?!\w)|\s?(?:г\.|(?:года|року|г)(?!\w)))?"
    rf"(?:[,\s]{{1,2}}-?\s?(?:{_WORDS}|{_TIME.pattern}))*"
)
_RANGE = re.compile(
    r"\s{0,3}(?:-{1,2}|ile|to|bis|do|deri)\s{0,3}"
    r"(?:\d{1,2}\.?\s{1,2}(?P<month>[^\W\d_]{3,12})|(?P<month_first>[^\W\d_]{3,12})\s\d{1,2}(?!\d)|[\d./-]{8,10}(?!\w))"
)
_FIRST_YEAR = 1990
_YEARS_AHEAD = 5

_PREFIX = re.compile(r"date[ :]\s{0,3}(\d{4}-\d{1,2}-\d{1,2})(?!\d)", re.IGNORECASE)
_TWEET_MARK = re.compile(r"pic\.(?:twitter|x)\.com/|(?:^|\W)[-–—]\s?[^@\n]{1,100}\(@\w{1,20}\)")

HEADER_LINES = 20
"""How many lines a page's header may take: a bare date line counts as the page's own only there or at the very end."""
_BOILERPLATE_LINE = 160
_DATE_LINE_WORDS = 20


class DateRead(NamedTuple):
    """A day and where the text gives it: offsets into the raw text, end exclusive."""

    day: date
    start: int
    end: int


def read_published(text: str, all_lines: list[Line]) -> DateRead | None:
    """The publication date a plain text, whose lines are given too, carries; or None.

    Read, in this order, from a leading `date YYYY-MM-DD`, from a labelled date ("Yayınlanma: 13.02.2026 16:01"; a label
    of an update only when there is no other), from a line that is nothing but a date, from the dateline that the text
    begins with ("ANKARA, 9 Mart 2026 (AA) – "), and from an embedded tweet (the latest, as the article cannot be older
    than what it embeds). Dates in sentences are never taken.
    """
    if not all_lines:
        return None
    if (prefix := date_prefix(text, all_lines[0].start)) is not None and prefix.day is not None:
        return DateRead(prefix.day, prefix.day_start, prefix.end)
    short = [(number, line) for number, line in enumerate(all_lines) if len(line.text) <= _BOILERPLATE_LINE]
    updated: DateRead | None = None
    for _, line in short:
        for found, label in _labelled_dates(line):
            if label == "published":
                return found
            updated = updated or found
    own = [(number, found) for number, line in short if date_line(line.text) for found in _dates_of(line)[:1]]
    own = own if _is_stamp(all_lines, own) else []
    for number, found in own:
        if number < HEADER_LINES or len(own) == 1:
            return found
    dateline = _read_dateline(text, all_lines)
    if dateline is not None and (updated is None or dateline.day <= updated.day):
        return dateline
    tweets = [found for _, line in short if _TWEET_MARK.search(line.text) for found in _dates_of(line)]
    return updated or max(tweets, default=None, key=lambda found: (found.day, -found.start))


def _is_stamp(all_lines: list[Line], own: list[tuple[int, DateRead]]) -> bool:
    """Whether the first of the lines that are dates is the page's, and no heading of a chronology."""
    if not own or _CLOCK.search(all_lines[own[0][0]].text):
        return True
    days = [found.day for _, found in own]
    return days[0].year >= _FIRST_YEAR and not any(one < other for one, other in pairwise(days))


class Prefix(NamedTuple):
    """A leading `date YYYY-MM-DD`: its end, where its day begins, and the day (None for an impossible one)."""

    end: int
    day_start: int
    day: date | None


def date_prefix(text: str, start: int) -> Prefix | None:
    """The `date YYYY-MM-DD` that some collections put before a text, when it stands at the offset `start`."""
    found = _PREFIX.match(text, start)
    return Prefix(found.end(), found.start(1), parse_date(found[1])) if found else None


def without_prefix(text: str, all_lines: list[Line]) -> tuple[Line | None, list[Line]]:
    """The `date YYYY-MM-DD` before the text, if there is one, as a line of its own, and the lines without it."""
    prefix = date_prefix(text, all_lines[0].start) if all_lines else None
    if prefix is None:
        return None, all_lines
    first, rest = all_lines[0], all_lines[1:]
    start, end = trimmed(text, prefix.end, first.end)
    if start < end:
        rest = [Line(start, end, text[start:end], begins_block=False), *rest]
    return Line(first.start, prefix.end, text[first.start : prefix.end], begins_block=True), rest


def parse_date(text: str) -> date | None:
    """The first full date (day, month and year) in a metadata value such as "2026-02-13T16:01:00+03:00"; or None."""
    text = _COMPACT.sub(r"\1-\2-\3", text[:200])
    return next((found.day for found in find_dates(text)), None)


def find_dates(text: str) -> Iterator[DateRead]:
    """All full dates of a short text; numeric ones are read day first unless that is impossible."""
    for found in _DATE.finditer(plain(text)):
        day = _day_of(found)
        if day is not None:
            yield DateRead(day, found.start(), found.end())


def date_line(text: str) -> Literal["date", "time"] | None:
    """What a line is that is nothing but dates, times, weekdays and their labels; "time" when it gives no date."""
    if len(text) > _BOILERPLATE_LINE or text.count(" ") > _DATE_LINE_WORDS or not _DIGIT.search(text):
        return None
    rest = plain(text)
    dates = list(find_dates(text))
    if not dates and not _CLOCK.search(rest):
        return None
    for found in reversed(dates):
        rest = rest[: found.start] + " | " + rest[found.end :]
    rest = _NO_DATE.sub(" ", _TIME.sub(" | ", rest))
    if _LETTER_OR_DIGIT.search(rest):
        return None
    return "date" if dates else "time"


def _dates_of(line: Line) -> list[DateRead]:
    return [DateRead(d.day, line.start + d.start, line.start + d.end) for d in find_dates(line.text)]


def _read_dateline(text: str, all_lines: list[Line]) -> DateRead | None:
    for line in beginnings(all_lines):
        found = next(find_dates(line.text[:LONGEST]), None)
        if found is None:
            continue
        folded = plain(line.text[: 2 * LONGEST])
        follows = _AFTER_DATE.match(folded, found.end)
        after = follows.end() if follows else found.end
        if is_dateline(line.text, found.start, found.end, after, ranges=_goes_on_to(folded, after)):
            scene = found.day.year < _FIRST_YEAR or _tells_of_later_years(text, found.day.year)
            return None if scene else DateRead(found.day, line.start + found.start, line.start + found.end)
    return None


def _goes_on_to(folded: str, after: int) -> bool:
    """Whether another day follows, the end of a range ("9 Mart 2026 - 12 Mart 2026")."""
    found = _RANGE.match(folded, after)
    month = found and (found["month"] or found["month_first"])
    return found is not None and (month is None or month in _MONTHS)


def _tells_of_later_years(text: str, year: int) -> bool:
    """Whether days long after it show that a dateline sets a scene of the past ("Berlin, 9. November 1989 – …")."""
    return any(found.day.year - year > _YEARS_AHEAD for found in find_dates(text))


def _labelled_dates(line: Line) -> Iterator[tuple[DateRead, str]]:
    folded = plain(line.text)
    for found in find_dates(line.text):
        before = folded[max(0, found.start - 40) : found.start]
        label = _LABELLED.search(before)
        if label and not (_BARE_LABEL.match(label[0]) and before[: label.start()].rstrip()[-1:].isalpha()):
            where = DateRead(found.day, line.start + found.start, line.start + found.end)
            yield where, "published" if label["published"] else "updated"


def _day_of(found: re.Match[str]) -> date | None:
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
    elif found["numeric"]:
        day, month, year = map(int, re.split(r"[./-]", found["numeric"]))
        if month > 12 >= day:
            day, month = month, day
    elif found["cjk"]:
        year, month, day = map(int, re.findall(r"\d+", found["cjk"]))
    else:
        named = _MONTHS.get(found["month"] or found["month_first"])
        if named is None:
            return None
        month, day, year = named, int(found["day"] or found["day_after"]), int(found["year"] or found["year_after"])
    try:
        return date(year, month, day)
    except ValueError:
        return None
