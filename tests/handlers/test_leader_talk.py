"""The leader's day in talk: open, change, close, sum up, order for others."""

from datetime import timedelta

import pytest

from bot.understanding import Command, Directive, Intent, OfferDraft
from shop.catalogue import Sku
from shop.groupbuy import Phase
from shop.money import Fen
from shop.review import ReviewKind
from storage.tables import audit
from tests.handlers.talking import LEADER, NOON, ROOM, Talk, add, meaning

PASTRY = Sku(code="E", name="奶油泡芙", unit="盒", price=Fen(2500), stock=10)
DRAFT = OfferDraft(
    title="周五点心",
    skus=(PASTRY, Sku(code="F", name="蛋挞", spec="6个", unit="盒", price=Fen(1990), limit=2)),
    cutoff=NOON + timedelta(hours=8),
    pickup_points=("南门",),
    doubts=("好吃不贵",),
)


async def acts(talk: Talk) -> list[tuple[str, str]]:
    """What the audit holds: action and detail."""
    async with talk.database.session() as session:
        rows = await session.rows(audit.select().order_by(audit.c.id))
    return [(row.action, row.detail) for row in rows]


class TestRoles:
    @pytest.mark.parametrize(
        "command",
        [
            Command.OPEN,
            Command.CLOSE,
            Command.SUMMARY,
            Command.PRICE,
            Command.PAID,
            Command.EXPORT,
            Command.OTHER,
        ],
    )
    async def test_a_member_may_not_lead(self, talk: Talk, command: Command) -> None:
        directive = meaning(Intent.ADMIN, directive=Directive(command=command))
        assert await talk.says("王姐", "截单", directive) == ["这个要团长来操作哦。"]
        assert (await talk.group_buy()).phase is Phase.OPEN
        assert await acts(talk) == []


class TestOpening:
    async def test_an_offer_is_read_back_and_opened_by_a_yes(self, empty_room: Talk) -> None:
        (text,) = await empty_room.leads("开团 …", Command.OPEN, offer=DRAFT)
        assert text.splitlines() == [
            "我读到的是这样：",
            "【周五点心】",
            "E 奶油泡芙 25元/盒，共10盒",
            "F 蛋挞6个 19.9元/盒，限2盒",
            "截单：今天20:00",
            "自提：南门",
            "没问题回“是”就开团，不对就改好再贴一遍。",
            "这几行没看懂：好吃不贵",
        ]
        (text,) = await empty_room.says(LEADER, "是")
        assert text.startswith("开团啦！【周五点心】\nE 奶油泡芙 25元/盒(剩10盒)")
        group_buy = await empty_room.group_buy()
        assert (group_buy.title, group_buy.number, len(group_buy.catalogue)) == ("周五点心", 1, 2)
        assert await acts(empty_room) == [("open", "1 周五点心")]

    async def test_a_no_opens_nothing(self, empty_room: Talk) -> None:
        await empty_room.leads("开团 …", Command.OPEN, offer=DRAFT)
        assert await empty_room.says(LEADER, "不") == ["好的，那就不动了。"]
        assert await acts(empty_room) == []

    async def test_a_new_one_closes_the_one_before(self, talk: Talk) -> None:
        (text,) = await talk.leads("开团 …", Command.OPEN, offer=DRAFT)
        assert text.endswith("(现在的“周三水果”会先截单)")
        await talk.says(LEADER, "是")
        now = await talk.group_buy()
        assert now.number == 2
        async with talk.database.unit_of_work() as store:
            room = await store.rooms.seen(ROOM)
            (before,) = await store.group_buys.earlier(room.id, before=now.id, limit=9)
        assert before.phase is Phase.CLOSED

    async def test_without_an_offer_the_list_is_shown(self, talk: Talk) -> None:
        (text,) = await talk.leads("开团啦", Command.OPEN)
        assert text.startswith("正在团购中~【周三水果】\nA 苹果大箱")

    async def test_without_anything_the_way_is_shown(self, empty_room: Talk) -> None:
        assert (await empty_room.leads("开团", Command.OPEN))[0].startswith("把团购内容贴在“开团”后面就行")

    async def test_codes_printed_twice_stay_apart(self, empty_room: Talk) -> None:
        twice = OfferDraft(title="点心", skus=(PASTRY, PASTRY))
        await empty_room.leads("开团 …", Command.OPEN, offer=twice)
        await empty_room.says(LEADER, "是")
        assert [sku.code for sku in (await empty_room.group_buy()).catalogue] == ["E", "1"]

    async def test_the_last_one_is_copied_without_its_orders(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 1))
        assert "先截单" in (await talk.leads("复制上次团", Command.COPY_LAST))[0]
        await talk.leads("截单", Command.CLOSE)
        await talk.leads("复制上次团", Command.COPY_LAST)
        assert (await talk.group_buy()).number == 2
        assert (await talk.book()).members == ()


