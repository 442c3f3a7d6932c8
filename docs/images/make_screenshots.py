# ruff: noqa: INP001 - a script beside its pictures, no package
"""Makes the pictures of the documentation: simulator and console of the real bot.

Run it in the repository's root: .venv/bin/python docs/images/make_screenshots.py
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bot import config
from bot.serving import serving

HERE = Path(__file__).parent
DESKTOP = (1280, 800)
PHONE = (375, 760)
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
TALK = (
    ("团长小满", "新的一团开始啦，要什么直接在群里说", ""),
    ("3栋王姐", "苹果大箱两箱，再来一盒草莓", ""),
    ("豆豆妈", "我也要", "苹果大箱两箱"),
    ("豆豆妈", "鸡蛋来一板", ""),
    ("3栋王姐", "+1", ""),
    ("豆豆妈", "草莓换成两盒吧", ""),
    ("团长小满", "汇总", ""),
)
ASKED = (
    ("豆豆妈", "@小团 可以送上门吗"),
    ("3栋王姐", "@小团 什么时候到货"),
    ("豆豆妈", "@小团 门口能给手机充电吗"),
)
PAUSE = 900  # milliseconds: replies come merged, so that one waits for the other


async def main() -> None:
    """Start the bot on a throw-away folder, play a talk, take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        settings = config.load()
        web = settings.web.model_copy(update={"port": 0})
        thrown_away = settings.model_copy(update={"data": Path(folder), "web": web})
        async with serving(thrown_away) as (_, address), async_playwright() as playwright:
            path = shutil.which("chromium")
            browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
            await take(browser, address)
            await browser.close()


async def take(browser: Browser, address: str) -> None:
    """Play the talk on a desktop, then look at it on both sizes."""
    page = await opened(browser, address, DESKTOP)
    for who, text, quoted in TALK:
        await say(page, who, text, quoted)
    await page.get_by_role("radio", name="3栋王姐").click()
    await page.screenshot(path=HERE / "simulator.png")
    phone = await opened(browser, address, PHONE, dark=True)
    await phone.screenshot(path=HERE / "simulator-phone.png")
    await page.goto(address + "/console")
    await page.screenshot(path=HERE / "console.png")
    await take_faq(page, address)


async def take_faq(page: Page, address: str) -> None:
    """The FAQ page after some questions, with one tried out."""
    await page.goto(address + "/#sunshine")
    await page.locator("#status[data-state=open]").wait_for()
    for who, text in ASKED:
        await say(page, who, text, "")
    await page.goto(address + "/console")
    await page.get_by_role("link", name="问答").click()
    await page.get_by_label("问题", exact=True).fill("能不能给我送到家门口")
    await page.get_by_role("button", name="看怎么答").click()
    await page.locator("#trial dl").wait_for()
    await page.screenshot(path=HERE / "faq.png")


async def opened(browser: Browser, address: str, size: tuple[int, int], *, dark: bool = False) -> Page:
    """The first room in a window of a size."""
    page = await browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2,
        color_scheme="dark" if dark else "light",
    )
    await page.goto(address + "/#sunshine")
    await page.locator("#status[data-state=open]").wait_for()
    await page.wait_for_timeout(PAUSE)
    return page


async def say(page: Page, who: str, text: str, quoted: str) -> None:
    """Somebody says something, after quoting what holds `quoted`."""
    if quoted:
        await page.locator(".message .bubble", has_text=quoted).first.click(button="right")
        await page.get_by_role("menuitem", name="引用").click()
    await page.get_by_role("radio", name=who).click()
    await page.locator("#text").fill(text)
    await page.locator("#text").press("Enter")
    await page.wait_for_timeout(PAUSE)


if __name__ == "__main__":
    asyncio.run(main())
