"""The tables of reasons: what they say in English and in Turkish."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from ozetle import errors
from ozetle.reasons import ErrorType, FlagCode, ReasonCode, Refusal, RejectionCode

CODES: list[ReasonCode] = [*RejectionCode, *FlagCode, *ErrorType]


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("code", CODES)
def test_each_reason_has_both_languages_with_the_same_data(code: ReasonCode) -> None:
    assert names_in(code.turkish) <= names_in(code.english)
    assert not re.search(
        r"\b(the|it|is|no|not|article|translation|sentence)\b", Formatter().vformat(code.turkish, (), Any())
    )
    assert code.english.isascii() or "“" in code.english


class Any(dict[str, str]):
    """Names of data are no words of a sentence."""

    def __missing__(self, name: str) -> str:
        return "Kahire"


@pytest.mark.parametrize("code", [*RejectionCode, *FlagCode])
def test_a_code_is_called_as_its_member(code: ReasonCode) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code)
    assert code.name.lower() == code.value


def test_every_error_has_a_type_of_its_own() -> None:
    found = [errors.OzetleError]
    for error in found:  # it grows
        found += error.__subclasses__()
    own = [error for error in found if error.__module__ == errors.__name__]
    assert {error.__name__: error.type for error in own} == {kind.value: kind for kind in ErrorType}


def test_data_is_put_in_as_it_is_and_never_read_as_a_template() -> None:
    hostile = "{words} {0.__class__} {{ %s <b>"
    why = Refusal(RejectionCode.OTHER_NAME, {"words": hostile})
    assert why.english == f"“{hostile}” is not in the article"
    assert why.code.in_turkish(why.data) == f"“{hostile}” haberde yok"


def test_what_a_file_does_not_give_is_left_out() -> None:
    assert FlagCode.FIGURE_MISSING.in_english({}) == "the source has “…”, the translation does not"
