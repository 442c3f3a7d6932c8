"""Group-buys of a room with their catalogues."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.errors import Conflict
from shop.catalogue import Catalogue, Sku
from shop.groupbuy import GroupBuy, Phase
from storage.kept import Current, Versioned
from storage.repositories import catalogues
from storage.session import Session
from storage.tables import group_buys, pickup_points, price_tiers, skus

CURRENT = (
    sa.select(group_buys.c.id, group_buys.c.version)
    .where(group_buys.c.room_id == sa.bindparam("of_room"), group_buys.c.phase != Phase.CANCELLED)
    .order_by(group_buys.c.number.desc())
    .limit(1)
)
DUE = (
    sa.select(group_buys.c.id, group_buys.c.version)
    .where(group_buys.c.phase == Phase.OPEN, group_buys.c.cutoff <= sa.bindparam("at"))
    .order_by(group_buys.c.cutoff, group_buys.c.id)
)


class SqlGroupBuys:
    """Implements bot.repositories.GroupBuys. A group-buy is read again only when its version has grown."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def current(self, room_id: int) -> GroupBuy | None:
        """The latest one that was not cancelled, locked until the unit of work ends."""
        room = await self._session.room(room_id)
        current = room.current
        if current is None:
            row = await self._session.first(CURRENT, {"of_room": room_id})
            current = Current(id=row.id, version=row.version) if row else Current()
            self._session.keep(room_id, replace(room, current=current))
        return (await self._known(current.id, current.version)).group_buy if current.id else None

    async def earlier(self, room_id: int, *, before: int, limit: int) -> Sequence[GroupBuy]:
        """Those that came before the one of this id and were not cancelled, latest first."""
        rows = await self._session.rows(
            sa.select(group_buys.c.id, group_buys.c.version)
            .where(
                group_buys.c.room_id == room_id,
                group_buys.c.id < before,
                group_buys.c.phase != Phase.CANCELLED,
            )
            .order_by(group_buys.c.id.desc())
            .limit(limit)
        )
        return [(await self._known(row.id, row.version)).group_buy for row in rows]

    async def due(self, now: datetime) -> Sequence[GroupBuy]:
        """Open ones whose cutoff has passed, of all rooms."""
        rows = await self._session.rows(DUE, {"at": now})
        return [(await self._known(row.id, row.version)).group_buy for row in rows]

    async def add(self, room_id: int, group_buy: GroupBuy) -> GroupBuy:
        """Keep a new one; gives it its id and its number in the room."""
        room = await self._session.room(room_id)
        last = await self._session.first(
            sa.select(sa.func.max(group_buys.c.number)).where(group_buys.c.room_id == room_id)
        )
        number = ((last and last[0]) or 0) + 1
        values = {
            **catalogues.group_buy_values(group_buy),
            "room_id": room_id,
            "number": number,
            "version": 1,
        }
        added = replace(group_buy, id=await self._session.insert(group_buys, values), number=number)
        await self._write_catalogue(added, replace(added, catalogue=Catalogue(), pickup_points=()))
        self._session.group_buys.put(added.id, Versioned(version=1, group_buy=added))
        self._session.homes.put(added.id, room_id)
        self._session.touch(room_id, replace(room, current=None))
        return added

    async def save(self, group_buy: GroupBuy) -> None:
        """Keep a changed one with its catalogue."""
        room_id = await self._session.home(group_buy.id)
        room = await self._session.room(room_id)
        before = self._session.group_buys.own(group_buy.id) or await self._asked(group_buy.id)
        version = before.version + 1
        changed = await self._session.change(
            sa.update(group_buys)
            .where(group_buys.c.id == group_buy.id, group_buys.c.version == before.version)
            .values(**catalogues.group_buy_values(group_buy), version=version)
        )
        if not changed:
            raise Conflict(f"group-buy {group_buy.id} was changed meanwhile")
        await self._write_catalogue(group_buy, before.group_buy)
        self._session.group_buys.put(group_buy.id, Versioned(version=version, group_buy=group_buy))
        still = room.current and room.current.id == group_buy.id and group_buy.phase is not Phase.CANCELLED
        current = Current(id=group_buy.id, version=version) if still else None
        self._session.touch(room_id, replace(room, current=current))

    async def _asked(self, group_buy_id: int) -> Versioned:
        row = await self._session.first(
            sa.select(group_buys.c.version).where(group_buys.c.id == group_buy_id)
        )
        if row is None:
            raise LookupError(f"no group-buy {group_buy_id}")
        return await self._known(group_buy_id, row.version)

    async def _known(self, group_buy_id: int, version: int) -> Versioned:
        kept = self._session.group_buys.get(group_buy_id)
        if kept is None or kept.version != version:
            kept = Versioned(version=version, group_buy=await self._read(group_buy_id))
        self._session.group_buys.put(group_buy_id, kept)
        return kept

    async def _read(self, group_buy_id: int) -> GroupBuy:
        row = await self._session.first(sa.select(group_buys).where(group_buys.c.id == group_buy_id))
        goods = await self._session.rows(
            sa.select(skus).where(skus.c.group_buy_id == group_buy_id).order_by(skus.c.position)
        )
        tiers = await self._session.rows(
            sa.select(price_tiers)
            .join(skus)
            .where(skus.c.group_buy_id == group_buy_id)
            .order_by(price_tiers.c.sku_id, price_tiers.c.position)
        )
        points = await self._session.rows(
            sa.select(pickup_points.c.name)
            .where(pickup_points.c.group_buy_id == group_buy_id)
            .order_by(pickup_points.c.position)
        )
        assert row is not None  # noqa: S101 - its version was read just now, and none is ever deleted
        return catalogues.group_buy(row, goods, tiers, points)

    async def _write_catalogue(self, group_buy: GroupBuy, before: GroupBuy) -> None:
        """What differs. Known SKUs are changed where they stand, since orders refer to them."""
        if group_buy.catalogue != before.catalogue:
            await self._write_skus(group_buy, frozenset(enumerate(before.catalogue)))
        if group_buy.pickup_points != before.pickup_points:
            of_this = pickup_points.c.group_buy_id == group_buy.id
            await self._session.change(sa.delete(pickup_points).where(of_this))
            await self._session.insert_all(pickup_points, catalogues.point_values(group_buy))

    async def _write_skus(self, group_buy: GroupBuy, before: frozenset[tuple[int, Sku]]) -> None:
        """Those of another place or content than before; those that are gone go."""
        of_this = skus.c.group_buy_id == group_buy.id
        known = await self._session.rows(sa.select(skus.c.id, skus.c.code).where(of_this)) if before else ()
        ids = {row.code: int(row.id) for row in known}
        changed = [
            (place, sku) for place, sku in enumerate(group_buy.catalogue) if (place, sku) not in before
        ]
        gone = ids.keys() - {sku.code for sku in group_buy.catalogue}
        anew = [ids[code] for code in (*gone, *(sku.code for _, sku in changed)) if code in ids]
        if anew:
            await self._session.change(sa.delete(price_tiers).where(price_tiers.c.sku_id.in_(anew)))
        if gone:
            await self._session.change(sa.delete(skus).where(of_this, skus.c.code.in_(gone)))
        for place, sku in changed:
            values = {**catalogues.sku_values(sku), "position": place, "group_buy_id": group_buy.id}
            if sku.code in ids:
                await self._session.change(sa.update(skus).where(skus.c.id == ids[sku.code]).values(values))
            else:
                ids[sku.code] = await self._session.insert(skus, values)
            await self._session.insert_all(price_tiers, catalogues.tier_values(sku, ids[sku.code]))
