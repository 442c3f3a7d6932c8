"""How the outbox is asked what is due, every second and after every message: never by reading all of it."""

from typing import Any

import sqlalchemy as sa

from bot.clock import SystemClock
from storage.database import Database
from storage.outbox import DUE


async def test_what_is_due_is_found_without_reading_what_was_sent() -> None:
    database = Database("memory")
    await database.create_all()
    async with database.session() as session:
        plan = await session._run(_plan)
    await database.dispose()
    assert any("ix_outbox_waiting" in step for step in plan), plan


def _plan(connection: sa.Connection) -> list[str]:
    asked: list[tuple[str, Any]] = []
    sa.event.listen(connection, "before_cursor_execute", lambda *seen: asked.append((seen[2], seen[3])))
    connection.execute(DUE, {"at": SystemClock().now()}).close()
    statement, values = asked[-1]
    return [step.detail for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
