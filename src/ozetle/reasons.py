"""Why a claim is taken out, a translation flagged or an article failed: codes with sentences in English and Turkish.

English is what a model is told when it is asked to mend a text, Turkish what people read. The sentences are templates
over named data, which are words of articles and answers: they are put in as they are and never read as a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class ReasonCode(StrEnum):
    """A code with its sentences; a member is written as its value, its English and its Turkish template.

    Attributes:
        english, turkish: the templates, with the names of the data in braces.
    """

    english: str
    turkish: str

    def __new__(cls, code: str, english: str, turkish: str) -> Self:
        """Make a member of its row."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        member.turkish = turkish
        return member

    def in_english(self, data: Mapping[str, str]) -> str:
        """Return the English sentence, a clause without a full stop, with its data."""
        return self.english.format_map(_Given(data))

    def in_turkish(self, data: Mapping[str, str]) -> str:
        """Return the Turkish sentence, a clause without a full stop, with its data."""
        return self.turkish.format_map(_Given(data))


class RejectionCode(ReasonCode):
    """Why a claim of a model was taken out."""

    # a Turkish text may not be shown
    EMPTY = "empty", "it is empty", "boş"
    NO_WORDS = "no_words", "it has no words", "içinde sözcük yok"
    CUT_OFF = "cut_off", "it is cut off", "yarıda kesilmiş"
    INVISIBLE = "invisible", "it has invisible characters", "içinde görünmeyen karakterler var"
    MARKUP = "markup", "it holds markup", "içinde işaretleme var"
    NO_SENTENCE = "no_sentence", "it is no whole sentence", "tam bir cümle değil"
    SAID_TWICE = "said_twice", "it says a sentence twice", "aynı cümleyi iki kez söylüyor"
    REPETITIVE = "repetitive", "it repeats itself", "kendini yineliyor"
    NOT_TURKISH = "not_turkish", "it is not Turkish ({language})", "Türkçe değil ({language})"
    WORD_NOT_TURKISH = "word_not_turkish", "“{words}” is not Turkish", "“{words}” Türkçe değil"
    OTHER_COUNTRY = "other_country", "“{words}” is not in the article", "“{words}” haberde yok"
    OTHER_NAME = "other_name", "“{words}” is not in the article", "“{words}” haberde yok"
    OTHER_FIGURE = "other_figure", "the figure “{words}” is not the article's", "“{words}” rakamı haberde yok"
    OTHER_NUMBER = "other_number", "the number “{words}” is not the article's", "“{words}” sayısı haberde yok"
    OTHER_DATE = "other_date", "the date “{words}” is not the article's", "“{words}” tarihi haberde yok"
    # a headline says more than the sentences of its event
    ACT_NOT_REPORTED = (
        "act_not_reported",
        "the sentences that report the event have nothing of “{words}”",
        "olayı anlatan cümlelerde “{words}” yok",
    )
    OTHER_POLARITY = (
        "other_polarity",
        "it denies what the sentences say, or says what they deny (“{words}”)",
        "cümlelerin dediğini olumsuza ya da olumluya çeviriyor (“{words}”)",
    )
    OTHER_CERTAINTY = (
        "other_certainty",
        "it says that it happened; by the sentences it is {status}",
        "gerçekleştiğini söylüyor; dayanak cümlelere göre öyle değil ({status})",
    )
    OTHER_PERSON = (
        "other_person",
        "the sentences that report the event do not name “{words}”",
        "olayı anlatan cümlelerde “{words}” adı geçmiyor",
    )
    FIGURE_OF_ANOTHER_SENTENCE = (
        "figure_of_another_sentence",
        "the figure “{words}” is not of the sentences that report the event",
        "“{words}” rakamı olayı anlatan cümlelerden değil",
    )
    DAY_OF_ANOTHER_SENTENCE = (
        "day_of_another_sentence",
        "the date “{words}” is not of the sentences that report the event",
        "“{words}” tarihi olayı anlatan cümlelerden değil",
    )
    # what it rests on is not there
    NO_EVIDENCE = "no_evidence", "no sentence of the article is given for it", "haberden dayanağı gösterilmemiş"
    UNKNOWN_SENTENCE = (
        "unknown_sentence",
        "the article has no sentence of this number",
        "haberde bu numarada cümle yok",
    )
    WORDS_NOT_IN_ARTICLE = "words_not_in_article", "the article does not have these words", "bu sözler haberde yok"
    WORDS_NOT_IN_EVIDENCE = (
        "words_not_in_evidence",
        "the sentences that report the event do not have these words",
        "bu sözler olayı anlatan cümlelerde yok",
    )
    NOT_BESIDE = "not_beside", "it does not stand beside “{words}”", "“{words}” adının yanında geçmiyor"
    COUNTRY_NOT_NAMED = (
        "country_not_named",
        "the article does not name this country",
        "haberde bu ülkenin adı geçmiyor",
    )
    NOT_A_PERSON = "not_a_person", "“{words}” is no person", "“{words}” kişi değil"
    NO_PERSONS_NAME = "no_persons_name", "it is no person's name", "kişi adı değil"
    UNKNOWN_FIGURE = (
        "unknown_figure",
        "no figure of this id was read from the article",
        "haberde bu numarada rakam yok",
    )
    UNKNOWN_DATE = "unknown_date", "no date of this id was read from the article", "haberde bu numarada tarih yok"
    UNRESOLVED_DATE = (
        "unresolved_date",
        "it cannot be told which days are meant",
        "hangi günlerin kastedildiği anlaşılmıyor",
    )
    NO_PUBLICATION_DATE = (
        "no_publication_date",
        "the article has no publication date",
        "haberin yayın tarihi belli değil",
    )
    # not one of those that it has to be one of
    UNKNOWN_TYPE = "unknown_type", "not one of the types", "olay türlerinden biri değil"
    UNKNOWN_STATUS = "unknown_status", "not one of the statuses", "durumlardan biri değil"
    UNKNOWN_ROLE = "unknown_role", "not one of the roles", "rollerden biri değil"
    UNKNOWN_PARTICIPANT_KIND = (
        "unknown_participant_kind",
        "not one of the participant kinds",
        "katılımcı türlerinden biri değil",
    )
    UNKNOWN_INSTRUMENT_KIND = (
        "unknown_instrument_kind",
        "not one of the instrument kinds",
        "belge türlerinden biri değil",
    )
    UNKNOWN_CHOICE = "unknown_choice", "not one of the choices", "seçeneklerden biri değil"
    # what the validators of an event class of one's own say
    VALIDATOR = "validator", "{event}: {message}", "{event} sınıfı kabul etmedi: {message}"


