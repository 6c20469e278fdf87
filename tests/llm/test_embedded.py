from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ozetle.errors import NoModelError, WeightsError
from ozetle.llm import embedded
from ozetle.llm.weights import weights
from ozetle.llm.weights.description import QWEN
from tests.llm import tiny_gguf

posix = pytest.mark.skipif(os.name != "posix", reason="signals and forks are POSIX's")

PREAMBLE = """
import http.client, json, os, signal, sys, threading, time
from pathlib import Path
from ozetle.llm import embedded

model = Path(sys.argv[1])

def ask(base_url, tokens):
    connection = http.client.HTTPConnection(base_url.split("/")[2])
    body = {"messages": [{"role": "user", "content": "a"}], "max_tokens": tokens, "ignore_eos": True}
    connection.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
    return json.loads(connection.getresponse().read())["usage"]["completion_tokens"]

def ask_for_long(base_url):
    try:
        ask(base_url, 8000)
    except (http.client.HTTPException, OSError):
        pass
"""

IN_A_THREAD = "thread = threading.Thread(target=embedded.start, args=[model]); thread.start(); thread.join()"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("xllamacpp")
    return tiny_gguf.write(tmp_path_factory.mktemp("model") / "tiny.gguf")


def run(model: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a fresh interpreter; a hang fails the test."""
    command = [sys.executable, "-c", PREAMBLE + script, str(model)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def post(server: embedded.EmbeddedServer, **body: Any) -> dict[str, Any]:
    connection = http.client.HTTPConnection(server.base_url.split("/")[2])
    connection.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


# starting


def test_it_serves_on_loopback_under_the_files_name(model: Path) -> None:
    server = embedded.start(model)
    try:
        assert server.base_url.startswith("http://127.0.0.1:")
        assert server.base_url.endswith("/v1")
        assert server.model_name == "tiny"
        answer = post(server, messages=[{"role": "user", "content": "a"}], max_tokens=3)
        assert answer["model"] == "tiny"  # not the path
    finally:
        server.stop()


def test_answers_keep_to_the_schema(model: Path) -> None:
    numbers = {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 2}, "minItems": 1, "maxItems": 2}
    schema = {
        "type": "object",
        "properties": {"kind": {"enum": ["visit", "signing"]}, "numbers": numbers},
        "required": ["kind", "numbers"],
        "additionalProperties": False,
    }
    server = embedded.start(model)
    try:
        answer = post(
            server,
            messages=[{"role": "user", "content": "a"}],
            response_format={"type": "json_schema", "json_schema": {"name": "x", "strict": True, "schema": schema}},
            max_tokens=200,
        )
    finally:
        server.stop()
    told = json.loads(answer["choices"][0]["message"]["content"])  # from random weights: only the grammar can do that
    assert set(told) == {"kind", "numbers"}
    assert told["kind"] in ("visit", "signing")
    assert 1 <= len(told["numbers"]) <= 2
    assert set(told["numbers"]) <= {1, 2}


def test_threads_that_start_it_at_once_share_one_server(model: Path) -> None:
    link = model.with_name("link.gguf")
    if not link.exists():
        link.symlink_to(model)
    with ThreadPoolExecutor(8) as pool:
        servers = list(pool.map(embedded.start, [model, link] * 4))
    assert len({id(server) for server in servers}) == 1
    servers[0].stop()
    again = embedded.start(model)
    assert again is not servers[0]
    again.stop()
    again.stop()


def test_many_requests_at_once_are_all_answered(model: Path) -> None:
    server = embedded.start(model)
    try:
        with ThreadPoolExecutor(6) as pool:
            answers = list(
                pool.map(
                    lambda n: post(server, messages=[{"role": "user", "content": "a" * n}], max_tokens=n), range(1, 13)
                )
            )
    finally:
        server.stop()
    assert [answer["usage"]["completion_tokens"] <= n for n, answer in enumerate(answers, 1)] == [True] * 12


def test_without_a_path_the_weights_are_asked_for(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OZETLE_LOCAL_MODEL", str(model))
    server = embedded.start()
    server.stop()
    assert server.model_name == "tiny"


# what cannot be started


def test_without_xllamacpp_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    monkeypatch.setattr(weights, "model_file", lambda: pytest.fail("fetched a gigabyte for nothing"))
    with pytest.raises(NoModelError, match=r'pip install "ozetle\[local\]"'):
        embedded.start()


def test_a_missing_system_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xllamacpp.py").write_text("raise ImportError('libgomp.so.1: cannot open shared object file')", "utf-8")
    monkeypatch.delitem(sys.modules, "xllamacpp", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(NoModelError, match=r"libgomp\.so\.1.*apt-get install libgomp1"):
        embedded.start(tmp_path / "any.gguf")


def test_the_wait_policy_is_set_for_the_import_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xllamacpp.py").write_text("import os; seen = os.environ['OMP_WAIT_POLICY']", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for before, seen in ((None, "passive"), ("active", "active")):
        monkeypatch.delitem(sys.modules, "xllamacpp", raising=False)
        monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
        if before:
            monkeypatch.setenv("OMP_WAIT_POLICY", before)
        assert embedded._import_xllamacpp().seen == seen
        assert os.environ.get("OMP_WAIT_POLICY") == before
    monkeypatch.delitem(sys.modules, "xllamacpp")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (None, "cannot be read: No such file"),
        (b"", "is not a GGUF file"),
        (b"PK\x03\x04 a zip", "is not a GGUF file"),
        (b"GGUF" + bytes(1000), "llama.cpp cannot load"),
        ("cut", "llama.cpp cannot load"),
    ],
)
def test_a_file_that_is_no_model_is_one_line(
    content: bytes | str | None, cause: str, model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.gguf"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else model.read_bytes()[:-20_000])
    with pytest.raises(WeightsError, match=cause) as caught:
        embedded.start(file)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


# what it does to the process


def test_nothing_is_written_to_the_terminal(model: Path) -> None:
    done = run(model, "server = embedded.start(model); ask(server.base_url, 5); server.stop(); embedded.start(model)")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@posix
@pytest.mark.parametrize(
    "start", ["embedded.start(model)", "threading.Thread(target=embedded.start, args=[model]).run()"]
)
def test_ctrl_c_reaches_python(model: Path, start: str) -> None:
    script = f"""
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background starts with it ignored
{start}
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
except KeyboardInterrupt:
    print("interrupted")
"""
    done = run(model, script)
    assert (done.returncode, done.stdout, done.stderr) == (0, "interrupted\n", "")


@posix
def test_sigterm_ends_the_process(model: Path) -> None:
    done = run(model, "embedded.start(model); os.kill(os.getpid(), signal.SIGTERM); time.sleep(5)")
    assert done.returncode == -15


@posix
def test_an_own_signal_handler_stays(model: Path) -> None:
    script = f"""
signal.signal(signal.SIGTERM, lambda *_: print("mine"))
{IN_A_THREAD}
os.kill(os.getpid(), signal.SIGTERM); time.sleep(0.1)
"""
    done = run(model, script)
    assert (done.returncode, done.stdout, done.stderr) == (0, "mine\n", "")


@posix
def test_stopping_cuts_a_request_under_way(model: Path) -> None:
    script = """
server = embedded.start(model)
thread = threading.Thread(target=ask_for_long, args=[server.base_url]); thread.start()
time.sleep(0.3)
server.stop()
thread.join()
try:
    ask(server.base_url, 1)
except ConnectionRefusedError:
    print("stopped")
"""
    done = run(model, script)
    assert (done.returncode, done.stdout, done.stderr) == (0, "stopped\n", "")


@posix
def test_a_request_under_way_does_not_keep_the_process(model: Path) -> None:
    script = """
server = embedded.start(model)
threading.Thread(target=ask_for_long, args=[server.base_url], daemon=True).start()
time.sleep(0.3)
"""
    done = run(model, script)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_server_stopped_at_once_ends(model: Path) -> None:
    done = run(model, "for _ in range(20): embedded.start(model).stop()\nprint(threading.active_count())")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


@posix
def test_a_forked_child_may_ask_the_server_but_not_stop_it(model: Path) -> None:
    script = """
import multiprocessing
server = embedded.start(model)
def child():
    assert embedded.start(model) is server
    ask(server.base_url, 2)
    server.stop()
process = multiprocessing.get_context("fork").Process(target=child)
process.start(); process.join()
print(process.exitcode, ask(server.base_url, 2))
"""
    done = run(model, script)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0 2\n", "")


@posix
def test_other_connections_are_left_alone_when_it_stops(model: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as client:
        accepted, _ = listener.accept()
        with accepted:
            embedded.start(model).stop()
            client.sendall(b"still here")
            assert accepted.recv(20) == b"still here"


# the real weights

_file = weights._directory() / QWEN.file_name


@pytest.fixture(scope="module")
def real() -> Any:
    if not _file.is_file():
        pytest.skip("the weights are not in the user cache")
    server = embedded.start(_file)
    yield server
    server.stop()


@pytest.mark.embedded
def test_a_shared_prefix_is_read_once(real: embedded.EmbeddedServer) -> None:
    rules = (
        "Sen haberleri etiketleyen bir yardımcısın. "
        + "Ziyaret, görüşme, imza ve istatistik haberlerini ayırt et. " * 12
    )
    schema = {"type": "object", "properties": {"tür": {"enum": ["ziyaret", "imza"]}}, "required": ["tür"]}

    def label(sentence: str) -> tuple[str, int]:
        answer = post(
            real,
            messages=[{"role": "system", "content": rules}, {"role": "user", "content": sentence}],
            response_format={"type": "json_schema", "json_schema": {"name": "etiket", "schema": schema}},
            temperature=0,
            max_tokens=30,
        )
        return answer["choices"][0]["message"]["content"], answer["usage"]["prompt_tokens_details"]["cached_tokens"]

    first, _ = label("İki bakan mutabakat zaptını imzaladı.")
    _, cached = label("Heyet pazartesi günü Tiran'a gitti.")
    again, _ = label("İki bakan mutabakat zaptını imzaladı.")
    assert json.loads(first) == {"tür": "imza"}
    assert cached > 150
    assert again == first  # what was cached does not change the answer


@pytest.mark.embedded
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's /proc")
def test_it_fits_into_its_memory(real: embedded.EmbeddedServer) -> None:
    post(real, messages=[{"role": "user", "content": "Bir iki üç. " * 300}], max_tokens=2)
    status = Path("/proc/self/status").read_text("utf-8")
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
    assert peak < 2_500_000  # kB
