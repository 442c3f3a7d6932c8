"""Meaning by any sentence encoder: likeness of vectors, made a probability by what the FAQ itself shows."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.encoder import SentenceEncoder
from nlp.faq.entries import Entry
from nlp.faq.meaning import Limits

Floats = NDArray[np.float32]
STEPS, RIDGE = 25, 1.0
STEEP = 40.0
MOST_PAIRS = 2000


class Nearness:
    """Ranks entries by their nearest phrasing; implements Meaning.

    Encoders differ in what likeness is much: one gives .6 to strangers, another .1. So a logistic curve is
    fitted to the entries: a phrasing and its nearest sister are alike, it and its nearest stranger are not.
    """

    limits = Limits(answer=0.7, margin=0.25, suggest=0.35)

    def __init__(self, entries: Sequence[Entry], encoder: SentenceEncoder) -> None:
        self._ids = [entry.id for entry in entries]
        self._encoder = encoder
        self._vectors = encoder.vectors([phrasing for entry in entries for phrasing in entry.q])
        self._starts = np.cumsum([0, *(len(entry.q) for entry in entries)])
        self._slope, self._middle = _curve(*_pairs(self._vectors, self._starts))

    def ranked(self, text: str) -> Sequence[tuple[str, float]]:
        """Ids with the probability that a phrasing as near as theirs means the same, best first."""
        likeness = self._vectors @ self._encoder.reading(text).whole
        nearest = np.maximum.reduceat(likeness, self._starts[:-1])
        chances = 1 / (1 + np.exp(-self._slope * (nearest - self._middle)))
        return [(self._ids[place], float(chances[place])) for place in np.argsort(-nearest, kind="stable")]


def _pairs(vectors: Floats, starts: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Likeness of phrasings to their nearest sister, and to their nearest stranger."""
    found = [_near_and_far(vectors, *bounds) for bounds in _evenly(starts)]
    alike = [pair for sisters, _ in found for pair in sisters]
    other = [pair for _, strangers in found for pair in strangers]
    return np.array(alike, dtype=np.float32), np.array(other, dtype=np.float32)


def _evenly(starts: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Bounds of entries, of every so many where they are too many."""
    step = max(1, int(starts[-1]) // MOST_PAIRS)
    yield from list(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))[::step]


def _near_and_far(vectors: Floats, first: int, after: int) -> tuple[list[float], list[float]]:
    likeness = vectors[first:after] @ vectors.T
    own = likeness[:, first:after].copy()
    np.fill_diagonal(own, -1)
    likeness[:, first:after] = -1
    sisters = own.max(1).tolist() if after - first > 1 else []
    strangers = likeness.max(1).tolist() if likeness.shape[1] > after - first else []
    return sisters, strangers


def _curve(alike: Floats, other: Floats) -> tuple[float, float]:
    """Slope and middle of the logistic curve; without sisters the middle is halfway to the same."""
    if not len(alike) or not len(other):
        between = (float(np.median(other)) + 1) / 2 if len(other) else 0.8
        return STEEP, between
    values = np.concatenate((alike, other)).astype(float)
    wanted = np.concatenate((np.ones(len(alike)), np.zeros(len(other))))
    middle = (float(np.median(alike)) + float(np.median(other))) / 2
    slope, shift = STEEP / 2, 0.0
    for _ in range(STEPS):
        slope, shift = _newton(values - middle, wanted, slope, shift)
    slope = float(np.clip(slope, STEEP / 8, STEEP * 2))
    return slope, float(np.clip(middle - shift / slope, values.min(), 1.0))


def _newton(
    values: NDArray[np.float64], wanted: NDArray[np.float64], slope: float, shift: float
) -> tuple[float, float]:
    """One step of logistic regression, held near the start by a ridge."""
    chances = 1 / (1 + np.exp(-np.clip(slope * values + shift, -30, 30)))
    design = np.stack((values, np.ones_like(values)), 1)
    weight = chances * (1 - chances)
    gradient = design.T @ (wanted - chances) - RIDGE * np.array([(slope - STEEP / 2) / STEEP**2, shift])
    curvature = (design * weight[:, None]).T @ design + RIDGE * np.diag([1 / STEEP**2, 1.0])
    step = np.linalg.solve(curvature, gradient)
    return slope + float(np.clip(step[0], -10, 10)), shift + float(np.clip(step[1], -5, 5))
