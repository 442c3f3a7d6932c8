"""Answers to what was asked back: the ways in which people say which of several."""

from dataclasses import replace

import pytest

from bot.understanding import Choice, Focus, Pending, Unclear, UnclearReason
from shop.catalogue import Catalogue
from shop.changes import Change, ChangeKind
from shop.money import Fen
from tests.nlp.grammar.shop import booked, catalogue


def _asked(units: int) -> Pending:
    """笔记本来几本, and the question which of the two."""
    choices = tuple(
        Choice(
            label=f"横线笔记本 {spec}",
            changes=(Change(kind=ChangeKind.ADD, sku=code, quantity=units),),
        )
        for code, spec in (("A", "大号A4"), ("B", "小号A5"))
    )
    unclear = Unclear(reason=UnclearReason.SPEC, span=(0, 3), text="笔记本", choices=choices)
    return Pending(unclear=(unclear,), message_id="m1", member=1)


def _answer(text: str, units: int = 2) -> list[str]:
    shop = catalogue()
    skus = tuple(replace(sku, price=Fen(1990)) if sku.code == "B" else sku for sku in shop)
    shown = Focus(skus=("A", "B"))
    return booked(text, catalogue=Catalogue(skus=skus), pending=_asked(units), focus=shown)


@pytest.mark.parametrize(
    "text",
    [
        "大号",
        "大号嗰款",
        "大号那种包装的",
        "大号嗒",
        "当然大的",
        "厨房用的大号",
        "全大号",
        "便宜那个",
        "10块的",
        "不要小号",
        "不要小号 要大号",
        "大号装的",
        "那就给我大的吧",
    ],
)
def test_one_is_meant(text: str) -> None:
    assert _answer(text) == ["add A 2"]


@pytest.mark.parametrize(
    ("text", "units", "changes"),
    [
        ("一大一小", 2, ["add A 1", "add B 1"]),
        ("大小各一", 2, ["add A 1", "add B 1"]),
        ("两大一小", 3, ["add A 2", "add B 1"]),
        ("大号和小号", 2, ["add A 1", "add B 1"]),
        ("都要", 2, ["add A 1", "add B 1"]),
        ("大2小1", 3, ["add A 2", "add B 1"]),
    ],
)
def test_some_of_either_are_meant(text: str, units: int, changes: list[str]) -> None:
    assert _answer(text, units) == changes


def test_an_answer_may_go_on() -> None:
    assert _answer("大号,再加一瓶墨汁") == ["add A 2", "add E 1"]


@pytest.mark.parametrize("text", ["大号的贵不贵", "都行", "大号小号有啥区别", "大的太占地方", "上次的大号"])
def test_no_answer(text: str) -> None:
    assert _answer(text) == []


def test_a_unit_tells_goods_apart_that_are_sold_by_several() -> None:
    shop = catalogue()
    skus = (replace(shop["A"], unit="本"), replace(shop["B"], unit="盒"))
    assert booked("要盒的", catalogue=Catalogue(skus=skus), pending=_asked(2)) == ["add B 2"]
    assert booked("笔记本两盒的", catalogue=Catalogue(skus=skus)) == ["add B 2"]
