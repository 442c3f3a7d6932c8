"""The whole bot in the page: order, quote, +1, the leader closes and asks for the summary."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot import config
from bot.serving import serving
from tests.web.conftest import DESKTOP, PHONE, Opener

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROOT = Path(__file__).parents[2]


@pytest_asyncio.fixture(loop_scope="session")
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """A bot as `tuanbot run` starts it on a fresh machine, on a free port and an empty data folder."""
    settings = config.load(ROOT / "config.yaml")
    web = settings.web.model_copy(update={"port": 0})
    async with serving(settings.model_copy(update={"data": tmp_path, "web": web})) as (_, found):
        yield found


async def say(page: Page, text: str, who: str) -> None:
    await page.get_by_role("radio", name=who).click()
    await page.locator("#text").fill(text)
    await page.locator("#text").press("Enter")


async def quote(page: Page, text: str) -> None:
    bubble = page.locator(".message .bubble", has_text=text).first
    await bubble.click(button="right")
    await page.get_by_role("menuitem", name="引用").click()


def answers(page: Page) -> Locator:
    return page.locator(".from-bot .text")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
async def test_a_group_buy_from_order_to_summary(address: str, opened: Opener, size: tuple[int, int]) -> None:
    page = await opened(address + "/#sunshine", size)
    await say(page, "南瓜来三个", who="3栋王姐")
    await expect(answers(page)).to_have_count(1)
    await expect(answers(page).last).to_contain_text("贝贝南瓜 ×3")
    await expect(answers(page).last).to_contain_text("20.4元")

    await quote(page, "南瓜来三个")
    await say(page, "我也要", who="豆豆妈")
    await expect(answers(page)).to_have_count(2)
    await expect(answers(page).last).to_contain_text("@豆豆妈")

    await say(page, "鸡蛋一板", who="豆豆妈")
    await expect(answers(page)).to_have_count(3)
    await say(page, "+1", who="3栋王姐")
    await expect(answers(page)).to_have_count(4)
    await expect(answers(page).last).to_contain_text("散养鸡蛋")

    await say(page, "今天天气真好", who="豆豆妈")
    await say(page, "截单", who="团长小满")
    await expect(answers(page)).to_have_count(5)
    await say(page, "再来一个南瓜", who="豆豆妈")
    await expect(answers(page)).to_have_count(6)
    await say(page, "汇总", who="团长小满")
    await expect(answers(page)).to_have_count(7)
    await expect(answers(page).last).to_contain_text("贝贝南瓜")
    await expect(answers(page).last).to_contain_text("散养鸡蛋")


async def test_a_member_is_no_leader(address: str, opened: Opener) -> None:
    page = await opened(address + "/#sunshine", DESKTOP)
    await say(page, "截单", who="豆豆妈")
    await say(page, "南瓜一个", who="3栋王姐")
    await expect(answers(page).last).to_contain_text("贝贝南瓜 ×1")


async def test_health_of_a_fresh_start(address: str, opened: Opener) -> None:
    page = await opened(address, DESKTOP)
    answer = await page.request.get(address + "/health")
    assert await answer.json() == {"status": "ready", "why": []}
