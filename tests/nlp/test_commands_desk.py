"""Commands about orders and people: paid, fetched, announced, arrived, ordered for members."""

from dataclasses import replace

import pytest

from bot.understanding import Command
from shop.changes import ChangeKind
from tests.nlp.leader import LEADER, NAMES, NOW, meant, said


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("阿九已付", ("阿九",)),
        ("阿九付了", ("阿九",)),
        ("老魏付款了", ("5-1203老魏",)),
        ("5-1203老魏 已付款", ("5-1203老魏",)),
        ("Momo和米粒妈妈都付了", ("Momo🐱", "米粒妈妈")),
        ("3栋石榴的钱收到了", ("石榴(3栋)",)),
        ("付款登记 石榴已付", ("石榴(3栋)",)),
        ("阿九付了 石榴也付了", ("阿九", "石榴(3栋)")),
        ("收到阿九的转账", ("阿九",)),
    ],
)
def test_who_paid(text: str, members: tuple[str, ...]) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.members) == (Command.PAID, members)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("阿九取走了", ("阿九",)),
        ("阿九的拿走了 石榴的也拿走了", ("阿九", "石榴(3栋)")),
        ("老魏来取过了", ("5-1203老魏",)),
        ("米粒妈妈的芒果已取", ("米粒妈妈",)),
        ("核销 Momo", ("Momo🐱",)),
        ("把阿九的勾掉 他拿走了", ("阿九",)),
        ("阿九的给过了 已领", ("阿九",)),
    ],
)
def test_who_fetched(text: str, members: tuple[str, ...]) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.members) == (Command.PICKED_UP, members)


def test_a_name_that_nobody_has_is_passed_on() -> None:
    given = said("王大锤已付")
    assert given is not None
    assert (given.command, given.members) == (Command.PAID, ("王大锤",))


def test_a_nickname_that_is_a_command_does_not_hide_it() -> None:
    named = replace(LEADER, member_names=(*NAMES, "截单", "汇总", "2"))
    assert meant("截单", named) is Command.CLOSE
    assert meant("汇总", named) is Command.SUMMARY


@pytest.mark.parametrize(
    ("text", "announced"),
    [
        ("发公告:明天下雨 早点来", "明天下雨 早点来"),
        ("公告 周日休息", "周日休息"),
        ("@小团 通知大家 六点后北门取货", "六点后北门取货"),
        ("【公告】周日休息", "周日休息"),
    ],
)
def test_announcements(text: str, announced: str) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.text) == (Command.ANNOUNCE, announced)


def test_an_announcement_is_said_on_as_it_was_written() -> None:
    text = "@小团 公告：明天下雨，晚点送～（周日照常！）"
    given = said(text)
    assert given is not None
    assert text[slice(*given.words)] == "明天下雨，晚点送～（周日照常！）"


def test_what_arrived() -> None:
    given = said("芒果和豆浆到了 来取吧")
    assert given is not None
    assert (given.command, given.skus) == (Command.ARRIVED, ("A", "B"))


@pytest.mark.parametrize("text", ["芒果缺货3箱", "芒果缺货 3箱", "芒果 缺货 3箱"])
def test_shortage(text: str) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.skus, given.quantity) == (Command.SHORTAGE, ("A",), 3)


def test_a_cutoff_at_a_time() -> None:
    given = said("定时截单 20:30")
    assert given is not None
    assert (given.command, given.time) == (Command.SCHEDULE_CUTOFF, NOW.replace(hour=20, minute=30))


@pytest.mark.parametrize(
    ("text", "kind", "quantity"),
    [
        ("代下单 阿九 芒果2箱", ChangeKind.ADD, 2),
        ("帮阿九记两箱芒果", ChangeKind.ADD, 2),
        ("把阿九的芒果改成3箱", ChangeKind.SET, 3),
        ("阿九的芒果改成3箱", ChangeKind.SET, 3),
        ("阿九的芒果减1箱", ChangeKind.SUBTRACT, 1),
    ],
)
def test_orders_for_members(text: str, kind: ChangeKind, quantity: int) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.members) == (Command.ORDER_FOR, ("阿九",))
    assert [(one.kind, one.sku, one.quantity) for one in given.changes] == [(kind, "A", quantity)]
    assert "芒果" in "".join(text[slice(*span)] for one in given.changes for span in one.spans)


def test_taking_back_for_a_member_and_points() -> None:
    undone, points = said("撤销阿九的单"), said("给阿九加10积分")
    assert undone is not None
    assert (undone.command, undone.members) == (Command.UNDO_FOR, ("阿九",))
    assert points is not None
    assert (points.command, points.members, points.quantity) == (Command.POINTS_ADJUST, ("阿九",), 10)


@pytest.mark.parametrize(
    ("text", "view"),
    [("按人汇总", "member"), ("按楼栋汇总", "building"), ("按自提点汇总", "pickup"), ("汇总", "")],
)
def test_views(text: str, view: str) -> None:
    given = said(text)
    assert given is not None
    assert given.view == view


def test_an_offer_post_opens() -> None:
    given = said("开团啦\nA 芒果 10斤 68元/箱\nB 豆浆 8.5一瓶 限购6\n截单 20:00\n自提 3号楼")
    assert given is not None
    assert given.command is Command.OPEN
    assert given.offer is not None
    assert [sku.name for sku in given.offer.skus] == ["芒果", "豆浆"]


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("谁买了这批", ()),
        ("谁买了芒果", ("A",)),
        ("芒果都有谁买了", ("A",)),
        ("芒果的买家名单", ("A",)),
        ("看看谁订了豆浆", ("B",)),
    ],
)
def test_who_bought(text: str, skus: tuple[str, ...]) -> None:
    given = said(text)
    assert given is not None
    assert (given.command, given.view, given.skus) == (Command.SUMMARY, "member", skus)


@pytest.mark.parametrize("text", ["谁买了芒果 出来说说甜不甜", "谁买了我家楼下那个店", "谁买菜去"])
def test_talk_about_buyers_is_no_command(text: str) -> None:
    assert meant(text) is None


def test_an_order_for_somebody_whom_nobody_knows_is_theirs() -> None:
    given = said("代下单 小鹿 芒果2箱")
    assert given is not None
    assert (given.command, given.members) == (Command.ORDER_FOR, ("小鹿",))
    assert [(one.kind, one.sku, one.quantity) for one in given.changes] == [(ChangeKind.ADD, "A", 2)]


def test_an_order_for_nobody_is_asked_about() -> None:
    given = said("代下单 芒果2箱")
    assert given is not None
    assert (given.command, given.members, given.changes) == (Command.ORDER_FOR, (), ())
