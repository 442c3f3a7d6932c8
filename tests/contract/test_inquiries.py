"""Questions to the FAQ, as every store keeps them."""

from datetime import timedelta

import sqlalchemy as sa

from shop.inquiry import EntryUse, Inquiry, Unanswered
from storage.database import Database
from storage.tables import faq_questions
from tests.storage.scenery import NOW, opened


def asked(member: int, text: str = "", *, entry: str = "", nearest: str = "", days: int = 0) -> Inquiry:
    rule = "exact" if entry else "miss"
    return Inquiry(
        member_id=member,
        rule=rule,
        entry=entry,
        nearest=nearest,
        text=text,
        asked_at=NOW - timedelta(days=days),
    )


async def test_uses_count_hits_misses_and_what_was_said(database: Database) -> None:
    async with database.unit_of_work() as store:
        _, member = await opened(store)
        room = member.room_id
        for inquiry in (
            asked(member.id, entry="pay", days=3),
            asked(member.id, entry="pay", days=1),
            asked(member.id, "能刷脸吗", nearest="pay"),
            asked(member.id, "有停车位吗", nearest="park"),
            asked(member.id, "没有最近的"),
        ):
            await store.inquiries.add(room, inquiry)
        assert await store.inquiries.judge(room, member.id, "pay", useful=True)
        assert not await store.inquiries.judge(room, member.id, "never", useful=True)
        assert not await store.inquiries.judge(room, member.id + 1, "pay", useful=True)
        await store.commit()
    async with database.unit_of_work() as store:
        assert await store.inquiries.uses() == [
            EntryUse(entry="park", misses=1),
            EntryUse(entry="pay", hits=2, misses=1, useful=1, last_hit=NOW - timedelta(days=1)),
        ]


async def test_unanswered_ones_come_back_with_those_of_no_use(database: Database) -> None:
    async with database.unit_of_work() as store:
        _, member = await opened(store)
        room = member.room_id
        await store.inquiries.add(room, asked(member.id, "很久以前", days=40))
        await store.inquiries.add(room, asked(member.id, "能开发票吗"))
        await store.inquiries.add(room, asked(member.id, entry="pay"))
        await store.inquiries.judge(room, member.id, "pay", useful=False, text="能赊账吗")
        since = NOW - timedelta(days=30)
        assert await store.inquiries.unanswered(since) == [
            Unanswered(text="能开发票吗", asked_at=NOW),
            Unanswered(text="能赊账吗", asked_at=NOW, entry="pay"),
        ]
        assert await store.inquiries.prune(since) == 1
        assert len(await store.inquiries.unanswered(NOW - timedelta(days=90))) == 2


async def test_words_are_sealed_and_go_with_the_member(database: Database) -> None:
    async with database.unit_of_work() as store:
        _, member = await opened(store)
        await store.inquiries.add(member.room_id, asked(member.id, "能开发票吗", nearest="pay"))
        await store.commit()
    async with database.session() as session:
        (row,) = await session.rows(sa.select(faq_questions))
    assert "发票" not in str(row)
    async with database.unit_of_work() as store:
        await store.members.forget(member)
        assert await store.inquiries.unanswered(NOW) == []
        assert [use.misses for use in await store.inquiries.uses()] == [1]
