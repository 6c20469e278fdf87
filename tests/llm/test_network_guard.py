"""The switch that forbids live requests."""

from __future__ import annotations

import asyncio

import pytest

from ozetle import summarize
from ozetle.errors import ConfigurationError
from ozetle.llm import network_guard as live
from tests.llm.server import FakeServer, completion


def test_the_switch_itself() -> None:
    with live.forbidden("Ask later."):
        with pytest.raises(ConfigurationError, match=r"^some/model was to be asked live.*\. Ask later\.$"):
            live.check("some/model")
        with live.allowed():
            live.check("some/model")
            with live.forbidden(), pytest.raises(ConfigurationError):
                live.check("some/model")
            live.check("some/model")
        with pytest.raises(ConfigurationError):
            live.check("some/model")
    live.check("some/model")


def test_the_switch_reaches_other_threads() -> None:
    async def in_a_loop() -> None:
        summarize("Heyetler görüştü.", model="test", base_url=server.base_url, cache=False)

    with (
        FakeServer([completion("{}")]) as server,
        live.forbidden(),
        pytest.raises(ConfigurationError, match="forbidden"),
    ):
        asyncio.run(in_a_loop())  # where a loop is running, the plain names work in a thread of their own
    assert server.received == []
