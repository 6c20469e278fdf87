"""The pytest plugin, in test runs of its own against a real server."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable, Iterator

import pytest

from ozetle.api import summarize
from ozetle.llm import network_guard as live
from ozetle.pytest_plugin import _file_name
from tests.conftest import REPOSITORY
from tests.llm.server import FakeServer, Received, Reply, completion, error

pytest_plugins = ["pytester"]

Run = Callable[..., pytest.RunResult]
Recorded = Callable[[], list[str]]

# by its module, not by its entry point: so it is this checkout's, and no other plugin is loaded (see `_alone`)
LOAD = ("-p", "ozetle.pytest_plugin", "-p", "no:cacheprovider")

HEAD = """
    import os
    import pytest
    from ozetle import Digest, OzetleError, Summarizer, asummarize, summarize
    from ozetle.llm import network_guard as live
    from ozetle.errors import ConfigurationError

    WHERE = {"model": "test", "base_url": os.environ["SERVER"], "strategy": "whole"}

    def at_test_server(cache):
        return Summarizer(cache=cache, **WHERE)
"""
ONE = """
    def test_talks(ozetle_recordings):
        assert at_test_server(ozetle_recordings).summarize("Heyetler Bakü'de görüştü.").events
"""


def answer(kind: str = "bilateral_meeting") -> str:
    event = {"sentences": [1], "type": kind, "status": "occurred", "date": None}
    return json.dumps({"language": "tr", "events": [event], "summary": ""})


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load what asking loads lazily: a run inside this process drops its own imports, and the next loads them again."""
    with FakeServer([completion(answer())]) as running:
        summarize("Heyetler görüştü.", model="test", base_url=running.base_url, cache=False)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer([completion(answer())]) as running:
        yield running


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, server: FakeServer) -> Run:
    """Write a test module and run it; without `tests`, run the last one again."""
    monkeypatch.setenv("SERVER", server.base_url)

    def run_tests(*options: str, tests: str | None = None) -> pytest.RunResult:
        if tests is not None:
            pytester.makepyfile(test_news=HEAD + tests)
        return pytester.runpytest_inprocess(*LOAD, *options)

    return run_tests


@pytest.fixture
def recorded(pytester: pytest.Pytester) -> Recorded:
    """Return a function that lists the recorded files, without their folder and their suffix."""
    folder = pytester.path / "recordings"
    return lambda: sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.json"))


def test_records_once_and_replays_without_the_server(run: Run, server: FakeServer, recorded: Recorded) -> None:
    run("--ozetle-record=missing", tests=ONE).assert_outcomes(passed=1)
    assert len(server.received) == 1
    assert [file.rpartition("/")[0] for file in recorded()] == ["test_news/test_talks"]
    run("--ozetle-record=missing").assert_outcomes(passed=1)
    assert len(server.received) == 1
    server.__exit__()
    run().assert_outcomes(passed=1)


def test_replay_needs_neither_a_model_nor_a_server_named(run: Run, server: FakeServer) -> None:
    run("--ozetle-record=missing", tests=ONE).assert_outcomes(passed=1)
    unnamed = ONE.replace("at_test_server(ozetle_recordings)", "Summarizer(cache=ozetle_recordings)")
    run(tests=unnamed).assert_outcomes(passed=1)
    assert len(server.received) == 1


def test_a_missing_recording_fails_the_test_and_says_how_to_record(
    run: Run, server: FakeServer, pytester: pytest.Pytester
) -> None:
    result = run(tests=ONE)
    result.assert_outcomes(failed=1)
    told = next(line for line in result.outlines if line.startswith("E  ") and "CacheMissError" in line)
    assert "no answer is recorded in" in told
    assert told.endswith("Record it: pytest --ozetle-record=missing test_news.py::test_talks")
    assert not (pytester.path / "recordings").exists()
    assert server.received == []


