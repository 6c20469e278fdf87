"""Digests as one self-contained HTML file, to look through in a browser."""

from __future__ import annotations

from ozetle.views.report.html import report_html

__all__ = ["report_html"]
