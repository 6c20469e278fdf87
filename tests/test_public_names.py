from __future__ import annotations

import subprocess
import sys

import ozetle

PUBLIC = {
    "Article",
    "Budget",
    "Cache",
    "Digest",
    "Event",
    "EventDate",
    "EventFigure",
    "Failure",
    "Language",
    "LoadFailure",
    "MergedEvent",
    "OzetleError",
    "Place",
    "Summarizer",
    "Translation",
    "Words",
    "__version__",
    "asummarize",
    "asummarize_many",
    "atranslate",
    "detect_language",
    "facts",
    "load",
    "merge",
    "summarize",
    "summarize_many",
    "translate",
}


def test_the_public_names_are_these() -> None:
    assert set(ozetle.__all__) == PUBLIC
    assert all(getattr(ozetle, name) is not None for name in PUBLIC)


def test_importing_costs_nothing_heavy() -> None:
    code = (
        "import sys, ozetle; heavy = {'openai', 'instructor', 'langdetect', 'py3langid', 'numpy', 'trafilatura', "
        "'pydantic', 'babel', 'rich', 'typer'} & set(sys.modules); print(sorted(heavy))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"
