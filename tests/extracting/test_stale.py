from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ozetle.extracting.prompts import prompt, prompts_folder
from ozetle.extracting.stale import _fits_template, is_stale
from ozetle.llm.request import Message, Request

PROMPTS = sorted(path.stem for path in prompts_folder().glob("*.md"))
NAMES = {id: sorted(set(re.findall(r"{(\w+)}", "".join(turn.content for turn in prompt(id).turns)))) for id in PROMPTS}


def made_with(messages: tuple[Message, ...], name: str) -> Request:
    return Request(model="local/tiny", messages=messages, name=name, answer_schema={}, parameters={})


@given(st.sampled_from(PROMPTS), st.data())
def test_what_was_asked_with_the_installed_prompt_is_never_stale(id: str, data: st.DataObject) -> None:
    words = st.text(max_size=20) | st.sampled_from(["{article}", prompt(id).turns[0].content[-40:], "\n", "=== user"])
    messages = prompt(id).messages(**{name: data.draw(words) for name in NAMES[id]})
    assert not is_stale(made_with(messages, id))


@pytest.mark.parametrize("id", PROMPTS)
def test_another_text_of_the_prompt_is_stale(id: str) -> None:
    messages = prompt(id).messages(**dict.fromkeys(NAMES[id], "bir şey"))
    system = messages[0].content
    changes = [
        (Message(role="system", content=system.replace(" ", "  ", 1)), *messages[1:]),
        (Message(role="system", content=system[:-1]), *messages[1:]),
        (Message(role="system", content=f"{system} Kısa yaz."), *messages[1:]),
        (Message(role="user", content=system), *messages[1:]),
        messages[1:],
        (*messages, Message(role="user", content="Peki?")),
    ]
    for changed in changes:
        assert is_stale(made_with(changed, id))


@pytest.mark.parametrize("name", ["label", "", "../whole", "whole.md"])
def test_of_a_prompt_that_is_not_installed_nothing_is_known(name: str) -> None:
    assert not is_stale(made_with((Message(role="user", content="?"),), name))


@given(st.text("ab", max_size=8), st.lists(st.sampled_from(["a", "b", "ab", "{x}"]), max_size=5).map("".join))
@example("aba", "aba{x}ba")  # the beginning and the end must not overlap
@example("abab", "{x}ab{x}ab")
def test_a_template_fits_as_a_regular_expression_would(text: str, template: str) -> None:
    pattern = ".*".join(map(re.escape, template.split("{x}")))
    assert _fits_template(text, template) == bool(re.fullmatch(pattern, text, re.DOTALL))
