"""What was learned of servers, kept on disk: a later run learns nothing again."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ozetle.llm.dialects.dialect import Dialect

FORMAT = 1
_MOST = 500  # servers and models; the oldest go

logger = logging.getLogger(__name__)
_lock = threading.Lock()


def path() -> Path:
    """Return the file: `OZETLE_DIALECTS`, else one in the user's cache folder."""
    chosen = os.environ.get("OZETLE_DIALECTS")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_cache_path("ozetle") / "dialects.json"


def recall(server: str, model: str) -> Dialect | None:
    """Return what was learned of a model on a server, addressed without credentials; None if nothing was."""
    try:
        return Dialect.model_validate(_read().get(_key(server, model)))
    except ValidationError:
        return None


def remember(server: str, model: str, dialect: Dialect) -> None:
    """Keep what was learned; a folder that cannot be written costs only that it is learned again."""
    with _lock:
        known = _read()
        content = dialect.model_dump(mode="json", exclude_defaults=True)
        content["left_out"] = sorted(dialect.left_out)
        if known.get(_key(server, model)) == content:
            return
        known.pop(_key(server, model), None)
        known[_key(server, model)] = content
        kept = dict(list(known.items())[-_MOST:])
        file = path()
        temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(
                json.dumps({"format": FORMAT, "servers": kept}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )
            temporary.replace(file)  # whoever reads meanwhile sees the old file or the new one
        except OSError as error:
            logger.debug("what was learned of %s is not kept: %s", server, error)
            with contextlib.suppress(OSError):
                temporary.unlink()


def _read() -> dict[str, Any]:
    try:
        content = json.loads(path().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    servers = content.get("servers") if isinstance(content, dict) and content.get("format") == FORMAT else None
    return servers if isinstance(servers, dict) else {}


def _key(server: str, model: str) -> str:
    return f"{server} {model}"
