"""The card beside a model: what it was made from, what it reached, what it cannot do."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from nlp.ngrams import FILE as NGRAMS
from nlp.training.lines import Line
from nlp.training.measures import Figures
from nlp.training.pretrained import NAME


def write(
    out: Path,
    *,
    learnt: Sequence[Line],
    dev: Sequence[Line],
    figures: Figures,
    history: Sequence[float],
    base: str,
    more: Sequence[str] = (),
) -> None:
    """Write card.md; `more` are sections of the trainer's own, in Markdown."""
    parts = [_head(out, base), _data(learnt, dev), _figures(figures, history), *more]
    (out / "card.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _head(out: Path, base: str) -> str:
    size = (out / "model.onnx").stat().st_size / 1e6
    words = (out / NGRAMS).stat().st_size / 1e6
    start = f"the checkpoint `{base}`" if base else f"three layers of {NAME} (MIT), in its Chinese pieces"
    return (
        "# Intent classifier\n\n"
        f"A network that started from {start}: ONNX with 8-bit weights, {size:.1f} MB.\n"
        f"Beside it a linear model of character n-grams, {words:.1f} MB. Both made by `tuanbot train`\n"
        "from the same lines. Reads one text, the network no more than 72 tokens of it; gives the\n"
        "likelihood of every label, the mean of what both say."
    )


def _data(learnt: Sequence[Line], dev: Sequence[Line]) -> str:
    counts, held = Counter(line.intent for line in learnt), Counter(line.intent for line in dev)
    sources = {line.source or line.text for line in learnt}
    rows = [f"| {label} | {counts[label]:,} | {held[label]:,} |" for label in sorted(counts)]
    return "\n".join(
        [
            "## Data\n",
            f"{len(learnt):,} lines to learn from ({len(sources):,} thoughts), {len(dev):,} held out.\n",
            "| label | learnt | held out |\n|---|---:|---:|",
            *rows,
        ]
    )


def _figures(figures: Figures, history: Sequence[float]) -> str:
    rows = [
        f"| {one.label} | {one.lines} | {one.precision:.1%} | {one.recall:.1%} | {one.f1:.1%} |"
        for one in figures.labels
    ]
    course = ", ".join(f"{reached:.1%}" for reached in history)
    return "\n".join(
        [
            "## Figures on the held-out lines\n",
            f"Right: {figures.accuracy:.1%}; macro F1 {figures.macro_f1:.1%}.\n",
            "| label | lines | precision | recall | F1 |\n|---|---:|---:|---:|---:|",
            *rows,
            f"\nRight by epoch, before export: {course}.",
        ]
    )
