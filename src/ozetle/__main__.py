"""`python -m ozetle` is the command line."""

from __future__ import annotations

from ozetle.cli import app

if __name__ == "__main__":
    app(prog_name="ozetle")
