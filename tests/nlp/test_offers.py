"""Offer posts and the lines in them."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.offers import goods_line, offer
from nlp.offers.lines import goods_lines
from shop.catalogue import PriceTier
from shop.money import Fen

NOW = datetime(2026, 3, 4, 19, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("line", "goods"),
    [
        ("E 椰子鸡 45一份", ("E", "椰子鸡", "", "份", 4500)),
        ("A.黄金百香果 5斤/箱 29.9元", ("A", "黄金百香果", "5斤", "箱", 2990)),
        ("B、软籽石榴 大果 6个 39", ("B", "软籽石榴", "大果6个", "份", 3900)),
        ("3号 无骨鸡爪 500g一盒 28.8", ("3", "无骨鸡爪", "500g", "盒", 2880)),
        ("① 玉米 10根/袋 25", ("1", "玉米", "10根", "袋", 2500)),
        ("③玉米 25一袋", ("3", "玉米", "", "袋", 2500)),
        ("核桃仁 一罐35", ("A", "核桃仁", "", "罐", 3500)),
        ("核桃仁 ¥35/罐", ("A", "核桃仁", "", "罐", 3500)),
        ("核桃仁 每罐35元", ("A", "核桃仁", "", "罐", 3500)),
        ("核桃仁 35块8一罐", ("A", "核桃仁", "", "罐", 3580)),
        ("石榴 128/5斤箱", ("A", "石榴", "5斤", "箱", 12800)),
        ("石榴大箱10斤 59.9", ("A", "石榴", "大箱10斤", "箱", 5990)),
        ("羊腿 38一斤", ("A", "羊腿", "", "斤", 3800)),
        ("6寸蛋糕 68", ("A", "蛋糕", "6寸", "份", 6800)),
        ("Ａ 石榴 ３９．９元／箱", ("A", "石榴", "", "箱", 3990)),
        ("🍎 石榴 39.9元/箱", ("A", "石榴", "", "箱", 3990)),
    ],
)
def test_goods(line: str, goods: tuple[str, str, str, str, int]) -> None:
    sku = goods_line(line)
    assert sku is not None
    assert (sku.code, sku.name, sku.spec, sku.unit, sku.price) == goods


@pytest.mark.parametrize(
    ("line", "limit", "stock"),
    [
        ("石榴 39一箱 限购2", 2, None),
        ("石榴 39一箱 每人限3箱", 3, None),
        ("石榴 39一箱(限2箱)", 2, None),
        ("石榴 39一箱 限量40", None, 40),
        ("石榴 39一箱 只有10箱", None, 10),
        ("石榴 39一箱 10箱", None, 10),
        ("石榴 39一箱 库存12 限购1", 1, 12),
        ("石榴 6个/箱 39", None, None),
    ],
)
def test_limits_and_stock(line: str, limit: int | None, stock: int | None) -> None:
    sku = goods_line(line)
    assert sku is not None
    assert (sku.price, sku.limit, sku.stock) == (3900, limit, stock)


@pytest.mark.parametrize(
    ("line", "weight"),
    [
        ("石榴 5斤/箱 39", Decimal(5)),
        ("石榴 2.5kg/箱 39", Decimal(5)),
        ("石榴 500g一盒 39", Decimal(1)),
        ("石榴 38一斤", Decimal(1)),
        ("石榴 4-5斤/箱 39", None),
        ("石榴 6个/箱 39", None),
    ],
)
def test_weights_are_read_only_where_they_are_said(line: str, weight: Decimal | None) -> None:
    sku = goods_line(line)
    assert sku is not None
    assert sku.weight_jin == weight


def test_tier_prices() -> None:
    sku = goods_line("石榴 39元/箱 2箱75 5箱180")
    assert sku is not None
    assert sku.tiers == (
        PriceTier(quantity=2, total=Fen(7500)),
        PriceTier(quantity=5, total=Fen(18000)),
    )


def test_what_costs_more_together_is_no_tier() -> None:
    sku = goods_line("石榴 39元/箱 2箱99")
    assert sku is not None
    assert sku.tiers == ()


@pytest.mark.parametrize(
    "line",
    ["", "石榴", "截单 20:00", "石榴5斤", "39", "自提 3号楼", "满100包邮", "石榴昨天到的", "电话1380000"],
)
def test_what_names_no_goods_with_a_price(line: str) -> None:
    assert goods_line(line) is None


def test_struck_through_prices_are_left_out() -> None:
    sku = goods_line("石榴 原价59元 39元/箱")
    assert sku is not None
    assert sku.price == 3900


def test_codes_go_on_in_the_style_in_use() -> None:
    letters, numbers = goods_line("石榴 39一箱", ("A", "B")), goods_line("石榴 39一箱", ("1", "2"))
    assert letters is not None
    assert letters.code == "C"
    assert numbers is not None
    assert numbers.code == "3"


@pytest.mark.parametrize(
    ("line", "goods"),
    [
        ("A石榴39 B柿饼25 C冬枣19.9(限4箱)", [("A", "石榴", ""), ("B", "柿饼", ""), ("C", "冬枣", "")]),
        ("石榴大箱10斤59.9 小箱5斤32.9", [("A", "石榴", "大箱10斤"), ("B", "石榴", "小箱5斤")]),
        ("石榴39一箱 柿饼25一盒", [("A", "石榴", ""), ("B", "柿饼", "")]),
    ],
)
def test_several_goods_on_a_line(line: str, goods: list[tuple[str, str, str]]) -> None:
    assert [(sku.code, sku.name, sku.spec) for sku in goods_lines(line)] == goods


POST = """开团啦!【周五山货团】
1. 石榴 大果 6个/箱 39元 限购3
2. 柿饼 500g一盒 25 2盒45
3. 冬枣 19.9一斤 库存60斤
都是自家果园的,放心吃
满99送2个石榴
今晚8点半截单
自提:3号楼大厅、南门驿站"""


def test_a_whole_post() -> None:
    draft = offer(POST, NOW)
    assert draft is not None
    assert draft.title == "周五山货团"
    assert [(sku.code, sku.name, sku.price) for sku in draft.skus] == [
        ("1", "石榴", 3900),
        ("2", "柿饼", 2500),
        ("3", "冬枣", 1990),
    ]
    assert draft.cutoff == NOW.replace(hour=20, minute=30)
    assert draft.pickup_points == ("3号楼大厅", "南门驿站")
    assert draft.doubts == ("满99送2个石榴",)


def test_a_post_on_one_line() -> None:
    draft = offer("开团 石榴39一箱 柿饼25一盒 今晚20:00截单 自提3号楼", NOW)
    assert draft is not None
    assert [sku.name for sku in draft.skus] == ["石榴", "柿饼"]
    assert (draft.cutoff, draft.pickup_points) == (NOW.replace(hour=20), ("3号楼",))


@pytest.mark.parametrize("text", ["开团", "开团啦 大家好", "石榴甜不甜", "", "截单 20:00\n自提 3号楼"])
def test_no_goods_no_offer(text: str) -> None:
    assert offer(text, NOW) is None


PARTS = st.sampled_from(
    [
        "石榴",
        "5斤",
        "39.9",
        "元/箱",
        "限购",
        "2",
        "箱",
        "一",
        "A",
        "B.",
        "①",
        "¥",
        "截单",
        "8点",
        "00",
        "-",
        "99999999999999",
        "\n",
        " ",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PARTS, max_size=20).map("".join)))
def test_no_text_is_too_strange(text: str) -> None:
    draft = offer(text, NOW)
    if draft is not None:
        codes = [sku.code.casefold() for sku in draft.skus]
        assert len(codes) == len(set(codes))
