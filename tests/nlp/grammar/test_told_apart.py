"""Goods told by units, codes run together, colours and what is left of a name; counts that count nothing."""

import pytest

from bot.understanding import Booked, Focus
from shop.catalogue import Catalogue
from tests.nlp.grammar.shop import booked, reading, sku_of

STALL = Catalogue(
    skus=(
        sku_of("A", "签字笔", "红色", (), "支"),
        sku_of("B", "签字笔", "黑色", (), "支"),
        sku_of("C", "3M胶带", "", (), "卷"),
        sku_of("D", "茶籽油", "", (), "桶", weight=5),
        sku_of("E", "葵花油", "", (), "桶", weight=5),
        sku_of("F", "棉睡衣", "110码", ("睡衣",), "件"),
        sku_of("G", "棉睡衣", "130码", ("睡衣",), "件"),
        sku_of("H", "空心菜", "", (), "捆"),
        sku_of("I", "丝瓜", "", (), "箱"),
        sku_of("J", "番薯", "大袋10斤", (), "袋", weight=10),
        sku_of("K", "番薯", "小袋5斤", (), "袋", weight=5),
        sku_of("L", "纯牛奶", "12盒一提", (), "提"),
    )
)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("AC各2", ["add A 2", "add C 2"]),
        ("hil各来一份", ["add H 1", "add I 1", "add L 1"]),
        ("红笔黑笔各3支", ["add A 3", "add B 3"]),
        ("3M的来两卷", ["add C 2"]),
        ("睡衣一百三的来一件", ["add G 1"]),
        ("睡衣要一件 一米一的", ["add F 1"]),
        ("番薯5斤", ["add K 1"]),
        ("纯牛奶要12盒一提的来两提", ["add L 2"]),
        ("牛奶一提 丝瓜一箱", ["add L 1", "add I 1"]),
        ("有3箱丝瓜的话给我留着", ["add I 3"]),
        ("丝瓜给我扣一箱", ["add I 1"]),
        ("丝瓜给我搁里头一箱", ["add I 1"]),
        ("我七十了咬不动 丝瓜来一箱", ["add I 1"]),
    ],
)
def test_goods_are_told_apart(text: str, changes: list[str]) -> None:
    assert booked(text, catalogue=STALL) == changes


def test_each_but_one() -> None:
    spread = booked("每样来一份 番薯就算了 家里有", catalogue=STALL)
    assert {one.split()[1] for one in spread if one.startswith("add")} == set("ABCDEFGHIL")


SHOES = Catalogue(
    skus=(
        sku_of("A", "棉拖鞋", "36-37码", ("拖鞋",), "双"),
        sku_of("B", "棉拖鞋", "38-39码", ("拖鞋",), "双"),
        sku_of("C", "雨靴", "40-41码", (), "双"),
    )
)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("拖鞋38-39的", ["add B 1"]),
        ("38-39的来两双", ["add B 2"]),
        ("拖鞋37的一双", ["add A 1"]),
        ("拖鞋38到39码的来一双", ["add B 1"]),
        ("雨靴40-41一双", ["add C 1"]),
    ],
)
def test_two_sizes_that_are_one_count_nothing(text: str, changes: list[str]) -> None:
    assert booked(text, catalogue=SHOES) == changes


def test_as_many_as_were_ordered_of_whatever_size_are_given_up() -> None:
    held = {"A": 1, "B": 1}
    assert booked("我那两双拖鞋都退了吧", catalogue=SHOES, own_order=held) == ["drop A", "drop B"]


@pytest.mark.parametrize(
    ("text", "sku"), [("来一箱", "I"), ("那也给我来一箱", "I"), ("来一捆", "H"), ("再来两捆", "H")]
)
def test_the_unit_names_what_is_sold_so(text: str, sku: str) -> None:
    talk = Focus(skus=("C",))
    assert [change.sku for change in reading(text, catalogue=STALL, focus=talk).changes] == [sku]


def test_the_last_character_of_two_names_is_asked_about() -> None:
    found = reading("给我来桶油", catalogue=STALL)
    assert not found.changes
    assert {choice.changes[0].sku for choice in found.unclear[0].choices} == {"D", "E"}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("130的退一件改成110的", ["swap G 1>F"]),
        ("丝瓜减一箱,换捆空心菜", ["subtract I 1", "add H 1"]),
        ("丝瓜别记了 家里送来一大堆", ["drop I"]),
        ("丝瓜算球了", ["drop I"]),
    ],
)
def test_what_was_ordered_changes(text: str, changes: list[str]) -> None:
    assert booked(text, catalogue=STALL, own_order={"G": 3, "I": 2}) == changes


def test_the_same_but_so_many() -> None:
    before = (Booked(message_id="m1", member=2, lines={"I": 3}),)
    assert booked("同上,我只要一箱", catalogue=STALL, recent=before, own_order={"C": 1}) == ["add I 1"]


@pytest.mark.parametrize("text", ["那你订10斤番薯是喂猪呀", "你家囤20箱丝瓜干啥"])
def test_what_somebody_else_wants(text: str) -> None:
    assert not booked(text, catalogue=STALL)


def test_a_count_before_the_next_code() -> None:
    numbered = Catalogue(
        skus=tuple(sku_of(str(code), name, "", (), "份") for code, name in enumerate("甲乙丙丁戊", 1))
    )
    assert booked("3号再来1 5号不要了", catalogue=numbered, own_order={"3": 2, "5": 1}) == [
        "add 3 1",
        "drop 5",
    ]
    assert booked("要1、3、5号各一份", catalogue=numbered) == ["add 1 1", "add 3 1", "add 5 1"]
