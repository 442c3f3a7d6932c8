"""What is written at rest, and what remains of a member who had it deleted."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken

from bot.model import Reply
from bot.understanding import SolitaireList, SolitaireRow
from shop.aftersale import Case
from shop.review import ReviewItem, ReviewKind
from storage.database import Database
from storage.repositories.members import FORGOTTEN
from storage.secrets import Secrets
from storage.tables import metadata
from tests.storage.scenery import NOW, ROOM, draft, message, opened

PHONE = "13800000000"


async def everything(database: Database) -> str:
    """All rows of all tables as text."""
    async with database.session() as session:
        return "\n".join(
            [str(row) for table in metadata.sorted_tables for row in await session.rows(sa.select(table))]
        )


async def write_much(database: Database) -> None:
    await database.inbox.accept(message(1, text=f"送到3号楼,电话{PHONE}"))
    async with database.unit_of_work() as store:
        group_buy, member = await opened(store)
        await store.members.save(replace(member, pickup="门卫"))
        await store.members.seen(member.room_id, "u1", "小李换名")
        await store.ledger.append(group_buy.id, [draft(member, 2)])
        case = Case(
            group_buy_id=None,
            member_id=member.id,
            message_id="m1",
            text=PHONE,
            photos=("p1.jpg",),
            opened_at=NOW,
        )
        await store.cases.add(member.room_id, case)
        item = ReviewItem(
            group_buy_id=None,
            member_id=member.id,
            message_id="m1",
            kind=ReviewKind.UNCLEAR,
            text=PHONE,
            opened_at=NOW,
        )
        await store.reviews.add(member.room_id, item)
        row = SolitaireRow(name="李", content=PHONE, span=(0, 1))
        await store.solitaires.add(group_buy.id, SolitaireList(header="#接龙", rows=(row,)))
        await store.replies.put(message(1), [Reply(text=PHONE)])
        await store.commit()


async def test_phone_numbers_are_never_written_in_the_clear(database: Database) -> None:
    await write_much(database)
    rows = await everything(database)
    assert "小李换名" in rows
    assert PHONE not in rows


async def test_a_forgotten_member_is_a_number_in_the_ledger(database: Database) -> None:
    await write_much(database)
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        member = await store.members.seen(room.id, "u1", "")
        await store.members.forget(member)
        await store.commit()
    rows = await everything(database)
    assert "'u1'" not in rows  # quoted: a sealed text may hold the two letters by chance
    assert "小李" not in rows
    assert "p1.jpg" not in rows
    async with database.unit_of_work() as store:
        (ghost,) = await store.members.of_room(room.id)
        assert (ghost.id, ghost.name, ghost.account_id) == (member.id, FORGOTTEN, "")
        assert (ghost.pickup, ghost.names) == ("", ())
        assert (await store.ledger.book(1)).order_of(member.id) == {"A1": 2}
        assert await store.marks.text_of(ROOM, "m1") is None
        assert [case.text for case in await store.cases.open_of(room.id)] == [""]
        assert [item.text for item in await store.reviews.open_of(room.id)] == [""]
        newcomer = await store.members.seen(room.id, "u1", FORGOTTEN)
        assert newcomer.id != member.id
        assert (await store.members.named(room.id, FORGOTTEN)).id == newcomer.id
    assert not await database.inbox.accept(message(1))


def test_the_key_of_a_folder_is_its_owners_alone(tmp_path: Path) -> None:
    sealed = Secrets.of_folder(tmp_path / "data").seal("门卫")
    key = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert Secrets.of_folder(tmp_path / "data").open(sealed) == "门卫"
    assert "门卫" not in sealed
    with pytest.raises(InvalidToken):
        Secrets.passing().open(sealed)


async def test_a_given_key_is_used_instead_of_a_file(url: str, tmp_path: Path) -> None:
    key = Fernet.generate_key().decode()
    first = Database(url, folder=tmp_path, key=key)
    await first.create_all()
    await first.inbox.accept(message(1))
    await first.dispose()
    assert not (tmp_path / "secret.key").exists()
    second = Database(url, key=key)
    assert [incoming async for incoming in second.inbox.unhandled()] == [message(1)]
    await second.dispose()
