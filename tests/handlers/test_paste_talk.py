"""Pastes in private chat, by the real way of a message and the real understanding."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.clock import SetClock
from bot.config import Settings
from bot.core import Core, core
from bot.dispatch import Handled
from bot.model import Address, Incoming
from bot.paste import MOST_MESSAGES, PasteDesk
from nlp.understander import GrammarUnderstander
from storage.database import Database
from storage.state import MemoryState
from tests.handlers.conftest import FRUIT
from tests.handlers.talking import NOON, ROOM

PRIVATE = Address(channel=ROOM.channel, account=ROOM.account, room="wx_aunt", private=True)
LIST = "#接龙\n周末团\n南瓜 6元/个 限2\n鸡蛋 20元/板\n1. 王姐 南瓜2\n2. 3-502小陈 鸡蛋1 南瓜1\n"
SUMMARY = """\
—— 汇总 ——
【周末团】共2人下单，合计38元。
南瓜 ×3(2人，18元)
鸡蛋 ×1(1人，20元)
核对：按人38元=按商品38元=按自提点38元 ✓"""
PICK_LIST = """\
—— 分拣单 ——
【周末团】共2人下单，合计38元。
1. 王姐：南瓜 ×2(12元)
2. 3-502小陈：南瓜 ×1、鸡蛋 ×1(26元)"""
DUES = "—— 收款 ——\n还没付的2人：王姐 12元、3-502小陈 26元"


class Chat:
    """Somebody who talks with the bot alone, or in a group."""

    def __init__(self, made: Core) -> None:
        self.made = made
        self._said = 0

    async def says(self, text: str, address: Address = PRIVATE) -> Handled:
        self._said += 1
        incoming = Incoming(
            id=f"m{self._said}",
            address=address,
            sender_id="wx_aunt",
            sender_name="阿姨",
            text=text,
            time=NOON,
            at_bot=address.private,
        )
        await self.made.database.inbox.accept(incoming)
        handled = await self.made.dispatcher.handle(incoming)
        assert not handled.incident
        return handled

    async def told(self, text: str) -> str:
        """The answer to a paste."""
        handled = await self.says(text)
        assert handled.route == "paste.paste"
        (reply,) = handled.replies
        return reply.text

    async def sells(self, address: Address) -> None:
        """Fruit is on sale there."""
        async with self.made.database.unit_of_work() as store:
            room = await store.rooms.seen(address)
            await store.group_buys.add(room.id, replace(FRUIT, room=address.room))
            await store.commit()

    async def ordered(self, address: Address) -> int:
        """How many have ordered there."""
        async with self.made.database.unit_of_work() as store:
            group_buy = await store.group_buys.current((await store.rooms.seen(address)).id)
            assert group_buy is not None
            return len((await store.ledger.book(group_buy.id)).members)


@pytest.fixture
async def chat(clock: SetClock) -> AsyncIterator[Chat]:
    database, understander = Database("memory", clock=clock), GrammarUnderstander()
    await database.create_all()
    desk = PasteDesk(units=database.unit_of_work, clock=clock, understander=understander)
    async with core(
        Settings.model_construct(),
        database=database,
        state=MemoryState(clock),
        clock=clock,
        understander=understander,
        pastes=desk,
    ) as made:
        yield Chat(made)
    await database.dispose()


class TestPastes:
    async def test_a_list_with_its_prices(self, chat: Chat) -> None:
        told = await chat.told(LIST)
        assert told.startswith(
            "接龙读好啦，2人下单，下面的可以直接复制。\n价格按里面写的：南瓜 6元/个、鸡蛋 20元/板"
        )
        assert SUMMARY in told
        assert PICK_LIST in told
        assert DUES in told
        assert "3栋(1人，26元)" in told
        assert "要你看一眼的" not in told
        assert "没记全的" not in told

    async def test_a_log_with_its_offer(self, chat: Chat) -> None:
        told = await chat.told(
            "团长 10:20\n周末团\n南瓜 6元/个\n鸡蛋 20元/板\n\n王姐 10:23\n南瓜一个\n"
            "3-502小陈 10:24\n+1\n3-502小陈 10:24\n鸡蛋来一板\n王姐 10:25\n再加一个南瓜\n小林 10:26\n今天真热"
        )
        assert told.startswith("聊天记录读好啦，2人下单")
        assert SUMMARY in told
        assert PICK_LIST in told
        assert "没记全的" not in told

    async def test_an_order_sheet_below_the_prices(self, chat: Chat) -> None:
        told = await chat.told(
            "周末团\n南瓜 6元/个\n鸡蛋 20元/板\n跟团号\t下单人\t商品\t订单金额\n"
            "1\t王姐\t南瓜 ×2\t12\n2\t3-502小陈\t鸡蛋 ×1;南瓜 ×1\t26"
        )
        assert told.startswith("订单表读好啦，2人下单")
        assert SUMMARY in told

    async def test_what_is_not_clear_or_too_much_is_listed(self, chat: Chat) -> None:
        told = await chat.told(f"{LIST}3. 李哥 南瓜3\n4. 阿芳 西瓜1个")
        assert SUMMARY in told
        assert "—— 要你看一眼的 ——\n待确认1条：\n1. 接龙：阿芳 西瓜1个(没说清)" in told
        assert told.endswith("—— 没记全的 ——\n李哥：南瓜3")

    async def test_what_counts_something_unknown_is_listed(self, chat: Chat) -> None:
        told = await chat.told("南瓜 6元/个\n王姐: 南瓜两个\n李哥: 土豆两斤\n小林: 到了没")
        assert told.endswith("—— 没记全的 ——\n李哥：土豆两斤")

    async def test_what_was_made_clear_later_is_not(self, chat: Chat) -> None:
        await chat.sells(PRIVATE)
        told = await chat.told("王姐 10:23\n苹果一箱\n王姐 10:24\n大箱\n李哥 10:25\n苹果两箱")
        assert "1. 王姐：苹果大箱 ×1(59.9元)" in told
        assert told.endswith("—— 没记全的 ——\n李哥：苹果两箱")

    async def test_goods_on_sale_in_the_chat_and_nothing_is_booked(self, chat: Chat) -> None:
        await chat.sells(PRIVATE)
        told = await chat.told("王姐: 草莓两盒\n李哥: 香梨一箱")
        assert "【周三水果】共2人下单，合计95.5元。" in told
        assert "价格" not in told
        assert await chat.ordered(PRIVATE) == 0

    async def test_without_goods_it_says_how_to_give_them(self, chat: Chat) -> None:
        told = await chat.told("#接龙\n1. 王姐 木梳2把\n2. 李哥 木梳1把")
        assert "把商品和价格加在最前面" in told
        again = await chat.told("木梳 5元/把\n#接龙\n1. 王姐 木梳2把\n2. 李哥 木梳1把")
        assert "木梳 ×3(2人，15元)" in again

    async def test_nobody_ordered(self, chat: Chat) -> None:
        told = await chat.told("木梳 5元/把\n王姐 10:23\n还有吗\n李哥 10:24\n木梳好用吗")
        assert told.startswith("聊天记录看过了，没读到谁订了什么。")
        assert "收款" not in told

    async def test_too_many_messages(self, chat: Chat) -> None:
        said = "\n".join(f"王{number}: 木梳一把" for number in range(MOST_MESSAGES + 1))
        assert "太长了" in await chat.told(f"木梳 5元/把\n{said}")


class TestEverythingElse:
    @pytest.mark.parametrize(
        ("text", "route"),
        [
            ("草莓两盒", "ordering.order"),
            ("草莓两盒\n香梨一箱", "ordering.order"),
            ("草莓: 2盒\n香梨: 1箱", "ordering.order"),
            ("草莓多少钱", "products.products"),
            ("我订了什么", "my_order.my_order"),
            ("今天真热\n出门记得带伞", ""),
        ],
    )
    async def test_in_private_stays_what_it_was(self, chat: Chat, text: str, route: str) -> None:
        await chat.sells(PRIVATE)
        assert (await chat.says(text)).route == route

    async def test_a_list_in_a_group_is_booked(self, chat: Chat) -> None:
        await chat.sells(ROOM)
        handled = await chat.says("#接龙\n1. 王姐 草莓2盒\n2. 李哥 香梨1箱", ROOM)
        assert handled.route == "solitaire.solitaire"
        assert await chat.ordered(ROOM) == 2

    async def test_a_log_in_a_group_is_no_paste(self, chat: Chat) -> None:
        await chat.sells(ROOM)
        handled = await chat.says("王姐 10:23\n草莓2盒\n李哥 10:24\n香梨1箱", ROOM)
        assert handled.route != "paste.paste"
