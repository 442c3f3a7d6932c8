"""Leaders' commands in words that no phrase knows: the model's word, with what the message names."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.understanding import Command, Directive, Intent, Situation
from nlp.classifier import SHIPPED, IntentModel
from nlp.understander import GrammarUnderstander
from shop.catalogue import Catalogue, Sku
from shop.money import Fen
from tests.nlp.leader import LEADER, MEMBER

BAKERY = Catalogue(
    skus=(
        Sku(code="A", name="碱水结", unit="个", price=Fen(800), stock=20),
        Sku(code="B", name="肉松卷", unit="盒", price=Fen(2600), stock=10),
        Sku(code="C", name="栗子蛋糕", unit="块", price=Fen(3200)),
    )
)
BAKER = replace(LEADER, catalogue=BAKERY)


def said(text: str, situation: Situation = BAKER) -> Directive | None:
    understander = GrammarUnderstander(classifier=IntentModel.load(SHIPPED))
    return understander.understand(text, situation).directive


@pytest.mark.parametrize(
    ("text", "command", "skus", "number", "asked"),
    [
        ("肉松卷从这会儿起按23走", Command.PRICE, ("B",), 2300, True),
        ("碱水结今天黄油贵 一个涨到9块了", Command.PRICE, ("A",), 900, True),
        ("师傅说碱水结还能再烤出十个 数量加上去", Command.STOCK, ("A",), 10, True),
        ("肉松卷今天总共只做得出五盒 库存给我改成5", Command.STOCK, ("B",), 5, False),
        ("栗子蛋糕今天奶油不行 不卖了 从单子上撤掉", Command.REMOVE_ITEM, ("C",), None, True),
        ("好了 今天就烤到这炉 后头的不接了", Command.CLOSE, (), None, False),
        ("收摊了收摊了 没赶上的等明早", Command.CLOSE, (), None, True),
        ("看看现在都谁要了啥", Command.SUMMARY, (), None, False),
        ("今天的账导出来给我一份", Command.EXPORT, (), None, False),
        ("面包都搁南门冷柜了,下了班来领", Command.ARRIVED, (), None, False),
    ],
)
def test_what_the_model_knows(
    text: str, command: Command, skus: tuple[str, ...], number: int | None, asked: bool
) -> None:
    given = said(text)
    assert given is not None, text
    assert (given.command, given.skus, given.guessed) == (command, skus, asked), text
    assert (given.price if command is Command.PRICE else given.quantity) == number, text


def test_whose_it_is() -> None:
    given = said("米粒妈妈的面包钱收到了")
    assert given is not None
    assert (given.command, given.members) == (Command.PAID, ("米粒妈妈",))


@pytest.mark.parametrize(
    "text",
    [
        "肉松卷卖得好 明天再多做点",
        "昨天收摊太早了 抱歉哈",
        "再等十分钟截单",
        "我自己也要两盒肉松卷",
        "今年的黄油真不便宜",
        "刚才谁说要碱水结的",
        "这季度房租总算付了 舒坦",
        "谁把我模具取走了",
        "老规矩八点半开团 没到点报的不算",
        "谁多付了三块 我对了半天账",
    ],
)
def test_what_leaders_only_tell(text: str) -> None:
    given = said(text)
    assert given is None or given.command not in {Command.CLOSE, Command.PRICE, Command.STOCK, Command.OPEN}


@pytest.mark.parametrize("text", ["肉松卷从这会儿起按23走", "收摊了收摊了 没赶上的等明早"])
def test_members_command_nothing(text: str) -> None:
    assert said(text, replace(MEMBER, catalogue=BAKERY)) is None


class Sure:
    """Implements IntentModel: says always the same."""

    def __init__(self, scores: Mapping[Intent, float]) -> None:
        self._scores = scores

    def scores(self, masked: str) -> Mapping[Intent, float]:
        del masked
        return self._scores

    def commands(self, masked: str) -> Mapping[str, float]:
        del masked
        return {}


@pytest.mark.parametrize(
    ("text", "scores", "booked"),
    [
        ("我丈人一晚上揉二十个碱水结 眼睛熬得通红", {Intent.CHITCHAT: 0.99}, False),
        ("我丈人一晚上揉二十个碱水结 眼睛熬得通红", {Intent.ORDER: 0.9}, True),
        ("碱水结二十个", {Intent.CHITCHAT: 0.99}, True),  # where every character is plain, nobody is asked
    ],
)
def test_what_the_model_denies(text: str, scores: Mapping[Intent, float], booked: bool) -> None:
    understander = GrammarUnderstander(classifier=Sure(scores))
    read = understander.understand(text, replace(MEMBER, catalogue=BAKERY))
    assert bool(read.changes) is booked


def test_after_the_close_bad_goods_are_no_new_order() -> None:
    bought = replace(MEMBER, catalogue=BAKERY, open=False, own_order={"B": 2})
    understander = GrammarUnderstander(classifier=Sure({Intent.AFTERSALE: 0.95, Intent.ORDER: 0.04}))
    read = understander.understand("肉松卷我报的两盒 袋子翻遍了就一盒", bought)
    assert (read.intent, read.changes) == (Intent.AFTERSALE, ())
    nothing_bought = replace(bought, own_order={})
    late = GrammarUnderstander(classifier=Sure({Intent.AFTERSALE: 0.6, Intent.ORDER: 0.3}))
    assert late.understand("哦豁没看到 给我两盒肉松卷噻", nothing_bought).intent is Intent.ORDER
