"""Articles: loading, publication date, sentences, page furniture, language. Knows nothing of models."""

from __future__ import annotations

from ozetle.articles.article import Article
from ozetle.articles.sentences import Sentence, split

__all__ = ["Article", "Sentence", "split"]