def test_a_missing_recording_is_told_where_no_model_can_be_chosen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replaying needs no model, so what is wrong is the recording, not the machine's settings."""
    monkeypatch.setenv("OZETLE_BASE_URL", "http://127.0.0.1:9/v1")  # which is no use without a model
    result = run(
        tests="""
    def test_unnamed(ozetle_recordings):
        summarize("Heyetler görüştü.", cache=ozetle_recordings)

    def test_asks_nothing(ozetle_recordings):
        with pytest.raises(OzetleError, match="empty|no text"):
            summarize("", cache=ozetle_recordings)
"""
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["E *CacheMissError: *no answer is recorded in *--ozetle-record=missing*"])


def test_another_article_than_the_recorded_one_is_missing(run: Run, server: FakeServer) -> None:
    run("--ozetle-record=missing", tests=ONE).assert_outcomes(passed=1)
    result = run(tests=ONE.replace("Bakü", "Tiflis"))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *CacheMissError: *is not among the 1 recorded in *--ozetle-record=missing*"])
    run("--ozetle-record=missing").assert_outcomes(passed=1)
    assert len(server.received) == 2


def test_a_missing_recording_that_the_test_does_not_notice_fails_it_too(run: Run) -> None:
    result = run(
        tests="""
    def test_many(ozetle_recordings):
        results = list(at_test_server(ozetle_recordings).summarize_many(["Heyetler görüştü.", "Protokol imzalandı."]))
        assert len(results) == 2
"""
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["no answer is recorded in *. Record it: pytest --ozetle-record=missing test_news.py::test_many"]
    )


