"""Like another's order but for one thing; one of every kind; what stays and what is exchanged."""

from dataclasses import replace

import pytest

from bot.understanding import Booked
from shop.catalogue import Catalogue
from tests.nlp.grammar.shop import booked, catalogue


def _before(**lines: int) -> tuple[Booked, ...]:
    return (Booked(message_id="m1", member=2, lines=lines),)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("跟你一样,毛笔只要1盒", ["add E 2", "add F 1"]),
        ("跟楼上一样 毛笔一盒就行", ["add E 2", "add F 1"]),
        ("跟楼上一样 不过毛笔两盒", ["add E 2", "add F 2"]),
        ("同上 就是毛笔只来一盒", ["add E 2", "add F 1"]),
        ("一样的 墨汁要一瓶", ["add E 1", "add F 3"]),
        ("和她一样 但是墨汁要5瓶", ["add E 5", "add F 3"]),
        ("同上,毛笔少一盒", ["add E 2", "add F 2"]),
        ("同上 墨汁减一瓶", ["add E 1", "add F 3"]),
        ("跟她一样,毛笔换成花茶", ["add E 2", "add D 3"]),
        ("同上 毛笔不要", ["add E 2"]),
        ("跟楼上一样,墨汁不要了", ["add F 3"]),
        ("同上 再来一罐花茶", ["add E 2", "add F 3", "add D 1"]),
        ("同上,加一罐花茶", ["add E 2", "add F 3", "add D 1"]),
        ("跟楼上一样", ["add E 2", "add F 3"]),
        ("同上", ["add E 2", "add F 3"]),
    ],
)
def test_the_same_but_for_one_of_the_goods(text: str, changes: list[str]) -> None:
    assert booked(text, recent=_before(E=2, F=3)) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("毛笔便宜啦那我也来一盒不用袋子了", ["add F 1"]),
        ("毛笔看着不错 我也来一盒", ["add F 1"]),
        ("花茶香不香啊 我也来两罐", ["add D 2"]),
        ("花茶我也来两罐", ["add D 2"]),
        ("我也来两瓶", ["add E 2"]),
        ("好的 我也来一瓶", ["add E 1"]),
    ],
)
def test_me_too_of_what_the_message_names(text: str, changes: list[str]) -> None:
    assert booked(text, recent=_before(E=2)) == changes


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("本子一个颜色给我一本", 1),
        ("本子一个规格来一本", 1),
        ("本子一种规格两本", 2),
        ("本子一个尺码都要一本", 1),
        ("本子一样一本", 1),
        ("本子每种来两本", 2),
        ("本子一个型号给我来三本", 3),
        ("本子各一本", 1),
    ],
)
def test_one_of_every_kind(text: str, units: int) -> None:
    assert booked(text) == [f"add A {units}", f"add B {units}"]


@pytest.mark.parametrize(
    "text", ["本子就一个颜色吗", "本子只有一个颜色", "一个颜色太单调了", "本子一个颜色啊"]
)
def test_one_colour_that_is_no_count(text: str) -> None:
    assert booked(text) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("大号本子请改为一本,另外那一本换成小号的。", ["swap A 1>B"]),
        ("大号本子改成1本 另外那本换小号的", ["swap A 1>B"]),
        ("大号的本子改一本,剩下的换成小号", ["swap A 1>B"]),
        ("大号本子改一本,另一本换成花茶", ["swap A 1>D"]),
        ("大号本子留一本就行,另外一本换小号", ["swap A 1>B"]),
        ("大号本子只要一本,另一本给我换成花茶", ["swap A 1>D"]),
        ("大号本子其中一本换成花茶", ["swap A 1>D"]),
        ("大号本子换成小号", ["swap A>B"]),
        ("大号本子改成一本", ["set A 1"]),
    ],
)
def test_what_stays_and_what_is_exchanged(text: str, changes: list[str]) -> None:
    assert booked(text, own_order={"A": 2}) == changes


def _clothes() -> Catalogue:
    one, other, *_ = catalogue().skus
    specs = ("女款藕粉 M", "女款藕粉 L", "女款黑色 L", "男款藏青 XL")
    kinds = [
        replace(one, code=str(at), name="羊绒背心", aliases=("背心",), spec=spec, unit="件")
        for at, spec in enumerate(specs, 1)
    ]
    return Catalogue(
        skus=(*kinds, replace(other, code="5", name="羊绒背心裤", aliases=("裤子",), spec="", unit="条"))
    )


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("那个背心藕粉的给我来一件我穿L码", ["add 2 1"]),
        ("藕粉背心来一件 我穿M", ["add 1 1"]),
        ("背心要藕粉的一件,穿L码的", ["add 2 1"]),
        ("背心黑的来一件", ["add 3 1"]),
        ("黑色背心两件我穿L", ["add 3 2"]),
        ("背心男款来一件我穿XL", ["add 4 1"]),
        ("藏青的背心来一件 老公穿XL码", ["add 4 1"]),
        ("背心藕粉L码一件", ["add 2 1"]),
        ("背心给我妈来件藕粉的她穿M", ["add 1 1"]),
        ("女款背心来一件 身高160穿M吧", ["add 1 1"]),
        ("黑的背心 我穿L 一件 显瘦", ["add 3 1"]),
        ("女款背心L码两个颜色各来一件", ["add 2 1", "add 3 1"]),
        ("身高175体重140斤", []),
        ("我体重130斤腰围二尺六穿哪个码", []),
        ("我穿L码", []),
        ("我平时穿M 这个码数准吗", []),
        ("我家老头穿XL的", []),
        ("穿L的有点紧", []),
    ],
)
def test_colour_and_size_in_one_breath(text: str, changes: list[str]) -> None:
    assert booked(text, catalogue=_clothes()) == changes
