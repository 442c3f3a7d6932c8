"""The console's FAQ page in Chromium, on the whole bot with files of its own."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot import config
from bot.app import Live
from bot.channels.simulator import Simulator
from bot.model import Incoming
from bot.serving import serving
from tests.web.conftest import DESKTOP, PHONE, Opener

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROOT = Path(__file__).parents[2]
ROOM = Simulator.rooms[0]
FILE = """# 手写的问答
- id: umbrella
  title: 借伞
  q: [下雨能借伞吗, 有伞借吗]
  a: 门口伞架随便拿，记得还。
- id: bag
  q: [能给个袋子吗]
  a: 袋子五毛一个，全国第一便宜。
- id: old
  q: [中秋礼盒还做吗]
  a: 不做了。
  enabled: false
"""


class Desk:
    """A running bot, its console and its FAQ file."""

    def __init__(self, live: Live, address: str, file: Path) -> None:
        self.live, self.address, self.file = live, address, file

    async def say(self, text: str, *, at_bot: bool = False) -> None:
        now = self.live.core.clock.now()
        incoming = Incoming(
            id=f"{now.timestamp()}",
            address=ROOM,
            sender_id="u1",
            sender_name="小满妈",
            text=text,
            time=now,
            at_bot=at_bot,
        )
        await self.live.bot.hear(incoming)
        await self.live.settle()


@pytest_asyncio.fixture(loop_scope="session")
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    file = tmp_path / "faq" / "own.yaml"
    file.parent.mkdir()
    file.write_text(FILE, encoding="utf-8")
    settings = config.load(ROOT / "config.yaml")
    web = settings.web.model_copy(update={"port": 0})
    changed = {"data": tmp_path / "data", "web": web, "faq": (file.parent,), "shops": ()}
    async with serving(settings.model_copy(update=changed)) as (live, address):
        yield Desk(live, address, file)


async def page_of(desk: Desk, opened: Opener, size: tuple[int, int] = DESKTOP) -> Page:
    await desk.say("大家好")
    page = await opened(desk.address + "/console", size)
    await page.get_by_role("link", name="问答").click()
    return page


async def test_entries_show_how_they_fare_and_what_is_wrong(desk: Desk, opened: Opener) -> None:
    await desk.say("有伞借吗", at_bot=True)
    await desk.say("没用")
    await desk.say("这边能给手机充电吗", at_bot=True)
    page = await page_of(desk, opened)
    cells = page.locator("tr", has_text="借伞").locator("td")
    await expect(cells.nth(1)).to_have_text("1")
    await expect(cells.nth(3)).to_have_text("0/1")
    await expect(cells.nth(4)).to_have_text(re.compile(r"\d\d-\d\d \d\d:\d\d"))
    await expect(page.locator("tr", has_text="能给个袋子吗")).to_contain_text("广告法不许用的词：全国第一")
    await expect(page.locator("tr", has_text="中秋礼盒还做吗")).to_contain_text("停用")
    misses = page.locator(".notice", has_text="没答上来的问题")
    await expect(misses.locator("tr", has_text="充电")).to_be_visible()
    await expect(misses.locator("tr", has_text="有伞借吗")).to_be_visible()
    await misses.locator("summary").click()
    await expect(misses.locator("pre")).to_contain_text("umbrella 答了但被说没用")


async def test_a_question_is_tried_out_and_says_why(desk: Desk, opened: Opener) -> None:
    page = await page_of(desk, opened)
    await page.get_by_label("问题", exact=True).fill("有伞借吗")
    await page.get_by_role("button", name="看怎么答").click()
    trial = page.locator("#trial")
    await expect(trial).to_contain_text("门口伞架随便拿，记得还。")
    await expect(trial).to_contain_text("和一个问法一样")
    await expect(trial).to_contain_text("own.yaml:2")
    await page.get_by_label("问题", exact=True).fill("今晚球赛几点开始")
    await page.get_by_role("button", name="看怎么答").click()
    await expect(trial).to_contain_text("不回答")
    await expect(trial).to_contain_text("门槛")


async def test_the_line_is_opened_and_its_place_copied(desk: Desk, opened: Opener) -> None:
    page = await page_of(desk, opened)
    row = page.locator("tr", has_text="能给个袋子吗")
    link = await row.get_by_role("link", name="打开").get_attribute("href")
    assert link == f"vscode://file{desk.file}:6"
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await row.get_by_role("button", name="复制位置").click()
    await expect(row.get_by_role("button", name="复制好了")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == f"{desk.file}:6"


async def test_entries_are_found_and_narrowed_down(desk: Desk, opened: Opener) -> None:
    page = await page_of(desk, opened)
    rows = page.locator("#entries tbody tr")
    await expect(rows).to_have_count(3)
    await page.get_by_label("找条目").fill("伞")
    await expect(rows).to_have_count(1)
    await page.get_by_label("找条目").fill("")
    await page.get_by_label("只看要改的").check()
    await expect(rows).to_have_count(1)
    await expect(rows.first).to_contain_text("能给个袋子吗")


async def test_a_bad_file_is_shown_and_the_old_answers_stay(desk: Desk, opened: Opener) -> None:
    await desk.say("大家好")
    page = await opened(desk.address + "/console", PHONE)
    for _ in range(40):
        desk.file.write_text(FILE.replace("a: 门口", "anser: 门口"), encoding="utf-8")
        await page.wait_for_timeout(300)
        if desk.live.faq.trouble:
            break
    await page.get_by_role("link", name="问答").click()
    trouble = page.get_by_role("alert")
    await expect(trouble).to_contain_text("own.yaml:5")
    await expect(trouble).to_contain_text("（是不是 a？）")
    await expect(page.locator("tr", has_text="借伞")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
