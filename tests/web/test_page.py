"""The simulator's page in Chromium, against a bot that answers by a script."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.channels.simulator import Simulator, create
from bot.config import Settings
from bot.model import Incoming, Outgoing
from bot.web.application import web_app
from bot.web.server import WebServer
from tests.web.conftest import DESKTOP, PHONE, Opener

pytestmark = pytest.mark.asyncio(loop_scope="session")
LIST = "#接龙\n周末团\n\n1. 豆豆妈 南瓜2个\n2. 小林 鸡蛋1板"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


class ScriptedBot:
    """Answers what holds 请 with an echo; keeps what it heard."""

    def __init__(self, folder: Path) -> None:
        self.simulator = create(Settings.model_construct(data=folder))
        self.heard: list[Incoming] = []
        self.server = WebServer(
            web_app(bot_name="小团", ailments=self.well, routes=self.simulator.routes()), "127.0.0.1", 0
        )

    @staticmethod
    async def well() -> tuple[str, ...]:
        return ()

    async def hear(self, incoming: Incoming) -> None:
        self.heard.append(incoming)
        if "请" in incoming.text:
            await self.say(f"收到:\n{incoming.text}", incoming)

    async def say(self, text: str, incoming: Incoming | None = None, recipient: str = "") -> None:
        address = incoming.address if incoming else Simulator.rooms[0]
        to = (incoming.sender_name,) if incoming else ()
        number = f"k{len(self.heard)}{text}"
        await self.simulator.send(
            Outgoing(key=number, address=address, text=text, mentions=to, recipient=recipient)
        )


@pytest_asyncio.fixture(loop_scope="session")
async def bot(tmp_path: Path) -> AsyncIterator[ScriptedBot]:
    made = ScriptedBot(tmp_path)
    await made.server.start()
    running = asyncio.create_task(made.simulator.run(made.hear))
    yield made
    running.cancel()
    await asyncio.wait([running])
    await made.simulator.hang_up()
    await made.server.stop()


async def say(page: Page, text: str, who: str = "") -> None:
    if who:
        await page.get_by_role("radio", name=who).click()
    await page.get_by_label("消息", exact=True).and_(page.locator("textarea")).fill(text)
    await page.keyboard.press("Enter")


async def height(place: Locator) -> float:
    box = await place.bounding_box()
    assert box is not None
    return box["height"]


def message(page: Page, text: str) -> Locator:
    return page.locator(".message", has_text=text).last


async def test_who_speaks_decides_the_side(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await say(page, "大家好", who="豆豆妈")
    await expect(message(page, "大家好")).to_have_class("message own")
    await page.get_by_role("radio", name="团长小满").click()
    await expect(message(page, "大家好")).to_have_class("message")
    await say(page, "开始了")
    await expect(message(page, "开始了").locator(".badge")).to_have_text("团长")
    assert [(one.sender_id, one.text) for one in bot.heard] == [
        ("sim_doudou", "大家好"),
        ("wx_leader", "开始了"),
    ]


async def test_the_bot_answers_with_its_line_breaks(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await say(page, "请记一下", who="3栋王姐")
    answer = page.locator(".from-bot .text")
    await expect(answer).to_have_text("@3栋王姐 收到:\n请记一下", use_inner_text=True)


async def test_shift_enter_is_a_new_line(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await page.locator("#text").focus()
    await page.keyboard.type("南瓜")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("鸡蛋")
    await page.keyboard.press("Enter")
    await expect(message(page, "鸡蛋")).to_be_visible()
    assert [one.text for one in bot.heard] == ["南瓜\n鸡蛋"]


async def test_text_is_never_markup(bot: ScriptedBot, opened: Opener) -> None:
    evil = "<img src=x onerror=document.title='坏了'>@<b>x</b>"
    page = await opened(bot.server.address, DESKTOP)
    await say(page, evil + "请", who="豆豆妈")
    await expect(page.locator(".from-bot .text")).to_contain_text(evil)
    assert await page.locator(".messages img, .messages b").count() == 0


async def test_quoting_by_button_and_by_menu(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await say(page, "南瓜两个", who="3栋王姐")
    await message(page, "南瓜两个").hover()
    await message(page, "南瓜两个").get_by_role("button", name="引用", exact=True).click()
    await expect(page.locator("#quote-text")).to_have_text("3栋王姐：南瓜两个")
    await say(page, "我也要", who="豆豆妈")
    await expect(message(page, "我也要").locator(".quoted")).to_have_text("3栋王姐：南瓜两个")
    await message(page, "我也要").locator(".bubble").click(button="right")
    await page.get_by_role("menuitem", name="引用").click()
    await page.get_by_role("button", name="+1").click()
    await expect(page.locator(".message")).to_have_count(3)
    ids = [one.id for one in bot.heard]
    assert [one.quote.message_id if one.quote else "" for one in bot.heard] == ["", ids[0], ids[1]]


async def test_the_bot_is_addressed_by_the_button_once(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await page.get_by_role("button", name="@小团").click()
    await say(page, "在吗")
    await say(page, "没事了")
    await expect(message(page, "没事了")).to_be_visible()
    assert [one.at_bot for one in bot.heard] == [True, False]


async def test_a_picture_is_previewed_sent_and_enlarged(
    bot: ScriptedBot, opened: Opener, tmp_path: Path
) -> None:
    page = await opened(bot.server.address, DESKTOP)
    picture = {"name": "草莓.png", "mimeType": "image/png", "buffer": PIXEL}
    await page.locator("#file").set_input_files(picture)  # type: ignore[arg-type] # the library's own dict type
    await expect(page.locator("#pictures [data-state=ready]")).to_have_count(1)
    await say(page, "坏了一盒")
    await page.get_by_role("button", name="放大 草莓.png").click()
    await expect(page.locator("#viewer img")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#viewer")).to_be_hidden()
    (attachment,) = bot.heard[0].attachments
    assert Path(attachment.path).read_bytes() == PIXEL  # noqa: ASYNC240 - a few bytes in a test


async def test_a_list_is_shown_as_rows_and_continued(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await say(page, "别的话", who="豆豆妈")
    await page.locator("#text").fill(LIST)
    await page.locator("#text").press("Enter")
    await expect(page.locator(".solitaire-row")).to_have_count(2)
    await page.get_by_role("radio", name="3栋王姐").click()
    await page.get_by_role("button", name="接龙", exact=True).click()
    assert await page.locator("#text").input_value() == f"{LIST}\n3. 3栋王姐 "


async def test_a_room_is_a_room_of_its_own_with_its_unread(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await page.get_by_role("button", name="和美家园邻里团").click()
    await bot.say("到货了")
    unread = page.locator(".room", has_text="阳光花园团购群").locator(".unread")
    await expect(unread).to_have_text("1")
    await expect(page.locator(".message")).to_have_count(0)
    await page.get_by_role("button", name="阳光花园团购群").click()
    await expect(message(page, "到货了")).to_be_visible()
    await expect(page.locator(".unread")).to_have_count(0)


async def test_a_private_word_is_for_one(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await page.get_by_role("radio", name="豆豆妈").click()
    await bot.say("你的数据在这里", recipient="sim_doudou")
    await page.locator(".room", has_text="私聊").click()
    await expect(message(page, "你的数据在这里")).to_be_visible()
    await page.get_by_role("radio", name="3栋王姐").click()
    await expect(page.locator(".message")).to_have_count(0)


async def test_somebody_else_may_speak(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await page.get_by_role("button", name="换人").click()
    await page.get_by_label("名字").fill("5栋小林")
    await page.get_by_role("button", name="就用这个名字").click()
    await say(page, "新来的")
    await expect(message(page, "新来的").locator(".name")).to_have_text("5栋小林")
    await page.reload()
    await expect(page.get_by_role("radio", name="5栋小林")).to_be_checked()
    assert (bot.heard[0].sender_id, bot.heard[0].sender_name) == ("guest_5栋小林", "5栋小林")


async def test_a_page_loaded_again_shows_what_was_said(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await say(page, "请看")
    await expect(page.locator(".from-bot")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".message")).to_have_count(2)


async def test_what_is_said_while_the_bot_is_away_arrives_once(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await expect(page.locator("#status")).to_have_text("在线")
    port = int(bot.server.address.rpartition(":")[2])
    await bot.simulator.hang_up()
    await bot.server.stop()
    await expect(page.locator("#status")).to_have_text("断了，正在重连")
    await say(page, "还在吗")
    await expect(message(page, "还在吗")).to_have_class("message own waiting")
    bot.server = WebServer(
        web_app(bot_name="小团", ailments=bot.well, routes=bot.simulator.routes()), "127.0.0.1", port
    )
    await bot.server.start()
    await expect(message(page, "还在吗")).to_have_class("message own")
    await expect(page.locator(".message")).to_have_count(1)
    assert [one.text for one in bot.heard] == ["还在吗"]


async def test_a_refused_message_says_why(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    unheard_of = '[{"id": "' + "x" * 99 + '", "name": "外人"}]'
    await page.evaluate("guests => localStorage.setItem('tuanbot.guests', guests)", unheard_of)
    await page.reload()
    await say(page, "听得到吗", who="外人")
    await expect(message(page, "听得到吗").locator(".reason")).to_contain_text("发不出去")
    assert bot.heard == []


async def test_a_very_long_message_is_folded(bot: ScriptedBot, opened: Opener) -> None:
    page = await opened(bot.server.address, DESKTOP)
    await say(page, "长" * 100_000)
    await expect(page.locator(".message")).to_have_class("message own")  # accepted, so it stays as it is
    more = page.get_by_role("button", name="展开全文")
    await expect(more).to_be_visible()
    folded = await height(page.locator(".bubble"))
    await more.click()
    assert await height(page.locator(".bubble")) > folded * 3


async def test_a_phone_shows_one_pane_at_a_time_without_scrolling_sideways(
    bot: ScriptedBot, opened: Opener
) -> None:
    page = await opened(bot.server.address, PHONE)
    await page.get_by_role("button", name="阳光花园团购群").click()
    await expect(page.locator(".rooms")).to_be_hidden()
    await say(page, LIST + "请" + "很长很长" * 30)
    await expect(page.locator(".from-bot")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert await page.locator("#messages").evaluate("list => list.scrollWidth <= list.clientWidth")
    await page.get_by_role("button", name="返回群列表").click()
    await expect(page.locator(".chat")).to_be_hidden()
    await page.go_back()
    await expect(page.locator(".chat")).to_be_visible()
