"""What is said again of an order: counts put right, sums, what is held beside what is taken off, shares."""

from dataclasses import replace

import pytest

from bot.understanding import Booked, Choice, Focus, Pending, Unclear, UnclearReason
from shop.catalogue import Catalogue
from shop.changes import Change, ChangeKind
from tests.nlp.grammar.shop import booked, catalogue

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
        ("墨汁我让三瓶出来 自己留一瓶", ["subtract E 3"]),
        ("墨汁退三瓶 剩一瓶慢慢用", ["subtract E 3"]),
        ("我妈说墨汁三瓶就够 减一瓶", ["subtract E 1"]),
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


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("剩几瓶我包了", ["add E 3"]),
        ("剩几瓶我全包了 周末请客", ["add E 3"]),
        ("剩下的全归我了", ["add E 3"]),
        ("那剩的都给我吧", ["add E 3"]),
        ("咁剩低嗰啲我要晒", ["add E 3"]),
        ("毛笔剩下的我都要了", ["add F 1"]),
        ("剩多少我都收了", ["add E 3"]),
        ("还剩几瓶", []),
        ("剩下的放冰箱", []),
        ("剩下的我放冰箱了", []),
        ("剩的都给我老公吃了", []),
        ("我剩了一堆没用完", []),
    ],
)
def test_all_that_is_left(text: str, changes: list[str]) -> None:
    assert booked(text, left={"E": 3, "F": 1}, focus=Focus(skus=("E",))) == changes


def _asked(count: int) -> Pending:
    changes = {
        "横线笔记本 大号A4": Change(kind=ChangeKind.ADD, sku="A", quantity=count),
        "横线笔记本 小号A5": Change(kind=ChangeKind.ADD, sku="B", quantity=count),
    }
    choices = tuple(Choice(label=label, changes=(change,)) for label, change in changes.items())
    unclear = Unclear(reason=UnclearReason.SPEC, span=(0, 3), text="本子", choices=choices)
    return Pending(unclear=(unclear,), message_id="m1", member=1)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("两大一小", ["add A 2", "add B 1"]),
        ("一小两大 小的给老二", ["add B 1", "add A 2"]),
        ("2本大的1本小的吧", ["add A 2", "add B 1"]),
        ("一样一半嘛 老少都照顾到", ["add A 2", "add B 2"]),
        ("对半开", ["add A 2", "add B 2"]),
        ("一大家子都写字", []),
        ("两大", ["add A 2"]),
    ],
)
def test_what_was_asked_for_is_parted(text: str, changes: list[str]) -> None:
    assert booked(text, pending=_asked(4)) == changes


def test_an_odd_count_has_no_halves() -> None:
    assert booked("一样一半", pending=_asked(3)) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("我跟对门小施一人一瓶墨汁 都记我头上", ["add E 2"]),
        ("我和室友一人一盒毛笔 墨汁要三瓶", ["add F 2", "add E 3"]),
        ("墨汁给我们寝室一人一瓶 我们六个人", ["add E 6"]),
        ("仓库6个人 花茶每人一罐", ["add D 6"]),
        ("仓库6个人 墨汁一人一樽", ["add E 6"]),
        ("毛笔4盒 店员一人一盒", ["add F 4"]),
        ("墨汁一人一瓶够用吗", []),
        ("我跟他一人一瓶墨汁早就用完了", []),
    ],
)
def test_one_for_each_of_several_people(text: str, changes: list[str]) -> None:
    assert booked(text) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("五瓶多了 三瓶吧", ["set E 3"]),
        ("四瓶太多了,两瓶", ["set E 2"]),
        ("墨汁别给了 家里翻出来一瓶没拆的", ["drop E"]),
    ],
)
def test_too_many(text: str, changes: list[str]) -> None:
    assert booked(text, own_order=HELD, own_last=LAST, focus=Focus(skus=("E",))) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            "小顾啊接龙我看得眼花我就用嘴巴讲给你听墨汁三瓶花茶四罐另外毛笔也要一盒麻烦你了",
            ["add E 3", "add D 4", "add F 1"],
        ),
        ("她在别家买了墨汁三瓶花茶四罐都没用", []),
        ("墨汁三瓶咯够用", []),
        ("那三瓶墨汁凑合吧", ["add E 3"]),
    ],
)
def test_dictated_and_asked(text: str, changes: list[str]) -> None:
    assert booked(text) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("15两瓶 11一本", ["add 15 2", "add 11 1"]),
        ("15来3瓶", ["add 15 3"]),
        ("菜场15一瓶", []),
        ("15一袋", []),
    ],
)
def test_codes_that_are_numbers(text: str, changes: list[str]) -> None:
    skus = tuple(replace(sku, code=str(number)) for number, sku in enumerate(catalogue(), 11))
    assert booked(text, catalogue=Catalogue(skus=skus)) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("毛笔我妈那边两盒 丈母娘一盒", ["add F 2", "add F 1"]),
        ("毛笔帮我爸带两盒 妹妹一盒", ["add F 2", "add F 1"]),
        ("毛笔两盒 妹妹一盒", ["add F 2"]),
        ("花茶一罐 再要盒笔", ["add D 1", "add F 1"]),
        ("花茶一罐 再要瓶水", ["add D 1"]),
    ],
)
def test_others_shares_and_heads_of_names(text: str, changes: list[str]) -> None:
    assert booked(text) == changes