class FlagCode(ReasonCode):
    """What is wrong with the translation of a sentence; codes of one kind of fault begin alike."""

    MISSING = (
        "missing",
        "the translation is missing; translate the sentence",
        "çeviri yok",
    )
    UNTRANSLATED_COPY = (
        "untranslated_copy",
        "the sentence is left as it was; translate it into Turkish",
        "cümle çevrilmeden bırakılmış",
    )
    UNTRANSLATED_MOSTLY = (
        "untranslated_mostly",
        "the sentence is left in the source language; translate it into Turkish",
        "cümlenin çoğu çevrilmeden bırakılmış",
    )
    UNTRANSLATED_WORDS = (
        "untranslated_words",
        "“{words}” is left in the source language; translate it",
        "“{words}” çevrilmeden bırakılmış",
    )
    UNTRANSLATED_AZERBAIJANI = (
        "untranslated_azerbaijani",
        "“{words}” is Azerbaijani; write Turkish",
        "“{words}” Azerbaycanca kalmış",
    )
    UNTRANSLATED_LANGUAGE = (
        "untranslated_language",
        "the sentence is not in Turkish but in '{language}'",
        "cümle kaynağın dilinde kalmış ({language})",
    )
    LANGUAGE_AZERBAIJANI = (
        "language_azerbaijani",
        "“{words}” is Azerbaijani; write Turkish",
        "“{words}” Azerbaycanca",
    )
    LANGUAGE_WORDS = (
        "language_words",
        "words such as “{words}” are not Turkish; translate all of it",
        "“{words}” gibi sözler Türkçe değil",
    )
    LANGUAGE_NOT_TURKISH = (
        "language_not_turkish",
        "the sentence is not in Turkish",
        "cümle Türkçe değil",
    )
    LANGUAGE_OTHER = (
        "language_other",
        "the sentence is not in Turkish but in '{language}'",
        "cümle Türkçe değil ({language})",
    )
    SCRIPT_FOREIGN = (
        "script_foreign",
        "“{words}” is not written in Latin letters",
        "“{words}” Latin harfleriyle yazılmamış",
    )
    SCRIPT_SIGN = (
        "script_sign",
        "“{words}” is no Turkish sign; write Latin digits and punctuation",
        "“{words}” Türkçede kullanılmayan bir işaret",
    )
    SCRIPT_LETTERS = (
        "script_letters",
        "“{words}” is not written in Turkish letters",
        "“{words}” Türk harfleriyle yazılmamış",
    )
    MARKUP_SIGNS = (
        "markup_signs",
        "the translation has markup, “{words}”; give the sentence alone",
        "çeviride işaretleme var: “{words}”",
    )
    MARKUP_LINES = (
        "markup_lines",
        "the translation has markup, “a line break”; give the sentence alone",
        "çeviride satır sonu var",
    )
    MARKUP_LABEL = (
        "markup_label",
        "the translation begins with the label “{words}”; give the sentence alone",
        "çeviri bir etiketle başlıyor: “{words}”",
    )
    MARKUP_NUMBER = (
        "markup_number",
        "the translation begins with the number “{words}”; leave it out",
        "çeviri bir numarayla başlıyor: “{words}”",
    )
    REPEATED_WORDS = (
        "repeated_words",
        "“{words}” is said again and again; say it once",
        "“{words}” yineleniyor",
    )
    REPEATED_SENTENCE = (
        "repeated_sentence",
        "this repeats the translation of “{words}”",
        "şu cümlenin çevirisi yineleniyor: “{words}”",
    )
    REPEATED_TRANSLATION = (
        "repeated_translation",
        "this repeats “{words}”; translate this sentence alone",
        "başka bir çeviri yineleniyor: “{words}”",
    )
    ADDED_WORDS = (
        "added_words",
        "“{words}” is not in the source; add nothing to it",
        "“{words}” kaynakta yok",
    )
    ADDED_LENGTH = (
        "added_length",
        "the translation is much longer than the sentence; add nothing to it",
        "çeviri cümleden çok daha uzun",
    )
    ADDED_TEXTS = (
        "added_texts",
        "the answer had {given} texts for {wanted} sentences",
        "model {wanted} cümle için {given} çeviri verdi",
    )
    INCOMPLETE_END = (
        "incomplete_end",
        "the translation breaks off; translate the sentence to its end",
        "çeviri yarıda kesiliyor",
    )
    INCOMPLETE_AFTER = (
        "incomplete_after",
        "the translation breaks off after “{words}”; translate it to its end",
        "çeviri “{words}” sözünden sonra kesiliyor",
    )
    INCOMPLETE_SHORT = (
        "incomplete_short",
        "the translation is much shorter than the sentence; translate all of it",
        "çeviri cümleden çok daha kısa",
    )
    FIGURE_MISSING = (
        "figure_missing",
        "the source has “{source}”, the translation does not",
        "kaynaktaki “{source}” rakamı çeviride yok",
    )
    FIGURE_CHANGED = (
        "figure_changed",
        "the source has “{source}”, the translation “{translation}”",
        "kaynaktaki “{source}” rakamı çeviride “{translation}” olmuş",
    )
    FIGURE_ADDED = (
        "figure_added",
        "the translation has “{translation}”, the source does not",
        "çevirideki “{translation}” rakamı kaynakta yok",
    )
    FIGURE_CURRENCY = (
        "figure_currency",
        "the translation names another currency than the source",
        "çeviride kaynaktakinden başka bir para birimi var",
    )
    DATE_MISSING = (
        "date_missing",
        "the source has “{source}”, the translation does not",
        "kaynaktaki “{source}” tarihi çeviride yok",
    )
    DATE_CHANGED = (
        "date_changed",
        "the source has “{source}”, the translation “{translation}”",
        "kaynaktaki “{source}” tarihi çeviride “{translation}” olmuş",
    )
    DATE_ADDED = (
        "date_added",
        "the translation has “{translation}”, the source does not",
        "çevirideki “{translation}” tarihi kaynakta yok",
    )
    NAME_MISSING = (
        "name_missing",
        "the source names “{source}”, the translation does not",
        "kaynaktaki “{source}” adı çeviride yok",
    )
    NAME_CHANGED = (
        "name_changed",
        "the source names “{source}”, the translation “{translation}”",
        "kaynaktaki “{source}” adı çeviride “{translation}” olmuş",
    )
    NAME_COUNTRY = (
        "name_country",
        "the source has “{source}”, the translation “{translation}”",
        "kaynaktaki “{source}” ülkesi çeviride “{translation}” olmuş",
    )
    NAME_ADDED = (
        "name_added",
        "the translation names “{translation}”, the source does not",
        "çevirideki “{translation}” adı kaynakta yok",
    )
    ORDER_OTHER = (
        "order_other",
        "this is the translation of another sentence, “{words}”",
        "başka bir cümlenin çevirisi olabilir: “{words}”",
    )
    ORDER_TEXTS = (
        "order_texts",
        "the answer had {given} texts for {wanted} sentences",
        "hangi cümlenin çevirisi olduğu belli değil: model {wanted} cümle için {given} çeviri verdi",
    )


