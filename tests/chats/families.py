"""Families of labelled chats: all scenarios of one set, replayed and scored together."""

from collections.abc import Iterable
from pathlib import Path

from bot.evaluation import evaluate
from bot.scores import Score

CHATS = Path(__file__).parents[1] / "data" / "chats"


def scenarios(family: str) -> tuple[Path, ...]:
    """The scenario folders whose names begin with the family's letter."""
    return tuple(sorted(CHATS.glob(f"{family}*")))


async def score_of(folders: Iterable[Path]) -> Score:
    """One score of several scenarios."""
    total = Score()
    for folder in folders:
        total.add(await evaluate(folder))
    return total
