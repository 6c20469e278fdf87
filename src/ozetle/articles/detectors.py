"""The two statistical language detectors, each loaded once, at its first use, whichever thread comes first."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from ozetle.articles.language_words import languages_in

Loaded = TypeVar("Loaded")

# py3langid knows more. Left out are dialects and small languages that take short texts away from others.
LANGUAGES = frozenset(
    """
    am ar az ba be bg bn bs cs da de el en es et fa fi fr gu ha he hi hr hu hy id is it ja ka kk km kn ko ku ky lo lt
    lv mk ml mn mr ms mt my ne nl no pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te tg th tk tl tr tt ug uk ur uz vi
    zh zxx crh
    """.split()  # noqa: SIM905 - a list of eighty strings reads worse
)

LANGDETECT_CHARACTERS = 100
"""What langdetect is given at most: it costs about 1 ms for every 150 characters."""


class _Once(Generic[Loaded]):
    """Makes a value at its first use, once, while other threads wait for it."""

    def __init__(self, make: Callable[[], Loaded]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: list[Loaded] = []

    def __call__(self) -> Loaded:
        if not self._made:
            with self._lock:
                if not self._made:
                    self._made.append(self._make())
        return self._made[0]


def _load_py3langid() -> dict[str, Any]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = LANGUAGES & set(model.labels)
    identifiers = {}
    for script in ("LATIN", "CYRILLIC", "ARABIC", ""):
        identifiers[script] = copy(model)  # shares the tables until its languages are set
        identifiers[script].set_languages(known & languages_in(script) or known)
    return identifiers


def _load_langdetect() -> Any:
    import langdetect
    from langdetect.detector_factory import DetectorFactory

    # An instance of its own: the package's global one is filled without a lock, and others may seed it differently.
    factory = DetectorFactory()
    folder = Path(langdetect.__file__).with_name("profiles")
    factory.load_json_profile([path.read_text("utf-8") for path in sorted(folder.iterdir()) if path.is_file()])
    factory.seed = 0
    return factory


_py3langid = _Once(_load_py3langid)
_langdetect = _Once(_load_langdetect)


def py3langid_probabilities(text: str, script: str) -> dict[str, float]:
    """The probabilities of the languages of a script ("LATIN", "CYRILLIC", "ARABIC"; of all languages for another)."""
    identifiers = _py3langid()
    identifier = identifiers.get(script) or identifiers[""]
    return dict(identifier.rank(text))


def has_langdetect_profile(language: str) -> bool:
    """Whether langdetect can recognise the language at all."""
    return any(name.split("-")[0] == language for name in _langdetect().langlist)


def langdetect_probabilities(text: str) -> dict[str, float]:
    """langdetect's probabilities for the beginning of the text; empty when it finds nothing to go by."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _langdetect().create()
    detector.append(text[:LANGDETECT_CHARACTERS])
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return {}
    return {language.lang.split("-")[0]: language.prob for language in reversed(found)}
