"""Cassettes: HTTP exchanges with the embedded model's own server, recorded once and replayed by the tests.

python -m tests.recordings            records them again (needs the local extra; some twenty minutes)
python -m tests.recordings --missing  asks only for what is not recorded, and drops what is no longer asked for
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import vcr
import yaml

from ozetle import Article, Digest, Summarizer
from ozetle.llm.models import Strategy

CASSETTES = Path(__file__).parent / "cassettes"
MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
ARTICLES = {
    "tr": (
        "date 2026-03-05 Ticaret Bakanı Ayşe Demir, Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi. "
        "İki ülke arasındaki ticaret 2025 yılında yüzde 4,5 artışla 8,2 milyar dolara çıktı. "
        "Görüşmenin ardından gümrük alanında iş birliği protokolü imzalandı."
    ),
    "sq": (
        "date 2026-03-05 Ministrja e Tregtisë së Turqisë, Ayşe Demir, u takua në Shkup me homologun e saj "
        "Goran Petrov. "
        "Tregtia dypalëshe arriti në 1,2 miliardë dollarë në vitin 2025. "
        "Pas takimit, Demir dhe Petrov nënshkruan një protokoll për bashkëpunim në dogana."
    ),
    "az": (
        "date 2026-03-05 Azərbaycanın iqtisadiyyat naziri Elçin Məmmədov Tbilisidə Gürcüstanın maliyyə naziri Giorgi "
        "Lomidze ilə görüşüb. Ötən il iki ölkə arasında ticarət dövriyyəsi 1,1 milyard dollara çatıb. "
        "Görüşün yekununda nəqliyyat sahəsində protokol imzalanıb."
    ),
    "en": (
        "date 2026-03-05 Trade Minister Ayşe Demir met Egypt's Industry Minister Karim Fahmi in Cairo on Thursday. "
        "Bilateral trade rose by 4.5 percent to 8.2 billion dollars in 2025. "
        "After the talks the two sides signed a protocol on customs cooperation."
    ),
}
"""Short articles written for this project; the people in them are invented."""

# a small model takes many minutes for the one call an article, and fails at it
STRATEGIES: tuple[Strategy, ...] = ("stepwise",)


class _Readable:
    """A serializer that leaves Turkish letters as they are."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        return str(yaml.safe_dump(cassette, allow_unicode=True, width=10**6, sort_keys=False))

    @staticmethod
    def deserialize(text: str) -> Any:
        return yaml.safe_load(text)


def _without_secrets(response: dict[str, Any]) -> dict[str, Any]:
    kept = {"content-type"}
    response["headers"] = {name: value for name, value in response["headers"].items() if name.lower() in kept}
    return response


def _same_body(first: Any, second: Any) -> None:
    assert json.loads(first.body) == json.loads(second.body)


def recorder(mode: str = "none") -> vcr.VCR:
    """Return vcr set up as FINDINGS says: matched on the body, not the port; readable; without secrets."""
    tape = vcr.VCR(
        cassette_library_dir=str(CASSETTES),
        record_mode=mode,
        match_on=["method", "path", "json"],
        filter_headers=["authorization", "cookie", "user-agent", "x-stainless-raw-response", "host"],
        before_record_response=_without_secrets,
        decode_compressed_response=True,
        drop_unused_requests=mode == "new_episodes",
    )
    tape.register_serializer("readable", _Readable())
    tape.register_matcher("json", _same_body)
    tape.serializer = "readable"
    return tape


def cassette(strategy: Strategy, language: str) -> str:
    return f"{strategy}-{language}.yaml"


def summarize(strategy: Strategy, language: str, base_url: str) -> Digest:
    """Summarise one of the articles on a server, without a cache."""
    summarizer = Summarizer(MODEL, base_url=base_url, cache=False, strategy=strategy)
    return summarizer.summarize(Article.from_text(ARTICLES[language], id=language))


def main() -> None:
    from ozetle.llm.embedded import start

    CASSETTES.mkdir(exist_ok=True)

    missing = sys.argv[1:] == ["--missing"]
    server = start()
    for strategy in STRATEGIES:
        for language in ARTICLES:
            if not missing:
                (CASSETTES / cassette(strategy, language)).unlink(missing_ok=True)
            with recorder("new_episodes" if missing else "once").use_cassette(cassette(strategy, language)):
                digest = summarize(strategy, language, server.base_url)
            print(strategy, language, digest.model_dump_json(indent=1))


if __name__ == "__main__":
    main()
