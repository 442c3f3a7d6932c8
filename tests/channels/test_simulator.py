"""The simulator over real WebSockets: what the page says comes in once, what the bot says goes out once."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot import channels
from bot.channels.simulator import Simulator, create
from bot.config import RoleGrant, Settings
from bot.errors import ConfigError
from bot.model import Address, Attachment, AttachmentKind, Incoming, Outgoing

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
ROOM = Simulator.rooms[0]
KEY = "0123456789abcdef"


def simulator(folder: Path) -> Simulator:
    leader = RoleGrant(id="wx_boss", role="leader")
    return create(Settings.model_construct(data=folder, roles=(leader,)))


class Scene:
    """A simulator whose channel runs, with a browser-like client; `heard` is what the bot was handed."""

    def __init__(self, made: Simulator, client: TestClient[web.Request, web.Application]) -> None:
        self.simulator = made
        self.client = client
        self.heard: asyncio.Queue[Incoming] = asyncio.Queue()

    async def open(self) -> tuple[ClientWebSocketResponse, dict[str, Any]]:
        """A page and the greeting that it got."""
        page = await self.client.ws_connect("/ws")
        return page, await page.receive_json()

    async def until(self, page: ClientWebSocketResponse, kind: str) -> dict[str, Any]:
        """The next event of a kind."""
        while True:
            event: dict[str, Any] = await page.receive_json()
            if event["type"] == kind:
                return event


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Scene]:
    made = simulator(folder)
    app = web.Application()
    app.add_routes(made.routes())
    async with TestClient(TestServer(app)) as client:
        scene = Scene(made, client)
        task = asyncio.create_task(made.run(scene.heard.put))
        yield scene
        task.cancel()
        await asyncio.wait([task])


def content(path: Path) -> bytes:
    return path.read_bytes()


def below(folder: Path) -> list[Path]:
    return list(folder.rglob("*.*"))


def say(text: str, **fields: Any) -> dict[str, Any]:
    speaker = {"id": "sim_wang", "name": "3栋王姐"}
    return {"type": "say", "id": KEY, "conversation": ROOM.room, "speaker": speaker, "text": text} | fields


async def test_the_greeting_offers_rooms_people_and_the_configured_leader(tmp_path: Path) -> None:
    async with running(tmp_path) as scene:
        _, hello = await scene.open()
    assert [room["id"] for room in hello["rooms"]] == [room.room for room in Simulator.rooms]
    assert [person["id"] for person in hello["people"] if person["leader"]] == ["wx_boss"]
    assert hello["messages"] == []


async def test_what_is_said_is_shown_to_every_page_and_handed_over(tmp_path: Path) -> None:
    async with running(tmp_path) as scene:
        mine, _ = await scene.open()
        other, _ = await scene.open()
        await mine.send_json(say("南瓜两个"))
        shown = await scene.until(other, "message")
        incoming = await scene.heard.get()
        accepted = await scene.until(mine, "accepted")
    assert shown["message"]["text"] == incoming.text == "南瓜两个"
    assert (incoming.id, incoming.address, incoming.sender_id) == (KEY, ROOM, "sim_wang")
    assert not incoming.at_bot
    assert accepted["id"] == KEY


async def test_a_message_said_again_is_shown_once_and_accepted_again(tmp_path: Path) -> None:
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        await page.send_json(say("+1"))
        await scene.until(page, "accepted")
        await page.send_json(say("+1"))
        assert (await page.receive_json())["type"] == "accepted"


async def test_the_bot_speaks_once_a_key_and_a_new_page_sees_it(tmp_path: Path) -> None:
    reply = Outgoing(key="k1", address=ROOM, text="记下了\n共 2 个", mentions=("3栋王姐",))
    async with running(tmp_path) as scene:
        await scene.simulator.send(reply)
        await scene.simulator.send(reply)
        _, hello = await scene.open()
    (message,) = hello["messages"]
    assert (message["bot"], message["text"], message["mentions"]) == (True, "记下了\n共 2 个", ["3栋王姐"])


@pytest.mark.parametrize(
    ("fields", "at_bot"),
    [({"text": "@小团 在吗"}, True), ({"at_bot": True}, True), ({"text": "@豆豆妈 在吗"}, False)],
)
async def test_the_bot_is_addressed_by_its_name_or_the_button(
    tmp_path: Path, fields: dict[str, Any], at_bot: bool
) -> None:
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        await page.send_json(say("在吗") | fields)
        incoming = await scene.heard.get()
    assert incoming.at_bot is at_bot
    assert incoming.mentions == (("sim_doudou",) if "豆豆妈" in incoming.text else ())


async def test_a_quote_carries_id_text_and_name_of_what_was_said(tmp_path: Path) -> None:
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        await page.send_json(say("鸡蛋一板"))
        first = await scene.heard.get()
        await page.send_json(say("我也要", id="f" * 16, quote=first.id))
        second = await scene.heard.get()
    assert second.quote is not None
    assert (second.quote.message_id, second.quote.text, second.quote.sender_name) == (
        first.id,
        "鸡蛋一板",
        "3栋王姐",
    )


async def test_a_private_chat_is_ones_own(tmp_path: Path) -> None:
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        await page.send_json(say("我的数据", conversation="private:sim_wang"))
        incoming = await scene.heard.get()
        await page.send_json(say("偷看", id="e" * 16, conversation="private:sim_doudou"))
        refused = await scene.until(page, "refused")
    assert incoming.address == Address(channel="simulator", account="bot", room="sim_wang", private=True)
    assert incoming.at_bot
    assert refused["id"] == "e" * 16


async def test_a_private_reply_goes_into_the_private_chat(tmp_path: Path) -> None:
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        await scene.simulator.send(Outgoing(key="k", address=ROOM, text="悄悄说", recipient="sim_wang"))
        shown = await scene.until(page, "message")
    assert shown["message"]["conversation"] == "private:sim_wang"


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "short"},
        {"conversation": "nowhere"},
        {"text": "  \n"},
        {"speaker": {"id": "a", "name": ""}},
        {"files": ["a" * 32]},
        {"sudo": True},
        {"text": 5},
    ],
)
async def test_what_cannot_be_a_message_is_refused_and_the_page_goes_on(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        await page.send_json(say("好") | wrong)
        refused = await scene.until(page, "refused")
        await page.send_json(say("好", id="b" * 16))
        assert (await scene.heard.get()).id == "b" * 16
    assert refused["id"] == wrong.get("id", KEY)
    assert refused["reason"]


@pytest.mark.parametrize("text", ["{", "[]", '"x"', "null", '{"id": 3}', '{"type": "say", "id": "\\ud800"}'])
async def test_noise_is_refused_without_an_id(tmp_path: Path, text: str) -> None:
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        await page.send_str(text)
        assert (await scene.until(page, "refused"))["reason"]


async def test_pictures_are_stored_below_the_data_folder_and_served(tmp_path: Path) -> None:
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        uploaded = await (await scene.client.post("/upload?name=草莓.png", data=PNG)).json()
        await page.send_json(say("", files=[uploaded["token"]]))
        incoming = await scene.heard.get()
        served = await scene.client.get(uploaded["url"])
        body = await served.read()
    (attachment,) = incoming.attachments
    stored = Path(attachment.path)
    assert (attachment.kind, attachment.name) == (AttachmentKind.IMAGE, "草莓.png")
    assert stored.is_relative_to(tmp_path)
    assert body == PNG == content(stored)
    assert served.content_type == "image/png"


@pytest.mark.parametrize("data", [b"", b"<svg xmlns=''/>", b"<html>", b"RIFF1234WAVE"])
async def test_only_pictures_are_taken(tmp_path: Path, data: bytes) -> None:
    async with running(tmp_path) as scene:
        answer = await scene.client.post("/upload", data=data)
        assert answer.status == 415
        assert (await answer.json())["reason"]
    assert not below(tmp_path)


async def test_what_the_bot_attaches_is_downloaded_under_its_name(tmp_path: Path) -> None:
    sheet = tmp_path / "x1.csv"
    sheet.write_text("跟团号\n1\n", encoding="utf-8")
    attachment = Attachment(kind=AttachmentKind.FILE, name="订单.csv", path=str(sheet))
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        await scene.simulator.send(
            Outgoing(key="k", address=ROOM, text="导出好了", attachments=(attachment,))
        )
        (file,) = (await scene.until(page, "message"))["message"]["files"]
        answer = await scene.client.get(file["url"])
        text = await answer.text()
    assert file["name"] == "订单.csv"
    assert text == "跟团号\n1\n"
    assert answer.content_disposition is not None
    assert answer.content_disposition.type == "attachment"


async def test_a_message_too_large_for_a_message_ends_that_page_only(tmp_path: Path) -> None:
    async with running(tmp_path) as scene:
        page, _ = await scene.open()
        other, _ = await scene.open()
        await page.send_str(json.dumps(say("x" * 2_000_000)))
        assert (await page.receive()).data == 1009
        await other.send_json(say("好"))
        assert (await scene.heard.get()).text == "好"


def test_channels_are_found_by_name_and_unknown_ones_are_named(tmp_path: Path) -> None:
    settings = Settings.model_construct(data=tmp_path)
    (made,) = channels.made(["simulator"], settings)
    assert isinstance(made, Simulator)
    assert channels.rooms_of([made]) == Simulator.rooms
    with pytest.raises(ConfigError, match=r"telegraph\n.*pigeon"):
        channels.made(["telegraph", "pigeon"], settings)
