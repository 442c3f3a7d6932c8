"""Tables that are history refuse to be changed; amounts and words are held by the database itself."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from shop.fulfilment import Fact, Fulfilment
from shop.points import PointsEvent, PointsKind
from storage.database import Database
from storage.tables import APPEND_ONLY, metadata
from tests.storage.scenery import NOW, draft, opened


@pytest.fixture
async def filled(database: Database) -> Database:
    """A row in every table that is history."""
    async with database.unit_of_work() as store:
        group_buy, member = await opened(store)
        await store.ledger.append(group_buy.id, [draft(member)])
        fact = Fulfilment(fact=Fact.PAID, member_id=member.id, actor_id=0, message_id="m1", time=NOW)
        await store.fulfilments.append(group_buy.id, [fact])
        points = PointsEvent(member=member.id, delta=1, kind=PointsKind.ADJUST, time=NOW)
        await store.points.append(member.room_id, [points])
        await store.audit.record(member.room_id, member.id, "改价", "", "m1")
        await store.consents.record(member.id, "recommend", given=True, time=NOW)
        await store.commit()
    return database


async def run(database: Database, statement: sa.Executable) -> None:
    async with database.session() as session:
        await session.change(statement)
        await session.commit()


async def count(database: Database, table: sa.Table) -> int:
    async with database.session() as session:
        return len(await session.rows(sa.select(table)))


@pytest.mark.parametrize("name", APPEND_ONLY)
async def test_history_cannot_be_changed_or_deleted(filled: Database, name: str) -> None:
    table = metadata.tables[name]
    column = list(table.c)[-1]
    assert await count(filled, table) > 0
    for statement in (sa.update(table).values({column: column}), sa.delete(table)):
        with pytest.raises(DBAPIError, match="append-only"):
            await run(filled, statement)
    assert await count(filled, table) > 0


FORBIDDEN = {
    "group_buys": ({"number": 0}, {"version": 0}, {"phase": "sleeping"}, {"room_id": 99}),
    "skus": (
        {"price": -1},
        {"stock": -1},
        {"limit": 0},
        {"pieces": 0},
        {"weight_jin": "0"},
        {"name": ""},
        {"group_buy_id": 99},
    ),
    "price_tiers": ({"quantity": 0}, {"total": -1}),
    "members": ({"account_id": ""}, {"room_id": 99}),
}


@pytest.mark.parametrize(
    ("name", "values"), [(name, values) for name, rows in FORBIDDEN.items() for values in rows]
)
async def test_the_database_refuses_what_cannot_be(
    filled: Database, name: str, values: dict[str, object]
) -> None:
    column, value = next(iter(values.items()))
    shown = f"'{value}'" if isinstance(value, str) else value
    with pytest.raises(IntegrityError):
        await run(filled, sa.text(f'UPDATE {name} SET "{column}" = {shown}'))


@pytest.mark.parametrize(
    "values", [{"delta": 0}, {"seq": 0}, {"kind": "gift"}, {"sku": "none"}, {"member_id": 99}, {"undoes": 2}]
)
async def test_the_ledger_refuses_events_that_cannot_be(filled: Database, values: dict[str, object]) -> None:
    async with filled.session() as session:
        event = (await session.rows(sa.select(metadata.tables["order_events"])))[0]
    good = {**event._mapping, "id": 99, "seq": 2, "kind": event.kind.value, "time": NOW.replace(tzinfo=None)}
    columns = ", ".join(good)
    marks = ", ".join(f":{name}" for name in good)
    adding = sa.text(f"INSERT INTO order_events ({columns}) VALUES ({marks})")
    await run_and_undo(filled, adding.bindparams(**good))
    with pytest.raises(IntegrityError):
        await run(filled, adding.bindparams(**{**good, **values}))


async def run_and_undo(database: Database, statement: sa.Executable) -> None:
    async with database.session() as session:
        assert await session.change(statement) == 1


async def test_a_time_without_a_zone_is_refused(filled: Database) -> None:
    async with filled.unit_of_work() as store:
        await store.consents.record(1, "recommend", given=True, time=NOW.replace(tzinfo=None))
        with pytest.raises(sa.exc.StatementError, match="without a zone"):
            await store.commit()  # what is recorded is written then
