"""The OneBot channel over real WebSockets against an implementation of ours."""

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot import channels
from bot.channels._backoff import Backoff
from bot.channels._hearing import Hearing
from bot.channels._onebot.channel import NotSaid, OneBot
from bot.config import OneBot as OneBotSettings
from bot.config import Settings
from bot.errors import ConfigError, Unavailable
from bot.model import Address, Attachment, AttachmentKind, Incoming, Outgoing, Quote

SECONDS = 30
TOKEN = "a-token"
BOT, WANG, GROUP = 10001, 20002, 30003
HERE = Address(channel="onebot", account=str(BOT), room=str(GROUP))
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 2000
LIFECYCLE = {"post_type": "meta_event", "meta_event_type": "lifecycle", "self_id": BOT, "time": 1}


class Implementation:
    """A OneBot v11 implementation: takes one bot, answers its calls, says what it is told."""

    def __init__(self) -> None:
        self.sockets: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()
        self.calls: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.answer: dict[str, Any] | None = {"status": "ok", "retcode": 0, "data": {"message_id": 1}}
        self.token = TOKEN
        self.greeting: dict[str, Any] = LIFECYCLE
        app = web.Application()
        app.add_routes([web.get("/", self._serve), web.get("/p.png", self._picture)])
        self.server = TestServer(app)

    async def _picture(self, request: web.Request) -> web.Response:
        return web.Response(body=PNG)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            raise web.HTTPUnauthorized
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(self.greeting)
        self.sockets.put_nowait(socket)
        async for message in socket:
            call = message.json()
            self.calls.put_nowait(call)
            if self.answer is None:
                break
            await socket.send_json(self.answer | {"echo": call["echo"]})
        return socket


class Scene:
    """A channel in front of the implementation."""

    def __init__(self, folder: Path) -> None:
        self.implementation = Implementation()
        self.heard: asyncio.Queue[Incoming] = asyncio.Queue()
        self.ailments: asyncio.Queue[str] = asyncio.Queue()
        self.folder = folder

    async def start(self) -> None:
        await self.implementation.server.start_server()
        url = str(self.implementation.server.make_url("/").with_scheme("ws"))
        self.channel = OneBot(
            OneBotSettings(url=url, token=SecretStr(TOKEN)),
            bot_name="小团",
            folder=self.folder / "received",
            hearing=Hearing(channel="onebot", file=self.folder / "heard.json"),
            backoff=Backoff(first=0.01, longest=0.1),
            watch=self.ailments.put_nowait,
        )
        self.task = asyncio.create_task(self.channel.run(self.heard.put))

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])
        await self.implementation.server.close()

    async def socket(self) -> web.WebSocketResponse:
        async with asyncio.timeout(SECONDS):
            return await self.implementation.sockets.get()

    async def next(self) -> Incoming:
        async with asyncio.timeout(SECONDS):
            return await self.heard.get()

    async def call(self) -> dict[str, Any]:
        async with asyncio.timeout(SECONDS):
            return await self.implementation.calls.get()

    async def connected(self) -> web.WebSocketResponse:
        """A socket over which something was heard, so that the channel knows who it is."""
        socket = await self.socket()
        await socket.send_json(said("在吗"))
        await self.next()
        return socket

    async def ailing(self, word: str) -> None:
        """Wait until the operator is told of something with this word."""
        async with asyncio.timeout(SECONDS):
            while word not in await self.ailments.get():
                pass


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    scene = Scene(tmp_path)
    await scene.start()
    yield scene
    await scene.stop()


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "data": {"text": words}}


def said(*parts: str | dict[str, Any], **fields: Any) -> dict[str, Any]:
    event = {
        "post_type": "message",
        "message_type": "group",
        "self_id": BOT,
        "user_id": WANG,
        "group_id": GROUP,
        "message_id": 77,
        "time": 1760000000,
        "message": [text(part) if isinstance(part, str) else part for part in parts],
        "sender": {"nickname": "王小姐", "card": "3栋王姐"},
    }
    return event | fields


async def test_a_group_message_comes_with_name_mention_and_quote(scene: Scene) -> None:
    socket = await scene.socket()
    at = {"type": "at", "data": {"qq": str(BOT), "name": "小团"}}
    await socket.send_json(said({"type": "reply", "data": {"id": "76"}}, at, " 苹果两箱"))
    incoming = await scene.next()
    assert (incoming.id, incoming.address, incoming.sender_id) == ("77", HERE, str(WANG))
    assert (incoming.sender_name, incoming.text) == ("3栋王姐", "@小团  苹果两箱")
    assert (incoming.at_bot, incoming.mentions) == (True, (str(BOT),))
    assert incoming.quote == Quote(message_id="76")


async def test_a_private_message_and_the_bots_own(scene: Scene) -> None:
    socket = await scene.socket()
    await socket.send_json(said("自己", user_id=BOT))
    await socket.send_json(said("悄悄", message_type="private", sender={"nickname": "王小姐", "card": None}))
    incoming = await scene.next()
    assert incoming.address == replace(HERE, room=str(WANG), private=True)
    assert (incoming.sender_name, incoming.at_bot) == ("王小姐", True)


