"""What is said again of an order: counts put right, sums, what is held beside what is taken off, shares."""

import pytest

from bot.understanding import Booked, Focus
from tests.nlp.grammar.shop import booked

HELD = {"E": 4, "C": 2}
LAST = Booked(message_id="m1", member=1, lines={"E": 4})


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("打错了 是3", ["set E 3"]),
        ("写错了 3瓶", ["set E 3"]),
        ("哦不 柜子塞不下 两瓶就够", ["set E 2"]),
        ("啊不 五瓶", ["set E 5"]),
        ("改主意了 要两瓶", ["set E 2"]),
        ("刚刚数漏了老板 要5瓶", ["set E 5"]),
        ("刚才少算了老太太 墨汁得五瓶才够分", ["set E 5"]),
        ("我三瓶够了", ["set E 3"]),
        ("墨汁给我加到六瓶 过年写对子", ["set E 6"]),
        ("帮我减到三瓶", ["set E 3"]),
        ("墨汁四瓶,请减去一瓶", ["subtract E 1"]),
        ("我那四瓶墨汁减掉一瓶 家里翻出来一瓶", ["subtract E 1"]),
        ("墨汁四瓶改两瓶", ["set E 2"]),
        ("墨汁留一瓶 另外三瓶不要了", ["subtract E 3"]),
        ("墨汁我让三瓶出来 自己留一瓶", ["subtract E 3", "set E 1"]),
        ("墨汁退三瓶 剩一瓶慢慢用", ["subtract E 3"]),
        ("搞反了 墨汁两瓶 乌龙茶四袋", ["set E 2", "set C 4"]),
    ],
)
def test_a_count_of_what_is_held_is_no_further_order(text: str, changes: list[str]) -> None:
    assert booked(text, own_order=HELD, own_last=LAST, focus=Focus(skus=("E",))) == changes


def test_what_was_added_wrong_is_added_right() -> None:
    last = Booked(message_id="m1", member=1, lines={"E": 1})
    found = booked("啊呀讲错了 添两瓶", own_order={"E": 4}, own_last=last, focus=Focus(skus=("E",)))
    assert found == ["set E 5"]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("我那四瓶墨汁里换一瓶成毛笔", ["swap E 1>F"]),
        ("四瓶墨汁里拿一瓶换毛笔", ["swap E 1>F"]),
        ("墨汁那四瓶 匀出两瓶换成花茶", ["swap E 2>D"]),
        ("墨汁换一瓶成花茶", ["swap E 1>D"]),
        ("墨汁四瓶换成花茶", ["swap E 4>D"]),
    ],
)
def test_some_of_what_is_held_is_swapped(text: str, changes: list[str]) -> None:
    assert booked(text, own_order=HELD) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁帮我妈带两瓶 我自己也来一瓶", ["add E 2", "add E 1"]),
        ("墨汁三瓶 我妈两瓶 我一瓶", ["add E 3"]),
        ("墨汁两瓶 一瓶放店里", ["add E 2"]),
        ("那墨汁先等等 给家里拿三罐花茶", ["add D 3"]),
        ("墨汁来两瓶 毛笔拿一盒", ["add E 2", "add F 1"]),
    ],
)
def test_shares_are_one_order(text: str, changes: list[str]) -> None:
    assert booked(text) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("五瓶墨汁哦不六瓶", ["add E 6"]),
        ("墨汁五瓶 哦不六瓶 我妈也要写", ["add E 6"]),
        ("先拿一瓶给小囡写字", ["add E 1"]),
        ("不过一瓶就够了", ["add E 1"]),
        ("这瓶给我", ["add E 1"]),
    ],
)
def test_of_the_goods_spoken_of(text: str, changes: list[str]) -> None:
    assert booked(text, focus=Focus(skus=("E",))) == changes
