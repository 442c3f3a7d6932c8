"""What speaks for and against each entry as the answer to a question, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlp.encoder import Reading, SentenceEncoder, joined, unpacked
from nlp.faq.background import Background, Floats
from nlp.faq.entries import Entry
from nlp.faq.overlap import Rarity, grams
from nlp.faq.parts import Parts
from nlp.faq.question import denies, kinds

SHORTLIST = 16
TOGETHER = 64
FEATURES = (
    "nearest", "near_two", "mean", "answer", "lead", "rank",
    "topic", "topic_lead", "rival", "elsewhere", "talk", "certain",
    "overlap", "covered", "covering", "answer_overlap", "overlap_lead",
    "found", "found_least", "found_few", "found_by_one", "found_back", "found_lead", "found_by_one_lead",
    "kinds_shared", "kinds_clash", "denial", "length", "entries", "phrasings",
)  # fmt: skip


AGAINST = frozenset({"rank", "elsewhere", "talk", "kinds_clash", "denial"})
"""Features of which more never speaks for an entry."""
NEUTRAL = frozenset({"certain", "length", "entries", "phrasings"})
"""Features that only say how to take the others; of all the rest more never speaks against an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Entries (numbers) that may answer, and their features (entries, len(FEATURES))."""

    entries: NDArray[np.intp]
    features: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """An entry's grams: of its phrasings with their weights, of all it says, of its answer alone."""

    phrasings: Sequence[frozenset[str]]
    weights: Sequence[float]
    every: frozenset[str]
    answer_alone: frozenset[str]


class Evidence:
    """Made of entries once; asked for every question."""

    def __init__(self, entries: Sequence[Entry], encoder: SentenceEncoder, background: Background) -> None:
        self._entries, self._encoder, self._background = tuple(entries), encoder, background
        asked = encoder.readings([phrasing for entry in entries for phrasing in entry.q])
        told = encoder.readings([entry.a[0] for entry in entries])
        self._vectors = joined([one.whole[None] for one in asked])
        self._starts = np.cumsum([0, *(len(entry.q) for entry in entries)])
        self._answers = np.stack([one.whole for one in told])
        self._parts = [
            Parts([one.parts for one in (*asked[start:end], answer)])
            for (start, end), answer in zip(pairwise(self._starts.tolist()), told, strict=True)
        ]
        self._links = self._linked_topics()
        self._linked = self._links.max(0)
        self._rarity = Rarity([*entry.q, entry.a[0]] for entry in entries)
        self._written: list[_Written | None] = [None] * len(entries)
        self._kinds = [frozenset().union(*map(kinds, entry.q)) for entry in entries]

    def _linked_topics(self) -> Floats:
        """How far each entry (entries, topics) stands for each topic, some entries at a time."""
        made = []
        for first in range(0, len(self._entries), TOGETHER):
            starts = self._starts[first : first + TOGETHER + 1]
            links = self._background.links(self._vectors[starts[0] : starts[-1]])
            made.append(np.maximum.reduceat(links, starts[:-1] - starts[0], axis=0))
        return np.concatenate(made)

    def shortlist(self, text: str) -> Shortlist:
        """The entries nearest to the text, with what speaks for them."""
        reading = self._encoder.reading(text)
        vector = reading.whole
        scores = self._vectors @ vector
        nearest = np.maximum.reduceat(scores, self._starts[:-1])
        shares = self._background.shares(vector[None])[0]
        topics = len(self._background.topics)
        about = self._links @ shares[:topics]
        best = np.argsort(-(nearest + 0.3 * about), kind="stable")[:SHORTLIST]
        asked = grams(text)
        weight = self._rarity.weight(asked) or 1.0
        shared = [self._words(asked, weight, int(entry)) for entry in best]
        found = self._found(reading, best)
        common = self._common(shares)
        rival = self._rival(vector)
        rows = [
            (
                *self._near(entry, scores, vector),
                nearest[entry] - _next_best(nearest[best], place),
                place / SHORTLIST,
                about[entry],
                about[entry] - _next_best(about[best], place),
                nearest[entry] - rival,
                *common,
                *shared[place],
                shared[place][0] - _next_best(np.array([row[0] for row in shared]), place),
                *found[place],
                *self._manner(text, entry, scores),
                len(text) / 20,
                np.log(len(self._entries)) / 4,
                len(self._entries[entry].q) / 10,
            )
            for place, entry in enumerate(best)
        ]
        return Shortlist(entries=best, features=np.array(rows, dtype=np.float32))

    def _near(self, entry: int, scores: Floats, vector: Floats) -> tuple[float, float, float, float]:
        own = np.sort(scores[self._starts[entry] : self._starts[entry + 1]])[::-1]
        return float(own[0]), float(own[:2].mean()), float(own.mean()), float(self._answers[entry] @ vector)

    def _found(self, reading: Reading, best: NDArray[np.intp]) -> Floats:
        """How far the question's pieces are found in the entries: what `Parts.found` tells, and leads."""
        pieces = unpacked(reading.parts)
        rows = np.array([self._parts[entry].found(pieces) for entry in best], dtype=np.float32)
        leads = [
            (row[0] - _next_best(rows[:, 0], place), row[3] - _next_best(rows[:, 3], place))
            for place, row in enumerate(rows)
        ]
        return np.concatenate((rows, np.array(leads, dtype=np.float32)), axis=1)

    def _rival(self, vector: Floats) -> float:
        """The likeness to the nearest topic that no entry stands for, or to talk."""
        known = self._background
        return float(max(((1 - self._linked) * (known.topics @ vector)).max(), (known.talk @ vector).max()))

    def _common(self, shares: Floats) -> tuple[float, float, float]:
        """Shares of topics that no entry stands for and of talk, and how settled the topic is at all."""
        topics = len(self._background.topics)
        elsewhere = float(((1 - self._linked) * shares[:topics]).sum())
        return elsewhere, float(shares[topics:].sum()), float(shares[:topics].max())

    def _words(self, asked: frozenset[str], weight: float, number: int) -> tuple[float, ...]:
        written = self._written[number] = self._written[number] or self._read(number)
        shared = [
            (self._rarity.weight(asked & found), own)
            for found, own in zip(written.phrasings, written.weights, strict=True)
        ]
        return (
            max(2 * common / (weight + own) for common, own in shared),
            self._rarity.weight(asked & written.every) / weight,
            max(common / own for common, own in shared),
            self._rarity.weight(asked & written.answer_alone) / weight,
        )

    def _read(self, number: int) -> _Written:
        entry = self._entries[number]
        phrasings = [grams(phrasing) for phrasing in entry.q]
        asked = frozenset().union(*phrasings)
        answer = grams(entry.a[0])
        return _Written(
            phrasings=phrasings,
            weights=[self._rarity.weight(found) or 1.0 for found in phrasings],
            every=asked | answer,
            answer_alone=answer - asked,
        )

    def _manner(self, text: str, entry: int, scores: Floats) -> tuple[float, float, float]:
        asked, answered = kinds(text), self._kinds[entry]
        first = self._starts[entry]
        own = int(np.argmax(scores[first : self._starts[entry + 1]]))
        return (
            float(bool(asked & answered)),
            float(bool(asked and answered and not asked & answered)),
            float(denies(text) != denies(self._entries[entry].q[own])),
        )


def _next_best(values: Floats, place: int) -> float:
    """The best value other than that at `place`; 0 where there is none."""
    others = np.delete(values, place)
    return float(others.max()) if len(others) else 0.0
