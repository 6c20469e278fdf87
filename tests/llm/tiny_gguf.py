"""A real GGUF file of a few hundred kilobytes: a one-layer llama of random weights that llama.cpp loads in no time."""

from __future__ import annotations

import random
import struct
from pathlib import Path
from typing import Any

WIDTH = 32
_PRINTABLE = {*range(33, 127), *range(161, 173), *range(174, 256)}
_OTHERS = [byte for byte in range(256) if byte not in _PRINTABLE]
# GPT-2's vocabulary of bytes, the unprintable ones written as letters from 256 on, and the chat's three marks
TOKENS = [chr(byte if byte in _PRINTABLE else 256 + _OTHERS.index(byte)) for byte in range(256)]
TOKENS += ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
_NORMAL, _CONTROL = 1, 3
_UINT32, _INT32, _FLOAT32, _STRING, _ARRAY = 4, 5, 6, 8, 9
_ALIGNMENT = 32


def write(path: Path) -> Path:
    """Write the model to `path` in GGUF version 3 (github.com/ggml-org/ggml/blob/master/docs/gguf.md)."""
    metadata = [
        _entry("general.architecture", _STRING, "llama"),
        _entry("llama.block_count", _UINT32, 1),
        _entry("llama.context_length", _UINT32, 8192),
        _entry("llama.embedding_length", _UINT32, WIDTH),
        _entry("llama.feed_forward_length", _UINT32, WIDTH),
        _entry("llama.attention.head_count", _UINT32, 1),
        _entry("llama.attention.layer_norm_rms_epsilon", _FLOAT32, 1e-5),
        _entry("tokenizer.ggml.model", _STRING, "gpt2"),
        _entry("tokenizer.ggml.pre", _STRING, "qwen2"),
        _array("tokenizer.ggml.tokens", _STRING, TOKENS),
        _array("tokenizer.ggml.token_type", _INT32, [*[_NORMAL] * 256, *[_CONTROL] * 3]),
        _array("tokenizer.ggml.merges", _STRING, ["a b"]),
        _entry("tokenizer.ggml.eos_token_id", _UINT32, 258),
    ]
    square = (WIDTH, WIDTH)
    shapes: dict[str, tuple[int, ...]] = {"token_embd.weight": (WIDTH, len(TOKENS)), "output_norm.weight": (WIDTH,)}
    shapes |= {f"blk.0.{name}.weight": (WIDTH,) for name in ("attn_norm", "ffn_norm")}
    shapes |= {f"blk.0.{name}.weight": square for name in ("attn_q", "attn_k", "attn_v", "attn_output")}
    shapes |= {f"blk.0.{name}.weight": square for name in ("ffn_gate", "ffn_up", "ffn_down")}
    header, data, chance = b"", b"", random.Random(1)
    for name, shape in shapes.items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        header += _string(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape)
        header += struct.pack("<IQ", 0, len(data))  # 0: 32-bit floats
        data += _padded(struct.pack(f"<{count}f", *(chance.gauss(0, 1) for _ in range(count))))
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(metadata)) + b"".join(metadata) + header
    path.write_bytes(_padded(head) + data)
    return path


def _string(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _value(kind: int, value: Any) -> bytes:
    return (
        _string(value) if kind == _STRING else struct.pack({_UINT32: "<I", _INT32: "<i", _FLOAT32: "<f"}[kind], value)
    )


def _entry(key: str, kind: int, value: Any) -> bytes:
    return _string(key) + struct.pack("<I", kind) + _value(kind, value)


def _array(key: str, kind: int, values: list[Any]) -> bytes:
    items = b"".join(_value(kind, value) for value in values)
    return _string(key) + struct.pack("<IIQ", _ARRAY, kind, len(values)) + items


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNMENT)
