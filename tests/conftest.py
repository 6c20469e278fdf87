"""What every test shares: no settings of the machine it runs on, a cache of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in ("OPENAI_API_KEY", "OZETLE_API_KEY", "OZETLE_MODEL", "OZETLE_BASE_URL", "OZETLE_LOCAL_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OZETLE_CACHE", str(tmp_path_factory.mktemp("cache") / "answers.sqlite"))
