"""The structure of the code: which room may import which, how large a folder may be, what a file may be called."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from tools import architecture

from tests.conftest import REPOSITORY

LARGEST_FOLDER = 24
MOST_OF_ONE_PREFIX = 2
LONGEST_MODULE = 400  # lines
FOLDERS = [
    folder
    for top in ("src", "tests")
    for folder in chain([REPOSITORY / top], sorted((REPOSITORY / top).rglob("*/")))
    if folder.name != "__pycache__"
]
NAMES = [str(folder.relative_to(REPOSITORY)) for folder in FOLDERS]


def prefix(file: Path) -> str:
    """The first word of a file's name; of a test what it tests, which is what tells it from its neighbours."""
    return file.stem.removeprefix("test_").partition("_")[0]


def crowded(files: list[Path]) -> list[str]:
    """The prefixes that too many files share; `dates.py` counts with `dates_of_pages.py`."""
    counts = Counter(map(prefix, files))
    return [word for word, count in counts.items() if word and count > MOST_OF_ONE_PREFIX]


def test_imports_keep_the_contracts() -> None:
    # in a process of its own: it turns off the loggers that are there
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_a_folder_can_be_overlooked(folder: Path) -> None:
    files = [path for path in folder.iterdir() if path.is_file()]
    assert len(files) <= LARGEST_FOLDER
    assert not crowded(files), "files of one prefix make a folder of their own"


def test_modules_can_be_held_in_the_head() -> None:
    modules = (REPOSITORY / "src").rglob("*.py")
    lengths = {str(path.relative_to(REPOSITORY)): len(path.read_text("utf-8").splitlines()) for path in modules}
    assert not {path: length for path, length in lengths.items() if length > LONGEST_MODULE}


def test_the_rules_see_what_breaks_them() -> None:
    names = ["test_dates.py", "test_date_ranges.py", "date.py", "date_tokens.py", "day.py"]
    assert crowded([Path(name) for name in names]) == ["date"]
    assert not crowded([Path(name) for name in ("__init__.py", "a_b.py", "a.py", "b.py")])


def test_tests_mirror_the_rooms() -> None:
    rooms = {path.name for path in (REPOSITORY / "src" / "ozetle").glob("*/") if path.name != "__pycache__"}
    assert rooms <= {path.name for path in (REPOSITORY / "tests").glob("*/")}


def test_the_picture_of_the_rooms_is_true() -> None:
    assert architecture.PICTURE.read_text("utf-8") == architecture.picture(), "run `python tools/architecture.py`"


def test_a_picture_leaves_out_the_arrows_that_others_replace() -> None:
    arrows = {("cli", "api"), ("api", "summarizer"), ("cli", "summarizer"), ("cli", "views")}
    assert architecture.without_detours(arrows) == arrows - {("cli", "summarizer")}
