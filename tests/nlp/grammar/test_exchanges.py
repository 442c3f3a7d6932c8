"""Exchanges: what gives way to what, how many of each, and which were only named."""

import pytest

from bot.understanding import Booked, Focus
from tests.nlp.grammar.shop import booked

_TWO_INKS = {"own_order": {"E": 2}, "focus": Focus(skus=("E",))}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁不要了,换成毛笔", ["swap E>F"]),
        ("墨汁取消 换成毛笔3盒", ["swap E>F 3"]),
        ("墨汁退了 改要花茶", ["swap E>D"]),
        ("不要墨汁了 换花茶", ["swap E>D"]),
        ("我的墨汁想换成花茶", ["swap E>D"]),
        ("墨汁换花茶 一罐就中", ["swap E>D 1"]),
        ("2瓶墨汁换成1瓶墨汁1罐花茶", ["set E 1", "add D 1"]),
        ("墨汁家里有 不要了", ["drop E"]),
    ],
)
def test_what_was_given_up_is_exchanged_for_what_comes(text: str, changes: list[str]) -> None:
    assert booked(text, **_TWO_INKS) == changes


def test_all_that_are_named_are_exchanged() -> None:
    own = {"D": 1, "E": 2}
    assert booked("墨汁花茶都换成毛笔", own_order=own) == ["swap E>F", "swap D>F"]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("还是小号吧", ["swap A>B"]),
        ("应该是小号", ["swap A>B"]),
        ("本子不要大号了 要小号", ["swap A>B"]),
        ("大本子换小的", ["swap A>B"]),
        ("两本大号换成一大一小", ["set A 1", "add B 1"]),
        ("大号改成大号小号各一本", ["set A 1", "add B 1"]),
    ],
)
def test_specs_are_exchanged_within_what_was_ordered(text: str, changes: list[str]) -> None:
    assert booked(text, own_order={"A": 2}, focus=Focus(skus=("A",))) == changes


@pytest.mark.parametrize("text", ["还是小号吧", "应该是小号"])
def test_who_ordered_nothing_like_it_exchanges_nothing(text: str) -> None:
    assert booked(text, **_TWO_INKS) == []


def test_the_wrong_goods_give_way_to_the_right_ones() -> None:
    last = Booked(message_id="m1", member=1, lines={"E": 2})
    assert booked("说错了 是花茶", own_last=last, **_TWO_INKS) == ["swap E>D"]
    assert booked("啊不 是花茶3罐", own_last=last, **_TWO_INKS) == ["swap E>D 3"]
    assert booked("啊不 是墨汁3瓶", own_last=last, **_TWO_INKS) == ["set E 3"]
