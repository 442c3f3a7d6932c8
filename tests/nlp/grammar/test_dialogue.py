"""What is taken up from the talk, told behind an order, or said in the words of a region."""

from typing import Any

import pytest

from bot.understanding import Booked, Focus
from tests.nlp.grammar.shop import booked

QUOTED = Booked(message_id="m1", member=2, lines={"E": 2, "F": 1})


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("再跟我加一瓶墨之", ["add E 1"]),
        ("来两罐末里花茶", ["add D 2"]),
        ("要一瓶莫知", ["add E 1"]),
        ("墨汁三瓶毛笔么一盒好了谢谢你哦囡囡", ["add E 3", "add F 1"]),
        ("有么帮我留两瓶墨汁", ["add E 2"]),
        ("对门刘婆婆喊我跟她带一瓶墨汁她眼睛看不清", ["add E 1"]),
        ("同事托我带两盒毛笔说上次没买够", ["add F 2"]),
        ("毛笔拿两盒晚上我叫老头子来取", ["add F 2"]),
        ("要三瓶墨汁回去写春联", ["add E 3"]),
        ("空出来的那盒毛笔给我", ["add F 1"]),
    ],
)
def test_orders_in_free_words(text: str, changes: list[str]) -> None:
    assert booked(text) == changes


@pytest.mark.parametrize(
    "text",
    [
        "她上次喊我给她带一瓶墨汁结果漏了一半",
        "我婆婆昨天让我带的两盒毛笔都掉毛",
        "墨汁写字好看么",
        "我想学猫比划两下",
        "那盒给我老公拿走了",
        "要两瓶墨汁他家够吗",
    ],
)
def test_talk(text: str) -> None:
    assert booked(text, focus=Focus(skus=("E",))) == []


@pytest.mark.parametrize(
    ("text", "situation", "changes"),
    [
        ("那2瓶我包圆了", {"focus": Focus(skus=("E",))}, ["add E 2"]),
        ("楼上这个加我一盒", {"recent": (Booked(message_id="m", member=2, lines={"F": 2}),)}, ["add F 1"]),
        ("大号的要两本", {"own_order": {"E": 1}}, ["add A 2"]),
    ],
)
def test_taken_up(text: str, situation: dict[str, Any], changes: list[str]) -> None:
    assert booked(text, **situation) == changes
