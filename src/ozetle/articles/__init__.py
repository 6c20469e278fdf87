"""Articles: loading, publication date, sentences, page boilerplate, language. Knows nothing of models."""

from __future__ import annotations

from ozetle.articles.article import Article
from ozetle.articles.language import Language, detect_language
from ozetle.articles.loading import LoadFailure, load, load_one
from ozetle.articles.sentences import Sentence, split

__all__ = [
    "Article",
    "Language",
    "LoadFailure",
    "Sentence",
    "detect_language",
    "load",
    "load_one",
    "split",
]
