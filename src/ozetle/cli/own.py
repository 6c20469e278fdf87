"""What is a user's own: the class of the events, the taxonomy, the prompt."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ozetle.errors import ConfigurationError

if TYPE_CHECKING:
    from ozetle.digests.digest import Event

EventClass = Annotated[
    str | None,
    typer.Option(
        "--event", metavar="FILE.py:CLASS", help="A class of events with fields of your own. The file is executed."
    ),
]
TaxonomyFile = Annotated[
    Path | None,
    typer.Option("--taxonomy", metavar="FILE", help="Event types of your own: a JSON file, see the documentation."),
]
PromptFile = Annotated[
    Path | None,
    typer.Option("--prompt", metavar="FILE", help="A prompt template of your own, in place of the strategy's."),
]

_NAME_BOTH = "Name file and class: my_events.py:MyEvent."


def event_class(named: str | None) -> type[Event]:
    """Return the class that the option names, or the library's own.

    Raises:
        ConfigurationError: there is no such file or class, the file cannot be executed, or the class is not one of
            events.
    """
    from ozetle.digests.digest import Event

    if named is None:
        return Event
    file, _, name = named.rpartition(":")
    path = Path(file)
    if not file:
        raise ConfigurationError(f"no class of events: {named}", remedy=_NAME_BOTH)
    if not path.is_file():
        raise ConfigurationError(f"no class of events: there is no file {file}", remedy=_NAME_BOTH)
    spec = importlib.util.spec_from_file_location("ozetle_own_events", path)
    if spec is None or spec.loader is None:
        raise ConfigurationError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # pydantic looks up there what the annotations name
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the user's own code raises
        raise ConfigurationError(f"{path} cannot be executed: {type(error).__name__}: {error}") from None
    found = getattr(module, name, None)
    if not isinstance(found, type) or not issubclass(found, Event):
        there = [
            name
            for name, value in vars(module).items()
            if isinstance(value, type) and issubclass(value, Event) and value.__module__ == spec.name
        ]
        raise ConfigurationError(
            f"{path} has no subclass of ozetle.Event named {name}",
            remedy=f"It has {', '.join(there)}." if there else "It has none at all.",
        )
    return found
