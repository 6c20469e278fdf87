"""Summarise a folder and write tables that Excel opens: events, participants, figures, documents and more.

python examples/folder_to_spreadsheet.py                    the example articles, from recorded answers
OZETLE_MODEL=openai/gpt-4.1-mini python examples/folder_to_spreadsheet.py news/ tables/
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from ozetle import Cache, Digest, summarize_many
from ozetle.views import export_tables

HERE = Path(__file__).parent

news = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "articles"
tables = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="tables-"))
# without a model of yours, the answers recorded for the examples
cache = None if "OZETLE_MODEL" in os.environ else Cache(HERE / "recorded", mode="replay")

digests = []
for result in summarize_many([news], cache=cache, ordered=True):
    if isinstance(result, Digest):
        digests.append(result)
    else:
        print(f"left out: {result}", file=sys.stderr)

# excel=True is for Excel with Turkish settings: semicolons, a decimal comma. Without it commas and a decimal point.
for name, rows in export_tables(digests, tables, excel=True).items():
    print(f"{rows:4} rows in {tables / name}.csv")

# In pandas:  pandas.read_csv("tables/figures.csv", sep=";", decimal=",").nlargest(5, "value")
# In DuckDB:  select type, count(*) from read_csv('tables/events.csv', delim = ';') group by type order by 2 desc
