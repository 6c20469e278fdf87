"""The vendors' own clients: which one asks a model."""

from __future__ import annotations

from ozetle.llm.connection import Connection
from ozetle.llm.models import ModelChoice


def connection_type(choice: ModelChoice) -> type[Connection]:
    """Return the kind of connection that a model is asked through.

    Raises:
        ConfigurationError: the vendor's client is not installed.
    """
    if choice.api == "anthropic":
        from ozetle.llm.vendors.anthropic import AnthropicConnection

        return AnthropicConnection
    if choice.api == "gemini":
        from ozetle.llm.vendors.gemini import GeminiConnection

        return GeminiConnection
    from ozetle.llm.vendors.openai import OpenAIConnection

    return OpenAIConnection
