"""A headless Chromium, and pages that must neither fail nor ask another machine for anything."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
DESKTOP = (1280, 800)
PHONE = (375, 740)
PATIENCE = 15_000  # milliseconds
Opener = Callable[[str, tuple[int, int]], Awaitable[Page]]
"""Opens a page of a server in a window of a size."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        missing = "no chromium on this machine: `make system` installs it"
        assert os.environ.get("CI") != "true", missing
        pytest.skip(missing)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def opened(browser: Browser) -> AsyncIterator[Opener]:
    """Opens pages; at the end none may have failed, nor asked for anything but its own server."""
    complaints: list[str] = []
    contexts = []

    async def show(address: str, size: tuple[int, int]) -> Page:
        context = await browser.new_context(viewport={"width": size[0], "height": size[1]})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("request", lambda request: complaints.extend(foreign(request.url, address)))
        await page.goto(address)
        return page

    yield show
    for context in contexts:
        await context.close()
    assert complaints == []


def foreign(url: str, address: str) -> list[str]:
    """The request, if it does not go to the server that the page came from."""
    own = url.startswith(("blob:", "data:")) or urlsplit(url).netloc == urlsplit(address).netloc
    return [] if own else [f"asked {url}"]
