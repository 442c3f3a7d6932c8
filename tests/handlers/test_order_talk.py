"""Ordering in plain words: what is booked, refused, asked back, waited for."""

from datetime import timedelta

from bot.understanding import Choice, Command, Intent, Unclear, UnclearReason
from shop.money import Fen
from shop.review import ReviewKind
from tests.handlers.talking import LEADER, NOON, Talk, add, drop, meaning, set_to, swap

WHICH_BOX = Unclear(
    reason=UnclearReason.SPEC,
    span=(0, 2),
    text="苹果",
    choices=(
        Choice(label="大箱", changes=(add("A", 1),)),
        Choice(label="小箱", changes=(add("B", 1),)),
    ),
)


async def test_an_order_is_booked_and_read_back_with_its_sum(talk: Talk) -> None:
    assert await talk.orders("王姐", add("A", 2), add("C", 1)) == [
        "记好啦：苹果大箱 ×2、香梨 ×1，合计165.3元。"
    ]
    assert await talk.order_of("王姐") == {"A": 2, "C": 1}


async def test_the_reply_addresses_the_member(talk: Talk) -> None:
    (reply,) = await talk.replies("王姐", "草莓一盒", meaning(Intent.ORDER, add("D", 1)))
    assert reply.to == "王姐"


async def test_a_second_order_shows_the_whole_one_at_its_tier_price(talk: Talk) -> None:
    await talk.orders("王姐", add("D", 1))
    assert await talk.orders("王姐", add("D", 1)) == ["记好啦：草莓 ×1。你现在一共：草莓 ×2，合计50元。"]


async def test_a_change_says_what_went_and_what_came(talk: Talk) -> None:
    await talk.orders("王姐", add("A", 2), add("D", 1))
    assert await talk.says("王姐", "大箱换小箱", meaning(Intent.AMEND, swap("A", "B"))) == [
        "改好啦：去掉苹果大箱 ×2，加上苹果小箱 ×2。你现在一共：苹果小箱 ×2、草莓 ×1，合计95.8元。"
    ]


async def test_the_last_item_dropped_leaves_no_order(talk: Talk) -> None:
    await talk.orders("王姐", add("D", 1))
    assert await talk.says("王姐", "草莓不要了", meaning(Intent.CANCEL, drop("D"))) == [
        "已取消草莓 ×1，你现在没有订单了。"
    ]
    assert await talk.order_of("王姐") == {}


async def test_what_is_so_already_changes_nothing(talk: Talk) -> None:
    await talk.orders("王姐", add("D", 2))
    before = (await talk.book()).last_seq
    assert await talk.says("王姐", "草莓就要两盒", meaning(Intent.AMEND, set_to("D", 2))) == [
        "订单没有变化。你现在一共：草莓 ×2，合计50元。"
    ]
    assert (await talk.book()).last_seq == before


async def test_dropping_what_was_not_ordered_is_said(talk: Talk) -> None:
    assert await talk.says("王姐", "梨不要了", meaning(Intent.CANCEL, drop("C"))) == ["你没有订香梨哦~"]


async def test_over_the_limit_the_rest_is_booked_and_the_reply_says_how_many_are_left(talk: Talk) -> None:
    await talk.orders("王姐", add("A", 1))
    (text,) = await talk.orders("王姐", add("A", 3), add("D", 1))
    assert text.splitlines() == [
        "记好啦：草莓 ×1。你现在一共：苹果大箱 ×1、草莓 ×1，合计89.9元。",
        "苹果大箱每人限3箱，你最多还能加2箱，这次先没记哦~",
    ]
    assert await talk.order_of("王姐") == {"A": 1, "D": 1}


async def test_over_stock_nothing_is_booked_and_the_waiting_list_is_offered(talk: Talk) -> None:
    await talk.orders("王姐", add("C", 3))
    (text,) = await talk.orders("李哥", add("C", 2))
    assert "只剩1箱" in text
    assert "候补" in text
    assert await talk.order_of("李哥") == {}


async def test_after_the_cutoff_the_leader_decides(talk: Talk) -> None:
    await talk.leads("截单", Command.CLOSE)
    (text,) = await talk.orders("王姐", add("D", 1))
    assert text == "已经截单啦，这条先没记，转给团长看看能不能加~"
    assert [item.kind for item in await talk.reviews()] == [ReviewKind.AFTER_CUTOFF]
    assert await talk.order_of("王姐") == {}


async def test_nothing_is_asked_back_after_the_cutoff(talk: Talk) -> None:
    await talk.leads("截单", Command.CLOSE)
    (text,) = await talk.says("王姐", "苹果一箱", meaning(Intent.ORDER, unclear=[WHICH_BOX]))
    assert "截单" in text
    assert "1." not in text


