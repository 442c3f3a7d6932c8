"""The learning curve of the shipped recipe: its network, its n-grams and both together, on the same lines.

`python -m nlp.training.comparison CHATS...` trains them on a quarter, a half and all of the written lines,
measures them on the held-out lines and on the labelled chats, and puts the table into the shipped card.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nlp.classifier import SHIPPED, Classifier, classifier
from nlp.training import chats, linear
from nlp.training.chats import ChatLine
from nlp.training.corpus import Corpus, build
from nlp.training.shipped import RECIPE
from nlp.training.trainer import train_lines

_SHARES = (0.25, 0.5, 1.0)
_TITLE = "## Network and n-grams"

Predict = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Shares of right answers of one model that learned from a share of the written lines."""

    model: str
    share: float
    held_out: float
    chats: tuple[float, ...]


def main(folders: Sequence[Path]) -> None:
    """Measure, and write the section into the card of the shipped model."""
    tests = [chats.read([folder]) for folder in folders]
    rows = [row for share in _SHARES for row in _rows(share, tests)]
    card = SHIPPED / "card.md"
    before = card.read_text(encoding="utf-8").split(_TITLE)[0].rstrip()
    names = [folder.name if folder.name != "chats" else folder.parent.name for folder in folders]
    card.write_text(f"{before}\n\n{_section(rows, names, tests)}\n", encoding="utf-8")


def _rows(share: float, tests: Sequence[Sequence[ChatLine]]) -> Iterator[Row]:
    corpus = build(share=share)
    yield _row("all n-grams", share, corpus, linear.fit(corpus.train).predict, tests)
    if share == 1.0:
        model = classifier(str(SHIPPED))
    else:
        with tempfile.TemporaryDirectory() as folder:
            model = train_lines(corpus.train, corpus.dev, Path(folder), RECIPE).classifier
    if model.ngrams is not None:
        words = replace(model, logits=model.ngrams.logits, ngrams=None)
        yield _row("n-grams that are kept", share, corpus, _predict(words), tests)
    yield _row("network", share, corpus, _predict(replace(model, ngrams=None)), tests)
    yield _row("both", share, corpus, _predict(model), tests)


def _predict(model: Classifier) -> Predict:
    return lambda texts: [label for label, _ in model.best(texts)]


def _row(
    model: str, share: float, corpus: Corpus, predict: Predict, tests: Sequence[Sequence[ChatLine]]
) -> Row:
    said = predict([line.text for line in corpus.dev])
    held_out = [
        ChatLine(text=line.text, intents=frozenset({line.intent.partition(".")[0]})) for line in corpus.dev
    ]
    measured = tuple(chats.right(predict([line.text for line in test]), test) for test in tests)
    return Row(model=model, share=share, held_out=chats.right(said, held_out), chats=measured)


def _section(rows: Sequence[Row], names: Sequence[str], tests: Sequence[Sequence[ChatLine]]) -> str:
    sets = [f"{name} ({len(test)} messages)" for name, test in zip(names, tests, strict=True)]
    lines = [
        f"| {row.model} | {row.share:.0%} | {row.held_out:.1%} | "
        + " | ".join(f"{share:.1%}" for share in row.chats)
        + " |"
        for row in rows
    ]
    return "\n".join(
        [
            f"{_TITLE}\n",
            "Right intents, commands counted as one, each model alone, without rules. The chats are",
            "other people's words and were never learned from; solitaire lists are left out.\n",
            f"| model | of the written lines | held-out lines | {' | '.join(sets)} |",
            "|---|---:|---:|" + "---:|" * len(sets),
            *lines,
        ]
    )


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
