"""Summarise an article with Ollama: no key, and nothing leaves the machine.

ollama pull qwen2.5:7b                                    once; smaller models do worse
python examples/ollama.py                                 an example article
python examples/ollama.py gemma3:12b article.txt          another model, an article of yours
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.request import urlopen

from ozetle import OzetleError, Summarizer

model = sys.argv[1] if len(sys.argv) > 1 else "qwen2.5:7b"
article = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent / "articles" / "ziyaret.txt"

summarizer = Summarizer(f"ollama/{model}")  # at http://localhost:11434/v1, or where OZETLE_BASE_URL says
server = summarizer.choice.base_url
try:
    with urlopen(f"{server}/models", timeout=5) as answer:
        models = {known["id"] for known in json.load(answer)["data"] or ()}
except (OSError, ValueError, KeyError) as error:
    sys.exit(f"No Ollama answers at {server} ({getattr(error, 'reason', error)}). Start it: ollama serve")
if not models & {model, f"{model}:latest"}:
    sys.exit(f"Ollama has no {model}, only: {', '.join(sorted(models)) or 'nothing'}. Get it: ollama pull {model}")

try:
    digest = summarizer.summarize(article)
except OzetleError as error:
    sys.exit(str(error))
print(digest.summary, "\n")
for event in digest.events:
    print(f"- {event.headline}")
seconds, tokens = digest.provenance.wall_s, digest.provenance.usage.completion_tokens
print(f"\n{digest.provenance.model}: {seconds:.0f} s, {tokens} tokens written, cache {digest.provenance.cache}")
