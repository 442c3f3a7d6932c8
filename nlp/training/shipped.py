"""The model in the package, from the written lines to its folder, in one go."""

from pathlib import Path

from nlp.classifier import SHIPPED
from nlp.training.corpus import build
from nlp.training.fitting import Plan
from nlp.training.trainer import Recipe, Trained, train_lines

RECIPE = Recipe(plan=Plan(epochs=16))
"""How the model in the package was made."""


def make(out: Path | None = None, recipe: Recipe = RECIPE) -> Trained:
    """Build the corpus, train on it, write model and card: into the package when no other folder is named."""
    corpus = build()
    return train_lines(corpus.train, corpus.dev, out or SHIPPED, recipe)
