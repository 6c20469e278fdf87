"""Why a claim was taken out, in Turkish; the reasons are those of `ozetle.grounding` and `ozetle.turkish`."""

from __future__ import annotations

import re

_FIXED = {
    "no sentence of the article is given for it": "haberden dayanağı gösterilmemiş",
    "the article has no sentence of this number": "haberde bu numarada cümle yok",
    "it says that something was signed; the sentences do not": "imza atıldığını söylüyor; dayanak cümleler söylemiyor",
    "it is no person's name": "kişi adı değil",
    "the article does not have these words": "bu sözler haberde yok",
    "the sentences that report the event do not have these words": "bu sözler olayı anlatan cümlelerde yok",
    "the article does not name this country": "haberde bu ülkenin adı geçmiyor",
    "the article has no publication date": "haberin yayın tarihi belli değil",
    "no date of this id was read from the article": "haberde bu numarada tarih yok",
    "it cannot be told which days are meant": "hangi günlerin kastedildiği anlaşılmıyor",
    "no figure of this id was read from the article": "haberde bu numarada rakam yok",
    "not one of the choices": "seçeneklerden biri değil",
    "not one of the types": "olay türlerinden biri değil",
    "not one of the statuses": "durumlardan biri değil",
    "not one of the roles": "rollerden biri değil",
    "not one of the participant kinds": "katılımcı türlerinden biri değil",
    "not one of the instrument kinds": "belge türlerinden biri değil",
    "it is empty": "boş",
    "it has no words": "içinde sözcük yok",
    "it is cut off": "yarıda kesilmiş",
    "it has invisible characters": "içinde görünmeyen karakterler var",
    "it holds markup": "içinde işaretleme var",
    "it is no whole sentence": "tam bir cümle değil",
    "it says a sentence twice": "aynı cümleyi iki kez söylüyor",
    "it repeats itself": "kendini yineliyor",
}
# “…” stands for words of the article or of the claim
_QUOTING = {
    "it does not stand beside “…”": "“…” adının yanında geçmiyor",
    "“…” is no person": "“…” kişi değil",
    "“…” is not Turkish": "“…” Türkçe değil",
    "“…” is not in the article": "“…” haberde yok",
    "the figure “…” is not the article's": "“…” rakamı haberde yok",
    "the number “…” is not the article's": "“…” sayısı haberde yok",
    "the date “…” is not the article's": "“…” tarihi haberde yok",
}
_QUOTED = re.compile("“.*”", re.DOTALL)
_LANGUAGE = re.compile(r"it is not Turkish \(([^()]*)\)")


def reason_in_turkish(reason: str) -> str | None:
    """Return the Turkish of the reason of a `Rejection`; None of one that the library does not give itself.

    Such are what the validators of a class of one's own say, and reasons of other versions.
    """
    if said := _FIXED.get(reason):
        return said
    if (quoted := _QUOTED.search(reason)) and (said := _QUOTING.get(_QUOTED.sub("“…”", reason))):
        return said.replace("“…”", quoted[0])
    if language := _LANGUAGE.fullmatch(reason):
        return f"Türkçe değil ({language[1]})"
    return None
