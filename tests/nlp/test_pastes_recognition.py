"""Copies of what a group said, told from what is said to the bot in private."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model import Role
from bot.understanding import Command, PasteKind, Situation
from nlp import pastes
from nlp.understander import GrammarUnderstander
from tests.nlp.shops import catalogue

PRIVATE = Situation(now=datetime(2026, 3, 4, 12, tzinfo=UTC), private=True, at_bot=True, open=False)
SELLING = replace(PRIVATE, catalogue=catalogue(), open=True)
COPIES = {
    "#接龙\n周末团\n1. 王姐 饺子2袋\n2. 李哥 手套1双": PasteKind.LIST,
    "周末团 饺子25元\n1、王姐 2袋\n2、李哥 1袋": PasteKind.LIST,
    "王姐 10:23\n饺子两袋\n李哥 10:24\n今天真热": PasteKind.LOG,
    "王姐:\n饺子两袋\n李哥:\n好": PasteKind.LOG,
    "王姐: 饺子两袋\n李哥: 来三双手套\n小林: 好": PasteKind.INLINE,
    "下单人\t商品\n王姐\t饺子 ×2": PasteKind.SHEET,
}
TALK = [
    "饺子两袋",
    "饺子两袋\n手套一双",
    "你好\n几点能取",
    "接龙怎么弄\n是这样吗",
    "#接龙",
    "饺子: 2袋\n手套: 1双",
    "姓名: 王姐\n电话: 13800000000\n商品: 饺子2袋\n数量: 2袋",
    "1. 饺子两袋\n2. 手套一双",
    "明天的安排\uff1a\n1. 买菜2斤\n2. 接孩子",
    "王姐说了，要两袋\n李哥说的，要一双\n你看行吗",
    "3号楼自提 18:00\n饺子两袋",
    "大家注意\n王姐: 饺子两袋\n李哥: 手套一双",
]


@pytest.mark.parametrize("situation", [PRIVATE, SELLING])
@pytest.mark.parametrize(("text", "kind"), COPIES.items())
def test_copies(text: str, kind: PasteKind, situation: Situation) -> None:
    paste = pastes.read(text, situation)
    assert paste is not None
    assert paste.kind is kind


@pytest.mark.parametrize("situation", [PRIVATE, SELLING])
@pytest.mark.parametrize("text", TALK)
def test_talk_with_the_bot(text: str, situation: Situation) -> None:
    assert pastes.read(text, situation) is None


@pytest.mark.parametrize("text", COPIES)
def test_in_a_group_nothing_is_a_paste(text: str) -> None:
    understander = GrammarUnderstander()
    assert understander.understand(text, SELLING).paste is not None
    assert understander.understand(text, replace(SELLING, private=False)).paste is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("开团\n1. 木梳 5元/把\n2. 皂 6元/块", Command.OPEN),
        ("开团 日用\n木梳\uff1a5元/把\n皂\uff1a6元/块\n截单\uff1a20:00", Command.OPEN),
        ("公告\n王姐: 饺子2袋请补款\n李哥: 手套1双请补款", Command.ANNOUNCE),
        ("代下单 王姐: 饺子2袋\n李哥: 手套1双", Command.ORDER_FOR),
    ],
)
def test_commands_of_a_leader(text: str, command: Command) -> None:
    meant = GrammarUnderstander().understand(text, replace(SELLING, role=Role.LEADER))
    assert meant.paste is None
    assert meant.directive is not None
    assert meant.directive.command is command


class TestGoods:
    @pytest.mark.parametrize(
        "text",
        [
            "#接龙\n周末团 木梳5元/把 皂6元/块\n例 木梳2把\n1. 王姐 木梳1把",
            "#接龙\n周末团\n1. 木梳 5元/把\n2. 皂 6元/块\n\n1. 王姐 木梳1把",
            "木梳 5元/把\n皂 6元/块\n王姐: 木梳一把\n李哥: 皂两块",
            "团长 10:20\n今晚的团\n木梳 5元/把\n皂 6元/块\n王姐 10:22\n木梳一把",
        ],
    )
    def test_are_told_by_the_paste(self, text: str) -> None:
        paste = pastes.read(text, PRIVATE)
        assert paste is not None
        assert paste.offer is not None
        assert [(sku.name, sku.price, sku.unit) for sku in paste.offer.skus] == [
            ("木梳", 500, "把"),
            ("皂", 600, "块"),
        ]
        assert all("元" not in message.text for message in paste.messages if message.name)

    def test_of_the_chat_go_before_what_somebody_said(self) -> None:
        paste = pastes.read("王姐 10:23\n饺子两袋\n李哥 10:24\n皂6元一块那个还有吗", SELLING)
        assert paste is not None
        assert paste.offer is None
        assert len(paste.messages) == 2

    def test_of_which_nothing_is_known(self) -> None:
        paste = pastes.read("#接龙\n1. 王姐 木梳1\n2. 李哥 皂2", PRIVATE)
        assert paste is not None
        assert paste.offer is None


@pytest.mark.parametrize(
    "text", ["下单人,商品\n" + '"' * 400_000, "\r\n" * 9, "a\rb,\r", "下单人,商品\r王姐,\r"]
)
def test_any_text_is_read(text: str) -> None:
    pastes.read(text, PRIVATE)
