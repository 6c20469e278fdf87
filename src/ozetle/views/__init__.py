"""Digests for people: terminal, Markdown, HTML report, bulletin, tables, calendar."""
