"""Digests as people and programs read them: text, Markdown, HTML, tables, calendars, JSON lines; all without a model.

A view depends on nothing but its arguments. Texts of articles and models are escaped as their form needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ozetle.views.bulletin import Bulletin, BulletinGroup, BulletinLine, BulletinSection, bulletin_of
    from ozetle.views.bulletin_pages import bulletin_html, bulletin_markdown
    from ozetle.views.calendar import CalendarEntry, calendar_entries, to_ics
    from ozetle.views.export import export_tables
    from ozetle.views.jsonl import to_line
    from ozetle.views.markdown import to_markdown
    from ozetle.views.report import report_html
    from ozetle.views.terminal import to_text

# imported when first used: each needs another library
_HOMES = {
    "Bulletin": "ozetle.views.bulletin",
    "BulletinGroup": "ozetle.views.bulletin",
    "BulletinLine": "ozetle.views.bulletin",
    "BulletinSection": "ozetle.views.bulletin",
    "CalendarEntry": "ozetle.views.calendar",
    "bulletin_html": "ozetle.views.bulletin_pages",
    "bulletin_markdown": "ozetle.views.bulletin_pages",
    "bulletin_of": "ozetle.views.bulletin",
    "calendar_entries": "ozetle.views.calendar",
    "export_tables": "ozetle.views.export",
    "report_html": "ozetle.views.report",
    "to_ics": "ozetle.views.calendar",
    "to_line": "ozetle.views.jsonl",
    "to_markdown": "ozetle.views.markdown",
    "to_text": "ozetle.views.terminal",
}

__all__ = [
    "Bulletin",
    "BulletinGroup",
    "BulletinLine",
    "BulletinSection",
    "CalendarEntry",
    "bulletin_html",
    "bulletin_markdown",
    "bulletin_of",
    "calendar_entries",
    "export_tables",
    "report_html",
    "to_ics",
    "to_line",
    "to_markdown",
    "to_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ozetle.views' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found
