"""The Wechaty channel over gRPC against the real Node gateway: what is heard and what is said."""

import base64
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.inbox import Inbox
from bot.model import Address, Attachment, AttachmentKind, Incoming, Quote
from storage.database import Database
from tests.channels.node_gateway import BOT, ROOM, WANG, NodeGateway, installed
from tests.channels.wechaty_scene import Scene, listening, reply

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4000
EVERYBODY = [BOT, WANG, "wxid_doudou", "wx_leader"]
GROUP_NOTE, APP_MESSAGE = 10, 14
"""wechaty-puppet's types of a solitaire list, and of what it calls a link."""


@pytest.fixture(scope="module")
def gateway() -> Iterator[NodeGateway]:
    installed()
    made = NodeGateway()
    made.start()
    yield made
    made.kill()


@pytest.fixture
async def scene(gateway: NodeGateway, tmp_path: Path) -> AsyncIterator[Scene]:
    await gateway.order("forget")
    async with listening(gateway, tmp_path) as scene:
        yield scene


async def test_a_message_comes_with_all_that_was_said(gateway: NodeGateway, scene: Scene) -> None:
    before = datetime.now(UTC)
    message_id = await gateway.say("苹果两箱")
    incoming = await scene.next()
    assert incoming == Incoming(
        id=message_id,
        address=Address(channel="wechaty", account=BOT, room=ROOM),
        sender_id=WANG,
        sender_name="3栋王姐",
        text="苹果两箱",
        time=incoming.time,
    )
    assert abs(incoming.time - before) < timedelta(minutes=1)


async def test_a_new_name_is_seen_at_once(gateway: NodeGateway, scene: Scene) -> None:
    await gateway.order("rename", id="wxid_doudou", name="豆豆妈8号楼")
    await gateway.say("在吗", **{"from": "wxid_doudou"})
    assert (await scene.next()).sender_name == "豆豆妈8号楼"
    await gateway.order("rename", id="wxid_doudou", name="")
    await gateway.say("在吗", **{"from": "wxid_doudou"})
    assert (await scene.next()).sender_name == "豆豆妈"


@pytest.mark.parametrize(
    ("text", "mentions", "at_bot"),
    [
        ("@小团\u2005汇总", [BOT], True),
        ("@团团助手\u2005汇总", [BOT], True),
        ("@小团 汇总", [], True),
        ("@3栋王姐\u2005帮我带一份", [WANG], False),
        ("@所有人\u2005今晚八点截单", EVERYBODY, False),
        ("汇总", [], False),
    ],
)
async def test_the_bot_is_addressed_by_name_or_mention(
    gateway: NodeGateway, scene: Scene, text: str, mentions: list[str], at_bot: bool
) -> None:
    await gateway.say(text, mentions=mentions)
    incoming = await scene.next()
    assert (incoming.text, incoming.at_bot, incoming.mentions) == (text, at_bot, tuple(mentions))


async def test_a_private_chat_is_its_senders(gateway: NodeGateway, scene: Scene) -> None:
    await gateway.say("我的数据", room="")
    incoming = await scene.next()
    assert incoming.address == Address(channel="wechaty", account=BOT, room=WANG, private=True)
    assert incoming.at_bot
    await scene.channel.send(replace(reply("你一共 2 单"), address=incoming.address))
    await scene.channel.send(replace(reply("悄悄说", mentions=("3栋王姐",)), recipient=WANG))
    said = await gateway.order("sent")
    assert [(one["conversation"], one["text"]) for one in said] == [(WANG, "你一共 2 单"), (WANG, "悄悄说")]


async def test_the_bot_does_not_hear_itself(gateway: NodeGateway, scene: Scene) -> None:
    await scene.channel.send(reply("记下了"))
    await gateway.say("好")
    assert (await scene.next()).text == "好"


async def test_who_is_answered_is_mentioned_in_text_and_by_id(gateway: NodeGateway, scene: Scene) -> None:
    await gateway.say("苹果两箱")
    await scene.next()
    await scene.channel.send(reply("记下了", mentions=("3栋王姐", "没见过的人")))
    (said,) = await gateway.order("sent")
    assert said["text"] == "@3栋王姐\u2005@没见过的人\u2005记下了"
    assert said["mentions"] == [WANG]


