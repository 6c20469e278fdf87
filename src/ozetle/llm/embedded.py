"""The embedded model: llama.cpp's own OpenAI-compatible server, run inside this process on loopback."""

from __future__ import annotations

import atexit
import ctypes
import os
import signal
import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ozetle.errors import NoModelError, WeightsError
from ozetle.llm.weights import weights

CONTEXT_TOKENS = 8192
"""Prompt and answer together, in tokens; all of it serves one request at a time."""

PROMPT_CACHE_MIB = 256
"""Memory for the states of earlier prompts, about 9,000 tokens of them: llama.cpp's default of 8 GiB is for servers."""

BATCH_TOKENS = 256
"""Of a prompt, worked off in one go, which nothing interrupts; larger batches bring no speed on a few cores."""

MOST_THREADS = 8
"""A model this small is bound by memory, not by cores: more threads only wait for each other."""

_GGUF_MAGIC = b"GGUF"
_CUTTING_SECONDS = 60.0

_servers: dict[Path, EmbeddedServer] = {}
_lock = threading.RLock()


class EmbeddedServer:
    """A running server; got from `start`, never made directly.

    Attributes:
        base_url: what an OpenAI client takes as its base URL; ends in /v1.
        model_name: the name of the weights file without its suffix.
    """

    def __init__(self, model_path: Path) -> None:
        self.model_name = model_path.stem
        self._process = os.getpid()
        self._server: Any = _load(model_path)
        self.base_url: str = f"{self._server.listening_address}/v1"

    def stop(self) -> None:
        """End the server and free its memory; requests under way fail, once the server has noticed (a few seconds).

        Does nothing when called again, or in a forked child, which has the object but not its threads.
        """
        if self._process != os.getpid():
            return
        with _lock:
            for path in [path for path, server in _servers.items() if server is self]:
                del _servers[path]
            if self._server is None:
                return
            # Destroying it waits, and lets no other Python thread run, until the last request is done: cut them first.
            port = urlsplit(self.base_url).port
            until = time.monotonic() + _CUTTING_SECONDS
            while (open_ones := _connections_accepted(port)) and time.monotonic() < until:
                for connection in open_ones:
                    _cut(connection)
                time.sleep(0.05)
            self._server = None


def start(model_path: Path | None = None) -> EmbeddedServer:
    """Return the server for a weights file, starting it if this process does not run it yet.

    Takes some seconds, in which no other Python thread runs: the loader holds the interpreter. Ends with the process.

    Args:
        model_path: a GGUF file; without it, that of `weights.model_file`, which may fetch it first.

    Raises:
        NoModelError: xllamacpp is not installed, or cannot be loaded here.
        WeightsError: the file is missing, is not a GGUF model, or cannot be fetched.
    """
    with _lock:
        _import_xllamacpp()  # before a gigabyte is fetched for nothing
        path = model_path or weights.model_file()
        file = path.resolve()
        if file not in _servers:
            _servers[file] = EmbeddedServer(path)
        return _servers[file]


def _load(model_path: Path) -> Any:
    xllamacpp = _import_xllamacpp()
    _check_magic(model_path)
    params = xllamacpp.CommonParams()
    params.model.path = str(model_path)
    params.model_alias = {model_path.stem}  # or answers would name the model by its path
    params.verbosity = -1
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.cors_origins = ""  # no web page has business here
    params.ui = False
    params.endpoint_slots = False
    params.endpoint_metrics = True
    # Weights repacked for the processor are a second copy, 0.6 GB more; measured, they bring no speed on AVX2.
    params.no_extra_bufts = True
    params.warmup = False
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.cache_prompt = True
    params.n_batch = params.n_ubatch = BATCH_TOKENS
    params.cache_ram_mib = PROMPT_CACHE_MIB
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = _threads()
    try:
        with _signal_handlers_kept():
            server = xllamacpp.Server(params)
    except RuntimeError as error:
        raise WeightsError(
            f"llama.cpp cannot load {model_path}",
            remedy="Check that it is a complete GGUF file of a chat model, and that 2 GB of memory are free.",
        ) from error
    # The server is back before its loop runs, and one destroyed in between never ends: wait for its first answer.
    server.handle_metrics()
    return server


def _check_magic(model_path: Path) -> None:
    try:
        with model_path.open("rb") as file:
            magic = file.read(len(_GGUF_MAGIC))
    except OSError as error:
        raise WeightsError(f"{model_path} cannot be read: {error.strerror}") from error
    if magic != _GGUF_MAGIC:
        raise WeightsError(
            f"{model_path} is not a GGUF file", remedy="Name the weights of a model in llama.cpp's format."
        )


def _import_xllamacpp() -> Any:
    try:
        with _omp_threads_that_sleep():
            import xllamacpp
    except ModuleNotFoundError as error:
        raise NoModelError(
            "the embedded model is not installed", remedy='pip install "ozetle[local]" brings it.'
        ) from error
    except ImportError as error:
        raise NoModelError(
            f"the embedded model's llama.cpp cannot be loaded: {error}",
            remedy="If it is libgomp that is missing: apt-get install libgomp1 (Debian, Ubuntu).",
        ) from error
    return xllamacpp


@contextmanager
def _omp_threads_that_sleep() -> Iterator[None]:
    """Have llama.cpp's threads sleep, not spin, while they wait for each other.

    Spinning gains nothing on idle cores, and with anything else running it makes an answer three to ten times slower.
    The OpenMP runtime reads the variable when it is loaded and never again, so it is not left behind for others.
    """
    name = "OMP_WAIT_POLICY"
    if name in os.environ:
        yield
        return
    os.environ[name] = "passive"
    try:
        yield
    finally:
        del os.environ[name]


@contextmanager
def _signal_handlers_kept() -> Iterator[None]:
    """Put back the handlers of Ctrl-C and of SIGTERM, which the server replaces by its own when it starts.

    On the level of C, because `signal.signal` works in the main thread only.
    """
    if os.name != "posix":
        yield
        return
    get, put = ctypes.pythonapi.PyOS_getsig, ctypes.pythonapi.PyOS_setsig
    get.argtypes, get.restype = [ctypes.c_int], ctypes.c_void_p
    put.argtypes, put.restype = [ctypes.c_int, ctypes.c_void_p], ctypes.c_void_p
    before = {number: get(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            put(number, handler)


def _connections_accepted(port: int | None) -> list[int]:
    """Return the file descriptors of this process's TCP connections at its own port `port`."""
    found = []
    for entry in Path("/dev/fd").iterdir() if os.name == "posix" else []:
        descriptor = int(entry.name)
        try:
            if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                continue
            with _borrowed(descriptor) as connection:
                if connection.getsockname()[1:2] == (port,) and connection.getpeername():
                    found.append(descriptor)
        except (OSError, TypeError):  # closed meanwhile, or not connected, or of another family
            continue
    return found


def _cut(descriptor: int) -> None:
    with suppress(OSError), _borrowed(descriptor) as connection:
        connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def _borrowed(descriptor: int) -> Iterator[socket.socket]:
    """Use a descriptor of the server's as a socket, and leave it open: the server closes it."""
    connection = socket.socket(fileno=descriptor)
    try:
        yield connection
    finally:
        connection.detach()


def _threads() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    available = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(available, MOST_THREADS)


@atexit.register
def _stop_all() -> None:
    for server in list(_servers.values()):
        server.stop()
