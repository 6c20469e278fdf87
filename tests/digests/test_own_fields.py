from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StringConstraints,
    computed_field,
    field_validator,
    model_validator,
)

from ozetle.articles import Article
from ozetle.digests.digest import Digest, Event, EventDate, EventFigure, Place, Words
from ozetle.digests.own_fields import ReadEvent, draft_of, labels_of, own_fields, own_names
from ozetle.errors import ConfigurationError
from ozetle.extracting.draft import Draft, DraftEvent, draft_schema
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.grounding.grounding import Grounded, ground
from ozetle.llm.wire_schema import strict_schema
from ozetle.reading import read

TEXT = (
    "Ticaret Bakanlığı, ihracatçılar için 2,5 milyar dolarlık kredi programı başlatacak. "
    "Başvurular 15 Nisan 2026'ya kadar İzmir'de alınacak. "
    "Programdan tarım ve enerji firmaları yararlanacak."
)


class ProgrammeEvent(Event):
    """Hand-written for these tests."""

    ministry: Words | None = Field(None, description="the ministry in charge", title="bakanlık")
    office: Place | None = Field(None, description="where to apply")
    budget: EventFigure | None = Field(None, description="what it costs")
    deadline: EventDate | None = Field(None, description="by when to apply")
    sectors: tuple[Literal["tarım", "enerji", "sanayi"], ...] = Field((), description="sectors concerned")
    words: tuple[Words, ...] = Field((), description="who profits")
    size: Literal["büyük", "küçük", "bilinmiyor"] = Field("bilinmiyor", description="how large it is")
    effect: str | None = Field(None, description="what it changes for exporters", max_length=120)


def grounded(event_class: type[Event] = ProgrammeEvent, **own: Any) -> Grounded:
    answer = {
        "sentences": [1, 2, 3],
        "type": "support_programme",
        "status": "planned",
        "headline": "Ticaret Bakanlığı kredi programı başlatacak.",
        **own,
    }
    reading = read(Article.from_text(TEXT, published=date(2026, 3, 1)))
    drafted = draft_of(event_class).model_validate({"events": [answer]})
    return ground(drafted, reading, default_taxonomy(), event_class=event_class)


def only(found: Grounded) -> ProgrammeEvent:
    (event,) = found.events
    assert isinstance(event, ProgrammeEvent)
    return event


def test_each_kind_of_field_is_grounded_as_its_annotation_says() -> None:
    found = grounded(
        ministry="ticaret bakanlığı", office="İzmir", budget="F1", deadline="D1", sectors=["tarım", "enerji", "tarım"],
        words=["tarım", "enerji firmaları"], size="büyük", effect="İhracatçılar krediye ulaşacak.",
    )  # fmt: skip
    event = only(found)
    assert event.ministry == Words(text="Ticaret Bakanlığı", start=0, end=17)
    assert event.office == Place(text="İzmir", country=None)
    assert event.budget is not None
    assert (event.budget.value, event.budget.currency) == (Decimal("2500000000"), "USD")
    assert event.deadline is not None
    assert event.deadline.last == date(2026, 4, 15)
    assert event.sectors == ("tarım", "enerji")
    assert [TEXT[words.start : words.end] for words in event.words] == ["tarım", "enerji firmaları"]
    assert event.size == "büyük"
    assert event.effect == "İhracatçılar krediye ulaşacak."
    assert found.rejected == ()


@pytest.mark.parametrize(
    ("field", "claim", "path"),
    [
        ("ministry", "Maliye Bakanlığı", "events[0].ministry"),
        ("office", "Bursa", "events[0].office"),
        ("budget", "F9", "events[0].budget"),
        ("deadline", "D7", "events[0].deadline"),
        ("sectors", ["turizm"], "events[0].sectors[0]"),
        ("words", ["tekstil firmaları"], "events[0].words[0]"),
        ("size", "dev", "events[0].size"),
        ("effect", "Exporters will get loans more easily.", "events[0].effect"),
        ("effect", "İhracatçılar 7 milyar dolar kredi alacak.", "events[0].effect"),
    ],
)
def test_what_the_article_does_not_bear_out_is_listed_and_the_field_has_its_default(
    field: str, claim: Any, path: str
) -> None:
    found = grounded(**{field: claim})
    assert getattr(only(found), field) == ProgrammeEvent.model_fields[field].default
    (rejection,) = found.rejected
    assert rejection.path == path
    assert rejection.claim == (claim[0] if isinstance(claim, list) else claim)


