"""跟禾禾妈一样: whose order somebody wants to have, too."""

import pytest

from bot.understanding import Booked
from nlp.grammar.namesakes import of_whom
from tests.nlp.grammar.shop import booked

RECENT = (
    Booked(message_id="m3", member=3, lines={"E": 3}, name="8栋阿黄"),
    Booked(message_id="m2", member=2, lines={"F": 2}, name="🌸禾禾妈🌸"),
    Booked(message_id="m1", member=1, lines={"C": 1, "D": 2}, name="3-502王姐"),
)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("跟禾禾妈一样", ["add F 2"]),
        ("和王姐一样", ["add C 1", "add D 2"]),
        ("同阿黄一样", ["add E 3"]),
        ("跟楼上一样", ["add E 3"]),
        ("同上", ["add E 3"]),
    ],
)
def test_the_order_of_who_is_named(text: str, changes: list[str]) -> None:
    assert booked(text, recent=RECENT) == changes


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("照禾禾妈那个数来", 2),
        ("跟3-502王姐一样", 1),
        ("和大家一样", None),
        ("跟上次一样", None),
        ("墨汁和毛笔各一份", None),
    ],
)
def test_whom_a_text_compares_with(text: str, member: int | None) -> None:
    found = of_whom(text, RECENT)
    assert (found.member if found else None) == member
