"""A look at a store that changes nothing: what `tuanbot doctor` asks of a database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.model import Address
from storage import migrate
from storage.columns import UtcTime
from storage.database import Database
from storage.session import Session
from storage.tables import inbox

NOBODY = Address(channel="doctor", account="", room="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What was found: the schema's version ("" without one), and how far our clock is behind the store's.

    `behind` is against the server, or against the newest message where there is no server.
    """

    revision: str
    newest: str
    behind: timedelta = timedelta()

    @property
    def migrated(self) -> bool:
        """Whether the schema is the one of this version."""
        return self.revision == self.newest


async def probe(database: Database) -> Probe:
    """Read, and write what is undone again. Raises Unavailable when the store is away, locked or full."""
    revision, newest = await database.revision(), migrate.newest()
    if revision != newest:
        return Probe(revision=revision or "", newest=newest)
    async with database.unit_of_work() as store:
        await store.rooms.seen(NOBODY)
    async with database.session() as session:
        theirs = await _their_time(session)
        behind = max(theirs - session.clock.now(), timedelta()) if theirs else timedelta()
    return Probe(revision=revision, newest=newest, behind=behind)


async def _their_time(session: Session) -> datetime | None:
    if await session.dialect() == "postgresql":
        query = sa.select(sa.func.now(type_=UtcTime).label("time"))
    else:
        query = sa.select(sa.func.max(inbox.c.accepted_at, type_=UtcTime).label("time"))
    time: datetime | None = (await session.rows(query))[0].time
    return time
