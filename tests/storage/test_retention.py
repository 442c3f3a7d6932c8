"""Questions to the FAQ are deleted when they are too old, and no others."""

from datetime import timedelta

from bot.clock import SetClock
from bot.retention import QUESTIONS, Retention
from shop.inquiry import Inquiry, Unanswered
from storage.database import Database
from tests.storage.scenery import NOW, opened

DAY = timedelta(days=1)


async def test_only_what_is_too_old_is_deleted(database: Database) -> None:
    async with database.unit_of_work() as store:
        _, member = await opened(store)
        for text, age in (("太久了", QUESTIONS + DAY), ("还留着", QUESTIONS - DAY)):
            asked = Inquiry(
                member_id=member.id, rule="miss", entry="", nearest="", text=text, asked_at=NOW - age
            )
            await store.inquiries.add(member.room_id, asked)
        await store.commit()
    await Retention(units=database.unit_of_work, clock=SetClock(NOW)).look()
    async with database.unit_of_work() as store:
        kept = await store.inquiries.unanswered(NOW - 2 * QUESTIONS)
    assert kept == [Unanswered(text="还留着", asked_at=NOW - QUESTIONS + DAY)]
