from __future__ import annotations

import json
from pathlib import Path

import pytest

from ozetle.errors import ConfigurationError
from ozetle.extracting.prompts import joined, prompt, prompts_folder, read_prompt

LOCK = Path(__file__).with_name("prompts.lock.json")
IDS = sorted(path.stem for path in prompts_folder().glob("*.md"))


@pytest.mark.parametrize("id_", IDS)
def test_a_prompts_text_changes_only_with_its_version(id_: str) -> None:
    """Write the new version and hash into prompts.lock.json once the version in the file has been raised."""
    locked = json.loads(LOCK.read_text(encoding="utf-8"))
    info = prompt(id_).info
    assert info.id == id_
    assert {info.version: info.sha256}.items() <= locked.get(id_, {}).items(), (
        f"prompts/{id_}.md has changed: raise its version, then lock {info.version!r}: {info.sha256!r}"
    )


def test_only_the_named_placeholders_are_replaced_and_only_once(tmp_path: Path) -> None:
    path = tmp_path / "p.md"
    path.write_text("---\nid: p\nversion: 1\npurpose: test\n---\n=== system\n{a} {other} {{a}}\n=== user\n{b}\n")
    first, second = read_prompt(path).messages(a="{b}", b="{a} {{7*7}} {% if %}")
    assert first.content == "{b} {other} {{b}}"
    assert second.content == "{a} {{7*7}} {% if %}"
    assert (first.role, second.role) == ("system", "user")


def test_examples_in_prompts_are_the_answers_asked_for() -> None:
    from ozetle.extracting.taxonomy import default_taxonomy

    taxonomy = default_taxonomy()
    for turn in prompt("stepwise-label").turns:
        if turn.role == "assistant":
            assert set(json.loads(turn.content)["events"]) <= {*taxonomy.ids("types"), "none"}


@pytest.mark.parametrize(
    "text", ["no front matter", "---\nid: x\n---\n=== user\nhi", "---\nid: x\nversion: 1\npurpose: y\n---\nno turn"]
)
def test_malformed_prompts_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.md"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=r"broken\.md"):
        read_prompt(path)


def test_several_prompts_are_identified_together() -> None:
    one, two = prompt("stepwise-label"), prompt("whole")
    assert joined([one]) == one.info
    both = joined([one, two])
    assert both.id == "stepwise-label+whole"
    assert both.version == f"{one.info.version}+{two.info.version}"
    assert both.sha256 not in (one.info.sha256, two.info.sha256)


def test_what_editors_leave_in_a_file_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "own.md"
    text = "---\nid: own\nversion: 1\npurpose: test\n---\n=== system \nSay.\n=== user\t\n{article}\n=== assistant"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    turns = read_prompt(path).turns
    assert [(turn.role, turn.content) for turn in turns] == [
        ("system", "Say."),
        ("user", "{article}"),
        ("assistant", ""),
    ]
