from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ozetle.turkish.soundness
from ozetle.grounding import grounding
from ozetle.views.reasons import reason_in_turkish


def texts_in(node: ast.AST) -> Iterator[str]:
    """The string literals below a node; what f-strings put in is "Kahire"."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "Kahire" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*texts_in(node.body), *texts_in(node.orelse))
    elif isinstance(node, ast.BoolOp):
        yield from (text for value in node.values for text in texts_in(value))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def reasons() -> list[str]:
    """What `turkish` returns as a problem and `grounding` gives as a reason."""
    found: list[str] = []
    for module in (grounding, ozetle.turkish.soundness):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_reject":
                found += texts_in(node.args[2])
            elif isinstance(node, ast.Return) and node.value and module is ozetle.turkish.soundness:
                found += texts_in(node.value)
    # the class that an own validator belongs to, and which choices there are, are put in
    found = [text for text in found if text not in ("Kahire: Kahire", "not one of the Kahire")]
    choices = ["types", "statuses", "roles", "participant kinds", "instrument kinds", "choices"]
    return [*dict.fromkeys(found), *(f"not one of the {name}" for name in choices)]


@pytest.mark.parametrize("reason", reasons())
def test_each_reason_that_the_library_gives_has_its_turkish(reason: str) -> None:
    said = reason_in_turkish(reason)
    assert said
    assert not re.search(r"\b(the|it|is|no|not|article)\b", said)
    assert ("Kahire" in said) == ("Kahire" in reason)


def test_the_reasons_are_found_in_the_sources() -> None:
    assert {"it is empty", "it is no person's name", "“Kahire” is not in the article"} <= set(reasons())
    assert len(reasons()) >= 28


@pytest.mark.parametrize(
    ("reason", "turkish"),
    [
        ("“Orlov” is not in the article", "“Orlov” haberde yok"),
        ("the figure “5 milyar “dolar””", None),
        ("it does not stand beside “Ali “Baba” Kaya”", "“Ali “Baba” Kaya” adının yanında geçmiyor"),
        ("it is not Turkish (az)", "Türkçe değil (az)"),
        ("CropEvent: Value error, too large", None),
        ("", None),
    ],
)
def test_what_is_quoted_stays_and_unknown_reasons_have_none(reason: str, turkish: str | None) -> None:
    assert reason_in_turkish(reason) == turkish
