"""Days told by one named before them."""

from __future__ import annotations

from datetime import date

import pytest

from ozetle.facts import read_dates
from ozetle.facts.dates.programme_days import with_programme_days

REFERENCE = date(2026, 3, 4)


def told(text: str, language: str) -> list[tuple[str, int]]:
    """The words of each day that is only told, and which day of March it is."""
    dates = read_dates(text, REFERENCE, language)
    found = with_programme_days(text, dates, language)
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert list(found) == sorted(found, key=lambda mention: mention.start)
    return [(mention.text, mention.first.day) for mention in found if mention not in dates and mention.first]


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("tr", "Fuar 11-13 Mart'ta. İlk gün forum, son gününde tören var.", [("İlk gün", 11), ("son gününde", 13)]),
        ("tr", "Bakan 11 Mart'ta gelecek. AYNI GÜN imza atılacak.", [("AYNI GÜN", 11)]),
        ("tr", "Fuar 11-13 Mart'ta. İkinci gün forum, aynı gün tören var.", [("İkinci gün", 12), ("aynı gün", 12)]),
        ("az", "Nazir martın 11-13-də səfər edəcək. Səfərin ikinci günündə forum olacaq.", [("ikinci günündə", 12)]),
        ("en", "The visit is on March 11-13. İzmir follows on the last day.", [("last day", 13)]),
        ("sq", "Ministri vjen më 11 mars. Po atë ditë do të ketë forum.", [("Po atë ditë", 11)]),
        ("ru", "Визит пройдёт с 11 по 13 марта. В последний день будет форум.", [("В последний день", 13)]),
        ("de", "Der Besuch ist vom 11. bis 13. März. Am letzten Tag folgt ein Forum.", [("letzten Tag", 13)]),
        ("ar", "الزيارة يومي 11 و12 مارس. في اليوم الثاني ينعقد المنتدى.", [("اليوم الثاني", 12)]),
    ],
)  # fmt: skip
def test_the_day_before_tells_it(language: str, text: str, want: list[tuple[str, int]]) -> None:
    assert told(text, language) == want


@pytest.mark.parametrize(
    "text",
    [
        "Yeni yasanın ilk gününde başvuru yapıldı.",  # nothing before
        "Bakan mart ayında gelecek. Ziyaretin ilk gününde tören var.",  # a month is no programme
        "Fuar 11-13 Mart'ta. Beşinci gün tören var.",  # it has no fifth day
        f"Fuar 11-13 Mart'ta. {'Fuar çok ilgi gördü. ' * 100} Son gün tören var.",  # too far
        "Aynı günlük gazete 11 Mart'ta çıktı.",
    ],
)
def test_without_a_day_near_before_nothing_is_read(text: str) -> None:
    assert told(text, "tr") == []
