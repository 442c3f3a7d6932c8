"""The steps of one message, with a real store and handlers made for the test."""

from collections.abc import AsyncIterator

import pytest

from bot.config import Admission
from bot.errors import Conflict, Unavailable, UserError
from bot.model import Incoming, Reply, Role
from bot.routing import Answer, Context
from bot.understanding import Command, Directive, Focus, Intent, Pending, Unclear, UnclearReason
from tests.bot.messages import ROOM, said
from tests.bot.staging import Stage, meaning, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


async def test_a_reply_is_committed_with_the_mark(stage: Stage) -> None:
    assert await stage.handle(said("苹果两箱")) == ["echo 苹果两箱"]
    assert await stage.kept() == ["echo 苹果两箱"]
    assert await stage.unhandled() == []


async def test_a_message_handled_twice_changes_nothing_the_second_time(stage: Stage) -> None:
    await stage.handle(said("苹果两箱"))
    assert await stage.again(said("苹果两箱")) == []
    assert await stage.kept() == ["echo 苹果两箱"]


async def test_a_repeat_is_refused_by_the_inbox(stage: Stage) -> None:
    assert await stage.database.inbox.accept(said("苹果两箱"))
    assert not await stage.database.inbox.accept(said("苹果两箱"))


async def test_silence_is_marked_too(stage: Stage) -> None:
    stage.script.meanings["哈哈"] = meaning("哈哈", Intent.CHITCHAT)
    assert await stage.handle(said("哈哈")) == []
    assert await stage.unhandled() == []


async def test_what_a_failing_handler_did_is_undone_and_told_neutrally(stage: Stage) -> None:
    async def fail(incoming: Incoming, ctx: Context) -> Answer:
        await ctx.store.members.named(ctx.room.id, "不该留下的人")
        raise RuntimeError("secret detail")

    stage.handlers.append(fail)
    (reply,) = await stage.handle(said("苹果两箱"))
    assert "编号" in reply
    assert "secret" not in reply
    async with stage.database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        assert [member.name for member in await store.members.of_room(room.id)] == ["名wx_1"]
    assert await stage.unhandled() == []


async def test_a_user_error_is_shown_and_undoes_the_rest(stage: Stage) -> None:
    async def refuse(_incoming: Incoming, ctx: Context) -> Answer:
        await ctx.store.members.named(ctx.room.id, "不该留下的人")
        raise UserError("sold-out", "卖完啦。")

    stage.handlers.append(refuse)
    assert await stage.handle(said("苹果两箱")) == ["卖完啦。"]
    async with stage.database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        assert len(await store.members.of_room(room.id)) == 1


async def test_a_lost_race_is_run_again(stage: Stage) -> None:
    tries = 0

    async def race(_incoming: Incoming, _ctx: Context) -> Answer:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise Conflict("somebody was first")
        return Reply(text=f"try {tries}")

    stage.handlers.append(race)
    assert await stage.handle(said("苹果两箱")) == ["try 3"]
    assert await stage.kept() == ["try 3"]


async def test_when_the_store_is_away_the_message_stays(stage: Stage) -> None:
    async def away(_incoming: Incoming, _ctx: Context) -> Answer:
        raise Unavailable("disk full")

    stage.handlers.append(away)
    with pytest.raises(Unavailable):
        await stage.handle(said("苹果两箱"))
    assert await stage.unhandled() == ["m1"]


async def test_a_role_that_does_not_reach_is_told_so(stage: Stage) -> None:
    command = Directive(command=Command.CLOSE)
    stage.script.meanings["截单"] = meaning("截单", Intent.ADMIN, directive=command)
    (reply,) = await stage.handle(said("截单"))
    assert "团长" in reply
    async with stage.database.unit_of_work() as store:
        await store.members.grant("test", "r1", "wx_1", Role.LEADER)
        await store.commit()
    assert await stage.handle(said("截单", key="m2")) == ["echo 截单"]


async def test_blocked_senders_floods_and_giant_messages_are_not_read(stage: Stage) -> None:
    stage.admission = Admission(messages_per_minute=1, max_length=100)
    await stage.handle(said("一", key="m1"))
    assert await stage.handle(said("二", key="m2")) == []
    (hint,) = await stage.handle(said("长" * 101, key="m3", sender="wx_2"))
    assert "太长" in hint
    async with stage.database.unit_of_work() as store:
        await store.members.grant("test", "*", "wx_3", Role.BLOCKED)
        await store.commit()
    assert await stage.handle(said("四", key="m4", sender="wx_3")) == []
    assert [situation.sender_name for situation in stage.script.situations] == ["名wx_1"]
    assert await stage.unhandled() == []


async def test_what_was_asked_back_is_there_for_the_next_message_only(stage: Stage) -> None:
    question = Pending(
        unclear=(Unclear(reason=UnclearReason.SPEC, span=(0, 2), text="苹果"),), message_id="m1", member=1
    )

    async def ask(incoming: Incoming, ctx: Context) -> Answer:
        if incoming.id == "m1":
            ctx.aside.pending = question
        return None

    stage.handlers.append(ask)
    for key in ("m1", "m2", "m3"):
        await stage.handle(said("苹果", key=key))
    assert [situation.pending for situation in stage.script.situations] == [None, question, None]


async def test_silence_leaves_open_what_was_asked_back(stage: Stage) -> None:
    question = Pending(unclear=(), message_id="m1", member=1)
    stage.script.meanings["哈哈"] = meaning("哈哈", Intent.CHITCHAT)

    async def ask(_incoming: Incoming, ctx: Context) -> Answer:
        ctx.aside.pending = question
        return None

    stage.handlers.append(ask)
    for key, text in (("m1", "苹果"), ("m2", "哈哈"), ("m3", "大箱")):
        await stage.handle(said(text, key=key))
    assert stage.script.situations[2].pending == question


async def test_the_topic_of_the_room_is_remembered_for_others(stage: Stage) -> None:
    topic = Focus(skus=("A",))
    stage.script.meanings["苹果甜吗"] = meaning("苹果甜吗", focus=topic)
    await stage.handle(said("苹果甜吗", key="m1"))
    await stage.handle(said("我也要", key="m2", sender="wx_2"))
    assert stage.script.situations[1].room_focus == topic
    assert stage.script.situations[1].focus == Focus()
