"""The same task for langextract: its prompt, its examples, and its extractions as events that can be scored.

Done as its documentation recommends: the document goes to `extract` as it is, in chunks of the default size; the
examples are texts of the kind that comes, their extractions verbatim, in order and without overlaps; types and statuses
are enumerated by `output_schema`, which its OpenAI provider enforces; extractions that it cannot find in the text
(`char_interval` None) are left out. The types and statuses are those of the taxonomy, in the words that the `whole`
prompt has for them, and temperature and length limit are those of `whole` as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ozetle.articles import Article, split
from ozetle.evaluating.gold import PredictedEvent, Quote, Result, Source
from ozetle.extracting.strategies.whole import terms
from ozetle.extracting.taxonomy import default_taxonomy

CLASS = "event"
EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Macaristan-Gürcistan Karma Ekonomik Komisyonunun 4. toplantısı Tiflis'te yapıldı. Toplantıda gümrük "
        "kapılarının birlikte denetlenmesi kararlaştırıldı. Görüşmelerin ardından tarım alanında bir protokol "
        "imzalandı. Taraflar, ticaret hacmini 1 milyar avroya çıkarmayı hedefliyor. Kaynak: DHA",
        (
            ("joint_mechanism_meeting", "occurred", "Karma Ekonomik Komisyonunun 4. toplantısı Tiflis'te yapıldı"),
            ("decision_adopted", "occurred", "gümrük kapılarının birlikte denetlenmesi kararlaştırıldı"),
            ("agreement_signed", "occurred", "tarım alanında bir protokol imzalandı"),
            ("target_set", "targeted", "ticaret hacmini 1 milyar avroya çıkarmayı hedefliyor"),
        ),
    ),
    (
        "Sanayi Bakanı Ayşe Demir, haziran ayında Tunus'a gidecek. Demir, mevkidaşı Karim Fahmi ile de görüşecek. "
        "Ziyaret sırasında bir gıda fuarı açılacak. Fuara katılan firmaların yol giderleri desteklenecek. İki ülke "
        "arasındaki bağlar köklü bir geçmişe dayanıyor.",
        (
            ("official_visit", "planned", "haziran ayında Tunus'a gidecek"),
            ("bilateral_meeting", "planned", "mevkidaşı Karim Fahmi ile de görüşecek"),
            ("promotion_event", "planned", "bir gıda fuarı açılacak"),
            ("support_programme", "planned", "firmaların yol giderleri desteklenecek"),
        ),
    ),
    (
        "Zeytinyağı ihracatı yılın ilk yarısında yüzde 12 artarak 310 milyon dolara ulaştı. En çok alımı 90 milyon "
        "dolarla İspanya yaptı. Sektörde 140 firma faaliyet gösteriyor. Ek gümrük vergisi 1 Ocak'ta kaldırıldı.",
        (
            ("economic_statistic", "occurred", "yüzde 12 artarak 310 milyon dolara ulaştı"),
            ("economic_statistic", "occurred", "En çok alımı 90 milyon dolarla İspanya yaptı"),
            ("economic_statistic", "occurred", "140 firma faaliyet gösteriyor"),
            ("trade_measure", "occurred", "Ek gümrük vergisi 1 Ocak'ta kaldırıldı"),
        ),
    ),
    (
        "Ministri i Bujqësisë, Arben Hoxha, priti në Tiranë homologun e tij nga Malta. Hoxha propozoi hapjen e një "
        "linje të re detare. Punimet për portin e ri do të nisin në vjeshtë.",
        (
            ("bilateral_meeting", "occurred", "priti në Tiranë homologun e tij nga Malta"),
            ("proposal_made", "stated", "propozoi hapjen e një linje të re detare"),
            ("project_cooperation", "planned", "Punimet për portin e ri do të nisin në vjeshtë"),
        ),
    ),
    (
        "Moldovanın Bakıdakı səfiri Ion Rusu əməkdaşlığın yüksək səviyyədə olduğunu deyib. Ötən həftə Gəncədə iki "
        "ölkənin sahibkarları üçün biznes forumu keçirilib. Yeni dəmir yolu xəttinin layihəsi hazırlanacaq.",
        (
            ("official_statement", "stated", "əməkdaşlığın yüksək səviyyədə olduğunu deyib"),
            ("promotion_event", "occurred", "biznes forumu keçirilib"),
            ("project_cooperation", "planned", "Yeni dəmir yolu xəttinin layihəsi hazırlanacaq"),
        ),
    ),
    (
        "Lithuania's economy minister Jonas Petraitis arrived in Cairo on Monday. The two countries signed a "
        "memorandum on shipping. Exports to Egypt rose to 85 million euros in 2025. Petraitis invited Egyptian "
        "companies to the fair in Vilnius.",
        (
            ("official_visit", "occurred", "arrived in Cairo on Monday"),
            ("agreement_signed", "occurred", "signed a memorandum on shipping"),
            ("economic_statistic", "occurred", "Exports to Egypt rose to 85 million euros in 2025"),
            ("proposal_made", "stated", "invited Egyptian companies to the fair in Vilnius"),
        ),
    ),
)
"""Texts written for this, in the languages of the examples, with the type, status and words of each of their events.

