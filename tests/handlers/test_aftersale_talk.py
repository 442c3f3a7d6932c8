"""From a report of spoilt goods to the leader's decision."""

from datetime import timedelta
from pathlib import Path

from bot.model import Attachment, AttachmentKind
from bot.understanding import Command, Directive, Intent
from shop.aftersale import CaseStatus
from storage.tables import cases
from tests.handlers.talking import LEADER, ROOM, Talk, meaning

SPOILT = meaning(Intent.AFTERSALE, skus=["D"], quantity=2)


async def decided(talk: Talk) -> list[tuple[str, int]]:
    async with talk.database.session() as session:
        rows = await session.rows(cases.select().order_by(cases.c.id))
    return [(row.status, row.refund) for row in rows]


def settling(decision: CaseStatus, number: int = 1) -> Directive:
    return Directive(command=Command.SETTLE, quantity=number, view=decision)


async def test_the_leader_sees_what_waits(talk: Talk, tmp_path: Path) -> None:
    assert await talk.leads("售后", Command.CASES) == ["没有等着处理的售后。"]
    photo = Attachment(kind=AttachmentKind.IMAGE, name="1.jpg", path=str(tmp_path / "1.jpg"))
    await talk.says("王姐", "草莓坏了两盒", SPOILT, photos=[photo])
    (text,) = await talk.leads("售后", Command.CASES)
    assert text.startswith("等着处理的售后1个：\n1号 王姐：草莓坏了两盒(照片1张)\n")
    asked = meaning(Intent.ADMIN, directive=Directive(command=Command.CASES, quantity=1))
    (reply,) = await talk.replies(LEADER, "售后1号", asked)
    assert [one.path for one in reply.attachments] == [photo.path]


async def test_the_review_list_mentions_them(talk: Talk) -> None:
    await talk.says("王姐", "草莓坏了两盒", SPOILT)
    assert await talk.leads("待确认", Command.REVIEW) == ["另有1个售后等你处理，发“售后”看。"]


async def test_a_refund_is_told_to_whoever_reported(talk: Talk) -> None:
    await talk.says("王姐", "草莓坏了两盒", SPOILT)
    given = meaning(Intent.ADMIN, directive=settling(CaseStatus.REFUNDED))
    (reply,) = await talk.replies(LEADER, "售后1号同意退款", given)
    assert (reply.to, reply.text) == ("王姐", "售后1号处理好啦：草莓退款50元，团长会转给你。")
    assert await decided(talk) == [("refunded", 5000)]
    assert await talk.leads("售后", Command.CASES) == ["没有等着处理的售后。"]


async def test_an_amount_that_nobody_said_is_asked_for(talk: Talk) -> None:
    await talk.says("王姐", "坏了", meaning(Intent.AFTERSALE))
    (text,) = await talk.leads("售后1号退款", settling(CaseStatus.REFUNDED))
    assert text == "售后1号退多少？比如：售后1号退款20元"
    assert await decided(talk) == [("open", 0)]


async def test_a_case_is_decided_once(talk: Talk) -> None:
    await talk.says("王姐", "草莓坏了两盒", SPOILT)
    (text,) = await talk.leads("售后1号补发", settling(CaseStatus.RESENT))
    assert "补发" in text
    (text,) = await talk.leads("售后1号不退", settling(CaseStatus.REFUSED))
    assert text == "没有售后1号，或者已经处理过了。发“售后”看还有哪些。"
    assert await decided(talk) == [("resent", 0)]


async def test_a_member_decides_nothing(talk: Talk) -> None:
    await talk.says("王姐", "草莓坏了两盒", SPOILT)
    await talk.says("王姐", "售后1号退款", meaning(Intent.ADMIN, directive=settling(CaseStatus.REFUNDED)))
    assert await decided(talk) == [("open", 0)]


async def test_photos_that_follow_belong_to_the_report(talk: Talk, tmp_path: Path) -> None:
    photos = [Attachment(kind=AttachmentKind.IMAGE, name=name, path=str(tmp_path / name)) for name in "123"]
    assert await talk.says("王姐", "", photos=photos[:1]) == []
    await talk.says("王姐", "草莓坏了两盒", SPOILT)
    assert await talk.says("李哥", "", photos=photos[:1]) == []
    assert await talk.says("王姐", "", photos=photos[1:2]) == [
        "照片收到，和售后1号放在一起了，团长看过就给你处理。"
    ]
    assert await talk.says("王姐", "这张也是", photos=photos[2:]) == []
    async with talk.database.unit_of_work() as store:
        (case,) = await store.cases.open_of((await store.rooms.seen(ROOM)).id)
    assert case.photos == (photos[1].path, photos[2].path)


async def test_photos_of_another_day_are_talk(talk: Talk, tmp_path: Path) -> None:
    await talk.says("王姐", "草莓坏了两盒", SPOILT)
    talk.clock.set(talk.clock.now() + timedelta(hours=1))
    photo = Attachment(kind=AttachmentKind.IMAGE, name="1", path=str(tmp_path / "1"))
    assert await talk.says("王姐", "今天的晚霞", photos=[photo]) == []
