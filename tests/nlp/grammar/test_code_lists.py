"""Codes that share one 号 and one count, and orders of which every part has its own word."""

from dataclasses import replace

import pytest

from shop.catalogue import Catalogue
from tests.nlp.grammar.shop import booked, catalogue


def _numbered() -> Catalogue:
    skus = catalogue().skus
    return Catalogue(skus=tuple(replace(sku, code=str(place)) for place, sku in enumerate(skus, start=1)))


@pytest.mark.parametrize(
    ("text", "codes", "units"),
    [
        ("1、3、5号各一个", "135", 1),
        ("1,3,5号各一份", "135", 1),
        ("1 3 5号各来一个", "135", 1),
        ("1和3号各要俩", "13", 2),
        ("3/5号各两个", "35", 2),
        ("3、5号都来一份", "35", 1),
        ("3跟5各来一份", "35", 1),
        ("3 5 6 各一", "356", 1),
        ("1、3、5各一个", "135", 1),
        ("一、三、五号各来一份", "135", 1),
        ("来3、5号各一份", "35", 1),
        ("3号5号各来两份", "35", 2),
        ("3.5.6号各两份", "356", 2),
        ("3-5号各一个", "345", 1),
        ("3到6号各来一份", "3456", 1),
        ("团长 4、6号每样一个", "46", 1),
        ("2和6号都要一份吧", "26", 1),
    ],
)
def test_each_code_of_a_list(text: str, codes: str, units: int) -> None:
    assert booked(text, catalogue=_numbered()) == [f"add {code} {units}" for code in codes]


@pytest.mark.parametrize(
    ("text", "codes", "units"),
    [
        ("A、C、E各一个", "ACE", 1),
        ("C和D各要俩", "CD", 2),
        ("C-F各一份", "CDEF", 1),
        ("c到e号各来一份", "CDE", 1),
        ("D跟F都来两个", "DF", 2),
    ],
)
def test_each_letter_of_a_list(text: str, codes: str, units: int) -> None:
    assert booked(text) == [f"add {code} {units}" for code in codes]


@pytest.mark.parametrize(
    "text",
    [
        "3、5号楼哪个近",
        "4、5号能到货吗",
        "我住3、5号之间",
        "1、2、3年级各有什么作业",
        "5、6号放假 大家各忙各的",
        "3,5",
        "3比5好",
        "我家3、4号都不在",
        "1-3号楼的去南门拿",
        "2、3号各卖了多少",
        "3.5折?",
        "5/6号不上班",
        "明天3、4点各来一趟",
        "2、4号都有货吗",
        "1、2、5单元停水",
        "1、2、3号都要到货了",
        "5、6号都来取货吧",
        "1-3号都来领货",
        "2、3号各有什么区别",
    ],
)
def test_numbers_that_are_no_list_of_goods(text: str) -> None:
    assert booked(text, catalogue=_numbered()) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("5号改两瓶 6号改两盒", ["set 5 2", "set 6 2"]),
        ("5号改两瓶6号改两盒", ["set 5 2", "set 6 2"]),
        ("5号改3瓶,6号改3盒", ["set 5 3", "set 6 3"]),
        ("墨汁改两瓶 毛笔改成两盒", ["set 5 2", "set 6 2"]),
        ("墨汁换两瓶 毛笔换三盒", ["set 5 2", "set 6 3"]),
        ("5号改两瓶 6号不要了", ["set 5 2", "drop 6"]),
        ("5号改两瓶 毛笔少一盒", ["set 5 2", "subtract 6 1"]),
        ("5号改两瓶 花茶一罐", ["set 5 2", "add 4 1"]),
        ("5号改两罐花茶", ["swap 5>4 2"]),
        ("5号改4号", ["swap 5>4"]),
    ],
)
def test_each_goods_has_its_own_change(text: str, changes: list[str]) -> None:
    assert booked(text, catalogue=_numbered(), own_order={"5": 1, "6": 2}) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("2斤乌龙茶 x1", ["add 3 1"]),
        ("2斤乌龙茶来3袋", ["add 3 3"]),
        ("2斤乌龙茶2袋", ["add 3 2"]),
        ("4斤乌龙茶", ["add 3 2"]),
        ("2斤乌龙茶 墨汁2瓶", ["add 3 1", "add 5 2"]),
        ("2斤乌龙茶2盒毛笔", ["add 3 1", "add 6 2"]),
    ],
)
def test_a_size_before_goods_that_have_their_count(text: str, changes: list[str]) -> None:
    assert booked(text, catalogue=_numbered()) == changes


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("5号2 1号4", ["add 5 2", "add 1 4"]),
        ("2️⃣两本 6️⃣一盒", ["add 2 2", "add 6 1"]),
        ("5三瓶", ["add 5 3"]),
        ("15两瓶", []),
    ],
)
def test_a_number_is_a_count_or_a_code_by_its_place(text: str, changes: list[str]) -> None:
    assert booked(text, catalogue=_numbered()) == changes


@pytest.mark.parametrize("text", ["6不要了", "打错了 6不要", "6号不要了"])
def test_a_code_alone_takes_back_what_was_ordered(text: str) -> None:
    assert booked(text, catalogue=_numbered(), own_order={"5": 1, "6": 2}) == ["drop 6"]


@pytest.mark.parametrize("text", ["8和9各要两个", "7、8各来一份"])
def test_each_of_codes_that_there_are_not_is_not_everything(text: str) -> None:
    assert not booked(text, catalogue=_numbered())


@pytest.mark.parametrize("text", ["花茶1", "花茶1 墨汁2"])
def test_a_digit_of_a_spec_is_a_count(text: str) -> None:
    shades = Catalogue(
        skus=(*catalogue().skus, replace(catalogue()["E"], code="G", name="唇釉", spec="N1奶茶", aliases=()))
    )
    assert booked(text, catalogue=shades)[0] == "add D 1"
