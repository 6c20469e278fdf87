"""The servers that are known by name, as data: those of `presets.toml`, and the user's own."""

from __future__ import annotations

import os
import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from ozetle.errors import ConfigurationError
from ozetle.llm.dialects.dialect import Dialect
from ozetle.llm.request import Mode

Api = Literal["openai", "anthropic", "gemini"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_VARIABLE = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")


class Preset(BaseModel):
    """A server that is known by name.

    Attributes:
        name: what stands before the `/` of its models' names.
        title: its name for people.
        api: whose API it speaks; of `anthropic` and `gemini` the vendor's own library is needed.
        base_url: its address; `{NAME}` in it is an environment variable.
        base_url_env: the environment variable that changes it.
        key_env: the environment variable its key is read from.
        key_header: the header that carries the key besides `Authorization`.
        key_needed: whether it cannot be asked without one.
        mode: how the answer's form is asked for.
        strict: whether schemas are marked as strict.
        left_out: parameters that it does not take.
        max_length: whether schemas may limit the length of texts.
        thinks: whether its models reason before they answer, and need room for it.
        concurrency: requests at once by default.
        first_byte: seconds until an answer begins, at most; None for as long as a request may take.
        prompt_cache: how a prompt's beginning comes to be remembered: by itself, when it is asked for, or not at all.
        prices: what `genai-prices` calls it; None if it costs nothing, or nobody knows.
        documentation: where its structured outputs are described.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str = ""
    api: Api = "openai"
    base_url: str
    base_url_env: str | None = None
    key_env: str = "OZETLE_API_KEY"
    key_header: str | None = None
    key_needed: bool = False
    mode: Mode = Mode.JSON_SCHEMA
    strict: bool = False
    left_out: frozenset[str] = frozenset()
    max_length: bool = True
    thinks: bool = False
    concurrency: int = 8
    first_byte: float | None = None
    prompt_cache: Literal["automatic", "asked", "none"] = "automatic"
    prices: str | None = None
    documentation: str = ""

    @property
    def dialect(self) -> Dialect:
        """How it wants to be asked."""
        return Dialect(mode=self.mode, strict=self.strict, left_out=self.left_out)

    def address(self) -> str:
        """Return its address as the environment has it.

        Raises:
            ConfigurationError: a variable that it needs is not set.
        """
        changed = os.environ.get(self.base_url_env or "") or self.base_url
        for name in _VARIABLE.findall(changed):
            if not os.environ.get(name):
                raise ConfigurationError(f"{self.title or self.name} needs an address", remedy=f"Set {name}.")
        return _VARIABLE.sub(lambda found: os.environ[found[1]].rstrip("/"), changed)

    def serves(self, base_url: str) -> bool:
        """Whether an address is this server's: the same scheme and host, or a host of its own below it."""
        given, own = urlsplit(base_url), urlsplit(self.base_url)
        host, known = given.hostname or "", own.hostname or ""
        return bool(known) and given.scheme == own.scheme == "https" and (host == known or host.endswith(f".{known}"))


def presets() -> dict[str, Preset]:
    """Return all servers that are known, under their names: the user's own and the built-in ones.

    Raises:
        ConfigurationError: the configuration file cannot be read.
    """
    path = config_path()
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = None
    return dict(_presets(path, changed))


def config_path() -> Path:
    """Return where the user's configuration file is: `OZETLE_CONFIG`, else one in the user's configuration folder."""
    chosen = os.environ.get("OZETLE_CONFIG")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_config_path("ozetle") / "config.toml"


@lru_cache(maxsize=8)
def _presets(path: Path, changed: int | None) -> dict[str, Preset]:
    known = tomllib.loads((files("ozetle.llm.dialects") / "presets.toml").read_text(encoding="utf-8"))
    found = {name: Preset(name=name, **fields) for name, fields in known.items()}
    if changed is None:
        return found
    remedy = 'It looks like: [servers.ours] base_url = "https://llm.example/v1", key_env = "OUR_KEY".'
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the configuration {path} cannot be read: {error}", remedy=remedy) from None
    servers = content.get("servers", {})
    if not isinstance(servers, dict) or not all(isinstance(fields, dict) for fields in servers.values()):
        raise ConfigurationError(f"the configuration {path}: `servers` is no table of tables", remedy=remedy)
    for name, fields in servers.items():
        found[name] = _own(path, name, fields, found.get(name), remedy)
    return found


def _own(path: Path, name: str, fields: dict[str, Any], known: Preset | None, remedy: str) -> Preset:
    where = f"the configuration {path}: server {name!r}"
    if not _NAME.fullmatch(name) or name == "local":
        raise ConfigurationError(f"{where} cannot be called so", remedy=remedy)
    before = known.model_dump() if known is not None else {}
    try:
        return Preset.model_validate({**before, "title": name, **fields, "name": name})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise ConfigurationError(
            f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}", remedy=remedy
        ) from None
