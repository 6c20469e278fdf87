"""Where an article has the words that a model gives for a name, a title, a place or a document."""

from __future__ import annotations

from collections.abc import Sequence

from ozetle.digests.digest import Evidence
from ozetle.facts import NameMention
from ozetle.facts.folding import find, fold_text, strip_suffix
from ozetle.grounding.spelling import Spellings
from ozetle.reading import Reading

_AROUND = " \t\r\n\u00a0\"“”„«»'‘’"  # what models put around a name
_FEWEST_LETTERS = 2


class Spans:
    """Finds words in an article; case, accents, quotation marks and Turkish case suffixes do not count."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[str, list[tuple[int, int]]] = {}
        self._spellings = Spellings(reading)
        self._names = [(fold_text(mention.name), mention) for mention in reading.names]
        self._people_by_text: dict[str, list[NameMention]] = {}
        for mention in reading.names:
            if mention.kind == "person":
                self._people_by_text.setdefault(fold_text(mention.text), []).append(mention)

    def of(self, words: str, evidence: Sequence[Evidence], *, person: bool = False) -> tuple[int, int] | None:
        """Return where the article has these words: in the evidence if possible, else in another content sentence.

        Args:
            words: as a model gives them; a surname stands for the full name.
            evidence: the sentences that report the event.
            person: whether they are a person's name, which is then taken whole.
        """
        wanted = strip_suffix(words.strip(_AROUND))
        span = self._placed(self._full_name(wanted, evidence), evidence)
        if span is None and wanted:
            spelled = self._spellings.of_person(wanted) if person else self._spellings.of_words(wanted)
            span = self._placed(spelled or "", evidence)
        if span is not None and person:
            whole = next((name.name for name in self._reading.names if _is_part_of(span, name)), "")
            span = self._placed(whole, evidence) or span
        return span

    def beside(self, words: str, name: str) -> tuple[int, int] | None:
        """Return where the words stand in one sentence with a name, and no other person's name between."""
        folded = fold_text(name)
        same = [mention for key, mention in self._names if key == folded]
        anchors = [*self._find(name), *((mention.start, mention.end) for mention in same)]
        others = [mention for key, mention in self._names if mention.kind == "person" and key != folded]
        for start, end in self._find(words.strip()):
            for sentence in self._reading.content:
                if not (sentence.start <= start and end <= sentence.end):
                    continue
                for first, last in anchors:
                    between = min(end, last), max(start, first)
                    if sentence.start <= first < sentence.end and not any(
                        between[0] <= other.start < between[1] or _is_title_of(other, start, end) for other in others
                    ):
                        return start, end
        return None

    def _placed(self, words: str, evidence: Sequence[Evidence]) -> tuple[int, int] | None:
        if sum(map(str.isalpha, words)) < _FEWEST_LETTERS:  # one letter is found within any word
            return None
        spans = self._find(words)
        for sentences in (evidence, self._reading.content):
            for start, end in spans:
                if any(sentence.start <= start and end <= sentence.end for sentence in sentences):
                    return start, end
        return None

    def _full_name(self, words: str, evidence: Sequence[Evidence]) -> str:
        """Return the full name of the person whom a surname stands for, best of one in the evidence; else the words."""
        named = self._people_by_text.get(fold_text(words), [])
        cited = [name for name in named if any(piece.start <= name.start < piece.end for piece in evidence)]
        return next((name.name for name in (*cited, *named)), words)

    def _find(self, words: str) -> list[tuple[int, int]]:
        if words not in self._found:
            self._found[words] = find(self._reading.folded, words)
        return self._found[words]


def _is_title_of(other: NameMention, start: int, end: int) -> bool:
    """Whether words lie in the title of someone else."""
    return (
        other.title_start is not None
        and other.title_end is not None
        and (other.title_start < end and start < other.title_end)
    )


def _is_part_of(span: tuple[int, int], name: NameMention) -> bool:
    """Whether words are part of a person's name: "Ali Kaya" of "Mehmet Ali Kaya"."""
    return name.kind == "person" and name.start <= span[0] and span[1] <= name.end and span != (name.start, name.end)
