"""Draws the rooms of the house and their arrows: `python tools/architecture.py` writes `docs/rooms.svg`.

The order of the rooms is that of the import contract (`.importlinter`), the arrows are the imports that the code has,
those inside functions and under TYPE_CHECKING too; an arrow that a chain of others replaces is left out. What a room
does is the first sentence of its docstring.
"""

from __future__ import annotations

import ast
from configparser import ConfigParser
from html import escape
from pathlib import Path

import grimp

REPOSITORY = Path(__file__).parents[1]
PICTURE = REPOSITORY / "docs" / "rooms.svg"

_PACKAGE = "ozetle"
_ROW, _WIDTH, _MARGIN, _NAMES, _WORDS = 34, 1100, 24, 240, 370  # pixels: a row's height, then places from the left
_HEAD = 'marker-end="url(#head)"'
_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1f2937}.room{font-weight:600}.grey{fill:#6b7280}"
    "path{fill:none;stroke:#0f766e;stroke-opacity:.55;stroke-width:1.5}marker path{fill:#0f766e;stroke:none}"
)


def rooms() -> list[str]:
    """Return the rooms from the top down, as the contract has them: "cli", "api", … ; those of one layer by name."""
    contracts = ConfigParser()
    contracts.read(REPOSITORY / ".importlinter", encoding="utf-8")
    layers = contracts["importlinter:contract:rooms"]["layers"].split("\n")
    return [room for layer in layers for room in sorted(filter(None, map(str.strip, layer.split("|"))))]


def arrows() -> set[tuple[str, str]]:
    """Return which room imports which, as (importer, imported)."""
    graph = grimp.build_graph(_PACKAGE, cache_dir=None)
    known = rooms()
    return {
        (room, other)
        for room in known
        for other in known
        if room != other and graph.direct_import_exists(
            importer=f"{_PACKAGE}.{room}", imported=f"{_PACKAGE}.{other}", as_packages=True
        )
    }  # fmt: skip


def without_detours(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the arrows that no chain of others replaces; there must be no circle among them."""
    below: dict[str, set[str]] = {}
    for room in reversed(rooms()):  # an arrow points down: what it reaches is known before it
        next_ = {imported for importer, imported in found if importer == room}
        below[room] = next_.union(*(below[other] for other in next_))
    return {
        (room, other)
        for room, other in found
        if not any(other in below[between] for importer, between in found if importer == room)
    }


def picture() -> str:
    """Return the picture as SVG: a row for each room, and an arc for each arrow."""
    rows = {room: _MARGIN + number * _ROW for number, room in enumerate(rooms())}
    arcs = []
    for room, other in sorted(without_detours(arrows()), key=lambda arrow: (rows[arrow[0]], rows[arrow[1]])):
        begin, end = rows[room] + 4, rows[other] - 4
        height, wide = (end - begin) / 2, min((end - begin) / 2, _NAMES - _MARGIN)
        arcs.append(f'<path d="M{_NAMES - 10} {begin}A{wide:g} {height:g} 0 0 0 {_NAMES - 10} {end}" {_HEAD}/>')
    names = [
        f'<text class="room" x="{_NAMES}" y="{y + 5}">{_file(room).name if _file(room).is_file() else room}</text>'
        f'<text class="grey" x="{_WORDS}" y="{y + 5}">{escape(_said(room))}</text>'
        for room, y in rows.items()
    ]
    height = 2 * _MARGIN + (len(rows) - 1) * _ROW
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
            "<title>The rooms of the code; an arrow points to what a room imports</title>",
            f"<style>{_STYLE}</style>",
            '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
            *arcs,
            *names,
            "</svg>\n",
        ]
    )


def _file(room: str) -> Path:
    return REPOSITORY / "src" / _PACKAGE / f"{room}.py"


def _said(room: str) -> str:
    """The first sentence of a room's docstring."""
    file = _file(room) if _file(room).is_file() else _file(room).with_suffix("") / "__init__.py"
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return said.split("\n\n")[0].replace("\n", " ").partition(". ")[0].removesuffix(".").replace("`", "")


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
    print(PICTURE)
