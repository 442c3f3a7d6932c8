"""What is taken up from the talk, told behind an order, or said in the words of a region."""

from dataclasses import replace
from typing import Any

import pytest

from bot.understanding import Booked, Focus
from shop.catalogue import Catalogue
from tests.nlp.grammar.shop import booked, catalogue, reading

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
        ("算了花茶吧 两罐 放3号楼门口就行", ["add D 2"]),
        ("她那边墨汁一瓶 我这边两瓶", ["add E 1", "add E 2"]),
        ("再给我们书法班订十瓶墨汁", ["add E 10"]),
        ("娃他爸说再来一盒毛笔", ["add F 1"]),
        ("本子一个规格来一本", ["add A 1", "add B 1"]),
        ("上次那个花茶好喝这次来两罐", ["add D 2"]),
        ("墨汁便宜啦那我也来一瓶", ["add E 1"]),
        ("E、F各一份", ["add E 1", "add F 1"]),
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
        "下单两瓶墨汁的那个人出来",
        "她让我带两瓶墨汁我没带",
        "一盒毛笔12支",
        "就是跟着要一盒的意思",
        "墨汁买一瓶送一瓶",
        "跟我说两瓶墨汁要五十",
        "老婆说还是老家的好用",
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
        ("跟她一样的来一套", {"quoted": QUOTED}, ["add E 2", "add F 1"]),
        ("这个也给我来一份", {"quoted": QUOTED}, ["add E 2", "add F 1"]),
        ("跟她一样,墨汁只要1瓶", {"quoted": QUOTED}, ["add E 1", "add F 1"]),
        ("墨汁空出一瓶了嘛 那瓶给我", {}, ["add E 1"]),
        ("有人不要的那盒毛笔给我", {}, ["add F 1"]),
        ("那就三罐好了 毛笔拿两盒", {"focus": Focus(skus=("D",))}, ["add D 3", "add F 2"]),
    ],
)
def test_taken_up(text: str, situation: dict[str, Any], changes: list[str]) -> None:
    assert booked(text, **situation) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("墨汁那个 室友又说不要了 我留一瓶就行", ["set E 1"]),
        ("墨汁给我抹掉一瓶 家里塞不下", ["subtract E 1"]),
        ("墨汁三瓶,烦请减去一瓶", ["subtract E 1"]),
        ("老伴说减一瓶墨汁", ["subtract E 1"]),
        ("老公说还是两瓶", ["set E 2"]),
        ("打错了 是2", ["set E 2"]),
        ("墨汁三瓶改两瓶 毛笔一盒改两盒", ["set E 2", "set F 2"]),
        ("汁不要了", ["drop E"]),
        ("我那瓶墨汁给我留着啊", []),
        ("外婆刚打电话 说她的墨汁换成花茶 我去帮她改", []),
        ("小王说他那份毛笔不要了 等他自己来删", []),
    ],
)
def test_changes(text: str, changes: list[str]) -> None:
    assert booked(text, own_order={"E": 3, "F": 1}, focus=Focus(skus=("E",))) == changes


def test_another_unit_of_the_same_goods_is_an_exchange() -> None:
    shop = catalogue()
    pads = (replace(shop["A"], spec="单本"), replace(shop["B"], spec="10本整箱", unit="箱"))
    order: dict[str, Any] = {"catalogue": Catalogue(skus=pads), "own_order": {"A": 2}}
    assert booked("本子那两本不要了给我换成一箱", **order) == ["swap A>B 1"]
    assert booked("本子改成三本", **order) == ["set A 3"]


def test_goods_that_nobody_named_are_asked_for_by_their_measure() -> None:
    (asked,) = reading("给我两瓶").unclear
    assert [choice.changes[0].sku for choice in asked.choices] == ["E"]
