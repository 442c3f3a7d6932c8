"""The shipped FAQ model from nothing: `python -m nlp.training.faq_model`.

Encoder, export, background and ranker, one after the other; an hour and a half on two cores.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from nlp.encoder import SHIPPED
from nlp.training.encoder_export import export


def main() -> None:
    """Train into a temporary folder, then write what is shipped into --out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        first, second = Path(folder) / "first", Path(folder) / "second"
        _run("encoder", "--trial", "--out", first, "--language", "250", "--steps", "600")
        _run("encoder", "--trial", "--out", second, "--start", first, "--language", "0", "--steps", "900")
        export(second, given.out)
        _run("ranker", "--encoder", given.out, "--out", given.out)


def _run(module: str, *arguments: str | Path) -> None:
    """Each part in a process of its own, which gives its memory back."""
    command: Sequence[str] = [sys.executable, "-m", f"nlp.training.{module}", *map(str, arguments)]
    subprocess.run(command, check=True)  # noqa: S603  # our own modules with our own arguments


if __name__ == "__main__":
    main()
