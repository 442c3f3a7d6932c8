"""What ranks entries by meaning, and the two thresholds and the margin that turn ranks into an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nlp.faq.entries import Entry
from nlp.faq.overlap import Rarity, grams


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Scores (0 to 1) from which to answer and to suggest, and the lead that an answer needs."""

    answer: float
    margin: float
    suggest: float


class Meaning(Protocol):
    """Ranks the entries that it was made of."""

    limits: Limits

    def ranked(self, text: str) -> Sequence[tuple[str, float]]:
        """Ids with scores, best first."""
        ...


def decide(ranked: Sequence[tuple[str, float]], limits: Limits) -> str:
    """The rule that the scores lead to: meaning, suggest or miss."""
    best = ranked[0][1] if ranked else 0.0
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if best >= limits.answer and best - second >= limits.margin:
        return "meaning"
    return "suggest" if best >= limits.suggest else "miss"


class Words:
    """Meaning by shared characters alone: answers only what is nearly a phrasing."""

    limits = Limits(answer=0.62, margin=0.12, suggest=0.4)

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._rarity = Rarity(entry.q for entry in entries)
        self._grams = [(entry.id, [grams(phrasing) for phrasing in entry.q]) for entry in entries]

    def ranked(self, text: str) -> Sequence[tuple[str, float]]:
        """Ids with the likeness of their nearest phrasing, best first."""
        asked = grams(text)
        scores = [
            (entry_id, max(self._rarity.likeness(asked, one) for one in phrasings))
            for entry_id, phrasings in self._grams
        ]
        return sorted(scores, key=lambda pair: -pair[1])