def test_words_must_stand_in_the_events_own_sentences() -> None:
    found = grounded(sentences=[1], ministry="Ticaret Bakanlığı", words=["enerji firmaları"])
    assert only(found).ministry is not None
    assert only(found).words == ()
    assert [rejection.path for rejection in found.rejected] == ["events[0].words[0]"]


def test_two_tellings_of_one_event_complete_each_others_fields() -> None:
    reading = read(Article.from_text(TEXT, published=date(2026, 3, 1)))
    common = {"sentences": [1], "type": "support_programme", "status": "planned"}
    answers = [
        {**common, "ministry": "Ticaret Bakanlığı", "sectors": ["tarım"]},
        {**common, "budget": "F1", "sectors": ["enerji"]},
    ]
    drafted = draft_of(ProgrammeEvent).model_validate({"events": answers})
    event = only(ground(drafted, reading, default_taxonomy(), event_class=ProgrammeEvent))
    assert event.ministry is not None
    assert event.budget is not None
    assert event.sectors == ("tarım", "enerji")


def test_the_schema_asks_for_the_own_fields_after_the_others() -> None:
    schema = strict_schema(draft_schema(draft_of(ProgrammeEvent), default_taxonomy()))
    properties = schema["$defs"]["DraftEvent"]["properties"]
    assert list(properties) == [*DraftEvent.model_fields, *own_names(ProgrammeEvent)]
    assert properties["sectors"]["items"]["enum"] == ["tarım", "enerji", "sanayi"]
    assert properties["size"]["enum"] == ["büyük", "küçük", "bilinmiyor"]
    assert properties["budget"]["description"].startswith("what it costs; ")
    assert draft_of(Event) is Draft


class Choosy(Event):
    """Own validators; hand-written for these tests."""

    ministry: Words | None = Field(None, description="the ministry in charge")
    size: str | None = Field(None, description="how large it is", max_length=50)

    @field_validator("size")
    @classmethod
    def _one_word(cls, value: str | None) -> str | None:
        if value is not None and " " in value:
            raise ValueError("more than one word")
        return value


def test_what_an_own_validator_refuses_costs_that_field_alone() -> None:
    found = grounded(Choosy, ministry="Ticaret Bakanlığı", size="ihracatçılar için büyük bir program")
    (event,) = found.events
    assert isinstance(event, Choosy)
    assert event.size is None
    assert event.ministry is not None
    (rejection,) = found.rejected
    assert (rejection.path, rejection.code, rejection.data["event"]) == ("events[0].size", "validator", "Choosy")
    assert "more than one word" in rejection.reason


@pytest.mark.parametrize(
    ("annotation", "field", "reason"),
    [
        (int | None, Field(None, description="how many"), "how it is grounded"),
        (dict[str, str] | None, Field(None, description="more"), "how it is grounded"),
        (Words | EventDate | None, Field(None, description="either"), "how it is grounded"),
        (Words | None, Field(None), "no description"),
        (Words, Field(description="the ministry"), "no default"),
        (Literal["a", "b"], Field(description="which"), "no default"),
    ],
)
def test_a_field_that_cannot_be_asked_for_is_named_with_the_remedy(annotation: Any, field: Any, reason: str) -> None:
    own = type("Own", (Event,), {"__annotations__": {"thing": annotation}, "thing": field})
    with pytest.raises(ConfigurationError, match=rf"field thing of Own .*{reason}.*Annotate it with"):
        draft_of(own)


def test_digests_carry_what_views_are_to_call_what_is_of_ones_own() -> None:
    taxonomy = default_taxonomy()
    events = grounded().events
    assert labels_of(events, Event, taxonomy) == {}
    assert labels_of(events, ProgrammeEvent, taxonomy) == {"fields": {"ministry": "bakanlık"}}
    types = [type_.model_copy(update={"label": f"{type_.label} (masa)"}) for type_ in taxonomy.types]
    own = taxonomy.model_copy(update={"types": tuple(types)})
    assert labels_of(events, Event, own) == {"types": {"support_programme": "destek programı (masa)"}}