class TestClosing:
    async def test_closed_reopened_cancelled(self, talk: Talk) -> None:
        await talk.orders("王姐", add("A", 1))
        assert await talk.leads("截单", Command.CLOSE) == ["截单啦！共1人下单，合计59.9元。"]
        assert await talk.leads("截单", Command.CLOSE) == ["这个团已经截单了~"]
        assert await talk.leads("重开", Command.REOPEN) == ["又可以下单啦！共1人下单，合计59.9元。"]
        await talk.orders("王姐", add("A", 1))
        assert await talk.order_of("王姐") == {"A": 2}
        assert [action for action, _ in await acts(talk)] == ["close", "reopen"]

    async def test_cancelling_asks_first(self, talk: Talk) -> None:
        await talk.orders("王姐", add("A", 1))
        (text,) = await talk.leads("取消团", Command.CANCEL_GROUP_BUY)
        assert text.startswith("真的要取消“周三水果”吗？共1人下单")
        assert (await talk.group_buy()).phase is Phase.OPEN
        await talk.says(LEADER, "是")
        assert await talk.orders("王姐", add("A", 1)) == ["现在还没有开团哦，开了会在群里说~"]
        assert ("cancel_group_buy", "周三水果") in await acts(talk)

    async def test_scheduled_and_reminded(self, talk: Talk) -> None:
        assert await talk.leads("定时", Command.SCHEDULE_CUTOFF) == ["几点截单？比如：定时截单 20:00"]
        at_one = NOON + timedelta(hours=1)
        assert await talk.leads("定时", Command.SCHEDULE_CUTOFF, time=at_one) == ["好的，今天13:00自动截单。"]
        talk.clock.set(at_one - timedelta(minutes=10, seconds=20))
        (text,) = await talk.leads("催单", Command.REMIND)
        assert text.startswith("【周三水果】10分钟后截单，还没下单的抓紧啦！\nA 苹果大箱")
        assert "之后" in (await talk.leads("定时", Command.SCHEDULE_CUTOFF, time=NOON))[0]


