"""Headlines held against the sentences of their event: what they bear out stays, what they do not is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ozetle.articles import Article
from ozetle.extracting.draft import Draft
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.grounding.grounding import ground
from ozetle.reading import Reading, read
from ozetle.reasons import RejectionCode as Code

TURKISH = (
    "Ticaret Bakanı Ayşe Demir, Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile gümrük protokolünü imzaladı. "  # 1
    "Bakan, iki ülke arasındaki ticaretin 2025 yılında 8,2 milyar dolara çıktığını söyledi. "  # 2
    "Serbest ticaret anlaşması ise henüz imzalanmadı. "  # 3
    "Demir, 15 milyar dolarlık hedefe 2028'de ulaşılacağını belirtti. "  # 4
    "Tarım Bakanı Ali Kaya mayısta Tiran'a gidecek. "  # 5
    "İzmir'deki forum 12 Haziran'a ertelendi."  # 6
)
ALBANIAN = (
    "Ministrja Ana Hoxha nënshkroi protokollin me ministrin Ali Kaya në Tiranë. "  # 1
    "Kryeministri Besnik Dema priti ministrin Kaya. "  # 2
    "Marrëveshja e tregtisë nuk u nënshkrua."  # 3
)


def read_text(text: str, language: str) -> Reading:
    return read(Article.from_text(text, id="a", language=language, published=date(2026, 3, 5)))


READINGS = {"tr": read_text(TURKISH, "tr"), "sq": read_text(ALBANIAN, "sq")}


def refusal(language: str, sentence: int, type_: str, status: str, headline: str) -> Code | None:
    drafted: dict[str, Any] = {"sentences": [sentence], "type": type_, "status": status, "headline": headline}
    draft = Draft.model_validate({"events": [drafted]})
    found = ground(draft, READINGS[language], default_taxonomy())
    codes = [rejection.code for rejection in found.rejected if rejection.path.endswith("headline")]
    assert (found.events[0].headline == headline) is (not codes)
    return codes[0] if codes else None


@pytest.mark.parametrize(
    ("language", "sentence", "type_", "status", "headline"),
    [
        ("tr", 1, "agreement_signed", "occurred", "Demir ile Fahmi, Kahire'de gümrük protokolüne imza attı."),
        ("tr", 2, "economic_statistic", "occurred", "Demir, ikili ticaretin 8,2 milyar dolara yükseldiğini bildirdi."),
        ("tr", 3, "agreement_signed", "denied", "Serbest ticaret anlaşmasının imzalanmadığı bildirildi."),
        ("tr", 3, "agreement_signed", "denied", "Serbest ticaret anlaşması için henüz imza atılmadı."),
        ("tr", 4, "target_set", "targeted", "Demir, 2028 için 15 milyar dolarlık hedefi yineledi."),
        ("tr", 5, "official_visit", "planned", "Ali Kaya mayısta Tiran'ı ziyaret edecek."),
        ("tr", 6, "promotion_event", "postponed", "Forum 12 Haziran'da yapılmak üzere ertelendi."),
        ("sq", 1, "agreement_signed", "occurred", "Ana Hoxha ile Ali Kaya, Tiran'da protokol imzaladı."),
        ("sq", 2, "bilateral_meeting", "occurred", "Başbakan Besnik Dema, Bakan Kaya'yı kabul etti."),
        ("sq", 3, "agreement_signed", "denied", "Ticaret anlaşması imzalanmadı."),
    ],
)
def test_what_the_sentences_bear_out_stays(
    language: str, sentence: int, type_: str, status: str, headline: str
) -> None:
    assert refusal(language, sentence, type_, status, headline) is None


@pytest.mark.parametrize(
    ("language", "sentence", "type_", "status", "headline", "code"),
    [
        ("tr", 1, "agreement_signed", "occurred", "Demir ile Fahmi protokolü imzalamadı.", Code.OTHER_POLARITY),
        ("tr", 1, "agreement_signed", "occurred", "Demir ile Fahmi protokolü imzaladı ve ambargo kararı aldı.",
         Code.ACT_NOT_REPORTED),
        ("tr", 1, "agreement_signed", "occurred", "Kaya ile Fahmi protokolü imzaladı.", Code.OTHER_PERSON),
        ("tr", 1, "agreement_signed", "occurred", "Demir ile Fahmi 15 milyar dolarlık protokolü imzaladı.",
         Code.FIGURE_OF_ANOTHER_SENTENCE),
        ("tr", 2, "economic_statistic", "occurred", "İki ülke arasındaki ticaret 8,2 milyar dolara geriledi.",
         Code.ACT_NOT_REPORTED),
        ("tr", 2, "economic_statistic", "occurred", "İki ülke arasındaki ticaret 12 Haziran'da 8,2 milyar dolardı.",
         Code.DAY_OF_ANOTHER_SENTENCE),
        ("tr", 3, "agreement_signed", "denied", "Serbest ticaret anlaşması imzalandı.", Code.OTHER_POLARITY),
        ("tr", 5, "official_visit", "planned", "Ali Kaya mayısta Tiran'a gitti.", Code.OTHER_CERTAINTY),
        ("tr", 5, "official_visit", "planned", "Ali Kaya mayısta Tiran'a gitmeyecek.", Code.OTHER_POLARITY),
        ("tr", 6, "promotion_event", "postponed", "Forum İzmir'de yapıldı.", Code.OTHER_CERTAINTY),
        ("tr", 6, "promotion_event", "postponed", "İzmir'deki forum iptal edildi.", Code.ACT_NOT_REPORTED),
        ("sq", 1, "agreement_signed", "occurred", "Ana Hoxha ile Ali Kaya protokolü imzalamadı.", Code.OTHER_POLARITY),
        ("sq", 1, "agreement_signed", "occurred", "Besnik Dema ile Ali Kaya protokolü imzaladı.", Code.OTHER_PERSON),
        ("sq", 2, "bilateral_meeting", "occurred", "Besnik Dema, Kaya ile yaptırım kararını imzaladı.",
         Code.ACT_NOT_REPORTED),
        ("sq", 3, "agreement_signed", "denied", "Ticaret anlaşması imzalandı.", Code.OTHER_CERTAINTY),
    ],
)  # fmt: skip
def test_what_they_do_not_bear_out_is_refused(
    language: str, sentence: int, type_: str, status: str, headline: str, code: Code
) -> None:
    assert refusal(language, sentence, type_, status, headline) is code
