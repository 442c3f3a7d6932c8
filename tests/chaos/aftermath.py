"""What must hold after any storm: everything said once is in the book once, and answered or flagged."""

from collections import Counter

import sqlalchemy as sa

from shop.totals import check_sum
from storage.database import Database
from storage.payloads import OUTGOING
from storage.tables import inbox, order_events, outbox
from tests.chaos.storm import Storm, address, lines, orders


async def check(storm: Storm) -> None:
    """The store holds what was said, exactly once, and everybody was answered or is flagged."""
    database = Database(storm.database, folder=storm.data)
    said = {order.id for order in orders(storm)}
    try:
        await _check_inbox(database, said)
        await _check_answers(database, storm, said)
        for room in range(storm.rooms):
            await _check_room(database, storm, room)
    finally:
        await database.dispose()


async def _check_inbox(database: Database, said: set[str]) -> None:
    async with database.session() as session:
        rows = await session.rows(sa.select(inbox.c.message_id, inbox.c.handled_at, inbox.c.route))
    assert Counter(row.message_id for row in rows) == Counter(said)
    assert {row.route for row in rows if row.handled_at} == {"ordering.order"}
    assert all(row.handled_at for row in rows)


async def _check_answers(database: Database, storm: Storm, said: set[str]) -> None:
    async with database.session() as session:
        rows = await session.rows(sa.select(outbox.c.state, outbox.c.payload))
        kept = [(row.state.value, OUTGOING.open(row.payload, session.secrets).answers) for row in rows]
    assert "waiting" not in {state for state, _ in kept}
    flagged = {answer for state, answers in kept if state != "sent" for answer in answers}
    assert set(lines(storm, "said.txt")) | flagged == said
    assert Counter(answer for _, answers in kept for answer in answers) == Counter(said)


async def _check_room(database: Database, storm: Storm, room: int) -> None:
    expected: Counter[str] = Counter()
    for order in orders(storm):
        if order.room == room:
            expected[f"住户{order.member}"] += order.units
    async with database.unit_of_work() as store:
        seen = await store.rooms.seen(address(room))
        group_buy = await store.group_buys.current(seen.id)
        assert group_buy is not None
        book = await store.ledger.book(group_buy.id)
        people = await store.members.of_room(seen.id)
    assert Counter({one.name: book.quantity(one.id, "A") for one in people}) == expected
    assert check_sum(book, group_buy.catalogue, group_buy.pickup_points, {}).holds
    async with database.session() as session:
        query = sa.select(order_events.c.message_id).where(order_events.c.group_buy_id == group_buy.id)
        messages = Counter(row.message_id for row in await session.rows(query))
    assert set(messages.values()) == {1}
