"""What members ask and do beside ordering."""

from datetime import timedelta
from pathlib import Path

from bot.model import Attachment, AttachmentKind, Quote
from bot.understanding import Aspect, Command, Directive, Intent, Understanding
from shop.aftersale import Case
from shop.review import ReviewKind
from tests.handlers.talking import LEADER, ROOM, Talk, add, drop, meaning, set_to, swap


def command(kind: Command, **given: object) -> Understanding:
    return meaning(Intent.ADMIN, directive=Directive(command=kind, **given))  # type: ignore[arg-type]  # a directive's fields


async def open_cases(talk: Talk) -> list[Case]:
    async with talk.database.unit_of_work() as store:
        return list(await store.cases.open_of((await store.rooms.seen(ROOM)).id))


def about(aspect: Aspect | None = None, *skus: str) -> Understanding:
    return meaning(Intent.PRODUCT_QUERY, aspect=aspect, skus=skus)


class TestUndo:
    async def test_takes_the_last_message_back_and_says_what_is_left(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 1))
        await talk.orders("王姐", add("A", 1), add("B", 1))
        assert await talk.says("王姐", "撤销", command(Command.UNDO)) == [
            "撤销啦。改好啦：去掉苹果大箱 ×1、苹果小箱 ×1。你现在一共：草莓 ×1，合计30元。"
        ]
        assert await talk.order_of("王姐") == {"D": 1}

    async def test_of_a_cancellation_brings_the_order_back(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 2))
        await talk.says("王姐", "不要了", meaning(Intent.CANCEL, drop("D")))
        await talk.says("王姐", "撤销", command(Command.UNDO))
        assert await talk.order_of("王姐") == {"D": 2}

    async def test_of_nothing_is_said(self, talk: Talk) -> None:
        assert await talk.says("王姐", "撤销", command(Command.UNDO)) == ["没有可以撤销的订单哦~"]

    async def test_after_the_cutoff_goes_to_the_leader(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 2))
        await talk.leads("截单", Command.CLOSE)
        (text,) = await talk.says("王姐", "撤销", command(Command.UNDO))
        assert "截单" in text
        assert await talk.order_of("王姐") == {"D": 2}
        assert [item.kind for item in await talk.reviews()] == [ReviewKind.AFTER_CUTOFF]


class TestWaitingList:
    async def test_a_freed_unit_goes_to_the_head_who_is_told(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 4))
        await talk.orders("李哥", add("C", 1))
        assert await talk.says("李哥", "候补", command(Command.WAIT)) == [
            "香梨 ×1排上啦，你是第1位，有货了就告诉你。"
        ]
        await talk.orders("老张", add("C", 1))
        await talk.says("老张", "候补", command(Command.WAIT))
        own, promoted = await talk.replies("王姐", "梨少一箱", meaning(Intent.AMEND, set_to("C", 3)))
        assert own.to == "王姐"
        assert (promoted.to, promoted.text) == ("李哥", "李哥，你候补的香梨 ×1有啦，已经帮你记上~")
        assert await talk.order_of("李哥") == {"C": 1}
        assert await talk.order_of("老张") == {}
        assert (await talk.book()).sold("C") == 4

    async def test_undo_and_more_stock_free_units_too(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 4))
        for name in ("李哥", "老张"):
            await talk.says(name, "候补梨", command(Command.WAIT, skus=("C",), quantity=2))
        replies = await talk.leads("梨加库存2", Command.STOCK, skus=("C",), quantity=2)
        assert replies == ["香梨现在还能订0箱。", "李哥，你候补的香梨 ×2有啦，已经帮你记上~"]
        replies = await talk.says("王姐", "撤销", command(Command.UNDO))
        assert replies[1] == "老张，你候补的香梨 ×2有啦，已经帮你记上~"
        assert (await talk.book()).sold("C") == 4

    async def test_as_many_as_were_refused(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 4))
        await talk.orders("李哥", add("C", 3))
        (text,) = await talk.says("李哥", "候补梨", command(Command.WAIT, skus=("C",)))
        assert text.startswith("香梨 ×3排上啦")

    async def test_of_several_specs_the_one_that_is_sold_out(self, talk: Talk) -> None:
        await talk.leads("小箱库存2", Command.STOCK, skus=("B",), quantity=2, absolute=True)
        await talk.orders("王姐", add("B", 2))
        (text,) = await talk.says("李哥", "候补苹果", command(Command.WAIT, skus=("A", "B")))
        assert text.startswith("苹果小箱 ×1排上啦")

    async def test_what_is_refused_over_the_limit_is_not_waited_for(self, talk: Talk) -> None:
        await talk.orders("王姐", add("A", 4))
        (text,) = await talk.says("王姐", "候补", command(Command.WAIT))
        assert text == "想候补哪个？比如：候补苹果2箱"

    async def test_what_is_there_need_not_be_waited_for(self, talk: Talk) -> None:
        (text,) = await talk.says("王姐", "候补梨", command(Command.WAIT, skus=("C",)))
        assert text == "香梨还有4箱呢，直接说要几箱就行。"

    async def test_the_refusal_is_forgotten_after_ten_minutes(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 5))
        talk.clock.set(talk.clock.now() + timedelta(minutes=11))
        (text,) = await talk.says("王姐", "候补", command(Command.WAIT))
        assert text == "想候补哪个？比如：候补苹果2箱"

    async def test_dropping_the_goods_leaves_the_line(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 4))
        await talk.says("李哥", "候补梨", command(Command.WAIT, skus=("C",)))
        assert await talk.says("李哥", "梨不要了", meaning(Intent.CANCEL, drop("C"))) == [
            "好的，香梨的候补取消啦。"
        ]
        assert len(await talk.says("王姐", "撤销", command(Command.UNDO))) == 1

    async def test_the_own_places_are_shown(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 4))
        await talk.says("李哥", "候补梨", command(Command.WAIT, skus=("C",)))
        assert await talk.says("李哥", "候补", command(Command.WAIT)) == ["你在候补：香梨 ×1(第1位)。"]

    async def test_a_swap_into_what_is_sold_out_waits_for_the_target(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 4))
        await talk.orders("李哥", add("B", 2))
        await talk.says("李哥", "小箱换梨", meaning(Intent.AMEND, swap("B", "C")))
        assert "香梨 ×2排上啦" in (await talk.says("李哥", "候补", command(Command.WAIT)))[0]
        assert await talk.order_of("李哥") == {"B": 2}