async def test_a_new_program_still_knows_whom_it_answers(gateway: NodeGateway, scene: Scene) -> None:
    message_id = await gateway.say("苹果两箱", **{"from": BOT})  # dropped, so that no name is remembered
    other_id = await gateway.say("苹果两箱", id=f"unheard-{message_id}")
    assert (await scene.next()).id == other_id
    scene.channel._reader._recent = type(scene.channel._reader._recent)()
    await scene.channel.send(reply("@3栋王姐 记下了", mentions=("3栋王姐",), answers=("gone", other_id)))
    (said,) = await gateway.order("sent")
    assert (said["text"], said["mentions"]) == ("@3栋王姐 记下了", [WANG])


async def test_a_quote_finds_what_was_said(gateway: NodeGateway, scene: Scene) -> None:
    first = await gateway.say("鸡蛋一板\n明天取")
    await scene.next()
    await gateway.say("「王小姐：鸡蛋一板\n明天取」\n- - - - - - - - - - - - - - -\n我也要")
    incoming = await scene.next()
    assert incoming.text == "我也要"
    assert incoming.quote == Quote(message_id=first, text="鸡蛋一板\n明天取", sender_name="王小姐")


async def test_a_quote_of_the_bot_is_found(gateway: NodeGateway, scene: Scene) -> None:
    await scene.channel.send(reply("是大箱还是小箱?"))
    (said,) = await gateway.order("sent")
    await gateway.say("「小团：是大箱还是小箱?」\n- - - - - - - - - - - - - - -\n大箱")
    incoming = await scene.next()
    assert incoming.quote is not None
    assert incoming.quote.message_id == said["id"]


@pytest.mark.parametrize("known", [True, False], ids=["by its number", "by its text"])
async def test_a_raw_quote_finds_what_was_said(gateway: NodeGateway, scene: Scene, known: bool) -> None:
    first = await gateway.say("葡萄两盒")
    await scene.next()
    await gateway.say("梨一箱")
    await scene.next()
    refer = f"<type>1</type><svrid>{first if known else 4711}</svrid><content>葡萄两盒</content>"
    await gateway.say(
        "<msg><appmsg><title>我也要</title><type>57</type>"
        f"<refermsg>{refer}<displayname>王小姐</displayname></refermsg></appmsg></msg>",
        type=APP_MESSAGE,
    )
    incoming = await scene.next()
    assert incoming.text == "我也要"
    assert incoming.quote == Quote(message_id=first, text="葡萄两盒", sender_name="王小姐")


async def test_the_roster_of_a_solitaire_is_passed_on(gateway: NodeGateway, scene: Scene) -> None:
    title = "#接龙\n今晚水果😀\n\n1. 王姐 苹果2\n2. 豆豆妈 梨1"
    units = title.encode("utf-16-le")
    start = units.index("王".encode("utf-16-le")) // 2
    info = (
        f"<solitaire><sid>s-1</sid><content><s>2</s><i><u>{WANG}</u><t>1760000000</t><r>{start}-6</r></i>"
        "<i><u>wxid_doudou</u><c>not in the text</c></i></content></solitaire>"
    )
    await gateway.say(
        f"<?xml version='1.0'?>\n<msg><appmsg><title>{title}</title><type>53</type>"
        f"<extinfo><solitaire_info><![CDATA[{info}]]></solitaire_info></extinfo></appmsg></msg>",
        type=GROUP_NOTE,
    )
    incoming = await scene.next()
    assert incoming.text == title
    assert incoming.roster is not None
    assert incoming.roster.sid == "s-1"
    (entry,) = incoming.roster.entries
    begin, end = (2 * unit for unit in entry.span)
    assert units[begin:end].decode("utf-16-le") == "王姐 苹果2"
    assert (entry.sender_id, entry.time) == (WANG, datetime.fromtimestamp(1760000000, UTC))


