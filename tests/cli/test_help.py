from __future__ import annotations

import re
import subprocess
import sys

import pytest

from ozetle import __version__
from tests.cli.commands import run


def test_version() -> None:
    assert run("--version").stdout == f"ozetle {__version__}\n"


@pytest.mark.parametrize(
    "command",
    ["", "summarize", "detect", "facts", "schema", "cache", "cache stats", "cache list", "cache show", "model fetch"],
)
def test_help_explains_every_option(command: str) -> None:
    shown = run(*command.split(), "--help")

    assert shown.exit_code == 0
    assert "Usage: " in shown.stdout
    options = re.findall(r"^  (?:-\w, )?--[\w-]+(?: (?:[A-Z]+|<[^>]+>))?(.*)$", shown.stdout, re.MULTILINE)
    assert options
    assert all(text.strip() for text in options if not text.startswith("\n"))


def test_help_lists_the_commands_and_the_formats_there_are() -> None:
    listed = run("--help").stdout.partition("Commands:")[2].partition("Examples")[0]
    commands = re.findall(r"^  (\w+)  +\w", listed, re.MULTILINE)

    assert {"summarize", "detect", "facts", "schema", "cache", "model"} <= set(commands)
    assert all(run(command, "--help").exit_code == 0 for command in commands)
    shown = run("summarize", "--help").stdout
    assert all(f"{form} " in shown for form in ("text", "jsonl", "json", "md", "csv"))


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['ozetle', '--help']\nfrom ozetle.cli import app\n"
        "try: app()\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60)

    heavy = {"openai", "instructor", "pydantic", "rich", "langdetect", "babel", "trafilatura", "asyncio", "numpy"}
    assert "Usage" in found.stdout
    assert not heavy & set(found.stderr.split())
