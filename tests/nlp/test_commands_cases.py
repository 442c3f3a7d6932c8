"""Commands about after-sale cases: which one, and what becomes of it."""

import pytest

from bot.understanding import Command
from shop.aftersale import CaseStatus
from tests.nlp.leader import MEMBER, meant, said


@pytest.mark.parametrize("text", ["售后", "看看售后", "售后列表", "还有哪些没处理的售后", "@小团 售后有几个"])
def test_the_list(text: str) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.quantity) == (Command.CASES, None)


@pytest.mark.parametrize("text", ["售后3号", "售后 3", "3号售后"])
def test_one_case(text: str) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.quantity) == (Command.CASES, 3)


@pytest.mark.parametrize(
    ("text", "decision", "refund"),
    [
        ("售后3号退款20元", CaseStatus.REFUNDED, 2000),
        ("售后3 退12.5", CaseStatus.REFUNDED, 1250),
        ("3号售后退二十块", CaseStatus.REFUNDED, 2000),
        ("售后3号同意退款", CaseStatus.REFUNDED, None),
        ("售后3号补发", CaseStatus.RESENT, None),
        ("售后3号重新发一盒吧", CaseStatus.RESENT, None),
        ("售后3号不退", CaseStatus.REFUSED, None),
        ("售后3号:不给退", CaseStatus.REFUSED, None),
    ],
)
def test_decisions(text: str, decision: CaseStatus, refund: int | None) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.quantity, given.view, given.price) == (Command.SETTLE, 3, decision, refund)


@pytest.mark.parametrize("text", ["售后找谁", "售后3号要不要退", "售后3号是谁家的呀", "售后做得真好"])
def test_talk_decides_nothing(text: str) -> None:
    assert meant(text) not in {Command.SETTLE, Command.CASES}


def test_members_decide_nothing() -> None:
    assert meant("售后3号退款20元", MEMBER) is None
