"""What is told to those who look from outside: health, figures, and the log line of an incident."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import logs
from bot.clock import SetClock
from bot.config import Logging
from bot.dispatch import Handled
from bot.errors import Unavailable
from bot.health import Health
from bot.metrics import Metrics
from bot.model import Address, Backlog, Reply
from bot.ports import UnitOfWork
from bot.understanding import Intent, Understanding
from storage.database import Database
from storage.state import MemoryState, RedisState
from tests.bot.messages import NOON, said
from tests.bot.rough_room import rough_room

ROOM = Address(channel="test", account="bot", room="r1")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
async def database(clock: SetClock) -> AsyncIterator[Database]:
    database = Database("memory", clock=clock)
    await database.create_all()
    yield database
    await database.dispose()


def health(database: Database, clock: SetClock) -> Health:
    return Health(units=database.unit_of_work, state=MemoryState(clock), outbox=database.outbox, clock=clock)


async def announce(database: Database, key: str) -> None:
    async with database.unit_of_work() as store:
        await store.replies.announce(ROOM, key, "截单啦")
        await store.commit()


async def test_all_is_well(database: Database, clock: SetClock) -> None:
    await announce(database, "a")
    assert await health(database, clock).ailments() == ()


async def test_a_store_that_is_away_is_told(clock: SetClock) -> None:
    away = Database("postgresql://root@127.0.0.1:1/test")
    (line,) = await health(away, clock).ailments()
    assert "数据库用不了" in line
    assert await health(away, clock).backlog() is None
    await away.dispose()


async def test_a_redis_that_is_away_is_told(database: Database, clock: SetClock) -> None:
    state = RedisState("redis://127.0.0.1:1")
    units, outbox = database.unit_of_work, database.outbox
    (line,) = await Health(units=units, state=state, outbox=outbox, clock=clock).ailments()
    assert "Redis 连不上" in line
    await state.close()


async def test_replies_that_do_not_get_out_are_told(database: Database, clock: SetClock) -> None:
    await announce(database, "a")
    await announce(database, "b")
    clock.set(NOON + timedelta(minutes=3))
    (line,) = await health(database, clock).ailments()
    assert "2 条回复" in line


async def test_the_backlog_counts_what_waits_and_what_was_given_up(
    database: Database, clock: SetClock
) -> None:
    assert await database.outbox.backlog() == Backlog()
    for key in "abc":
        await announce(database, key)
        clock.set(clock.now() + timedelta(seconds=10))
    first, second, _ = await database.outbox.due(clock.now())
    await database.outbox.sent([first.key], clock.now())
    await database.outbox.give_up(second.key, "budget")
    assert await database.outbox.backlog() == Backlog(
        waiting=1, oldest=NOON + timedelta(seconds=20), given_up=1
    )


def figures(metrics: Metrics, backlog: Backlog | None) -> dict[tuple[str, ...], float]:
    """Values by name and labels."""
    text = metrics.text(backlog, NOON, state=True, channels={"wechaty": False}).decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_messages_are_counted_by_channel_intent_and_outcome() -> None:
    metrics = Metrics()
    order = Understanding(text="", normalised="", intent=Intent.ORDER)
    question = Understanding(text="", normalised="", intent=Intent.QUESTION)
    metrics.handled(Handled(incoming=said("a"), understanding=order, replies=(Reply(text="好"),)), 0.003)
    metrics.handled(Handled(incoming=said("b"), understanding=order, replies=(Reply(text="好"),)), 0.03)
    metrics.handled(Handled(incoming=said("c"), understanding=question), 0.003)
    metrics.handled(Handled(incoming=said("d"), incident="1234"), 0.003)
    found = figures(metrics, Backlog(waiting=2, oldest=NOON - timedelta(seconds=5), given_up=1))
    assert found["tuanbot_messages_total", "test", "order", "replied"] == 2
    assert found["tuanbot_messages_total", "test", "question", "silent"] == 1
    assert found["tuanbot_messages_total", "test", "none", "incident"] == 1
    assert found["tuanbot_message_seconds_bucket", "test", "0.01"] == 3
    assert found["tuanbot_message_seconds_count", "test"] == 4
    assert found["tuanbot_faq_misses_total",] == 1
    assert found["tuanbot_incidents_total",] == 1
    assert found["tuanbot_outbox_waiting",] == 2
    assert found["tuanbot_outbox_age_seconds",] == 5
    assert found["tuanbot_outbox_given_up",] == 1
    assert found["tuanbot_store_up",] == 1
    assert found["tuanbot_redis_up",] == 1
    assert found["tuanbot_channel_up", "wechaty"] == 0


def test_a_store_that_is_away_is_a_figure_too() -> None:
    assert figures(Metrics(), None)["tuanbot_store_up",] == 0


async def test_the_id_of_an_incident_finds_its_log_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_ledger: UnitOfWork, _id: int, _drafts: object) -> None:
        raise RuntimeError("a secret detail")

    logs.set_up(Logging(format="json"))
    async with rough_room(tmp_path) as room:
        async with room.core.database.unit_of_work() as store:
            monkeypatch.setattr(type(store.ledger), "append", broken)
        handled = await room.core.dispatcher.handle(room.message("青提来两盒"))
    (reply,) = handled.replies
    assert handled.incident in reply.text
    assert "secret" not in reply.text
    lines = map(json.loads, capsys.readouterr().err.splitlines())
    (found,) = [line for line in lines if line.get("incident") == handled.incident]
    assert found["message"] == "m1"
    assert "RuntimeError: a secret detail" in found["exception"]


async def test_a_store_that_is_away_keeps_the_outbox_quiet(database: Database, clock: SetClock) -> None:
    class Away:
        async def backlog(self) -> Backlog:
            raise Unavailable("locked")

    made = health(database, clock)
    made._outbox = Away()  # type: ignore[assignment] # only what is asked
    assert await made.ailments() == ()
