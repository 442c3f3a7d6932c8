"""InboxStore and Marks; OutboxStore and Replies."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SetClock
from bot.errors import AlreadyHandled
from bot.model import Attachment, AttachmentKind, Incoming, Quote, Reply, Roster, RosterEntry
from bot.understanding import Intent, Understanding
from storage.database import Database
from tests.storage.scenery import NOW, ROOM, message

RICH = replace(
    message(1),
    at_bot=True,
    mentions=("小团",),
    quote=Quote(message_id="m0", text="苹果 29.9", sender_name="团长"),
    attachments=(Attachment(kind=AttachmentKind.IMAGE, name="坏果.jpg", path="photos/1.jpg"),),
    roster=Roster(sid="s1", entries=(RosterEntry(sender_id="u1", span=(0, 4), time=NOW),)),
)


async def unhandled(database: Database) -> list[Incoming]:
    return [incoming async for incoming in database.inbox.unhandled()]


async def handle(database: Database, incoming: Incoming, *replies: Reply) -> None:
    async with database.unit_of_work() as store:
        await store.replies.put(incoming, replies)
        read = Understanding(text=incoming.text, normalised=incoming.text, intent=Intent.ORDER)
        await store.marks.handled(incoming, read, "ordering")
        await store.commit()


async def test_a_message_is_accepted_once_for_ever(database: Database, url: str, clock: SetClock) -> None:
    assert await database.inbox.accept(message(1))
    assert not await database.inbox.accept(replace(message(1), text="别的字"))
    await handle(database, message(1))
    clock.set(NOW + timedelta(days=400))
    later = Database(url)
    assert not await later.inbox.accept(message(1))
    await later.dispose()


async def test_many_are_accepted_at_once_each_for_the_first_time(database: Database) -> None:
    await database.inbox.accept(message(1))
    said = [message(1), message(2), message(3), message(2)]
    assert list(await database.inbox.accept_all(said)) == [False, True, True, False]
    assert list(await database.inbox.accept_all(said)) == [False] * 4
    assert await unhandled(database) == [message(1), message(2), message(3)]
    assert list(await database.inbox.accept_all([])) == []


async def test_those_who_bring_the_same_message_at_once_bring_it_once(database: Database) -> None:
    new = await asyncio.gather(*(database.inbox.accept(message(number % 3)) for number in range(12)))
    assert new == [True] * 3 + [False] * 9


async def test_the_same_id_elsewhere_is_another_message(database: Database) -> None:
    places = [ROOM, replace(ROOM, room="r2"), replace(ROOM, account="b2"), replace(ROOM, private=True)]
    for place in places:
        assert await database.inbox.accept(replace(message(1), address=place))
    assert len(await unhandled(database)) == len(places)


async def test_unhandled_messages_come_back_whole_and_in_order(database: Database) -> None:
    said = [RICH, *(message(number) for number in range(2, 6))]
    for incoming in said:
        await database.inbox.accept(incoming)
    assert await unhandled(database) == said
    await handle(database, said[1])
    assert await unhandled(database) == [said[0], *said[2:]]


async def test_more_than_a_page_of_unhandled_messages(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.inbox.PAGE", 2)
    said = [message(number) for number in range(5)]
    for incoming in said:
        await database.inbox.accept(incoming)
    seen = []
    async for incoming in database.inbox.unhandled():
        await handle(database, incoming)
        seen.append(incoming)
    assert seen == said


@pytest.mark.parametrize("text", ["小\ud83d", "a\x00b", "\udc00", "\n\t苹果\u200b"])
async def test_no_text_is_too_broken_to_be_kept(database: Database, url: str, text: str) -> None:
    odd = replace(message(1, text=text), id=text, sender_name=text, quote=Quote(text=text))
    assert await database.inbox.accept(odd)
    assert not await database.inbox.accept(odd)
    await handle(database, odd, Reply(text=text, to=text))
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        first = await store.members.seen(room.id, text, text)
        assert (await store.members.seen(room.id, text, text)).id == first.id
        await store.commit()
    fresh = Database(url)
    async with fresh.unit_of_work() as store:
        assert await store.members.seen(room.id, text, text) == first
    await fresh.dispose()
    assert len(await database.outbox.due(NOW)) == 1
    with pytest.raises(AlreadyHandled):
        await handle(database, odd)


async def test_a_message_is_marked_once(database: Database) -> None:
    await database.inbox.accept(message(1))
    await handle(database, message(1))
    with pytest.raises(AlreadyHandled):
        await handle(database, message(1), Reply(text="再来一次"))
    assert await database.outbox.due(NOW) == []


async def test_a_message_that_was_never_written_down_can_be_marked_once_too(database: Database) -> None:
    await handle(database, message(1))
    assert not await database.inbox.accept(message(1))
    with pytest.raises(AlreadyHandled):
        await handle(database, message(1))


async def test_a_mark_that_was_not_committed_is_none(database: Database) -> None:
    await database.inbox.accept(message(1))
    async with database.unit_of_work() as store:
        await store.marks.handled(message(1), None, "")
    assert await unhandled(database) == [message(1)]


async def test_text_of_an_earlier_message(database: Database) -> None:
    await database.inbox.accept(message(1, text="苹果两箱,放门卫"))
    async with database.unit_of_work() as store:
        assert await store.marks.text_of(ROOM, "m1") == ("u1号", "苹果两箱,放门卫")
        assert await store.marks.text_of(replace(ROOM, room="r2"), "m1") is None
        assert await store.marks.text_of(ROOM, "m2") is None


async def test_replies_wait_to_be_sent_in_order(database: Database) -> None:
    photo = Attachment(kind=AttachmentKind.IMAGE, name="单.png", path="out/1.png")
    await handle(database, message(1), Reply(text="好的", to="小李"), Reply(text="2", attachments=(photo,)))
    await handle(database, message(2), Reply(text="私下说", private=True))
    first, second, third = await database.outbox.due(NOW)
    assert [one.text for one in (first, second, third)] == ["好的", "2", "私下说"]
    assert (first.address, first.answers, first.mentions) == (ROOM, ("m1",), ("小李",))
    assert (first.recipient, third.recipient) == ("", "u1")
    assert second.attachments == (photo,)
    assert len({first.key, second.key, third.key}) == 3


async def test_replies_of_a_failed_unit_are_not_sent(database: Database) -> None:
    async with database.unit_of_work() as store:
        await store.replies.put(message(1), [Reply(text="好的")])
    assert await database.outbox.due(NOW) == []


async def test_one_message_is_never_answered_twice(database: Database) -> None:
    for _ in range(2):
        async with database.unit_of_work() as store:
            await store.replies.put(message(1), [Reply(text="好的")])
            await store.commit()
    assert len(await database.outbox.due(NOW)) == 1


async def test_a_sent_or_given_up_reply_is_not_due_again(database: Database) -> None:
    await handle(database, message(1), Reply(text="1"), Reply(text="2"), Reply(text="3"))
    first, second, third = await database.outbox.due(NOW)
    await database.outbox.sent([first.key], NOW)
    await database.outbox.give_up(second.key, "没有这个群")
    assert list(await database.outbox.due(NOW + timedelta(days=1))) == [third]


async def test_a_retry_is_due_at_its_time(database: Database) -> None:
    await handle(database, message(1), Reply(text="1"))
    (only,) = await database.outbox.due(NOW)
    await database.outbox.retry(only.key, NOW + timedelta(minutes=5))
    assert await database.outbox.due(NOW + timedelta(minutes=4, seconds=59)) == []
    assert list(await database.outbox.due(NOW + timedelta(minutes=5))) == [replace(only, attempts=1)]


async def test_attempts_are_counted_and_urgency_is_kept(database: Database) -> None:
    await handle(database, message(1), Reply(text="1", urgent=True), Reply(text="2"))
    first, second = await database.outbox.due(NOW)
    await database.outbox.retry(first.key, NOW)
    await database.outbox.retry(first.key, NOW)
    again = list(await database.outbox.due(NOW))
    assert again == [replace(first, attempts=2), second]
    assert [(one.urgent, one.attempts) for one in again] == [(True, 2), (False, 0)]


async def test_what_went_out_as_one_message_counts_once(database: Database) -> None:
    elsewhere = replace(message(9), address=replace(ROOM, room="别的群"))
    await handle(database, message(1), *(Reply(text=str(number)) for number in range(4)))
    await handle(database, elsewhere, Reply(text="那边"))
    keys = [one.key for one in await database.outbox.due(NOW)]
    assert await database.outbox.sent_since(ROOM, NOW) == 0
    await database.outbox.sent(keys[:2], NOW)
    await database.outbox.sent(keys[2:3], NOW + timedelta(hours=1))
    await database.outbox.sent(keys[4:], NOW + timedelta(hours=1))
    await database.outbox.sent([], NOW)
    await database.outbox.give_up(keys[3], "budget")
    assert await database.outbox.sent_since(ROOM, NOW) == 2
    assert await database.outbox.sent_since(ROOM, NOW + timedelta(minutes=1)) == 1
    assert await database.outbox.sent_since(elsewhere.address, NOW) == 1


async def test_a_reply_that_was_never_tried_is_due_although_the_clock_went_back(database: Database) -> None:
    await handle(database, message(1), Reply(text="1"))
    (only,) = await database.outbox.due(NOW - timedelta(hours=1))
    await database.outbox.retry(only.key, NOW)
    assert await database.outbox.due(NOW - timedelta(seconds=1)) == []