def test_an_unused_recording_fails_the_test_and_is_named(
    run: Run, server: FakeServer, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = """
    def test_talks(ozetle_recordings):
        for article in ("Heyetler Bakü'de görüştü.", "Protokol imzalandı.")[: int(os.environ["ARTICLES"])]:
            at_test_server(ozetle_recordings).summarize(article)
"""
    monkeypatch.setenv("ARTICLES", "1")
    run("--ozetle-record=missing", tests=two).assert_outcomes(passed=1)
    (kept,) = recorded()
    monkeypatch.setenv("ARTICLES", "2")
    run("--ozetle-record=missing").assert_outcomes(passed=1)
    (left,) = set(recorded()) - {kept}
    run().assert_outcomes(passed=1)

    monkeypatch.setenv("ARTICLES", "1")
    result = run()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([f"*recordings/{left}.json", "*pytest --ozetle-record=all test_news.py::test_talks"])
    assert kept not in result.stdout.str()
    run("--ozetle-record=missing").assert_outcomes(passed=1)  # which pays for nothing and removes nothing
    assert set(recorded()) == {kept, left}
    assert len(server.received) == 2


def test_a_failed_test_is_not_blamed_for_unused_recordings(run: Run, recorded: Recorded) -> None:
    run("--ozetle-record=missing", tests=ONE).assert_outcomes(passed=1)
    broken = """
    def test_talks(ozetle_recordings):
        assert False, "before anything was asked"
"""
    run(tests=broken).assert_outcomes(failed=1)
    run("--ozetle-record=all").assert_outcomes(failed=1)
    assert len(recorded()) == 1  # paid for, and it may still be asked for once the test is mended


def test_all_records_anew_and_removes_what_is_no_longer_asked_for(
    run: Run, pytester: pytest.Pytester, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = """
    def test_talks(ozetle_recordings):
        summarizer = at_test_server(ozetle_recordings)
        events = [event for article in ARTICLES for event in summarizer.summarize(article).events]
        assert {event.type for event in events} == {"KIND"}
"""
    articles = '\n    ARTICLES = ["Heyetler görüştü.", "Protokol imzalandı.", "Heyetler görüştü."]\n'
    run("--ozetle-record=missing", tests=articles + several.replace("KIND", "bilateral_meeting")).assert_outcomes(
        passed=1
    )
    before = recorded()
    assert len(before) == 2

    changed = several.replace("KIND", "official_visit")
    with FakeServer([completion(answer("official_visit"))]) as other:
        monkeypatch.setenv("SERVER", other.base_url)
        run(tests=articles + changed).assert_outcomes(failed=1)
        assert other.received == []
        run("--ozetle-record=all", tests=articles + changed).assert_outcomes(passed=1)
        assert len(other.received) == 2  # the third article is the first one again
        assert recorded() == before
        run("--ozetle-record=all", tests='\n    ARTICLES = ["Heyetler görüştü."]\n' + changed).assert_outcomes(passed=1)
        assert len(other.received) == 3
    (kept,) = set(recorded()) & set(before)
    assert "official_visit" in (pytester.path / "recordings" / f"{kept}.json").read_text(encoding="utf-8")
    run().assert_outcomes(passed=1)


def test_all_drops_the_old_answer_even_where_the_new_one_is_unusable(
    run: Run, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--ozetle-record=missing", tests=ONE).assert_outcomes(passed=1)
    with FakeServer([completion("no JSON at all")]) as other:
        monkeypatch.setenv("SERVER", other.base_url)
        run("--ozetle-record=all").assert_outcomes(failed=1)
    assert len(recorded()) == 1
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *CacheMissError: *refused today*"])


def test_recordings_of_parametrised_cases_and_classes_do_not_mix(
    run: Run, server: FakeServer, recorded: Recorded
) -> None:
    tests = """
    @pytest.mark.parametrize("name", ["tr", "TR", "a/b", "a.b", "../../up", "şu", ""])
    def test_each(ozetle_recordings, name):
        at_test_server(ozetle_recordings).summarize("Heyetler görüştü.")

    class TestTalks:
        def test_each(self, ozetle_recordings):
            at_test_server(ozetle_recordings).summarize("Heyetler görüştü.")
"""
    run("--ozetle-record=missing", tests=tests).assert_outcomes(passed=8)
    assert len(server.received) == 8
    found = [file.rpartition("/")[0] for file in recorded()]
    assert len({folder.casefold() for folder in found}) == len(found) == 8
    assert {"test_news/test_each-tr", "test_news/TestTalks/test_each"} < set(found)
    assert all(set(folder) <= set("abcdefghijklmnopqrstuvwxyzT_-/0123456789R") for folder in found)
    run().assert_outcomes(passed=8)


def test_the_file_name_of_a_test_keeps_what_it_can() -> None:
    assert _file_name("test_visit") == "test_visit"
    assert _file_name("test_visit[tr-1]") == "test_visit-tr-1"
    assert _file_name("test_visit[a b]").startswith("test_visit-a-b-")
    long = {_file_name(f"test_visit[{'x' * 200}{end}]") for end in "ab"}
    assert len(long) == 2
    assert all(len(name) < 100 for name in long)


def test_the_folder_has_the_name_the_settings_give_it(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nozetle_recordings_folder = answers")
    run("--ozetle-record=missing", tests=ONE).assert_outcomes(passed=1)
    assert len(list((pytester.path / "answers" / "test_news" / "test_talks").iterdir())) == 1
    assert not (pytester.path / "recordings").exists()


def test_recording_nothing_leaves_no_folder(run: Run, pytester: pytest.Pytester) -> None:
    tests = """
    def test_nothing(ozetle_recordings):
        pass
"""
    for record in ("missing", "all", "none"):
        run(f"--ozetle-record={record}", tests=tests).assert_outcomes(passed=1)
    assert not (pytester.path / "recordings" / "test_news" / "test_nothing").exists()


def test_no_other_request_leaves_a_test_that_replays(run: Run, server: FakeServer) -> None:
    tests = """
    OPENAI = {"model": "openai/gpt-4.1", "api_key": "k"}

    @pytest.mark.parametrize("settings", [WHERE, OPENAI, {"model": "ollama/some:7b"}, {"model": "local"}])
    def test_other(ozetle_recordings, settings):
        with pytest.raises(ConfigurationError, match="requests are forbidden here. Pass cache=ozetle_recordings on"):
            Summarizer(cache=False, **settings).summarize("Heyetler görüştü.")
        with pytest.raises(ConfigurationError, match="live requests are forbidden"):
            list(Summarizer(cache=False, **settings).summarize_many(["Heyetler görüştü."]))

    def test_allowed_where_it_says_so(ozetle_recordings):
        with live.allowed():
            assert at_test_server(False).summarize("Heyetler görüştü.").events
"""
    run(tests=tests).assert_outcomes(passed=5)
    assert len(server.received) == 1


def test_a_test_without_the_fixture_is_left_alone(run: Run, server: FakeServer) -> None:
    tests = """
    def test_live():
        assert at_test_server(False).summarize("Heyetler görüştü.").events
"""
    run(tests=tests).assert_outcomes(passed=1)
    assert len(server.received) == 1


def test_the_settings_forbid_live_requests_in_the_whole_run(
    run: Run, server: FakeServer, pytester: pytest.Pytester
) -> None:
    pytester.makeini("[pytest]\nozetle_forbid_live = true")
    tests = """
    @pytest.fixture(scope="session")
    def early():
        with pytest.raises(ConfigurationError, match="ozetle_forbid_live"):
            at_test_server(False).summarize("Heyetler görüştü.")

    def test_live(early):
        with pytest.raises(ConfigurationError, match="ozetle_forbid_live"):
            at_test_server(False).summarize("Heyetler görüştü.")
"""
    run(tests=tests + ONE).assert_outcomes(passed=1, failed=1)
    assert server.received == []
    run("--ozetle-record=missing").assert_outcomes(passed=2)
    assert len(server.received) == 1
    live.check("test")  # the run is over


def test_asynchronous_tests_and_many_articles(run: Run, server: FakeServer) -> None:
    tests = """
    @pytest.fixture
    def anyio_backend():
        return "asyncio"

    @pytest.mark.anyio
    async def test_asynchronous(ozetle_recordings):
        digest = await asummarize("Heyetler görüştü.", cache=ozetle_recordings, **WHERE)
        assert digest.events

    def test_many(ozetle_recordings):
        articles = [f"Heyetler {number} kentte görüştü." for number in range(20)]
        results = list(at_test_server(ozetle_recordings).summarize_many(articles, concurrency=8))
        assert all(isinstance(result, Digest) for result in results)
"""
    run("-p", "anyio", "--ozetle-record=all", tests=tests).assert_outcomes(passed=2)
    assert len(server.received) == 21
    server.__exit__()
    run("-p", "anyio").assert_outcomes(passed=2)


def test_no_secret_is_recorded(
    pytester: pytest.Pytester, run: Run, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell_tale(received: Received) -> Reply:
        return error(500, f"bad key {received.headers['authorization']}", x_key=received.headers["authorization"])

    secrets = ("sk-planted-in-the-environment", "planted-password")
    monkeypatch.setenv("OZETLE_API_KEY", secrets[0])
    with FakeServer([tell_tale, completion(answer())]) as other:
        monkeypatch.setenv("SERVER", other.base_url.replace("//", f"//someone:{secrets[1]}@"))
        run("--ozetle-record=missing", tests=ONE).assert_outcomes(passed=1)
        assert secrets[0] in other.received[0].headers["authorization"]
    texts = [path.read_text(encoding="utf-8") for path in pytester.path.glob("recordings/**/*") if path.is_file()]
    assert len(texts) == 1
    assert "500" in texts[0]  # the failed attempt is there
    assert [word for word in (*secrets, str(pytester.path)) if word in texts[0]] == []


def test_the_plugin_costs_next_to_nothing_where_it_is_only_installed(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_imports():
            assert "ozetle.pytest_plugin" in sys.modules
            assert not {"pydantic", "openai", "instructor", "asyncio.tasks", "ozetle.llm.cache"} & set(sys.modules)
        """
    )
    for settings in ("", "ozetle_forbid_live = true"):
        pytester.makeini(f"[pytest]\n{settings}")
        pytester.runpytest_subprocess(*LOAD).assert_outcomes(passed=1)


def test_pytest_finds_the_plugin_by_its_entry_point() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"ozetle": "ozetle.pytest_plugin"}


def test_the_example_replays(pytester: pytest.Pytester) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "examples" / "tests", pytester.path / "examples", ignore=ignored)
    result = pytester.runpytest_inprocess(*LOAD, "--import-mode=importlib", "examples")
    assert result.ret == 0
    assert result.parseoutcomes()["passed"] >= 2


def test_a_model_that_refuses_is_said_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeServer([error(401, "no such key")]) as refusing:
        monkeypatch.setenv("SERVER", refusing.base_url)
        result = run("--ozetle-record=missing", tests=ONE)
    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*ERROR*instructor*")
    result.stdout.no_fnmatch_line("*Captured log*")
