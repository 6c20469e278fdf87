"""What contributors run, each step in an environment of its own: `nox` does the first three, `nox -s NAME` one of them.

`nox --list` names them all. `.ci/run` is what must be green before a change lands.
"""

from __future__ import annotations

import os

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "test"]
nox.options.reuse_existing_virtualenvs = True

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


@nox.session(python=PYTHONS)
def test(session: nox.Session) -> None:
    """The test suite: no network, no model. `nox -s test-3.13 -- tests/facts -n 0` runs a part on one Python."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """What may import what, style and formatting."""
    session.install("-e", ".[test]")
    session.run("lint-imports")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Types of everything: the library, its tests, the examples and the benchmarks."""
    session.install("-e", ".[test]")
    session.run("mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation, into `site/`; a link that leads nowhere is an error."""
    session.install("-e", ".[docs]")
    session.run("mkdocs", "build", "--strict", env={"NO_MKDOCS_2_WARNING": "1"})


@nox.session
def written(session: nox.Session) -> None:
    """Write anew what is made from the code: reference pages, the rooms' picture, the README's (needs Chromium)."""
    session.install("-e", ".[test]")
    session.run("python", "tools/architecture.py")
    session.run("python", "-m", "tests.docs.pages")
    session.run("python", "-m", "tests.docs.pictures")


@nox.session
def coverage(session: nox.Session) -> None:
    """The lines and branches that the test suite runs."""
    session.install("-e", ".[test,dev]")
    session.run("pytest", "--cov", "--cov-report=term:skip-covered", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Speed, beside what else does the like; see the tables of the README."""
    session.install("-e", ".[benchmarks]")
    session.run("python", "benchmarks/overhead.py", "2000", "64")
    session.run("python", "benchmarks/replay.py", "examples/articles", "examples/recorded", "10")


@nox.session
def browser(session: nox.Session) -> None:
    """The HTML report in a real Chromium, which must be installed."""
    session.install("-e", ".[test]")
    session.run("pytest", "-m", "browser", "-n", "0", *session.posargs)


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it in a clean environment and run it there; needs a package index."""
    session.install("-e", ".[test]")
    session.run("pytest", "-m", "wheel", "-n", "0", *session.posargs)


@nox.session
def embedded(session: nox.Session) -> None:
    """Ask the embedded model for real; fetches 1.1 GB of weights once."""
    session.install("-e", ".[test,local]")
    session.run("pytest", "-m", "embedded", "-n", "0", *session.posargs)


@nox.session
def recordings(session: nox.Session) -> None:
    """Ask the embedded model what examples and tests lack of recorded answers: all, where a prompt has changed."""
    session.install("-e", ".[test,local]")
    where = ("--model=local", "--cache=examples/recorded", f"--output={os.devnull}")
    session.run("ozetle", "summarize", "examples/articles", "examples/feeds", *where)
    for name in ("events", "taxonomy", "prompt"):
        own = {"OZETLE_MODEL": "local", "OZETLE_CACHE": "examples/own/recorded"}
        session.run("python", f"examples/own/{name}.py", env=own)
    session.run("pytest", "examples/tests", "--ozetle-record=missing", "-n", "0")
    session.run("python", "-m", "tests.recordings", "--missing")


@nox.session
def lock(session: nox.Session) -> None:
    """Write requirements-dev.lock: what a contributor's environment holds, to the hash, for every Python."""
    session.install("uv")
    extras = [f"--extra={name}" for name in ("test", "docs", "dev")]
    session.run(
        "uv", "pip", "compile", "pyproject.toml", *extras, "--universal", "--python-version=3.11", "--generate-hashes",
        "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header", "--quiet", "--upgrade",
        "--output-file=requirements-dev.lock",
    )  # fmt: skip
