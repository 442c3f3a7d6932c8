"""Messages that are handed over together: as if they had come one by one, and each fails alone."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Conflict, UserError
from bot.model import Incoming, Reply
from bot.ports import UnitOfWork
from bot.routing import Answer, Context
from bot.understanding import Focus, Intent, Pending
from shop.book import OrderEvent
from storage.database import Database
from storage.delivery import Delivery
from storage.payloads import OUTGOING
from storage.tables import inbox, outbox
from tests.bot.messages import ROOM, said
from tests.bot.rough_room import rough_room
from tests.bot.staging import Stage, meaning, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        # everybody is known, so that nothing need be asked of the database
        await made.handle(said("先来", key="m0"))
        made.observed.clear()
        yield made


def three() -> tuple[Incoming, ...]:
    return tuple(said(f"第{number}", key=f"m{number}") for number in (1, 2, 3))


async def routes(stage: Stage) -> list[str]:
    """How the messages after the first are marked, in the order of their coming."""
    async with stage.database.session() as session:
        rows = await session.rows(sa.select(inbox.c.route).order_by(inbox.c.id))
    return [row.route for row in rows][1:]


async def test_what_waited_together_commits_together(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = 0
    write = stage.database._writer.write

    async def counted(news: object) -> object:
        nonlocal commits
        commits += 1
        return await write(news)  # type: ignore[arg-type] # passed on as it is

    monkeypatch.setattr(stage.database._writer, "write", counted)
    await stage.handle_together(*three())
    assert commits == 2  # one for the inbox, one for the three
    assert await stage.kept() == ["echo 先来", "echo 第1", "echo 第2", "echo 第3"]
    assert await stage.unhandled() == []


async def test_a_failing_handler_among_others_loses_only_its_own_message(stage: Stage) -> None:
    async def fail_in_the_middle(incoming: Incoming, ctx: Context) -> Answer:
        await ctx.store.members.named(ctx.room.id, incoming.text)
        if incoming.id == "m2":
            raise RuntimeError("secret detail")
        return Reply(text=f"echo {incoming.text}")

    stage.handlers.append(fail_in_the_middle)
    await stage.handle_together(*three())
    assert await routes(stage) == ["test.fail_in_the_middle", "incident", "test.fail_in_the_middle"]
    async with stage.database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        names = {member.name for member in await store.members.of_room(room.id)}
    assert names == {"名wx_1", "第1", "第3"}


async def test_a_refused_message_among_others_undoes_only_its_own_work(stage: Stage) -> None:
    async def refuse_in_the_middle(incoming: Incoming, ctx: Context) -> Answer:
        await ctx.store.audit.record(ctx.room.id, ctx.sender.id, incoming.text, "", incoming.id)
        if incoming.id == "m2":
            raise UserError("sold-out", "卖完啦。")
        return Reply(text=f"echo {incoming.text}")

    stage.handlers.append(refuse_in_the_middle)
    await stage.handle_together(*three())
    assert await stage.kept() == ["echo 先来", "echo 第1", "卖完啦。", "echo 第3"]
    async with stage.database.session() as session:
        rows = await session.rows(sa.text("SELECT action FROM audit ORDER BY id"))
    assert [row.action for row in rows] == ["第1", "第3"]


async def test_a_message_that_was_handed_over_twice_at_once_is_handled_once(stage: Stage) -> None:
    async def note(incoming: Incoming, ctx: Context) -> Answer:
        await ctx.store.audit.record(ctx.room.id, ctx.sender.id, incoming.text, "", incoming.id)
        return Reply(text=f"echo {incoming.text}")

    stage.handlers.append(note)
    first, second, _ = three()
    await stage.handle_together(first, first, second)
    async with stage.database.session() as session:
        rows = await session.rows(sa.text("SELECT action FROM audit ORDER BY id"))
    assert [row.action for row in rows] == ["第1", "第2"]
    assert [handled.route for handled in stage.observed] == ["test.note", "repeat", "test.note"]


async def test_a_message_that_cannot_be_committed_fails_alone(stage: Stage) -> None:
    async def leave_nonsense(incoming: Incoming, ctx: Context) -> Answer:
        # nobody has this id, which the database finds out at the commit only
        actor = 999 if incoming.id == "m2" else ctx.sender.id
        await ctx.store.audit.record(ctx.room.id, actor, incoming.text, "", incoming.id)
        return Reply(text=f"echo {incoming.text}")

    stage.handlers.append(leave_nonsense)
    await stage.handle_together(*three())
    assert await routes(stage) == ["test.leave_nonsense", "incident", "test.leave_nonsense"]
    assert [handled.route for handled in stage.observed] == await routes(stage)


async def test_a_message_that_cannot_be_read_fails_alone(stage: Stage) -> None:
    stage.script.meanings["第2"] = None  # type: ignore[assignment] # what the test is about
    original = stage.script.understand

    def fail(text: str, situation: object) -> object:
        if text == "第2":
            raise RuntimeError("secret detail")
        return original(text, situation)  # type: ignore[arg-type] # passed on as it is

    stage.script.understand = fail  # type: ignore[method-assign, assignment]
    await stage.handle_together(*three())
    assert await routes(stage) == ["test.echo", "incident", "test.echo"]
    assert await stage.kept() == ["echo 先来", "echo 第1", "echo 第3"]


async def test_a_message_that_was_handled_before_is_passed_over_among_others(stage: Stage) -> None:
    first, second, third = three()
    await stage.handle(second)
    stage.observed.clear()
    await stage.handle_together(first, second, third)
    assert [handled.route for handled in stage.observed] == ["test.echo", "repeat", "test.echo"]
    assert sorted(await stage.kept()) == ["echo 先来", "echo 第1", "echo 第2", "echo 第3"]


async def test_a_lost_race_runs_all_of_them_again(stage: Stage) -> None:
    tries = 0

    async def race_in_the_middle(incoming: Incoming, _ctx: Context) -> Answer:
        nonlocal tries
        if incoming.id == "m2":
            tries += 1
            if tries < 3:
                raise Conflict("somebody was first")
        return Reply(text=f"echo {incoming.text}")

    stage.handlers.append(race_in_the_middle)
    await stage.handle_together(*three())
    assert await stage.kept() == ["echo 先来", "echo 第1", "echo 第2", "echo 第3"]


async def test_who_changes_the_room_meanwhile_is_seen(stage: Stage) -> None:
    """The batch was decided on what is not so any more: it is decided again."""
    other = stage.database.unit_of_work
    seen: list[int] = []

    async def count(incoming: Incoming, ctx: Context) -> Answer:
        seen.append(len(await ctx.store.members.of_room(ctx.room.id)))
        if incoming.id == "m2" and len(seen) == 2:
            await _introduce(other(), "隔壁的")
        return None

    stage.handlers.append(count)
    await stage.handle_together(*three())
    assert seen[:2] == [1, 1]
    assert seen[-3:] == [2, 2, 2]
    assert await stage.unhandled() == []


async def _introduce(store: UnitOfWork, name: str) -> None:
    async with store:
        room = await store.rooms.seen(ROOM)
        await store.members.named(room.id, name)
        await store.commit()


async def test_what_one_asked_back_is_there_for_the_next_of_them(stage: Stage) -> None:
    question = Pending(unclear=(), message_id="m1", member=1)
    topic = Focus(skus=("A",))
    stage.script.meanings["第1"] = meaning("第1", focus=topic)

    async def ask(incoming: Incoming, ctx: Context) -> Answer:
        if incoming.id == "m1":
            ctx.aside.pending = question
        return None

    stage.handlers.append(ask)
    await stage.handle_together(*three())
    situations = stage.script.situations[1:]
    assert [one.pending for one in situations] == [None, question, None]
    assert [one.room_focus for one in situations] == [Focus(), topic, topic]


async def test_silence_among_others_is_marked(stage: Stage) -> None:
    stage.script.meanings["第2"] = meaning("第2", Intent.CHITCHAT)
    await stage.handle_together(*three())
    assert await routes(stage) == ["test.echo", "", "test.echo"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a talk leaves behind, without the names of rows."""

    events: tuple[OrderEvent, ...]
    marks: list[tuple[str, str]]
    replies: list[tuple[str, str]]


