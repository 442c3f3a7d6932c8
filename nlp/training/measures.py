"""How good a model is on labelled lines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.training.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFigures:
    """Of one label: lines that have it, share of what was said that is right, share of the lines found."""

    label: str
    lines: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both shares."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of a whole set: share of right answers, and each label's figures."""

    accuracy: float
    labels: tuple[LabelFigures, ...]

    @property
    def macro_f1(self) -> float:
        """The mean F1 over the labels that lines have."""
        with_lines = [figures.f1 for figures in self.labels if figures.lines]
        return sum(with_lines) / len(with_lines) if with_lines else 0.0


def figures(said: Sequence[str], lines: Sequence[Line]) -> Figures:
    """Compare what was said with the labels, line by line."""
    pairs = list(zip(said, (line.intent for line in lines), strict=True))
    right = sum(one == wanted for one, wanted in pairs)
    return Figures(accuracy=right / max(len(pairs), 1), labels=tuple(_labels(pairs)))


def _labels(pairs: Sequence[tuple[str, str]]) -> Iterator[LabelFigures]:
    answered, wanted = Counter(one for one, _ in pairs), Counter(one for _, one in pairs)
    right = Counter(one for one, other in pairs if one == other)
    for label in sorted({*answered, *wanted}):
        yield LabelFigures(
            label=label,
            lines=wanted[label],
            precision=right[label] / answered[label] if answered[label] else 0.0,
            recall=right[label] / wanted[label] if wanted[label] else 0.0,
        )
