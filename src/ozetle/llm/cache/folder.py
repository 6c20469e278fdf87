"""A cache kept as a folder of JSON files, one an entry, that a person can read and git can compare.

A text of several lines stands as an array of its lines; a text that is JSON itself stands as that JSON under `json`,
with the `style` that gives back its exact bytes. Files of other names in the folder are left alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from ozetle.errors import CacheError
from ozetle.llm.cache.entries import Entry, EntryInfo, RecordedAnswer
from ozetle.llm.request import encodable

T = TypeVar("T")

_NAME = re.compile(r"[0-9a-f]{64}\.json")
_STYLES: dict[str, dict[str, Any]] = {
    "compact": {"separators": (",", ":")},
    "spaced": {},
    "indented 2": {"indent": 2},
    "indented 4": {"indent": 4},
}


class FolderStore:
    """Entries as `<key>.json` files in one folder, each written to a temporary file and moved into place."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        if read_only:
            return
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CacheError(
                f"cannot create the cache folder {path}: {error.strerror}", remedy="Choose another path."
            ) from None

    def get(self, key: str) -> RecordedAnswer | None:
        return self._read(self._file(key), _load_answer)

    def entry(self, key: str) -> Entry | None:
        return self._read(self._file(key), _load)

    def put(self, entries: Sequence[Entry], *, replace: bool) -> int:
        kept = 0
        try:
            for entry in entries:
                if replace or not self._file(entry.key).exists():
                    self._write(entry)
                    kept += 1
            if kept:
                _sync_folder(self._path)
        except OSError as error:
            raise CacheError(
                f"cannot write to the cache folder {self._path}: {error.strerror}",
                remedy="Make room or choose another path.",
            ) from None
        return kept

    def remove(self, keys: Iterable[str]) -> int:
        removed = 0
        try:
            for path in map(self._file, keys):
                with contextlib.suppress(FileNotFoundError):
                    path.unlink()
                    removed += 1
        except OSError as error:
            raise CacheError(f"cannot remove {error.filename}: {error.strerror}") from None
        return removed

    def keys(self) -> Iterator[str]:
        return (path.stem for path in self._files())

    def infos(self) -> Iterator[EntryInfo]:
        found = (self._read(path, _load_info) for path in self._files())  # a quarter of the time of whole entries
        return (info for info in found if info is not None)  # None: removed meanwhile

    def counts(self) -> dict[str, int]:
        return dict(sorted(Counter(info.model for info in self.infos()).items()))

    def size(self) -> int:
        return sum(path.stat().st_size for path in self._files())

    def close(self) -> None:
        """Nothing is held open."""

    def _file(self, key: str) -> Path:
        return self._path / f"{key}.json"

    def _files(self) -> Iterator[Path]:
        try:
            return iter(sorted(path for path in self._path.iterdir() if _NAME.fullmatch(path.name)))
        except OSError as error:
            raise CacheError(f"cannot read the cache folder {self._path}: {error.strerror}") from None

    def _read(self, path: Path, load: Callable[[str], T]) -> T | None:
        try:
            return load(path.read_bytes().decode())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CacheError(f"cannot read {path}: {error.strerror}") from None
        except (ValueError, ValidationError, TypeError, KeyError, AttributeError):
            raise CacheError(
                f"{path} is no cache entry of this library, or it is damaged", remedy="Move it out of the folder."
            ) from None

    def _write(self, entry: Entry) -> None:
        temporary = self._path / f".{entry.key}.{os.getpid()}.{threading.get_ident()}.tmp"
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as file:
                file.write(_dump(entry))
                file.flush()
                os.fsync(file.fileno())  # else a power cut could leave an empty file under the final name
            temporary.replace(self._file(entry.key))
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise


def _sync_folder(path: Path) -> None:
    """Make the new names in a folder last; where a folder cannot be opened (Windows) the system does so itself."""
    with contextlib.suppress(PermissionError):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _dump(entry: Entry) -> str:
    """Lay an entry out; names stand in a fixed order, and those of texts and schemas in their own, which counts."""
    content = entry.content()
    for message in content["request"]["messages"]:
        message["content"] = _readable(message["content"])
    for response in _responses(content):
        _each_text(response, _readable)
    return encodable(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"


def _load(text: str) -> Entry:
    content = json.loads(text)
    for message in content["request"]["messages"]:
        message["content"] = _exact(message["content"])
    return Entry.model_validate(_with_exact_responses(content))


def _load_answer(text: str) -> RecordedAnswer:
    content = json.loads(text)
    del content["key"], content["request"]
    return RecordedAnswer.model_validate(_with_exact_responses(content))


def _load_info(text: str) -> EntryInfo:
    content = json.loads(text)
    created = datetime.fromisoformat(content["created"])
    return EntryInfo(content["key"], created, str(content["request"]["model"]), str(content["request"]["name"]))


def _with_exact_responses(content: dict[str, Any]) -> dict[str, Any]:
    for response in _responses(content):
        _each_text(response, _exact)
    return content


def _responses(content: dict[str, Any]) -> list[dict[str, Any]]:
    refused = [attempt["response"] for attempt in content["failed"] if attempt["response"] is not None]
    return [content["response"], *refused]


def _each_text(response: dict[str, Any], change: Any) -> None:
    """Apply a change to the texts of a raw completion's messages."""
    choices = response.get("choices")
    for choice in choices if isinstance(choices, list) else []:
        message = choice.get("message") if isinstance(choice, dict) else None
        if isinstance(message, dict):
            for name in ("content", "reasoning_content"):
                if name in message:
                    message[name] = change(message[name])


def _readable(text: Any) -> Any:
    """Spread a text over lines, or as the JSON it is; anything but a text stays."""
    if not isinstance(text, str):
        return text
    if text.startswith(("{", "[")):
        with contextlib.suppress(ValueError, RecursionError):
            value = json.loads(text)
            for style, layout in _STYLES.items():
                if json.dumps(value, ensure_ascii=False, **layout) == text:
                    return {"json": value, "style": style}
    return text.split("\n") if "\n" in text else text


def _exact(value: Any) -> Any:
    """Undo `_readable`."""
    if isinstance(value, dict) and value.keys() == {"json", "style"}:
        return json.dumps(value["json"], ensure_ascii=False, **_STYLES[value["style"]])
    if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return value