class TestSummary:
    async def fill(self, talk: Talk) -> None:
        await talk.orders("3栋王姐", add("A", 1), add("D", 2))
        await talk.orders("12栋李哥", add("D", 1))
        await talk.orders("老张", add("C", 2))

    @pytest.mark.parametrize(
        ("view", "lines"),
        [
            ("", ["苹果大箱 ×1(1人，59.9元)", "香梨 ×2(1人，91元)", "草莓 ×3(2人，80元)"]),
            (
                "member",
                [
                    "1. 3栋王姐：苹果大箱 ×1、草莓 ×2(109.9元)",
                    "2. 12栋李哥：草莓 ×1(30元)",
                    "3. 老张：香梨 ×2(91元)",
                ],
            ),
            (
                "building",
                [
                    "3栋(1人，109.9元)：苹果大箱 ×1、草莓 ×2",
                    "  3栋王姐：苹果大箱 ×1、草莓 ×2",
                    "12栋(1人，30元)：草莓 ×1",
                    "  12栋李哥：草莓 ×1",
                    "没写楼栋(1人，91元)：香梨 ×2",
                    "  老张：香梨 ×2",
                ],
            ),
            (
                "pickup",
                [
                    "3号楼大厅(3人，230.9元)：苹果大箱 ×1、香梨 ×2、草莓 ×3",
                    "  3栋王姐：苹果大箱 ×1、草莓 ×2",
                    "  12栋李哥：草莓 ×1",
                    "  老张：香梨 ×2",
                ],
            ),
        ],
    )
    async def test_every_view_ends_with_the_check_sum(self, talk: Talk, view: str, lines: list[str]) -> None:
        await self.fill(talk)
        (text,) = await talk.leads("汇总", Command.SUMMARY, view=view)
        assert text.splitlines() == [
            "【周三水果】共3人下单，合计230.9元。",
            *lines,
            "核对：按人230.9元=按商品230.9元=按自提点230.9元 ✓",
        ]

    async def test_without_orders(self, talk: Talk) -> None:
        assert await talk.leads("汇总", Command.SUMMARY) == ["【周三水果】还没有人下单。"]

    async def test_of_some_goods_alone(self, talk: Talk) -> None:
        await self.fill(talk)
        (text,) = await talk.leads("草莓卖了多少", Command.SUMMARY, skus=("D",))
        assert text.splitlines()[1:-1] == ["草莓 ×3(2人，80元)"]

    async def test_who_bought_something(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 2), add("C", 1))
        await talk.orders("李哥", add("C", 3))
        (text,) = await talk.leads("谁买了草莓", Command.SUMMARY, view="member", skus=("D",))
        assert text.splitlines()[1:-1] == ["1. 王姐：草莓 ×2"]

    async def test_review_list_is_shown_and_cleared_after_a_yes(self, talk: Talk) -> None:
        assert await talk.leads("待确认", Command.REVIEW) == ["没有待确认的。"]
        for _ in range(2):
            await talk.says("王姐", "能送到家吗 我电话13800001234", meaning(Intent.QUESTION), at_bot=True)
        (text,) = await talk.leads("待确认", Command.REVIEW)
        assert text == "待确认1条：\n1. 王姐：能送到家吗 我电话138****(要回复)"
        await talk.leads("待确认都处理完了", Command.REVIEW)
        assert len(await talk.reviews()) == 1
        assert await talk.says(LEADER, "是") == ["好的，1条都清掉了。"]
        assert await talk.reviews() == []


