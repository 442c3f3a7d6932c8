"""Waiting, Fulfilments, Points, Cases, Reviews, Solitaires, Audit, Consents."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.model import Member
from bot.understanding import SolitaireList, SolitaireRow
from shop.aftersale import Case, CaseStatus
from shop.fulfilment import Fact, Fulfilment
from shop.groupbuy import GroupBuy
from shop.money import Fen
from shop.points import PointsEvent, PointsKind
from shop.review import ReviewItem, ReviewKind
from shop.waiting import Wish
from storage.database import Database
from storage.tables import audit
from tests.storage.scenery import NOW, opened

Scene = tuple[GroupBuy, Member]


@pytest.fixture
async def scene(database: Database) -> Scene:
    async with database.unit_of_work() as store:
        result = await opened(store)
        await store.commit()
    return result


async def test_the_waiting_list_is_replaced_whole(database: Database, scene: Scene) -> None:
    group_buy, member = scene
    async with database.unit_of_work() as store:
        other = await store.members.named(member.room_id, "老张")
        first = Wish(member=other.id, sku="A1", quantity=2, since=NOW, message_id="m1")
        second = Wish(member=member.id, sku="A1", quantity=1, since=NOW - timedelta(hours=1))
        await store.waiting.replace(group_buy.id, [first, second])
        await store.commit()
    async with database.unit_of_work() as store:
        assert await store.waiting.of(group_buy.id) == (first, second)
        await store.waiting.replace(group_buy.id, [second])
        assert await store.waiting.of(group_buy.id) == (second,)
        await store.waiting.replace(group_buy.id, [])
        assert await store.waiting.of(group_buy.id) == ()


async def test_facts_come_back_oldest_first(database: Database, scene: Scene) -> None:
    group_buy, member = scene
    arrived = Fulfilment(fact=Fact.ARRIVED, sku="A1", actor_id=member.id, message_id="m1", time=NOW)
    paid = Fulfilment(fact=Fact.PAID, member_id=member.id, actor_id=0, message_id="m2", time=NOW)
    async with database.unit_of_work() as store:
        await store.fulfilments.append(group_buy.id, [arrived, paid])
        await store.fulfilments.append(group_buy.id, [])
        await store.commit()
    async with database.unit_of_work() as store:
        assert await store.fulfilments.of(group_buy.id) == (arrived, paid)
        assert await store.fulfilments.of(group_buy.id + 1) == ()


async def test_points_are_kept_by_room(database: Database, scene: Scene) -> None:
    _, member = scene
    events = (
        PointsEvent(member=member.id, delta=1, kind=PointsKind.CHECK_IN, time=NOW, actor=member.id),
        PointsEvent(member=member.id, delta=-1, kind=PointsKind.REDEEM, time=NOW, reason="换鸡蛋"),
    )
    async with database.unit_of_work() as store:
        await store.points.append(member.room_id, events)
        await store.commit()
    async with database.unit_of_work() as store:
        assert await store.points.of_room(member.room_id) == events
        assert await store.points.of_room(member.room_id + 1) == ()


async def test_a_day_is_checked_in_once(database: Database, scene: Scene) -> None:
    _, member = scene
    today = date(2026, 3, 1)
    async with database.unit_of_work() as store:
        assert await store.points.check_in(member.id, today, "m1")
        await store.commit()
    async with database.unit_of_work() as store:
        assert not await store.points.check_in(member.id, today, "m2")
        assert await store.points.check_in(member.id, today + timedelta(days=1), "m3")
        assert await store.points.checkins(member.id) == {today, today + timedelta(days=1)}
        assert await store.points.checkins(member.id + 1) == frozenset()


async def test_cases_are_open_until_decided(database: Database, scene: Scene) -> None:
    group_buy, member = scene
    case = Case(
        group_buy_id=group_buy.id,
        member_id=member.id,
        message_id="m1",
        text="草莓坏了两盒,电话13800000000",
        skus=("A1", "b"),
        quantity=2,
        photos=("p/2.jpg", "p/1.jpg"),
        opened_at=NOW,
    )
    async with database.unit_of_work() as store:
        first = await store.cases.add(member.room_id, case)
        second = await store.cases.add(member.room_id, replace(case, group_buy_id=None, photos=()))
        await store.commit()
    assert first == replace(case, id=first.id)
    async with database.unit_of_work() as store:
        assert list(await store.cases.open_of(member.room_id)) == [first, second]
        await store.cases.decide(first.id, CaseStatus.REFUNDED, Fen(500))
        assert list(await store.cases.open_of(member.room_id)) == [second]
        with pytest.raises(LookupError):
            await store.cases.decide(999, CaseStatus.REFUSED, Fen(0))


async def test_matters_stay_on_the_list_until_closed(database: Database, scene: Scene) -> None:
    group_buy, member = scene
    item = ReviewItem(
        group_buy_id=group_buy.id,
        member_id=member.id,
        message_id="m1",
        kind=ReviewKind.AFTER_CUTOFF,
        text="还能加一箱吗",
        opened_at=NOW,
    )
    async with database.unit_of_work() as store:
        await store.reviews.add(member.room_id, item)
        await store.reviews.add(member.room_id, replace(item, group_buy_id=None, message_id="m2"))
        await store.commit()
    async with database.unit_of_work() as store:
        first, second = await store.reviews.open_of(member.room_id)
        assert replace(first, id=0) == item
        await store.reviews.close([first.id])
        assert list(await store.reviews.open_of(member.room_id)) == [second]
        await store.reviews.close([])
        assert list(await store.reviews.open_of(member.room_id + 1)) == []


async def test_list_versions_come_latest_first(database: Database, scene: Scene, url: str) -> None:
    group_buy, _ = scene
    rows = (SolitaireRow(name="小李", content="A1*2", span=(10, 20), number=1, account_id="u1"),)
    versions = [
        SolitaireList(header="#接龙", rows=rows, message_id=f"m{number}", sender="u1", sid="s")
        for number in range(25)
    ]
    for version in versions:
        async with database.unit_of_work() as store:
            await store.solitaires.add(group_buy.id, version)
            await store.commit()
    async with database.unit_of_work() as store:
        recent = await store.solitaires.recent(group_buy.id)
    assert list(recent) == versions[:-21:-1]


async def test_a_version_that_was_not_committed_is_not_seen(database: Database, scene: Scene) -> None:
    group_buy, _ = scene
    for header in ("乙", "甲"):
        async with database.unit_of_work() as store:
            await store.solitaires.add(group_buy.id, SolitaireList(header=header, rows=()))
            if header == "甲":
                await store.commit()
    async with database.unit_of_work() as store:
        assert [version.header for version in await store.solitaires.recent(group_buy.id)] == ["甲"]


async def test_acts_are_recorded_with_their_time(database: Database, scene: Scene) -> None:
    _, member = scene
    async with database.unit_of_work() as store:
        await store.audit.record(member.room_id, member.id, "改价", "A1 29.9→27.9", "m1")
        await store.audit.record(member.room_id, 0, "截单", "", "")
        await store.commit()
    async with database.session() as session:
        rows = await session.rows(sa.select(audit).order_by(audit.c.id))
    assert [(row.actor_id, row.action, row.time) for row in rows] == [
        (member.id, "改价", NOW),
        (None, "截单", NOW),
    ]


async def test_the_latest_word_on_a_consent_counts(database: Database, scene: Scene) -> None:
    _, member = scene
    async with database.unit_of_work() as store:
        assert not await store.consents.given(member.id, "recommend")
        for given in (True, False, True):
            await store.consents.record(member.id, "recommend", given=given, time=NOW)
            assert await store.consents.given(member.id, "recommend") is given
        assert not await store.consents.given(member.id, "segments")