def test_own_fields_of_an_event_come_in_order_with_their_values() -> None:
    event = only(grounded(ministry="Ticaret Bakanlığı", sectors=["enerji"]))
    fields = {field.name: field.values for field in own_fields(event)}
    assert list(fields) == list(own_names(ProgrammeEvent))
    assert fields["ministry"] == (event.ministry,)
    assert fields["sectors"] == ("enerji",)
    assert fields["budget"] == ()


def test_an_event_read_without_its_class_has_the_same_own_fields() -> None:
    event = only(grounded(ministry="Ticaret Bakanlığı", budget="F1", deadline="D1", words=["tarım"], office="İzmir"))
    again = ReadEvent.model_validate_json(event.model_dump_json())
    assert list(own_fields(again)) == list(own_fields(event))
    assert again.model_dump_json() == event.model_dump_json()


def test_a_digest_of_own_events_writes_their_fields_whatever_it_is_declared_as() -> None:
    event = only(grounded(ministry="Ticaret Bakanlığı"))
    declared_plainly: Any = Digest
    digest = declared_plainly.model_construct(events=(event,))
    assert digest.model_dump()["events"][0]["ministry"]["text"] == "Ticaret Bakanlığı"
    assert "ministry" in Digest[ProgrammeEvent].model_json_schema()["$defs"]["ProgrammeEvent"]["properties"]


class Complete(Event):
    """Takes only events of a ministry, whatever else it knows of them."""

    ministry: Words | None = Field(None, description="the ministry in charge")
    size: Literal["büyük", "küçük"] | None = Field(None, description="how large it is")

    @model_validator(mode="after")
    def _of_a_ministry(self) -> Complete:
        if self.ministry is None:
            raise ValueError("of no ministry")
        return self


def test_a_validator_of_the_whole_event_may_refuse_it() -> None:
    assert len(grounded(Complete, ministry="Ticaret Bakanlığı", size="büyük").events) == 1
    found = grounded(Complete, size="büyük")
    assert found.events == ()
    assert [(rejection.path, rejection.reason) for rejection in found.rejected] == [
        ("events[0].size", "Complete: Value error, of no ministry"),
        ("events[0]", "Complete: Value error, of no ministry"),
    ]


class Strict(Event):
    """Refuses all but short headlines; it has no own fields that could be left out."""

    @field_validator("headline")
    @classmethod
    def _short(cls, value: str) -> str:
        assert len(value) < 10, "too long"
        return value


def test_a_validator_of_the_librarys_fields_costs_the_event() -> None:
    found = grounded(Strict)
    assert found.events == ()
    (rejection,) = found.rejected
    assert rejection.path == "events[0]"
    assert "too long" in rejection.reason


class Faulty(Event):
    """Its validator has a fault."""

    ministry: Words | None = Field(None, description="the ministry in charge")

    @field_validator("ministry")
    @classmethod
    def _of(cls, value: Any) -> Any:
        return value.words


def test_the_fault_of_a_validator_is_said_in_one_line() -> None:
    assert len(grounded(Faulty).events) == 1  # a field without a value has its default, which is not validated
    with pytest.raises(ConfigurationError, match=r"validator of Faulty fails: AttributeError.*raise a ValueError"):
        grounded(Faulty, ministry="Ticaret Bakanlığı")


class Defaulted(Event):
    """Defaults of every kind."""

    effect: str = Field("bilinmiyor", description="what it changes")
    size: Literal["büyük", "küçük"] | None = Field("küçük", description="how large it is")
    kind: Literal["açık", "kapalı"] = Field(default_factory=lambda: "açık", description="for whom it is")
    sectors: tuple[Literal["tarım", "enerji"], ...] = Field(("tarım",), description="sectors concerned")


