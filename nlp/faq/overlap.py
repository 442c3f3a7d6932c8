"""Likeness by shared characters: pairs of characters, rare ones counting more."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from nlp.faq.writing import compact


@lru_cache(maxsize=8192)
def grams(text: str) -> frozenset[str]:
    """Characters and pairs of characters of the text."""
    written = compact(text)
    return frozenset({*written, *(written[index : index + 2] for index in range(len(written) - 1))})


class _Weights(dict[str, float]):
    """Weights of grams; a gram that nothing has weighs the most. Not filled by asking."""

    def __init__(self, new: float) -> None:
        super().__init__()
        self._new = new

    def __missing__(self, gram: str) -> float:
        return self._new


class Rarity:
    """How much each gram tells, from how many entries have it."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        held = [frozenset().union(*map(grams, group)) for group in texts]
        counts = Counter(gram for group in held for gram in group)
        self._weights = _Weights(math.log(1 + len(held)) if held else 1.0)
        for gram, count in counts.items():
            self._weights[gram] = math.log(1 + len(held) / count) * (1.5 if len(gram) > 1 else 1)

    def weight(self, found: Iterable[str]) -> float:
        """The sum of the grams' weights."""
        return sum(map(self._weights.__getitem__, found))

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Dice's coefficient of the weights, 0 to 1."""
        total = self.weight(one) + self.weight(other)
        return 2 * self.weight(one & other) / total if total else 0.0

    def covered(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The share of `one` that is in `other`, 0 to 1."""
        total = self.weight(one)
        return self.weight(one & other) / total if total else 0.0
