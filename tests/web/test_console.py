"""The console in Chromium, on the whole bot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import expect

from bot import config
from bot.app import Live
from bot.channels.simulator import Simulator
from bot.model import Incoming
from bot.serving import serving
from tests.web.conftest import DESKTOP, PHONE, Opener

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROOT = Path(__file__).parents[2]
ROOM = Simulator.rooms[0]


class Shop:
    """A running bot with its web server."""

    def __init__(self, live: Live, address: str) -> None:
        self.live = live
        self.address = address

    async def say(self, name: str, text: str) -> None:
        """Somebody says something in the first room, and all that follows from it has followed."""
        now = self.live.core.clock.now()
        incoming = Incoming(
            id=f"{name}{now.timestamp()}",
            address=ROOM,
            sender_id=f"id {name}",
            sender_name=name,
            text=text,
            time=now,
        )
        await self.live.bot.hear(incoming)
        await self.live.settle()


@pytest_asyncio.fixture(loop_scope="session")
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    settings = config.load(ROOT / "config.yaml")
    web = settings.web.model_copy(update={"port": 0})
    async with serving(settings.model_copy(update={"data": tmp_path, "web": web})) as (live, address):
        yield Shop(live, address)


async def test_orders_appear_by_themselves(shop: Shop, opened: Opener) -> None:
    page = await opened(shop.address + "/console", DESKTOP)
    await expect(page.get_by_text("还没有人下单。")).to_be_visible()
    await shop.say("3栋王姐", "南瓜来三个")
    row = page.locator("tr", has_text="3栋王姐")
    await expect(row).to_contain_text("贝贝南瓜 ×3")
    await expect(page.locator("tr", has_text="贝贝南瓜").first).to_contain_text("20.4元")
    await expect(page.locator(".figures")).to_contain_text("一致")


async def test_a_button_closes_and_reopens_and_the_room_is_told(shop: Shop, opened: Opener) -> None:
    page = await opened(shop.address + "/console", DESKTOP)
    page.on("dialog", lambda dialog: dialog.accept())
    await page.get_by_role("button", name="截单").click()
    await expect(page.locator(".phase")).to_have_text("已截单")
    await page.get_by_role("button", name="重开").click()
    await expect(page.locator(".phase")).to_have_text("接单中")
    chat = await opened(shop.address + "/#sunshine", DESKTOP)
    await expect(chat.locator(".from-bot")).to_have_count(2)


async def test_matters_are_reviewed(shop: Shop, opened: Opener) -> None:
    page = await opened(shop.address + "/console", DESKTOP)
    page.on("dialog", lambda dialog: dialog.accept())
    await page.get_by_role("button", name="截单").click()
    await expect(page.locator(".phase")).to_have_text("已截单")
    await shop.say("小林", "南瓜来一个")
    await page.get_by_role("link", name="待确认").click()
    await expect(page.locator(".matters li")).to_contain_text("南瓜来一个")
    await page.get_by_role("button", name="处理好了").click()
    await expect(page.get_by_text("没有待确认的事")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("没有待确认的事")).to_be_visible()


async def test_members_with_their_points(shop: Shop, opened: Opener) -> None:
    await shop.say("豆豆妈", "签到")
    page = await opened(shop.address + "/console", DESKTOP)
    await page.get_by_role("link", name="成员积分").click()
    await expect(page.locator("tr", has_text="豆豆妈").locator(".n")).to_have_text("1")


async def test_a_pasted_log_becomes_notices_and_the_book_stays_as_it_was(shop: Shop, opened: Opener) -> None:
    page = await opened(shop.address + "/console", PHONE)
    await page.get_by_role("link", name="粘贴整理").click()
    await page.get_by_label("接龙或聊天记录").fill(
        "王姐: 南瓜两个\n<b>小林</b>: 鸡蛋一板\n随便聊聊: 今天真热"
    )
    await page.get_by_role("button", name="整理").click()
    await expect(page.get_by_text("读了 3 条。")).to_be_visible()
    summary = page.locator(".notice", has=page.get_by_role("heading", name="汇总")).first
    await expect(summary.locator("pre")).to_contain_text("贝贝南瓜 ×2")
    await expect(page.locator(".notice pre", has_text="<b>小林</b>").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    await page.get_by_role("link", name="订单").click()
    await expect(page.get_by_text("还没有人下单。")).to_be_visible()


async def test_a_paste_that_names_nobody_says_so(shop: Shop, opened: Opener) -> None:
    page = await opened(shop.address + "/console", DESKTOP)
    await page.get_by_role("link", name="粘贴整理").click()
    await page.get_by_label("接龙或聊天记录").fill("今天真热")
    await page.get_by_role("button", name="整理").click()
    await expect(page.get_by_role("alert")).to_contain_text("没看出来是谁说的")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_the_order_sheet_is_downloaded(shop: Shop, kind: str) -> None:
    await shop.say("3栋王姐", "南瓜来三个")
    async with ClientSession() as browser:
        async with browser.get(shop.address + "/console") as first:
            room = first.url.path.removesuffix("/orders")
        async with browser.get(f"{shop.address}{room}/orders.{kind}") as answer:
            body = await answer.read()
    assert answer.content_disposition is not None
    assert answer.content_disposition.filename == f"周四鲜果日用团 第1团.{kind}"
    assert "3栋王姐".encode() in body if kind == "csv" else body.startswith(b"PK")


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("rooms/1/command", {"text": "取消团"}, 400),
        ("rooms/1/command", {}, 400),
        ("rooms/99/command", {"text": "截单"}, 404),
        ("rooms/x/command", {"text": "截单"}, 404),
    ],
)
async def test_only_the_buttons_there_are(shop: Shop, path: str, data: dict[str, str], status: int) -> None:
    own = {"Origin": shop.address}
    async with (
        ClientSession() as browser,
        browser.post(f"{shop.address}/console/{path}", data=data, headers=own) as answer,
    ):
        assert answer.status == status


async def test_a_foreign_page_presses_no_button(shop: Shop) -> None:
    foreign = {"Origin": "http://tuan.example"}
    async with (
        ClientSession() as browser,
        browser.post(
            f"{shop.address}/console/rooms/1/command", data={"text": "截单"}, headers=foreign
        ) as answer,
    ):
        assert answer.status == 403