async def test_noise_does_not_end_the_hearing(scene: Scene) -> None:
    socket = await scene.socket()
    await socket.send_str("{")
    await socket.send_str("[1]")
    await socket.send_json(said("字符串格式") | {"message": "[CQ:at,qq=1]"})
    await socket.send_json({"post_type": "notice", "self_id": BOT})
    await socket.send_json(said("好"))
    assert (await scene.next()).text == "好"


async def test_pictures_are_fetched_and_what_is_none_is_left_out(scene: Scene) -> None:
    socket = await scene.socket()
    url = scene.implementation.server.make_url
    parts = [{"type": "image", "data": {"url": str(url(path))}} for path in ("/p.png", "/nowhere")]
    await socket.send_json(said(*parts, {"type": "image", "data": {"url": "file:///etc/passwd"}}))
    (picture,) = (await scene.next()).attachments
    assert picture.kind is AttachmentKind.IMAGE
    assert content(picture) == PNG


async def test_an_answer_mentions_by_account_and_carries_files(scene: Scene, tmp_path: Path) -> None:
    await scene.connected()
    file = attached(tmp_path / "o.csv", b"1,2")
    reply = Outgoing(
        key="k", address=HERE, text="记下了", mentions=("3栋王姐", "没见过"), attachments=(file,)
    )
    await scene.channel.send(reply)
    call = await scene.call()
    assert (call["action"], call["params"]["group_id"]) == ("send_group_msg", GROUP)
    at, _, words, sheet = call["params"]["message"]
    assert at == {"type": "at", "data": {"qq": str(WANG)}}
    assert words == text("@没见过 记下了")
    assert sheet["data"] == {"file": "base64://" + base64.b64encode(b"1,2").decode(), "name": "订单.csv"}


async def test_a_private_answer_mentions_nobody(scene: Scene) -> None:
    await scene.connected()
    reply = Outgoing(key="k", address=HERE, text="悄悄说", mentions=("3栋王姐",), recipient=str(WANG))
    await scene.channel.send(reply)
    call = await scene.call()
    assert (call["action"], call["params"]["user_id"]) == ("send_private_msg", WANG)
    assert call["params"]["message"] == [text("悄悄说")]


@pytest.mark.parametrize("answer", [{"status": "failed", "retcode": 100, "message": "no"}, None])
async def test_what_was_refused_or_cut_off_is_not_said_again(
    scene: Scene, answer: dict[str, Any] | None
) -> None:
    await scene.connected()
    scene.implementation.answer = answer
    with pytest.raises(NotSaid):
        await scene.channel.send(Outgoing(key="k", address=HERE, text="记下了"))


async def test_after_a_broken_connection_there_is_a_gap_and_a_new_one(scene: Scene) -> None:
    socket = await scene.connected()
    await socket.close()
    socket = await scene.socket()
    async with asyncio.timeout(SECONDS):
        gap = await anext(scene.channel.gaps())
    await socket.send_json(said("回来了"))
    assert (await scene.next()).text == "回来了"
    assert (gap.channel, gap.account) == ("onebot", str(BOT))
    assert gap.since < gap.until
    assert scene.channel.ailments() == ()


async def test_without_connection_nothing_is_sent(scene: Scene) -> None:
    await scene.connected()
    await scene.implementation.server.close()
    await scene.ailing("onebot.url")
    assert "onebot.url" in scene.channel.ailments()[0]
    with pytest.raises(Unavailable):
        await scene.channel.send(Outgoing(key="k", address=HERE, text="在"))


async def test_another_accounts_answer_is_not_sent(scene: Scene) -> None:
    await scene.connected()
    with pytest.raises(Unavailable):
        await scene.channel.send(Outgoing(key="k", address=replace(HERE, account="9"), text="在"))


@pytest.mark.parametrize("late", [False, True])
async def test_a_wrong_token_is_told(scene: Scene, late: bool) -> None:
    socket = await scene.connected()
    if late:
        scene.implementation.greeting = {"status": "failed", "retcode": 1403, "message": "token"}
    else:
        scene.implementation.token = "other"
    await socket.close()
    await scene.ailing("onebot.token")


def test_a_missing_or_odd_address_is_said_in_chinese() -> None:
    with pytest.raises(ConfigError, match=r"onebot\.url"):
        channels.made(["onebot"], Settings())
    with pytest.raises(ValueError, match="ws://"):
        OneBotSettings(url="http://127.0.0.1:3001")


async def test_the_channel_is_made_of_the_settings(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, onebot=OneBotSettings(url="ws://127.0.0.1:3001"))
    (made,) = channels.made(["onebot"], settings)
    assert isinstance(made, OneBot)


def content(attachment: Attachment) -> bytes:
    return Path(attachment.path).read_bytes()


def attached(path: Path, data: bytes) -> Attachment:
    path.write_bytes(data)
    return Attachment(kind=AttachmentKind.FILE, name="订单.csv", path=str(path))
