"""Corrections within a message and of the one before, what is too much, what is given out, bare specs."""

from dataclasses import replace

import pytest

from bot.understanding import Booked, Focus
from shop.catalogue import Catalogue
from tests.nlp.grammar.shop import booked, catalogue


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁来一瓶 不对 来两瓶", ["add E 2"]),
        ("墨汁一瓶不对三瓶", ["add E 3"]),
        ("墨汁一瓶 打错了 毛笔一盒", ["add F 1"]),
        ("墨汁两瓶 说错了 三瓶 再要毛笔一盒", ["add E 3", "add F 1"]),
    ],
)
def test_a_wish_said_wrong_gives_way_to_the_next(text: str, changes: list[str]) -> None:
    assert booked(text) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁要多了 一瓶就够", ["set E 1"]),
        ("墨汁不用那么多,留2瓶就行", ["set E 2"]),
        ("墨汁太多了 去两瓶", ["subtract E 2"]),
        ("墨汁刚才说三瓶 搞四瓶算了", ["set E 4"]),
        ("墨汁匀一瓶出来,我2瓶", ["set E 2"]),
        ("墨汁先拿掉 柜子放不下", ["drop E"]),
    ],
)
def test_what_was_too_much_or_is_settled_for(text: str, changes: list[str]) -> None:
    assert booked(text, own_order={"E": 3}, focus=Focus(skus=("E",))) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁写多了 2瓶", ["set E 2"]),
        ("墨汁应该是2瓶", ["set E 2"]),
        ("应该是两瓶", ["set E 2"]),
        ("我说的是墨汁2瓶", ["set E 2"]),
        ("墨汁不用3瓶 2瓶就行", ["set E 2"]),
        ("墨汁2瓶 别3瓶了", ["set E 2"]),
        ("墨汁留2瓶就够了", ["set E 2"]),
        ("墨汁2瓶就够 多的退掉", ["set E 2"]),
        ("一瓶就好", ["set E 1"]),
        ("帮我把墨汁去了", ["drop E"]),
        ("刚那个再加一瓶", ["add E 1"]),
    ],
)
def test_how_many_it_should_be(text: str, changes: list[str]) -> None:
    assert booked(text, own_order={"E": 3}, focus=Focus(skus=("E",))) == changes


@pytest.mark.parametrize("text", ["墨汁应该是2瓶吧?", "不用3个人", "我说的是你", "等下"])
def test_what_only_sounds_like_a_correction(text: str) -> None:
    assert booked(text, own_order={"E": 3}, focus=Focus(skus=("E",))) == []


def test_waiting_puts_right_what_was_ordered_just_now() -> None:
    last = Booked(message_id="m1", member=1, lines={"A": 3})
    assert booked("等下 本子2本", own_order={"A": 3}, own_last=last) == ["set A 2"]
    assert booked("等下 再来2瓶墨汁", own_order={"A": 3}, own_last=last) == ["add E 2"]
    assert booked("等下 墨汁2瓶", own_order={"A": 3}, own_last=last) == ["add E 2"]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("只留墨汁", ["drop F"]),
        ("全都少一份", ["subtract E 1", "subtract F 1"]),
        ("只留2瓶墨汁", ["set E 2"]),
    ],
)
def test_of_several_some_are_kept_or_all_made_fewer(text: str, changes: list[str]) -> None:
    assert booked(text, own_order={"E": 3, "F": 2}) == changes


def test_a_correction_is_of_the_message_before_and_not_of_the_whole_order() -> None:
    last = Booked(message_id="m1", member=1, lines={"E": 2})
    assert booked("不对 她说三瓶", own_order={"E": 5}, own_last=last, focus=Focus(skus=("E",))) == ["set E 6"]


@pytest.mark.parametrize("text", ["一瓶是对门的 一瓶给我妹 自己就留一瓶", "哦半斤一瓶的啊"])
def test_whose_they_are_and_what_one_holds_orders_nothing(text: str) -> None:
    assert booked(text, own_order={"E": 3}, focus=Focus(skus=("E",))) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("本子28的来一本", ["add A 1"]),
        ("那就36", ["add B 1"]),
        ("28换36", ["swap A>B"]),
        ("本子36和28各一本", ["add B 1", "add A 1"]),
    ],
)
def test_a_number_that_only_specs_differ_in_names_one(text: str, changes: list[str]) -> None:
    shop = catalogue()
    skus = (replace(shop["A"], spec="28码"), replace(shop["B"], spec="36码"))
    focus = Focus(skus=("A", "B"))
    own = {"A": 1} if "换" in text else {}
    assert booked(text, catalogue=Catalogue(skus=skus), focus=focus, own_order=own) == changes


def test_the_character_in_which_specs_differ_names_one() -> None:
    shop = catalogue()
    skus = (replace(shop["A"], spec="粉页50张"), replace(shop["B"], spec="蓝页50张"))
    assert booked("本子粉的蓝的各一本", catalogue=Catalogue(skus=skus)) == ["add A 1", "add B 1"]


def test_a_price_set_by_a_member_sets_nothing() -> None:
    assert booked("墨汁改成10块一瓶", own_order={"E": 3}) == []
    assert booked("墨汁改成一块钱", own_order={"E": 3}) == []
