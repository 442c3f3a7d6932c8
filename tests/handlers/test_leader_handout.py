"""The leader hands out: arrived, paid, picked up, shortages, and the sheets to print."""

import csv
from pathlib import Path

from bot.model import AttachmentKind
from bot.understanding import Command, Directive, Intent
from shop.money import parse_yuan
from storage.tables import audit
from tests.handlers.talking import LEADER, Talk, add, meaning

COLUMNS = [
    *("跟团号", "下单人", "团员备注", "支付时间", "团长备注", "商品", "订单金额", "退款金额"),
    *("订单状态", "自提点", "收货人", "联系电话", "详细地址"),
]


async def acts(talk: Talk) -> list[tuple[str, str]]:
    """What the audit holds: action and detail."""
    async with talk.database.session() as session:
        rows = await session.rows(audit.select().order_by(audit.c.id))
    return [(row.action, row.detail) for row in rows]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV sheet."""
    if path.suffix != ".csv":
        return []
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


class TestHandout:
    async def test_only_buyers_of_what_arrived_are_called(self, talk: Talk) -> None:
        await talk.orders("王姐", add("A", 1))
        await talk.orders("李哥", add("D", 1))
        assert await talk.leads("草莓到了", Command.ARRIVED, skus=("D",)) == [
            "草莓到货啦！@李哥 请到3号楼大厅取货~"
        ]
        assert await talk.leads("都到了", Command.ARRIVED) == ["到货啦！@王姐 @李哥 请到3号楼大厅取货~"]
        assert await talk.leads("梨到了", Command.ARRIVED, skus=("C",)) == [
            "到货记下了，不过这些没有人订，就不通知啦。"
        ]

    async def test_paid_in_one_message_with_points_once(self, talk: Talk) -> None:
        await talk.orders("王姐", add("A", 1))
        await talk.orders("李哥", add("D", 1))
        await talk.orders("老张", add("D", 1))
        assert await talk.leads("王姐李哥已付", Command.PAID, members=("王姐", "李哥", "小陈")) == [
            "收到，王姐(59.9元)、李哥(30元)已付。还有1人没付。\n没找到小陈，名字再核对一下哈。"
        ]
        assert await talk.leads("谁没付", Command.UNPAID) == ["还没付的1人：老张 30元"]
        await talk.leads("王姐已付", Command.PAID, members=("王姐",))
        assert await talk.says("王姐", "积分", meaning(Intent.POINTS_QUERY)) == ["你现有59分，排第1。"]
        assert (await talk.leads("老张已付", Command.PAID, members=("老张",)))[0].endswith("全部付清啦！")
        assert await talk.leads("谁没付", Command.UNPAID) == ["都付清啦。"]

    async def test_who_has_no_order_has_not_paid(self, talk: Talk) -> None:
        await talk.says("王姐", "早")
        assert await talk.leads("王姐已付", Command.PAID, members=("王姐",)) == ["王姐这次没有订单，没记。"]

    async def test_picked_up_and_who_has_not(self, talk: Talk) -> None:
        await talk.orders("王姐", add("A", 1))
        await talk.orders("李哥", add("D", 1))
        assert await talk.leads("王姐已取", Command.PICKED_UP, members=("王姐",)) == [
            "收到，王姐已取。还有1人没取。"
        ]
        assert await talk.leads("谁没取", Command.NOT_PICKED_UP) == ["还没取的1人：李哥"]
        assert await talk.leads("都到了", Command.ARRIVED) == ["到货啦！@李哥 请到3号楼大厅取货~"]


class TestShortage:
    async def test_the_refunds_are_printed_and_booked_after_a_yes(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 2))
        await talk.orders("李哥", add("D", 2))
        (text,) = await talk.leads("草莓缺3", Command.SHORTAGE, skus=("D",), quantity=3)
        assert text.splitlines()[0] == "草莓缺3盒，先到先得，这样分：王姐 2→1(退25元)、李哥 2→0(退50元)。"
        assert await talk.order_of("李哥") == {"D": 2}
        assert await talk.says(LEADER, "是") == [
            "草莓缺货记好啦，要退款的：王姐 少1盒 退25元、李哥 少2盒 退50元，一共退75元。"
        ]
        assert await talk.order_of("王姐") == {"D": 1}
        assert await talk.order_of("李哥") == {}
        assert await talk.sums_hold()
        assert "订完" in (await talk.orders("小陈", add("D", 1)))[0]
        assert ("shortage", "D 3") in await acts(talk)

    async def test_more_than_was_ordered_cannot_be_short(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 2))
        (text,) = await talk.leads("草莓缺3", Command.SHORTAGE, skus=("D",), quantity=3)
        assert text == "草莓一共只订出2盒，缺不了3盒~"


class TestExport:
    async def rows(self, talk: Talk, text: str = "导出") -> tuple[list[dict[str, str]], Path]:
        directive = meaning(Intent.ADMIN, directive=Directive(command=Command.EXPORT))
        (reply,) = await talk.replies(LEADER, text, directive)
        assert reply.private
        (file,) = reply.attachments
        assert file.kind is AttachmentKind.FILE
        path = Path(file.path)
        return table(path), path

    async def test_one_row_an_order_adding_up_to_the_book(self, talk: Talk) -> None:
        await talk.orders("3栋2单元502王姐", add("A", 1, note="要甜的"), add("D", 2))
        await talk.orders("=SUM(A1)", add("D", 1))
        await talk.orders("老张", add("C", 1))
        await talk.leads("王姐已付", Command.PAID, members=("3栋2单元502王姐",))
        rows, path = await self.rows(talk)
        assert list(rows[0]) == COLUMNS
        assert rows[0]["商品"] == "苹果 大箱 ×1;草莓 ×2"
        assert (rows[0]["订单金额"], rows[0]["订单状态"], rows[0]["团员备注"]) == (
            "109.90",
            "已支付",
            "要甜的",
        )
        assert rows[0]["支付时间"].startswith("2026-03-04 12:01")
        assert (rows[0]["自提点"], rows[0]["详细地址"]) == ("3号楼大厅", "3栋 2 502")
        assert rows[1]["下单人"] == "'=SUM(A1)"
        group_buy, book = await talk.group_buy(), await talk.book()
        worth = sum(book.total(member, group_buy.catalogue) for member in book.members)
        assert sum(parse_yuan(row["订单金额"]) for row in rows) == worth
        assert path.stat().st_mode & 0o077 == 0

    async def test_who_got_nothing_is_paid_back(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 2))
        await talk.leads("草莓缺2", Command.SHORTAGE, skus=("D",), quantity=2)
        await talk.says(LEADER, "是")
        ((row,), _) = await self.rows(talk)
        assert (row["订单金额"], row["退款金额"]) == ("0.00", "50.00")

    async def test_a_workbook_where_it_is_asked_for(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 2))
        _, path = await self.rows(talk, "导出excel")
        assert path.suffix == ".xlsx"
        assert path.read_bytes().startswith(b"PK")

    async def test_without_orders_there_is_nothing(self, talk: Talk) -> None:
        assert await talk.leads("导出", Command.EXPORT) == ["还没有人下单，没有可以导出的。"]
