from __future__ import annotations

import pytest

from ozetle.views import phrases
from tests.views.digests import digest, event, figure


@pytest.mark.parametrize(
    ("text", "value", "unit", "said"),
    [
        ("46 il", "46", "count", "46 il"),
        ("3 bini aşkın şirket", "3000", "count", "3 bini aşkın şirket (=\u00a03.000)"),
        ("3,000 companies", "3000", "count", "3,000 companies (=\u00a03.000)"),
        ("yüzde 3,9", "3.9", "percent", "yüzde 3,9"),
        ("%3,9", "3.9", "percent", "%3,9"),
        ("3.9 percent", "3.9", "percent", "3.9 percent (=\u00a0%3,9)"),
        ("beş ülke", "5", "count", "beş ülke (=\u00a05)"),
    ],
)
def test_a_figure_has_its_value_beside_it_if_it_does_not_say_it(text: str, value: str, unit: str, said: str) -> None:
    assert phrases.figure(figure(text, value, unit=unit, currency=None)) == said


def test_money_has_its_exact_value() -> None:
    assert phrases.figure(figure("5 milyon dolara", "5000000")) == "5 milyon dolara (=\u00a05.000.000 USD)"
    assert phrases.figure(figure("5 yüz", "5", unit="percent", currency=None, measure="pay")) == "5 yüz — pay"


def test_an_article_is_called_by_its_title_or_by_what_it_tells() -> None:
    told = event("Bakanlar görüştü.")
    assert phrases.article_name(digest(told, title="Başlık")) == "Başlık"
    assert phrases.article_name(digest(told, title=None)) == "Bakanlar görüştü"
    assert phrases.article_name(digest(title=None)) == "Taraflar görüştü"
    assert phrases.article_name(digest(title=None).model_copy(update={"summary": ""})) == "haber.txt"
    long = phrases.article_name(digest(event("sözcük " * 40), title=None))
    assert len(long) <= 80
    assert long.endswith("sözcük …")
