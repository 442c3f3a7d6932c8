"""The labelled chats hold what was reached: floors about two points below what was measured last.

Where a family has few cases of a figure, the floor leaves room for one of them. Raise a floor when a family
has come to stay above it: c and d are free language that the grammar still grows into.
"""

from collections.abc import Mapping

import pytest

from bot.evaluation import FIGURES, LOWER_IS_BETTER
from tests.chats.families import scenarios, score_of

FLOORS: Mapping[str, Mapping[str, float]] = {
    "a": {
        "intent": 97.0,
        "orders exact": 97.0,
        "false effect": 1.0,
        "final book": 97.0,
        "clarify": 97.5,
        "silence": 98.0,
        "answered": 97.0,
        "command": 98.0,
        "faq": 84.0,
    },
    "b": {
        "intent": 96.5,
        "orders exact": 98.0,
        "false effect": 1.0,
        "final book": 98.0,
        "clarify": 97.5,
        "silence": 98.0,
        "answered": 97.0,
        "command": 98.0,
        "faq": 80.0,
    },
    "c": {
        "intent": 97.0,
        "orders exact": 95.5,
        "false effect": 1.0,
        "final book": 97.0,
        "clarify": 96.5,
        "silence": 98.0,
        "answered": 97.5,
        "command": 97.0,
        "faq": 90.0,
    },
    "d": {
        "intent": 94.5,
        "orders exact": 90.0,
        "false effect": 1.0,
        "final book": 91.5,
        "clarify": 96.0,
        "silence": 91.0,
        "answered": 96.0,
        "command": 95.0,
        "faq": 78.0,
    },
    "e": {
        "intent": 97.0,
        "orders exact": 95.5,
        "false effect": 1.5,
        "final book": 94.0,
        "clarify": 98.0,
        "silence": 97.0,
        "answered": 97.5,
        "command": 98.0,
        "faq": 94.5,
    },
    "f": {
        "intent": 97.0,
        "orders exact": 96.5,
        "false effect": 1.0,
        "final book": 96.5,
        "clarify": 96.5,
        "silence": 96.5,
        "answered": 97.5,
        "command": 95.5,
        "faq": 97.0,
    },
    "g": {
        "intent": 96.5,
        "orders exact": 98.0,
        "false effect": 1.0,
        "final book": 98.0,
        "clarify": 96.5,
        "silence": 97.0,
        "answered": 97.5,
        "command": 98.0,
        "faq": 82.0,
    },
    "h": {
        "intent": 94.5,
        "orders exact": 97.5,
        "false effect": 1.0,
        "final book": 97.5,
        "clarify": 97.5,
        "silence": 95.5,
        "answered": 95.5,
        "command": 95.0,
        "faq": 79.5,
    },
    "k": {
        "intent": 92.5,
        "orders exact": 89.5,
        "false effect": 1.0,
        "final book": 89.0,
        "clarify": 94.0,
        "silence": 97.5,
        "answered": 94.5,
        "command": 94.5,
        "faq": 80.0,
    },
    "p": {
        "intent": 90.5,
        "orders exact": 79.0,
        "false effect": 2.0,
        "final book": 80.0,
        "clarify": 93.0,
        "silence": 97.5,
        "answered": 91.0,
        "command": 96.5,
        "faq": 72.0,
    },
    "n": {
        "intent": 93.0,
        "orders exact": 93.0,
        "false effect": 1.6,
        "final book": 93.5,
        "clarify": 97.0,
        "silence": 92.5,
        "answered": 94.0,
        "command": 97.5,
        "faq": 74.0,
    },
    "o": {
        "intent": 90.5,
        "orders exact": 94.5,
        "false effect": 1.0,
        "final book": 95.0,
        "clarify": 96.0,
        "silence": 88.5,
        "answered": 94.0,
        "command": 93.0,
        "faq": 76.5,
    },
    "q": {
        "intent": 95.0,
        "orders exact": 96.0,
        "false effect": 2.5,
        "final book": 91.5,
        "clarify": 96.0,
        "silence": 96.0,
        "answered": 97.0,
        "command": 96.0,
        "faq": 96.0,
    },
}
"""Per cent by family; of a figure where lower is better, the ceiling."""


@pytest.mark.parametrize("family", FLOORS)
async def test_a_family_holds_its_floors(family: str) -> None:
    score = await score_of(scenarios(family))
    reached = {figure: score.share(figure) for figure in FIGURES}
    fallen = {
        figure: f"{share} against {floor}"
        for figure, floor in FLOORS[family].items()
        if (share := reached[figure]) is None
        or (share > floor if figure in LOWER_IS_BETTER else share < floor)
    }
    assert not fallen, "\n".join(score.misses)


def test_every_scenario_belongs_to_a_family_and_every_figure_has_a_floor() -> None:
    assert sum(len(scenarios(family)) for family in FLOORS) == len(scenarios(""))
    assert all(set(floors) == set(FIGURES) for floors in FLOORS.values())