async def test_a_cutoff_that_has_passed_refuses_before_anybody_closed(talk: Talk) -> None:
    await talk.leads("定时", Command.SCHEDULE_CUTOFF, time=NOON + timedelta(minutes=5))
    talk.clock.set(NOON + timedelta(minutes=6))
    (text,) = await talk.orders("王姐", add("D", 1))
    assert "截单" in text
    assert await talk.order_of("王姐") == {}


async def test_the_clear_part_is_booked_and_the_unclear_one_asked_about(talk: Talk) -> None:
    (text,) = await talk.says(
        "王姐", "草莓一盒 苹果一箱", meaning(Intent.ORDER, add("D", 1), unclear=[WHICH_BOX])
    )
    assert text.splitlines() == ["记好啦：草莓 ×1，合计30元。", "苹果要哪一种？ 1.大箱 2.小箱"]
    assert await talk.order_of("王姐") == {"D": 1}
    assert [item.kind for item in await talk.reviews()] == [ReviewKind.UNCLEAR]


async def test_a_question_without_choices_does_not_ask_which_of_them(talk: Talk) -> None:
    half = Unclear(reason=UnclearReason.SPEC, span=(0, 4), text="半箱苹果")
    assert await talk.says("王姐", "半箱苹果", meaning(Intent.ORDER, unclear=[half])) == [
        "“半箱苹果”没太看明白，要哪个、要几份？"
    ]


async def test_the_question_is_open_for_the_asker_alone_and_closed_by_the_answer(talk: Talk) -> None:
    await talk.says("王姐", "苹果一箱", meaning(Intent.ORDER, unclear=[WHICH_BOX]))
    await talk.says("李哥", "哈哈")
    assert talk.was_open() is None
    await talk.says("王姐", "2", meaning(Intent.ORDER, add("B", 1), answering=True))
    pending = talk.was_open()
    assert pending is not None
    assert pending.unclear == (WHICH_BOX,)
    assert await talk.order_of("王姐") == {"B": 1}
    assert await talk.reviews() == []
    await talk.says("王姐", "谢谢")
    assert talk.was_open() is None


async def test_of_two_questions_the_unanswered_one_is_asked_again(talk: Talk) -> None:
    how_many = Unclear(reason=UnclearReason.WEIGHT, span=(4, 8), text="7斤梨", sku="C")
    (text,) = await talk.says("王姐", "苹果一箱 7斤梨", meaning(Intent.ORDER, unclear=[WHICH_BOX, how_many]))
    assert text == "苹果要哪一种？ 1.大箱 2.小箱 香梨按箱卖，“7斤梨”是要几箱？"
    (text,) = await talk.says("王姐", "大箱", meaning(Intent.ORDER, add("A", 1), answering=True))
    assert text.splitlines()[1] == "香梨按箱卖，“7斤梨”是要几箱？"
    assert len(await talk.reviews()) == 1


async def test_an_order_about_other_goods_leaves_the_question_open(talk: Talk) -> None:
    await talk.says("王姐", "苹果一箱", meaning(Intent.ORDER, unclear=[WHICH_BOX]))
    await talk.orders("王姐", add("D", 1))
    await talk.says("王姐", "嗯")
    assert talk.was_open() is not None
    await talk.orders("王姐", add("A", 1))
    await talk.says("王姐", "嗯")
    assert talk.was_open() is None


async def test_a_wish_without_goods_is_asked_about(talk: Talk) -> None:
    assert await talk.says("王姐", "我要", meaning(Intent.ORDER)) == [
        "想要哪个呀？在卖的有：苹果大箱、苹果小箱、香梨、草莓。"
    ]


async def test_without_a_group_buy_an_order_is_answered_kindly(empty_room: Talk) -> None:
    assert await empty_room.orders("王姐", add("A", 1)) == ["现在还没有开团哦，开了会在群里说~"]


async def test_a_message_delivered_twice_books_once(talk: Talk) -> None:
    order = meaning(Intent.ORDER, add("D", 1))
    assert await talk.says("王姐", "草莓一盒", order, key="same")
    assert await talk.says("王姐", "草莓一盒", order, key="same") == []
    assert await talk.order_of("王姐") == {"D": 1}


async def test_the_leader_may_order_too(talk: Talk) -> None:
    await talk.orders(LEADER, add("D", 2))
    book = await talk.book()
    assert [book.total(member, (await talk.group_buy()).catalogue) for member in book.members] == [Fen(5000)]


async def test_chit_chat_gets_silence(talk: Talk) -> None:
    assert await talk.says("王姐", "今天真冷") == []
