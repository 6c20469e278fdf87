"""A folder of batches: its shards, and the record of what has become of each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ozetle.errors import ConfigurationError
from ozetle.llm.models import ModelChoice

STATE = "batch.json"
SHARD_NAME = re.compile(r"requests-\d{3,9}\.jsonl")

Id = Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,512}$")]


class BatchFile(BaseModel):
    """One file of requests.

    Attributes:
        file: its name within the folder.
        requests: how many lines it has.
        file_id: the server's name of the uploaded file; None before it is uploaded.
        batch_id: the server's name of the batch; None before there is one.
        status: `written`, `uploaded`, or what the server last said of the batch.
        collected: whether what became of it is in the cache, as far as it came to anything.
        refused: of requests that had an unusable answer in the cache already, the fingerprint of that answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Annotated[str, Field(pattern=f"^{SHARD_NAME.pattern}$")]
    requests: Annotated[int, Field(ge=1)]
    file_id: Id | None = None
    batch_id: Id | None = None
    status: str = "written"
    collected: bool = False
    refused: dict[str, str] = {}

    @property
    def is_under_way(self) -> bool:
        """Whether the server has it, or may have it, and its answers are not collected."""
        return self.file_id is not None and not self.collected

    @property
    def number(self) -> int:
        """Its place in the folder, from 1."""
        return int(self.file.removeprefix("requests-").removesuffix(".jsonl"))


class State(BaseModel):
    """What `batch.json` holds.

    Attributes:
        model: `Request.model` of all requests.
        served_name: what the server is asked for.
        server: the base URL without credentials; None where there is no server.
        shards: in the order of their numbers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    model: str
    served_name: str
    server: str | None
    shards: tuple[BatchFile, ...] = ()


class BatchFolder:
    """The folder and its state. Every change is on the disk before the next step is taken.

    Attributes:
        path: the folder.
        state: what `batch.json` holds.
    """

    def __init__(self, path: Path, state: State, saved: bytes | None) -> None:
        self.path = path
        self.state = state
        self._saved = saved

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a folder that holds batches.

        Raises:
            ConfigurationError: it holds none, or its state cannot be read.
        """
        saved = _read(path / STATE)
        if saved is None:
            raise ConfigurationError(f"{path} holds no batches", remedy=f"Write some: ozetle batch write … -o {path}.")
        try:
            state = State.model_validate_json(saved)
        except ValidationError as error:
            problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
            where = ".".join(map(str, problem["loc"]))
            cause = f"{path / STATE} is no record of batches ({where}{': ' if where else ''}{problem['msg']})"
            raise ConfigurationError(cause, remedy="Mend it, or use another folder.") from None
        return cls(path, state, saved)

    @classmethod
    def for_writing(cls, path: Path, choice: ModelChoice) -> Self:
        """Open a folder for a model's requests; if there is none yet, it is made with the first `save`.

        Raises:
            ConfigurationError: it is another model's, or it holds requests and nobody knows what became of them.
        """
        server = None if choice.base_url is None else choice.server
        if _read(path / STATE) is not None:
            folder = cls.open(path)
            if (folder.state.model, folder.state.server) != (choice.name, server):
                raise ConfigurationError(
                    f"{path} holds batches for {folder.state.model} at {folder.state.server or 'no server'},"
                    f" not for {choice.name} at {server or 'no server'}",
                    remedy="Use another folder.",
                )
            return folder
        if any(SHARD_NAME.fullmatch(found.name) for found in path.glob("requests-*")):
            raise ConfigurationError(f"{path} holds requests, but no {STATE}", remedy="Use another folder.")
        return cls(path, State(model=choice.name, served_name=choice.served_name, server=server), None)

    def save(self, **changes: Any) -> None:
        """Change the state, and `batch.json` with it.

        Raises:
            ConfigurationError: it cannot be written, or another process has changed it since it was read: had both
                gone on, the same requests could have been submitted twice.
        """
        state = State.model_validate({**dict(self.state), **changes})
        content = state.model_dump_json(indent=1).encode() + b"\n"
        if _read(self.path / STATE) != self._saved:
            raise ConfigurationError(
                f"{self.path / STATE} was changed by another process", remedy="Let it finish, then try again."
            )
        part = self.path / f"{STATE}.part"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path / STATE)
        except OSError as error:
            raise unwritable(self.path, error) from None
        self.state, self._saved = state, content

    def change(self, shard: BatchFile, **changes: Any) -> BatchFile:
        """Change one shard's record (see `save`) and return the new one."""
        changed = BatchFile.model_validate({**dict(shard), **changes})
        if changed != shard:
            self.save(shards=tuple(changed if old.file == shard.file else old for old in self.state.shards))
        return changed

    def open_shard(self, shard: BatchFile) -> IO[bytes]:
        """Open a shard to read it.

        Raises:
            ConfigurationError: it cannot be read.
        """
        try:
            return (self.path / shard.file).open("rb")
        except OSError as error:
            raise ConfigurationError(
                f"cannot read {self.path / shard.file}: {error.strerror}",
                remedy="Bring it back, or use another folder: what was collected stays in the cache.",
            ) from None

    @property
    def is_any_under_way(self) -> bool:
        """Whether there is a batch whose answers are not collected."""
        return any(shard.batch_id is not None for shard in self.waiting())

    def waiting(self) -> Iterator[BatchFile]:
        """Yield the shards whose answers are not collected."""
        return (shard for shard in self.state.shards if not shard.collected)


def unwritable(path: Path, error: OSError) -> ConfigurationError:
    """Say that something in a folder cannot be written."""
    return ConfigurationError(f"cannot write to {path}: {error.strerror}", remedy="Make room or choose another folder.")


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}", remedy="Choose another folder.") from None