@pytest.mark.parametrize(
    "own",
    [{}, {"effect": None, "size": None, "kind": None, "sectors": []}, {"size": "dev", "kind": "x", "effect": " "}],
)
def test_a_field_of_which_nothing_is_left_has_the_classs_own_default(own: dict[str, Any]) -> None:
    found = grounded(Defaulted, **own)
    (event,) = found.events
    assert {field.name: field.values for field in own_fields(event)} == {
        "effect": ("bilinmiyor",), "size": ("küçük",), "kind": ("açık",), "sectors": ("tarım",),
    }  # fmt: skip
    assert [rejection.claim for rejection in found.rejected] == [own[name] for name in own if own[name] in ("dev", "x")]


@pytest.mark.parametrize("wrong", [5, 2.5, True, {"text": "Ticaret Bakanlığı"}, [["x"]], ["bir", "iki"], float("inf")])
@pytest.mark.parametrize("field", own_names(ProgrammeEvent))
def test_what_is_of_a_wrong_type_costs_that_field_alone(field: str, wrong: Any) -> None:
    found = grounded(**{field: wrong})
    event = only(found)
    assert event == only(grounded())
    assert {rejection.path.partition("[0].")[2].partition("[")[0] for rejection in found.rejected} == {field}


def test_one_for_several_and_several_of_one_are_understood() -> None:
    found = grounded(ministry=["Ticaret Bakanlığı"], budget=["F1"], sectors="tarım", words=None, size=None, effect=[])
    event = only(found)
    assert event.ministry is not None
    assert event.budget is not None
    assert (event.sectors, event.words, event.size, event.effect) == (("tarım",), (), "bilinmiyor", None)
    assert found.rejected == ()


class Annotations(Event):
    """Constraints wherever they can stand."""

    outer: Annotated[Words | None, AfterValidator(lambda value: value)] = Field(None, description="the ministry")
    inner: Annotated[Words, AfterValidator(lambda value: value)] | None = Field(None, description="the ministry")
    phrase: Annotated[str | None, StringConstraints(max_length=40)] = Field(None, description="what it is")
    phrases: tuple[Annotated[str, Field(max_length=40)], ...] = Field((), max_length=3, description="what it is")


def test_constraints_may_stand_anywhere_in_an_annotation() -> None:
    found = grounded(
        Annotations, outer="Ticaret Bakanlığı", inner="Ticaret Bakanlığı", phrase="kredi programı",
        phrases=["kredi programı", "tarım ve enerji"],
    )  # fmt: skip
    (event,) = found.events
    assert isinstance(event, Annotations)
    assert event.outer == event.inner == Words(text="Ticaret Bakanlığı", start=0, end=17)
    assert (event.phrase, event.phrases) == ("kredi programı", ("kredi programı", "tarım ve enerji"))


class Measured(Event):
    @computed_field  # type: ignore[prop-decorator]
    @property
    def length(self) -> int:
        return len(self.headline)


class Renamed(Event):
    ministry: Words | None = Field(None, alias="bakanlık", description="the ministry")


class AllRenamed(Event):
    model_config = ConfigDict(alias_generator=str.upper)


class Redefined(Event):
    place: Words | None = Field(None, description="where")  # type: ignore[assignment]


class Narrowed(Event):
    type: Literal["support_programme"]


class Numbered(Event):
    sentences: Words | None = Field(None, description="what is said")


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        (Measured, "Measured.length is a computed field"),
        (Renamed, "field ministry of Renamed .* alias"),
        (AllRenamed, "field type of AllRenamed .* alias"),
        (Redefined, "field place of Redefined .* the library's own"),
        (Narrowed, "field type of Narrowed .* the library's own"),
        (Numbered, "field sentences of Numbered .* something else under that name"),
    ],
)
def test_a_class_that_cannot_work_is_refused_before_anything_is_asked(own: type[Event], reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason):
        draft_of(own)


def test_fields_called_like_methods_are_read_again_as_what_they_are() -> None:
    event = only(grounded(ministry="Ticaret Bakanlığı"))
    odd: dict[str, Any] = {"copy": "bir", "model_dump": "iki", "__class__": "üç"}
    read_again = ReadEvent.model_validate(event.model_dump() | odd)
    values = {field.name: field.values for field in own_fields(read_again)}
    assert {name: values[name] for name in odd} == {name: (value,) for name, value in odd.items()}