class ErrorType(ReasonCode):
    """Why an article failed, as the names of the classes of `ozetle.errors`; each class has one as its `type`."""

    ARTICLE = "ArticleError", "the article cannot be read", "haber okunamadı"
    CONFIGURATION = "ConfigurationError", "the call or the settings are wrong", "çağrı ya da ayarlar yanlış"
    NO_MODEL = "NoModelError", "no model was chosen and none can be had", "kullanılacak model yok"
    BUDGET = "BudgetError", "as much is spent as was allowed", "izin verilen bütçe harcandı"
    CACHE = "CacheError", "the cache cannot be used", "önbellek kullanılamıyor"
    CACHE_MISS = "CacheMissError", "an answer it needs is not recorded", "gereken bir yanıt kayıtlı değil"
    UNANSWERED = "UnansweredError", "a question was noted for later", "bir soru sonraya bırakıldı"
    MODEL = "ModelError", "the model could not be asked", "modele sorulamadı"
    MODEL_UNREACHABLE = "ModelUnreachableError", "the model cannot be reached", "modele ulaşılamıyor"
    SERVER_FAILED = "ServerFailedError", "the server failed", "sunucu hata verdi"
    RATE_LIMITED = "RateLimitedError", "the server asks to slow down", "sunucu yavaşlamayı istiyor"
    MODEL_REFUSED = "ModelRefusedError", "the server refuses to be asked", "sunucu soruları kabul etmiyor"
    REQUEST_REJECTED = "RequestRejectedError", "the server rejects this request", "sunucu bu isteği kabul etmedi"
    ANSWER = "AnswerError", "the model's answer cannot be used", "modelin yanıtı kullanılamıyor"
    WEIGHTS = "WeightsError", "the embedded model's weights cannot be had", "gömülü modelin ağırlıkları alınamadı"
    OTHER = "OzetleError", "something else went wrong", "başka bir sorun oldu"


@dataclass(frozen=True)
class Refusal:
    """Why something of a model's answer may not stay."""

    code: RejectionCode
    data: Mapping[str, str] = field(default_factory=dict)
    """What its sentences name."""

    @property
    def english(self) -> str:
        """Return its English sentence."""
        return self.code.in_english(self.data)


class _Given(dict[str, str]):
    """Data of which some may be missing, since a file can be written by hand."""

    def __missing__(self, name: str) -> str:
        return "…"
