"""The channel: a WebSocket to a OneBot v11 implementation, supervised like the one to WeChat."""

import asyncio
import hashlib
import itertools
import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import structlog

from bot.channels._backoff import Backoff
from bot.channels._files import NoPicture, picture_kind
from bot.channels._hearing import Hearing
from bot.channels._onebot import protocol
from bot.config import OneBot as Settings
from bot.errors import Unavailable
from bot.model import Attachment, AttachmentKind, Gap, Incoming, Outgoing

log = structlog.get_logger(__name__)
HEARTBEAT = 10.0
ANSWER_SECONDS = 30.0
PICTURE_SECONDS = 10.0
MOST_BYTES = 20_000_000
REMEMBERED = 5000
AWAY = "onebot: 连不上：看 OneBot 实现开着没有，config.yaml 的 onebot.url 写对没有"
REFUSED = "onebot: 不认这个 token：config.yaml 的 onebot.token 要和 OneBot 实现里的一样"
NO_ARRAY = "读不了这条消息：在 OneBot 实现里把消息格式设成 array"
WRONG_TOKEN = 1403
"""What NapCat says after a handshake that it lets pass."""
REFUSALS = frozenset({401, 403})


class Refused(Exception):
    """The implementation knows another token."""


class NotSaid(Exception):
    """The implementation answered that it could not say it, or did not answer: nobody knows what was done."""