async def test_pictures_are_fetched_whole(gateway: NodeGateway, scene: Scene, tmp_path: Path) -> None:
    data = base64.b64encode(PNG).decode()
    await gateway.say("<msg><img/></msg>", type=6, file={"name": "草莓.PNG", "data": data})
    incoming = await scene.next()
    (attachment,) = incoming.attachments
    assert (incoming.text, attachment.kind, attachment.name) == ("", AttachmentKind.IMAGE, "草莓.PNG")
    assert attachment.path.endswith(".png")
    assert Path(attachment.path).is_relative_to(tmp_path)
    assert content(attachment) == PNG


async def test_a_file_that_is_gone_does_not_stop_the_others(gateway: NodeGateway, scene: Scene) -> None:
    await gateway.say("", type=6)
    await gateway.say("草莓坏了")
    assert (await scene.next()).text == "草莓坏了"


async def test_files_go_out_after_the_text(gateway: NodeGateway, scene: Scene, tmp_path: Path) -> None:
    sheet = attached(tmp_path / "a1.xlsx", "订单.xlsx", PNG)
    huge = attached(tmp_path / "a2.xlsx", "全年.xlsx", b"x" * 3_000_001)
    gone = replace(sheet, name="没了.xlsx", path=str(tmp_path / "nowhere"))
    await scene.channel.send(replace(reply("导出好了"), attachments=(sheet, huge, gone)))
    text, file = await gateway.order("sent")
    assert text["text"].startswith("导出好了\n")
    assert "全年.xlsx" in text["text"]
    assert "没了.xlsx" in text["text"]
    assert (file["file"], base64.b64decode(file["data"])) == ("订单.xlsx", PNG)


async def test_a_burst_of_500_is_heard_in_order(gateway: NodeGateway, scene: Scene) -> None:
    ids = await gateway.order("say", messages=[{"text": f"+{number}"} for number in range(500)])
    heard = [await scene.next() for _ in ids]
    assert [incoming.id for incoming in heard] == ids
    assert [incoming.text for incoming in heard] == [f"+{number}" for number in range(500)]


async def test_ids_said_again_are_handled_once(gateway: NodeGateway, scene: Scene, tmp_path: Path) -> None:
    database = Database("sqlite", folder=tmp_path)
    await database.create_all()
    handled: list[str] = []

    async def on(incoming: Incoming) -> None:
        handled.append(incoming.id)

    inbox = Inbox(database.inbox, on)
    ids = await gateway.order("say", messages=[{"text": "+1"}] * 20)
    await gateway.order("again", ids=ids)
    last = await gateway.say("完")
    while (incoming := await scene.next()).id != last:
        await inbox.heard(incoming)
    await gateway.order("again", ids=[*ids, last])
    again = await gateway.say("真完")
    while (incoming := await scene.next()).id != again:
        await inbox.heard(incoming)
    await database.dispose()
    assert handled == [*ids, last]


async def test_what_is_no_talk_and_what_is_unknown_is_passed_over(gateway: NodeGateway, scene: Scene) -> None:
    await gateway.say("<msg><voicemsg/></msg>", type=2)
    await gateway.say("<msg><appmsg><title>卡片</title><type>33</type></appmsg></msg>", type=9)
    await gateway.say("[捂脸]的新类型", type=99)
    await gateway.order("emit", event="error", payload={"gerror": "oops"})
    await gateway.order("emit", event="room-topic", payload={})
    await gateway.order("emit", event="message", payload={"messageId": "never-said"})
    await gateway.order("emit", event="message", payload={})
    await gateway.say("好")
    assert [(await scene.next()).text for _ in range(2)] == ["[捂脸]的新类型", "好"]


async def test_what_cannot_be_taken_does_not_end_the_hearing(gateway: NodeGateway, scene: Scene) -> None:
    scene.refused = {"一"}
    await gateway.say("一")
    await gateway.say("二")
    assert (await scene.next()).text == "二"


def content(attachment: Attachment) -> bytes:
    return Path(attachment.path).read_bytes()


def attached(path: Path, name: str, data: bytes) -> Attachment:
    path.write_bytes(data)
    return Attachment(kind=AttachmentKind.FILE, name=name, path=str(path))