TALK = (
    "青提来两盒",
    "蓝莓一盒",
    "青提改成3盒",
    "青提不要了",
    "我也要",
    "再加一盒",
    "撤销",
    "我订了什么",
    "还有青提吗",
    "哈哈哈",
    "候补青提",
    "青提、蓝莓各来一份",
    "给我妈也带一盒蓝莓",
    "为什么",
    "签到",
)
LINES = st.lists(st.tuples(st.sampled_from(TALK), st.integers(1, 3)), min_size=2, max_size=14)


@settings(max_examples=12)
@given(lines=LINES, size=st.integers(2, 14))
def test_together_is_the_same_as_one_by_one(lines: list[tuple[str, int]], size: int) -> None:
    assert asyncio.run(_talk(lines, size)) == asyncio.run(_talk(lines, 1))


async def _talk(lines: Sequence[tuple[str, int]], size: int) -> Outcome:
    with TemporaryDirectory() as place:
        async with rough_room(Path(place)) as room:
            messages = [
                room.message(text, name=f"住户{member}", sender=f"wx_{member}") for text, member in lines
            ]
            database = room.core.database
            await database.inbox.accept_all(messages)
            for start in range(0, len(messages), size):
                await room.core.dispatcher.handle_surely(messages[start : start + size])
            return await _outcome(database, messages[0])


async def _outcome(database: Database, message: Incoming) -> Outcome:
    async with database.unit_of_work() as store:
        seen = await store.rooms.seen(message.address)
        group_buy = await store.group_buys.current(seen.id)
        events = await store.ledger.events(group_buy.id) if group_buy else ()
    async with database.session() as session:
        rows = await session.rows(sa.select(inbox).order_by(inbox.c.id))
        kept = await session.rows(sa.select(outbox).order_by(outbox.c.id))
        replies = [OUTGOING.open(row.payload, session.secrets) for row in kept]
    assert {row.state for row in kept} <= {Delivery.WAITING}
    return Outcome(
        events,
        [(row.message_id, row.route) for row in rows if row.handled_at],
        [(reply.key, reply.text) for reply in replies],
    )
