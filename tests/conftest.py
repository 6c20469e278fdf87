"""What tests share: no settings of the machine they run on, a cache of their own, a small disk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).parents[1]

# Hypothesis takes the same examples each time: few in the default run, many with --hypothesis-profile=thorough
settings.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=250)
settings.load_profile("quick")

# tests start many processes, and each would compile the library anew
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_SLOWEST = ("docs", "faults", "cli", "translating")
"""Folders whose files take longest, which go first: a worker takes a file, and none may be left with one of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.parent.name not in _SLOWEST)


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in ("OPENAI_API_KEY", "OZETLE_API_KEY", "OZETLE_MODEL", "OZETLE_BASE_URL", "OZETLE_LOCAL_MODEL"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("OZETLE_CACHE", str(folder / "answers.sqlite"))
    monkeypatch.setenv("OZETLE_DIALECTS", str(folder / "dialects.json"))
    monkeypatch.setenv("OZETLE_CONFIG", str(folder / "config.toml"))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 1 MB; what needs one is skipped where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a file system cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
