"""The digests that a command's paths name, and where the views made of them go."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ozetle.cli.guard import FAILED, complain, say
from ozetle.cli.inputs import STDIN
from ozetle.errors import ConfigurationError
from ozetle.views.jsonl import read_digests

if TYPE_CHECKING:
    from ozetle.digests.digest import Digest, Failure

DigestPaths = Annotated[
    list[str],
    typer.Argument(
        metavar="DIGESTS",
        help="JSONL files that ozetle summarize wrote, or - for stdin.",
        show_default=False,
    ),
]

_TOLD = 10  # bad lines of a file that are said one by one; another file altogether would be thousands


class DigestLines:
    """The digests of some JSONL files, one at a time, in order; a bad line is said and passed over.

    Attributes:
        failures: articles that failed, passed over.
        bad: lines and files that cannot be read.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self.failures = 0
        self.bad = 0

    def __iter__(self) -> Iterator[Digest]:
        from ozetle.digests.digest import Digest

        for result in self.results():
            if isinstance(result, Digest):
                yield result
            else:
                self.failures += 1

    def results(self) -> Iterator[Digest | Failure]:
        """Yield what the lines hold, failed articles too."""
        from ozetle.articles import LoadFailure

        for path in self.paths:
            bad = 0
            for result in read_digests(sys.stdin.buffer if path == STDIN else path):
                if not isinstance(result, LoadFailure):
                    yield result
                    continue
                bad += 1
                self.bad += 1
                if bad <= _TOLD:
                    complain(str(result.error))
                elif bad == _TOLD + 1:
                    complain(f"{result.source}: more lines that are no digest; they are only counted")

    def at_least_one(self) -> Iterator[Digest]:
        """Return the digests, once the first of them is found.

        Raises:
            ConfigurationError: there is none; nothing need be overwritten then.
        """
        digests = iter(self)
        first = next(digests, None)
        if first is None:
            self.tell()
            remedy = "Give files that ozetle summarize wrote as JSON lines."
            raise ConfigurationError(f"there is no digest in {', '.join(self.paths)}", remedy=remedy)
        return chain([first], digests)

    def tell(self) -> None:
        """Say on stderr what was passed over."""
        if self.failures:
            say(f"{self.failures} failed articles passed over")
        if self.bad:
            say(f"{self.bad} unreadable lines or files passed over")

    @property
    def status(self) -> int:
        """The exit status: lines that could not be read are a failure, articles that failed earlier are not."""
        return FAILED if self.bad else 0


def write_file(file: Path, content: bytes, inputs: Sequence[str]) -> None:
    """Write a view as a whole.

    Args:
        file: overwritten.
        content: what to write.
        inputs: the paths that were read, which it must not be among.

    Raises:
        ConfigurationError: it cannot be written, or is one of the inputs.
    """
    if any(path != STDIN and Path(path).resolve() == file.resolve() for path in inputs):
        raise ConfigurationError(f"the output {file} is one of the digest files to read", remedy="Write it elsewhere.")
    try:
        file.write_bytes(content)
    except OSError as error:
        cause = f"cannot write {file}: {error.strerror or error}"
        raise ConfigurationError(cause, remedy="Choose another file for -o.") from None