Every type but `other` is among them.
"""

_PROMPT = """\
Extract the events of a news article about trade and economic diplomacy, in order of appearance: what happened, what is
planned, what was proposed, what is aimed at, and the figures it reports.
Use exact text for extractions: the part of the sentence that reports the event. Do not paraphrase and do not overlap.
Extract every event once. Headings, background and the page's own text are no events.
type is the most specific that fits:
{types}
status:
{statuses}"""


def extract(article: Article, model: str, base_url: str, max_tokens: int) -> list[Any]:
    """Return langextract's extractions from an article.

    Raises:
        LangExtractError: the model could not be asked.
    """
    import langextract as lx

    taxonomy = default_taxonomy()
    attributes = {
        "type": {"type": "string", "enum": taxonomy.ids("types")},
        "status": {"type": "string", "enum": taxonomy.ids("statuses")},
    }
    examples = [
        lx.data.ExampleData(
            text=text,
            extractions=[
                lx.data.Extraction(CLASS, span, attributes={"type": kind, "status": status})
                for kind, status, span in events
            ],
        )
        for text, events in EXAMPLES
    ]
    config = lx.factory.ModelConfig(
        model_id=model,
        provider="openai",
        provider_kwargs={
            "api_key": "none",
            "base_url": base_url,
            "temperature": 0.0,
            "seed": 0,
            "max_output_tokens": max_tokens,
        },
    )
    document = lx.extract(
        text_or_documents=article.text,
        prompt_description=_PROMPT.format(types=terms(taxonomy.types), statuses=terms(taxonomy.statuses)),
        examples=examples,
        config=config,
        output_schema=lx.schema.extractions_schema(lx.schema.extraction_item_schema(CLASS, attributes=attributes)),
        max_workers=1,  # the server answers one after the other
        show_progress=False,
    )
    return list(document.extractions or ())


def as_result(article: Article, extractions: Iterable[Any]) -> Result:
    """Return extractions as events that `evaluate` scores.

    The evidence of each is the sentences that its span touches, as this library splits them; extractions of one type in
    the same sentences are one event; those without a span, or without a type, are none.
    """
    sentences = split(article)
    events: dict[tuple[str, tuple[int, ...]], PredictedEvent] = {}
    for extraction in extractions:
        span, attributes = extraction.char_interval, extraction.attributes or {}
        if span is None or not isinstance(attributes.get("type"), str):
            continue
        touched = [one for one in sentences if one.start < span.end_pos and span.start_pos < one.end]
        event = PredictedEvent(
            type=attributes["type"],
            status=attributes.get("status"),
            evidence=tuple(Quote(start=one.start, end=one.end, quote=one.text) for one in touched),
        )
        events.setdefault((event.type, tuple(one.start for one in touched)), event)
    return Result(article=Source(id=article.id, source=article.source), events=tuple(events.values()))
