"""Answers that say otherwise than the shop file."""

from pathlib import Path

import pytest

from bot import documents, shopfile
from nlp.faq.conflicts import conflicts
from nlp.faq.entries import entries_of

SHOP = """
title: 周六团
leader: {id: wx_leader}
pickup: [12号楼架空层, 西门快递站]
cutoff: 2026-03-07 21:00
skus:
  - {code: A, name: 麒麟瓜, aliases: [西瓜], unit: 个, price: 29.9, tiers: {2: 55}}
  - {code: B, name: 小番茄, unit: 盒, price: 12}
"""


@pytest.fixture
def shop(tmp_path: Path) -> shopfile.ShopFile:
    file = tmp_path / "shop.yaml"
    file.write_text(SHOP, encoding="utf-8")
    return shopfile.read(file)


def found(answer: str, shop: shopfile.ShopFile) -> list[str]:
    (entry,) = entries_of(documents.parse(f'- {{id: x, q: 问, a: "{answer}"}}', "faq.yaml"))
    return list(conflicts(entry, [shop]))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("每天20:00截单。", "写的是 20:00，商品文件里的截单时间是 21:00"),
        ("我们晚上八点截单哦", "写的是 晚上八点，商品文件里的截单时间是 21:00"),
        ("西瓜25元一个，小番茄12元", "写的是 25元，商品文件里麒麟瓜是 29.9元"),
        ("自提点在1号楼大厅。", "写的自提点是 1号楼大厅，商品文件里是 12号楼架空层、西门快递站"),
    ],
)
def test_what_differs_is_told_with_both_sides(answer: str, said: str, shop: shopfile.ShopFile) -> None:
    assert found(answer, shop) == [said]


@pytest.mark.parametrize(
    "answer",
    [
        "每天21:00截单。",
        "晚九点截单，9点以后就不接了",
        "截单后第二天下午三点到货。",
        "{cutoff|晚上八点}截单",
        "西瓜29.9一个，两个55元",
        "买西瓜满99元包邮",
        "西瓜坏了赔5元",
        "取货就在西门快递站里面",
        "自提点在群公告里写着",
        "自提点在{pickup|1号楼大厅}",
    ],
)
def test_what_agrees_or_is_about_something_else_is_left_alone(answer: str, shop: shopfile.ShopFile) -> None:
    assert found(answer, shop) == []