class TestItems:
    async def test_a_new_price_holds_for_all_orders(self, talk: Talk) -> None:
        await talk.orders("王姐", add("A", 1))
        assert await talk.leads("大箱改价42", Command.PRICE, skus=("A",), price=Fen(4200)) == [
            "苹果大箱改成42元/箱啦，之前订的也按新价算。"
        ]
        (text,) = await talk.says("王姐", "多少钱", meaning(Intent.ORDER_QUERY))
        assert "合计42元" in text
        assert ("price", "A 4200") in await acts(talk)

    async def test_one_name_with_several_specs_is_asked_about(self, talk: Talk) -> None:
        (text,) = await talk.leads("苹果改价42", Command.PRICE, skus=("A", "B"), price=Fen(4200))
        assert text == "苹果有好几种，是哪一种？回编号就行：A 苹果大箱、B 苹果小箱"
        assert (await talk.group_buy()).catalogue["A"].price == 5990
        await talk.leads("A和B都改42", Command.PRICE, skus=("A", "B"), price=Fen(4200))
        assert [sku.price for sku in (await talk.group_buy()).catalogue.same_name("苹果")] == [4200, 4200]

    async def test_stock_is_set_and_added_to(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 3))
        assert await talk.leads("梨加10", Command.STOCK, skus=("C",), quantity=10) == ["香梨现在还能订11箱。"]
        assert await talk.leads("梨改2", Command.STOCK, skus=("C",), quantity=2, absolute=True) == [
            "香梨库存设为2箱，已经订出3箱了，先不接新单。"
        ]
        assert await talk.leads("加库存10", Command.STOCK, quantity=10) == [
            "哪个商品的库存？比如：苹果加库存10，或者 苹果库存改成20"
        ]

    async def test_new_goods_can_be_ordered(self, talk: Talk) -> None:
        (text,) = await talk.leads("加个品", Command.ADD_ITEM, item=PASTRY)
        assert text == "上架啦：E 奶油泡芙 25元/盒，共10盒"
        await talk.orders("王姐", add("E", 1))
        assert await talk.order_of("王姐") == {"E": 1}
        assert await talk.leads("加个品", Command.ADD_ITEM, item=PASTRY) == [
            "编号E已经有商品了，请换一个编号~"
        ]

    async def test_removing_goods_with_orders_lists_them_and_asks(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 2))
        (text,) = await talk.leads("下架草莓", Command.REMOVE_ITEM, skus=("D",))
        assert text.startswith("草莓已经有1个人订了：王姐 ×2。")
        assert (await talk.group_buy()).catalogue["D"].on_sale
        await talk.says(LEADER, "是")
        assert not (await talk.group_buy()).catalogue["D"].on_sale
        assert await talk.order_of("王姐") == {"D": 2}
        assert [item.kind for item in await talk.reviews()] == [ReviewKind.DELISTED]
        assert await talk.orders("李哥", add("D", 1)) == ["草莓已经下架啦~"]

    async def test_without_orders_goods_go_at_once_and_come_back(self, talk: Talk) -> None:
        assert await talk.leads("下架草莓", Command.REMOVE_ITEM, skus=("D",)) == ["草莓下架啦。"]
        assert await talk.leads("上架草莓", Command.ADD_ITEM, skus=("D",)) == [
            "草莓重新上架啦，30元/盒(2盒50元)。"
        ]


class TestWhatWasOnlyGuessed:
    async def test_a_price_waits_for_a_yes(self, talk: Talk) -> None:
        guess = Directive(command=Command.PRICE, skus=("D",), price=Fen(2800), guessed=True)
        assert await talk.leads("草莓按28走", guess) == ["是要把草莓改成28元吗？回“是”就改。"]
        assert (await talk.group_buy()).catalogue["D"].price == Fen(3000)
        assert await talk.says(LEADER, "是") == ["草莓改成28元/盒(2盒50元)啦，之前订的也按新价算。"]
        assert (await talk.group_buy()).catalogue["D"].price == Fen(2800)

    async def test_a_no_leaves_it(self, talk: Talk) -> None:
        guess = Directive(command=Command.PRICE, skus=("D",), price=Fen(2800), guessed=True)
        await talk.leads("草莓按28走", guess)
        await talk.says(LEADER, "不是")
        assert (await talk.group_buy()).catalogue["D"].price == Fen(3000)

    async def test_stock_waits_too_where_it_is_not_sure(self, talk: Talk) -> None:
        guess = Directive(command=Command.STOCK, skus=("D",), quantity=20, absolute=True, guessed=True)
        assert await talk.leads("草莓总共摘了20盒", guess) == ["是要把草莓的库存改成20盒吗？回“是”就改。"]
        assert (await talk.group_buy()).catalogue["D"].stock is None
        await talk.says(LEADER, "是")
        assert (await talk.group_buy()).catalogue["D"].stock == 20

    async def test_goods_go_and_come_after_a_yes(self, talk: Talk) -> None:
        gone = Directive(command=Command.REMOVE_ITEM, skus=("D",), guessed=True)
        assert await talk.leads("草莓不卖了 撤掉", gone) == ["草莓还没有人订。是要下架吗？回“是”就下。"]
        assert await talk.says(LEADER, "是") == ["草莓下架啦。"]
        come = Directive(command=Command.ADD_ITEM, item=PASTRY, guessed=True)
        (asked,) = await talk.leads("泡芙25一盒也卖", come)
        assert asked.startswith("是要上架这个吗？")
        assert "E" not in [sku.code for sku in (await talk.group_buy()).catalogue]
        assert await talk.says(LEADER, "是") == ["上架啦：E 奶油泡芙 25元/盒，共10盒"]


