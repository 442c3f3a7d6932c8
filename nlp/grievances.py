"""How much in a message speaks for goods gone wrong: points with their reasons, beside what the model says.

A report of bad goods names what was bought, or what it came in, and a state that no seller would want.
One sign alone is talk: phones have cracks too, and boxes are open. Read in the unnamed form (see masking).
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from bot.understanding import Situation

Point = tuple[str, float]
"""The reason, and what it adds to the odds."""

_HEAD = re.compile(r"^\[([a-z_]+)\]$", re.MULTILINE)
_WEIGHTS = {
    "goods": 0.7,
    "packing": 0.7,
    "got": 1.0,
    "eaten": 1.0,
    "part": 0.7,
    "missing": 2.0,
    "still": 1.0,
    "against_the_wish": 2.5,
    "claim": 1.0,
    "asked": -2.5,
    "whether": -4.0,
    "may_one": -1.0,
    "either": -2.0,
    "supposed": -3.0,
    "elsewhere": -4.0,
    "long_ago": -3.0,
    "at_home": -3.0,
    "own_doing": -2.5,
    "content": -4.0,
}
"""Kinds of words in grievances.txt."""
_ANCHORS = frozenset(("goods", "packing", "got", "eaten", "against_the_wish"))
_NOTHING_BOUGHT, _NOTHING_WRONG = -3.0, -1.5
_WRONGS = frozenset(("state", "claim", "missing", "still", "against_the_wish"))
_ONE_STATE, _STATES = 1.0, 1.5
_ORDERED, _ORDERED_AND_CLOSED = 0.3, 1.2
"""Before the cutoff nothing of this group-buy can have gone bad; goods of an earlier one can."""


def points(text: str, situation: Situation) -> tuple[Point, ...]:
    """What speaks for a report of bad goods and what against it, in natural logarithms of odds."""
    signs = _signs()
    found = [(kind, weight) for kind, weight in _WEIGHTS.items() if signs[kind].search(text)]
    found += _states(text)
    kinds = {kind for kind, _ in found}
    if not _ANCHORS & kinds:
        found.append(("nothing bought", _NOTHING_BOUGHT))
    if not _WRONGS & kinds:
        found.append(("nothing wrong", _NOTHING_WRONG))
    return (*found, *_situated(situation))


def _states(text: str) -> Iterator[Point]:
    states = {match.group() for match in _signs()["state"].finditer(text)}
    if states:
        yield "state", _ONE_STATE if len(states) == 1 else _STATES


def _situated(situation: Situation) -> Iterator[Point]:
    if any(situation.own_order.values()):
        yield ("ordered", _ORDERED) if situation.open else ("ordered and closed", _ORDERED_AND_CLOSED)


@cache
def _signs() -> Mapping[str, re.Pattern[str]]:
    text = files("nlp").joinpath("data", "grievances.txt").read_text(encoding="utf-8")
    _, *parts = _HEAD.split(text)
    return {kind: _pattern(words) for kind, words in zip(parts[::2], parts[1::2], strict=True)}


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words.split(), key=len, reverse=True)))