class TestOwnOrder:
    async def test_content_and_sum(self, talk: Talk) -> None:
        await talk.orders("王姐", add("A", 1), add("D", 2))
        assert await talk.says("王姐", "我订了啥", meaning(Intent.ORDER_QUERY, aspect=Aspect.CONTENT)) == [
            "你订了：苹果大箱 ×1、草莓 ×2，合计109.9元。"
        ]

    async def test_without_an_order(self, talk: Talk) -> None:
        assert await talk.says("王姐", "我订了啥", meaning(Intent.ORDER_QUERY)) == [
            "你这次还没订东西哦，想要什么直接说就行。"
        ]

    async def test_arrival_follows_the_facts(self, talk: Talk) -> None:
        asked = meaning(Intent.ORDER_QUERY, aspect=Aspect.ARRIVAL)
        await talk.orders("王姐", add("A", 1), add("D", 2))
        assert (await talk.says("王姐", "到了吗", asked))[0].endswith("还没到，到了会在群里喊你。")
        await talk.leads("草莓到了", Command.ARRIVED, skus=("D",))
        assert (await talk.says("王姐", "到了吗", asked))[0].endswith(
            "草莓到了，在3号楼大厅，其余的还在路上。"
        )
        await talk.leads("都到了", Command.ARRIVED)
        assert (await talk.says("王姐", "到了吗", asked))[0].endswith("货都到了，可以来取啦，在3号楼大厅。")
        await talk.leads("王姐已付", Command.PAID, members=("王姐",))
        await talk.leads("王姐已取", Command.PICKED_UP, members=("王姐",))
        (text,) = await talk.says("王姐", "到了吗", asked)
        assert text == "你订了：苹果大箱 ×1、草莓 ×2，合计109.9元(已付)。\n已经取走啦。"

    async def test_why_shows_the_words_that_an_order_came_from(self, talk: Talk) -> None:
        words = set_to("D", 2)
        spanned = type(words)(kind=words.kind, sku="D", quantity=2, spans=((0, 2), (3, 5)))
        await talk.says("王姐", "草莓来两盒", meaning(Intent.ORDER, spanned), key="berries")
        await talk.orders("王姐", add("A", 1))
        quote = Quote(message_id="berries")
        assert await talk.says("王姐", "为什么", command(Command.WHY), quote=quote) == [
            "“草莓来两盒”是这么记的：“草莓 两盒”→草莓 +2。"
        ]
        (text,) = await talk.says("王姐", "为什么", command(Command.WHY))
        assert text == "“来点”是这么记的：苹果大箱 +1(加)。"

    async def test_why_of_nothing(self, talk: Talk) -> None:
        assert "没什么可解释" in (await talk.says("王姐", "为什么", command(Command.WHY)))[0]


