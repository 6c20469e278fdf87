"""The documentation is complete, up to date with the code, and its links lead somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal
from markdown_it import MarkdownIt

import ozetle
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.reasons import FlagCode, ReasonCode, RejectionCode
from tests.conftest import REPOSITORY
from tests.docs import shell
from tests.docs.blocks import PAGES, names
from tests.docs.pages import PAGES as WRITTEN
from tests.docs.pages import REFERENCE

DOCS = REPOSITORY / "docs"
SCHEMAS = REPOSITORY / "schemas"
_DIRECTIVE = re.compile(r"^::: ozetle\.(\w+)", re.MULTILINE)
_FIRST_CELL = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
_PATH = re.compile(r"[\w.*-]+/[\w.*/-]*|\w[\w-]*\.(?:py|md|toml|lock)")
_LANGUAGES = re.compile(r"Figures are read in (.+?); dates in all of these but the last (\w+)")
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six")
_MEASURED = re.compile(r"^\|.*\d\.\d\d.*\|$|^\| (?:against|from) .*\|$", re.MULTILINE)


@pytest.mark.parametrize("file", WRITTEN)
def test_pages_written_from_the_code_are_up_to_date(file: str) -> None:
    shown = (REFERENCE / file).read_text(encoding="utf-8")
    assert shown == WRITTEN[file](), "write it anew: python -m tests.docs.pages"


def test_every_public_name_has_its_place_in_the_reference() -> None:
    documented = {name for page in PAGES for name in _DIRECTIVE.findall(page.read_text(encoding="utf-8"))}
    missing = set(ozetle.__all__) - documented - {"__version__", "OzetleError"}  # one is no object, one is in errors
    assert not missing
    assert {"facts", "errors", "views"} <= documented
    page = (REFERENCE / "facts.md").read_text(encoding="utf-8")
    assert set(ozetle.facts.__all__) == set(re.findall(r"^::: ozetle\.facts\.(\w+)", page, re.MULTILINE))
    page = (REFERENCE / "views.md").read_text(encoding="utf-8")
    assert set(ozetle.views.__all__) == set(re.findall(r"^::: ozetle\.views\.(\w+)", page, re.MULTILINE))


def test_every_field_of_the_published_schemas_is_explained() -> None:
    page = (REFERENCE / "digest.md").read_text(encoding="utf-8")
    explained = set(_FIRST_CELL.findall(page.partition("## Types")[0]))
    digest = set(_fields(_schema("digest")))
    assert explained == digest | {"error", "error.type", "error.message", "error.retryable"}
    assert set(_fields(_schema("failure"))) <= explained
    alone = {f"translation.{name}" for name in _fields(_schema("translation")) if name.startswith(("lang", "sent"))}
    assert alone <= explained


@pytest.mark.parametrize(("page", "codes"), [("reference/digest.md", RejectionCode), ("how-to/translate.md", FlagCode)])
def test_every_reason_is_given_with_its_sentences(page: str, codes: type[ReasonCode]) -> None:
    text = (DOCS / page).read_text(encoding="utf-8").replace("`{", "{").replace("}`", "}")
    rows = re.findall(
        r"^\| `(\w+)` \| (.+) \| (.+) \|$", text.partition("| `code` | in English | in Turkish |")[2], re.MULTILINE
    )
    assert rows == [(code.value, code.english, code.turkish) for code in codes]


def test_every_id_of_the_taxonomy_is_named() -> None:
    page = (REFERENCE / "digest.md").read_text(encoding="utf-8")
    taxonomy = default_taxonomy()
    for heading, choices in (("Types", "types"), ("Roles", "roles"), ("Kinds of documents", "instrument_kinds")):
        section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
        terms = {term.id: term.label for term in getattr(taxonomy, choices)}
        rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, re.MULTILINE))
        assert {id_: label for id_, label in rows.items() if label != "in Turkish"} == terms


def test_measured_numbers_are_those_of_the_readme() -> None:
    measured = set(_MEASURED.findall((REPOSITORY / "README.md").read_text(encoding="utf-8")))
    told = [row for page in DOCS.rglob("*.md") for row in _MEASURED.findall(page.read_text(encoding="utf-8"))]
    assert len(told) >= 9
    assert set(told) <= measured


@pytest.mark.parametrize("page", [REPOSITORY / "README.md", DOCS / "limits.md"], ids=lambda page: page.name)
def test_languages_are_read_as_the_limits_say(page: Path) -> None:
    """Each language that is named reads an amount and a day as CLDR writes them; those without dates read no day."""
    told = _LANGUAGES.search(" ".join(page.read_text(encoding="utf-8").split()))
    assert told
    codes = {name: code for code, name in Locale("en").languages.items()}
    listed = [codes[name] for name in re.findall(r"[A-Z]\w+", told[1])]
    assert len(listed) >= 19
    without_dates = listed[-_NUMBERS.index(told[2]) :]
    for code in listed:
        locale = "sr_Latn" if code == "sr" else code
        amount = f"{format_compact_decimal(5_000_000, format_type='long', locale=locale)} USD"
        assert [figure.value for figure in ozetle.facts.read_figures(amount, language=code)] == [5_000_000], amount
        day = format_date(date(2025, 3, 12), "d MMMM y", locale=locale)
        read = [mention.first for mention in ozetle.facts.read_dates(day, language=code)]
        assert read == ([] if code in without_dates else [date(2025, 3, 12)]), day


def test_every_page_is_in_the_navigation() -> None:
    settings = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    listed = re.findall(r"([\w/-]+\.md)$", settings.partition("\nnav:\n")[2], re.MULTILINE)
    assert sorted(listed) == sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(REPOSITORY)) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    for target in _links(page):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{target} leads nowhere"
        if anchor and not anchor.startswith("ozetle."):  # those are objects, which mkdocs checks
            assert anchor in _anchors(there), f"{there.name} has no {anchor}"


def test_every_room_is_in_the_table_of_rooms() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("## The rooms\n")[2].partition("\n## ")[0]
    package = REPOSITORY / "src" / "ozetle"
    rooms = {f"{path.name}/" for path in package.glob("[!_]*/")} | {path.name for path in package.glob("[!_]*.py")}
    assert set(re.findall(r"^\| `([\w/.]+)` \|", table, re.MULTILINE)) == rooms


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(REPOSITORY)) for page in PAGES])
def test_files_that_are_named_exist(page: Path) -> None:
    """Paths from the repository's root everywhere; on the contributors' pages from the package's too, and commands."""
    for_contributors = page.name in ("CONTRIBUTING.md", "architecture.md", "add-a-language.md")
    roots = (REPOSITORY, REPOSITORY / "src" / "ozetle") if for_contributors else (REPOSITORY,)
    for name in names(page):
        if command := re.match(r"nox -s (\S+)|python -m (tests\S+)", name):
            assert command[1] is None or re.fullmatch(shell.SESSIONS, command[1]), f"nox has no session {command[1]}"
            assert command[2] is None or (REPOSITORY / f"{command[2].replace('.', '/')}.py").exists(), name
        elif _PATH.fullmatch(name) and (for_contributors or (REPOSITORY / name.partition("/")[0]).is_dir()):
            assert any(any(root.glob(name.rstrip("/"))) for root in roots), f"there is no {name}"


def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def _fields(schema: dict[str, Any]) -> Iterator[str]:
    """The paths of all fields: `events[].date.start`."""
    definitions = schema.get("$defs", {})

    def walk(part: dict[str, Any], path: str) -> Iterator[str]:
        if "$ref" in part:
            yield from walk(definitions[part["$ref"].rpartition("/")[2]], path)
        for kind in part.get("anyOf", ()):
            yield from walk(kind, path)
        if "items" in part:
            yield from walk(part["items"], f"{path}[]")
        for name, inner in part.get("properties", {}).items():
            field = f"{path}.{name}" if path else name
            yield field
            yield from walk(inner, field)

    yield from walk(schema, "")


def _links(page: Path) -> Iterator[str]:
    for token in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        for inner in token.children or ():
            target = inner.attrs.get("href", inner.attrs.get("src"))
            if isinstance(target, str):
                yield target


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as mkdocs and GitHub make them of plain ones."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[\s]+", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip()) for heading in headings}
