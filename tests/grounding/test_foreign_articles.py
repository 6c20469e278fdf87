"""Digests of articles that are not Turkish: Turkish names beside the article's, sound translations as headlines.

The drafts and translations here are written by hand as inputs; none is a model's answer.
"""

from __future__ import annotations

from datetime import date

import pytest

from ozetle.articles import Article
from ozetle.extracting.draft import Draft
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.grounding.grounding import Grounded, ground
from ozetle.reading import read
from ozetle.reasons import FlagCode
from ozetle.translating.flag import Flag, flag
from ozetle.translating.translation import TranslatedSentence, Translation

ALBANIAN = (
    "Presidenti i Turqisë, Recep Tayyip Erdogan, u takua në Shkup me homologun e tij. "
    "Pas takimit u nënshkrua një protokoll për bashkëpunimin doganor midis dy vendeve."
)
RUSSIAN = "Министр торговли Алексей Орлов встретился в Анкаре с президентом Касым-Жомартом Токаевым и обсудил экспорт."
TURKISH = "Türkiye Cumhurbaşkanı Recep Tayyip Erdoğan, Üsküp'te mevkidaşıyla görüştü."


def translation(first: str, *flags: Flag) -> Translation:
    second = "Görüşmenin ardından iki ülke arasında gümrük iş birliği protokolü imzalandı."
    return Translation(
        sentences=(
            TranslatedSentence(number=1, source="-", text=first, flags=flags),
            TranslatedSentence(number=2, source="-", text=second, flags=()),
        )
    )


def grounded(text: str, translated: Translation | None = None, **fields: object) -> Grounded:
    event = {"sentences": [1], "type": "bilateral_meeting", "status": "occurred"} | fields
    reading = read(Article.from_text(text, id="a", published=date(2026, 3, 5)))
    return ground(Draft.model_validate({"events": [event]}), reading, default_taxonomy(), translated)


def test_people_and_places_have_their_turkish_names_beside_those_of_the_article() -> None:
    who = [{"kind": "person", "name": "Erdogan", "role": "visitor"}]
    (event,) = grounded(ALBANIAN, participants=who, place="Shkup").events
    (person,) = event.participants
    assert (person.name, person.turkish_name) == ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan")
    assert event.place is not None
    assert (event.place.text, event.place.turkish_name) == ("Shkup", "Üsküp")
    assert ALBANIAN[person.start : person.end] == person.name


def test_names_in_another_script_are_transliterated() -> None:
    (event,) = grounded(RUSSIAN, participants=[{"kind": "person", "name": "Алексей Орлов"}]).events
    assert [part.turkish_name for part in event.participants] == ["Aleksey Orlov"]
    assert "Aleksey Orlov" in event.headline


def test_a_turkish_article_has_no_other_names() -> None:
    text = "Ticaret Bakanı Ayşe Demir, Kahire'de Mısırlı mevkidaşıyla bir araya geldi."
    (event,) = grounded(text, participants=[{"kind": "person", "name": "Ayşe Demir"}], place="Kahire").events
    assert event.participants[0].turkish_name is None
    assert event.place is not None
    assert event.place.turkish_name is None


def test_a_sound_translation_of_the_evidence_is_the_headline() -> None:
    found = grounded(ALBANIAN, translation(TURKISH))
    assert found.events[0].headline == TURKISH
    assert found.summary == TURKISH


@pytest.mark.parametrize("translated", [None, translation(TURKISH, flag(FlagCode.FIGURE_CURRENCY)), translation("")])
def test_without_one_the_headline_is_made_of_verified_parts(translated: Translation | None) -> None:
    (event,) = grounded(ALBANIAN, translated, participants=[{"kind": "person", "name": "Erdogan"}]).events
    assert event.headline.startswith("İkili görüşme: Recep Tayyip Erdoğan")