class TestGoods:
    async def test_the_range_lists_what_is_on_sale(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 4))
        (text,) = await talk.says("李哥", "有啥卖", about(Aspect.RANGE))
        assert text.splitlines() == [
            "这次有：",
            "A 苹果大箱 59.9元/箱，限3箱",
            "B 苹果小箱 32.9元/箱",
            "C 香梨 45.5元/箱(订完)",
            "D 草莓 30元/盒(2盒50元)",
        ]

    async def test_price_of_all_specs(self, talk: Talk) -> None:
        assert await talk.says("李哥", "苹果多少钱", about(Aspect.PRICE, "A", "B")) == [
            "苹果大箱 59.9元/箱；苹果小箱 32.9元/箱。"
        ]

    async def test_stock_counts_what_is_sold(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 3))
        assert await talk.says("李哥", "梨还有吗", about(Aspect.STOCK, "C")) == ["香梨还剩1箱。"]
        assert await talk.says("李哥", "大箱还有吗", about(Aspect.STOCK, "A")) == [
            "苹果大箱还有，直接说要几箱就行，每人限3箱。"
        ]

    async def test_goods_that_are_not_sold(self, talk: Talk) -> None:
        assert await talk.says("李哥", "有榴莲吗", about(Aspect.STOCK)) == [
            "这次在卖的是：苹果大箱、苹果小箱、香梨、草莓；没列的这次就没有哦。"
        ]

    async def test_what_the_file_does_not_tell_goes_to_the_leader(self, talk: Talk) -> None:
        (text,) = await talk.says("李哥", "草莓甜吗", about(Aspect.DETAIL, "D"))
        assert text == "草莓 30元/盒(2盒50元)。别的我不敢乱说，帮你问下团长哈。"
        assert [item.kind for item in await talk.reviews()] == [ReviewKind.QUESTION]

    async def test_a_question_leaves_an_open_one_open(self, talk: Talk) -> None:
        from tests.handlers.test_order_talk import WHICH_BOX  # noqa: PLC0415 - the one case that needs it

        await talk.says("王姐", "苹果一箱", meaning(Intent.ORDER, unclear=[WHICH_BOX]))
        await talk.says("王姐", "大箱多少钱", about(Aspect.PRICE, "A"))
        await talk.says("王姐", "嗯")
        assert talk.was_open() is not None


class TestPoints:
    async def test_check_in_once_a_day_of_the_room(self, talk: Talk) -> None:
        asked = meaning(Intent.CHECKIN)
        assert await talk.says("王姐", "签到", asked) == ["签到成功，+1分！连签1天，现有1分。"]
        assert await talk.says("王姐", "签到", asked) == ["今天已经签到过啦，明天再来~"]
        talk.clock.set(talk.clock.now().replace(hour=15, minute=59, second=0))  # 23:59 in the room's zone
        assert await talk.says("王姐", "签到", asked) == ["今天已经签到过啦，明天再来~"]
        talk.clock.set(talk.clock.now().replace(hour=15, minute=59, second=50))
        assert await talk.says("王姐", "签到", asked) == ["签到成功，+1分！连签2天，现有2分。"]

    async def test_balance_rank_and_board(self, talk: Talk) -> None:
        await talk.says("王姐", "签到", meaning(Intent.CHECKIN))
        await talk.leads("李哥加分", Command.POINTS_ADJUST, members=("王姐",), quantity=4)
        await talk.says("李哥", "签到", meaning(Intent.CHECKIN))
        asked = meaning(Intent.POINTS_QUERY)
        assert await talk.says("李哥", "我的积分", asked) == ["你现有1分，排第2。"]
        assert await talk.says("李哥", "积分排行", asked) == ["积分排行：1.王姐 5分 2.李哥 1分"]
        assert await talk.says("老张", "我的积分", asked) == ["你还没有积分哦，发“签到”每天都能领。"]

    async def test_redeeming_is_handed_to_the_leader_and_spends_nothing(self, talk: Talk) -> None:
        await talk.says("王姐", "签到", meaning(Intent.CHECKIN))
        (text,) = await talk.says("王姐", "积分换个券", meaning(Intent.REDEEM))
        assert "现有1分" in text
        assert len(await talk.reviews()) == 1
        assert await talk.says("王姐", "积分", meaning(Intent.POINTS_QUERY)) == ["你现有1分，排第1。"]


