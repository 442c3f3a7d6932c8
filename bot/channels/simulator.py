"""The channel `simulator`: the group chat in the page of the web server."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import structlog
from aiohttp import web
from pydantic import ValidationError

from bot.channels import _browser
from bot.channels._bubbles import PRIVATE, Bubble, Conversations, ServedFile, conversation_of
from bot.channels._file_desk import FileDesk
from bot.channels._pages import Pages
from bot.config import Settings
from bot.model import Address, Attachment, Incoming, Outgoing, Quote

log = structlog.get_logger(__name__)
NAME = "simulator"
ACCOUNT = "bot"
ROOMS = (
    _browser.RoomTitle(id="sunshine", title="阳光花园团购群"),
    _browser.RoomTitle(id="harmony", title="和美家园邻里团"),
)
MEMBERS = (
    _browser.Person(id="sim_wang", name="3栋王姐"),
    _browser.Person(id="sim_doudou", name="豆豆妈"),
)
LEADER_NAME = "团长小满"
LEADER_ID = "wx_leader"
WAITING = 1000
BOT_BUBBLE = "bot-"
"""Begins the ids of the bot's bubbles; the page's are hexadecimal, so no two are the same."""


def create(settings: Settings) -> "Simulator":
    """The simulator with two demo rooms, two members and the first configured leader."""
    leaders = [grant.id for grant in settings.roles if grant.role == "leader"]
    leader = _browser.Person(id=(leaders or [LEADER_ID])[0], name=LEADER_NAME, leader=True)
    return Simulator(
        bot_name=settings.bot_name, people=(*MEMBERS, leader), pictures=settings.data / "pictures"
    )


class Simulator:
    """Implements bot.ports.Channel for the page; what was said is shown from memory only."""

    name = NAME
    titles: ClassVar[dict[Address, str]] = {
        Address(channel=NAME, account=ACCOUNT, room=room.id): room.title for room in ROOMS
    }
    rooms = tuple(titles)

    def __init__(self, *, bot_name: str, people: Sequence[_browser.Person], pictures: Path) -> None:
        self._bot_name = bot_name
        self._people = tuple(people)
        self._said = Conversations()
        self._files = FileDesk(pictures)
        self._pages = Pages(most_bytes=_browser.MOST_BYTES)
        self._waiting: asyncio.Queue[Incoming] = asyncio.Queue(WAITING)

    async def run(self, heard: Callable[[Incoming], Awaitable[None]]) -> None:
        """Hand over what the pages say."""
        while True:
            incoming = await self._waiting.get()
            await heard(incoming)
            await self._pages.tell(_browser.accepted(incoming.id))

    async def hang_up(self) -> None:
        """Close the pages, so that the web server can stop; they come back by themselves."""
        await self._pages.close()

    async def send(self, outgoing: Outgoing) -> None:
        """Show it in the room, or in the private chat of its recipient; once a key."""
        await self._show(
            Bubble(
                id=BOT_BUBBLE + outgoing.key,
                conversation=conversation_of(outgoing.address, outgoing.recipient),
                sender_id="",
                sender_name=self._bot_name,
                text=outgoing.text,
                time=datetime.now(UTC),
                mentions=outgoing.mentions,
                files=tuple(map(self._files.offer, outgoing.attachments)),
            )
        )

    def routes(self) -> list[web.RouteDef]:
        """The routes that the page talks to."""
        return [web.get("/ws", self._page), *self._files.routes()]

    async def _page(self, request: web.Request) -> web.StreamResponse:
        return await self._pages.serve(request, self._greeting, self._hear)

    def _greeting(self) -> str:
        return _browser.hello(self._bot_name, ROOMS, self._people, self._said)

    async def _hear(self, text: str) -> str | None:
        """Take what a page says; returns the refusal, if it is one."""
        try:
            say = _browser.Say.model_validate_json(text)
            incoming, files = self._incoming(say)
        except ValidationError as error:
            log.warning("simulator.unreadable", problems=error.error_count())
            return _browser.refused(_browser.id_in(text), "这条发不出去，内容不合规矩。")
        except _browser.Refused as refusal:
            return _browser.refused(say.id, str(refusal))
        await self._show(_bubble(say, incoming, files))
        await self._waiting.put(incoming)
        return None

    def _incoming(self, say: _browser.Say) -> tuple[Incoming, list[ServedFile]]:
        """The message, and its files for the page. Raises Refused."""
        address = self._address(say)
        attachments, files = self._uploaded(say)
        if not say.text.strip() and not files:
            raise _browser.Refused("空的发不出去。")
        incoming = Incoming(
            id=say.id,
            address=address,
            sender_id=say.speaker.id,
            sender_name=say.speaker.name,
            text=say.text,
            time=datetime.now(UTC),
            at_bot=say.at_bot or address.private or f"@{self._bot_name}" in say.text,
            mentions=tuple(person.id for person in self._people if f"@{person.name}" in say.text),
            quote=self._quote(say),
            attachments=attachments,
        )
        return incoming, files

    def _address(self, say: _browser.Say) -> Address:
        for room in self.rooms:
            if room.room == say.conversation:
                return room
        if say.conversation == PRIVATE + say.speaker.id:
            return Address(channel=NAME, account=ACCOUNT, room=say.speaker.id, private=True)
        raise _browser.Refused("没有这个群。")

    def _uploaded(self, say: _browser.Say) -> tuple[tuple[Attachment, ...], list[ServedFile]]:
        found = [self._files.uploaded(token) for token in say.files]
        if None in found:
            raise _browser.Refused("图片过期了，重新选一下。")
        pairs = [pair for pair in found if pair]
        return tuple(attachment for attachment, _ in pairs), [file for _, file in pairs]

    def _quote(self, say: _browser.Say) -> Quote | None:
        quoted = self._said.find(say.conversation, say.quote) if say.quote else None
        if quoted is None:
            return None
        return Quote(message_id=quoted.id, text=quoted.text, sender_name=quoted.sender_name)

    async def _show(self, bubble: Bubble) -> None:
        if self._said.add(bubble):
            await self._pages.tell(_browser.news(bubble))


def _bubble(say: _browser.Say, incoming: Incoming, files: Sequence[ServedFile]) -> Bubble:
    return Bubble(
        id=incoming.id,
        conversation=say.conversation,
        sender_id=incoming.sender_id,
        sender_name=incoming.sender_name,
        text=incoming.text,
        time=incoming.time,
        quote=incoming.quote,
        files=tuple(files),
    )