class TestOrdersOfOthers:
    async def test_booked_over_the_limit_and_written_down(self, talk: Talk) -> None:
        assert await talk.leads(
            "代下单 王姐 大箱5", Command.ORDER_FOR, members=("王姐",), changes=(add("A", 5),), text="电话订的"
        ) == ["王姐：记好啦：苹果大箱 ×5，合计299.5元。"]
        assert await talk.order_of("王姐") == {"A": 5}
        assert ("order_for", "王姐:代下单 王姐 大箱5") in await acts(talk)
        (event,) = await talk.events()
        assert event.actor != event.member
        assert event.reason == "电话订的"

    async def test_not_over_the_stock(self, talk: Talk) -> None:
        (text,) = await talk.leads("代", Command.ORDER_FOR, members=("王姐",), changes=(add("C", 5),))
        assert text.startswith("王姐：香梨只剩4箱")

    async def test_undone_for_a_member(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 1))
        await talk.orders("王姐", add("A", 1))
        assert await talk.leads("撤销王姐", Command.UNDO_FOR, members=("王姐", "没来过的")) == [
            "没找到没来过的，名字再核对一下哈。\n王姐：改好啦：去掉苹果大箱 ×1。现在一共：草莓 ×1，合计30元。"
        ]
        assert await talk.order_of("王姐") == {"D": 1}
        assert ("undo_for", "王姐:撤销王姐") in await acts(talk)

    async def test_one_of_several_items_taken_off(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 1), add("A", 1))
        await talk.leads("取消王姐的草莓", Command.UNDO_FOR, members=("王姐",), skus=("D",))
        assert await talk.order_of("王姐") == {"A": 1}

    async def test_after_the_cutoff_the_leader_reopens_first(self, talk: Talk) -> None:
        await talk.leads("截单", Command.CLOSE)
        (text,) = await talk.leads("代", Command.ORDER_FOR, members=("王姐",), changes=(add("D", 1),))
        assert "重开" in text


class TestTheRest:
    async def test_announcements_go_to_everybody(self, talk: Talk) -> None:
        (reply,) = await talk.replies(
            LEADER,
            "公告 …",
            meaning(Intent.ADMIN, directive=Directive(command=Command.ANNOUNCE, text="今晚八点截单")),
        )
        assert (reply.text, reply.to, reply.urgent) == ("【公告】今晚八点截单", "", True)
        assert await talk.leads("公告", Command.ANNOUNCE) == ["要公告什么？比如：公告 今晚8点截单"]

    async def test_points_are_given_and_taken_with_a_reason(self, talk: Talk) -> None:
        await talk.says("王姐", "早")
        adjust = {"members": ("王姐",), "text": "帮忙卸货"}
        assert await talk.leads("加分", Command.POINTS_ADJUST, quantity=10, **adjust) == [
            "王姐积分+10，现有10分。"
        ]
        assert await talk.leads("减分", Command.POINTS_ADJUST, quantity=-20, **adjust) == [
            "现在只有10分，扣不了20分~"
        ]
        assert await acts(talk) == [("points_adjust", "王姐 +10 帮忙卸货")]

    async def test_what_is_not_known_is_said(self, talk: Talk) -> None:
        assert await talk.leads("抽个奖", Command.OTHER) == ["这个我还不会呢。发“帮助”看看我会什么~"]
