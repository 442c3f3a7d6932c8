"""How far a text is about trade: about buying, goods and what a shop does, and not about other things.

Every word weighs as much as it is likelier in what people ask a shop than in other talk or in written Chinese
at large: a log-likelihood ratio, counted by nlp.training.trade. A word that nobody asked a shop with speaks
for another subject.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from nlp import segment
from nlp.masking import GOODS

FILE = Path(__file__).parent / "data" / "trade.txt"
"""A word and its weight a line."""
FLOOR = -5.0
"""No talk counts for less, however long it is: people tell stories around what they ask."""

_RUN = re.compile(f"[\u4e00-\u9fff]+|[{GOODS}《]")
_SIGNS = {GOODS: 2.0, "《": -3.0}
"""Goods of the shop; the sign of titles, which goods do not have."""
_NEW, _NEW_CHARACTER = -1.5, -0.5


def relevance(text: str) -> float:
    """The sum of the weights of an unnamed text (see masking), above 0 for trade, FLOOR at least."""
    return max(FLOOR, sum(map(_weight, words(text))))


def words(text: str) -> Iterator[str]:
    """Dictionary words and signs, in order."""
    for run in _RUN.findall(text):
        if run in _SIGNS:
            yield run
        else:
            yield from segment.words(run)


def _weight(word: str) -> float:
    known = _weights().get(word)
    if known is not None:
        return known
    return _NEW if len(word) > 1 and segment.known(word) else _NEW_CHARACTER


@cache
def _weights() -> Mapping[str, float]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return _SIGNS | {word: float(weight) for word, weight in map(str.split, lines)}
