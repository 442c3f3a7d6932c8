"""After-sale cases with their photos."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from shop.aftersale import Case, CaseStatus
from shop.money import Fen
from storage.session import Session
from storage.tables import case_photos, cases


class SqlCases:
    """Implements bot.repositories.Cases. What the member wrote is sealed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, room_id: int, case: Case) -> Case:
        """Open a case."""
        values = {
            "room_id": room_id,
            "group_buy_id": case.group_buy_id,
            "member_id": case.member_id,
            "message_id": case.message_id,
            "text": self._session.secrets.seal(case.text),
            "skus": list(case.skus),
            "quantity": case.quantity,
            "status": case.status,
            "refund": case.refund,
            "opened_at": case.opened_at,
        }
        added = replace(case, id=await self._session.insert(cases, values))
        await self.add_photos(added.id, case.photos)
        return added

    async def add_photos(self, case_id: int, paths: Sequence[str]) -> None:
        """Keep more photos of a case, behind those that it has."""
        known = await self._session.rows(sa.select(case_photos.c.id).where(case_photos.c.case_id == case_id))
        photos = [
            {"case_id": case_id, "position": place, "path": path}
            for place, path in enumerate(paths, len(known))
        ]
        await self._session.insert_all(case_photos, photos)

    async def open_of(self, room_id: int) -> Sequence[Case]:
        """Undecided cases, oldest first."""
        are_open = (cases.c.room_id == room_id, cases.c.status == CaseStatus.OPEN)
        rows = await self._session.rows(sa.select(cases).where(*are_open).order_by(cases.c.id))
        photos: defaultdict[int, list[str]] = defaultdict(list)
        for photo in await self._session.rows(
            sa.select(case_photos).join(cases).where(*are_open).order_by(case_photos.c.position)
        ):
            photos[photo.case_id].append(photo.path)
        return [self._case(row, tuple(photos[row.id])) for row in rows]

    async def decide(self, case_id: int, status: CaseStatus, refund: Fen) -> None:
        """Close a case."""
        decided = sa.update(cases).where(cases.c.id == case_id).values(status=status, refund=refund)
        if not await self._session.change(decided):
            raise LookupError(f"no case {case_id}")

    def _case(self, row: sa.Row[Any], photos: tuple[str, ...]) -> Case:
        return Case(
            id=row.id,
            group_buy_id=row.group_buy_id,
            member_id=row.member_id,
            message_id=row.message_id,
            text=self._session.secrets.open(row.text),
            skus=tuple(row.skus),
            quantity=row.quantity,
            photos=photos,
            status=row.status,
            refund=Fen(row.refund),
            opened_at=row.opened_at,
        )
