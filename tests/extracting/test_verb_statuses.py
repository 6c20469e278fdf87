from __future__ import annotations

import pytest

from ozetle.extracting.status import status_of
from ozetle.extracting.taxonomy import default_taxonomy


@pytest.mark.parametrize(
    ("sentence", "type_", "status"),
    [
        ("Heyetler Bakü'de bir araya geldi.", "bilateral_meeting", "occurred"),
        ("Protokol iki bakan tarafından imzalanmıştır.", "agreement_signed", "occurred"),
        ("Bakan gelecek ay Roma'ya gidecek.", "official_visit", "planned"),
        ("Forum eylülde İzmir'de düzenlenecektir.", "promotion_event", "planned"),
        ("Görüşmede gümrük konularının gündeme gelmesi bekleniyor.", "bilateral_meeting", "planned"),
        ("Sözcü, heyetin pazartesi günü Atina'ya gideceğini söyledi.", "official_visit", "planned"),
        ("Sözcü, heyetin pazartesi günü Atina'ya gittiğini söyledi.", "official_visit", "occurred"),
        ("Marka programlarına öncelik verilmesi hedefleniyor.", "support_programme", "targeted"),
        ("Limanın yenilenmesi amaçlanmaktadır.", "project_cooperation", "targeted"),
        ('"Fuar kasımda Konya\'da açılacak" dedi.', "promotion_event", "planned"),
        ("FORUM EYLÜLDE İZMİR'DE DÜZENLENECEK", "promotion_event", "planned"),
        ("Kapının genişletilmesi gerektiğini belirtti.", "project_cooperation", "stated"),
        ("İhracat bu yıl artacak.", "target_set", "targeted"),
        ("Ticaret 5 milyar dolara ulaştı.", "economic_statistic", "occurred"),
        ("Bakan, ortak komisyon kurulmasını önerdi.", "proposal_made", "stated"),
        ("Bakan, ilişkilerin gelişeceğini söyledi.", "official_statement", "stated"),
        ("Görüşmede atılacak yeni adımlar değerlendirildi.", "bilateral_meeting", "occurred"),
        ("Toplantının mayısta yapılacağı öğrenildi.", "bilateral_meeting", "planned"),
        ("", "other", "occurred"),
    ],
)
def test_status_follows_the_verbs(sentence: str, type_: str, status: str) -> None:
    kind = next(kind for kind in default_taxonomy().types if kind.id == type_)
    assert status_of([sentence], "tr", kind) == status