class TestRecommend:
    async def test_own_goods_of_earlier_sales_come_first_by_name(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 1))
        for name in ("李哥", "老张", "小陈"):
            await talk.orders(name, add("B", 1))
        await talk.leads("截单", Command.CLOSE)
        await talk.leads("复制上次团", Command.COPY_LAST)
        (text,) = await talk.says("王姐", "推荐点啥", meaning(Intent.RECOMMEND))
        assert "草莓 30元/盒(2盒50元)(你常买)" in text
        await talk.orders("李哥", add("A", 1))
        (text,) = await talk.says("小周", "推荐点啥", meaning(Intent.RECOMMEND))
        assert "(你常买)" not in text

    async def test_only_what_can_be_had(self, talk: Talk) -> None:
        await talk.orders("王姐", add("C", 4))
        await talk.leads("下架草莓", Command.REMOVE_ITEM, skus=("D",))
        (text,) = await talk.says("李哥", "推荐点啥", meaning(Intent.RECOMMEND))
        assert "香梨" not in text
        assert "草莓" not in text
        assert "苹果小箱 32.9元/箱" in text


class TestAfterSale:
    async def test_a_report_opens_a_case_with_its_photos(self, talk: Talk, tmp_path: Path) -> None:
        photo = Attachment(kind=AttachmentKind.IMAGE, name="草莓.jpg", path=str(tmp_path / "1.jpg"))
        report = meaning(Intent.AFTERSALE, skus=["D"], quantity=2)
        (text,) = await talk.says("王姐", "草莓坏了两盒", report, photos=[photo])
        assert text.startswith("不好意思给你添麻烦了！草莓的问题记下了(售后1号)")
        assert "照片也收好了" in text
        (case,) = await open_cases(talk)
        assert (case.skus, case.quantity, case.photos) == (("D",), 2, (photo.path,))

    async def test_more_of_the_same_opens_no_second_case(self, talk: Talk) -> None:
        await talk.says("王姐", "草莓坏了", meaning(Intent.AFTERSALE, skus=["D"]))
        (text,) = await talk.says("王姐", "都烂了", meaning(Intent.AFTERSALE))
        assert "售后1号" in text
        await talk.says("王姐", "梨也坏了", meaning(Intent.AFTERSALE, skus=["C"]))
        assert len(await open_cases(talk)) == 2


class TestOwnData:
    async def test_shows_what_is_kept(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 2))
        (text,) = await talk.says("王姐", "我的数据", command(Command.MY_DATA))
        assert "昵称王姐；本团订单草莓 ×2(50元)；积分0分，签到0天；售后0个" in text

    async def test_deletion_asks_once_and_then_forgets_the_name(self, talk: Talk) -> None:
        await talk.says("王姐", "大家好")
        await talk.says("王姐", "删除我的数据", command(Command.FORGET_ME))
        assert await talk.says("王姐", "是") == ["已经删掉啦，以后想买随时再来。"]
        async with talk.database.unit_of_work() as store:
            room = await store.rooms.seen(ROOM)
            assert "王姐" not in {member.name for member in await store.members.of_room(room.id)}

    async def test_a_no_keeps_everything(self, talk: Talk) -> None:
        await talk.says("王姐", "删除我的数据", command(Command.FORGET_ME))
        assert await talk.says("王姐", "算了") == ["好的，那就不动了。"]
        assert await talk.says("王姐", "是") == []
        async with talk.database.unit_of_work() as store:
            room = await store.rooms.seen(ROOM)
            assert "王姐" in {member.name for member in await store.members.of_room(room.id)}

    async def test_an_order_that_was_not_handed_out_is_waited_for(self, talk: Talk) -> None:
        await talk.orders("王姐", add("D", 1))
        (text,) = await talk.says("王姐", "删除我的数据", command(Command.FORGET_ME))
        assert "没取的订单" in text
        assert await talk.says("王姐", "是") == []

    async def test_marketing_can_be_refused(self, talk: Talk) -> None:
        await talk.says("王姐", "退订推荐", command(Command.UNSUBSCRIBE))
        async with talk.database.unit_of_work() as store:
            member = await store.members.named((await store.rooms.seen(ROOM)).id, "王姐")
            assert not await store.consents.given(member.id, "marketing")


class TestHelp:
    async def test_members_see_what_they_may_do(self, talk: Talk) -> None:
        (text,) = await talk.says("王姐", "帮助", command(Command.HELP))
        assert "下单、改单、退单" in text
        assert "截单" not in text

    async def test_leaders_see_their_commands_too(self, talk: Talk) -> None:
        (text,) = await talk.says(LEADER, "帮助", command(Command.HELP))
        assert "团长还可以：" in text
        assert "· 截单，如：截单" in text
