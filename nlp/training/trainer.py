"""Training from files to a model folder: what `tuanbot train` does."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import AutoTokenizer

from nlp.classifier import Classifier, classifier
from nlp.training import card, lines
from nlp.training.corpus import texts
from nlp.training.export import export
from nlp.training.fitting import Plan, fit
from nlp.training.lines import Line
from nlp.training.measures import Figures, figures
from nlp.training.network import CharacterBert, Checkpoint, Network
from nlp.training.pretraining import pretrain
from nlp.training.tokens import characters, limited

_RARE = 2
_MANY = 2000
"""Training lines from which characters that stand once tell nothing."""
_HELD_OUT = 0.1
_CHECKPOINT_RATE = 4e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """From nothing, or from the checkpoint `base`; `language` is the epochs of guessing characters first."""

    base: str = ""
    language: int = 3
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
    if not recipe.base:
        torch.set_num_threads(1)  # so small a network is slower with more where others use the processor
    network, tokenizer = start(learnt, names, recipe)
    plan = recipe.plan
    if recipe.base:
        plan = replace(plan, rate=_CHECKPOINT_RATE, lost_character=0.0)
    fitted = fit(network, tokenizer, names=names, train=learnt, dev=dev, plan=plan)
    export(fitted.network, tokenizer, names, out, _about(recipe, learnt))
    classifier.cache_clear()
    model = classifier(str(out))
    reached = figures([label for label, _ in model.best([line.text for line in dev])], dev)
    card.write(out, learnt=learnt, dev=dev, figures=reached, history=fitted.history, base=recipe.base)
    return Trained(classifier=model, figures=reached, history=fitted.history)


def start(learnt: Sequence[Line], names: Sequence[str], recipe: Recipe) -> tuple[Network, Tokenizer]:
    """The network before it sees a label: a checkpoint, or one that has read what was written here."""
    if recipe.base:
        tokenizer: Any = AutoTokenizer.from_pretrained(recipe.base)
        return Checkpoint(recipe.base, len(names)), limited(tokenizer.backend_tokenizer)
    written = [line.text for line in learnt]
    read = [*texts(), *{line.text.lower(): None for line in learnt}] if recipe.language else []
    rare = _RARE if len({line.source or line.text for line in learnt}) >= _MANY else 1
    tokens = characters([*written, *read], rare=rare)
    vocabulary = dict(sorted(tokens.get_vocab().items(), key=lambda pair: pair[1]))
    network = CharacterBert(vocabulary, len(names))
    if recipe.language:
        sample = Random(recipe.plan.seed).sample(read, min(len(read), _MOST_READ))
        pretrain(network, tokens, sample, epochs=recipe.language, seed=recipe.plan.seed)
    return network, tokens


_MOST_READ = 40_000


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
        "base": recipe.base or "character-bert",
        "lines": len(learnt),
        "seed": recipe.plan.seed,
        "language_epochs": recipe.language,
    }
