"""The files around the code agree with each other: Python versions, nox sessions, workflows, hooks, locked packages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.conftest import REPOSITORY

PROJECT: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NOX = (REPOSITORY / "noxfile.py").read_text(encoding="utf-8")
LOCK = (REPOSITORY / "requirements-dev.lock").read_text(encoding="utf-8")
GITHUB = REPOSITORY / ".github"
LOCKED_EXTRAS = ("test", "docs", "dev")


def workflow(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((GITHUB / "workflows" / f"{name}.yml").read_text(encoding="utf-8"))
    return found


def pythons() -> list[str]:
    found = re.search(r"^PYTHONS = \[(.+)\]$", NOX, re.MULTILINE)
    assert found
    return re.findall(r'"([\d.]+)"', found[1])


def test_every_python_that_is_allowed_and_tested_is_one_of_the_matrix() -> None:
    assert pythons() == workflow("tests")["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert all(version in SpecifierSet(PROJECT["requires-python"]) for version in pythons())
    classified = [line.rpartition(" ")[2] for line in PROJECT["classifiers"] if "Python :: 3." in line]
    assert set(classified) <= set(pythons())


@pytest.mark.parametrize("name", ["tests", "release"])
def test_workflows_run_sessions_that_there_are(name: str) -> None:
    sessions = set(re.findall(r"^@nox\.session.*\ndef (\w+)", NOX, re.MULTILINE))
    jobs = workflow(name)["jobs"].values()
    commands = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    named = {word for command in commands if command.startswith("nox -s") for word in command.split()[2:]}
    named |= {one for job in jobs for one in job.get("strategy", {}).get("matrix", {}).get("session", [])}
    plain = {word.partition("-")[0] for word in named if word.isidentifier() or re.fullmatch(r"test-[\d.]+", word)}
    assert plain
    assert plain <= sessions


def test_only_the_job_that_publishes_may_ask_for_a_token() -> None:
    release = workflow("release")
    assert release["permissions"] == {"contents": "read"}
    holders = [name for name, job in release["jobs"].items() if "permissions" in job]
    assert holders == ["publish"]
    assert release["jobs"]["publish"]["permissions"] == {"id-token": "write"}
    assert "secrets." not in (GITHUB / "workflows" / "release.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((GITHUB / "ISSUE_TEMPLATE").glob("[!c]*.yml")), ids=lambda path: path.stem)
def test_issue_forms_have_what_the_form_needs(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    ids = [part["id"] for part in form["body"]]
    assert len(ids) == len(set(ids)) >= 3
    assert all(part["attributes"]["label"] for part in form["body"])


def test_the_lock_holds_what_the_project_asks_for() -> None:
    pinned = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE))
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *(line for extra in LOCKED_EXTRAS for line in extras[extra])]
    for requirement in map(Requirement, wanted):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not locked: nox -s lock"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement}, but {version}: nox -s lock"


def test_the_lock_names_packages_and_hashes_alone() -> None:
    for line in LOCK.splitlines():
        assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?|[\w.-]+==[\w.+!]+( ; [^/]+)? \\", line), line
