"""A pytest plugin: tests that record a model's answers once and replay them afterwards, without a network.

    def test_the_visit(ozetle_recordings):
        digest = summarize(TEXT, model="openai/gpt-4.1-mini", cache=ozetle_recordings)
        assert digest.events[0].type == "official_visit"

    pytest --ozetle-record=missing      asks the model; keeps its answers in recordings/test_module/test_the_visit/
    pytest                              replays them; needs no key and no server

Only tests that use the fixture `ozetle_recordings` are affected, unless the ini option `ozetle_forbid_live` is set.
What asks or reads answers is imported inside the fixture, so that pytest starts no slower.
"""

from __future__ import annotations

import hashlib
import logging
import re
import shlex
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from ozetle.llm.cache import Cache
    from ozetle.llm.recordings import Recordings

_PASSED = pytest.StashKey[bool]()

_PLAIN_NAME = re.compile(r"(\w+)(?:\[([a-z0-9_-]+)\])?", re.ASCII)
_LONGEST_NAME = 80


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    parser.getgroup("ozetle", "recorded answers (ozetle)").addoption(
        "--ozetle-record",
        choices=("none", "missing", "all"),
        default="none",
        help="what tests with the fixture ozetle_recordings ask a model live: nothing (none, the default: recorded"
        " answers are replayed, and a missing or an unused one fails the test), what is not recorded yet (missing),"
        " everything anew, removing what is no longer asked for (all)",
    )
    parser.addini(
        "ozetle_recordings_folder",
        "name of the folder, beside each test file, of recorded answers",
        default="recordings",
    )
    parser.addini(
        "ozetle_forbid_live",
        "forbid ozetle's live requests in the whole run, but for tests that record",
        type="bool",
        default=False,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Forbid live requests in the whole run, if the ini option says so."""
    if config.getini("ozetle_forbid_live"):
        from ozetle.llm import network_guard as live

        run = ExitStack()
        run.enter_context(live.forbidden("In a test, pass cache=ozetle_recordings on (ozetle_forbid_live is set)."))
        config.add_cleanup(run.close)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note whether the test passed: only then is what it did not ask for left over."""
    report = yield
    if call.when == "call":
        item.stash[_PASSED] = report.passed
    return report


@pytest.fixture
def ozetle_recordings(request: pytest.FixtureRequest) -> Iterator[Cache]:
    """A cache of recorded answers beside the test, to pass on as cache=…; see --ozetle-record."""
    from ozetle.llm import network_guard as live
    from ozetle.llm.recordings import Recordings

    node, record = request.node, request.config.getoption("ozetle_record")
    node.stash[_PASSED] = False
    to_record = f"Record it: {_command('missing', node)}"
    guard = live.allowed()
    if record == "none":
        guard = live.forbidden(f"Pass cache=ozetle_recordings on. {to_record}")
    with Recordings(_folder(node), record, remedy=to_record) as recordings, guard, _quiet():
        yield recordings
        if node.stash[_PASSED] and record == "none":
            _fail_unless_complete(recordings, node)
        if node.stash[_PASSED] and record == "all":
            recordings.remove_unused()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep instructor's log out of the report: what it logs as errors is raised too, or mended by asking again."""
    log = logging.getLogger("instructor")
    level = log.level
    if level == logging.NOTSET:  # else somebody wants to see it
        log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def _fail_unless_complete(recordings: Recordings, node: pytest.Item) -> None:
    if recordings.missing:  # the test did not mind: `summarize_many` makes a Failure of it
        pytest.fail(f"{recordings.cause_of_miss()}. Record it: {_command('missing', node)}", pytrace=False)
    unused = recordings.unused()
    if unused:
        files = "".join(f"\n  {path}" for path in unused)
        pytest.fail(
            f"recorded answers were not asked for:{files}\nRemove them, or record anew: {_command('all', node)}",
            pytrace=False,
        )


def _command(record: str, node: pytest.Item) -> str:
    return f"pytest --ozetle-record={record} {shlex.quote(node.nodeid)}"


def _folder(node: pytest.Item) -> Path:
    """Return the folder of a test's recordings: recordings/test_module/[TestClass/]test_name beside the test file."""
    classes = [part.name for part in node.listchain() if isinstance(part, pytest.Class)]
    name: str = node.config.getini("ozetle_recordings_folder")
    return node.path.parent.joinpath(name, node.path.stem, *classes, _file_name(node.name))


def _file_name(test: str) -> str:
    """Make a test's name a file name: test_visit[tr] is test_visit-tr.

    Where that would lose something (other characters, capitals where the file system ignores them, the end of a long
    name) a hash tells the names apart.
    """
    plain = _PLAIN_NAME.fullmatch(test)
    if plain and len(test) <= _LONGEST_NAME:
        return "-".join(part for part in plain.groups() if part)
    words = re.sub(r"\W+", "-", test, flags=re.ASCII).strip("-")
    return f"{words[:_LONGEST_NAME]}-{hashlib.sha256(test.encode()).hexdigest()[:8]}"
