"""Versions of solitaire lists."""

import sqlalchemy as sa

from bot.understanding import SolitaireList
from storage.payloads import LIST
from storage.session import Session
from storage.tables import solitaire_versions

KEPT = 20
"""How far back an old copy of a list is recognised."""
RECENT = (
    sa.select(solitaire_versions.c.id)
    .where(solitaire_versions.c.group_buy_id == sa.bindparam("of_group_buy"))
    .order_by(solitaire_versions.c.id.desc())
    .limit(KEPT)
)


class SqlSolitaires:
    """Implements bot.repositories.Solitaires. A version never changes, so one that was read stays known."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def recent(self, group_buy_id: int) -> tuple[SolitaireList, ...]:
        """The last versions, latest first."""
        ids = await self._ids(group_buy_id)
        await self._read([one for one in ids if self._session.lists.get(one) is None])
        return tuple(version for one in ids if (version := self._session.lists.get(one)) is not None)

    async def add(self, group_buy_id: int, version: SolitaireList) -> None:
        """Keep a version."""
        values = {
            "group_buy_id": group_buy_id,
            "message_id": version.message_id,
            "payload": LIST.seal(version, self._session.secrets),
        }
        before = await self._ids(group_buy_id)
        new = await self._session.insert(solitaire_versions, values)
        self._session.lists.put(new, version)
        room_id = await self._session.home(group_buy_id)
        room = await self._session.room(room_id)
        self._session.touch(room_id, room.with_lists(group_buy_id, (new, *before)[:KEPT]))

    async def _ids(self, group_buy_id: int) -> tuple[int, ...]:
        room_id = await self._session.home(group_buy_id)
        room = await self._session.room(room_id)
        ids = room.lists.get(group_buy_id)
        if ids is None:
            rows = await self._session.rows(RECENT, {"of_group_buy": group_buy_id})
            ids = tuple(row.id for row in rows)
            self._session.keep(room_id, room.with_lists(group_buy_id, ids))
        return ids

    async def _read(self, ids: list[int]) -> None:
        if not ids:
            return
        rows = await self._session.rows(sa.select(solitaire_versions).where(solitaire_versions.c.id.in_(ids)))
        for row in rows:
            self._session.lists.put(row.id, LIST.open(row.payload, self._session.secrets))
