"""`ozetle show`."""

from __future__ import annotations

from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from ozetle.cli.digest_lines import DigestLines
from ozetle.cli.guard import FAILED, complain
from ozetle.cli.outputs import opened
from ozetle.errors import ConfigurationError

if TYPE_CHECKING:
    from ozetle.digests.digest import ArticleInfo

EXAMPLES = """\b
Examples:
  ozetle show digests.jsonl
  ozetle show digests.jsonl visit.txt
"""

_NAMED = 20


def show(
    digests: Annotated[
        str,
        typer.Argument(
            metavar="DIGESTS", help="A JSONL file that ozetle summarize wrote, or - for stdin.", show_default=False
        ),
    ],
    wanted: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="Only the article of this id, file name, path or URL. Default: all.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print digests for people, as summarize does on a terminal."""
    from ozetle.digests.digest import Failure

    lines = DigestLines([digests])
    ids: dict[str, None] = {}
    shown = failed = 0
    with opened(None, "text", []) as output:
        for result in lines.results():
            if wanted is not None and wanted not in _names(result.article):
                ids[result.article.id] = None
            elif isinstance(result, Failure) and wanted is None:
                lines.failures += 1
            else:
                shown += 1
                output.write(result)
                if isinstance(result, Failure):
                    failed += 1
                    complain(str(result))
    lines.tell()
    if not shown:
        _complain_of_nothing(digests, wanted, list(ids))
    raise typer.Exit(FAILED if failed else lines.status)


def _names(article: ArticleInfo) -> set[str | None]:
    return {article.id, article.source, article.url, article.source and PurePath(article.source).name}


def _complain_of_nothing(path: str, wanted: str | None, ids: list[str]) -> None:
    if not ids:
        raise ConfigurationError(f"there is no digest in {path}", remedy="Give a file that ozetle summarize wrote.")
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    raise ConfigurationError(f"no article {wanted} in {path}; there are {', '.join(islice(ids, _NAMED))}{more}")
