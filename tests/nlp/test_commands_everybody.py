"""What every member may tell the bot, yes and no, and texts of any kind."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import Booked, Command, Directive, Intent
from nlp.commands import intent_of
from shop.money import Fen
from tests.nlp.leader import LEADER, MEMBER, meant, said


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (Command.UNDO, "撤销"),
        (Command.MY_DATA, "我的数据"),
        (Command.FORGET_ME, "删除我的数据"),
        (Command.UNSUBSCRIBE, "退订推荐"),
        (Command.WAIT, "芒果候补2箱"),
        (Command.HELP, "@小团 怎么用"),
    ],
)
def test_everybodys_commands(command: Command, text: str) -> None:
    assert meant(text, MEMBER) is command
    assert intent_of(Directive(command=command), MEMBER) is not Intent.ADMIN


@pytest.mark.parametrize("text", ["退订芒果", "为什么", "撤销阿九的单", "帮助过我的人", "候补是什么"])
def test_what_members_may_say_without_a_command(text: str) -> None:
    assert said(text, MEMBER) is None


def test_why_is_asked_of_whom_has_just_answered() -> None:
    last = Booked(message_id="m1", member=1, lines={"A": 1})
    assert meant("为什么", replace(MEMBER, own_last=last, recent=(last,))) is Command.WHY
    assert meant("为什么?", replace(MEMBER, at_bot=True)) is Command.WHY
    assert meant("为什么", replace(MEMBER, own_last=last)) is None


@pytest.mark.parametrize("text", ["是", "是的", "好的", "确认", "对 开吧", "嗯嗯", "可以", "没问题"])
def test_yes_is_the_confirmed_command(text: str) -> None:
    waiting = Directive(command=Command.REMOVE_ITEM, skus=("A",))
    given = said(text, replace(LEADER, confirming=waiting))
    assert given == replace(waiting, confirmed=True)


@pytest.mark.parametrize("text", ["不", "不了", "算了", "先不", "取消", "不是", "等等"])
def test_no_declines(text: str) -> None:
    waiting = Directive(command=Command.REMOVE_ITEM, skus=("A",))
    assert meant(text, replace(LEADER, confirming=waiting)) is Command.DECLINE


def test_anything_else_is_no_answer() -> None:
    waiting = replace(LEADER, confirming=Directive(command=Command.REMOVE_ITEM, skus=("A",)))
    assert meant("好吃", waiting) is None
    assert meant("是的 芒果真甜", waiting) is None
    assert meant("好的") is None


WORDS = st.sampled_from(
    [
        "截单",
        "开团",
        "汇总",
        "库存",
        "改成",
        "加",
        "到货",
        "了",
        "阿九",
        "芒果",
        "10",
        "35元",
        "付了",
        "取走",
        "公告",
        ":",
        "下架",
        "20:00",
        "@小团",
        "🌸",
        "\n",
        "吗",
        "一个",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map("".join)))
def test_no_text_is_too_strange(text: str) -> None:
    for situation in (LEADER, MEMBER):
        given = said(text, situation)
        if given is not None:
            assert 0 <= given.span[0] <= given.span[1] <= len(text)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("D", "D"),
        ("d吧", "D"),
        ("2", "D"),
        ("第1个", "C"),
        ("女款", "D"),
        ("就男款的", "C"),
        ("女款拖鞋", "D"),
        ("@小团 2", "D"),
    ],
)
def test_which_goods_a_command_means_completes_it(text: str, chosen: str) -> None:
    waiting = Directive(command=Command.PRICE, skus=("C", "D"), price=Fen(2000), choosing=True)
    given = said(text, replace(LEADER, confirming=waiting))
    assert given == replace(waiting, skus=(chosen,), choosing=False)


@pytest.mark.parametrize("text", ["拖鞋", "3", "是", "芒果来两箱", "款"])
def test_what_names_none_of_them_completes_nothing(text: str) -> None:
    waiting = Directive(command=Command.PRICE, skus=("C", "D"), price=Fen(2000), choosing=True)
    given = said(text, replace(LEADER, confirming=waiting))
    assert given is None or given.command is not Command.PRICE


def test_the_question_which_goods_may_be_dropped() -> None:
    waiting = Directive(command=Command.PRICE, skus=("C", "D"), price=Fen(2000), choosing=True)
    assert meant("算了", replace(LEADER, confirming=waiting)) is Command.DECLINE
