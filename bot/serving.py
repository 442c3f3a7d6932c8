"""The live bot with its configured channels and the web server: what `tuanbot run` runs."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from bot import channels
from bot.app import Live, live
from bot.config import Settings
from bot.faqboard import DeskBoard
from bot.model import Address, Incoming, Role, Room
from bot.ports import Channel
from bot.web.application import web_app
from bot.web.console import Console
from bot.web.faq_page import FaqPage
from bot.web.figures import metrics_routes
from bot.web.frame import Frame
from bot.web.pages import Pages
from bot.web.server import WebServer

CONSOLE_ID = "tuanbot:console"
CONSOLE_NAME = "运营台"
PATIENCE_SECONDS = 3.0


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[tuple[Live, str]]:
    """A running bot and the address of its web server."""
    listening = channels.made(settings.channels, settings)
    async with live(settings, listening, channels.rooms_of(listening)) as bot:
        await _grant_console(bot)
        server = WebServer(_app(settings, bot, listening), settings.web.host, settings.web.port)
        await server.start()
        try:
            yield bot, server.address
        finally:
            await channels.hang_up(listening)
            await server.stop()


def _app(settings: Settings, bot: Live, listening: Sequence[Channel]) -> web.Application:
    simulator = "simulator" in settings.channels
    units, clock = bot.core.database.unit_of_work, bot.core.clock
    pages = Pages(bot_name=settings.bot_name, simulator=simulator)
    frame = Frame(units=units, pages=pages, titles=channels.titles_of(listening))
    console = Console(units=units, clock=clock, command=Commands(bot), paste=bot.pastes, frame=frame)
    board = DeskBoard(bot.faq, clock=clock, editor=settings.web.editor)
    faq = FaqPage(units=units, clock=clock, board=board, frame=frame)
    return web_app(
        bot_name=settings.bot_name,
        host=settings.web.host,
        ailments=bot.ailments,
        routes=[
            *channels.routes_of(listening),
            *console.routes(),
            *faq.routes(),
            *metrics_routes(bot.figures),
        ],
        simulator=simulator,
    )


class Commands:
    """Implements bot.web.ports.Commander: a button speaks through the inbox like everybody else."""

    def __init__(self, bot: Live) -> None:
        self._bot = bot

    async def __call__(self, room: Room, text: str) -> None:
        """Write the command down and wait until it is handled and answered."""
        incoming = Incoming(
            id=secrets.token_hex(16),
            address=room.address,
            sender_id=CONSOLE_ID,
            sender_name=CONSOLE_NAME,
            text=text,
            time=self._bot.core.clock.now(),
            at_bot=True,
        )
        await self._bot.bot.hear(incoming)
        with suppress(TimeoutError):  # other rooms may be busy; the page looks again by itself
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._bot.settle()


async def _grant_console(bot: Live) -> None:
    """The console's buttons may do what a leader may, in every room."""
    everywhere = Address(channel="*", account="", room="*")
    async with bot.core.database.unit_of_work() as store:
        await store.members.grant(everywhere.channel, everywhere.room, CONSOLE_ID, Role.OPERATOR)
        await store.commit()
