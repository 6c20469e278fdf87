"""One article on the embedded model itself: `pytest -m embedded` (needs the local extra; fetches the weights once)."""

from __future__ import annotations

import pytest

from ozetle import Summarizer
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.embedded


@pytest.mark.enable_socket
def test_an_article_on_the_embedded_model() -> None:
    article = REPOSITORY / "examples" / "articles" / "ziyaret.txt"
    digest = Summarizer("local", cache=False).summarize(article)
    text = article.read_text(encoding="utf-8")
    assert digest.provenance.strategy == "stepwise"
    assert digest.provenance.requests > 0
    assert "official_visit" in {event.type for event in digest.events}
    assert all(text[piece.start : piece.end] == piece.quote for event in digest.events for piece in event.evidence)
    assert "Ömer Bolat" in {part.name for event in digest.events for part in event.participants}
