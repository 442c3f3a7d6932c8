"""The ranker's weights and limits, learnt on from the shipped ones with an operator's labelled questions."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nlp import encoder as encoders
from nlp.encoder import SHIPPED
from nlp.faq.background import Background, Floats
from nlp.faq.entries import Entry
from nlp.faq.ranker import Weights
from nlp.faq.shipped import BACKGROUND, RANKER
from nlp.training.ranker import Example, best_limits, examples, fit, outcome
from nlp.training.ranker_trial import Trial

FOLDS = 5


def tuned(entries: Sequence[Entry], labelled: Sequence[tuple[str, str | None]], out: Path) -> str:
    """Write ranker.json into `out`; returns before and after, each fifth judged by what the others taught."""
    numbers = {entry.id: number for number, entry in enumerate(entries)}
    asked = tuple((text, numbers.get(name, -1) if name else -1) for text, name in labelled)
    known = Background.load(SHIPPED / BACKGROUND)
    found = examples([Trial(entries=tuple(entries), asked=asked)], encoders.shipped(), known)
    shipped = Weights.load(SHIPPED / RANKER)
    judged = [pair for fold in range(FOLDS) for pair in _judged(found, fold, shipped)]
    limits = best_limits(judged)
    out.mkdir(parents=True, exist_ok=True)
    replace(_taught(found, shipped), limits=limits).save(out / RANKER)
    before = outcome([(shipped.chances(one.features), one.answer) for one in found], shipped.limits)
    return f"原来 {before}\n现在 {outcome(judged, limits)}\n门槛 {limits}"


def _judged(found: Sequence[Example], fold: int, shipped: Weights) -> list[tuple[Floats, int]]:
    taught = _taught([one for number, one in enumerate(found) if number % FOLDS != fold], shipped)
    return [(taught.chances(one.features), one.answer) for one in found[fold::FOLDS]]


def _taught(found: Sequence[Example], shipped: Weights) -> Weights:
    return fit(found, epochs=15, start=shipped)