class OneBot:
    """Implements bot.ports.Channel over OneBot v11. `watch` is told every new ailment."""

    name = protocol.NAME

    def __init__(
        self,
        settings: Settings,
        *,
        bot_name: str,
        folder: Path,
        hearing: Hearing,
        backoff: Backoff | None = None,
        watch: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._settings = settings
        self._bot_name = bot_name
        self._folder = folder
        self._hearing = hearing
        self._backoff = backoff or Backoff()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._account = ""
        self._ailment = ""
        self._watch = watch
        self._echoes = itertools.count(1)
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._accounts: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def run(self, heard: Callable[[Incoming], Awaitable[None]]) -> None:
        """Listen until cancelled; whatever happens to the connection, the next attempt follows."""
        async with self._client() as client, aiohttp.ClientSession() as fetching:
            while True:
                try:
                    async with client.ws_connect(
                        self._settings.url, heartbeat=HEARTBEAT, max_msg_size=MOST_BYTES
                    ) as socket:
                        await self._listen(socket, fetching, heard)
                except Refused as error:
                    self._ail(REFUSED, str(error))
                except aiohttp.WSServerHandshakeError as error:
                    self._ail(_of_handshake(error), str(error.status))
                except (aiohttp.ClientError, OSError) as error:
                    self._ail(AWAY, repr(error))
                else:
                    self._ail(AWAY, "the connection ended")
                await asyncio.sleep(self._backoff.pause())

    async def probe(self) -> str:
        """What stands between us and the implementation, in Chinese, "" for nothing."""
        try:
            async with asyncio.timeout(HEARTBEAT), self._client() as client:
                await (await client.ws_connect(self._settings.url)).close()
        except aiohttp.WSServerHandshakeError as error:
            return _of_handshake(error)
        except (aiohttp.ClientError, OSError):
            return AWAY
        return ""

    async def send(self, outgoing: Outgoing) -> None:
        """Say it once. Raises Unavailable when it surely was not sent; any other error means nobody knows."""
        socket = self._socket
        if socket is None or socket.closed or outgoing.address.account != self._account:
            raise Unavailable("onebot is not connected")
        names = [(outgoing.address.room, name) for name in outgoing.mentions]
        called = [self._accounts[one] for one in names if one in self._accounts]
        unknown = "".join(f"@{name} " for room, name in names if (room, name) not in self._accounts)
        worded = replace(outgoing, text=unknown + outgoing.text)
        action = await asyncio.to_thread(protocol.action_of, worded, called)
        await self._call(socket, action)

    def gaps(self) -> AsyncIterator[Gap]:
        """Times in which nothing was heard, each when it is over."""
        return self._hearing.gaps()

    def ailments(self) -> tuple[str, ...]:
        """What the operator should know, in Chinese; empty while all is well."""
        return (self._ailment,) if self._ailment else ()

    def _client(self) -> aiohttp.ClientSession:
        token = self._settings.token.get_secret_value()
        return aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"} if token else {})

    async def _listen(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        fetching: aiohttp.ClientSession,
        heard: Callable[[Incoming], Awaitable[None]],
    ) -> None:
        self._socket = socket
        events: asyncio.Queue[protocol.Event] = asyncio.Queue()
        helpers = [
            asyncio.create_task(self._hand_over(events, fetching, heard)),
            asyncio.create_task(self._hearing.keep()),
        ]
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    await self._take(message.data, events)
        finally:
            await self._ended(helpers)

    async def _take(self, text: str, events: asyncio.Queue[protocol.Event]) -> None:
        """An answer to a call, a sign of life, or a message."""
        try:
            data = json.loads(text)
        except ValueError:
            data = None
        if not isinstance(data, dict):
            log.warning("onebot.unreadable", characters=len(text))
            return
        if answer := self._answers.get(str(data.get("echo") or "")):
            if not answer.done():
                answer.set_result(data)
            return
        if account := str(data.get("self_id") or ""):
            await self._log_in(account)
        if data.get("retcode") == WRONG_TOKEN:
            raise Refused(str(data.get("message")))
        event = protocol.event_of(data)
        if event is None:
            if data.get("post_type") == "message":
                log.warning("onebot.unread", hint=NO_ARRAY)
        elif event.user_id != event.self_id:
            events.put_nowait(event)

    async def _log_in(self, account: str) -> None:
        if account != self._account:
            await self._hearing.begin(account)
            self._account, self._ailment = account, ""
            self._backoff.reset()
            log.info("onebot", condition="listening", account=account)

    async def _hand_over(
        self,
        events: asyncio.Queue[protocol.Event],
        fetching: aiohttp.ClientSession,
        heard: Callable[[Incoming], Awaitable[None]],
    ) -> None:
        while True:
            event = await events.get()
            try:
                incoming = protocol.incoming_of(event, self._bot_name)
                self._remember(incoming)
                incoming = replace(incoming, attachments=await self._pictures(event, fetching))
                if incoming.text or incoming.attachments:
                    await heard(incoming)
            except Exception:  # one message that cannot be taken must not end the hearing of all others
                log.exception("onebot.not_taken", message=event.message_id)

    async def _pictures(
        self, event: protocol.Event, fetching: aiohttp.ClientSession
    ) -> tuple[Attachment, ...]:
        found = [await self._picture(url, fetching) for url in protocol.pictures(event)]
        return tuple(picture for picture in found if picture is not None)

    async def _picture(self, url: str, fetching: aiohttp.ClientSession) -> Attachment | None:
        try:
            async with asyncio.timeout(PICTURE_SECONDS), fetching.get(url) as answer:
                data = await _all(answer)
            return await asyncio.to_thread(_kept, self._folder, data)
        except (aiohttp.ClientError, OSError, NoPicture) as error:
            log.warning("onebot.picture", error=repr(error))
            return None

    async def _call(self, socket: aiohttp.ClientWebSocketResponse, action: dict[str, Any]) -> None:
        echo = f"tuanbot-{next(self._echoes)}"
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[echo] = answer
        try:
            await socket.send_json(action | {"echo": echo})
            async with asyncio.timeout(ANSWER_SECONDS):
                said = await answer
        finally:
            del self._answers[echo]
        if said.get("status") not in {"ok", "async"}:
            raise NotSaid(f"{said.get('retcode')} {said.get('message') or said.get('wording') or ''}")

    def _remember(self, incoming: Incoming) -> None:
        self._accounts[incoming.address.room, incoming.sender_name] = incoming.sender_id
        if len(self._accounts) > REMEMBERED:
            self._accounts.popitem(last=False)

    def _ail(self, ailment: str, error: str) -> None:
        if ailment != self._ailment:
            self._ailment = ailment
            log.warning("onebot", hint=ailment, error=error)
            self._watch(ailment)

    async def _ended(self, helpers: list[asyncio.Task[None]]) -> None:
        self._socket = None
        for helper in helpers:
            helper.cancel()
        await asyncio.wait(helpers)
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(NotSaid("the connection ended"))
        if self._account:
            self._account = ""
            await self._hearing.end(doubtful_seconds=HEARTBEAT * 1.5)


def _of_handshake(error: aiohttp.WSServerHandshakeError) -> str:
    return REFUSED if error.status in REFUSALS else AWAY


async def _all(answer: aiohttp.ClientResponse) -> bytes:
    """The body. Raises NoPicture when it is too long."""
    data = bytearray()
    async for piece in answer.content.iter_any():
        data += piece
        if len(data) > MOST_BYTES:
            raise NoPicture
    return bytes(data)


def _kept(folder: Path, data: bytes) -> Attachment:
    kind = picture_kind(data)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(data).hexdigest()[:32]}.{kind}"
    path.write_bytes(data)
    return Attachment(kind=AttachmentKind.IMAGE, name=path.name, path=str(path))
